"""The labels: what a node can be."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from ownership_graph.model.kinds import (
    Label,
    Property,
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

FUNCTIONS = (
    "engineering", "product", "data", "legal", "risk",
    "security", "operations", "leadership", "other",
)  # fmt: skip
DECISION_KINDS = (
    "promote", "stop", "roll_back", "retire", "accept_risk",
    "choose_metric", "merge_pilots", "fund", "change_policy",
)  # fmt: skip
DIMENSIONS = ("accuracy", "cost", "risk", "latency", "fairness", "value", "other")
REWARDS = (
    "correctness", "elegance", "speed", "differentiation", "stability",
    "defensibility", "outcome", "cost", "coverage",
)  # fmt: skip

_NAME = text("name", "What people call it; the id where nobody states one.")
_FUNCTION = text("function", "The function it belongs to.", *FUNCTIONS)


def _label(  # noqa: PLR0913 -- all that a label is
    name: str,
    plural: str,
    meaning: str,
    colour: str,
    shape: str,
    *properties: Property,
    event: bool = False,
    rule: bool = False,
) -> Label:
    own_id = Property("id", "text", "Its key: unique for the label, by habit `system:native`.")
    known = named((own_id, _NAME, *properties))
    return Label(name, plural, meaning, colour, shape, known, event, rule)


_LABELS = (
    _label(
        "Person", "persons",
        "One human, or a mailbox or service account that stands where a human should.",
        "#56B4E9", "dot",
        choice("kind", "What stands behind the name.",
                "human", "shared_mailbox", "service", "unknown"),
        choice("status", "Whether the person is still here.", "active", "left", "unknown"),
        day("left_day", "The day of leaving."),
        _FUNCTION,
        number("fte", "Working time as a share of full time.", unit="full-time equivalent", low=0),
    ),
    _label(
        "Team", "teams", "A team, function, committee, board, vendor or agency.",
        "#0072B2", "square",
        text("kind", "What sort of body it is.",
              "team", "function", "committee", "vendor", "agency", "bureau", "group"),
        _FUNCTION,
        choice("status", "Whether the team still exists.", "active", "archived", "unknown"),
        integer("risk_appetite", "Declared appetite for risk, from averse to eager.",
             unit="1 (averse) to 5 (eager)", low=1, high=5),
        choice("decision_rule", "How the body decides.", "single", "majority", "unanimous"),
        integer("quorum", "Members who must be present to decide.", unit="persons"),
        integer("meets_every_days", "How often it meets.", unit="days"),
        integer("capacity_per_meeting", "Items that it can decide in one meeting.", unit="items"),
    ),
    _label(
        "Model", "models",
        "Any AI system: model, agent, prompt application, vendor model, rule set. A deployment"
        " is a Model of its own that DEPENDS_ON its base model.",
        "#D55E00", "hexagon",
        text("kind", "What sort of AI system it is."),
        choice("stage", "How far it has come.",
                "idea", "experiment", "pilot", "production", "retired", "unknown"),
        day("stage_day", "The day on which it reached its stage."),
        day("target_day", "The day on which it should reach the next stage."),
        integer("risk_tier", "Risk class; none means that nobody classified it.",
             unit="1 (low) to 3 (high)", low=1, high=3),
        text("classified_by", "Id of who set the risk tier."),
        day("classified_day", "The day on which the risk tier was set."),
        choice("autonomy", "How freely it acts.", "advises", "acts_after_approval", "acts_alone"),
        text("next_decided_by", "Id of who decides next, as those say who were asked."),
        number("experiments_per_month", "How many experiments are run on it.",
               unit="experiments a month", low=0),
        text("version", "The version that is in use."),
        text("vendor", "Who sells it."),
        text("licence", "The licence it comes under."),
        text("environment", "Where it runs."),
    ),
    _label(
        "Dataset", "datasets", "Data that a model is trained on or reads.",
        "#009E73", "diamond",
        text("kind", "What sort of data it is."),
        text("status", "Whether it is still kept up."),
        day("support_ends_day", "The day on which support ends."),
    ),
    _label(
        "Service", "services",
        "What models stand on; a system of a service catalogue is a Service of kind system.",
        "#F0E442", "triangle",
        text("kind", "What sort of service it is."),
        text("status", "Whether it is still kept up."),
        day("support_ends_day", "The day on which support ends."),
    ),
    _label(
        "UseCase", "use cases", "The job that several models or pilots try to do.",
        "#E69F00", "diamond",
        _FUNCTION,
        text("goal", "What would be different if it worked."),
        day("target_day", "The day by which it should work."),
    ),
    _label(
        "Gate", "gates", "A step that policy puts between experiment and production.",
        "#CC79A7", "square",
        _FUNCTION,
        integer("seq", "Its place in the order of gates."),
        integer("min_tier", "The lowest risk tier that must pass it.", unit="risk tier"),
        text("applies_when", "A filter on Model properties, where the tier does not say it."),
        integer("sla_days", "How long a request may wait here.", unit="calendar days"),
        integer("quorum", "Deciders who must agree.", unit="persons"),
        choice("independence", "Whether the decider must stand apart from the owner.",
                "required", "not_required"),
        day("since_day", "The day from which the gate holds."),
        day("reviewed_day", "The day on which the rule was last reviewed."),
        day("retired_day", "The day from which the gate no longer holds."),
        rule=True,
    ),
    _label(
        "Approval", "approvals",
        "One request at one gate for one version of a model; one node a round.",
        "#CC79A7", "triangleDown",
        choice("status", "Where the request stands; returned means back at the requester.",
                "pending", "returned", "approved", "conditional", "rejected", "withdrawn",
                "waived", "expired"),
        text("version", "The version of the model that it is about."),
        day("requested_day", "The day of the request."),
        day("assigned_day", "The day on which somebody was asked to decide."),
        day("decided_day", "The day of the decision."),
        day("due_day", "The day by which it should be decided."),
        day("valid_until_day", "The day on which the approval runs out."),
        integer("round", "Which attempt this is, from 1."),
        integer("days_with_requester", "Waiting that the requester caused.", unit="days"),
        text("conditions", "What a conditional approval asks for."),
        event=True,
    ),
    _label(
        "Result", "results", "One measurement of a model.",
        "#009E73", "triangle",
        text("metric", "What was measured."),
        number("value", "What came out."),
        day("day", "The day of the measurement."),
        text("version", "The version of the model that was measured."),
        text("dataset", "What it was measured on."),
        flag("reported", "Whether the result was passed on to those who decide."),
        event=True,
    ),
    _label(
        "Criterion", "criteria",
        "What good enough means on one measure. Its threshold never changes: a new bar is a new"
        " Criterion that SUPERSEDES the old.",
        "#999999", "dot",
        text("dimension", "What it is about.", *DIMENSIONS),
        text("metric", "What is measured."),
        text("unit", "The unit of the threshold."),
        choice("direction", "Whether more is better.", "max", "min"),
        number("threshold", "The bar, as a number."),
        text("threshold_text", "The bar, where no number says it."),
        rule=True,
    ),
    _label(
        "TradeOff", "trade-offs", "A written ranking of dimensions.",
        "#999999", "diamond",
        text("statement", "The ranking, in words."),
        choice("status", "Whether it is agreed.", "draft", "agreed"),
        integer("priority", "Which trade-off wins where two apply; 1 wins.", low=1),
        rule=True,
    ),
    _label(
        "Incentive", "incentives", "What a team or a function is rewarded for.",
        "#E69F00", "star",
        text("dimension", "What is rewarded.", *REWARDS),
        text("measure", "How it is measured."),
        choice("direction", "Whether more is better.", "max", "min"),
        text("period", "How often it is reckoned."),
        choice("basis", "Whether somebody declared it.", "declared", "assumed"),
        rule=True,
    ),
    _label(
        "Decision", "decisions",
        "Something the organisation has to decide; recorded, or implied by where a model stands."
        " Without a status it is a standing right: whoever it NEEDS to decide may make every"
        " decision of that kind, everywhere, or over what it is ABOUT.",
        "#8064c0", "hexagon",
        choice("kind", "What is to be decided.", *DECISION_KINDS),
        choice("rule", "How many of those who decide must agree.", "one", "any", "all", "k_of_n"),
        integer("quorum", "How many must agree under the rule k_of_n.", unit="deciders"),
        choice("status", "Whether it is still open; blank for a standing right.",
                "open", "made", "dropped"),
        day("raised_day", "The day on which the question came up."),
        day("made_day", "The day on which it was decided."),
        choice("basis", "Whether somebody recorded it.", "recorded", "implied"),
        rule=True,
    ),
    _label(
        "Incident", "incidents", "Something that went wrong with a model.",
        "#D55E00", "star",
        text("severity", "How bad it was."),
        day("opened_day", "The day on which it began."),
        day("closed_day", "The day on which it ended."),
        event=True,
    ),
)  # fmt: skip

LABELS: Mapping[str, Label] = MappingProxyType({each.name: each for each in _LABELS})
"""Every label by its name."""
