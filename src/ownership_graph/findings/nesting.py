"""Weaker findings under the stronger ones that imply them: one gate with one decider is one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.findings.answer import Finding
    from ownership_graph.queries.question import Question


def implied(found: Sequence[tuple[Question, Finding]]) -> dict[str, str]:
    """For each finding that a stronger one implies, the identity of that one.

    A question says which others it implies. One finding implies another where all that either of
    them is about, the other is about as well: a gate, and a person at that gate. Of several that
    imply one the gravest counts, then the first by identity. Cost: proportional to the findings,
    times those about one thing.
    """
    stronger = defaultdict(list)
    for question, finding in found:
        for code in question.implies:
            for end in _ends(finding):
                stronger[code, end].append(finding)
    above = {}
    for question, finding in found:
        ends = _ends(finding)
        over = {
            each.identity: each
            for end in ends
            for each in stronger.get((question.code, end), ())
            if ends <= _ends(each) or _ends(each) <= ends
        }
        if over:
            best = min(over.values(), key=lambda each: (-each.severity, each.identity))
            above[finding.identity] = best.identity
    return above


def root(identity: str, above: Mapping[str, str]) -> str:
    """The finding that none implies, from which this one follows; itself where there is none."""
    while identity in above:
        identity = above[identity]
    return identity


def _ends(finding: Finding) -> frozenset[tuple[str, str]]:
    return frozenset(end for end in zip(finding.labels, finding.subject, strict=True) if end[1])
