"""The nodes that people name: found by id or name, and told with those who own them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.errors import UsageError
from ownership_graph.model import LABELS, RELATIONSHIPS, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.tracing.reading import Readable

AT_ONCE = 10_000
"""Ids in one query."""
LISTED = 10
"""Things that a message names; the rest are counted."""
LEAST_CONFIDENCE = 0.5
"""An owner who is stated with less is a hint, and no claim."""

_ANY = "|".join(LABELS)
_NAMED = (
    "MATCH (n:{labels}) WHERE n.id = $text OR toLower(n.name) = toLower($text)"
    " RETURN labels(n)[0] AS label, n.id AS id, n.name AS name ORDER BY label, id"
)
_HOLDING = (
    "MATCH (n:{labels}) WHERE toLower(n.name) CONTAINS toLower($text)"
    " OR toLower(n.id) CONTAINS toLower($text)"
    " RETURN labels(n)[0] AS label, n.id AS id ORDER BY label, id"
)
_ALL = "MATCH (n:{labels}) RETURN n.id AS id, n.name AS name"
_GONE = ("left", "archived")


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A node: its label, its id, and its name, which is the id where nobody states one."""

    label: str
    id: str
    name: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Label and id."""
        return self.label, self.id

    def __str__(self) -> str:
        """As it is told: "Claims triage (m1)"."""
        return f"{self.name} ({self.id})" if self.name not in ("", self.id) else self.id


@dataclass(frozen=True, slots=True)
class Owner:
    """Who owns a thing, and in which role; `gone` has left, or was dissolved."""

    label: str
    id: str
    name: str
    role: str
    gone: bool

    def __str__(self) -> str:
        """As they are told: "Risk (accountable)"."""
        said = ", ".join(each for each in (self.role, "gone" if self.gone else "") if each)
        return f"{self.name} ({said})" if said else self.name


OWNED = RELATIONSHIPS["OWNS"].ends
"""Labels that have owners."""
Owners: TypeAlias = "Mapping[tuple[str, str], tuple[Owner, ...]]"


def answering(owners: Iterable[Owner]) -> tuple[Owner, ...]:
    """Those who answer for it and are here: the accountable, else whoever owns it."""
    here = tuple(each for each in owners if not each.gone)
    return tuple(each for each in here if each.role == "accountable") or here


def find_thing(store: Readable, text: str, label: str = "") -> Thing:
    """The node of that id; else of that name, whatever its capitals; "Team t1" says the label.

    With a `label` only nodes of it are looked at.

    Raises:
        UsageError: there is none, with the nearest; or there are several, which are listed.
    """
    sought = label or _ANY
    said, _, rest = text.partition(" ")
    found = _named(store, text, sought)
    if not found and said in LABELS and rest:
        found = [each for each in _named(store, rest.strip(), sought) if each.label == said]
    exact = [each for each in found if each.id == text]
    found = exact or found
    if len(found) == 1:
        return found[0]
    what = f"the {label.lower()} '{text}'" if label else f"'{text}'"
    if found:
        raise UsageError(
            f"looking for {what}: {len(found)} are called that. Name one:"
            f" {_listed(f'{each.label} {each.id}' for each in found)}."
        )
    raise UsageError(
        f"looking for {what}: {f'no {label.lower()}' if label else 'nothing'} has that id or"
        f" name.{_offered(store, text, sought)} An id or a whole name is wanted, in quotes"
        " where it holds a blank."
    )


def _offered(store: Readable, text: str, labels: str) -> str:
    """What may have been meant: what has the text in its id or name, else what is spelt so."""
    holding = store.read(_HOLDING.format(labels=labels), {"text": text}).rows
    if holding:
        return f" It is part of {_listed(dict.fromkeys(str(own_id) for _, own_id in holding))}."
    rows = store.read(_ALL.format(labels=labels)).rows
    return nearest(text, (str(row[place]) for place in (1, 0) for row in rows))  # ids before names


def _listed(names: Iterable[str]) -> str:
    quoted = [f"'{each}'" for each in names]
    left = len(quoted) - LISTED
    return f"{', '.join(quoted[:LISTED])}{f' and {left:,} more' if left > 0 else ''}"


def _named(store: Readable, text: str, labels: str) -> list[Thing]:
    rows = store.read(_NAMED.format(labels=labels), {"text": text}).rows
    return [Thing(str(label), str(own_id), str(name)) for label, own_id, name in rows]


def owners_of(store: Readable, things: Iterable[Thing]) -> Owners:
    """The owners by label and id: the accountable first, those who are gone last."""
    owners: dict[tuple[str, str], list[Owner]] = defaultdict(list)
    for label, ids in by_label((each.label, each.id) for each in things):
        rows = store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[r:OWNS]-(o)"
            " WHERE coalesce(r.confidence, 1.0) >= $least"
            " RETURN n.id AS id, labels(o)[0] AS label, o.id AS owner, o.name AS name,"
            " coalesce(r.role, '') AS role, coalesce(o.status, '') AS status"
            " ORDER BY id, label, owner, role",
            {"ids": ids, "least": LEAST_CONFIDENCE},
        )
        for own_id, kind, owner, name, role, status in rows.rows:
            owners[label, str(own_id)].append(
                Owner(str(kind), str(owner), str(name), str(role), status in _GONE)
            )
    return {
        key: tuple(sorted(found, key=lambda each: (each.gone, each.role != "accountable")))
        for key, found in owners.items()
    }


def by_label(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    """Each label with its ids, in order, as many as one query takes."""
    sorted_: dict[str, set[str]] = defaultdict(set)
    for label, own_id in keys:
        sorted_[label].add(own_id)
    for label, ids in sorted(sorted_.items()):
        rest = iter(sorted(ids))
        while some := list(islice(rest, AT_ONCE)):
            yield label, some
