"""ESLint over the scripts and widgets of the page, and what it cannot see in one file alone."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path

from page.scripts import scripts_in

TOOLS = Path(__file__).with_name("types")
LINTER = TOOLS / "node_modules" / "eslint" / "bin" / "eslint.js"
DECLARED = re.compile(r"^(?:async )?(?:function\*?|class|const|let) (\w+)", re.MULTILINE)


def complaints(program, folder):
    """What the linter has to say of all files of a folder."""
    done = subprocess.run(
        [program, LINTER, "--config", TOOLS / "eslint.config.mjs", "--format", "json", "."],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return [
        f"{Path(file['filePath']).name}:{each['line']}: {each['message']}"
        for file in json.loads(done.stdout)
        for each in file["messages"]
    ]


def test_the_linter_finds_nothing(node_program, tmp_path):
    scripts_in(tmp_path)
    assert complaints(node_program, tmp_path) == []


def test_a_fault_is_told_with_file_and_line(node_program, tmp_path):
    wrong = '"use strict";\nconst place = document.body;\nplace.innerHTML = "<b>";\n'
    (tmp_path / "wrong.js").write_text(wrong, encoding="utf-8")
    (told,) = complaints(node_program, tmp_path)
    assert told.startswith("wrong.js:3: ")
    assert told.endswith("Text goes in as text, never as markup.")


def declared(texts):
    return [name for text in texts for name in DECLARED.findall(text)]


def test_scripts_share_one_scope_so_no_name_is_given_twice(tmp_path):
    names = declared(each.read_text(encoding="utf-8") for each in scripts_in(tmp_path))
    assert len(names) > 200
    assert [name for name, count in Counter(names).items() if count > 1] == []


def test_what_is_declared_is_used(tmp_path):
    texts = [each.read_text(encoding="utf-8") for each in scripts_in(tmp_path)]
    used = Counter(re.findall(r"\w+", "\n".join(texts)))
    assert [name for name in declared(texts) if used[name] == 1] == []
