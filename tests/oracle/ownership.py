"""The oracle's rules of ownership."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from oracle.granted import (
    accountable,
    claims,
    decides,
    here,
    in_force,
    is_claim,
    is_same,
    line_above,
    line_below,
    live,
    people_of,
    reached,
    same_part,
    teams_of,
)
from oracle.rules import rule


def live_models(graph):
    return [each for each in graph.all("Model") if live(each)]


@rule("OWN-01")
def unowned_models(graph, _, min_dependents=0, min_confidence=0.5):
    return {
        (model.id,)
        for model in live_models(graph)
        if model.described
        and not claims(model, min_confidence)
        and len(set(filter(live, model.before("DEPENDS_ON", "Model"))) - {model}) >= min_dependents
    }


@rule("OWN-02")
def claimed_twice(graph, _, min_confidence=0.5):
    return {
        (model.id,)
        for model in live_models(graph)
        if any(
            clash(one, two, min_confidence)
            for one, two in combinations(accountable(model, min_confidence), 2)
            if here(one.start) and here(two.start)
        )
    }


def clash(one, two, min_confidence):
    """Whether two claim the same part, who are teams, or persons of teams, not in one line."""
    a, b = one.start, two.start
    if a.label != b.label or a is b or not same_part(one.get("scope"), two.get("scope")):
        return False
    if one.get("scope") == two.get("scope") == "use" and all(
        answers_for_one_on(who, one.end, min_confidence) for who in (a, b)
    ):
        return False
    ours, theirs = ({a}, {b}) if a.label == "Team" else (teams_of(a), teams_of(b))
    return (
        bool(ours and theirs)
        and not any(line_above(team) & theirs for team in ours)
        and not any(line_above(team) & ours for team in theirs)
    )


def answers_for_one_on(who, base, min_confidence):
    """Whether who uses the base model is accountable for a model that stands on it."""
    return any(
        claim.start is who
        for model in base.before("DEPENDS_ON", "Model")
        if model is not base
        for claim in accountable(model, min_confidence)
    )


@rule("OWN-03")
def owners_gone(graph, _, min_confidence=0.5):
    found = set()
    for model in live_models(graph):
        owners = [each.start for each in claims(model, min_confidence)]
        if owners and not any(map(here, owners)):
            found.add((model.id,))
    return found


@rule("OWN-04")
def mailbox_owners(graph, _, min_confidence=0.5):
    found = set()
    for model in live_models(graph):
        owners = [each.start for each in accountable(model, min_confidence) if here(each.start)]
        if owners and all(is_account(each) for each in owners):
            found.add((model.id,))
    return found


def is_account(owner):
    return owner.label == "Person" and owner.get("kind") in {"shared_mailbox", "service"}


@rule("OWN-05")
def nobody_accountable(graph, _, min_confidence=0.5):
    return {
        (model.id,)
        for model in live_models(graph)
        if claims(model, min_confidence) and not accountable(model, min_confidence)
    }


@rule("OWN-06")
def standing_on_unowned(graph, _, min_confidence=0.5):
    unowned = {
        each for each in live_models(graph) if each.described and not claims(each, min_confidence)
    }
    return {
        (model.id,)
        for model in graph.all("Model")
        if model.get("stage") == "production"
        and (reached(model, "DEPENDS_ON", steps=6) - {model}) & unowned
    }


@rule("OWN-07")
def worked_on_by_many(
    graph, _, min_events=50, min_largest_share=0.5, min_accountable_share=0.1, min_confidence=0.5
):
    found = set()
    for model in live_models(graph):
        work = model.into("WORKED_ON", "Team")
        total = sum(each.get("events", 0) for each in work)
        if total < min_events or not total:
            continue
        share = {each.start: each.get("share", each.get("events", 0) / total) for each in work}
        answering = set()
        for claim in accountable(model, min_confidence):
            teams = {claim.start} if claim.start.label == "Team" else teams_of(claim.start)
            answering |= {below for team in teams for below in line_below(team)}
        own = sum(part for team, part in share.items() if team in answering)
        if max(share.values()) < min_largest_share and own < min_accountable_share:
            found.add((model.id,))
    return found


@rule("OWN-08")
def passed_back_and_forth(graph, _, min_handovers=10):
    counts = Counter()
    for team in graph.all("Team"):
        for tie in team.out("HANDED_OVER", "Team"):
            counts[team.id, tie.end.id] += tie.get("count", 0)
    return {
        (one, two)
        for (one, two), count in counts.items()
        if one < two and count >= min_handovers and counts[two, one] >= min_handovers
    }


@rule("OWN-09")
def sources_differ(graph, today, min_confidence=0.5):
    return {(model.id,) for model in live_models(graph) if disputes(model, today, min_confidence)}


def disputes(model, today, min_confidence):
    """On what two sources say different things of the model."""
    found = {name for name in ("stage", "risk_tier") if differ(model, name)}
    for bar in model.out("JUDGED_BY", "Criterion"):
        if in_force(bar, today) and bar.get("status") != "superseded":
            about = ("metric", "direction", "threshold")
            found |= {name for name in about if differ(bar.end, name)}
    claimed = [(tie.start, tie.get("scope"), tie) for tie in accountable(model, min_confidence)]
    if names_in_dispute(claimed):
        found.add("owner")
    for approval in model.before("CONCERNS", "Approval"):
        asked = [(tie.end, None, tie) for tie in approval.out("DECIDED_BY") if decides(tie)]
        if approval.get("status") == "pending" and names_in_dispute(asked):
            found.add("next decider")
    return found


def differ(fact, name):
    """Whether two sources state different values; one that states none does not differ."""
    return len({said[name] for _, said in fact.said if said.get(name) is not None}) > 1


def names_in_dispute(named):
    """Whether two sources each name one, for the same part, whom the other does not name for it.

    A team, or one of its people, beside the one above it is the same name told more closely.
    `named` are triples of who is named, for which part, and the tie that tells who says so.
    """

    def names(source, someone, part):
        return any(
            is_same(who, someone) and same_part(part, its) and source in dict(tie.said)
            for who, its, tie in named
        )

    return any(
        one is not two
        and same_part(part, its)
        and any(not names(source, two, its) for source, _ in tie.said)
        and any(not names(source, one, part) for source, _ in other.said)
        for one, part, tie in named
        for two, its, other in named
    )


@rule("OWN-11")
def undescribed_owners(graph, _, min_confidence=0.5):
    return {
        (owner.id,)
        for label in ("Team", "Person")
        if any(each.described for each in graph.all(label))
        for owner in graph.all(label)
        if not owner.described
        and any(
            live(each.end) and is_claim(each, min_confidence)
            for each in owner.out("OWNS", "Model")
        )
    }


@rule("OWN-12")
def never_confirmed(graph, today, confirmed_days=365, min_confidence=0.5):
    found = set()
    for model in live_models(graph):
        days = [each.get("confirmed_day") for each in accountable(model, min_confidence)]
        if days and not any(day is not None and today - day <= confirmed_days for day in days):
            found.add((model.id,))
    return found


@rule("OWN-13")
def owner_on_paper(graph, _, max_owned_share=0.1, min_owned=10, min_confidence=0.5):
    models = live_models(graph)
    owned = {}
    for model in models:
        for claim in accountable(model, min_confidence):
            owned.setdefault(claim.start, set()).add(model)
    found = set()
    for owner, theirs in owned.items():
        workers = {each for model in theirs for each in model.before("WORKED_ON")}
        many = len(theirs) >= min_owned and len(theirs) > max_owned_share * len(models)
        if many and workers and not workers & with_its_people(owner):
            found.add((owner.id,))
    return found


def with_its_people(owner):
    """A team, the teams below it and the people of them all; a person and the person's teams."""
    if owner.label == "Person":
        return {owner} | teams_of(owner)
    teams = line_below(owner)
    return teams | {person for team in teams for person in people_of(team)}
