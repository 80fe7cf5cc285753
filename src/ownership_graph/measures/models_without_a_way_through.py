"""The models that no allowed assignment of people takes through the gates ahead, and why.

For each gate ahead those are found who are able there: entitled, still here, not recused from the
gate or the model, and, where the gate asks for independence, not of the owner. A committee decides
with its quorum, a deputy in the place of somebody who is able. Then people are assigned so that
gates that must not be decided by the same person are not, and those that must are, those passed
before included (workflow satisfiability, Wang and Li 2010). Where that fails, gates that a
standing right opens are left out. It is exact: where no assignment
exists, the fewest gates and rules are named that cannot hold together, and the gentlest change
that leaves an assignment. Where it would take too long to tell, that is what is told.

Cost: models that stand alike are judged once; for each such situation the number of its gates
counts, and hardly that of the people.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ownership_graph.rights import telling
from ownership_graph.rights.by_right import read_by_right

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("part", "id", "facts")
GIVES = ("model", "why", "change", "gates", "ahead", "entitled", "severity")

_STUCK, _NOT_TOLD = 4, 1


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each such model; the reason that stops most models comes first."""
    by_right = read_by_right(rows)
    passing = by_right.passing
    found: list[dict[str, Any]] = []
    every = passing.rights.standings
    for standing, (left, verdict) in ((s, each) for s in every for each in by_right.judged(s)):
        if verdict.solved.plan is not None:
            continue
        gates = list(verdict.reason.steps) if verdict.reason else []
        told = {
            "why": telling.why(passing, left, verdict),
            "change": next(iter(telling.changes(passing, verdict)), ""),
            "gates": gates,
            "ahead": list(standing.ahead),
            "entitled": sorted({o for gate in gates for o in passing.rights.gates[gate].entitled}),
            "severity": _STUCK if verdict.solved.known else _NOT_TOLD,
        }
        found += [{"model": model, **told} for model in left.models]
    share = Counter(each["why"] for each in found)
    return sorted(
        found,
        key=lambda each: (-each["severity"], -share[each["why"]], each["why"], each["model"]),
    )
