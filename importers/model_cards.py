"""Hugging Face model cards: models, the models and data under them, their results, and owners.

Read from README.md files with YAML front matter in a folder tree. An owner in the front matter is
stated; an address in the prose, behind words such as "contact", is a hint of low confidence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.text_files import open_text
from ownership_graph.readers.addresses import addresses
from ownership_graph.readers.contacts import Contact, contacts
from ownership_graph.readers.documents import parse_yaml
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.numbers import number_in
from ownership_graph.readers.picking import table, tables, text, texts
from ownership_graph.readers.public_names import hub
from ownership_graph.readers.stating import Stating
from ownership_graph.readers.walking import files_at, place_of
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record

PROVIDES = ("Model",)

LONGEST = 4_000_000
"""Characters of the longest card that is read."""

HINT = 0.3
"""How sure an address in prose is: less than what questions take for an owner."""

_DOING = "reading the model cards"
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_OF_MODELS = frozenset(
    {"base_model", "datasets", "library_name", "license", "metrics", "model-index", "pipeline_tag"}
)
_OF_OTHERS = frozenset({"sdk", "app_file", "dataset_info", "size_categories", "task_categories"})
_KEY = re.compile(r"^([\w-]+):", re.MULTILINE)
_NAME = "README.md"
_MARKED = re.compile(r"[*_`\[\]()<>|]+")
_CACHED = re.compile(r"models--(.+)")
_WHO = "(?:owners?|owned by|maintain(?:ed by|ers?)|contacts?|developed by)"
_LINES = re.compile(
    rf"^[^\w\n]{{0,20}}(?:model |point of )?{_WHO}\b[^\n:]{{0,20}}:(.{{1,500}})$",
    re.IGNORECASE | re.MULTILINE,
)
_HEADINGS = re.compile(
    rf"^#{{1,6}}[^\n]{{0,40}}\b{_WHO}\b[^\n]{{0,40}}\n\s{{0,9}}(.{{1,500}})$",
    re.IGNORECASE | re.MULTILINE,
)
_KINDS = {"quantized": "requires", "merge": "requires"}


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return _files(path)


def read(
    path: Path,
    *,
    namespace: str = "",
    owners: tuple[str, ...] = ("owner", "owners"),
    role: str = "accountable",
    teams: tuple[str, ...] = (),
) -> Iterator[Record]:
    """What each card says; other README.md files are passed over.

    Args:
        path: A folder tree with README.md files, also the cache of huggingface_hub, or one card.
        namespace: Whose models they are on the hub, if the folders do not say it.
        owners: The keys of the front matter that name owners; a convention of your own.
        role: As what those own the model.
        teams: Patterns of owners that are teams, such as data@* or "* team"; others are persons.
    """
    cards = list(_cards(path))
    if not cards:
        raise SourceError(
            f"{_DOING}: none is there. Looked for README.md files that begin with the front matter"
            f" of a model: --- and then one of {', '.join(sorted(_OF_MODELS))}.",
            file=str(path),
        )
    records: list[Record] = []
    for each in cards:
        if isinstance(each, Partial):
            records.append(each)
            continue
        file, front, hints = each
        model, stating = ("Model", _id(path, file, namespace)), Stating(place_of(file, path))
        stated = [who for key in owners for who in _named(front, key)]
        records += _model(model, front, stating)
        records += _owned(model, stated, teams, stating, role=role)
        records += _owned(model, hints, teams, stating, confidence=HINT)
    yield from gathered(records)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The narrowest folder that holds all cards: those between it and a card name its model."""
    cards = [
        file for file in surroundings.named(_NAME) if _begins_as_card(surroundings.start(file))
    ]
    if cards:
        many = "a model card" if len(cards) == 1 else f"{len(cards)} model cards"
        yield Found(_above(cards, surroundings.root), f"{many} (Hugging Face)", also=tuple(cards))


def _above(cards: Sequence[Path], root: Path) -> Path:
    """The narrowest folder with all of them; a cache of the hub is not entered, it has the ids."""
    first = cards[0]
    inside = [each for each in first.parents if each != root and each.is_relative_to(root)]
    cached = [each for each in inside if _CACHED.fullmatch(each.name)]
    folders = cached[-1].parents if cached else first.parents
    return next(each for each in folders if all(card.is_relative_to(each) for card in cards))


def _begins_as_card(start: str) -> bool:
    """Whether a file that begins so is a model's card; its front matter may be longer."""
    front = _FRONT.match(start)
    return start.startswith("---") and _is_model({*_KEY.findall(front[1] if front else start)})


def _files(path: Path) -> list[Path]:
    found = files_at(path, _NAME, doing=_DOING)
    return [each for each in found if each == path or _is_current(each)]


def _is_current(file: Path) -> bool:
    """Whether it is not a snapshot of the cache that another one has replaced."""
    snapshots = file.parent.parent
    main = snapshots.parent / "refs" / "main"
    if snapshots.name != "snapshots" or not main.is_file():
        return True
    with main.open(encoding="utf-8", errors="replace") as said:
        return said.read(100).strip() == file.parent.name


def _is_model(keys: Collection[str]) -> bool:
    """Whether these are the keys of a model's front matter, not of a dataset's or a Space's."""
    return not _OF_MODELS.isdisjoint(keys) and _OF_OTHERS.isdisjoint(keys)


def _cards(path: Path) -> Iterator[tuple[Path, dict[str, object], list[Contact]] | Partial]:
    """Each card with its front matter and hints; one that cannot be read among many is told."""
    for file in _files(path):
        try:
            front, hints = _read(file)
        except SourceError as error:
            if file == path:
                raise
            why = f"{error.message} This card was passed over."
            yield Partial(why, place_of(file, path), error.line)
        else:
            if front:
                yield file, front, hints


def _read(file: Path) -> tuple[dict[str, object], list[Contact]]:
    """The front matter, and the hints of the prose; nothing where it is no model's card."""
    with open_text(file, doing=_DOING) as stream:
        whole = stream.read(LONGEST)
    front = _FRONT.match(whole)
    if front is None or not _is_model({*_KEY.findall(front[1])}):
        return {}, []
    said = next(parse_yaml(front[1], name=str(file), doing=_DOING, line=2), None)
    return table(said and said.data), _hints(whole[front.end() :])


def _id(path: Path, file: Path, namespace: str) -> str:
    """What the hub calls the model, by the folders that its card lies in."""
    folders = file.relative_to(path).parts[:-1] if file != path else ()
    for each in folders:
        if cached := _CACHED.fullmatch(each):
            return hub(cached[1].replace("--", "/", 1))
    folders = folders or (file.absolute().parent.name,)
    return hub(f"{namespace}/{folders[-1]}" if namespace else "/".join(folders))


def _model(model: End, front: dict[str, object], stating: Stating) -> Iterator[Record]:
    """The model, what it stands on, and how it measured."""
    licence = text(front, "license")
    yield stating.node(
        model,
        name=text(front, "model_name") or model[1].rpartition("/")[2].removeprefix("hf:"),
        kind=text(front, "pipeline_tag"),
        licence=text(front, "license_name") if licence == "other" else licence,
    )
    made = _KINDS.get(text(front, "base_model_relation"), "fine_tuned_from")
    for each in texts(front, "base_model"):
        yield stating.tie("DEPENDS_ON", model, ("Model", hub(each)), kind=made)
    for each in texts(front, "datasets"):
        data = "Dataset", hub(each, data=True)
        yield stating.tie("DEPENDS_ON", model, data, kind="trained_on")
    for index in tables(front, "model-index"):
        for result in tables(index, "results"):
            for metric in tables(result, "metrics"):
                yield from _measured(model, result, metric, stating)


def _measured(
    model: End, said: dict[str, object], metric: dict[str, object], stating: Stating
) -> Iterator[Record]:
    name = text(metric, "name") or text(metric, "type")
    value = number_in(text(metric, "value"))
    if value is None:
        yield stating.rejected(
            f"the {shown(name)} of {shown(model[1])} is {shown(text(metric, 'value'))}, and no"
            " number. Write value: and a number."
        )
        return
    data = [text(said, "dataset", each) for each in ("type", "config", "split")]
    where = (text(said, "task", "type"), *data, text(metric, "type"), text(metric, "name"))
    result = "Result", "/".join(("result", model[1], *filter(None, dict.fromkeys(where))))
    dataset = text(said, "dataset", "name") or data[0]
    yield stating.node(
        result,
        name=" on ".join(filter(None, (name, dataset))),
        metric=text(metric, "type") or name,
        value=value,
        dataset=dataset,
    )
    yield stating.tie("MEASURES", result, model)


def _named(front: dict[str, object], key: str) -> list[Contact]:
    """Whom the front matter names there: texts, or tables with a name and an address."""
    said = [each for one in texts(front, key) for each in contacts([], one)]
    people = ((texts(each, "email"), text(each, "name")) for each in tables(front, key))
    return said + [each for where, name in people for each in contacts(where, name)]


def _hints(prose: str) -> list[Contact]:
    """The addresses behind words such as "contact"; a name alone may be anybody's."""
    plain = _MARKED.sub(" ", prose)
    lines = (line for pattern in (_LINES, _HEADINGS) for line in pattern.findall(plain))
    return [
        Contact(each) for each in dict.fromkeys(who for line in lines for who in addresses(line))
    ]


def _owned(
    model: End,
    owners: Iterable[Contact],
    teams: Sequence[str],
    stating: Stating,
    **how: str | float,
) -> Iterator[Record]:
    for each in owners:
        yield each.node(teams, file=stating.file)
        yield stating.tie("OWNS", (each.label(teams), each.id), model, **how)
