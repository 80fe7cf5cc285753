"""Whether people can be found who may decide all that is ahead: DEC-05 and DEC-06."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import NOBODY, defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


def _asks(island: Island, *gates: tuple[End, ...], tied: str = "", **properties: str) -> End:
    """A model that asked at a gate for each group of deciders; the gates may be tied."""
    model = island.model()
    made = [
        island.gate(str(number), *deciders, **properties)
        for number, deciders in enumerate(gates, 1)
    ]
    for number, gate in enumerate(made, 1):
        island.request(str(number), model, gate)
        if tied and number > 1:
            island.tie(tied, made[0], gate)
    return model


@defect("DEC-05")
def deciders_of_the_owner(island: Island) -> End:
    """Both who may decide belong to the team that answers for it."""
    one = island.person("one", island.crew())
    return _asks(island, (one, island.person("two", island.crew())))


@defect("DEC-05")
def two_gates_and_one_person(island: Island) -> End:
    """Different people must decide at two gates, and but one who may is not of the owner."""
    colleague, other = island.person("one", island.crew()), island.person("two")
    return _asks(island, (colleague, other), (colleague, other), tied="SEPARATE_FROM")


@defect("DEC-05")
def nobody_at_both(island: Island) -> End:
    """One and the same must decide at two gates, and nobody may at both."""
    return _asks(island, island.panel("first"), island.panel("second"), tied="SAME_AS")


@defect("DEC-05")
def all_recused(island: Island) -> End:
    """Both who may decide are recused from this very model."""
    one, two = deciders = island.panel()
    model = _asks(island, deciders)
    island.tie("RECUSED_FROM", one, model)
    island.tie("RECUSED_FROM", two, model)
    island.also("DEC-09", ("Gate", f"gate:{island.name}-1"), NOBODY)
    return model


@near_miss("DEC-05")
def deciders_of_the_owner_may(island: Island) -> End:
    """Both who may decide are of the owner, and the gate does not ask for independence."""
    one = island.person("one", island.crew())
    two = island.person("two", island.crew())
    return _asks(island, (one, two), independence="not_required")


@near_miss("DEC-05")
def two_gates_and_two_people(island: Island) -> End:
    """Different people must decide at two gates, and there are just two."""
    one, two = island.panel()
    island.also("DEC-06", one)
    island.also("DEC-06", two)
    return _asks(island, (one, two), (one, two), tied="SEPARATE_FROM")


@near_miss("DEC-05")
def two_at_both(island: Island) -> End:
    """One and the same must decide at two gates, and two may at both."""
    one, two = island.panel()
    return _asks(island, (one, two), (two, one), tied="SAME_AS")


@near_miss("DEC-05")
def one_recused(island: Island) -> End:
    """One of three who may decide is recused from this very model."""
    one, two = island.panel()
    model = _asks(island, (one, two, island.person("three")))
    island.tie("RECUSED_FROM", one, model)
    return model


@near_miss("DEC-05")
def right_to_let_it_through(island: Island) -> End:
    """Both who may decide belong to the owner, and one of two others may let it through."""
    one, two = island.person("one", island.crew()), island.person("two", island.crew())
    model = _asks(island, (one, two))
    _lets_through(island, model, island.person("three"), island.person("four"))
    return model


def _lets_through(island: Island, model: End, *holders: End) -> None:
    """Any of these has a standing right to let the model through."""
    right = island.decision("promote", *holders, kind="promote", status=None)
    island.tie("ABOUT", right, model)


@defect("DEC-06")
def only_one_has_a_right(island: Island) -> End:
    """Both who may decide belong to the owner, and but one other may let it through."""
    one, two = island.person("one", island.crew()), island.person("two", island.crew())
    holder = island.person("three")
    _lets_through(island, _asks(island, (one, two)), holder)
    return holder


@defect("DEC-06")
def only_one_is_free(island: Island) -> End:
    """Two may decide, and the other one belongs to the team that answers for it."""
    free = island.person("free", island.team("panel"))
    _asks(island, (free, island.person("colleague", island.crew())))
    return free


@defect("DEC-06")
def must_be_there_twice(island: Island) -> End:
    """Different people must decide at two gates, and with one of the two away there is but one."""
    one, two = island.panel()
    _asks(island, (one, two), (one, two), tied="SEPARATE_FROM")
    island.also("DEC-06", two)
    return one


@near_miss("DEC-06")
def three_for_two_gates(island: Island) -> End:
    """Different people must decide at two gates, and there are three."""
    one, two = island.panel()
    three = island.person("three")
    _asks(island, (one, two, three), (one, two, three), tied="SEPARATE_FROM")
    return one


@near_miss("DEC-06")
def somebody_stands_in(island: Island) -> End:
    """Two may decide, one of them of the owner; for the other somebody may stand in."""
    free = island.person("free", island.team("panel"))
    deputy, tomorrow = island.person("deputy"), island.ago(-1)
    island.tie("DELEGATES_TO", free, deputy, scope="*", until_day=tomorrow)
    _asks(island, (free, island.person("colleague", island.crew())))
    return free


@near_miss("DEC-06")
def missed_where_nothing_waits(island: Island) -> End:
    """Only one who may decide is free, and no model has to pass any more."""
    free = island.person("free", island.team("panel"))
    gate = island.gate("", free, island.person("colleague", island.crew()))
    island.request("", island.model(), gate, free, asked=20, decided=island.within(15))
    return free


@near_miss("DEC-06")
def right_in_place_of_the_absent(island: Island) -> End:
    """Two may decide, one of them of the owner; while the other is away, one has a right."""
    free = island.person("free", island.team("panel"))
    model = _asks(island, (free, island.person("colleague", island.crew())))
    _lets_through(island, model, island.person("holder"))
    return free
