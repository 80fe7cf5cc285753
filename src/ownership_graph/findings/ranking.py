"""From answers to what to begin with: weighed, grouped by cause, with those who can act."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.findings.acting import with_actors
from ownership_graph.findings.grouping import first_of, grouped
from ownership_graph.findings.naming import names_of
from ownership_graph.findings.weighing import stakes_of

if TYPE_CHECKING:
    from ownership_graph.findings.answer import Checked
    from ownership_graph.stores import Store


def ranked(store: Store, checked: Checked, *, timeout: float) -> Checked:
    """The check with its findings in groups and in order, and the names of those who can act.

    `timeout` is in seconds, for each query; what takes longer is not weighed, or names nobody.
    """
    names = checked.names
    stakes = stakes_of(store, checked.answers, names, today=checked.today, timeout=timeout)
    answers, groups = grouped(checked.answers, stakes)
    findings = {each.identity: each for answer in answers for each in answer.findings}
    groups = with_actors(store, groups, findings, names, timeout=timeout)
    actors = {actor for group in groups for actor in group.actors}
    named = names_of(store, (((each.label,), each.id) for each in actors))
    return replace(
        checked, answers=answers, groups=groups, first=first_of(groups), names={**names, **named}
    )
