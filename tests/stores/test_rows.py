"""Facts, runs and changes on their way into a store and out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import StoreError
from ownership_graph.records import Before, Change, Fact, ImportRun, node_key, relationship_key
from ownership_graph.stores.rows import (
    change_from_row,
    change_row,
    fact_from_row,
    finding_from_row,
    grouped,
    grouped_keys,
    held_from_row,
    run_from_row,
    run_row,
)

VALUES = st.one_of(
    st.text(max_size=5), st.integers(-(2**63), 2**63 - 1), st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False), st.lists(st.text(max_size=5), max_size=3),
)  # fmt: skip
PROPERTIES = st.dictionaries(st.sampled_from(["own", "id_", "name ", "x"]), VALUES)
NAMES = st.lists(st.text(min_size=1, max_size=5), max_size=3, unique=True).map(tuple)
FACTS = st.builds(
    Fact,
    key=st.one_of(
        st.builds(node_key, st.just("Team"), st.text(max_size=5)),
        st.builds(
            relationship_key, st.just("OWNS"), st.just("Team"), st.text(max_size=5),
            st.just("Model"), st.text(max_size=5), st.tuples(st.text(max_size=5)),
        ),
    ),
    properties=PROPERTIES,
    sources=NAMES,
    hashes=NAMES,
    claims=st.dictionaries(st.text(max_size=5), PROPERTIES, max_size=2),
    disputed=NAMES,
    added_run=st.integers(0, 99),
    run=st.integers(0, 99),
    first_seen_day=st.integers(0, 99_999),
)  # fmt: skip


@given(FACTS)
def test_a_fact_comes_back_from_its_row(fact):
    rows = grouped([fact])
    for listed in rows.nodes.values():
        assert [fact_from_row(row["properties"], row["id"]) for row in listed] == [fact]
    for listed in rows.relationships.values():
        assert [fact_from_row(row["properties"]) for row in listed] == [fact]
    assert len(rows.nodes) + len(rows.relationships) == 1


def test_rows_are_grouped_by_what_one_statement_can_write():
    keys = [
        node_key("Team", "t1"),
        relationship_key("OWNS", "Team", "t1", "Model", "m1"),
        relationship_key("OWNS", "Person", "p1", "Model", "m1"),
        node_key("Team", "t2"),
    ]
    rows = grouped_keys(keys)
    assert rows.nodes == {"Team": [{"key": keys[0], "id": "t1"}, {"key": keys[3], "id": "t2"}]}
    assert rows.relationships == {
        ("OWNS", "Team", "Model"): [{"key": keys[1], "from_id": "t1", "to_id": "m1"}],
        ("OWNS", "Person", "Model"): [{"key": keys[2], "from_id": "p1", "to_id": "m1"}],
    }
    assert grouped(Fact(key) for key in keys).nodes.keys() == rows.nodes.keys()


def test_a_run_and_a_change_come_back_from_their_rows():
    run = ImportRun("r1", 1, "hr", "tables", "2026-01-01T00:00:00Z", provides=("OWNS",))
    row = run_row(run)
    assert run_from_row({"id": row["id"], **row["properties"]}) == run
    change = Change(1, node_key("Team", "t1"), Before(gone=True, properties={"x": None}))
    assert change_from_row(change_row(change)["properties"]) == change


@pytest.mark.parametrize(
    ("read", "row"),
    [
        (fact_from_row, {"key": "k", "added_run": "one"}),
        (fact_from_row, {"key": "k", "claims": "{"}),
        (run_from_row, {"id": "k", "seq": None}),
        (change_from_row, {"key": "k", "seq": 1, "before": "{"}),
        (change_from_row, {"key": "k"}),
        (finding_from_row, {"id": "k", "state": "odd"}),
        (held_from_row, {"id": "k", "fact": "{"}),
        (held_from_row, {"id": "k"}),
    ],
)
def test_what_something_else_altered_is_told(read, row):
    with pytest.raises(StoreError, match=r"reading the (held fact|\w+) k .*altered it"):
        read(row)
