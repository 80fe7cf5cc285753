"""One island: the smallest set of facts that holds one fault, or what only looks like one."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.ground import GROUND, JOB, MONEY
from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.stating import End
    from ownership_graph.records import Node, Relationship, Value

_PREFIXES = {"TradeOff": "trade-off", "UseCase": "use-case"}
_OLD = 2_000
"""A model that is live for so many days is older than every gate beside the islands."""


class Island:
    """Facts with ids of their own; what is not said of them is in order.

    A model is an experiment of a team that has a lead, a stated reward and a stated appetite; a
    live one has an agreed bar and trade-off, and is older than the gates that others must pass.
    `facts` holds what was stated, in that order; `found` what else is known of the island.
    `second` is what another source states, which sees all live models but those `unseen`.
    """

    def __init__(self, name: str, *, today: int, seed: int, copy: int) -> None:
        """An island of that name; the first copy lies as near to each threshold as can be."""
        self.name = f"{name}-{copy}"
        self.facts: list[Node | Relationship] = []
        self.second: list[Node | Relationship] = []
        self.unseen: list[str] = []
        self.found: list[tuple[str, tuple[End, ...]]] = []
        self._into = self.facts
        self._today, self._first = today, copy == 1
        self._random = Random(f"{seed}:{self.name}")  # noqa: S311 -- made-up data, no secret
        self._crew: End | None = None

    def also(self, code: str, *subject: End) -> None:
        """Another code must find this as well, since one fault brings the other."""
        self.found.append((code, subject))

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """What is stated meanwhile is stated by the second source alone."""
        self._into = self.second
        yield
        self._into = self.facts

    def ago(self, days: int) -> int:
        """The day that lies so many days back; negative for a day to come."""
        return self._today - days

    def over(self, limit: int, most: int | None = None) -> int:
        """A number above the limit, up to twice as much; the first copy is one above it."""
        return limit + 1 if self._first else self._random.randint(limit + 1, most or limit * 2 + 2)

    def within(self, limit: int, least: int = 0) -> int:
        """A number up to the limit; the first copy is the limit itself."""
        return limit if self._first else self._random.randint(least, limit)

    def node(self, label: str, part: str = "", **properties: Value | None) -> End:
        """A node; `part` tells apart what has one label."""
        prefix = _PREFIXES.get(label, label.casefold())
        own_id = f"{prefix}:{self.name}{'-' if part else ''}{part}"
        self._into.append(node(label, own_id, **properties))
        return label, own_id

    def tie(self, type_: str, start: End, end: End, **properties: Value | None) -> None:
        """A relationship."""
        self._into.append(tie(type_, start, end, **properties))

    def person(
        self, part: str = "", *teams: End, role: str = "member", **properties: Value | None
    ) -> End:
        """A person who is here, in these teams."""
        stated: dict[str, Value | None] = {"kind": "human", "status": "active"}
        person = self.node("Person", part, **(stated | properties))
        for team in teams:
            self.tie("MEMBER_OF", person, team, role=role)
        return person

    def left(self, part: str = "left", *teams: End, role: str = "member") -> End:
        """A person who has left."""
        day = self.ago(self.over(9, 400))
        return self.person(part, *teams, role=role, status="left", left_day=day)

    def team(
        self,
        part: str = "",
        inside: End | None = GROUND,
        *,
        led: bool = True,
        **properties: Value | None,
    ) -> End:
        """A team with a lead, under the ground that all islands lie in."""
        stated: dict[str, Value | None] = {"kind": "team", "status": "active"}
        team = self.node("Team", part, **(stated | properties))
        if inside:
            self.tie("PART_OF", team, inside)
        if led:
            self.person(f"{part}-lead" if part else "lead", team, role="lead")
        return team

    def crew(self) -> End:
        """The team of the island, where it does not matter which."""
        if self._crew is None:
            self._crew = self.team("crew")
        return self._crew

    def owns(
        self, owner: End, what: End, role: str = "accountable", **properties: Value | None
    ) -> None:
        """An ownership that was confirmed of late."""
        stated: dict[str, Value | None] = {"confirmed_day": self.ago(self.within(60))}
        self.tie("OWNS", owner, what, role=role, **(stated | properties))

    def model(self, part: str = "", *, owned: bool = True, **properties: Value | None) -> End:
        """A model, an experiment of the crew."""
        stated: dict[str, Value | None] = {"stage": "experiment", "kind": "predictive model"}
        model = self.node("Model", part, **(stated | properties))
        if owned:
            self.owns(self.crew(), model)
        return model

    def live(
        self,
        part: str = "",
        job: End | None = JOB,
        *,
        owned: bool = True,
        **properties: Value | None,
    ) -> End:
        """A model in production since before the gates beside the islands, for a job."""
        stated: dict[str, Value | None] = {
            "stage": "production", "stage_day": self.ago(_OLD), "risk_tier": 1,
        }  # fmt: skip
        model = self.model(part, owned=owned, **(stated | properties))
        if job:
            self.tie("SERVES", model, job)
        return model

    def pilot(
        self,
        part: str = "",
        job: End | None = JOB,
        *,
        owned: bool = True,
        **properties: Value | None,
    ) -> End:
        """A young pilot for a job."""
        stated: dict[str, Value | None] = {
            "stage": "pilot", "stage_day": self.ago(self.within(90)), "risk_tier": 1,
        }  # fmt: skip
        model = self.model(part, owned=owned, **(stated | properties))
        if job:
            self.tie("SERVES", model, job)
        return model

    def panel(self, part: str = "panel") -> tuple[End, End]:
        """Two people of a team of their own, who may decide."""
        team = self.team(part, led=False)
        return self.person(f"{part}-1", team, role="lead"), self.person(f"{part}-2", team)

    def gate(self, part: str = "", *deciders: End, **properties: Value | None) -> End:
        """A gate in force with an owner; without deciders a panel decides there."""
        stated: dict[str, Value | None] = {"since_day": self.ago(_OLD + 500)}
        gate = self.node("Gate", part, **(stated | properties))
        self.owns(GROUND, gate)
        for each in deciders or self.panel(f"{part}-panel" if part else "panel"):
            self.tie("CAN_DECIDE", each, gate)
        return gate

    def committee(self, part: str, *, here: int, quorum: int) -> End:
        """A committee of so many who are here; one more has left."""
        body = self.team(part, led=False, kind="committee", quorum=quorum)
        for number in range(here):
            self.person(f"{part}-{number + 1}", body)
        self.left(f"{part}-left", body)
        return body

    def request(
        self,
        part: str,
        what: End | None,
        gate: End | None,
        *deciders: End,
        asked: int = 3,
        decided: int | None = None,
        **properties: Value | None,
    ) -> End:
        """A request of so many days ago, pending where it is not decided."""
        stated: dict[str, Value | None] = {
            "status": "pending" if decided is None else "approved",
            "requested_day": self.ago(asked),
            "decided_day": None if decided is None else self.ago(decided),
            "round": 1,
        }
        request = self.node("Approval", part, **(stated | properties))
        if what:
            self.tie("CONCERNS", request, what)
        if gate:
            self.tie("AT", request, gate)
        for each in deciders:
            self.tie("DECIDED_BY", request, each, role="decide")
        return request

    def bar(
        self,
        part: str,
        *judged: End,
        status: str = "agreed",
        since: int | None = None,
        until: int | None = None,
        observed: float | None = None,
        by: tuple[End, ...] = (),
        **properties: Value | None,
    ) -> End:
        """A bar of at least one half; `since` and `until` are days ago, `by` those who agreed."""
        stated: dict[str, Value | None] = {
            "dimension": "accuracy", "metric": f"share of {part or 'all'}", "direction": "max",
            "threshold": 0.5,
        }  # fmt: skip
        bar = self.node("Criterion", part, **(stated | properties))
        for each in judged:
            self.tie(
                "JUDGED_BY", each, bar, status=status, observed=observed,
                since_day=None if since is None else self.ago(since),
                until_day=None if until is None else self.ago(until),
                agreed_by=[own_id for _, own_id in by] or None,
            )  # fmt: skip
        return bar

    def result(
        self, part: str, model: End, bar: End, value: float, ago: int, **properties: Value | None
    ) -> End:
        """A measurement of so many days ago, which was reported."""
        stated: dict[str, Value | None] = {
            "value": value, "day": self.ago(ago), "reported": True,
        }  # fmt: skip
        result = self.node("Result", part, **(stated | properties))
        self.tie("MEASURES", result, model)
        self.tie("AGAINST", result, bar)
        return result

    def trade_off(self, *covered: End, status: str = "agreed") -> End:
        """A trade-off that covers these."""
        trade_off = self.node("TradeOff", status=status, statement="Right wins over quick.")
        for each in covered:
            self.tie("COVERS", trade_off, each)
        return trade_off

    def use_case(self, part: str = "", *, owned: bool = True) -> End:
        """A use case of the crew, which is paid for like all of the ground."""
        use_case = self.node("UseCase", part, function="other")
        self.tie("ABOUT", MONEY, use_case)
        if owned:
            self.owns(self.crew(), use_case)
        return use_case

    def job(self, *, judged: bool = True, owned: bool = True) -> End:
        """A use case of the crew with an agreed trade-off, and an agreed bar."""
        job = self.use_case(owned=owned)
        self.trade_off(job)
        if judged:
            self.bar("job", job, dimension="other")
        return job

    def decision(
        self, part: str = "", *deciders: End, raised: int = 30, **properties: Value | None
    ) -> End:
        """An open decision that these make; one of them is enough."""
        stated: dict[str, Value | None] = {
            "kind": "fund", "status": "open", "rule": "any", "basis": "recorded",
            "raised_day": self.ago(raised),
        }  # fmt: skip
        decision = self.node("Decision", part, **(stated | properties))
        for each in deciders:
            self.tie("NEEDS", decision, each, role="decide")
        return decision
