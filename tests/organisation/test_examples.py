from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ownership_graph.findings import check, choose
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load, load_all
from ownership_graph.loading.sources import mistakes_of_sources, orders_of
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.settings import load_settings
from ownership_graph.stores import open_store

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = 20_781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TABLES = Order("directory", find_importer("tables"), {"path": EXAMPLES / "organisation"})
INVENTORY = Order(
    "inventory",
    find_importer("table"),
    {
        "path": EXAMPLES / "model-inventory.csv",
        "mapping": EXAMPLES / "mappings" / "model-inventory.toml",
    },
)


@pytest.fixture
def directory(tmp_path):
    """A store that holds the example, and nothing was wrong with it."""
    with open_store(str(tmp_path / "graph.kgl")) as store:
        summary = load(store, TABLES, now=NOW)
        assert (summary.rejected, summary.stubs, summary.unusual) == ((), 0, {})
        yield store


def found(store, word):
    """What the question finds."""
    questions = choose(load_questions([EXAMPLES / "own-questions"]), [word])
    (answer,) = check(store, questions, today=TODAY).answers
    return sorted(each.subject for each in answer.findings)


def test_the_example_is_what_is_made_today(tmp_path):
    write_tables(organisation(today=TODAY), tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    kept = {file.name: file.read_bytes() for file in (EXAMPLES / "organisation").iterdir()}
    assert sorted(made) == sorted(kept)
    stale = [name for name, content in made.items() if kept[name] != content]
    assert not stale, f"{stale}: run `python examples/make_organisation.py`"


@pytest.mark.parametrize("name", ["make_organisation.py"])
def test_the_script_makes_it_again(tmp_path, name):
    script = tmp_path / name
    script.write_bytes((EXAMPLES / name).read_bytes())
    (tmp_path / "organisation").mkdir()
    (tmp_path / "organisation" / "nodes_Old.csv").write_text("id\n", encoding="utf-8")
    subprocess.run([sys.executable, script], check=True)
    assert sorted(file.name for file in (tmp_path / "organisation").iterdir()) == sorted(
        file.name for file in (EXAMPLES / "organisation").iterdir()
    )


def test_the_inventory_goes_in_but_for_four_rows_that_are_told(directory):
    summary = load(directory, INVENTORY, now=NOW)
    assert summary.rows_read == 25
    assert sorted((each.line, each.table) for each in summary.rejected) == [
        (19, "nodes_Model"), (24, "nodes_Model"), (24, "rels_OWNS"), (26, "nodes_Model"),
    ]  # fmt: skip
    assert (summary.disputed, summary.stubs) == (1, 0)


def test_the_inventory_names_an_owner_that_was_missing(directory):
    assert found(directory, "OWN-03") == [("model:churn-forecast",), ("model:reserve-forecast",)]
    load(directory, INVENTORY, now=NOW)
    assert found(directory, "OWN-03") == [("model:reserve-forecast",)]


def test_a_question_of_ones_own_is_asked_like_ours(directory):
    assert found(directory, "OUR-01") == [("incident:welsh-letters", "model:language-detector")]


def test_three_sources_that_do_not_agree_and_what_a_person_states_stands(tmp_path):
    file = EXAMPLES / "three-sources.toml"
    settings = load_settings(file, start=tmp_path, also=mistakes_of_sources)
    with open_store(str(tmp_path / "graph.kgl")) as store:
        for _ in range(2):  # however often they are imported
            done = load_all(store, orders_of(settings), now=NOW, precedence=settings.precedence)
            assert [each.error for each in done] == [None, None, None]
            facts = {each.key: each for each in store.facts()}
            voice = facts['["Model","model:voice-triage"]']
            assert voice.sources == ("manual", "directory", "inventory")
            assert voice.properties["stage"] == "pilot"
            assert voice.disputed == ("stage",)
            assert voice.claims["inventory"]["stage"] == "unknown"
            owners = [key for key in facts if key.startswith('["OWNS"') and "churn-f" in key]
            assert [key for key in owners if "customer-analytics" in key] == []
            assert [facts[key].sources for key in owners] == [("inventory",)]
        assert done[0].summary.unchanged == 1639
