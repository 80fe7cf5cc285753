"""One island: the smallest set of facts that holds one fault, or what only looks like one."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.ground import GROUND, JOB
from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
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
    """

    def __init__(self, name: str, *, today: int, seed: int, copy: int) -> None:
        """An island of that name; the first copy lies as near to each threshold as can be."""
        self.name = f"{name}-{copy}"
        self.facts: list[Node | Relationship] = []
        self.found: list[tuple[str, tuple[End, ...]]] = []
        self._today, self._first = today, copy == 1
        self._random = Random(f"{seed}:{self.name}")  # noqa: S311 -- made-up data, no secret
        self._crew: End | None = None

    def also(self, code: str, *subject: End) -> None:
        """Another code must find this as well, since one fault brings the other."""
        self.found.append((code, subject))

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
        self.facts.append(node(label, own_id, **properties))
        return label, own_id

    def tie(self, type_: str, start: End, end: End, **properties: Value | None) -> None:
        """A relationship."""
        self.facts.append(tie(type_, start, end, **properties))

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

    def live(self, part: str = "", *, owned: bool = True, **properties: Value | None) -> End:
        """A model in production since before the gates beside the islands."""
        stated: dict[str, Value | None] = {
            "stage": "production", "stage_day": self.ago(_OLD), "risk_tier": 1,
        }  # fmt: skip
        model = self.model(part, owned=owned, **(stated | properties))
        self.tie("SERVES", model, JOB)
        return model

    def pilot(self, part: str = "", *, owned: bool = True, **properties: Value | None) -> End:
        """A pilot that is young."""
        stated: dict[str, Value | None] = {
            "stage": "pilot", "stage_day": self.ago(self.within(90)), "risk_tier": 1,
        }  # fmt: skip
        model = self.model(part, owned=owned, **(stated | properties))
        self.tie("SERVES", model, JOB)
        return model
