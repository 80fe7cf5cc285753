"""Relationships in words, told from either end."""

from __future__ import annotations

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
