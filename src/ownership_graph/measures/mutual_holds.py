"""Teams that hold each other up, in rings of up to four.

A team holds another up where a request of the other lies there too long, and those of the other
take longer there than those of everybody else, as medians with what still waits kept in
(`statistics.survival`). Only in knots of late requests there can be a ring (Tarjan 1972), so only
there it is reckoned who is slower to whom; the rings are those of Johnson 1975, cut off at four.
Cost: n log n of the requests; in a knot, those of a team times the teams that it keeps waiting.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

from ownership_graph.statistics.survival import survival

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from ownership_graph.measures import Row
    from ownership_graph.statistics.survival import Survival

    Pair: TypeAlias = tuple[str, str]
    """Who holds up, and whom."""

    Ring: TypeAlias = tuple[str, ...]
    """Each holds up the next, and the last the first; the first is the first by id."""

TAKES = ("holder", "above", "requests")
GIVES = ("team", "other", "ring", "models", "waiting", "days", "slower")
USES = ("times_sla", "times_slower", "min_requests")
LONGEST = 4


@dataclass(slots=True)
class _Request:
    """A request: the days that it took, or has waited so far; `late` where those are too many."""

    took: int | None
    so_far: int | None
    late: bool
    models: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Hold:
    """What waits too long, and how many times as long as all others; `None` if those never do."""

    late: Mapping[str, _Request]
    slower: float | None


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for the first two teams of a ring, the ring that waits longest first.

    Where several rings begin with the same two, the shortest is told.
    """
    holds = dict(_holds(rows, parameters))
    shortest: dict[Pair, Ring] = {}
    for ring in sorted(_rings(holds), key=lambda each: (len(each), each)):
        shortest.setdefault((ring[0], ring[1]), ring)
    found = [_row(ring, holds) for ring in shortest.values()]
    return sorted(found, key=lambda each: (-each["days"], each["team"], each["other"]))


def _holds(rows: Sequence[Row], parameters: Mapping[str, Any]) -> Iterator[tuple[Pair, _Hold]]:
    """The holds that may be part of a ring."""
    before = _before(rows, parameters)
    above = {row["holder"]: frozenset(row["above"]) for row in rows}
    late = {
        (holder, owner): those
        for holder, owners in before.items()
        for owner, requests in owners.items()
        if _are_two(holder, owner, above)
        if (those := {name: each for name, each in requests.items() if each.late and each.models})
    }
    for holder, owner in _knotted(late):
        own = before[holder][owner]
        others = {
            name: each
            for team, requests in before[holder].items()
            for name, each in requests.items()
            if team != holder and name not in own
        }
        if len(others) < parameters["min_requests"]:
            continue
        days, usual = _at_least(_days(own.values())), _days(others.values()).quantile(0.5)
        if usual is None or days <= usual or days < parameters["times_slower"] * usual:
            continue
        yield (holder, owner), _Hold(late[holder, owner], days / usual if usual else None)


def _are_two(holder: str, owner: str, above: Mapping[str, frozenset[str]]) -> bool:
    """Whether they are two parties, and the owner holds requests as well."""
    if owner == holder or owner not in above:
        return False
    return owner not in above[holder] and holder not in above[owner]


def _before(
    rows: Sequence[Row], parameters: Mapping[str, Any]
) -> Mapping[str, Mapping[str, dict[str, _Request]]]:
    """By holder and owner the requests, each once."""
    found: dict[str, dict[str, dict[str, _Request]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows:
        for each in row["requests"]:
            promised = [days for days in each["promised"] if days is not None]
            late = any(each["so_far"] > parameters["times_sla"] * days for days in promised)
            known = found[row["holder"]][each["owner"]].setdefault(
                each["request"], _Request(each["took"], each["so_far"], late)
            )
            known.models |= {each["model"]} - {None}
    return found


def _knotted(pairs: Collection[Pair]) -> list[Pair]:
    """The pairs whose two ends can be reached from each other."""
    import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

    knots = nx.strongly_connected_components(nx.DiGraph(list(pairs)))
    knot_of = {team: at for at, knot in enumerate(knots) for team in knot}
    return [(one, two) for one, two in pairs if knot_of[one] == knot_of[two]]


def _days(requests: Collection[_Request]) -> Survival:
    return survival(
        (each.took for each in requests if each.took is not None),
        (each.so_far for each in requests if each.took is None and each.so_far is not None),
    )


def _at_least(days: Survival) -> float:
    """Days within which half are answered; where half never were, the longest that any waited."""
    half = days.quantile(0.5)
    return days.last if half is None else half


def _rings(holds: Collection[Pair]) -> Iterator[Ring]:
    import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

    for found in nx.simple_cycles(nx.DiGraph(list(holds)), length_bound=LONGEST):
        start = found.index(min(found))
        yield (*found[start:], *found[:start])


def _row(ring: Ring, holds: Mapping[Pair, _Hold]) -> dict[str, Any]:
    around = [holds[pair] for pair in zip(ring, (*ring[1:], ring[0]), strict=True)]
    late = {name: each for hold in around for name, each in hold.late.items()}
    slower = [hold.slower for hold in around if hold.slower is not None]
    return {
        "team": ring[0],
        "other": ring[1],
        "ring": list(ring),
        "models": sorted(set().union(*(each.models for each in late.values()))),
        "waiting": len(late),
        "days": max(each.so_far or 0 for each in late.values()),
        "slower": round(min(slower), 1) if slower else None,
    }
