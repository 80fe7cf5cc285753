"""Who reads while another process imports."""

from __future__ import annotations

import threading

from loading.forking import import_folder
from loading.interrupting import without_runs, write_tables

TURNS = 12


def writing(imports, versions, turns):
    """A thread in whose other process one version after the other is imported."""

    def work():
        for turn in range(1, turns + 1):
            assert imports.bring(versions[turn % 2]) == 0

    thread = threading.Thread(target=work)
    thread.start()
    return thread


def seen_by(store):
    """The facts, and the runs before and after they were read."""
    before = [(run.id, run.state) for run in store.runs()]
    facts = without_runs(store.facts())
    return before, facts, [(run.id, run.state) for run in store.runs()]


def test_a_reader_sees_whole_imports_or_a_run_that_is_applying(imports, place, tmp_path):
    versions = [write_tables(tmp_path / f"v{version}", version) for version in (0, 1)]
    whole = []
    with imports.opened() as store:
        for version in (1, 0):
            import_folder(store, versions[version])
            whole.append(without_runs(store.facts()))
    seen, half = 0, 0

    thread = writing(imports, versions, TURNS)
    try:
        while thread.is_alive():
            # On a server the reader reads label by label, so that one run may end in between.
            with imports.opened() as store:
                before, facts, after = seen_by(store)
            seen += 1
            if facts not in whole:
                half += 1
                assert place.kind != "embedded"
                assert before != after or "applying" in {state for _, state in (*before, *after)}
    finally:
        thread.join()

    assert seen > TURNS / 2
    if place.kind != "embedded":
        assert half  # the reader did look while an import was being written
