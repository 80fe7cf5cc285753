"""`queries new` and `queries check`, as a governance lead uses them."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

OURS = ("--queries", "ours")
PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "own-questions.md"


@pytest.fixture
def new(run, tmp_path):
    def make(name="pilots/late", **changes):
        assert run("queries", "new", name, *OURS).code == 0
        file = tmp_path / "ours" / f"{name}.cypher"
        text = file.read_text(encoding="utf-8")
        for right, wrong in changes.get("but", ()):
            assert right in text
            text = text.replace(right, wrong, 1)
        file.write_text(text, encoding="utf-8")
        return file

    return make


def test_a_new_question_works_as_it_stands(run, tables, tmp_path):
    said = run("queries", "new", "pilots/late", *OURS)
    assert said.code == 0
    assert "ours/pilots/late.cypher: OUR-01 works as it stands" in said.out
    assert 'write into the settings: queries = ["ours"]' in said.out
    assert run("queries", "check", *OURS).out == (
        "1 question is well: read, and asked of a made-up organisation.\n"
    )
    run("import", "tables", tables)
    found = run("check", "OUR-01", "--queries", "ours")
    assert (found.code, found.err) == (0, "")
    assert "OUR-01" in found.out
    assert run("queries", "new", "pilots/later.cypher", *OURS).out.startswith(
        "ours/pilots/later.cypher: OUR-02 works"
    )


def test_the_settings_say_where_it_goes(run, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text('queries = ["questions"]\n')
    said = run("queries", "new", "pilots/late")
    assert said.out.startswith("questions/pilots/late.cypher: OUR-01 works")
    assert "--queries" not in said.out
    assert "write into the settings" not in said.out
    assert run("queries", "check").out.startswith("1 question is well")
    assert "OUR-01" in run("queries").out


def test_nothing_is_ever_overwritten(run, new):
    file = new()
    file.write_text("mine", encoding="utf-8")
    again = run("queries", "new", "pilots/late", *OURS)
    assert (again.code, again.out) == (2, "")
    assert "pilots/late.cypher is there already, and stays as it is" in again.err
    assert file.read_text(encoding="utf-8") == "mine"
    shipped = run("queries", "new", "ownership/unowned-models", *OURS)
    assert shipped.code == 2
    assert "unowned-models.cypher is there already" in shipped.err


@pytest.mark.parametrize("name", ["late", "Pilots/late", "a/b/c", "../x/y", "pilots/läte", "/a/b"])
def test_a_name_is_a_theme_and_a_question(run, tmp_path, name):
    said = run("queries", "new", name, *OURS)
    assert said.code == 2
    assert "as in pilots/without-a-day" in said.err
    assert not (tmp_path / "ours").exists()


def test_a_folder_is_wanted_that_can_be_written_to(run, tmp_path):
    nowhere = run("queries", "new", "pilots/late")
    assert nowhere.code == 2
    assert 'queries = ["our-questions"]' in nowhere.err
    (tmp_path / "file").write_text("")
    said = run("queries", "new", "pilots/late", "--queries", "file")
    assert said.code == 2
    assert "writing file/pilots/late.cypher: Not a directory" in said.err


def test_all_mistakes_of_all_files_are_told_at_once(run, new):
    new("pilots/well")
    new("pilots/two", but=[("// severity", "// severty"), ("(m:Model)", "(m:Modle)")])
    new("pilots/asked", but=[("RETURN m.id AS model", "RETURN m AS model")])
    new("pilots/taken", but=[("// code: OUR-04", "// code: OWN-01")])
    said = run("queries", "check", *OURS)
    assert (said.code, said.out) == (2, "")
    assert "checking questions: 4 mistakes in 3 of 4 files." in said.err
    assert re.findall(r"^  ours/pilots/(\w+)\.cypher:\d+", said.err, re.MULTILINE) == [
        "two", "two", "taken", "asked",
    ]  # fmt: skip
    assert "'severty' is no field. Did you mean 'severity'?" in said.err
    assert "| // severty: 2\n" in said.err
    assert "its code 'OWN-01' is that of" in said.err
    assert "Right is `// code: OUR-04`." in said.err
    checked = run("check", *OURS)
    assert checked.code == 2
    assert checked.err.count("| //") == 1
    assert "and 2 more: ownership-graph queries check lists them" in checked.err


def test_one_file_or_one_folder_may_be_checked(run, new, tmp_path):
    well = new("pilots/well")
    wrong = new("gates/wrong", but=[("severity: 2", "severity: 9")])
    assert run("queries", "check", well, *OURS).code == 0
    assert run("queries", "check", well).out.startswith("1 question is well")
    assert run("queries", "check", "ours/pilots", *OURS).out.startswith("1 question is well")
    said = run("queries", "check", wrong)
    assert "1 mistake in 1 of 1 file." in said.err
    assert "Right is `// severity: 4`" in said.err
    assert "1 mistake in 1 of 2 files." in run("queries", "check", "ours").err


def test_a_question_may_be_asked_of_a_store(run, new, tables):
    new()
    run("import", "tables", tables, "--store", "g.kgl")
    assert run("queries", "check", *OURS, "--store", "g.kgl").out.endswith("asked of g.kgl.\n")
    assert run("queries", "check", *OURS, "--store", "none.kgl").code == 1


def test_a_file_that_cannot_be_read_is_told(run, new, tmp_path):
    new()
    theme = tmp_path / "ours" / "pilots"
    (theme / "latin.cypher").write_bytes("// a\n// Für uns\n".encode("latin-1"))
    (theme / "gone.cypher").symlink_to(tmp_path / "nowhere")
    (theme / "folder.cypher").mkdir()
    os.mkfifo(theme / "pipe.cypher")
    (theme.parent / "high.cypher").write_text("// a")
    (theme / "deep").mkdir()
    (theme / "deep" / "deeper.cypher").write_text("// a")
    said = run("queries", "check", *OURS)
    assert "6 mistakes in 6 of 7 files" in said.err
    for sentence in (
        "latin.cypher:2: reading the question: it is not UTF-8 text. Save it as UTF-8.",
        "gone.cypher: reading the question: No such file or directory. Check the path",
        "folder.cypher: reading the question: Is a directory.",
        "pipe.cypher: reading the question: it is a pipe.",
        f"Move it, or give the folder above: {tmp_path}.",
        "deeper.cypher: reading the question: it must stand in a folder that is its theme",
    ):
        assert sentence in said.err


def test_where_there_is_nothing_to_check_that_is_told(run, tmp_path):
    (tmp_path / "empty").mkdir()
    for words, sentence in (
        ((), "there is none named. Begin one: ownership-graph queries new"),
        (("empty",), "there is none in empty. Begin one"),
        (("none.cypher",), "none.cypher: reading the question: No such file"),
        (("--queries", "none"), "that is no folder. Check the path"),
    ):
        said = run("queries", "check", *words)
        assert (said.code, said.out) == (2, "")
        assert sentence in said.err


def test_a_typed_query_that_is_wrong_is_shown_with_its_line(run, tables, tmp_path):
    run("import", "tables", tables, "--store", "g.kgl")
    text = "MATCH (m:Model)\nRETURN x.id AS model\n"
    typed = run("query", "-", "--store", "g.kgl", stdin=text)
    assert (typed.code, typed.out) == (2, "")
    assert "  2 | RETURN x.id AS model\n    |        ^\n" in typed.err
    (tmp_path / "q.cypher").write_text(text)
    assert "ownership-graph: q.cypher:2:8: the store" in (
        run("query", "q.cypher", "--store", "g.kgl").err
    )


def test_what_takes_too_long_is_told_with_its_line(run, new):
    new(but=[("MATCH (m:Model)\nWHERE", "MATCH (m:Model), (x), (y), (z), (q)\nWHERE")])
    said = run("queries", "check", *OURS, "--timeout", "0.5")
    assert (said.code, said.out) == (2, "")
    assert "late.cypher:43: asking OUR-01: it is not answered in 0.5 s. Right is" in said.err
    assert "    43 | MATCH (m:Model), (x), (y), (z), (q)\n" in said.err


def test_what_the_page_says_of_mistakes_is_what_is_said(run, tmp_path):
    shown = re.search(
        r"```text\n\$ ownership-graph (queries check .*)\n((?:.*\n)*?)```",
        PAGE.read_text(encoding="utf-8"),
    )
    run("queries", "new", "pilots/without-a-day", "--queries", "our-questions")
    file = tmp_path / "our-questions" / "pilots" / "without-a-day.cypher"
    text = file.read_text(encoding="utf-8").replace("// severity: 2", "// severty: 2")
    file.write_text(text.replace("\nMATCH (m:Model)", "\nMATCH (m:Modle)"), encoding="utf-8")
    said = run(*shown[1].split())
    assert (said.code, said.out, said.err) == (2, "", shown[2])
