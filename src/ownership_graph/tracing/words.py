"""Relationships in words, told from either end; and approvals that have no name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ownership_graph.days import date_of, number_of

if TYPE_CHECKING:
    from collections.abc import Collection

WORDS = {
    "MEMBER_OF": ("is in", "has as a member"),
    "PART_OF": ("is part of", "has as a part"),
    "REPORTS_TO": ("reports to", "is the manager of"),
    "DELEGATES_TO": ("delegates to", "decides in place of"),
    "OWNS": ("owns", "is owned by"),
    "WORKED_ON": ("worked on", "was worked on by"),
    "HANDED_OVER": ("hands work to", "gets work from"),
    "DEPENDS_ON": ("stands on", "is relied on by"),
    "SUPPLIED_BY": ("is supplied by", "supplies"),
    "SERVES": ("serves", "is served by"),
    "CONCERNS": ("is about", "is the matter of"),
    "AT": ("is a request at", "has the request"),
    "AFTER": ("waits for", "is waited for by"),
    "DECIDED_BY": ("is decided by", "decides"),
    "REQUESTED_BY": ("was asked for by", "asked for"),
    "CITES": ("rests on", "is cited by"),
    "CAN_DECIDE": ("may decide at", "may be decided by"),
    "RECUSED_FROM": ("must not decide on", "must not be decided by"),
    "SEPARATE_FROM": ("is kept apart from", "is kept apart from"),
    "SAME_AS": ("has the same decider as", "has the same decider as"),
    "SUBJECT_TO": ("has to pass", "has to be passed by"),
    "NEEDS": ("needs", "is needed for"),
    "ABOUT": ("is about", "is the matter of"),
    "BLOCKED_BY": ("has to wait for", "blocks"),
    "JUDGED_BY": ("is judged by", "judges"),
    "SUPERSEDES": ("replaced", "was replaced by"),
    "MEASURES": ("measured", "was measured by"),
    "AGAINST": ("was measured for", "has the result"),
    "COVERS": ("holds for", "is covered by"),
    "REWARDED_BY": ("is rewarded by", "rewards"),
    "CONFLICTS_WITH": ("pulls apart from", "pulls apart from"),
}
"""What is said from the start of a relationship, and from its end."""


def in_words(type_: str, *, forward: bool, role: str = "") -> str:
    """A step over a relationship, with the role where it has one.

    >>> in_words("OWNS", forward=False, role="accountable")
    'is owned by (accountable)'
    """
    said = WORDS[type_][0 if forward else 1]
    return f"{said} ({role})" if role else said


_LAST_DAY = number_of(date.max)


def approval_in_words(of: Collection[str], at: Collection[str], asked: object) -> str:
    """An approval that has no name, by what it is about, its gate and the day; "" by neither.

    >>> approval_in_words(["Claims triage"], ["Legal review"], 20_090)
    'Approval of Claims triage at Legal review, asked 2025-01-02'
    """
    if not of and not at:
        return ""
    words = [f"{word} {_first_of(names)}" for word, names in (("of", of), ("at", at)) if names]
    day = f", asked {date_of(asked)}" if isinstance(asked, int) and 0 < asked <= _LAST_DAY else ""
    return " ".join(("Approval", *words)) + day


def _first_of(names: Collection[str]) -> str:
    rest = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    return f"{min(names)}{rest}"
