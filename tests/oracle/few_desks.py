"""The oracle's rule of accountability that ends on few desks."""

from __future__ import annotations

from collections import Counter

from oracle.granted import accountable, deciders, here, live
from oracle.rules import rule
from oracle.superiors import desk_of, superior


@rule("CEN-09")
def few_desks(graph, _, max_desks=3, min_claims=20, min_confidence=0.5):
    """Of the claims, or of what may be disputed, half ends on so few desks."""
    claims, disputes = Counter(), Counter()
    ends = {}
    for model in filter(live, graph.all("Model")):
        owners = {each.start for each in accountable(model, min_confidence) if here(each.start)}
        claims.update({desk_of(each) for each in owners})
        deciding = set(filter(here, asked_about(model)))
        pairs = {(owner, who) for owner in owners for who in deciding if who is not owner}
        for pair in pairs:
            if pair not in ends:
                above = superior(*pair)
                ends[pair] = above and desk_of(above)
            disputes.update({ends[pair]} - {None})
    too_few = (is_on_few(each, max_desks, min_claims) for each in (claims, disputes))
    return {()} if any(too_few) else set()


def asked_about(model):
    """Who decides a request about the model that was not withdrawn."""
    requests = model.before("CONCERNS", "Approval")
    asked = [deciders(each) for each in requests if each.get("status") != "withdrawn"]
    return set().union(*asked)


def is_on_few(by_desk, max_desks, least):
    """Whether the fullest desks, so many, hold half of enough."""
    fullest = sum(held for _, held in by_desk.most_common(max_desks))
    return by_desk.total() >= max(least, 1) and 2 * fullest >= by_desk.total()
