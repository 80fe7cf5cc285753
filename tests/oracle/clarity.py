"""The oracle's rules of clarity: how much is written down, and whether all say the same."""

from __future__ import annotations

from itertools import combinations

from oracle.granted import (
    accountable,
    decides,
    here,
    in_force,
    is_same,
    line_above,
    live,
    same_part,
    teams_of,
)
from oracle.rules import rule

UNKNOWN = "unknown"


@rule("CLR-01")
def clarity_score(graph, today, max_clear=4, min_confidence=0.5):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model) and model.get("stage") != "idea" and model.described
        if how_clear(model, today, min_confidence) <= max_clear
    }


def how_clear(model, today, min_confidence):
    judged = [model, *model.after("SERVES", "UseCase")]
    bars = [tie for each in judged for tie in each.out("JUDGED_BY", "Criterion")]
    trade_offs = [each for it in judged for each in it.before("COVERS", "TradeOff")]
    return sum((
        one_line_answers(model, min_confidence),
        any(each.get("status") == "agreed" and in_force(each, today) for each in bars),
        any(each.get("status", "agreed") == "agreed" for each in trade_offs),
        len(judged) > 1,
    ))  # fmt: skip


def one_line_answers(model, min_confidence):
    """Whether somebody who is here answers for it, and all who do so for one part are one line."""
    claims = [each for each in accountable(model, min_confidence) if here(each.start)]
    return bool(claims) and all(
        in_one_line(one.start, two.start) or not same_part(one.get("scope"), two.get("scope"))
        for one, two in combinations(claims, 2)
    )


def in_one_line(one, two):
    """Whether one is the other, or a team of the one is in a line with a team of the other."""
    ours, theirs = ({each} if each.label == "Team" else teams_of(each) for each in (one, two))
    return one is two or any(
        mine in line_above(yours) or yours in line_above(mine) for mine in ours for yours in theirs
    )


@rule("CLR-02")
def described_differently(graph, today, min_answers=2):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model)
        if any(how_many(answers) >= max(min_answers, 2) for answers in asked(graph, model, today))
    }


def asked(graph, model, today):
    """For each thing asked about the model, by source, the set of all it answers."""
    for name in ("stage", "risk_tier", "autonomy"):
        yield values(model, name)
    who = {each.id: each for each in graph.all("Team", "Person")}
    deciders = values(model, "next_decided_by")
    yield {source: {who.get(each, each) for each in said} for source, said in deciders.items()}
    for bar in model.out("JUDGED_BY", "Criterion"):
        if in_force(bar, today) and bar.get("status") != "superseded":
            yield from (values(bar.end, name) for name in ("metric", "direction", "threshold"))
    yield names(model.out("SERVES"), lambda tie: tie.end)
    claims = accountable(model)
    for part in {each.get("scope") for each in claims}:
        # Who answers for all of it answers for each part.
        its = [each for each in claims if each.get("scope") in {part, None}]
        yield names(its, lambda tie: tie.start)
    for approval in model.before("CONCERNS", "Approval"):
        if approval.get("status") == "pending":
            asked_ = [each for each in approval.out("DECIDED_BY") if decides(each)]
            yield names(asked_, lambda tie: tie.end)


def values(fact, name):
    stated = {source: properties.get(name) for source, properties in fact.said}
    return {source: {value} for source, value in stated.items() if value not in {None, UNKNOWN}}


def names(ties, named):
    found = {}
    for tie in ties:
        for source, _ in tie.said:
            found.setdefault(source, set()).add(named(tie))
    return found


def how_many(answers):
    """The most answers of which each two differ: each says something that the other does not."""
    different = {frozenset(each) for each in answers.values()}
    best = min(len(different), 1)
    for size in range(2, len(different) + 1):
        if any(
            all(differ(one, two) for one, two in combinations(some, 2))
            for some in combinations(different, size)
        ):
            best = size
    return best


def differ(one, two):
    return says_more(one, two) and says_more(two, one)


def says_more(one, two):
    return any(not any(is_same(mine, yours) for yours in two) for mine in one)
