"""A question of one's own with a measure of one's own, from the settings to the answer."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

import ownership_graph as og

_SPEC = importlib.util.spec_from_file_location(
    "own_measures", Path(__file__).parents[1] / "measures" / "test_own_measures.py"
)
_SHOWN = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_SHOWN)


@pytest.fixture
def folders(run, tables, tmp_path):
    (tables / "rels_DEPENDS_ON.csv").write_text(
        "from_label,from,to_label,to\nModel,m2,Model,m1\n", encoding="utf-8"
    )
    run("import", "tables", tables)
    (tmp_path / "ours" / "loads").mkdir(parents=True)
    (tmp_path / "ours" / "loads" / "carrying.cypher").write_text(_SHOWN.QUESTION)
    (tmp_path / "python").mkdir()
    (tmp_path / "python" / "share_of_dependents.py").write_text(_SHOWN.SHARE)
    (tmp_path / "ownership-graph.toml").write_text('queries = ["ours"]\nmeasures = ["python"]\n')


def test_it_works_as_ours_do(run, folders):
    assert run("queries", "check").out.startswith("1 question is well")
    said = run("check", "OUR-01", "--format", "json")
    (finding,) = json.loads(said.out)["questions"][0]["findings"]
    assert finding["row"] == {"model": "m1", "share": 1.0}
    assert run("check", "OUR-01", "--set", "least=1.5").out.startswith("clear")
    assert "1" in run("query", "OUR-01").out
    assert "Each model's share of all dependents." in run("queries", "show", "OUR-01").out


def test_so_it_does_from_python(run, folders, tmp_path):
    with og.open(str(tmp_path / "ownership.kgl")) as graph:
        (answer,) = graph.check(
            "OUR-01", queries=[tmp_path / "ours"], measures=[tmp_path / "python"]
        ).answers
    assert [dict(each.row) for each in answer.findings] == [{"model": "m1", "share": 1.0}]


def test_where_it_is_not_found_that_is_told(run, folders, tmp_path):
    settings = tmp_path / "ownership-graph.toml"
    settings.write_text('queries = ["ours"]\n')
    for words in (("queries", "check"), ("check",)):
        said = run(*words)
        assert said.code == 2
        assert "one of your own is a file in a folder that the settings name: measures" in said.err
    settings.write_text('queries = ["ours"]\nmeasures = ["nowhere"]\n')
    said = run("check")
    assert (said.code, "nowhere is no folder. Check `measures` in the settings." in said.err) == (
        2,
        True,
    )
    settings.write_text('queries = ["ours"]\nmeasures = ["python"]\n')
    (tmp_path / "python" / "on_every_path.py").write_text(_SHOWN.SHARE)
    said = run("check")
    assert said.code == 2
    assert "python/on_every_path.py is called like one of ours. Rename it." in said.err


def test_a_fault_in_it_is_told_with_its_line(run, folders, tmp_path):
    broken = _SHOWN.SHARE.replace('row["dependents"] for', 'row["n"] for')
    (tmp_path / "python" / "share_of_dependents.py").write_text(broken)
    for words in (("queries", "check"), ("check", "OUR-01")):
        said = run(*words)
        assert said.code == 2
        assert "python/share_of_dependents.py:9: the measure 'share_of_dependents'" in said.err
