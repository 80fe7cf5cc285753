"""Whose absence alone makes an assignment impossible (resiliency to one absence: Wang and Li)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.assignments.solving import MOST, solve

if TYPE_CHECKING:
    from ownership_graph.assignments.workflow import Workflow


def indispensable(workflow: Workflow, *, most: int = MOST) -> tuple[str, ...]:
    """The people without any one of whom no assignment is left, by id.

    Whoever stands in for somebody can do so while that somebody is away. Nobody is indispensable
    where there is no assignment in the first place. Only those who take part in one assignment
    need to be tried: where they are not needed there, they are not needed.
    """
    plan = solve(workflow, most=most).plan
    if plan is None:
        return ()
    taking_part = sorted({voice.person for chosen in plan.values() for voice in chosen.voices})
    return tuple(who for who in taking_part if _is_needed(workflow, who, most))


def _is_needed(workflow: Workflow, person: str, most: int) -> bool:
    solved = solve(workflow.without(person), most=most)
    return solved.known and solved.plan is None
