"""Runs the command line in this process, as its own program would."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from ownership_graph import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "organisation"


@dataclass(frozen=True, slots=True)
class Outcome:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """`run("check", …)` gives exit code, stdout and stderr; the folder is `tmp_path`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "110")

    def go(*words, stdin=""):
        monkeypatch.setattr(sys, "argv", ["ownership-graph", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return Outcome(ended.value.code or 0, said.out, said.err)

    return go


@pytest.fixture
def tables(tmp_path):
    """The smallest organisation with a finding: one model that nobody owns, one with an owner."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "nodes_Model.csv").write_text(
        "id,name,stage\nm1,Claims triage,production\nm2,Churn forecast,pilot\n", encoding="utf-8"
    )
    (folder / "nodes_Team.csv").write_text("id,name\nt1,Data\n", encoding="utf-8")
    (folder / "rels_OWNS.csv").write_text(
        "from_label,from,to_label,to,role\nTeam,t1,Model,m1,accountable\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def example():
    """The made-up organisation of `examples/`."""
    return EXAMPLE
