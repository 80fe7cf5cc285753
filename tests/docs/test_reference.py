"""Documentation that is made from the code is up to date, and links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [
    path
    for path in sorted(ROOT.rglob("*.md"))
    if not {".venv", "node_modules", "ownership-graph-demo"} & set(path.relative_to(ROOT).parts)
]


def generated():
    spec = importlib.util.spec_from_file_location("docs_generate", ROOT / "docs" / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.pages()


def test_the_reference_is_what_the_code_says(monkeypatch):
    for name in ("COLUMNS", "TERMINAL_WIDTH", "TERM", "NO_COLOR"):
        monkeypatch.setenv(name, "")  # which the generator sets, and this test puts back
    for name, text in generated().items():
        kept = (ROOT / "docs" / "reference" / name).read_text(encoding="utf-8")
        assert kept == text.rstrip("\n") + "\n", f"{name} is old: run `python3 dev.py docs`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_no_page_names_a_place_on_a_machine():
    for page in PAGES:
        assert not re.search(r"/work/|/root/|/home/", page.read_text(encoding="utf-8")), page
