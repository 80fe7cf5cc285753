"""The operating model: what functions are rewarded for, who may decide, and where rewards clash.

A TOML file of ten minutes (`ownership-graph init --starter` writes one): rewards by function,
tensions between them, decision rights, and work without a system of record.

Until confirmed_by is filled, rewards and tensions are assumed: drawn and listed, and never a
finding. Decision rights and work cannot be assumed, and wait for it as rejected rows.
"""

from __future__ import annotations

from collections import defaultdict
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ownership_graph.importing.known import AmbiguousNameError, Known, alike
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.operating_model import Right, read_operating_model
from ownership_graph.readers.people import team_id
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ownership_graph.importing.known import Names
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.operating_model import OperatingModel, Tension, Work
    from ownership_graph.records import Properties, Record

PROVIDES: tuple[str, ...] = ()
SOURCE = "operating-model"
BY_PEOPLE = True

_NO_TEAMS = frozenset({"group", "vendor", "agency"})


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each file of that name."""
    for file in surroundings.named("operating-model.toml", "operating_model.toml"):
        yield Found(file, "rewards, tensions and decision rights", name=SOURCE)


def read(path: Path, known: Known) -> Iterator[Record]:
    """What the file states, for the teams, people, models and gates that other sources know.

    Args:
        path: The TOML file.
        known: What the graph knows from other sources.
    """
    model = read_operating_model(path)
    said = _Said(model, known)
    yield from said.rewards()
    for tension in model.tensions:
        yield said.tension(tension)
    yield from said.stated()


class _Said:
    """What the file states, with its names joined to the ids of other sources."""

    def __init__(self, model: OperatingModel, known: Known) -> None:
        self.model, self.known = model, known
        self.teams = [each for each in known.nodes("Team") if _is_team(each)]
        self.functions = {each.id: self._function(each) for each in self.teams}
        self.basis = "declared" if model.confirmed_by else "assumed"

    def _function(self, team: Node) -> str:
        """The function of a team: what another source says, or the first pattern that fits."""
        if team.properties.get("function"):
            return str(team.properties["function"])
        names = (team.id.casefold(), str(team.properties.get("name", "")).casefold())
        fits = (
            function
            for function, patterns in self.model.teams.items()
            if any(fnmatchcase(name, each.casefold()) for each in patterns for name in names)
        )
        return next(fits, "")

    def rewards(self) -> Iterator[Record]:
        """The rewards, and each team that is rewarded so; one that states its own is not."""
        own = {each.from_id for each in self.known.ties("REWARDED_BY")}
        for dimension in self._dimensions():
            properties: Properties = {
                "name": dimension.capitalize(), "dimension": dimension, "basis": self.basis,
            }  # fmt: skip
            yield Node("Incentive", _reward(dimension), properties, self.model.file)
        by_function: dict[str, list[Node]] = defaultdict(list)
        for team in self.teams:
            by_function[self.functions[team.id]].append(team)
        for function, rewards in self.model.rewards.items():
            line = self.model.lines[function]
            for team in by_function[function]:
                yield from self._own_function(team, function, line)
            ends = [each.id for each in by_function[function]]
            if rewards and not ends:
                yield _function_team(function, self.model.file, line)
                ends = [_function_id(function)]
            for end in ends:
                if end not in own:
                    yield from self._rewarded(end, rewards, line)

    def _dimensions(self) -> list[str]:
        rewarded = [each for rewards in self.model.rewards.values() for each in rewards]
        pulling = [each for tension in self.model.tensions for each in tension.between]
        return list(dict.fromkeys((*rewarded, *pulling)))

    def _own_function(self, team: Node, function: str, line: int) -> Iterator[Record]:
        """The function of a team of which no other source says it, where that is confirmed."""
        if self.model.confirmed_by and not team.properties.get("function"):
            yield Node("Team", team.id, {"function": function}, self.model.file, line)

    def _rewarded(self, team: str, rewards: tuple[str, ...], line: int) -> Iterator[Record]:
        """The first counts most: of three it is a half, the others are a third and a sixth."""
        total = len(rewards) * (len(rewards) + 1) // 2
        for place, dimension in enumerate(rewards):
            weight: Properties = {"weight": round((len(rewards) - place) / total, 3)}
            end = ("Incentive", _reward(dimension))
            yield Relationship("REWARDED_BY", "Team", team, *end, weight, self.model.file, line)

    def tension(self, tension: Tension) -> Relationship:
        """Two rewards that pull apart; settled where it is said by whom, and confirmed."""
        one, two = map(_reward, tension.between)
        properties: dict[str, str | bool] = {
            "basis": self.basis,
            "settled_by": tension.settled_by,
            "wins": tension.wins,
            "written_in": tension.written_in,
        }
        if self.model.confirmed_by:
            properties["reconciled"] = bool(tension.settled_by)
        return Relationship(
            "CONFLICTS_WITH", "Incentive", one, "Incentive", two, _filled(properties),
            self.model.file, tension.line,
        )  # fmt: skip

    def stated(self) -> Iterator[Record]:
        """Decision rights and work: what somebody must stand by."""
        entries: list[Right | Work] = [*self.model.rights, *self.model.work]
        if not entries:
            return
        naming = _Naming(self.model, self.known)
        for entry in entries:
            try:
                yield from naming.records(entry)
            except AmbiguousNameError as error:
                yield Rejected(self.model.file, entry.line, str(error))


class _Naming:
    """Decision rights and work, with everything that they name looked up."""

    def __init__(self, model: OperatingModel, known: Known) -> None:
        self.model = model
        self.parties: Names = known.names("Team", "Person")
        self.models: Names = known.names("Model")
        self.gates: Names = known.names("Gate")

    def records(self, entry: Right | Work) -> list[Record]:
        """What one entry states; that it is rejected where nobody stands by it."""
        if not self.model.confirmed_by:
            why = (
                "this is stated by nobody, and cannot be assumed. Fill in confirmed_by at the head"
                " of the file."
            )
            return [Rejected(self.model.file, entry.line, why)]
        return list(self._right(entry) if isinstance(entry, Right) else self._work(entry))

    def _right(self, right: Right) -> Iterator[Record]:
        """A standing right: a decision of that kind without a status."""
        own_id = f"right:{right.kind}"
        properties: Properties = {
            "name": f"Who may {right.kind.replace('_', ' ')}", "kind": right.kind,
            "basis": "recorded", "rule": "any" if len(right.deciders) > 1 else "one",
        }  # fmt: skip
        yield Node("Decision", own_id, properties, self.model.file, right.line)
        for decider in right.deciders:
            yield from self._party("NEEDS", ("Decision", own_id), decider, right.line)

    def _work(self, work: Work) -> Iterator[Record]:
        """A model, who answers for it, and the request that waits."""
        known = self.models.find(work.model)
        own_id = known.id if known else alike(work.model)
        name = "" if known else work.model
        properties = {"name": name, "stage": work.stage, "risk_tier": work.tier}
        yield Node("Model", own_id, _filled(properties), self.model.file, work.line)
        if work.owner:
            yield from self._party("OWNS", ("Model", own_id), work.owner, work.line)
        if work.waits_at:
            yield from self._request(work, own_id)

    def _request(self, work: Work, model: str) -> Iterator[Record]:
        """The request, at its gate; at one that no register knows, before those who are named."""
        file, line = self.model.file, work.line
        known = self.gates.find(work.waits_at)
        gate = known.id if known else alike(work.waits_at)
        own_id = f"work:{model}:{gate}"
        properties = {
            "status": work.result or "pending",
            "requested_day": work.since,
            "decided_day": work.decided,
        }
        yield Node("Approval", own_id, _filled(properties), file, line)
        yield Relationship("CONCERNS", "Approval", own_id, "Model", model, {}, file, line)
        yield Relationship("AT", "Approval", own_id, "Gate", gate, {}, file, line)
        if not known:
            yield Node("Gate", gate, {"name": work.waits_at}, file, line)
            yield from self._party("DECIDED_BY", ("Approval", own_id), work.waits_at, line)

    def _party(self, kind: str, thing: tuple[str, str], who: str, line: int) -> Iterator[Record]:
        """A relationship with a team or a person; who is unknown is an end nobody describes."""
        end = self._end(who)
        file = self.model.file
        if kind == "OWNS":
            yield Relationship(kind, *end, *thing, {"role": "accountable"}, file, line)
        else:
            yield Relationship(kind, *thing, *end, {"role": "decide"}, file, line)
        if end == ("Team", _function_id(alike(who))):
            yield _function_team(alike(who), file, line)

    def _end(self, who: str) -> tuple[str, str]:
        """The label and the id of a team, a person, or a function as a team."""
        found = self.parties.find(who)
        if found:
            return found.label, found.id
        label, _, rest = who.partition(" ")
        if label in ("Team", "Person") and rest.strip():
            return label, rest.strip()
        function = alike(who) in self.model.rewards
        return "Team", _function_id(alike(who)) if function else team_id(who)


def _is_team(node: Node) -> bool:
    """Whether it is a team of ours that is still there."""
    said = node.properties
    return said.get("kind") not in _NO_TEAMS and said.get("status") != "archived"


def _reward(dimension: str) -> str:
    return f"reward:{dimension}"


def _function_id(function: str) -> str:
    return f"function:{function}"


def _function_team(function: str, file: str, line: int) -> Node:
    """The function itself, where no team of it is known."""
    properties: Properties = {
        "name": function.capitalize(), "kind": "function", "function": function,
    }  # fmt: skip
    return Node("Team", _function_id(function), properties, file, line)


def _filled(properties: Mapping[str, str | bool]) -> Properties:
    return {name: value for name, value in properties.items() if value != ""}
