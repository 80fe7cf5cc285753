"""TypeScript's checker over the scripts and widgets of the page, by the types in their JSDoc."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from page.scripts import scripts_in

TYPES = Path(__file__).with_name("types")
COMPILER = TYPES / "node_modules" / "typescript" / "bin" / "tsc"


def complaints(program, folder, scripts):
    """What the checker has to say of the scripts, which are one program."""
    settings = {
        "extends": str(TYPES / "tsconfig.json"),
        "files": [str(TYPES / "vis.d.ts"), *map(str, scripts)],
    }
    (folder / "tsconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    done = subprocess.run(
        [program, COMPILER, "--pretty", "false", "-p", folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1, 2), done.stderr
    return done.stdout.splitlines()


def test_scripts_and_widgets_keep_to_their_types(node_program, tmp_path):
    scripts = scripts_in(tmp_path)
    assert len(scripts) > 20
    assert complaints(node_program, tmp_path, scripts) == []


def test_a_fault_is_told_with_file_and_line(node_program, tmp_path):
    wrong = tmp_path / "wrong.js"
    wrong.write_text('/** @type {number} */\nconst count = "many";\n', encoding="utf-8")
    (told,) = complaints(node_program, tmp_path, [wrong])
    assert re.search(r"wrong\.js\(2,7\): error TS2322: Type 'string' is not assignable", told)
