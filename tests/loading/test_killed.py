"""Imports that are killed at any moment, and the next ones, which set all right."""

from __future__ import annotations

import random
import signal

import pytest
from loading.forking import import_folder, opened
from loading.interrupting import without_runs, write_others, write_tables

from ownership_graph.stores.neo4j import AT_ONCE

KILLS = {"embedded": 35, "neo4j": 5}
"""How many imports into each kind of store are cut short in each part, at the least."""


@pytest.mark.no_cover  # a hundred times over what others run once
@pytest.mark.parametrize("part", range(5))
def test_an_import_that_is_killed_is_set_right_by_the_next(imports, place, part, tmp_path):
    versions = [write_tables(tmp_path / f"v{version}", version) for version in (0, 1)]
    others = write_others(tmp_path / "others")
    expected = [uninterrupted(tmp_path, version, others) for version in versions]
    with imports.opened() as store:
        import_folder(store, others, source="others")
    assert imports.bring(versions[0]) == 0
    dice, longest, turn, cut_short, half_done = random.Random(f"{place.kind}-{part}"), 1.0, 0, 0, 0

    # On a server some must be killed between two of their transactions.
    while cut_short < KILLS[place.kind] or not (half_done or place.kind == "embedded"):
        turn += 1
        assert turn < 10 * KILLS[place.kind]
        ended = imports.bring(versions[turn % 2], killed_after=dice.uniform(0, longest))
        cut_short += ended == signal.SIGKILL
        longest *= 1.05 if ended else 0.9  # so that about every third import ends before

        with imports.opened() as store:
            half_done += any(run.state == "applying" for run in store.runs())
            import_folder(store, versions[turn % 2])
            assert without_runs([*store.facts(), *store.held()]) == expected[turn % 2]
            runs = store.runs()
            assert {run.state for run in runs} <= {"done", "failed"}
            assert [run.seq for run in runs] == sorted({run.seq for run in runs})


def uninterrupted(folder, version, others):
    """The facts of two imports that nothing disturbed."""
    with opened(str(folder / f"{version.name}.kgl"), "", "", AT_ONCE) as store:
        import_folder(store, others, source="others")
        import_folder(store, version)
        return without_runs([*store.facts(), *store.held()])
