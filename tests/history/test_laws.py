"""Whatever was imported in whatever order: the past is what it was, and an undo leads back."""

from contextlib import suppress

from days_of_imports import Days, facts_of, said_in
from graph_of_facts import RECORDS
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ownership_graph.errors import HistoryError, UsageError
from ownership_graph.history import as_of, undo
from ownership_graph.records import ABSENT
from ownership_graph.stores import open_store

SOURCES = ("manual", "hr", "inventory")


@st.composite
def steps(draw):
    """Imports of three sources, of which the first also says no, with undos in between."""
    found = []
    for _ in range(draw(st.integers(2, 6))):
        source = draw(st.sampled_from(SOURCES))
        if found and not draw(st.integers(0, 3)):
            found.append((source, None, ""))
            continue
        records = draw(RECORDS)
        if source == "manual":
            said_no = draw(st.sets(st.integers(0, 12)))
            records = [
                replace(each, properties={**each.properties, ABSENT: True})
                if place in said_no
                else each
                for place, each in enumerate(records)
            ]
        found.append((source, records, draw(st.sampled_from(["full", "full", "delta"]))))
    return found


def told(store):
    """All that a store tells: facts, what each source states, and runs."""
    stated = {source: store.stated(source) for source in SOURCES}
    return facts_of(store), stated, store.runs()


def carry_out(days, step):
    """One step; an undo of the newest run of a source, where there is one to be taken back."""
    source, records, mode = step
    if records is not None:
        days.bring(*records, source=source, mode=mode)
    else:
        with suppress(HistoryError, UsageError):
            undo(days.store, source, now=days.now)


@given(steps=steps())
@settings(max_examples=60, deadline=None)
def test_the_past_is_what_it_was(steps, tmp_path_factory):
    with open_store(str(tmp_path_factory.mktemp("law") / "graph.kgl")) as store:
        days, seen = Days(store), {}
        for step in steps:
            carry_out(days, step)
            seen[store.runs()[-1].seq] = told(store)

        for seq, then in seen.items():
            with as_of(store, seq) as past:
                assert told(past) == then


@given(steps=steps(), last=steps())
@settings(max_examples=60, deadline=None)
def test_an_undo_leads_back_and_its_undo_forth(steps, last, tmp_path_factory):
    with open_store(str(tmp_path_factory.mktemp("law") / "graph.kgl")) as store:
        days = Days(store)
        for step in steps:
            carry_out(days, step)
        before = said_in(store), told(store)[1]
        source, records, mode = last[0]
        run = days.bring(*records, source=source, mode=mode)
        after = said_in(store), told(store)[1]

        undone = undo(store, run.id, now=days.now)

        assert (said_in(store), told(store)[1]) == before
        undo(store, undone.run.id, now=days.now)
        assert (said_in(store), told(store)[1]) == after
