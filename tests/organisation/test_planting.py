from __future__ import annotations

import csv
from collections import Counter

import pytest
from organisation.planted_graphs import TODAY, found_in, strangers

from ownership_graph.organisation import (
    CODES,
    Planted,
    Shape,
    alone,
    copies,
    organisation,
    planted,
    planting,
    seen,
    write_truth,
)
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import Node
from ownership_graph.stores import open_store

FINDINGS = {each.code for each in load_questions() if each.severity is not None}
TOGETHER = {"DEC-09": {("", ""), ("person:islands", "")}, "CEN-09": {()}}
"""What many islands bring about together, and none of them alone."""
SEED = 3
ALONE = {name: (facts, known) for name, facts, known in alone(today=TODAY, seed=SEED)}


def differences(found, truth):
    """What was planted and is not found, and what is found though it only looks like a fault."""
    missed, alarms = set(), set()
    for each in truth:
        if each.what == "defect":
            missed |= {(each.code, each.subject)} - {(each.code, one) for one in found[each.code]}
        else:
            long = len(each.subject)
            alarms |= {(each.code, one) for one in found[each.code] if one[:long] == each.subject}
    return missed, alarms


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """By code what is found once three copies of each island stand there, and was not before."""
    folder, found = tmp_path_factory.mktemp("islands"), []
    for defects in (0, 3):
        made = {"today": TODAY, "seed": SEED, "size": 1, "story": False, "defects": defects}
        with open_store(str(folder / f"{defects}.kgl")) as store:
            place = folder / str(defects)
            found.append(found_in(store, place, organisation(**made), seen(**made)))
    before, after = found
    return {code: after[code] - before[code] for code in after}


@pytest.mark.parametrize("code", sorted(FINDINGS))
def test_islands_add_what_was_planted_and_nothing_else(added, code):
    assert added[code] - TOGETHER.get(code, set()) == {
        each.subject
        for each in planted(today=TODAY, seed=SEED, defects=3, second=True)
        if (each.code, each.what) == (code, "defect")
    }


@pytest.mark.parametrize("name", ALONE)
def test_what_is_about_the_whole_is_found_where_it_stands_alone(embedded_store, tmp_path, name):
    facts, known = ALONE[name]
    codes = {each.code for each in known}
    found = found_in(embedded_store, tmp_path, facts, codes=codes)
    assert differences(found, known) == (set(), set())


def test_every_defect_is_found_among_others_and_no_near_miss(store, tmp_path):
    made = {"today": TODAY, "size": 1_000, "defects": 1}
    found = found_in(store, tmp_path, organisation(**made), seen(**made))
    assert differences(found, planted(**made, second=True)) == (set(), set())


@pytest.mark.parametrize("size", [1_000, 10_000])
def test_the_same_is_found_of_one_source_however_large_the_rest(embedded_store, tmp_path, size):
    found = found_in(
        embedded_store, tmp_path, organisation(today=TODAY, seed=11, size=size, defects=1)
    )
    assert differences(found, planted(today=TODAY, seed=11, defects=1)) == (set(), set())
    assert copies(10_000) == 1


def test_a_defect_and_a_near_miss_are_planted_for_every_question_that_finds():
    kinds = {(plot.code, plot.what) for plot in (*planting.PLOTS, *planting.ALONE)}
    assert {code for code, _ in kinds} == set(CODES)
    for what in ("defect", "near miss"):
        assert {code for code in FINDINGS if (code, what) not in kinds} == set()


def test_each_island_has_ids_of_its_own():
    nodes = Counter(
        each.id
        for grown in planting.islands(today=TODAY, seed=7, defects=2)
        for each in grown.facts
        if isinstance(each, Node)
    )
    assert max(nodes.values()) == 1


def test_only_for_one_question_are_there_names_that_nobody_describes():
    made = {"today": TODAY, "size": 1, "defects": 2}
    names = {own_id for _, own_id in strangers(organisation(**made))}
    told = {each.subject for each in planted(**made) if each.code == "OWN-11"}
    assert names == {each for (each,) in told if "stranger" in each}
    assert not strangers(organisation(today=TODAY, size=2_000))


def test_what_is_known_says_why_in_a_sentence():
    for each in (*planted(today=TODAY, defects=1), *(one for _, k in ALONE.values() for one in k)):
        assert each.why.endswith("."), each
        assert each.code == "DEC-09" or all(each.subject)


def test_what_only_two_sources_tell_is_not_known_of_one():
    one = list(planted(today=TODAY, defects=1))
    two = list(planted(today=TODAY, defects=1, second=True))
    assert set(one) < set(two)
    of_two = {"OWN-09", "INV-01", "INV-02"}
    assert {each.code for each in one if each.what == "defect"} & of_two == set()
    assert {each.code for each in two if each.what == "defect"} >= of_two


def test_what_is_known_is_written_beside_the_tables(tmp_path):
    known = list(planted(today=TODAY, defects=2))
    counted = write_truth(known, tmp_path / "truth.csv")
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [
        Planted(row["code"], row["what"], tuple(row["subject"].split(";")), row["why"])
        for row in rows
    ] == known
    assert counted == Counter(row["what"] for row in rows)


def test_only_what_was_asked_for_is_planted():
    codes = ["OWN-05", "PTH-01"]
    assert {each.code for each in planted(today=TODAY, defects=1, codes=codes)} == {"OWN-05"}
    for _, _, known in alone(today=TODAY, codes=codes):
        assert {each.code for each in known} == {"PTH-01"}
    assert copies(10_000, codes) > copies(10_000)
    told = len(list(organisation(today=TODAY)))
    only = len(list(organisation(today=TODAY, defects=1, codes=codes)))
    assert 20 < only - told < 80


def test_without_defects_nothing_is_planted():
    assert not list(planting.islands(today=TODAY, seed=7, defects=0))
    assert not list(planted(today=TODAY, defects=0))


def test_as_many_copies_are_planted_as_the_size_has_room_for():
    assert copies(1_000) == 0
    assert copies(10**6) > copies(10**4) == 1
    assert copies(Shape(5_000, 300)) == 0
    assert copies(Shape(50_000, 3_000)) == 1
    islands = sum(
        isinstance(each, Node)
        for grown in planting.islands(today=TODAY, seed=7, defects=copies(10**5))
        for each in grown.facts
    )
    assert 5_000 < islands <= 10_000
    assert len(list(planted(today=TODAY, size=10**4))) == len(
        list(planted(today=TODAY, defects=copies(10**4)))
    )
