"""The oracle's rules of who is needed: somebody is sent away, and who is left is asked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from oracle.centralisation import in_force as holds
from oracle.centralisation import is_committee
from oracle.granted import deciders, here, in_force, people_of
from oracle.rules import rule

MAILBOXES = {"shared_mailbox", "service"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who decides as one: so many of these people; nobody in person where none is needed."""

    people: frozenset
    needed: int = 1

    def able(self, away=frozenset()):
        return len(self.people - away) >= self.needed


NOBODY = Voice(frozenset())
"""A voice of somebody who has gone."""

UNKNOWN = Voice(frozenset(), needed=0)
"""A mailbox, or a body whose members nobody wrote down."""


def is_human(person):
    return person.get("kind") not in MAILBOXES


def voice_of(who):
    """The people behind a person or team who decides."""
    if not here(who):
        return NOBODY
    if who.label == "Person":
        return Voice(frozenset({who})) if is_human(who) else UNKNOWN
    members = set(filter(is_human, people_of(who)))
    if not members:
        return UNKNOWN
    return Voice(frozenset(filter(here, members)), max(who.get("quorum", 1), 1))


@rule("CEN-07")
def few_must_leave(graph, today, max_people=2, min_decisions=20, recent_days=365):
    """One after the other leaves who still covers most, the first by id, while half is covered."""
    made = [
        [voice_of(who) for who in deciders(each)]
        for each in graph.all("Approval")
        if is_made(each, today, recent_days) and deciders(each)
    ]
    if not made or len(made) < min_decisions:
        return set()
    gone = frozenset()
    while 2 * covered(made, gone) >= len(made) and len(gone) <= max_people:
        weight = Counter()
        for voices in made:
            able = [each for each in voices if each.able(gone)]
            if all(each.needed for each in able):
                weight.update(set().union(*(each.people for each in able)) - gone)
        if not weight:
            return set()
        top = max(weight.values())
        gone |= {min((who for who in weight if weight[who] == top), key=lambda who: who.id)}
    return {()} if len(gone) <= max_people else set()


def is_made(approval, today, recent_days):
    """Whether it was decided of late, at no gate that is retired."""
    day = approval.get("decided_day")
    return (
        day is not None
        and today - recent_days <= day <= today
        and approval.get("status") not in {"pending", "returned", "withdrawn"}
        and all(
            each.get("retired_day", today + 1) > today for each in approval.after("AT", "Gate")
        )
    )


def covered(made, gone):
    return sum(any(each.able(gone) for each in voices) for voices in made)


@rule("CEN-08")
def on_every_path(graph, today, min_models=1):
    """Those without whom a gate that can be passed cannot."""
    tiers = [
        model.get("risk_tier", 0)
        for model in graph.all("Model")
        if model.get("stage") in {"experiment", "pilot"}
    ]
    stopped = Counter()
    for gate in graph.all("Gate"):
        lowest = gate.get("min_tier")
        if lowest is None or gate.get("applies_when") is not None or not holds(gate, today):
            continue
        singles, bodies = routes(gate)
        everyone = set(singles.people).union(*(each.people for each in bodies))
        if passable(singles, bodies, frozenset()):
            for who in everyone:
                alone = frozenset({who})
                if not has_deputy(who, gate, today) and not passable(singles, bodies, alone):
                    models = sum(tier >= lowest for tier in tiers)
                    stopped[who] = max(stopped[who], models)
    return {(who.id,) for who, models in stopped.items() if models >= min_models}


def routes(gate):
    """The single people of whom the gate wants some, and the bodies that decide as one."""
    recused = set(gate.before("RECUSED_FROM", "Person"))
    single, bodies = set(), []
    for who in gate.before("CAN_DECIDE"):
        if not here(who) or who in recused:
            continue
        if who.label == "Person":
            bodies += [] if is_human(who) else [UNKNOWN]
            single |= {who} if is_human(who) else set()
            continue
        present = frozenset(filter(here, people_of(who))) - recused
        if not people_of(who):
            bodies.append(UNKNOWN)
        elif is_committee(who):
            bodies.append(Voice(present, max(who.get("quorum", 1), 1)))
        else:
            single |= present
    return Voice(frozenset(single), max(gate.get("quorum", 1), 1)), bodies


def passable(singles, bodies, away):
    return any(each.able(away) for each in (singles, *bodies))


def has_deputy(who, gate, today):
    """Whether somebody else, who is here and not recused, may decide in the person's place."""
    return any(
        tie.end is not who
        and here(tie.end)
        and tie.get("scope", "*") in {"*", gate.id}
        and in_force(tie, today)
        and gate not in tie.end.after("RECUSED_FROM", "Gate")
        for tie in who.out("DELEGATES_TO", "Person")
    )
