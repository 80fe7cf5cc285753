"""The relationships: how nodes can be tied."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ownership_graph.model.kinds import (
    Property,
    Relationship,
    choice,
    day,
    flag,
    integer,
    named,
    number,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Mapping


def _relationship(  # noqa: PLR0913 -- all that a relationship is
    name: str,
    starts: str,
    ends: str,
    meaning: str,
    *properties: Property,
    identity: tuple[str, ...] = (),
    event: bool = False,
    aside: tuple[str, ...] = (),
) -> Relationship:
    return Relationship(
        name,
        tuple(starts.split()),
        tuple(ends.split()),
        meaning,
        named(properties),
        identity,
        event,
        aside,
    )


_RELATIONSHIPS = (
    _relationship(
        "MEMBER_OF", "Person", "Team", "Who belongs to which team.",
        choice("role", "What the person is there.", "lead", "deputy", "member", "liaison"),
        number("fte", "Working time given to the team.", unit="full-time equivalents", low=0),
        aside=("fte",),
    ),
    _relationship("PART_OF", "Team", "Team", "Which team belongs to which."),
    _relationship("REPORTS_TO", "Person", "Person", "Who is managed by whom."),
    _relationship(
        "DELEGATES_TO", "Person", "Person", "Who may decide in whose place.",
        text("scope", "A gate's id, a decision kind, or * for everything."),
        day("until_day", "The first day on which it no longer holds."),
        identity=("scope",),
    ),
    _relationship(
        "OWNS", "Team Person", "Model Dataset Service UseCase Criterion Gate TradeOff",
        "Who answers for what.",
        choice("role", "In which way.",
                "accountable", "responsible", "technical", "business", "risk", "oversight"),
        choice("scope", "For which part; blank means all.", "model", "data", "use", "operation"),
        number("confidence", "How sure the source is.", unit="0 to 1", low=0, high=1),
        day("since_day", "The day from which it holds."),
        day("confirmed_day", "The day on which the owner last confirmed it."),
        text("confirmed_by", "Id of who confirmed it."),
        identity=("role", "scope"), aside=("since_day", "confirmed_day", "confirmed_by"),
    ),
    _relationship(
        "WORKED_ON", "Team Person", "Model", "Who was seen working on what; not declared.",
        integer("events", "How often.", unit="events"),
        number("share", "The share of all events on the model.", unit="0 to 1", low=0, high=1),
        aside=("events", "share"),
    ),
    _relationship(
        "HANDED_OVER", "Team", "Team", "Which team passes work to which.",
        integer("count", "How often.", unit="hand-overs"),
        number("median_days", "How long one took.", unit="days", low=0),
        aside=("count", "median_days"),
    ),
    _relationship(
        "DEPENDS_ON", "Model Service", "Model Dataset Service", "What stands on what.",
        text("kind", "In which way.",
              "calls", "trained_on", "fine_tuned_from", "hosted_on", "requires", "see_also"),
        flag("hard", "Whether it stops without it."),
        identity=("kind",),
    ),
    _relationship("SUPPLIED_BY", "Model Dataset Service", "Team", "Who supplies it."),
    _relationship("SERVES", "Model", "UseCase", "Which job the model tries to do."),
    _relationship("CONCERNS", "Approval Incident", "Model", "Which model it is on.", event=True),
    _relationship("AT", "Approval", "Gate", "At which gate the request stands.", event=True),
    _relationship("AFTER", "Approval", "Approval", "Which approval it waits for.", event=True),
    _relationship(
        "DECIDED_BY", "Approval", "Person Team", "Who decides or decided the request.",
        choice("role", "In which way; blank means decide.",
                "decide", "agree", "input", "recommend"),
        identity=("role",), event=True,
    ),
    _relationship(
        "REQUESTED_BY", "Approval", "Person Team", "Who asked.",
        choice("role", "In which way; blank means decide.",
                "decide", "agree", "input", "recommend"),
        event=True,
    ),
    _relationship("CITES", "Approval", "Result", "Which result it rests on.", event=True),
    _relationship("CAN_DECIDE", "Person Team", "Gate", "Who is entitled to decide at a gate."),
    _relationship("RECUSED_FROM", "Person", "Model Gate", "Where a person must not decide."),
    _relationship("SEPARATE_FROM", "Gate", "Gate", "The same person must not decide both."),
    _relationship("SAME_AS", "Gate", "Gate", "The same person must decide both."),
    _relationship(
        "SUBJECT_TO", "Model", "Gate", "Which gate it must pass, where the tier does not say it.",
        text("basis", "Why."),
    ),
    _relationship(
        "NEEDS", "Decision", "Person Team", "Whose part a decision needs.",
        choice("role", "Which part; blank means decide.",
               "recommend", "agree", "perform", "input", "decide"),
        identity=("role",),
    ),
    _relationship("ABOUT", "Decision", "Model UseCase Gate Criterion", "What it is about."),
    _relationship("BLOCKED_BY", "Decision", "Decision", "Which decision must be made first."),
    _relationship(
        "JUDGED_BY", "Model UseCase", "Criterion", "By which bar it is judged.",
        choice("status", "Whether the bar is agreed.", "proposed", "agreed", "superseded"),
        day("since_day", "The day from which the bar holds."),
        day("until_day", "The first day on which it no longer holds."),
        number("observed", "What was last measured."),
        Property("agreed_by", "list", "Ids of those who agreed."),
        event=True,
    ),
    _relationship("SUPERSEDES", "Criterion", "Criterion", "Which bar replaced which."),
    _relationship("MEASURES", "Result", "Model", "What was measured.", event=True),
    _relationship("AGAINST", "Result", "Criterion", "Which bar it was measured for.", event=True),
    _relationship("COVERS", "TradeOff", "Model UseCase", "What the trade-off holds for."),
    _relationship(
        "REWARDED_BY", "Team", "Incentive", "What a team is rewarded for.",
        number("weight", "How much of the reward.", unit="0 to 1", low=0, high=1),
    ),
    _relationship(
        "CONFLICTS_WITH", "Incentive", "Incentive", "Which rewards pull apart; read both ways.",
        flag("reconciled", "Whether the tension is settled."),
        text("settled_by", "Who settles it."),
        text("wins", "Which side wins."),
        text("written_in", "Where that is written."),
        choice("basis", "Who says so.", "declared", "derived", "assumed"),
    ),
)  # fmt: skip

RELATIONSHIPS: Mapping[str, Relationship] = MappingProxyType(
    {each.name: each for each in _RELATIONSHIPS}
)
"""Every relationship by its name."""
