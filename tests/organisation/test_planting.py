from __future__ import annotations

import csv
from collections import Counter

import pytest
from organisation.planted_graphs import TODAY, false_alarms, found_in, known_of, missed

from ownership_graph.organisation import (
    Planted,
    copies,
    organisation,
    planted,
    planting,
    write_truth,
)
from ownership_graph.records import Node
from ownership_graph.stores import open_store


@pytest.fixture(scope="module")
def islands(tmp_path_factory):
    """What is found where nothing but islands is there, three copies of each."""
    folder = tmp_path_factory.mktemp("islands")
    with open_store(str(folder / "graph.kgl")) as store:
        return found_in(store, planting.facts(today=TODAY, seed=3, defects=3), folder / "tables")


@pytest.mark.parametrize("code", sorted({plot.code for plot in planting.PLOTS}))
def test_where_nothing_but_islands_is_what_was_planted_is_found_and_nothing_else(islands, code):
    defects, _ = known_of(planted(today=TODAY, seed=3, defects=3))
    assert islands[code] == defects[code]


def test_every_defect_is_found_among_others_and_no_near_miss(store, tmp_path):
    records = organisation(today=TODAY, size=1_000, defects=1)
    found = found_in(store, records, tmp_path / "tables")
    defects, near_misses = known_of(planted(today=TODAY, size=1_000, defects=1))
    assert missed(found, defects) == {}
    assert false_alarms(found, near_misses) == {}


def test_so_it_is_in_a_larger_one(embedded_store, tmp_path):
    records = organisation(today=TODAY, seed=11, size=10_000, defects=None)
    found = found_in(embedded_store, records, tmp_path / "tables")
    defects, near_misses = known_of(planted(today=TODAY, seed=11, size=10_000))
    assert missed(found, defects) == {}
    assert false_alarms(found, near_misses) == {}


def test_each_island_has_ids_of_its_own():
    nodes = Counter(
        each.id
        for each in planting.facts(today=TODAY, seed=7, defects=2)
        if isinstance(each, Node)
    )
    assert max(nodes.values()) == 1


def test_what_is_known_says_why_in_a_sentence():
    for each in planted(today=TODAY, defects=1):
        assert each.why.endswith("."), each
        assert each.subject
        assert all(each.subject)


def test_what_is_known_is_written_beside_the_tables(tmp_path):
    counted = write_truth(tmp_path / "truth.csv", today=TODAY, seed=7, defects=2)
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [
        Planted(row["code"], row["what"], tuple(row["subject"].split(";")), row["why"])
        for row in rows
    ] == list(planted(today=TODAY, defects=2))
    assert counted == Counter(row["what"] for row in rows)


def test_only_what_was_asked_for_is_planted():
    assert {each.code for each in planted(today=TODAY, defects=1, codes=["OWN-03"])} == {"OWN-03"}
    assert copies(10_000, ["OWN-03"]) > copies(10_000)
    told = len(list(organisation(today=TODAY)))
    only = len(list(organisation(today=TODAY, defects=1, codes=["OWN-03"])))
    assert 20 < only - told < 80


def test_without_defects_nothing_is_planted():
    assert not list(planting.facts(today=TODAY, seed=7, defects=0))
    assert not list(planted(today=TODAY, defects=0))


def test_as_many_copies_are_planted_as_the_size_has_room_for():
    assert copies(1_000) == 0
    assert copies(10**6) > copies(10**4) == 1
    islands = sum(
        isinstance(each, Node)
        for each in planting.facts(today=TODAY, seed=7, defects=copies(10**5))
    )
    assert 5_000 < islands <= 10_000
    assert len(list(planted(today=TODAY, size=10**4))) == len(
        list(planted(today=TODAY, defects=copies(10**4)))
    )
