"""The facts of a mapping read, each checked for its form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.readers.mapping.places import Place, check_name
from ownership_graph.readers.mapping.rules import (
    Condition,
    End,
    Entry,
    Fact,
    Setting,
    Split,
    Tie,
)
from ownership_graph.readers.mapping.templates import Template, TemplateError, parse_template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_KEYS = ("each", "split", "where", "except", "set", "link")
_NODE = 'Model = "uc{row}"'
_ENDS = '["Team t:{team}", "Model uc{row}"]'
_END = '"Team t:{team}"'
_EACH = 'each = [{ gate = "legal", answer = "{legal_ok}" }]'
_SPLIT = 'split = { owner = "{owners}", by = ";" }'
_SET = 'set = { name = "{title}" }'
_WHERE = 'where = { bureau = "?*" }'
_LINK = 'link = { PART_OF = "Team t:{parent}" }'
_TWO = 2


def parse_fact(place: Place) -> Fact:
    """The fact that stands there.

    Raises:
        SettingsError: it is none.
    """
    said = dict(place.items(f"[[fact]] {_NODE}"))
    kind = _kind(place, said)
    settings = _settings(said.get("set"))
    node: End | None = None
    ties: tuple[Tie, ...] = ()
    if kind in RELATIONSHIPS:
        if "link" in said:
            raise said["link"].fault("only a node has links. Make the relationship its own fact.")
        ties, settings = (_tie(kind, said[kind], settings),), ()
    else:
        node = End(kind, _template(said[kind], said[kind].text(_NODE)), said[kind])
        if "link" in said:
            ties = tuple(_links(node, said["link"]))
    if "each" in said and "split" in said:
        raise said["split"].fault("a fact has 'each' or 'split', not both. Make two facts.")
    each = tuple(_entries(said["each"])) if "each" in said else ()
    split = _split(said["split"]) if "split" in said else None
    return Fact(node, settings, ties, tuple(_conditions(said)), each, split, place)


def _kind(place: Place, said: Mapping[str, Place]) -> str:
    """The label or relationship that the fact names as a key."""
    kinds = [each for each in said if each not in _KEYS]
    for each in kinds:
        if each not in LABELS and each not in RELATIONSHIPS:
            known = (*LABELS, *RELATIONSHIPS, *_KEYS)
            raise said[each].unknown("label, relationship or key", each, known)
    if not kinds:
        raise place.fault(
            f"it names neither a label nor a relationship. Write: {_NODE}, or: OWNS = {_ENDS}"
        )
    if len(kinds) > 1:
        raise said[kinds[1]].fault(
            f"the fact is a {kinds[0]} already. Make {kinds[1]} a fact of its own; relationships"
            f" of a node can stand with it: {_LINK}"
        )
    return kinds[0]


def _template(place: Place, text: str) -> Template:
    try:
        return parse_template(text)
    except TemplateError as error:
        raise place.fault(str(error)) from error


def _end(place: Place) -> End:
    label, _, own_id = place.text(_END).strip().partition(" ")
    if label not in LABELS:
        raise place.unknown("label", label, LABELS)
    if not own_id.strip():
        raise place.fault(f"after the label {label} its id must stand. Write: {_END}")
    return End(label, _template(place, own_id.strip()), place)


def _tie(kind: str, place: Place, settings: tuple[Setting, ...]) -> Tie:
    if not isinstance(place.value, list) or len(place.value) != _TWO:
        raise place.fault(f"a relationship goes from a node to a node. Write: {kind} = {_ENDS}")
    start, end = (_end(place.under(at, value)) for at, value in enumerate(place.value))
    return Tie(kind, start, end, settings, place)


def _links(node: End, place: Place) -> Iterator[Tie]:
    for kind, links in place.items(_LINK):
        if kind not in RELATIONSHIPS:
            raise links.unknown("relationship", kind, RELATIONSHIPS)
        several = links.value if isinstance(links.value, list) else None
        if several is None:
            yield _link(node, kind, links)
            continue
        if not several:
            raise links.fault(f"it names no node. Write: {_LINK}")
        for at, value in enumerate(several):
            yield _link(node, kind, links.under(at, value))


def _link(node: End, kind: str, place: Place) -> Tie:
    if isinstance(place.value, str):
        return Tie(kind, node, _end(place), (), place)
    example = f'link = {{ {kind} = {{ to = "Model uc{{row}}", set = {{}} }} }}'
    said = dict(place.items(example))
    for key, each in said.items():
        if key not in ("from", "to", "set"):
            raise each.unknown("key", key, ("from", "to", "set"))
    if ("from" in said) == ("to" in said):
        raise place.fault(f"it must say 'to' or 'from', one of them. Write: {example}")
    settings = _settings(said.get("set"))
    if "to" in said:
        return Tie(kind, node, _end(said["to"]), settings, place)
    return Tie(kind, _end(said["from"]), node, settings, place)


def _settings(place: Place | None) -> tuple[Setting, ...]:
    if place is None:
        return ()
    return tuple(_setting(name, each) for name, each in place.items(_SET))


def _setting(name: str, place: Place) -> Setting:
    value = place.value
    if isinstance(value, str):
        return Setting(name, _template(place, place.text(_SET)), place)
    if isinstance(value, int | float):
        return Setting(name, value, place)
    if isinstance(value, date):
        return Setting(name, Template((str(value),)), place)
    if isinstance(value, list):
        return Setting(name, list(place.texts('agreed_by = ["p1", "p2"]')), place)
    raise place.fault(f"{shown(value)} is no value of a property. Write: {_SET}")


def _conditions(said: Mapping[str, Place]) -> Iterator[Condition]:
    for key, wanted in (("where", True), ("except", False)):
        if key in said:
            for name, each in said[key].items(_WHERE):
                yield Condition(name, each.texts(_WHERE), wanted, each)


def _entries(place: Place) -> Iterator[Entry]:
    first: Sequence[str] = ()
    for each in place.entries(_EACH):
        texts = {name: (_entry_text(name, inner), inner) for name, inner in each.items(_EACH)}
        first = first or sorted(texts)
        if not texts or sorted(texts) != first:
            raise each.fault(
                f"it gives the names {', '.join(sorted(texts)) or '(none)'}, and the first entry"
                f" {', '.join(first) or '(none)'}. Give the same names in each. Write: {_EACH}"
            )
        yield Entry(texts, each)


def _entry_text(name: str, place: Place) -> Template:
    check_name(name, place)
    if isinstance(place.value, str):
        return _template(place, place.value)
    if isinstance(place.value, int | float):
        return Template((str(place.value),))
    raise place.fault(f"{shown(place.value)} must be a text or a number. Write: {_EACH}")


def _split(place: Place) -> Split:
    said = dict(place.items(_SPLIT))
    names = [each for each in said if each != "by"]
    if len(names) != 1 or "by" not in said:
        raise place.fault(f"it gives one name, and 'by' what the text is parted. Write: {_SPLIT}")
    name, by = names[0], said["by"].texts('by = ";"')
    check_name(name, said[name])
    if not all(by):
        raise said["by"].fault(f"an empty text parts nothing. Write: {_SPLIT}")
    return Split(name, _template(said[name], said[name].text(_SPLIT)), by, said[name])
