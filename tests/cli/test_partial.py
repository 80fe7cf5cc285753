"""`import` and `run` of a source that was not read whole, as a scheduler sees it."""

import json

import pytest

IMPORTER = '''
"""Answers as long as it is let."""

from ownership_graph.records import Node, Partial

PROVIDES = ("Team",)


def read(*, count: int, whole: bool = True):
    """Args:
        count: How many.
        whole: Whether that is all.
    """
    for number in range(count):
        yield Node("Team", f"t{number}", {}, "teams", number + 1)
    if not whole:
        yield Partial("30 teams were announced, and fewer came.", "teams")
'''


SETTINGS = """\
store = "g.kgl"
importers = ["importers"]

[[source]]
name = "teams"
importer = "answering"
count = 3
whole = false
"""


@pytest.fixture
def importers(tmp_path):
    folder = tmp_path / "importers"
    folder.mkdir()
    (folder / "answering.py").write_text(IMPORTER, encoding="utf-8")
    return folder


@pytest.fixture
def settings(tmp_path, importers):
    (tmp_path / "ownership-graph.toml").write_text(SETTINGS, encoding="utf-8")


def test_one_importer_ends_with_4_and_says_what_is_missing(run, importers):
    said = run("import", "--importers", importers, "answering", "--count", 3, "--no-whole")

    assert said.code == 4
    assert "  new        3 nodes" in said.out
    assert "  partial    teams: 30 teams were announced, and fewer came." in said.err
    assert "nothing was taken for gone. Import it again." in said.err
    assert run("import", "--importers", importers, "answering", "--count", 3).code == 0


def test_all_sources_end_with_4_and_the_source_is_called_partial(run, settings):
    said = run("import")

    assert said.code == 4
    assert said.out.splitlines()[1].split()[:4] == ["teams", "partial", "3", "3"]
    assert "teams\n  partial    teams: 30 teams were announced" in said.err
    [told] = json.loads(run("import", "--json").out)["sources"]
    assert told["state"] == "partial"
    assert told["summary"]["partial"] == ["30 teams were announced, and fewer came."]


def test_the_nightly_run_ends_with_4_and_the_log_says_why(run, settings):
    said = run("run")

    assert said.code == 4
    assert "partial" in said.err
    assert "30 teams were announced, and fewer came." in said.err
