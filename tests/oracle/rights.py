"""The oracle's rule of those who answer for a model and may not stop it."""

from __future__ import annotations

from oracle.granted import (
    accountable,
    here,
    in_force,
    line_above,
    line_below,
    live,
    people_of,
    teams_of,
)
from oracle.rules import rule

KINDS = {"stop", "roll_back", "retire", "accept_risk"}


@rule("OWN-10")
def accountable_without_the_right(graph, today, min_confidence=0.5):
    rights = [each for each in graph.all("Decision") if is_standing(each)]
    everywhere = [each for each in rights if not each.out("ABOUT")]
    return {
        (claim.start.id,)
        for model in graph.all("Model")
        if live(model)
        for claim in accountable(model, min_confidence)
        if here(claim.start) and claim.start.described
        if lacks_one(claim.start, [*everywhere, *over(model)], today)
    }


def is_standing(decision):
    """Whether it is a right for good, and no single decision: it has no status."""
    return decision.described and not decision.get("status") and decision.get("kind") in KINDS


def over(model):
    """The standing rights that are about the model, or about a use case that it serves."""
    things = (model, *model.after("SERVES", "UseCase"))
    return {each for it in things for each in it.before("ABOUT", "Decision") if is_standing(each)}


def lacks_one(owner, rights, today):
    """Whether there is a kind of right over the model that surely is not the owner's."""
    by_kind = {}
    for right in rights:
        holders = [
            each.end for each in right.out("NEEDS") if each.get("role", "decide") == "decide"
        ]
        by_kind.setdefault(right.get("kind"), set()).update(filter(here, holders))
    return any(
        not any(may_be_the_owners(each, owner, kind, today) for each in holders)
        for kind, holders in by_kind.items()
    )


def may_be_the_owners(holder, owner, kind, today):
    """Whether the holder is of the owner's own, or nobody knows where one of them sits.

    Two persons are two, wherever they sit.
    """
    return (
        holder in own(owner)
        or (holder.label != owner.label and (unplaced(holder) or unplaced(owner)))
        or any(
            each.end in own(owner) and each.get("scope") in {kind, "*"} and in_force(each, today)
            for each in holder.out("DELEGATES_TO")
        )
    )


def unplaced(someone):
    return someone.label == "Person" and not teams_of(someone)


def own(owner):
    """A person with the line of its teams; a team's line with the people of it and those below."""
    if owner.label == "Person":
        return {owner} | {each for team in teams_of(owner) for each in line_above(team)}
    below = line_below(owner)
    return below | line_above(owner) | {each for team in below for each in people_of(team)}
