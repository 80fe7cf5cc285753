"""Who stands apart from whom, and who dares what: SOD-01 to SOD-03, RSK-01 and RSK-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _decided_by(island: Island, decider: End, model: End | None = None, **gate: str) -> End:
    """A request about a model of the crew, which this one decides."""
    return island.request("", model or island.model(), island.gate("", **gate), decider)


@defect("SOD-01")
def colleague(island: Island) -> End:
    """Somebody of the team that answers for it decides."""
    return _decided_by(island, island.person("colleague", island.crew()))


@near_miss("SOD-01")
def liaison(island: Island) -> End:
    """Whoever decides is only a liaison in the team that answers for it."""
    return _decided_by(island, island.person("liaison", island.crew(), role="liaison"))


@near_miss("SOD-01")
def independence_not_required(island: Island) -> End:
    """Somebody of the owning team decides, and the gate does not ask for independence."""
    colleague_ = island.person("colleague", island.crew())
    return _decided_by(island, colleague_, independence="not_required")


@near_miss("SOD-01")
def adviser(island: Island) -> End:
    """Somebody of the owning team advises, and somebody else decides."""
    request = _decided_by(island, island.person("decider", island.team("other")))
    colleague_ = island.person("colleague", island.crew())
    island.tie("DECIDED_BY", request, colleague_, role="recommend")
    return request


@defect("SOD-02")
def owner(island: Island) -> End:
    """The very person who answers for it decides."""
    model, person = island.model(owned=False), island.person("owner", island.crew())
    island.owns(person, model)
    return _decided_by(island, person, model)


@near_miss("SOD-02")
def risk_owner(island: Island) -> End:
    """Whoever decides holds the risk role on it, which is no ownership."""
    model, person = island.model(), island.person("risk", island.team("risk-team"))
    island.owns(person, model, "risk")
    return _decided_by(island, person, model)


@near_miss("SOD-02")
def owner_where_it_may(island: Island) -> End:
    """The owner decides, and the gate does not ask for independence."""
    model, person = island.model(owned=False), island.person("owner", island.crew())
    island.owns(person, model)
    return _decided_by(island, person, model, independence="not_required")


def _reports(island: Island, *, steps: int) -> End:
    """A decider and a developer; the decider's line meets the developer's manager in so many."""
    model = island.model()
    developer = island.person("developer", island.crew())
    decider = island.person("decider", island.team("other"))
    manager = island.person("manager")
    island.tie("WORKED_ON", developer, model, events=island.over(9))
    island.tie("REPORTS_TO", developer, manager)
    if steps == 1:
        island.tie("REPORTS_TO", decider, manager)
    else:
        between = island.person("between")
        island.tie("REPORTS_TO", decider, between)
        island.tie("REPORTS_TO", between, manager)
    return _decided_by(island, decider, model)


@defect("SOD-03")
def one_manager(island: Island) -> End:
    """Whoever decides and whoever built it report to one manager."""
    return _reports(island, steps=1)


@near_miss("SOD-03")
def one_manager_two_steps_up(island: Island) -> End:
    """The manager of the one is the manager's manager of the other."""
    return _reports(island, steps=2)


def _appetites(island: Island, owning: int, deciding: int) -> End:
    """A model between an owner and a decider who each declared an appetite."""
    model = island.model(owned=False)
    island.owns(island.team("owner", risk_appetite=owning), model)
    decider = island.person("decider", island.team("other", risk_appetite=deciding))
    _decided_by(island, decider, model)
    return model


@defect("RSK-01")
def eager_and_averse(island: Island) -> End:
    """Its owner is eager and its decider averse: three steps and more apart."""
    return _appetites(island, island.over(4, 5), island.within(2, 1))


@defect("RSK-01")
def averse_and_eager(island: Island) -> End:
    """Its owner is averse and its decider eager: three steps apart."""
    return _appetites(island, 1, 4)


@near_miss("RSK-01")
def two_steps_apart(island: Island) -> End:
    """Its owner and its decider stand two steps apart."""
    return _appetites(island, 4, 2)


@defect("RSK-02")
def undeclared(island: Island) -> End:
    """It decides, and neither it nor a team above it declared an appetite."""
    team = island.team("", None)
    _decided_by(island, island.person("decider", team))
    return team


@near_miss("RSK-02")
def declared_above(island: Island) -> End:
    """It decides and declared nothing; the function above it did."""
    team = island.team()
    _decided_by(island, island.person("decider", team))
    return team


@near_miss("RSK-02")
def undeclared_adviser(island: Island) -> End:
    """It declared nothing, and only advises."""
    team = island.team("", None)
    request = _decided_by(island, island.person("decider", island.team("other")))
    island.tie("DECIDED_BY", request, island.person("adviser", team), role="input")
    return team
