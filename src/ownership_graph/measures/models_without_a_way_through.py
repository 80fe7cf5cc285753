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
    from ownership_graph.rights.passing import Passing, Verdict
    from ownership_graph.rights.reading import Standing

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
    for standing in passing.rights.standings:
        for left, verdict in by_right.judged(standing):
            if verdict.solved.plan is None:
                told = _told(passing, left, verdict) | {"ahead": list(standing.ahead)}
                found += [{"model": model, **told} for model in left.models]
    share = Counter(each["why"] for each in found)
    return sorted(
        found,
        key=lambda each: (-each["severity"], -share[each["why"]], each["why"], each["model"]),
    )


def _told(passing: Passing, standing: Standing, verdict: Verdict) -> dict[str, Any]:
    """Why models that stand so cannot get through, and what would free them."""
    gates = verdict.reason.steps if verdict.reason else ()
    entitled = {who for gate in gates for who in passing.rights.gates[gate].entitled}
    return {
        "why": telling.why(passing, standing, verdict),
        "change": next(iter(telling.changes(passing, verdict)), ""),
        "gates": list(gates),
        "entitled": sorted(entitled),
        "severity": _STUCK if verdict.solved.known else _NOT_TOLD,
    }
