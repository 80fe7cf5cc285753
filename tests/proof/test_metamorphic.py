"""Laws over the whole catalogue: what must not matter does not, and what must matter does.

That a harder threshold never adds is tested in tests/queries/test_thresholds.py.
"""

from __future__ import annotations

import csv
from random import Random

import pytest
from oracle.facts import read_sources
from oracle.granted import claims, live, reached
from proof.organisations import PARAMETERS, QUESTIONS, TODAY, Made, folders, imported

from ownership_graph.findings import check
from ownership_graph.model import LABELS
from ownership_graph.stores import open_store

MADE = Made(1_000, defects=1)
HOLD_IDS = {
    "id",
    "from",
    "to",
    "agreed_by",
    "classified_by",
    "confirmed_by",
    "settled_by",
    "scope",
}

BY_ID = {"CEN-07", "DEC-09", "INC-05"}
"""Rules that name a circle by who is first in it, or break ties by id: so many are found."""


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """The tables of an organisation with a fault for every rule that can stand among others."""
    return MADE.write(tmp_path_factory.mktemp("tables"))


@pytest.fixture(scope="module")
def graph(tables, tmp_path_factory):
    """A store that holds them, and is only read."""
    with open_store(str(tmp_path_factory.mktemp("graph") / "graph.kgl")) as store:
        yield imported(store, tables)


def answers(store):
    """By code, the answer to every question that finds."""
    checked = check(store, QUESTIONS, today=TODAY, parameters=PARAMETERS)
    return {each.question.code: each for each in checked.answers}


def rows(store):
    return {code: each.rows.dicts() for code, each in answers(store).items()}


def found(store):
    """By code the subjects; a pair has no order."""
    return {
        code: {frozenset(one.subject) for one in each.findings}
        for code, each in answers(store).items()
    }


def retold(tables, folder, tell):
    """The same tables with other rows: `tell` gets each table's name and rows, and gives rows."""
    for file in sorted(tables.glob("*/*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            told = list(csv.DictReader(lines))
        place = folder / file.parent.name / file.name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, list(told[0]), restval="")
            writer.writeheader()
            writer.writerows(tell(f"{file.parent.name}/{file.stem}", told))
    return folder


def test_the_order_of_rows_does_not_matter(graph, tables, tmp_path, embedded_store):
    dice = Random(1)

    shuffled = retold(tables, tmp_path, lambda _, told: dice.sample(told, len(told)))

    assert rows(imported(embedded_store, shuffled)) == rows(graph)


def test_with_other_ids_the_same_is_found_under_them(graph, tables, tmp_path, embedded_store):
    ids = sorted(node.id for node in read_sources(folders(tables)).all(*LABELS))
    other = dict(zip(ids, Random(2).sample(range(len(ids)), len(ids)), strict=True))
    other = {each: f"x{place}" for each, place in other.items()}

    def renamed(_, told):
        for row in told:
            for name in HOLD_IDS & row.keys():
                row[name] = ";".join(other.get(each, each) for each in row[name].split(";"))
        return told

    again = found(imported(embedded_store, retold(tables, tmp_path, renamed)))

    for code, subjects in found(graph).items():
        if code in BY_ID:
            assert len(again[code]) == len(subjects)
        else:
            assert again[code] == {
                frozenset(other.get(each, each) for each in subject) for subject in subjects
            }, code


RETIRED = {
    "directory/nodes_Model": [
        {"id": "m", "stage": "retired", "stage_day": "2020-01-02", "risk_tier": "3",
         "autonomy": "acts_alone"},
    ],
    "directory/nodes_Criterion": [
        {"id": f"c-{metric}", "dimension": "accuracy", "metric": metric, "direction": "max",
         "threshold": "0.9"}
        for metric in ("recall", "precision")
    ],
    "directory/rels_DEPENDS_ON": [
        {"from": "m", "to": "model:language-detector", "kind": "calls"},
        {"from": "model:document-intake", "to": "m", "kind": "calls"},
    ],
    "directory/rels_SERVES": [
        {"from": "m", "to_label": "UseCase", "to": "use-case:answer-letters"},
    ],
    "directory/rels_WORKED_ON": [
        {"from_label": "Team", "from": f"team:{team}", "to": "m", "events": "90"}
        for team in ("claims-engineering", "integration", "ml-platform")
    ],
    "directory/rels_JUDGED_BY": [
        {"from": "m", "to_label": "Criterion", "to": f"c-{metric}", "status": "proposed",
         "since_day": "2020-01-02"}
        for metric in ("recall", "precision")
    ],
}  # fmt: skip
"""A model that would be at fault by many rules if it had not been retired."""


def test_a_retired_model_adds_nothing(graph, tables, tmp_path, embedded_store):
    def with_it(name, told):
        kind, _, what = name.rpartition("/")[2].partition("_")
        ends = {"from_label": "Model", "to_label": "Model"} if kind == "rels" else {"entity": what}
        return told + [ends | row for row in RETIRED.get(name, ())]

    assert rows(imported(embedded_store, retold(tables, tmp_path, with_it))) == rows(graph)


def test_taking_owners_away_adds_just_those_models_and_what_stands_on_them(
    graph, tables, tmp_path, embedded_store
):
    before = found(graph)
    models = {
        each: standing_on(each) - before["OWN-06"]
        for each in read_sources(folders(tables)).all("Model")
        if live(each) and claims(each)
    }
    taken = [each for each, above in models.items() if len(above) > 1][:3]
    ids = {each.id for each in taken}

    def without(name, told):
        return [row for row in told if name != "directory/rels_OWNS" or row["to"] not in ids]

    after = found(imported(embedded_store, retold(tables, tmp_path, without)))

    assert after["OWN-01"] == before["OWN-01"] | {frozenset({each}) for each in ids}
    assert after["OWN-06"] == before["OWN-06"].union(*(models[each] for each in taken))
    of_owners = {each.code for each in QUESTIONS if "OWNS" in each.cypher}
    assert {code for code in before.keys() - of_owners if after[code] != before[code]} == set()


def standing_on(model):
    """The models in production that stand on it, as subjects."""
    above = reached(model, "DEPENDS_ON", forth=False, steps=6) - {model}
    return {frozenset({each.id}) for each in above if each.get("stage") == "production"}
