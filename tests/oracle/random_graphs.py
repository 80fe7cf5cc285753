"""Small random graphs of everything that the model allows, thick with what is rare in life.

A graph is text, a line a node or a relationship as in the golden cases, so that one that shows
a fault can be cut down and kept. Statuses, unknowns, stubs, self-loops, double roles, circles,
days around the thresholds: all of them stand close together.
"""

from __future__ import annotations

import json
from random import Random
from zlib import crc32

TODAY = 20_000
AGES = (
    -400, -31, -30, -1, 0, 1, 5, 9, 10, 11, 15, 20, 21, 29, 30, 31, 59, 60, 61, 90, 179, 180,
    181, 364, 365, 366, 400, 730, 900,
)  # fmt: skip
"""How many days ago something may have been; below nothing it is to come."""

DAY = tuple(TODAY - age for age in AGES)
PAST = tuple(day for day in DAY if day <= TODAY)
END = (TODAY - 30, TODAY, TODAY + 1, TODAY + 30)
FUNCTIONS = ("engineering", "product", "legal", "risk", "other")
DIMENSIONS = ("accuracy", "cost", "risk")
METRICS = ("recall", "price")
VALUES = (0.4, 0.5, 0.6)
CONFIDENCES = (0.4, 0.5, 0.9)

NODES = {
    "Person": {
        "kind": ("human", "human", "shared_mailbox", "service", "unknown"),
        "status": ("active", "active", "left", "unknown"),
        "left_day": PAST,
        "function": FUNCTIONS,
    },
    "Team": {
        "kind": ("team", "function", "committee", "vendor", "agency", "bureau", "group"),
        "status": ("active", "active", "archived", "unknown"),
        "function": FUNCTIONS,
        "risk_appetite": (1, 1, 2, 4, 5),
        "decision_rule": ("single", "majority", "unanimous"),
        "quorum": (1, 2, 3),
    },
    "Model": {
        "stage": ("idea", "experiment", "pilot", "pilot", "production", "production", "retired",
                  "unknown"),
        "stage_day": DAY,
        "target_day": DAY,
        "risk_tier": (1, 2, 3),
        "classified_day": PAST,
        "autonomy": ("advises", "acts_after_approval", "acts_alone"),
        "experiments_per_month": (0.0, 1.0, 4.0, 8.0, 12.0),
        "version": ("v1", "v2"),
        "environment": ("Production", "test"),
    },
    "Dataset": {"status": ("active", "retired")},
    "Service": {"kind": ("system", "platform")},
    "UseCase": {"function": FUNCTIONS, "target_day": DAY},
    "Gate": {
        "function": FUNCTIONS,
        "seq": (1, 2, 3),
        "min_tier": (1, 2, 3),
        "applies_when": ("autonomy='acts_alone'",),
        "sla_days": (0, 5, 10, 30),
        "quorum": (1, 2),
        "independence": ("required", "not_required"),
        "since_day": DAY,
        "reviewed_day": PAST,
        "retired_day": DAY,
    },
    "Approval": {
        "status": ("pending", "pending", "returned", "approved", "approved", "conditional",
                   "rejected", "withdrawn", "waived", "expired"),
        "version": ("v1", "v2"),
        "requested_day": PAST,
        "assigned_day": PAST,
        "decided_day": PAST,
        "due_day": DAY,
        "valid_until_day": DAY,
        "round": (1, 2, 3, 4),
        "days_with_requester": (0, 1, 4, 20),
    },
    "Result": {
        "metric": METRICS,
        "value": VALUES,
        "day": DAY,
        "version": ("v1", "v2"),
        "reported": (True, False),
    },
    "Criterion": {
        "dimension": DIMENSIONS,
        "metric": METRICS,
        "unit": ("share", "euro"),
        "direction": ("max", "min"),
        "threshold": VALUES,
    },
    "TradeOff": {"status": ("draft", "agreed"), "priority": (1, 2), "statement": DIMENSIONS},
    "Incentive": {
        "dimension": ("correctness", "speed", "cost"),
        "basis": ("declared", "assumed"),
        "direction": ("max", "min"),
    },
    "Decision": {
        "kind": ("promote", "stop", "roll_back", "retire", "accept_risk", "choose_metric",
                 "merge_pilots", "fund", "change_policy"),
        "rule": ("one", "any", "all", "k_of_n"),
        "quorum": (1, 2),
        "status": ("open", "open", "made", "dropped"),
        "raised_day": PAST,
        "made_day": PAST,
        "basis": ("recorded", "implied"),
    },
    "Incident": {"severity": ("high",), "opened_day": PAST, "closed_day": PAST},
}  # fmt: skip
"""The labels, and what a node of each may state: a value that stands twice is likelier."""

LETTERS = "ptmdsugarcoikn"
"""How the ids of each label begin."""

_DECIDES = {"role": ("decide", "decide", "agree", "input", "recommend")}
TIES = {
    "MEMBER_OF": (("Person",), ("Team",), {"role": ("lead", "deputy", "member", "liaison")}),
    "PART_OF": (("Team",), ("Team",), {}),
    "REPORTS_TO": (("Person",), ("Person",), {}),
    "DELEGATES_TO": (
        ("Person",), ("Person",), {"scope": ("g1", "promote", "*"), "until_day": END},
    ),
    "OWNS": (
        ("Team", "Person"),
        ("Model", "Dataset", "Service", "UseCase", "Criterion", "Gate", "TradeOff"),
        {
            "role": ("accountable", "accountable", "accountable", "accountable", "responsible",
                     "technical", "business", "risk", "oversight"),
            "scope": ("model", "data", "use", "operation"),
            "confidence": CONFIDENCES,
            "since_day": DAY,
            "confirmed_day": PAST,
        },
    ),
    "WORKED_ON": (
        ("Team", "Person"), ("Model",), {"events": (0, 1, 10, 40, 50), "share": (0.05, 0.1, 0.5)},
    ),
    "HANDED_OVER": (
        ("Team",), ("Team",), {"count": (9, 10, 11, 20), "median_days": (1.0, 6.5)},
    ),
    "DEPENDS_ON": (
        ("Model", "Service"),
        ("Model", "Dataset", "Service"),
        {"kind": ("calls", "trained_on", "fine_tuned_from", "hosted_on", "requires", "see_also"),
         "hard": (True, False)},
    ),
    "SUPPLIED_BY": (("Model", "Dataset", "Service"), ("Team",), {}),
    "SERVES": (("Model",), ("UseCase",), {}),
    "CONCERNS": (("Approval", "Incident"), ("Model",), {}),
    "AT": (("Approval",), ("Gate",), {}),
    "AFTER": (("Approval",), ("Approval",), {}),
    "DECIDED_BY": (("Approval",), ("Person", "Team"), _DECIDES),
    "REQUESTED_BY": (("Approval",), ("Person", "Team"), _DECIDES),
    "CITES": (("Approval",), ("Result",), {}),
    "CAN_DECIDE": (("Person", "Team"), ("Gate",), {}),
    "RECUSED_FROM": (("Person",), ("Model", "Gate"), {}),
    "SEPARATE_FROM": (("Gate",), ("Gate",), {}),
    "SAME_AS": (("Gate",), ("Gate",), {}),
    "SUBJECT_TO": (("Model",), ("Gate",), {}),
    "NEEDS": (
        ("Decision",),
        ("Person", "Team"),
        {"role": ("recommend", "agree", "perform", "input", "decide", "decide")},
    ),
    "ABOUT": (("Decision",), ("Model", "UseCase", "Gate", "Criterion"), {}),
    "BLOCKED_BY": (("Decision",), ("Decision",), {}),
    "JUDGED_BY": (
        ("Model", "UseCase"),
        ("Criterion",),
        {
            "status": ("proposed", "agreed", "agreed", "superseded"),
            "since_day": DAY,
            "until_day": END,
            "observed": VALUES,
            "agreed_by": (["p1"], ["p1", "t1"], ["t1"], ["p2", "p3"]),
        },
    ),
    "SUPERSEDES": (("Criterion",), ("Criterion",), {}),
    "MEASURES": (("Result",), ("Model",), {}),
    "AGAINST": (("Result",), ("Criterion",), {}),
    "COVERS": (("TradeOff",), ("Model", "UseCase"), {}),
    "REWARDED_BY": (("Team",), ("Incentive",), {"weight": (0.2, 0.8)}),
    "CONFLICTS_WITH": (
        ("Incentive",),
        ("Incentive",),
        {
            "reconciled": (True, False),
            "settled_by": ("p1",),
            "wins": ("speed",),
            "written_in": ("charter",),
            "basis": ("declared", "derived", "assumed"),
        },
    ),
}  # fmt: skip
"""The relationships, their ends, and what one of each may state."""

TWO_SOURCES = (
    ("Model", "stage", ("pilot", "production")),
    ("Model", "risk_tier", (1, 3)),
    ("Model", "environment", ("prod", "test")),
    ("Model", "next_decided_by", ("p1", "t1")),
    ("Criterion", "threshold", (0.5, 0.6)),
    ("Criterion", "metric", ("recall", "price")),
)
SOURCES = ("hr", "cmdb", "audit")
NODE_WORDS = 2
"""How many words without a value the line of a node has; that of a relationship has five."""


def random_graph(seed):
    """The text of a graph; the same seed gives the same text."""
    dice = Random(seed)
    most = dice.choice((1, 2, 3, 4))
    ids = {
        label: [f"{letter}{at}" for at in range(1, dice.randint(dice.random() > 0.2, most) + 1)]
        for label, letter in zip(NODES, LETTERS, strict=True)
    }
    many_sources = dice.random() < 0.3
    lines = []
    for label, properties in NODES.items():
        likely = _likely(dice, properties)
        lines += [_node(dice, label, own_id, likely, many_sources) for own_id in ids[label]]
    for type_, (starts, ends, properties) in TIES.items():
        likely = _likely(dice, properties)
        dense = dice.choice((0.0, 0.1, 0.3, 0.5, 0.8))
        pairs = [
            (f"{start} {one}", f"{end} {two}")
            for start in starts
            for end in ends
            for one in ids[start]
            for two in ids[end]
        ]
        lines += [
            _tie(dice, f"{one} {type_} {two}", likely, many_sources)
            for one, two in pairs
            for _ in range((dice.random() < dense) + (dice.random() < dense / 5))
        ]
    return "\n".join(lines)


def _likely(dice, properties):
    """For each property how likely one states it, and what: in some graphs all state the same."""
    return {
        name: (
            dice.choice((0.0, 0.3, 0.7, 1.0, 1.0)),
            values if dice.random() < 0.6 else (dice.choice(values),),
        )
        for name, values in properties.items()
    }


def graph_of_rights(seed):
    """The text of pilots before gates that few can decide, with rights to let them through."""
    dice = Random(seed)
    lines = ["Gate g9", "Person p1 CAN_DECIDE Gate g9"]
    lines += [f"Gate g{at} min_tier=1" for at in (1, 2)]
    lines += [f"Model m{at} stage=pilot risk_tier=1" for at in (1, 2)]
    lines += [f"Decision d{at} kind=promote" for at in (1, 2)]
    likely = {
        "Team t1 quorum=2": 0.2, "Team t2 status=archived": 0.1, "Person p3 status=left": 0.4,
        "Decision d1 kind=promote rule=all": 0.3, "Decision d1 kind=promote status=made": 0.1,
        "Decision d2 kind=promote rule=k_of_n quorum=2": 0.2, "Decision d2 kind=stop": 0.1,
        "Gate g1 SEPARATE_FROM Gate g2": 0.2, "Gate g1 SAME_AS Gate g2": 0.1,
        "Model m1 SERVES UseCase u1": 0.5, "Team t1 OWNS Model m1 role=accountable": 0.3,
    }  # fmt: skip
    for who in ("Person p1", "Person p2", "Person p3", "Team t1", "Team t2", "Team t3"):
        likely |= {f"{who} CAN_DECIDE Gate g{at}": 0.15 for at in (1, 2)}
        likely |= {f"Decision d{at} NEEDS {who} role=decide": 0.25 for at in (1, 2)}
        likely |= {f"Decision d{at} NEEDS {who} role=agree": 0.05 for at in (1, 2)}
        tie = "PART_OF" if who.startswith("Team") else "MEMBER_OF"
        likely |= {f"{who} {tie} Team t{at}": 0.3 for at in (1, 2, 3) if who != f"Team t{at}"}
    for about in ("Gate g1", "Gate g2", "Model m1", "Model m2", "UseCase u1"):
        likely |= {f"Decision d{at} ABOUT {about}": 0.2 for at in (1, 2)}
    return "\n".join([*lines, *(line for line, odds in likely.items() if dice.random() < odds)])


def disturbed_graph(seed, texts):
    """The text of one to three of the graphs laid over each other, with a few lines disturbed.

    What nearly is a fault is far more frequent here than in a graph that is drawn from nothing.
    One more text to choose from changes few of the graphs.
    """
    dice = Random(seed)
    drawn = sorted(texts, key=lambda text: crc32(f"{seed}{text}".encode()))
    chosen = drawn[: dice.choice((1, 1, 2, 3))]
    lines = [line for text in chosen for line in text.splitlines()]
    for _ in range(dice.choice((0, 1, 2, 4, 8))):
        at = dice.randrange(len(lines))
        match dice.choice(("drop", "double", "restate", "restate", "restate", "tie", "tie")):
            case "drop" if len(lines) > 1:
                lines.pop(at)
            case "double":
                lines.append(_restated(dice, lines[at]))
            case "restate":
                lines[at] = _restated(dice, lines[at])
            case "tie":
                lines.append(_new_tie(dice, lines))
    return "\n".join(lines)


def _restated(dice, line):
    """The line with one property more or less, or with another value."""
    words = line.split()
    plain = [word for word in words if "=" not in word and not word.endswith(":")]
    known = NODES[plain[0]] if len(plain) == NODE_WORDS else TIES[plain[2]][2]
    if not known:
        return line
    name = dice.choice(list(known))
    kept = [word for word in words if not word.startswith(f"{name}=")]
    if dice.random() < 0.3:
        return " ".join(kept)
    return " ".join([*kept, f"{name}={_text(dice.choice(known[name]))}"])


def _new_tie(dice, lines):
    """A relationship between two nodes that the lines name."""
    named = {
        (label, own_id)
        for line in lines
        for plain in [[word for word in line.split() if "=" not in word]]
        for label, own_id in (plain[:2], plain[3:5])[: 1 + (len(plain) > NODE_WORDS)]
    }
    type_ = dice.choice(list(TIES))
    starts, ends, properties = TIES[type_]
    ones = sorted(each for each in named if each[0] in starts)
    twos = sorted(each for each in named if each[0] in ends)
    if not ones or not twos:
        return dice.choice(lines)
    likely = {name: (0.5, values) for name, values in properties.items()}
    tie = " ".join((*dice.choice(ones), type_, *dice.choice(twos)))
    return _tie(dice, tie, likely, many_sources=False)


def random_parameters(seed, defaults):
    """Other values for some parameters, low enough for small graphs to reach them."""
    dice = Random(seed)
    drawn = {name: _near(dice, value) for name, value in sorted(defaults.items())}
    return {name: value for name, value in drawn.items() if dice.random() < 0.7}


def _near(dice, value):
    match value:
        case bool():
            return not value
        case int():
            return dice.choice((1, 2, 3, value))
        case float():
            return dice.choice((value / 2, value, (value + 1) / 2))
        case str():
            return dice.choice(SOURCES)
    return value


def _node(dice, label, own_id, likely, many_sources):
    if dice.random() < 0.08:
        return f"{label} {own_id} described=false"
    words = [label, own_id, *_stated(dice, likely)]
    for which, name, values in TWO_SOURCES:
        if many_sources and which == label and dice.random() < 0.3:
            words = [each for each in words if not each.startswith(f"{name}=")]
            words += [f"{each}:{name}={dice.choice(values)}" for each in dice.sample(SOURCES, 2)]
    return " ".join(words)


def _tie(dice, tie, likely, many_sources):
    words = [tie, *_stated(dice, likely)]
    if many_sources and dice.random() < 0.5:
        words += [f"{each}:" for each in dice.sample(SOURCES, dice.choice((1, 1, 2)))]
    return " ".join(words)


def _stated(dice, likely):
    return [
        f"{name}={_text(dice.choice(values))}"
        for name, (likelihood, values) in likely.items()
        if dice.random() < likelihood
    ]


def _text(value):
    return value if isinstance(value, str) else json.dumps(value, separators=(",", ":"))


def smallest(text, is_wrong):
    """The graph cut down, line by line and then value by value, while it is still wrong."""
    lines = _cut(text.splitlines(), lambda left: is_wrong("\n".join(left)))
    for at, line in enumerate(lines):
        words = line.split()
        plain = [word for word in words if "=" not in word]
        rest = _cut(
            [word for word in words if "=" in word],
            lambda left, at=at, plain=plain: is_wrong(
                "\n".join([*lines[:at], " ".join(plain + left), *lines[at + 1 :]])
            ),
        )
        lines[at] = " ".join(plain + rest)
    return "\n".join(lines)


def _cut(parts, is_wrong):
    size = len(parts)
    while size:
        at = 0
        while at < len(parts):
            left = parts[:at] + parts[at + size :]
            if is_wrong(left):
                parts = left
            else:
                at += size
        size //= 2
    return parts
