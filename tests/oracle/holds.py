"""The oracle's rule of teams that hold each other up: every ring is walked."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from oracle.granted import accountable, deciders, here, line_above, live, teams_of
from oracle.rules import rule

LONGEST = 4


@rule("INC-05")
def mutual_holds(
    graph, today, times_sla=1.0, times_slower=2.0, min_requests=5, min_confidence=0.5
):
    lies = lying_before(graph, today, min_confidence)
    holds = defaultdict(set)
    for holder, by_owner in lies.items():
        for owner, own in by_owner.items():
            late = any(each.late(times_sla) for each in own)
            others = {
                each
                for team, requests in by_owner.items()
                if team is not holder
                for each in requests - own
            }
            if (
                late
                and owner not in line_above(holder)
                and holder not in line_above(owner)
                and len(others) >= min_requests
                and is_slower(own, others, times_slower)
            ):
                holds[holder].add(owner)
    return {tuple(sorted((ring[0].id, ring[1].id))) for ring in rings(holds)}


class Request:
    """A request: the days that it took, or has waited so far."""

    def __init__(self, approval, days, *, answered):
        self.days, self.answered = days, answered
        self.promised = [each.get("sla_days") for each in approval.after("AT", "Gate")]

    def late(self, times_sla):
        return not self.answered and any(
            each is not None and self.days > times_sla * each for each in self.promised
        )


def lying_before(graph, today, min_confidence):
    """By the team that holds them, and the one that answers for the model, the requests."""
    lies = defaultdict(lambda: defaultdict(set))
    for approval in graph.all("Approval"):
        request = asked(approval, today)
        if request is None:
            continue
        for model in approval.after("CONCERNS", "Model"):
            owners = [each.start for each in accountable(model, min_confidence)]
            for owner in owners:
                if owner.label == "Team" and here(owner):
                    for holder in holders(approval):
                        lies[holder][owner].add(request)
    return lies


def asked(approval, today):
    """The request with its days, without those at the requester; None where nobody knows."""
    begun, decided = approval.get("requested_day"), approval.get("decided_day")
    status = approval.get("status")
    if begun is None or status in {"returned", "withdrawn"}:
        return None
    if decided is None and status != "pending":
        return None
    ended = today if decided is None else decided
    days = ended - begun - approval.get("days_with_requester", 0)
    if days < 0:
        return None
    request = Request(approval, days, answered=decided is not None)
    if not any(map(live, approval.after("CONCERNS", "Model"))):
        request.promised = []
    return request


def holders(approval):
    """The teams before which it lies, and those of the persons before whom it does."""
    found = set()
    for who in deciders(approval):
        teams = {who} if who.label == "Team" else teams_of(who)
        found |= {each for each in teams if each is who or each.get("kind") != "committee"}
    return filter(here, found)


def is_slower(own, others, times_slower):
    """Whether its own wait there longer than all others, and so many times as long."""
    theirs = median(others)
    mine = median(own)
    if mine is None:
        mine = max(each.days for each in own)
    return theirs is not None and mine > theirs and mine >= times_slower * theirs


def median(requests):
    """The days within which half are answered, those that still wait kept in; None if never."""
    left = Fraction(1)
    for day in sorted({each.days for each in requests if each.answered}):
        asked_so_long = sum(each.days >= day for each in requests)
        answered = sum(each.days == day and each.answered for each in requests)
        left *= 1 - Fraction(answered, asked_so_long)
        if left <= Fraction(1, 2):
            return day
    return None


def rings(holds):
    """Every ring of two to four, its first by id first."""
    for start in list(holds):
        ways = [[start]]
        for _ in range(LONGEST):
            ways = [[*way, on] for way in ways for on in holds.get(way[-1], ())]
            for way in ways:
                if way[-1] is start and len(way) > 2:
                    yield way[:-1]
            ways = [way for way in ways if way[-1].id > start.id and way[-1] not in way[:-1]]
