"""Who owns what: OWN-01 to OWN-08, OWN-11, OWN-12 and OVR-01."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.plots import NOBODY, defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


@defect("OWN-01")
def nobody(island: Island) -> End:
    """Nobody owns it, though a team works on it."""
    model = island.model(owned=False)
    island.tie("WORKED_ON", island.crew(), model, events=island.over(9))
    return model


@defect("OWN-01")
def hint(island: Island) -> End:
    """The only owner is a guess of low confidence."""
    model = island.model(owned=False)
    guess = island.person("guess", island.crew())
    island.owns(guess, model, "technical", confidence=0.49)
    return model


@near_miss("OWN-01")
def retired_orphan(island: Island) -> End:
    """Nobody owns it any more, and it was retired."""
    return island.model(owned=False, stage="retired")


@near_miss("OWN-01")
def confident(island: Island) -> End:
    """The only owner is named with a confidence of just one half."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, confidence=0.5)
    return model


@defect("OWN-02")
def two_teams(island: Island) -> End:
    """Two teams that are not in one line both answer for it."""
    model = island.model()
    island.owns(island.team("other"), model)
    return model


@defect("OWN-02")
def two_persons(island: Island) -> End:
    """Two persons of different teams both answer for it."""
    model = island.model(owned=False)
    for part in ("one", "two"):
        island.owns(island.person(f"{part}-owner", island.team(part)), model)
    return model


@near_miss("OWN-02")
def parent_and_child(island: Island) -> End:
    """A team and the team above it both answer for it: one line."""
    model = island.model()
    island.owns(island.team("child", island.crew()), model)
    return model


@near_miss("OWN-02")
def two_parts(island: Island) -> End:
    """Two teams answer for it, each for another part."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, scope="operation")
    island.owns(island.team("other"), model, scope="use")
    return model


@near_miss("OWN-02")
def two_deployers(island: Island) -> End:
    """Two teams each answer for their own use of one base model."""
    base = island.model(owned=False)
    for part in ("one", "two"):
        team, own = island.team(part), island.model(f"{part}-use", owned=False)
        island.owns(team, own)
        island.owns(team, base, scope="use")
        island.tie("DEPENDS_ON", own, base, kind="calls")
    return base


@near_miss("OWN-02")
def one_colleague(island: Island) -> End:
    """Two persons of one team both answer for it."""
    model = island.model(owned=False)
    for part in ("one", "two"):
        island.owns(island.person(part, island.crew()), model)
    return model


@defect("OWN-03")
def owner_left(island: Island) -> End:
    """The only owner has left."""
    model = island.model(owned=False)
    owner = island.left("owner", island.crew())
    island.owns(owner, model)
    island.also("DEC-09", owner, NOBODY)
    return model


@defect("OWN-03")
def owners_dissolved(island: Island) -> End:
    """One owner has left, and the other, a team, was dissolved."""
    model = island.model(owned=False)
    dissolved = island.team("dissolved", led=False, status="archived")
    island.owns(dissolved, model)
    island.also("DEC-09", dissolved, NOBODY)
    island.owns(island.left("owner", island.crew()), model, "business")
    return model


@near_miss("OWN-03")
def second_owner_left(island: Island) -> End:
    """The second owner has left; the accountable team is here."""
    model = island.model()
    island.owns(island.left("owner", island.crew()), model, "business")
    return model


@near_miss("OWN-03")
def owner_of_unknown_status(island: Island) -> End:
    """Nobody knows whether the owner is still here: unknown is not gone."""
    model = island.model(owned=False)
    island.owns(island.person("owner", island.crew(), status="unknown"), model)
    return model


@defect("OWN-04")
def mailbox(island: Island) -> End:
    """It answers to a mailbox, and to nobody behind it."""
    model = island.model(owned=False)
    island.owns(island.person("mailbox", kind="shared_mailbox"), model)
    return model


@defect("OWN-04")
def service_account(island: Island) -> End:
    """The account of a nightly batch answers for it; the human beside it has left."""
    model = island.model(owned=False)
    island.owns(island.person("account", kind="service"), model)
    island.owns(island.left("human", island.crew()), model)
    return model


@near_miss("OWN-04")
def mailbox_with_a_team(island: Island) -> End:
    """A mailbox answers for it, and a team stands behind it."""
    model = island.model()
    island.owns(island.person("mailbox", kind="shared_mailbox"), model)
    return model


@near_miss("OWN-04")
def mailbox_that_helps(island: Island) -> End:
    """The mailbox is only its technical contact."""
    model = island.model()
    island.owns(island.person("mailbox", kind="shared_mailbox"), model, "technical")
    return model


@defect("OWN-05")
def none_accountable(island: Island) -> End:
    """It has a technical and a business owner, and nobody is accountable."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, "technical")
    island.owns(island.team("business"), model, "business")
    return model


@near_miss("OWN-05")
def one_accountable(island: Island) -> End:
    """Of its three owners one is accountable."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, "technical")
    other = island.team("business")
    island.owns(other, model, "business")
    island.owns(other, model)
    return model


@defect("OWN-06")
def stands_on_unowned(island: Island) -> End:
    """What it calls belongs to nobody."""
    model, base = island.live(), island.model("base", owned=False)
    island.tie("DEPENDS_ON", model, base, kind="calls")
    island.also("OWN-01", base)
    return model


@defect("OWN-06")
def stands_on_unowned_six_steps_away(island: Island) -> End:
    """Six steps below it stands a model that belongs to nobody."""
    model = island.live()
    chain = [model, *(island.model(f"step-{step}") for step in range(1, 6))]
    chain.append(island.model("base", owned=False))
    for upper, lower in itertools.pairwise(chain):
        island.tie("DEPENDS_ON", upper, lower, kind="calls")
    island.also("OWN-01", chain[-1])
    return model


@near_miss("OWN-06")
def stands_on_retired(island: Island) -> End:
    """What it called belongs to nobody any more, and was retired."""
    model, base = island.live(), island.model("base", owned=False, stage="retired")
    island.tie("DEPENDS_ON", model, base, kind="calls")
    return model


@near_miss("OWN-06")
def stands_on_the_owned(island: Island) -> End:
    """What it calls is owned; the model that nobody owns calls it, and not the other way round."""
    model, orphan = island.live(), island.model("orphan", owned=False, stage="retired")
    base = island.model("base")
    island.tie("DEPENDS_ON", model, base, kind="calls")
    island.tie("DEPENDS_ON", orphan, model, kind="calls")
    return model


@defect("OWN-07")
def many_hands(island: Island) -> End:
    """Three teams share the work, none does half, and the accountable one does none of it."""
    model = island.model()
    for part in ("one", "two", "three"):
        island.tie("WORKED_ON", island.team(part), model, events=island.over(16, 30))
    return model


@near_miss("OWN-07")
def hands_of_its_own(island: Island) -> End:
    """Three teams share the work, and the accountable one does just a tenth of it."""
    model = island.model()
    island.tie("WORKED_ON", island.crew(), model, events=10)
    for part in ("one", "two"):
        island.tie("WORKED_ON", island.team(part), model, events=45)
    return model


@near_miss("OWN-07")
def few_hands(island: Island) -> End:
    """As scattered, but 49 events are too few to say anything."""
    model = island.model()
    for part, events in (("one", 17), ("two", 16), ("three", 16)):
        island.tie("WORKED_ON", island.team(part), model, events=events)
    return model


@near_miss("OWN-07")
def one_hand(island: Island) -> End:
    """The accountable team does nothing, but another does just half of it."""
    model = island.model()
    for part, events in (("one", 50), ("two", 25), ("three", 25)):
        island.tie("WORKED_ON", island.team(part), model, events=events)
    return model


@defect("OWN-08")
def back_and_forth(island: Island) -> tuple[End, ...]:
    """Each hands work to the other, ten times and more."""
    one, two = island.team("one"), island.team("two")
    island.tie("HANDED_OVER", one, two, count=island.over(9), median_days=4.0)
    island.tie("HANDED_OVER", two, one, count=island.over(9), median_days=2.5)
    return one, two


@near_miss("OWN-08")
def forth(island: Island) -> tuple[End, ...]:
    """One hands over often, the other gives back nine times at most."""
    one, two = island.team("one"), island.team("two")
    island.tie("HANDED_OVER", one, two, count=island.over(30), median_days=4.0)
    island.tie("HANDED_OVER", two, one, count=island.within(9), median_days=2.5)
    return one, two


@defect("OWN-11")
def stranger(island: Island) -> End:
    """The register names an owner whom no directory knows."""
    nobody = "Person", f"person:{island.name}"
    island.owns(nobody, island.model(owned=False))
    return nobody


@near_miss("OWN-11")
def owner_without_a_team(island: Island) -> End:
    """The directory knows the owner, and no more than the name."""
    known = island.node("Person", name="Robin Ashgrove")
    island.owns(known, island.model(owned=False))
    return known


@near_miss("OWN-11")
def stranger_of_the_retired(island: Island) -> End:
    """No directory knows the owner, and the model was retired."""
    nobody = "Person", f"person:{island.name}"
    island.owns(nobody, island.model(owned=False, stage="retired"))
    return nobody


@defect("OWN-12")
def long_unconfirmed(island: Island) -> End:
    """The owner last confirmed it more than a year ago."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, confirmed_day=island.ago(island.over(365)))
    return model


@defect("OWN-12")
def never_confirmed(island: Island) -> End:
    """The owner never confirmed it."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, confirmed_day=None)
    return model


@near_miss("OWN-12")
def confirmed_a_year_ago(island: Island) -> End:
    """The owner confirmed it a year ago, and not a day more."""
    model = island.model(owned=False)
    island.owns(island.crew(), model, confirmed_day=island.ago(island.within(365)))
    return model


@defect("OVR-01")
def acts_alone(island: Island) -> End:
    """It acts alone, and the team that answers for it has no lead."""
    model = island.model(owned=False, autonomy="acts_alone", risk_tier=island.over(1, 3))
    island.owns(island.team("headless", led=False), model)
    return model


@near_miss("OVR-01")
def acts_alone_at_tier_1(island: Island) -> End:
    """It acts alone and nobody by name can stop it, but it is of the lowest tier."""
    model = island.model(owned=False, autonomy="acts_alone", risk_tier=1)
    island.owns(island.team("headless", led=False), model)
    return model


@near_miss("OVR-01")
def can_be_stopped(island: Island) -> End:
    """It acts alone, and the team that answers for it has a lead."""
    return island.model(autonomy="acts_alone", risk_tier=3)
