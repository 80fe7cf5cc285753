"""The guard against a source that lost a good part of what it stated: a broken export."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.model import is_event
from ownership_graph.plans.merging import stated_by
from ownership_graph.records import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.importing.planning import Difference, Mode
    from ownership_graph.importing.statements import Statement
    from ownership_graph.records import Fact, ImportRun, Key

FEW = 10
"""Facts that may always go."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What of one kind a source would take back: `gone` out of `before`.

    `since` is the day of the run that stated that many, where that was not the last one.
    """

    what: str
    gone: int
    before: int
    since: str = ""

    def __str__(self) -> str:
        """In words.

        >>> str(Loss("Person facts", 30, 100))
        '30 of 100 Person facts (30%)'
        >>> str(Loss("Person facts", 30, 100, "2026-11-01"))
        '30 of the 100 Person facts of 2026-11-01 (30%)'
        """
        share = f"({self.gone / self.before:.0%})"
        if self.since:
            return f"{self.gone:,} of the {self.before:,} {self.what} of {self.since} {share}"
        return f"{self.gone:,} of {self.before:,} {self.what} {share}"


def losses(
    source: str,
    difference: Difference,
    said: Mapping[Key, Statement],
    had: Mapping[Key, str],
    known: Mapping[Key, Fact],
) -> tuple[Loss, ...]:
    """What the source would take back, by label and relationship, and by filled property.

    Only what is more than a few is reckoned. A property counts as taken back where a fact
    stays and its value goes blank.
    """
    return (
        *_facts(difference, had),
        *_properties(_emptied(source, difference, said, known), said, had),
    )


def _facts(difference: Difference, had: Mapping[Key, str]) -> Iterator[Loss]:
    gone = Counter(map(kind_of, (*difference.gone, *difference.departed)))
    if any(count > FEW for count in gone.values()):
        stated = Counter(map(kind_of, had))
        for kind, count in sorted(gone.items()):
            if count > FEW:
                yield Loss(f"{kind} facts", count, stated[kind])


def _emptied(
    source: str,
    difference: Difference,
    said: Mapping[Key, Statement],
    known: Mapping[Key, Fact],
) -> Counter[tuple[str, str]]:
    """How many facts of a kind lost a property, less those that gained it."""
    lost: Counter[tuple[str, str]] = Counter()
    gained: Counter[tuple[str, str]] = Counter()
    for key in difference.altered:
        kind, old, new = kind_of(key), stated_by(known[key])[source][1], said[key].properties
        lost.update((kind, name) for name in old.keys() - new.keys())
        gained.update((kind, name) for name in new.keys() - old.keys())
    lost.subtract({each: count for each, count in gained.items() if each in lost})
    return lost


def _properties(
    emptied: Counter[tuple[str, str]], said: Mapping[Key, Statement], had: Mapping[Key, str]
) -> Iterator[Loss]:
    """The losses by property; filled before is filled now and what was lost since."""
    many = {each: count for each, count in emptied.items() if count > FEW}
    if not many:
        return
    filled: Counter[tuple[str, str]] = Counter()
    for key, statement in said.items():
        if key in had:
            kind = kind_of(key)
            filled.update((kind, name) for name in statement.properties if (kind, name) in many)
    for (kind, name), count in sorted(many.items()):
        yield Loss(f"values of {kind}.{name}", count, filled[kind, name] + count)


def stated_counts(said: Mapping[Key, Statement]) -> dict[str, int]:
    """How many facts are stated by label and relationship, and values by "Label.property"."""
    # Many facts share one dict of properties: each is looked into once.
    shared = {id(each.properties): each.properties for each in said.values()}
    alike = Counter((kind_of(key), id(each.properties)) for key, each in said.items())
    counts: Counter[str] = Counter()
    for (kind, which), count in alike.items():
        counts[kind] += count
        for name in shared[which]:
            counts[f"{kind}.{name}"] += count
    return dict(sorted(counts.items()))


@dataclass(frozen=True, slots=True)
class Most:
    """The most that a source stated of something, and the day on which it did."""

    count: int
    day: str


def most_stated(past: Iterable[ImportRun], source: str, since: str) -> dict[str, Most]:
    """The most of each label, relationship and value that the source's runs stated.

    `past` are all runs, oldest first; `since` is an ISO day. A run for which the guard was let
    pass begins anew, and so does one that joined identities: two facts became one.
    """
    most: dict[str, Most] = {}
    for run in past:
        if run.state != "done" or (run.kind == "import" and run.source != source):
            continue
        if run.allowed or run.kind == "identities":
            most.clear()
        day = run.started[: len(since)]
        for what, count in run.counts.items():
            if day >= since and (what not in most or count > most[what].count):
                most[what] = Most(count, day)
    return most


def leaks(
    most: Mapping[str, Most], counts: Mapping[str, int], *, values: bool
) -> tuple[Loss, ...]:
    """What went little by little: the most that was stated, against what is stated now.

    Events are history, and do not leak. `values` are reckoned where that is asked for, less
    those of facts that went as a whole.
    """
    lost = {what: each.count - counts.get(what, 0) for what, each in most.items()}
    found = []
    for what, gone in sorted(lost.items()):
        kind, _, name = what.partition(".")
        if is_event(kind) or (name and not values):
            continue
        alone = gone - max(lost.get(kind, 0), 0) if name else gone
        if alone > FEW:
            named = f"values of {what}" if name else f"{kind} facts"
            found.append(Loss(named, alone, most[what].count, most[what].day))
    return tuple(found)


def refusal(
    source: str,
    mode: Mode,
    share: float,
    lost: tuple[Loss, ...],
    *,
    said: int,
    had: int,
) -> str:
    """The sentence with which the guard stops an import; empty where it lets it through.

    It stops what would take back more than `share` *and* more than a few of what the source
    stated, and a source that says nothing though it stated `had` facts before.
    """
    if mode == "full" and had and not said:
        found = f"it says nothing now, and stated {had:,} facts before"
    else:
        # What would go at once is told as that, and not as a leak too.
        many = {each.what: str(each) for each in reversed(lost) if each.gone > share * each.before}
        if not many:
            return ""
        found = f"{', '.join(reversed(many.values()))} would go, more than {share:.0%}"
    return (
        f"importing '{source}': {found}. The graph stays as it was. Look whether the source is"
        " whole; if it is, import once with --allow-removals."
    )
