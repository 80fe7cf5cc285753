import pytest
from msgspec.structs import replace

from ownership_graph.loading.runs import same_as_before
from ownership_graph.records import ImportRun

LAST = ImportRun(
    "hr#4", 4, "hr", "tables", "2026-01-01T00:00:00Z", state="done", checksum="c", version="1"
)
NOW = ImportRun("hr#9", 9, "hr", "tables", "2026-01-02T00:00:00Z", checksum="c", version="1")
OTHER = ImportRun("cmdb#5", 5, "cmdb", "tables", "2026-01-01T00:00:00Z", state="done")


@pytest.mark.parametrize(
    ("past", "same"),
    [
        ([], False),
        ([OTHER], False),
        ([LAST], True),
        ([LAST, OTHER], True),
        ([LAST, replace(LAST, seq=5, state="failed", checksum="")], True),
        ([replace(LAST, seq=3), replace(LAST, checksum="d")], False),
        ([replace(LAST, state="undone")], False),
        ([replace(LAST, state="applying")], False),
        ([replace(LAST, rows_rejected=1)], False),
        ([replace(LAST, version="0")], False),
        ([LAST, replace(OTHER, kind="identities")], False),
        ([LAST, replace(OTHER, kind="undo")], False),
        ([replace(OTHER, seq=3, kind="undo"), LAST], True),
    ],
)
def test_a_source_states_what_it_did_only_if_its_last_run_read_the_same(past, same):
    assert same_as_before(past, NOW) == (LAST if same else None)


def test_rejected_rows_are_always_looked_at_anew():
    assert same_as_before([LAST], replace(NOW, rows_rejected=1)) is None
