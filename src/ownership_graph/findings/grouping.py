"""Findings grouped by what stands behind several of them, so that the first five matter.

A company of thousands has thousands of findings, and most of them say the same: one gate, one
desk, one missing owner. What stands behind two findings or more makes a group of them; the rest
are grouped by their question. A question that hits most of those it asks about describes how the
organisation is set up: it is one group, a pattern, whatever stands behind each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from msgspec import structs

from ownership_graph.findings.answer import Group
from ownership_graph.findings.nesting import implied, root

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.findings.answer import Answer, Finding
    from ownership_graph.findings.weighing import Stakes
    from ownership_graph.queries.question import Question
    from ownership_graph.records import NodeKey

    Cause: TypeAlias = tuple[str, NodeKey]
    """Its kind, and what it is."""

MOST = 60
"""Groups of one check; where there would be more, what stands behind fewest is no group."""

FEWEST = 2
"""What stands behind one finding only is no cause of several."""

PATTERN_SHARE, PATTERN_LEAST = 0.3, 10
"""A question that hits more than this share, and so many at least, is a pattern."""

FIRST, FIRST_OF_A_THEME = 5, 2

NO_RIGHT = "DEC-08"
"""The kinds of decision for which nobody has the right come first: no other step can be taken."""


def grouped(
    answers: Sequence[Answer], stakes: Stakes
) -> tuple[tuple[Answer, ...], tuple[Group, ...]]:
    """The answers with their findings weighed, nested and ranked; and the groups, best first.

    Groups go by urgency, then by weight; the findings of a group by urgency, severity, weight,
    code and the place that the question gives them. Cost: proportional to n log n for n findings.
    """
    found = _found(answers, stakes)
    above = implied([(each.question, each.finding) for each in found])
    top = [each for each in found if each.finding.identity not in above]
    patterns = frozenset(answer.question.code for answer in answers if _is_pattern(answer))
    causes = _causes(top, patterns)
    below = defaultdict(list)
    for each in sorted(found, key=_order):
        if each.finding.identity in above:
            below[root(each.finding.identity, above)].append(each.finding.identity)
    groups = [
        _group(key, sorted(those, key=_order), below, patterns, stakes)
        for key, those in _together(top, causes)
    ]
    groups.sort(key=_first_first)
    ranks = {own: rank for rank, own in enumerate((i for g in groups for i in g.findings), 1)}
    placed = {
        each.finding.identity: _placed(each.question, each.finding, ranks, above, causes)
        for each in found
    }
    return tuple(_with(answer, placed) for answer in answers), tuple(groups)


def first_of(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Where to begin: the first five, at most two of them of one theme."""
    chosen: list[Group] = []
    themes: Counter[str] = Counter()
    for group in groups:
        themes[group.question.theme] += 1
        if themes[group.question.theme] <= FIRST_OF_A_THEME:
            chosen.append(group)
    return tuple(chosen[:FIRST])


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding with its question, its weight, and its place in the answer."""

    question: Question
    finding: Finding
    weight: float
    place: int


def _found(answers: Sequence[Answer], stakes: Stakes) -> list[_Found]:
    return [
        _Found(
            answer.question,
            structs.replace(
                each,
                severity=stakes.severity(each),
                urgency=stakes.urgency(answer.question, each),
            ),
            stakes.of([each]),
            place,
        )
        for answer in answers
        for place, each in enumerate(answer.findings)
    ]


def _order(each: _Found) -> tuple[str, int, float, str, int]:
    finding = each.finding
    return finding.urgency, -finding.severity, -each.weight, each.question.code, each.place


def _is_pattern(answer: Answer) -> bool:
    hit = len(answer.findings)
    return hit >= PATTERN_LEAST and answer.among is not None and hit > PATTERN_SHARE * answer.among


def _causes(found: Sequence[_Found], patterns: frozenset[str]) -> dict[str, Cause]:
    """By identity, what stands behind a finding and others; of several, what is behind most."""
    candidates: dict[str, set[Cause]] = {
        each.finding.identity: {(each.question.cause.kind, end) for end in each.finding.behind}
        for each in found
        if each.question.cause and each.finding.behind and each.question.code not in patterns
    }
    behind = Counter(cause for those in candidates.values() for cause in those)
    chosen = {
        identity: min(those, key=lambda cause: (-behind[cause], cause[1].id, cause[1].label))
        for identity, those in candidates.items()
    }
    sizes = Counter(chosen.values())
    codes = {each.finding.identity: each.question.code for each in found}
    kept = chosen
    for fewest in sorted({FEWEST, *(size + 1 for size in sizes.values())}):
        kept = {own: cause for own, cause in chosen.items() if sizes[cause] >= fewest}
        if len({kept.get(own, code) for own, code in codes.items()}) <= MOST:
            break
    return kept


def _together(
    found: Sequence[_Found], causes: Mapping[str, Cause]
) -> Iterator[tuple[Cause | str, list[_Found]]]:
    """The findings by their cause, or by the code of their question."""
    together: defaultdict[Cause | str, list[_Found]] = defaultdict(list)
    for each in found:
        together[causes.get(each.finding.identity, each.question.code)].append(each)
    yield from together.items()


def _group(
    key: Cause | str,
    those: Sequence[_Found],
    below: Mapping[str, Sequence[str]],
    patterns: frozenset[str],
    stakes: Stakes,
) -> Group:
    """The group of findings in their order; what they imply stands behind each."""
    best = those[0]
    identities = [
        own
        for each in those
        for own in (each.finding.identity, *below.get(each.finding.identity, ()))
    ]
    return Group(
        cause=key if isinstance(key, str) else _told(*key),
        thing=None if isinstance(key, str) else key[1],
        question=best.question,
        findings=tuple(identities),
        count=len(those),
        codes=dict(Counter(each.question.code for each in those).most_common()),
        pattern=isinstance(key, str) and key in patterns,
        urgency=best.finding.urgency,
        weight=stakes.of(each.finding for each in those),
        severity=max(each.finding.severity for each in those),
    )


def _told(kind: str, thing: NodeKey) -> str:
    return f"{kind}:{thing.id}"


def _first_first(group: Group) -> tuple[bool, str, float, int, int, str]:
    return (
        group.question.code != NO_RIGHT,
        group.urgency,
        -group.weight,
        -group.severity,
        -group.count,
        group.cause,
    )


def _placed(
    question: Question,
    finding: Finding,
    ranks: Mapping[str, int],
    above: Mapping[str, str],
    causes: Mapping[str, Cause],
) -> Finding:
    own = finding.identity
    cause = causes.get(root(own, above))
    kind = question.cause.kind if question.cause else ""
    return structs.replace(
        finding,
        rank=ranks[own],
        implied_by=above.get(own),
        cause=_told(*cause) if cause else kind,
    )


def _with(answer: Answer, placed: Mapping[str, Finding]) -> Answer:
    findings = (placed[each.identity] for each in answer.findings)
    return replace(answer, findings=tuple(sorted(findings, key=lambda each: each.rank)))
