"""TypeScript's checker over the scripts and widgets of the page, by the types in their JSDoc."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest

TYPES = Path(__file__).with_name("types")
COMPILER = TYPES / "node_modules" / "typescript" / "bin" / "tsc"
PAGE = Path(str(files("ownership_graph") / "page"))
SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@pytest.fixture(scope="module")
def node():
    found = shutil.which("node")
    why = "" if found else "Node.js is not on the PATH"
    if found and not COMPILER.is_file():
        why = f"it is not installed: npm ci --prefix {TYPES}"
    if why and "node" in os.environ.get("OWNERSHIP_GRAPH_REQUIRE", "").split(","):
        pytest.fail(f"TypeScript's checker is demanded, and {why}")
    if why:
        pytest.skip(f"TypeScript's checker: {why}")
    return found


def complaints(node, folder, scripts):
    """What the checker has to say of the scripts, which are one program."""
    settings = {
        "extends": str(TYPES / "tsconfig.json"),
        "files": [str(TYPES / "vis.d.ts"), *map(str, scripts)],
    }
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [node, COMPILER, "--pretty", "false", "-p", folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1, 2), done.stderr
    return done.stdout.splitlines()


def script_alone(widget):
    """The script of a widget, on the lines on which it stands there."""
    text = widget.read_text(encoding="utf-8")
    (script,) = SCRIPT.finditer(text)
    return "\n" * text.count("\n", 0, script.start(1)) + script[1]


def test_scripts_and_widgets_keep_to_their_types(node, tmp_path):
    scripts = sorted((PAGE / "script").glob("*.js"))
    for widget in sorted((PAGE / "widgets").glob("*.html")):
        scripts.append(tmp_path / f"{widget.name}.js")
        scripts[-1].write_text(script_alone(widget), encoding="utf-8")
    assert len(scripts) > 10
    assert complaints(node, tmp_path, scripts) == []


def test_a_fault_is_told_with_file_and_line(node, tmp_path):
    wrong = tmp_path / "wrong.js"
    wrong.write_text('/** @type {number} */\nconst count = "many";\n', encoding="utf-8")
    (told,) = complaints(node, tmp_path, [wrong])
    assert re.search(r"wrong\.js\(2,7\): error TS2322: Type 'string' is not assignable", told)
