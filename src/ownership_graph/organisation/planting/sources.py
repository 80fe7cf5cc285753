"""What shows only where a second source speaks: OWN-09, CLR-02, INV-01 and INV-02."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.planting.ground import JOB
from ownership_graph.organisation.planting.plots import defect, near_miss

if TYPE_CHECKING:
    from ownership_graph.organisation.planting.island import Island
    from ownership_graph.organisation.stating import End


@defect("OWN-09")
def another_stage(island: Island) -> End:
    """One source calls it an experiment, the other a pilot."""
    model = island.model()
    with island.elsewhere():
        island.node("Model", stage="pilot")
    island.also("CLR-02", model)
    return model


@defect("OWN-09")
def another_tier(island: Island) -> End:
    """The sources give it different risk tiers."""
    model = island.model(risk_tier=1)
    with island.elsewhere():
        island.node("Model", risk_tier=island.over(1, 3))
    island.also("CLR-02", model)
    return model


@defect("OWN-09")
def another_owner(island: Island) -> End:
    """Each source names an owner whom the other does not."""
    model, other = island.model(), island.team("other")
    with island.elsewhere():
        island.owns(other, model)
    island.also("OWN-02", model)
    island.also("CLR-02", model)
    return model


@defect("OWN-09")
def another_decider(island: Island) -> End:
    """Each source names another decider of a request that is pending."""
    model, (one, two) = island.model(), island.panel()
    request = island.request("", model, island.gate("", one, two), one)
    with island.elsewhere():
        island.tie("DECIDED_BY", request, two, role="decide")
    island.also("CLR-02", model)
    return model


@defect("OWN-09")
def another_threshold(island: Island) -> End:
    """The sources say the bar differently."""
    model = island.model()
    island.bar("", model)
    with island.elsewhere():
        island.node("Criterion", threshold=0.6)
    island.also("CLR-02", model)
    return model


@near_miss("OWN-09")
def the_same_twice(island: Island) -> End:
    """Both sources say the same."""
    model = island.model(risk_tier=2)
    with island.elsewhere():
        island.node("Model", stage="experiment", risk_tier=2)
        island.owns(island.crew(), model, confirmed_day=None)
    return model


@near_miss("OWN-09")
def another_name(island: Island) -> End:
    """The sources call it differently, and agree on the rest."""
    model = island.model(name="Claims triage")
    with island.elsewhere():
        island.node("Model", name="Triage of claims", stage="experiment")
    return model


@near_miss("OWN-09")
def another_stage_of_the_retired(island: Island) -> End:
    """It was retired; the second source still calls it a pilot, and is believed less."""
    model = island.model(stage="retired")
    with island.elsewhere():
        island.node("Model", stage="pilot")
    return model


@near_miss("OWN-09")
def one_knows_more(island: Island) -> End:
    """One source gives it a tier, the other none: silence is no dispute."""
    model = island.model()
    with island.elsewhere():
        island.node("Model", stage="experiment", risk_tier=3)
    return model


@defect("CLR-02")
def another_freedom(island: Island) -> End:
    """One source says that it only advises, the other that it acts after approval."""
    model = island.model(autonomy="advises")
    with island.elsewhere():
        island.node("Model", autonomy="acts_after_approval")
    return model


@defect("CLR-02")
def another_job(island: Island) -> End:
    """Each source says that it is for another job."""
    model, job = island.model(), island.job()
    island.tie("SERVES", model, JOB)
    with island.elsewhere():
        island.tie("SERVES", model, job)
    return model


@defect("CLR-02")
def one_of_two_jobs(island: Island) -> End:
    """Both sources name one job, and each names another beside it."""
    model, one = island.model(), island.job()
    two = island.use_case("two")
    for job in (JOB, one):
        island.tie("SERVES", model, job)
    with island.elsewhere():
        for job in (JOB, two):
            island.tie("SERVES", model, job)
    return model


@near_miss("CLR-02")
def one_names_more_jobs(island: Island) -> End:
    """One source names two jobs and the other one of them: it says less, and nothing else."""
    model, job = island.model(), island.job()
    for each in (JOB, job):
        island.tie("SERVES", model, each)
    with island.elsewhere():
        island.tie("SERVES", model, JOB)
    return model


@near_miss("CLR-02")
def owner_and_the_team_above(island: Island) -> End:
    """One source names the team that answers for it, the other the department above."""
    model, above = island.model(owned=False), island.team("above")
    team = island.team("below", above)
    island.owns(team, model)
    with island.elsewhere():
        island.owns(above, model, confirmed_day=None)
    return model


@near_miss("CLR-02")
def another_bar_that_ran_out(island: Island) -> End:
    """The sources say a bar differently that ran out today or before."""
    model = island.model()
    island.bar("", model, since=400, until=island.over(-1, 30))
    with island.elsewhere():
        island.node("Criterion", threshold=0.6)
    return model


def _only_seen(
    island: Island, *, stage: str | None = "pilot", environment: str | None = None
) -> End:
    """A model that only the second source states, with an owner whom the first one knows."""
    island.crew()
    with island.elsewhere():
        return island.pilot(stage=stage, environment=environment)


@defect("INV-01")
def unknown_pilot(island: Island) -> End:
    """The scan sees a pilot that the inventory of record never heard of."""
    return _only_seen(island)


@defect("INV-01")
def unknown_that_runs(island: Island) -> End:
    """The scan sees it in production, of an unknown stage, and the inventory does not know it."""
    return _only_seen(island, stage=None, environment="production")


@near_miss("INV-01")
def unknown_experiment(island: Island) -> End:
    """The inventory never heard of it, and it is only an experiment."""
    return _only_seen(island, stage="experiment")


@near_miss("INV-01")
def unknown_that_is_tested(island: Island) -> End:
    """The inventory never heard of it, and it runs where things are tested."""
    return _only_seen(island, stage=None, environment="test")


@near_miss("INV-01")
def known_as_an_experiment(island: Island) -> End:
    """The inventory knows it, though not that it runs."""
    model = island.model(stage=None)
    with island.elsewhere():
        island.node("Model", stage="pilot", risk_tier=1)
        island.tie("SERVES", model, JOB)
    return model


@defect("INV-02")
def never_seen(island: Island) -> End:
    """The inventory calls it a pilot, and the scan never saw it."""
    model = island.pilot()
    island.unseen.append(model[1])
    return model


@defect("INV-02")
def only_named(island: Island) -> End:
    """The inventory calls it live; the scan names it, and says neither that nor where it runs."""
    model = island.live()
    island.unseen.append(model[1])
    with island.elsewhere():
        island.node("Model", vendor="Lumenforge")
    return model


@near_miss("INV-02")
def seen_to_run(island: Island) -> End:
    """The inventory calls it live, and the scan says where it runs."""
    return island.live()


@near_miss("INV-02")
def seen_as_a_pilot(island: Island) -> End:
    """The inventory calls it a pilot, and so does the scan, which does not say where it runs."""
    model = island.pilot()
    island.unseen.append(model[1])
    with island.elsewhere():
        island.node("Model", stage="pilot")
    return model


@near_miss("INV-02")
def never_seen_and_retired(island: Island) -> End:
    """The scan never saw it, and the inventory says that it was retired."""
    return island.model(stage="retired")
