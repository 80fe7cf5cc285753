"""The guard against a source that lost a good part of what it stated: a broken export."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.importing.merging import stated_by
from ownership_graph.importing.statements import Statement, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.importing.planning import Difference, Mode
    from ownership_graph.records import Fact, Key

FEW = 10
"""Facts that may always go."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What of one kind a source would take back: `gone` out of `before`."""

    what: str
    gone: int
    before: int

    def __str__(self) -> str:
        """In words.

        >>> str(Loss("Person facts", 30, 100))
        '30 of 100 Person facts (30%)'
        """
        return f"{self.gone:,} of {self.before:,} {self.what} ({self.gone / self.before:.0%})"


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
    gone = Counter(map(kind_of, difference.gone))
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
        many = [str(each) for each in lost if each.gone > share * each.before]
        if not many:
            return ""
        found = f"{', '.join(many)} would go, more than {share:.0%}"
    return (
        f"importing '{source}': {found}. The graph stays as it was. Look whether the source is"
        " whole; if it is, import once with --allow-removals."
    )
