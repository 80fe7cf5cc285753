"""CEN-07: the truck factor of decisions, against trying all groups of people."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.measures.few_must_leave import GIVES, TAKES, measure

PARAMETERS = {"max_people": 99, "min_decisions": 1}


def voice(name, decided="", *, people=None, needed=1, entitled=""):
    """A voice with the decisions that it made, a letter each, all at the gate g."""
    row = {
        "voice": name,
        "decided": [{"request": each, "gate": "g", "quorum": None} for each in decided],
        "entitled": list(entitled),
        "people": [name] if people is None else list(people),
        "needed": needed,
    }
    assert tuple(row) == TAKES
    return row


def found(*rows, **parameters):
    rows = measure(rows, PARAMETERS | parameters)
    assert all(tuple(each) == GIVES for each in rows)
    return rows[0] if rows else None


def test_authors_of_files_as_avelino_counts_them():
    """Avelino and others 2016, section II: the one with most files goes first, until less than
    half of the files has an author. Of ten files a wrote five, b four (two with a), c three (one
    with b); without a seven are left, without a and b two."""
    answer = found(voice("a", "01234"), voice("b", "3456"), voice("c", "678"), voice("d", "9"))

    assert (answer["must_leave"], answer["people"], answer["undecided"]) == (2, ["a", "b"], 6)


def test_half_is_still_half():
    rows = [voice(name, str(at)) for at, name in enumerate("abcd")]

    assert found(*rows)["must_leave"] == 3


def test_where_two_cover_as_much_the_first_by_id_leaves():
    assert found(voice("b", "012"), voice("a", "345"))["people"] == ["a", "b"]
    assert found(voice("b", "012"), voice("a", "345"), voice("c", "6"))["people"] == ["a", "b"]


def test_a_threshold_is_a_number_that_is_still_too_few():
    rows = [voice("a", "01"), voice("b", "2")]

    assert found(*rows, max_people=1)
    assert found(*rows, max_people=0) is None
    assert found(*rows, min_decisions=3)
    assert found(*rows, min_decisions=4) is None


def test_what_stays_decided_whoever_leaves():
    rows = [voice("box", "01", people="", needed=0), voice("a", "0123")]

    assert found(*rows) is None
    assert found(*rows, voice("b", "45"), voice("c", "6"))["must_leave"] == 2


PEOPLE = "abcdef"
VOICES = st.tuples(
    st.frozensets(st.sampled_from(PEOPLE), max_size=4),
    st.integers(0, 3),
    st.frozensets(st.sampled_from("0123456789"), max_size=5),
    st.booleans(),
)


@st.composite
def organisations(draw):
    return [
        voice(f"v{at}", sorted(decided), people=sorted(people), needed=needed,
              entitled="g" if entitled else "")
        for at, (people, needed, decided, entitled) in enumerate(
            draw(st.lists(VOICES, max_size=6))
        )
    ]  # fmt: skip


def undecided(rows, gone, *, entitled=False):
    """How many decisions nobody is left for."""
    able = [len({*row["people"]} - {*gone}) >= row["needed"] for row in rows]
    asked = {each["request"] for row in rows for each in row["decided"]}
    return sum(
        not any(
            fit and ((entitled and row["entitled"]) or request in requests(row))
            for fit, row in zip(able, rows, strict=True)
        )
        for request in asked
    )


def requests(row):
    return {each["request"] for each in row["decided"]}


def smallest(rows, **more):
    """The size of the smallest group without which less than half is decided."""
    total = len({request for row in rows for request in requests(row)})
    return next(
        (
            size
            for size in range(len(PEOPLE) + 1)
            if any(
                2 * (total - undecided(rows, gone, **more)) < total
                for gone in combinations(PEOPLE, size)
            )
        ),
        None,
    )


@given(organisations())
def test_those_who_leave_are_enough_and_never_fewer_than_the_fewest(rows):
    answer = found(*rows)
    total = len({request for row in rows for request in requests(row)})
    fewest = smallest(rows)

    assert (answer is None) == (fewest is None or not total)
    if answer:
        assert answer["decisions"] == total
        assert answer["undecided"] == undecided(rows, answer["people"])
        assert 2 * (total - answer["undecided"]) < total
        assert answer["must_leave"] == len(answer["people"]) >= fewest
        on_paper = smallest(rows, entitled=True)
        assert (answer["on_paper"] is None) == (on_paper is None)
        assert on_paper is None or answer["on_paper"] >= on_paper
        assert answer["deciders"] == len(
            {who for row in rows if row["decided"] for who in row["people"]}
        )


@given(st.dictionaries(st.sampled_from(PEOPLE), st.integers(1, 5), min_size=1))
def test_where_each_decision_is_one_persons_it_is_exact(made):
    number = iter(range(100))
    rows = [voice(who, [str(next(number)) for _ in range(count)]) for who, count in made.items()]

    assert found(*rows)["must_leave"] == smallest(rows)


@given(organisations(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    shuffled = [*rows]
    random.shuffle(shuffled)

    assert measure(shuffled, PARAMETERS) == measure(rows, PARAMETERS)


def test_many_decisions_are_reckoned_quickly():
    """Fifty thousand decisions of three hundred people; a quarter of a second when written."""
    rows = [
        voice(f"p{at}", [str(number) for number in range(at, 50_000, 300)]) for at in range(300)
    ]

    assert found(*rows, max_people=200)["must_leave"] == 150
