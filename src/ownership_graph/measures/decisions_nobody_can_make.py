"""The decisions that nobody can make, as rights are written today, and why.

The smallest set of decisions that can be made is built up: a decision joins it when those who
are still here can fulfil its rule, and every decision that must come first has joined. What
never joins, nobody can make: it has no decider, too many of its deciders have gone, it waits
for one that nobody can make, or it waits for itself in a circle.

The rule is reckoned over those who decide: `all` wants each of them, `k_of_n` as many as the
quorum says, any other one of them. Several deciders without a rule are contested, not
impossible. Everyone with the part `agree` holds a veto, so each of them is wanted as well.

Cost: proportional to decisions and waits, but for `frees`, which walks what waits behind each
decision that has to be repaired.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ownership_graph.rights.holders import fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = (
    "decision", "name", "rule", "quorum", "deciders", "deciders_here",
    "consents", "consents_here", "blocked_by", "about", "days",
)  # fmt: skip
GIVES = ("decision", "why", "deciders", "gone", "waits_for", "frees", "about", "days")


_SHOWN = 6
"""A longer circle, or a longer list of what it waits for, is shown by its beginning."""


@dataclass(frozen=True, slots=True)
class _Stuck:
    """A decision that nobody can make.

    `fault` is its own, whatever it waits for; `waits` are those it waits for that nobody can
    make either, `knot` those that wait for it as well as it for them.
    """

    row: Row
    fault: str
    waits: tuple[str, ...]
    knot: frozenset[str]

    @property
    def outside(self) -> tuple[str, ...]:
        """What must be repaired first: it waits for it, and not the other way round."""
        return tuple(other for other in self.waits if other not in self.knot)


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """The decisions that nobody can make; those whose repair frees most others come first."""
    stuck = _stuck({row["decision"]: row for row in rows})
    behind = _behind({own_id: each.waits for own_id, each in stuck.items()})
    sound = {own_id: len(each.waits) for own_id, each in stuck.items() if not each.fault}
    frees = {
        own_id: 0 if each.outside else len(_joined([own_id], behind, sound)) - 1
        for own_id, each in stuck.items()
    }
    order = sorted(stuck, key=lambda each: (-frees[each], bool(stuck[each].outside), each))
    return [_row(own_id, stuck, frees[own_id]) for own_id in order]


def _stuck(rows: Mapping[str, Row]) -> dict[str, _Stuck]:
    """What does not join the smallest set of decisions without a fault and without a wait."""
    blockers = {own_id: sorted(rows.keys() & row["blocked_by"]) for own_id, row in rows.items()}
    faults = {
        own_id: fault(
            row["rule"],
            row["quorum"],
            (len(row["deciders"]), len(row["deciders_here"])),
            (len(row["consents"]), len(row["consents_here"])),
        )
        for own_id, row in rows.items()
    }
    sound = {own_id: len(blockers[own_id]) for own_id, fault in faults.items() if not fault}
    free = [own_id for own_id, count in sound.items() if not count]
    stuck = dict.fromkeys(sorted(rows.keys() - _joined(free, _behind(blockers), sound)))
    waits = {own_id: tuple(each for each in blockers[own_id] if each in stuck) for own_id in stuck}
    knots = _knots(waits)
    return {
        own_id: _Stuck(rows[own_id], faults[own_id], waits[own_id], knots.get(own_id, frozenset()))
        for own_id in stuck
    }


def _behind(waits: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """What waits for each."""
    found: dict[str, list[str]] = defaultdict(list)
    for own_id, others in waits.items():
        for other in others:
            found[other].append(own_id)
    return found


def _joined(
    start: Iterable[str], behind: Mapping[str, Sequence[str]], sound: Mapping[str, int]
) -> set[str]:
    """What can be made once `start` is; `sound` counts the blockers of each without a fault."""
    joined = set(start)
    left: dict[str, int] = {}
    queue = deque(joined)
    while queue:
        for own_id in behind.get(queue.popleft(), ()):
            if own_id in joined or own_id not in sound:
                continue
            left[own_id] = left.get(own_id, sound[own_id]) - 1
            if not left[own_id]:
                joined.add(own_id)
                queue.append(own_id)
    return joined


def _knots(waits: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """For each decision that waits for itself, those that wait in the same knot."""
    import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

    graph = nx.DiGraph([(own_id, other) for own_id, others in waits.items() for other in others])
    return {
        own_id: frozenset(knot)
        for knot in nx.strongly_connected_components(graph)
        for own_id in knot
        if len(knot) > 1 or own_id in waits[own_id]
    }


def _circle(own_id: str, stuck: Mapping[str, _Stuck]) -> list[str]:
    """The shortest way from a decision in a knot back to itself, both ends included."""
    reached_from: dict[str, str] = {}
    queue = deque([own_id])
    while own_id not in reached_from:
        here = queue.popleft()
        for other in stuck[here].waits:
            if other in stuck[own_id].knot and other not in reached_from:
                reached_from[other] = here
                queue.append(other)
    path = [own_id, reached_from[own_id]]
    while path[-1] != own_id:
        path.append(reached_from[path[-1]])
    return path[::-1]


def _why(own_id: str, stuck: Mapping[str, _Stuck]) -> str:
    each = stuck[own_id]
    reasons = [each.fault] if each.fault else []
    if each.knot:
        circle = _circle(own_id, stuck)
        if len(circle) > _SHOWN:
            names = [*_names(circle[: _SHOWN - 2], stuck), "…", *_names([own_id], stuck)]
            reasons.append(f"waits in a circle of {len(circle) - 1:,}: {' → '.join(names)}")
        else:
            reasons.append(f"waits in a circle: {' → '.join(_names(circle, stuck))}")
    if each.outside:
        more = f" and {len(each.outside) - _SHOWN:,} more" if len(each.outside) > _SHOWN else ""
        waited_for = ", ".join(_names(each.outside[:_SHOWN], stuck))
        reasons.append(f"waits for {waited_for}{more}, which nobody can make")
    return "; ".join(reasons)


def _names(ids: Iterable[str], stuck: Mapping[str, _Stuck]) -> list[str]:
    return [stuck[own_id].row["name"] or own_id for own_id in ids]


def _row(own_id: str, stuck: Mapping[str, _Stuck], frees: int) -> dict[str, Any]:
    row = stuck[own_id].row
    voices = sorted({*row["deciders"], *row["consents"]})
    here = {*row["deciders_here"], *row["consents_here"]}
    return {
        "decision": own_id,
        "why": _why(own_id, stuck),
        "deciders": voices,
        "gone": [who for who in voices if who not in here],
        "waits_for": list(stuck[own_id].waits),
        "frees": frees,
        "about": row["about"],
        "days": row["days"],
    }
