"""More teams of the same company, any number of them, in the shapes of large organisations.

Ownership and dependencies have heavy tails: few teams own much, few models carry many. What is
tied to far-away parts is drawn by number, so that a million nodes need no memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.names import FAMILY, GIVEN
from ownership_graph.organisation.story.gates import GATES
from ownership_graph.records import Node, Relationship

if TYPE_CHECKING:
    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Properties, Value

PERSONS, MODELS = 8, 5
"""A team's people and models."""

SUB_TEAMS = 5
"""Teams below one team."""

HUBS = 200
"""The first models, on which most others stand, are all owned."""

_TOWNS = (
    "Ashby", "Brenna", "Calder", "Dorval", "Elmet", "Farrow", "Gisborne", "Harwell", "Ivel",
    "Jura", "Kelso", "Lynmouth", "Marden", "Norden", "Orwell", "Penrith",
)  # fmt: skip
_WORK = (
    ("Claims", "operations"), ("Underwriting", "operations"), ("Pricing", "product"),
    ("Service", "product"), ("Data Science", "data"), ("Platform", "engineering"),
    ("Finance", "operations"), ("Sales", "product"), ("Integration", "engineering"),
    ("Portfolio", "risk"),
)  # fmt: skip
_TASKS = (
    "Triage", "Forecast", "Matching agent", "Score", "Assistant", "Summary", "Routing",
    "Classifier", "Search", "Anomaly watch", "Price", "Letter draft",
)  # fmt: skip
_STAGES = ("idea", "experiment", "pilot", "production", "retired", "unknown")
_STAGE_SHARES = (0.08, 0.28, 0.46, 0.80, 0.92, 1.0)
_TIERS = (None, 1, 2, 3)
_TIER_SHARES = (0.45, 0.83, 0.97, 1.0)
_DIMENSIONS = ("accuracy", "cost", "risk", "latency", "fairness", "value")
_KINDS = ("promote", "retire", "accept_risk", "choose_metric", "fund")
_STANDING = tuple(gate for gate in GATES if gate.retired is None)
_ABLE = {"legal": 61, "data": 97, "security": 113, "model-risk": 89, "release": 31}
"""The first team and then each so-many-th has a person who may decide at the gate."""


def _desk(gate: str, team: int) -> End:
    """The person of a team who may decide at the gate."""
    return "Person", f"person:b{team * PERSONS + 1 + list(_ABLE).index(gate)}"


class _Drawn(NamedTuple):
    """A model while its team is drawn up; `since` is the number of days in its stage."""

    end: End
    number: int
    stage: str
    since: int
    tier: int | None


class Team:
    """One more team, by its number from 0; `facts` is called once."""

    def __init__(self, company: Company, number: int) -> None:
        """A team whose facts depend on the company's day and seed, and on the number."""
        self._today, self._number = company.today, number
        self._random = company.draws(f"growth:{number}")
        self._chance_of = self._random.random
        self._end: End = ("Team", f"team:b{number}")
        self._told: list[Node | Relationship] = []

    def facts(self) -> list[Node | Relationship]:
        """The team, its people, its models and all that is about them."""
        self._team()
        self._people()
        self._assets()
        for place in range(MODELS):
            self._model(self._number * MODELS + place)
        if self._chance(0.4):
            self._decision()
        return self._told

    def _node(self, end: End, **properties: Value) -> None:
        self._told.append(Node(*end, properties))

    def _tie(self, type_: str, start: End, end: End, **properties: Value) -> None:
        self._told.append(Relationship(type_, *start, *end, properties))

    def _chance(self, share: float) -> bool:
        return self._chance_of() < share

    def _early(self, count: int, tail: float) -> int:
        """A number below `count`; small ones come far more often, which makes the hubs."""
        return int(count * self._chance_of() ** tail)

    def _whole(self, low: int, high: int) -> int:
        return low + int((high - low + 1) * self._chance_of())

    def _any_person(self) -> End:
        """A person of this team or of an earlier one."""
        return "Person", f"person:b{self._early((self._number + 1) * PERSONS, 1.2)}"

    def _team(self) -> None:
        work, function = _WORK[self._number % len(_WORK)]
        town = _TOWNS[self._number // len(_WORK) % len(_TOWNS)]
        self._node(
            self._end,
            name=f"{work} {town} {self._number}",
            kind="team",
            function=function,
            status="archived" if self._chance(0.02) else "active",
            risk_appetite=self._whole(2, 4),
        )
        above = f"team:b{(self._number - 1) // SUB_TEAMS}" if self._number else "team:company"
        self._tie("PART_OF", self._end, ("Team", above))
        if self._chance(0.1):
            reward = "speed" if function == "product" else "stability"
            self._tie("REWARDED_BY", self._end, ("Incentive", f"incentive:{reward}"), weight=1.0)
        if self._chance(0.2):
            other = "Team", f"team:b{self._early(self._number + 1, 1.0)}"
            if other != self._end:
                self._tie("HANDED_OVER", self._end, other, count=self._whole(1, 20))

    def _people(self) -> None:
        for place in range(PERSONS):
            person = "Person", f"person:b{self._number * PERSONS + place}"
            given = GIVEN[int(len(GIVEN) * self._chance_of())]
            name = f"{given} {FAMILY[int(len(FAMILY) * self._chance_of())]}"
            if self._chance(0.04):
                left = self._today - self._whole(5, 900)
                self._node(person, name=name, kind="human", status="left", left_day=left)
            else:
                self._node(person, name=name, kind="human", status="active")
            self._tie("MEMBER_OF", person, self._end, role="member" if place else "lead")
        if self._number:
            lead = "Person", f"person:b{self._number * PERSONS}"
            boss = "Person", f"person:b{(self._number - 1) // SUB_TEAMS * PERSONS}"
            self._tie("REPORTS_TO", lead, boss)
        for gate, teams in _ABLE.items():
            if self._number % teams == 0:
                self._tie("CAN_DECIDE", _desk(gate, self._number), ("Gate", f"gate:{gate}"))

    def _assets(self) -> None:
        number = self._number
        if number % SUB_TEAMS:
            self._node(("UseCase", f"use-case:b{number}"), name=f"Work of team {number}")
        self._node(("Dataset", f"dataset:b{number}"), name=f"Records {number}", kind="table")
        if self._chance(0.6):
            service = "Service", f"service:b{number}"
            self._node(service, name=f"System {number}", kind="system")

    def _model(self, number: int) -> None:
        stage, tier, since = self._chance_of(), self._chance_of(), self._random.expovariate(1)
        model = _Drawn(
            ("Model", f"model:b{number}"),
            number,
            next(one for one, share in zip(_STAGES, _STAGE_SHARES, strict=True) if stage < share),
            1 + int(260 * since),
            next(one for one, share in zip(_TIERS, _TIER_SHARES, strict=True) if tier < share),
        )
        held: Properties = {
            "name": f"{_TASKS[number % len(_TASKS)]} {number}",
            "kind": "predictive model",
            "stage": model.stage,
            "stage_day": self._today - model.since,
        }
        if model.tier is not None:
            held["risk_tier"] = model.tier
        if self._chance(0.2):
            held["experiments_per_month"] = float(self._whole(1, 12))
        self._told.append(Node(*model.end, held))
        self._owners(model)
        self._uses(model)
        self._requests(model)
        if model.stage in {"pilot", "production"}:
            self._bar(model)

    def _owners(self, model: _Drawn) -> None:
        """One team as a rule; few teams own much."""
        if model.number >= HUBS and self._chance(0.03):
            return
        owner = "Team", f"team:b{self._early(self._number + 1, 1.6)}"
        role = "technical" if self._chance(0.04) else "accountable"
        self._tie("OWNS", owner, model.end, role=role)
        if self._chance(0.02):
            self._tie("OWNS", self._end, model.end, role="accountable", scope="model")
        if self._chance(0.08):
            self._tie("OWNS", self._any_person(), model.end, role="technical")
        if self._chance(0.22):
            self._tie("WORKED_ON", self._end, model.end, events=self._whole(1, 120))

    def _uses(self, model: _Drawn) -> None:
        """What it stands on, a few far more often than the rest, and what it serves."""
        if model.number and self._chance(0.75):
            other = "Model", f"model:b{self._early(model.number, 3.0)}"
            self._tie("DEPENDS_ON", model.end, other, kind="calls", hard=True)
        if self._chance(0.35):
            data = "Dataset", f"dataset:b{self._early(self._number + 1, 2.0)}"
            self._tie("DEPENDS_ON", model.end, data, kind="trained_on", hard=False)
        number = self._number
        if number % SUB_TEAMS and self._chance(0.65):
            self._tie("SERVES", model.end, ("UseCase", f"use-case:b{number}"))

    def _requests(self, model: _Drawn) -> None:
        """A model in production passed its gates, with few gaps; a pilot stands at its first."""
        if model.tier is None or model.stage not in {"pilot", "production"}:
            return
        asked = model.since + self._whole(20, 90)
        previous: End | None = None
        for gate in _STANDING:
            if gate.min_tier > model.tier or gate.since < model.since or self._chance(0.02):
                continue
            wait = 1 + int(gate.sla * self._random.expovariate(1))
            end = "Approval", f"approval:b{model.number}-{gate.gate}"
            if model.stage == "pilot" and self._chance(0.3):
                self._request(end, model, gate.gate, wait, None)
                return
            self._request(end, model, gate.gate, asked, min(wait, asked))
            if previous is not None and self._chance(0.3):
                self._tie("AFTER", end, previous)
            if model.stage == "pilot":
                return
            previous, asked = end, max(0, asked - wait)

    def _request(self, end: End, model: _Drawn, gate: str, asked: int, wait: int | None) -> None:
        """One request, `asked` days ago; `wait` is `None` while it is pending."""
        held: Properties = {"requested_day": self._today - asked, "round": 1}
        if wait is None:
            held["status"] = "pending"
        else:
            held |= {"status": "approved", "decided_day": self._today - asked + wait}
        self._told.append(Node(*end, held))
        self._tie("CONCERNS", end, model.end)
        self._tie("AT", end, ("Gate", f"gate:{gate}"))
        if wait is not None or self._chance(0.8):
            teams = _ABLE[gate]
            desk = _desk(gate, self._early(self._number // teams + 1, 2.0) * teams)
            self._tie("DECIDED_BY", end, desk, role="decide")

    def _bar(self, model: _Drawn) -> None:
        if not self._chance(0.6):
            return
        bar = "Criterion", f"criterion:b{model.number}"
        self._node(
            bar,
            dimension=_DIMENSIONS[model.number % len(_DIMENSIONS)],
            metric=f"measure {model.number % 40}",
            direction="max",
            threshold=round(0.5 + self._chance_of() / 2, 3),
        )
        status = "agreed" if self._chance(0.8) else "proposed"
        since = self._today - model.since - self._whole(100, 200)
        self._tie("JUDGED_BY", model.end, bar, status=status, since_day=since)
        self._aftermath(model)

    def _aftermath(self, model: _Drawn) -> None:
        """A result, an incident, a trade-off, where there is one."""
        number, day = model.number, self._today - self._whole(1, model.since)
        if self._chance(0.3):
            result = "Result", f"result:b{number}"
            value = round(self._chance_of(), 3)
            self._node(result, metric=f"measure {number % 40}", value=value, day=day)
            self._tie("MEASURES", result, model.end)
        if self._chance(0.05):
            incident = "Incident", f"incident:b{number}"
            self._node(incident, severity="low", opened_day=day)
            self._tie("CONCERNS", incident, model.end)
        if self._chance(0.1):
            trade_off = "TradeOff", f"trade-off:b{number}"
            self._node(trade_off, status="agreed", priority=number + 10)
            self._tie("COVERS", trade_off, model.end)

    def _decision(self) -> None:
        decision = "Decision", f"decision:b{self._number}"
        self._node(
            decision,
            kind=_KINDS[self._number % len(_KINDS)],
            rule="any",
            status="open" if self._chance(0.6) else "made",
            raised_day=self._today - self._whole(5, 400),
            basis="recorded",
        )
        self._tie("NEEDS", decision, self._any_person(), role="decide")
        if self._chance(0.5):
            self._tie("NEEDS", decision, self._any_person(), role="input")
        about = "Model", f"model:b{self._number * MODELS}"
        self._tie("ABOUT", decision, about)
