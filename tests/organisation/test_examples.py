from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ownership_graph.organisation import organisation, write_tables

EXAMPLES = Path(__file__).parents[2] / "examples"
TODAY = 20_781


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
