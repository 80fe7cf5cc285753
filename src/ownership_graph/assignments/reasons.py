"""Why a workflow cannot be shared out: the fewest steps and rules that cannot hold together."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ownership_graph.assignments.solving import solve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ownership_graph.assignments.workflow import Pair, Rule, Workflow

MANY = 12
"""With more steps the reason is one of which nothing can be left out, perhaps not the smallest."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Steps that cannot all be taken, and the rules without which they could."""

    steps: tuple[str, ...]
    separate: frozenset[Pair] = frozenset()
    same: frozenset[Pair] = frozenset()


def smallest_reason(workflow: Workflow) -> Reason | None:
    """The fewest steps that cannot be taken together, and the rules that stand in the way.

    None of the steps and none of the rules can be left out. `None` where there is an assignment,
    or where it is not known whether there is one.
    """
    if not _impossible(workflow):
        return None
    ids = tuple(step.id for step in workflow.steps)
    found = next((each for each in _smaller(ids) if _impossible(workflow.only(each))), ids)
    if len(ids) > MANY:
        found = _thinned(workflow, ids)
    core = workflow.only(found)
    for rule, pair in rules_of(core.separate, core.same):
        tried = core.lifting(rule, pair)
        core = tried if _impossible(tried) else core
    return Reason(found, core.separate, core.same)


def rules_of(separate: Collection[Pair], same: Collection[Pair]) -> Iterator[tuple[Rule, Pair]]:
    """The rules, each with its kind, in a stable order."""
    yield from (("separate", pair) for pair in sorted(separate, key=sorted))
    yield from (("same", pair) for pair in sorted(same, key=sorted))


def _impossible(workflow: Workflow) -> bool:
    solved = solve(workflow)
    return solved.known and solved.plan is None


def _smaller(ids: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """All choices of fewer of the ids, the smallest first."""
    if len(ids) <= MANY:
        for size in range(1, len(ids)):
            yield from combinations(ids, size)


def _thinned(workflow: Workflow, ids: tuple[str, ...]) -> tuple[str, ...]:
    """What is left when each id is dropped in turn without which it stays impossible."""
    for own_id in ids:
        fewer = tuple(each for each in ids if each != own_id)
        ids = fewer if _impossible(workflow.only(fewer)) else ids
    return ids
