"""What a page says that a command tells is what it tells, on the example organisation."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from ownership_graph import cli

ROOT = Path(__file__).parents[2]
HOW_TO = ROOT / "docs" / "how-to"
PAGES = ["impact.md"]
"""Pages whose blocks that begin with `$ ownership-graph` are compared."""

_BLOCK = re.compile(r"^```text\n\$ (ownership-graph [^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """A folder with the example organisation in its store, imported as `inventory`."""
    folder = tmp_path_factory.mktemp("example")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        organisation = ROOT / "examples" / "organisation"
        told(patch, ["import", "tables", str(organisation), "--as", "inventory"])
    return folder


def told(patch, words):
    patch.setattr(sys, "argv", ["ownership-graph", *words])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code


@pytest.mark.parametrize("page", PAGES)
def test_each_transcript_is_true(page, example, monkeypatch, capsys):
    blocks = _BLOCK.findall((HOW_TO / page).read_text(encoding="utf-8"))
    assert blocks
    monkeypatch.chdir(example)
    for command, said in blocks:
        capsys.readouterr()
        told(monkeypatch, shlex.split(command)[1:])
        lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
        assert _DAY.sub("DAY", "\n".join(lines)) == _DAY.sub("DAY", said.rstrip("\n")), command
