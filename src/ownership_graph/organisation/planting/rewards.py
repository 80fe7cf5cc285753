"""Who is paid for what, and who holds up whom: INC-01 to INC-05."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _functions(
    island: Island, *, reconciled: bool = False, basis: str = "declared", assumed: bool = False
) -> tuple[End, End]:
    """Two functions whose rewards pull apart, each with an appetite."""
    made = []
    for part, dimension in (("one", "speed"), ("two", "defensibility")):
        function = island.team(part, None, kind="function", risk_appetite=3)
        reward = island.node(
            "Incentive", part, dimension=dimension, basis="assumed" if assumed else "declared"
        )
        island.tie("REWARDED_BY", function, reward, weight=1.0)
        made.append((function, reward))
    (one, speed), (two, safety) = made
    island.tie(
        "CONFLICTS_WITH", speed, safety, reconciled=reconciled, basis=basis,
        written_in="Policy, section 2" if reconciled else None,
    )  # fmt: skip
    return one, two


def _approves(island: Island, one: End, two: End) -> tuple[End, ...]:
    """The one owns a model, and a team of the other decides about it."""
    model = island.model(owned=False)
    island.owns(island.team("owner", one), model)
    deciders = island.team("deciders", two, led=False)
    pair = island.person("decider", deciders, role="lead"), island.person("deputy", deciders)
    island.request("", model, island.gate("", *pair), pair[0])
    return one, two


def _relies(island: Island, one: End, two: End) -> tuple[End, ...]:
    """The one owns a model, and a team of the other builds on it."""
    base, model = island.model("base", owned=False), island.model("use", owned=False)
    island.owns(island.team("owner", one), base)
    island.owns(island.team("builder", two), model)
    island.tie("DEPENDS_ON", model, base, kind="calls")
    return one, two


@defect("INC-01")
def owner_against_approver(island: Island) -> tuple[End, ...]:
    """One function owns it for speed, the other decides for defensibility; nothing settles it."""
    return _approves(island, *_functions(island))


@near_miss("INC-01")
def reconciled(island: Island) -> tuple[End, ...]:
    """The same two rewards meet, and it is written down which of them wins."""
    return _approves(island, *_functions(island, reconciled=True))


@near_miss("INC-01")
def assumed_conflict(island: Island) -> tuple[End, ...]:
    """The same two rewards meet, but that they pull apart is only assumed."""
    return _approves(island, *_functions(island, basis="assumed"))


@near_miss("INC-01")
def never_meet(island: Island) -> tuple[End, ...]:
    """The rewards pull apart, and the two functions never meet on a request."""
    return _functions(island)


@defect("INC-02")
def owner_against_dependant(island: Island) -> tuple[End, ...]:
    """One function builds on what the other owns, and their rewards pull apart."""
    return _relies(island, *_functions(island))


@near_miss("INC-02")
def reconciled_dependants(island: Island) -> tuple[End, ...]:
    """The same two rewards meet, and it is written down which of them wins."""
    return _relies(island, *_functions(island, reconciled=True))


@near_miss("INC-02")
def never_build(island: Island) -> tuple[End, ...]:
    """The rewards pull apart where one decides; none builds on what the other owns."""
    one, two = _approves(island, *_functions(island))
    island.also("INC-01", one, two)
    return one, two


@defect("INC-03")
def unrewarded(island: Island) -> End:
    """It answers for a model, and nobody has written down what it is rewarded for."""
    team = island.team("", None)
    island.owns(team, island.model(owned=False))
    return team


@defect("INC-03")
def only_assumed(island: Island) -> End:
    """It answers for a model, and what it is rewarded for is only assumed."""
    team = island.team("", None)
    island.owns(team, island.model(owned=False))
    reward = island.node("Incentive", dimension="speed", basis="assumed")
    island.tie("REWARDED_BY", team, reward, weight=1.0)
    return team


@near_miss("INC-03")
def rewarded_by_function(island: Island) -> End:
    """It has no reward of its own, but its function has."""
    island.model()
    return island.crew()


@near_miss("INC-03")
def unrewarded_without_a_model(island: Island) -> End:
    """Nobody has written down what it is rewarded for, and it answers for nothing."""
    return island.team("", None)


def _called_settled(island: Island, **settled: str) -> tuple[End, ...]:
    """Two rewards that are called settled."""
    one, two = (island.node("Incentive", part, basis="declared") for part in ("one", "two"))
    island.tie("CONFLICTS_WITH", one, two, reconciled=True, basis="declared", **settled)
    return one, two


@defect("INC-04")
def settled_on_word(island: Island) -> tuple[End, ...]:
    """It is called settled, a winner is named, and nothing says where that is written."""
    return _called_settled(island, wins="the first")


@near_miss("INC-04")
def settled_in_writing(island: Island) -> tuple[End, ...]:
    """It is called settled, and it is written where."""
    return _called_settled(island, written_in="Policy, section 2")


@near_miss("INC-04")
def not_called_settled(island: Island) -> tuple[End, ...]:
    """Nobody says that it is settled."""
    one, two = (island.node("Incentive", part, basis="declared") for part in ("one", "two"))
    island.tie("CONFLICTS_WITH", one, two, reconciled=False, basis="declared")
    return one, two


_PROMISED = 10
"""Days."""


def _in_turn(
    island: Island, count: int, waited: int, *, usual: int = 4, others: int = 5
) -> list[End]:
    """So many teams, each of which lets a request of the next wait, and the last one of the first.

    Each has answered `others` requests of another team, `usual` days after they were made.
    """
    teams = [island.team(f"{number}") for number in range(1, count + 1)]
    for number, (holder, waits) in enumerate(zip(teams, [*teams[1:], teams[0]], strict=True), 1):
        deciders = [island.person(f"{number}-{part}", holder) for part in ("one", "two")]
        gate = island.gate(f"{number}", *deciders, sla_days=_PROMISED)
        model = island.model(f"{number}", owned=False)
        island.owns(waits, model)
        island.request(f"{number}", model, gate, deciders[0], asked=waited)
        third = island.model(f"{number}-third")
        for each in range(1, others + 1):
            day = 30 * each
            island.request(
                f"{number}-{each}", third, gate, deciders[each % 2],
                asked=day + usual, decided=day,
            )  # fmt: skip
    return teams


@defect("INC-05")
def two_in_turn(island: Island) -> tuple[End, ...]:
    """Each lets the other wait for more than the ten days promised, and all others for four."""
    one, two = _in_turn(island, 2, island.over(_PROMISED, 2 * _PROMISED))
    return one, two


@defect("INC-05")
def four_in_a_ring(island: Island) -> tuple[End, ...]:
    """Four teams each let the next wait too long, and the last the first."""
    one, two, *_ = _in_turn(island, 4, island.over(_PROMISED, 2 * _PROMISED))
    return one, two


@near_miss("INC-05")
def in_turn_and_in_time(island: Island) -> tuple[End, ...]:
    """Each lets the other wait for the ten days promised, and not a day longer."""
    one, two = _in_turn(island, 2, island.within(_PROMISED))
    return one, two


@near_miss("INC-05")
def as_slow_to_all(island: Island) -> tuple[End, ...]:
    """Each lets the other wait too long, but less than twice as long as all others."""
    one, two = _in_turn(island, 2, _PROMISED + 1, usual=6)
    return one, two


@near_miss("INC-05")
def four_others(island: Island) -> tuple[End, ...]:
    """Each lets the other wait too long, and four requests of others are too few to compare."""
    one, two = _in_turn(island, 2, island.over(_PROMISED, 2 * _PROMISED), others=4)
    return one, two


@near_miss("INC-05")
def five_in_a_ring(island: Island) -> tuple[End, ...]:
    """Five teams each let the next wait too long; of rings up to four are looked for."""
    one, two, *_ = _in_turn(island, 5, island.over(_PROMISED, 2 * _PROMISED))
    return one, two
