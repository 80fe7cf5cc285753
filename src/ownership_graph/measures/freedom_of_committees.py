"""How free a committee is to act, and what a vote in it is worth.

`statistics.voting` counts all ways to vote: Coleman's power to act is the share of them that
decide for what was asked, Banzhaf's power of a vote the share of the others' in which it decides.
Enough are in favour where they decide whatever the others do: the rule is met though all others
come and vote against, and the quorum though they stay away. Cost: the members of each committee,
times the functions they come from.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ownership_graph.statistics.voting import deciding_votes, power_to_act

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from ownership_graph.measures import Row

TAKES = ("committee", "functions", "rule", "quorum")
GIVES = (
    "committee", "members", "rule", "quorum", "can_be_away", "needed", "power_to_act",
    "decided_by_one_vote", "functions",
)  # fmt: skip


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each committee, in their order; `functions` are those of its members here.

    Without a written rule nobody can say how many votes are enough.
    """
    return [_row(row) for row in rows]


def _row(row: Row) -> dict[str, Any]:
    members = len(row["functions"])
    unknown = dict.fromkeys(("needed", "power_to_act", "decided_by_one_vote")) | {"functions": []}
    return {
        "committee": row["committee"],
        "members": members,
        "rule": row["rule"],
        "quorum": row["quorum"],
        "can_be_away": None if row["quorum"] is None else members - row["quorum"],
        **(unknown if row["rule"] is None else _power(row, members)),
    }


def _power(row: Row, members: int) -> dict[str, Any]:
    by_rule = {"single": 1, "majority": members // 2 + 1, "unanimous": members}[row["rule"]]
    needed = max(by_rule, row["quorum"] or 1)
    votes = [1] * members
    return {
        "needed": needed,
        "power_to_act": _shown(power_to_act(votes, needed)),
        "decided_by_one_vote": _shown(deciding_votes(votes, needed)[0]) if votes else None,
        "functions": _blocks(row["functions"], needed),
    }


def _blocks(functions: Sequence[str], needed: int) -> list[str]:
    """Each function's share of the power if its members vote as one, the largest first.

    Nothing where the function of somebody is not known, or where all together are too few.
    """
    seats = Counter(functions)
    power = deciding_votes(list(seats.values()), needed)
    if "" in seats or not any(power):
        return []
    shares = sorted((-each / sum(power), name) for name, each in zip(seats, power, strict=True))
    return [f"{name} {float(-share):.0%}" for share, name in shares]


def _shown(share: Fraction) -> float:
    return round(float(share), 3)
