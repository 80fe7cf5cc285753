"""Who lies on every path to production.

A path passes one gate after the other, and each gate by one of its routes: one person who may
decide there, as many as the gate wants, or a committee with its quorum. Who lies on every path is
a dominator of production in the graph of all routes (Prosser 1959; Lengauer and Tarjan 1979).
Since gates stand in a row, and gates of the same place in it must all be passed, nobody has to
draw that graph: the dominators are, gate by gate, those whom all routes through it have in
common. Cost: proportional to what is entitled.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("gate", "min_tier", "wanted", "voices", "models", "pending")
GIVES = ("decider", "gates", "from_tier", "models", "pending")
USES = ("min_models",)


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row for each person, those first whom most models have to pass."""
    gates: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        for who in _in_all(row):
            gates[who].append(row)
    found = [_row(who, passed) for who, passed in gates.items()]
    return sorted(
        (each for each in found if each["models"] >= parameters["min_models"]),
        key=lambda each: (-each["models"], each["decider"]),
    )


def _row(who: str, gates: Sequence[Row]) -> dict[str, Any]:
    return {
        "decider": who,
        "gates": [each["gate"] for each in gates],
        "from_tier": min(each["min_tier"] for each in gates),
        "models": max(each["models"] for each in gates),
        "pending": sum(each["pending"] for each in gates),
    }


def _in_all(gate: Row) -> frozenset[str]:
    """Whom all routes through the gate have in common; nobody where there is no route."""
    common = list(_needed_by_bundle(gate))
    return frozenset(common[0]).intersection(*common[1:]) if common else frozenset()


def _needed_by_bundle(gate: Row) -> Iterator[set[str]]:
    """For each bundle of routes that is open, those whom all of its routes need.

    A bundle is the single people together, of whom the gate wants some, or a committee. Where
    there is one more than is wanted, each can be done without.
    """
    single = {who for each in gate["voices"] if not each["committee"] for who in each["people"]}
    bundles = [(single, gate["wanted"])] if single else []
    bundles += [
        (set(each["people"]), each["needed"])
        for each in gate["voices"]
        if each["committee"] or not each["needed"]
    ]
    replaceable = {who for each in gate["voices"] for who in each["replaceable"]}
    for people, needed in bundles:
        if len(people) >= needed:
            yield people - replaceable if len(people) == needed and needed else set()
