"""Of pairs that are likely one, the lines that can stand together in an alias file.

An alias has one id, and no id is an alias: of all who are one, one counts. The likelier pair goes
first. Two that one source tells apart never become one, not by way of a third either; and who is
as like to one of them as to the other is left open.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

from ownership_graph.importing.statements import statement_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

CERTAIN = 100.0
"""The score of two ids that are one however many sources state both."""

_NOTHING = statement_hash({})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ids that are likely of one; `score` is of 100."""

    one: str
    other: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That one id is likely a name of another; `score` is of 100."""

    alias: str
    id: str
    score: float
    reason: str


@dataclass(eq=False, slots=True)
class _Lot:
    """Ids that are taken for one, and the sources that describe any of them."""

    ids: list[str]
    sources: set[str]


def describing(row: Mapping[str, Any]) -> tuple[str, ...]:
    """The sources that state more of a node than its id; the others only mention it.

    >>> describing({"sources": ["code", "hr"], "hashes": [statement_hash({}), "8cc5"]})
    ('hr',)
    """
    stated = zip(row["sources"] or (), row["hashes"] or (), strict=True)
    return tuple(source for source, digest in stated if digest != _NOTHING)


def chosen(
    pairs: Iterable[Pair],
    rank: Callable[[str], Any],
    described_by: Mapping[str, Collection[str]],
) -> list[Suggestion]:
    """The lines, the likeliest first; of each lot the id of the highest rank counts."""
    ordered = sorted(pairs, key=lambda each: (-each.score, each.one, each.other))
    lots = _lots(ordered, described_by)
    inside: dict[str, list[Pair]] = defaultdict(list)
    for each in ordered:
        if lots[each.one] is lots[each.other]:
            inside[each.one].append(each)
            inside[each.other].append(each)
    found = [
        line
        for lot in dict.fromkeys(lots.values())
        for line in _lines(max(sorted(lot.ids), key=rank), inside)
    ]
    return sorted(found, key=lambda each: (-each.score, each.id, each.alias))


def _lots(ordered: list[Pair], described_by: Mapping[str, Collection[str]]) -> dict[str, _Lot]:
    """Of each id the lot that it is in."""
    ids = {own_id for each in ordered for own_id in (each.one, each.other)}
    lots = {each: _Lot([each], set(described_by.get(each, ()))) for each in ids}
    for score, alike in groupby(ordered, key=lambda each: each.score):
        for one, other in _clear(list(alike), lots, certain=score >= CERTAIN):
            _join(one, other, lots, certain=score >= CERTAIN)
    return lots


def _clear(
    alike: list[Pair], lots: Mapping[str, _Lot], *, certain: bool
) -> Iterator[tuple[str, str]]:
    """The pairs of one score but those that leave open which of two is meant."""
    partners: dict[_Lot, dict[_Lot, None]] = defaultdict(dict)
    for each in alike:
        one, other = lots[each.one], lots[each.other]
        partners[one][other] = partners[other][one] = None
    stating = {
        lot: Counter(source for each in several for source in each.sources)
        for lot, several in partners.items()
    }
    kept = [
        each
        for each in alike
        if certain
        or not (
            _open(stating[lots[each.one]], lots[each.other])
            or _open(stating[lots[each.other]], lots[each.one])
        )
    ]
    yield from ((each.one, each.other) for each in kept)


def _open(stating: Counter[str], lot: _Lot) -> bool:
    return any(stating[source] > 1 for source in lot.sources)


def _join(one: str, other: str, lots: dict[str, _Lot], *, certain: bool) -> None:
    """Make one lot of two, unless a source tells them apart."""
    small, large = sorted((lots[one], lots[other]), key=lambda each: len(each.ids))
    if small is large or (not certain and small.sources & large.sources):
        return
    large.ids += small.ids
    large.sources |= small.sources
    lots.update(dict.fromkeys(small.ids, large))


def _lines(kept: str, inside: Mapping[str, list[Pair]]) -> Iterator[Suggestion]:
    """A line for each other id of the lot; who is like the kept one only by way of a third."""
    scores = {kept: CERTAIN}
    waiting = deque([kept])
    while waiting:
        known = waiting.popleft()
        for each in inside[known]:
            alias = each.other if each.one == known else each.one
            if alias not in scores:
                scores[alias] = min(each.score, scores[known])
                waiting.append(alias)
                by_way = "" if known == kept else f", by way of {known}"
                yield Suggestion(alias, kept, round(scores[alias], 1), each.reason + by_way)
