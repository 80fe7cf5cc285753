from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.rights_of_owners import GIVES, KINDS, measure

TEAMS = {"board": [], "dept": ["board"], "t1": ["dept", "board"], "t2": ["dept", "board"]}
"""Each team with those above it."""
PEOPLE = {"boss": ["board"], "p1": ["t1"], "p2": ["t2"], "stray": []}
"""Each person with its teams."""
WHO = [*TEAMS, *PEOPLE]


def facts(who):
    teams = PEOPLE.get(who, [])
    above = TEAMS.get(who, [])
    return {
        "person": who in PEOPLE,
        "teams": teams,
        "above": [*above, *(up for team in teams for up in TEAMS[team])],
    }


def owner(who, *models):
    return {"part": "owner", "id": who, "facts": {**facts(who), "models": list(models)}}


def right(own_id, kind, holders, over=None, deputies=()):
    said = {"kind": kind, "everywhere": over is None, "over": list(over or ())}
    held = {"holders": list(holders), "deputies": list(deputies)}
    return {"part": "right", "id": own_id, "facts": {**said, **held}}


HOLDERS = [{"part": "holder", "id": who, "facts": facts(who)} for who in WHO]


def lacks(*rows):
    return {row["owner"]: row["lacks"] for row in measure([*rows, *HOLDERS], {})}


def test_a_row_says_what_is_lacking_who_has_it_and_over_what():
    rows = [
        right("r1", "stop", ["t2"]),
        right("r2", "retire", [], over=["m2"]),
        owner("t1", "m1", "m2"),
        owner("p2", "m3"),
    ]
    [first] = measure([*rows, *HOLDERS], {})
    assert tuple(first) == GIVES
    assert first == {
        "owner": "t1",
        "lacks": ["stop", "retire"],
        "held_by": ["t2"],
        "models": 2,
        "for_example": ["m1", "m2"],
    }


def test_who_answers_for_most_comes_first_and_at_most_ten_are_shown():
    many = [f"m{number:02}" for number in range(12)]
    rows = [right("r", "stop", ["t2"]), owner("p1", "m"), owner("t1", *many), *HOLDERS]
    found = measure(rows, {})
    assert [(row["owner"], row["models"]) for row in found] == [("t1", 12), ("p1", 1)]
    assert found[0]["for_example"] == many[:10]


def test_a_deputy_holds_what_was_delegated():
    assert lacks(right("r", "stop", ["boss"]), owner("t1", "m")) == {"t1": ["stop"]}
    assert lacks(right("r", "stop", ["boss"], deputies=["p1"]), owner("t1", "m")) == {}


def in_line(who, holder):
    """Whether a right of the holder is the owner's, or might be: read off the two tables."""
    if who == holder:
        return True
    if who in TEAMS and holder in TEAMS:
        return holder in TEAMS[who] or who in TEAMS[holder]
    if who in TEAMS:
        return not PEOPLE[holder] or any(who in (t, *TEAMS[t]) for t in PEOPLE[holder])
    if holder in TEAMS:
        return not PEOPLE[who] or any(holder in (t, *TEAMS[t]) for t in PEOPLE[who])
    return False


MODELS = ("m1", "m2")
RIGHTS = st.lists(
    st.tuples(
        st.sampled_from(KINDS),
        st.lists(st.sampled_from(WHO), unique=True, max_size=3),
        st.none() | st.lists(st.sampled_from(MODELS), unique=True, max_size=2),
    ),
    max_size=6,
)


@given(rights=RIGHTS, who=st.sampled_from(WHO))
def test_it_is_what_asking_each_holder_for_each_model_says(rights, who):
    wanted = set()
    for kind in KINDS:
        for model in MODELS:
            there = [
                holders
                for each, holders, over in rights
                if each == kind and (over is None or model in over)
            ]
            held = [holder for holders in there for holder in holders]
            if there and not any(in_line(who, holder) for holder in held):
                wanted.add(kind)
    rows = [right(str(number), *each) for number, each in enumerate(rights)]
    assert set(lacks(*rows, owner(who, *MODELS)).get(who, ())) == wanted
