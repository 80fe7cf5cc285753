"""Why models cannot get through, and what would free them, in words that name no person."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ownership_graph.assignments import Change, Reason, Step
    from ownership_graph.assignments.changes import ChangeKind
    from ownership_graph.assignments.workflow import Pair, Workflow
    from ownership_graph.rights.passing import Out, Passing, Verdict
    from ownership_graph.rights.reading import Rights, Standing

NOT_KNOWN = "too many ways to share the gates out were tried without an end"

_OUTS: dict[Out, tuple[str, str]] = {
    "gone": ("has left", "have left"),
    "recused": ("is recused", "are recused"),
    "owner": ("belongs to the owner", "belong to the owner"),
    "away": ("is away", "are away"),
}


def why(passing: Passing, standing: Standing, verdict: Verdict) -> str:
    """Why there is no way through: the fewest gates and rules that cannot hold together."""
    if verdict.reason is None:
        return "" if verdict.solved.known else NOT_KNOWN
    reason, rights = verdict.reason, passing.rights
    steps = [step for step in verdict.workflow.steps if step.id in reason.steps]
    if len(steps) > 1:
        return _together(rights, reason, steps)
    [step] = steps
    done = sorted(each for pair in reason.separate | reason.same for each in pair - {step.id})
    if done:
        return _after(rights, reason, step.id, done)
    return f"nobody can decide at {_gate(rights, step.id)}: {short(passing, standing, step)}"


@dataclass(frozen=True, slots=True)
class Offer:
    """What would free the models, in `words`, at which gates and in which body.

    A kind is that of a `Change`, with as many `more` people; or `waive` where independence is
    given up; `several` is no single change.
    """

    words: str
    kind: ChangeKind | Literal["waive", "several"]
    gates: tuple[str, ...]
    more: int = 0
    body: str = ""


def changes(passing: Passing, verdict: Verdict) -> list[str]:
    """What would free the models: each alone, the gentlest first; else what is wanted together."""
    return [each.words for each in offers(passing, verdict)]


def offers(passing: Passing, verdict: Verdict) -> list[Offer]:
    """The same, with where it is to be done."""
    if verdict.reason is None:
        return []
    rights = passing.rights
    told = [
        Offer(_change(rights, each), each.kind, each.steps, each.more, each.body)
        for each in verdict.changes
    ]
    told += [
        Offer(f"do not ask for independence at {_gate(rights, each)}", "waive", (each,))
        for each in verdict.waived
    ]
    if told:
        return told
    if verdict.help:
        words = f"no single change: entitle one more each at {listed(rights, verdict.help)}"
        return [Offer(words, "several", verdict.help)]
    words = "no single change: several rights have to be written anew"
    return [Offer(words, "several", verdict.reason.steps)]


def rules(passing: Passing, workflow: Workflow) -> list[str]:
    """The rules that tie gates to each other, those that are passed included."""
    return [
        *_rules(passing.rights, workflow.separate, "different people"),
        *_rules(passing.rights, workflow.same, "the same person"),
    ]


def _change(rights: Rights, change: Change) -> str:
    gates = listed(rights, change.steps)
    if change.kind == "entitle":
        return f"entitle {_more(change.more)} at {gates}"
    if change.kind == "seat":
        body = rights.name(change.body)
        return f"take {_more(change.more)} into the {body}, which decides at {gates}"
    who = "the same person" if change.kind == "separate" else "different people"
    return f"let {who} decide at {gates}"


def _more(count: int) -> str:
    return "one more" if count == 1 else f"{count} more"


def short(passing: Passing, standing: Standing, step: Step) -> str:
    """Why too few are able at one gate alone."""
    rights = passing.rights
    single, *bodies = step.ways
    outs = passing.outs(standing, step.id)
    told = []
    for body in bodies:
        members = rights.entitled[body.body].members
        here = _counts(members, outs)
        told.append(f"the {rights.name(body.body)} decides with {body.wanted} members, and {here}")
    people = passing.open(step.id).single
    if people or not told:
        told.insert(0, _alone(single.wanted, people, outs))
    return "; ".join(told)


def _alone(wanted: int, people: Collection[str], outs: Mapping[str, Out]) -> str:
    """Of those who decide as single people, how many can and why not the others."""
    if not people:
        return "nobody is entitled"
    here = _counts(people, outs)
    return here if wanted == 1 else f"{wanted} must agree, and {here}"


def _counts(people: Collection[str], outs: Mapping[str, Out]) -> str:
    """`of 5 entitled 2 can: 2 have left, 1 is recused`."""
    numbers = {why: sum(outs.get(who) == why for who in people) for why in _OUTS}
    parts = [f"{n} {_OUTS[why][n > 1]}" for why, n in numbers.items() if n]
    able = len(people) - sum(numbers.values())
    told = f"of {len(people)} entitled {able or 'none'} can"
    return f"{told}: {', '.join(parts)}" if parts else told


def _after(rights: Rights, reason: Reason, gate: str, done: Iterable[str]) -> str:
    """Why a gate cannot be decided after those that are passed."""
    passed = listed(rights, done)
    if reason.separate:
        return (
            f"whoever decided at {passed} must not decide at {_gate(rights, gate)}, and nobody"
            " else can"
        )
    return f"whoever decided at {passed} must decide at {_gate(rights, gate)} as well, and cannot"


def _together(rights: Rights, reason: Reason, steps: Collection[Step]) -> str:
    """Why several gates cannot all be decided."""
    gates = listed(rights, (step.id for step in steps))
    people = {who for step in steps for way in step.ways for who in way.people}
    wanted = sum(step.wanted for step in steps)
    every = {frozenset(pair) for pair in combinations(reason.steps, 2)}
    alone = all(len(step.ways) == 1 for step in steps)
    if alone and reason.separate == every and not reason.same and len(people) < wanted:
        return f"different people must decide at {gates}: {wanted} are wanted, {_can(len(people))}"
    if reason.same == every and not reason.separate and not _shared(steps):
        return f"the same person must decide at {gates}, and nobody can decide at them all"
    tied = [
        *_rules(rights, reason.separate, "different people"),
        *_rules(rights, reason.same, "the same person"),
    ]
    able = (f"{_can(len(_able(step)))} at {_gate(rights, step.id)}" for step in steps)
    return f"{'; '.join(tied)}; {', '.join(able)}"


def _rules(rights: Rights, pairs: Collection[Pair], who: str) -> Iterator[str]:
    for pair in sorted(pairs, key=sorted):
        yield f"{who} must decide at {listed(rights, sorted(pair))}"


def _shared(steps: Iterable[Step]) -> frozenset[str]:
    """Who can decide at all of them."""
    first, *others = map(_able, steps)
    return first.intersection(*others)


def _able(step: Step) -> frozenset[str]:
    return frozenset[str]().union(*(way.people for way in step.ways))


def _can(count: int) -> str:
    return "nobody can" if count == 0 else f"{count} can"


def _gate(rights: Rights, own_id: str) -> str:
    return f"'{rights.name(own_id)}'"


def listed(rights: Rights, ids: Iterable[str]) -> str:
    """The names of gates, the last joined by an "and"."""
    *first, last = (_gate(rights, each) for each in ids)
    return f"{', '.join(first)} and {last}" if first else last
