"""Looking round a folder: what is found by name, what is passed over, and how files begin."""

from __future__ import annotations

import gzip
import os

import pytest

from ownership_graph.errors import UsageError
from ownership_graph.importing import surroundings
from ownership_graph.importing.surroundings import Header, look_round


@pytest.fixture
def put(tmp_path):
    def put(name, text=""):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return put


def names(found, root):
    return [each.relative_to(root).as_posix() for each in found]


def test_files_are_found_by_name_and_by_the_folders_right_above(put, tmp_path):
    for name in (
        "CODEOWNERS", "a/CODEOWNERS", "a/codeowners", ".github/CODEOWNERS", "a/b.csv",
        "mlruns/0/meta.yaml", "x/mlruns/1/meta.yaml", "mlruns/0/1/meta.yaml",
    ):  # fmt: skip
        put(name)
    there = look_round(tmp_path)

    assert names(there.named("CODEOWNERS"), tmp_path) == [
        ".github/CODEOWNERS", "CODEOWNERS", "a/CODEOWNERS",
    ]  # fmt: skip
    assert names(there.named("*.csv", "b.csv"), tmp_path) == ["a/b.csv"]
    assert names(there.named("mlruns/*/meta.yaml"), tmp_path) == [
        "mlruns/0/meta.yaml", "x/mlruns/1/meta.yaml",
    ]  # fmt: skip
    assert there.named("nothing") == []
    assert there.passed_over == []


def test_what_is_no_source_is_passed_over_and_told(put, tmp_path):
    put(".git/config")
    put("a/node_modules/CODEOWNERS")
    put("a/seen.csv")
    (tmp_path / "out").symlink_to("/etc")
    (tmp_path / "file").symlink_to(put("b.csv"))
    put("esc\x1b[31m.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    there = look_round(tmp_path)

    assert names(there.files, tmp_path) == ["b.csv", "a/seen.csv"]
    assert there.passed_over == [
        "folders called .git, node_modules: no sources of yours lie there",
        "2 links: what it points at may lie elsewhere",
        "1 name that cannot be printed: rename what is called so",
    ]


def test_many_kinds_of_such_folders_are_told_in_few_words(put, tmp_path):
    for name in ("a", "b", "c", "d", "e", "f"):
        put(f".{name}/x")

    [told] = look_round(tmp_path).passed_over

    assert "and others" in told


def test_the_walk_ends(put, tmp_path, monkeypatch):
    for number in range(20):
        put(f"{number:02}/a.csv")
    put("top.csv")
    monkeypatch.setattr(surroundings, "MOST_FILES", 23)
    there = look_round(tmp_path)

    assert names(there.files, tmp_path) == ["top.csv", "00/a.csv", "01/a.csv"]
    assert there.passed_over == ["what lies beyond the first 23 entries: name a smaller folder"]


def test_what_lies_too_deep_is_told(put, tmp_path, monkeypatch):
    put("a/b/c/d.csv")
    monkeypatch.setattr(surroundings, "DEEPEST", 2)

    assert look_round(tmp_path).passed_over == ["1 folder more than 2 levels down"]


def test_a_folder_that_goes_away_meanwhile_is_told(put, tmp_path, monkeypatch):
    put("a/b.csv")
    scandir = os.scandir

    def closed(folder):
        if folder == tmp_path / "a":
            raise PermissionError
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", closed)

    assert look_round(tmp_path).passed_over == ["1 folder that may not be read"]


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError, match=r"No such file or directory\. Name a folder"):
        look_round(tmp_path / "gone")
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="Not a directory"):
        look_round(tmp_path / "file")


def test_the_start_of_a_file_is_text_whatever_it_holds(put, tmp_path):
    long, odd, gone = put("long", "x" * 100_000), put("odd", b"a\xff\0b"), put("gone")
    there = look_round(tmp_path)
    gone.unlink()

    assert there.start(long) == "x" * 8_192
    assert there.start(odd) == "a�\0b"
    assert there.start(gone) == ""


def test_only_so_many_files_are_opened_and_the_rest_is_told_once(put, tmp_path, monkeypatch):
    files = [put(f"{number}", "text") for number in range(4)]
    monkeypatch.setattr(surroundings, "MOST_OPENED", 2)
    there = look_round(tmp_path)

    assert [there.start(each) for each in files] == ["text", "text", "", ""]
    assert there.start(files[0]) == "text"
    assert there.passed_over == ["how more than 2 files begin: name a smaller folder"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b\n1,2", Header(("a", "b"), ",")),
        ("\ufeff\n a ; b \n1;2", Header(("a", "b"), ";")),
        ('"a,b"\tc\td', Header(("a,b", "c", "d"), "\t")),
        ("one", Header(("one",), ",")),
        ("", Header((), ",")),
    ],
)
def test_the_header_of_a_table(put, tmp_path, text, expected):
    file = put("a.csv", text)

    assert look_round(tmp_path).header(file) == expected


def test_what_is_gzipped_is_unpacked_as_far_as_it_is_looked_at(put, tmp_path):
    bomb = put("bomb.csv.gz", gzip.compress(b"a,b\n" * 1_000_000))
    cut = put("cut.csv.gz", gzip.compress(b"a,b")[:12])
    damaged = put("damaged.csv.gz", b"\x1f\x8b" + b"x" * 20)
    there = look_round(tmp_path)

    assert len(there.start(bomb)) == 8_192
    assert there.header(bomb) == Header(("a", "b"), ",")
    assert there.header(cut).columns in {(), ("a",), ("a", "b")}
    assert there.start(damaged) == ""


def test_the_header_of_a_workbook_or_other_table(put, tmp_path, monkeypatch):
    lines = put("a.jsonl", '{"id": 1, "name": "x"}\n')
    broken = put("b.xlsx", "no workbook")
    there = look_round(tmp_path)

    assert there.tables() == [lines, broken]
    assert there.header(lines) == Header(("id", "name"), ",")
    assert there.header(lines) is there.header(lines)
    assert there.header(broken) == Header(("no workbook",), ",")
    monkeypatch.setattr(surroundings, "LARGEST_BOOK", 3)
    assert look_round(tmp_path).header(lines) == Header((), ",")
