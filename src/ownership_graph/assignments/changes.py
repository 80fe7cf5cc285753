"""What would make an assignment possible: the single changes that do, or the fewest helpers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.assignments.reasons import rules_of
from ownership_graph.assignments.solving import solve
from ownership_graph.assignments.workflow import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ownership_graph.assignments.reasons import Reason
    from ownership_graph.assignments.workflow import Step, Way, Workflow

ChangeKind: TypeAlias = Literal["entitle", "seat", "separate", "same"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: entitle so many more at a step, or seat so many more in a committee there.

    Or lift a rule: `steps` are then the two that it ties.
    """

    kind: ChangeKind
    steps: tuple[str, ...]
    more: int = 0
    body: str = ""


def single_changes(workflow: Workflow, reason: Reason) -> list[Change]:
    """The changes of which each alone makes an assignment possible, the gentlest first.

    What is in no reason need not be looked at: as long as this reason stands, nothing helps.
    """
    steps = [step for step in workflow.steps if step.id in reason.steps]
    people = sorted(_more_people(workflow, steps), key=lambda change: change.more)
    lifted = (
        Change(rule, tuple(sorted(pair)))
        for rule, pair in rules_of(reason.separate, reason.same)
        if _possible(workflow.lifting(rule, pair))
    )
    return [*people, *lifted]


def smallest_help(workflow: Workflow, most: int = 3) -> tuple[str, ...]:
    """The fewest steps at which one person more each makes it possible, `most` at the utmost."""
    for size in range(2, most + 1):
        for steps in combinations(workflow.steps, size):
            tried = workflow
            for step in steps:
                tried = tried.with_ways(_more(step.id, "", 1))
            if _possible(tried):
                return tuple(step.id for step in steps)
    return ()


def _more_people(workflow: Workflow, steps: list[Step]) -> Iterator[Change]:
    """The fewest who must be entitled at one of the steps, or take a seat in its committee.

    Where committees alone decide, a seat comes first: it leaves the rule as it is.
    """
    for step in steps:
        single, *bodies = step.ways
        for way in (single, *bodies) if single.voices else (*bodies, single):
            for more in range(1, way.wanted + 1):
                if _possible(workflow.with_ways(_more(step.id, way.body, more))):
                    yield Change("seat" if way.body else "entitle", (step.id,), more, way.body)
                    break


def _more(step_id: str, body: str, more: int) -> Callable[[Step, Way], Way]:
    """That many new people, able at nothing else, in one way of one step."""
    new = {Voice(name, name) for name in (f"\0{step_id}\0{number}" for number in range(more))}

    def changed(step: Step, way: Way) -> Way:
        if (step.id, way.body) != (step_id, body):
            return way
        return replace(way, voices=way.voices | new)

    return changed


def _possible(workflow: Workflow) -> bool:
    return solve(workflow).plan is not None
