"""Small workflows for tests, and every assignment there could be, tried one after the other."""

from __future__ import annotations

from itertools import combinations, permutations, product

from hypothesis import strategies as st

from ownership_graph.assignments import Step, Voice, Way, Workflow


def step(own_id, people="", *bodies, wanted=1, lent=()):
    """A step for single people; `lent` are pairs of a deputy and whose right it is.

    A body is a text such as `2:abc`: two of those three.
    """
    voices = {Voice(each, each) for each in people} | {Voice(*each) for each in lent}
    ways = [Way(wanted, frozenset(voices))]
    for body in bodies:
        quorum, _, members = body.partition(":")
        ways.append(Way(int(quorum), frozenset(Voice(each, each) for each in members), body))
    return Step(own_id, tuple(ways))


def pairs(*texts):
    """`pairs("xy", "yz")`: rules that tie x and y, and y and z."""
    return frozenset(frozenset(text) for text in texts)


def workflow(*steps, separate=(), same=(), **done):
    return Workflow(
        steps,
        pairs(*separate),
        pairs(*same),
        {own_id: frozenset(who) for own_id, who in done.items()},
    )


def groups_of(each):
    """Every group that can take the step: the people, not by whose right."""
    return {
        frozenset(group)
        for way in each.ways
        for group in combinations(sorted(way.people), way.wanted)
        if any(
            all(Voice(*voice) in way.voices for voice in zip(group, rights, strict=True))
            for rights in permutations(sorted({voice.right for voice in way.voices}), way.wanted)
        )
    }


def tied(ids, same):
    """Every two that the same must take, directly or by way of others."""
    reach = {(a, b) for pair in same for a in pair for b in pair if {a, b} <= ids}
    while more := {(a, d) for a, b in reach for c, d in reach if b == c} - reach:
        reach |= more
    return reach


def keeps_rules(flow, taken):
    """Whether the groups by step keep every rule, with those of the steps that are done."""
    groups = {**flow.done, **taken}
    for pair in flow.separate:
        if pair <= groups.keys() and not pair <= flow.done.keys():
            one, two = pair
            if groups[one] & groups[two]:
                return False
    return all(
        groups[a] <= groups[b] or groups[b] <= groups[a]
        for a, b in tied({*groups}, flow.same)
        if not {a, b} <= flow.done.keys()
    )


def every_plan(flow):
    """Every assignment that keeps the rules, as groups by step."""
    ids = [each.id for each in flow.steps]
    for groups in product(*(groups_of(each) for each in flow.steps)):
        taken = dict(zip(ids, groups, strict=True))
        if keeps_rules(flow, taken):
            yield taken


def can_be_shared_out(flow):
    return next(every_plan(flow), None) is not None


PEOPLE = "abcd"
IDS = "uvwx"
DONE = "yz"


@st.composite
def workflows(draw):
    people = st.sets(st.sampled_from(PEOPLE), max_size=4)
    steps = []
    for own_id in IDS[: draw(st.integers(1, 4))]:
        lent = draw(
            st.sets(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE)), max_size=2)
        )
        seats = draw(people)
        bodies = [f"{draw(st.integers(1, 2))}:{''.join(sorted(seats))}"] if seats else []
        steps.append(
            step(
                own_id,
                draw(people),
                *bodies,
                wanted=draw(st.sampled_from([1, 1, 1, 2])),
                lent=lent,
            )
        )
    rules = st.sets(
        st.tuples(st.sampled_from(IDS + DONE), st.sampled_from(IDS + DONE))
        .filter(lambda pair: pair[0] != pair[1])
        .map(lambda pair: "".join(sorted(pair))),
        max_size=4,
    )
    done = {own_id: draw(people) for own_id in DONE if draw(st.booleans())}
    return workflow(*steps, separate=draw(rules), same=draw(rules), **done)
