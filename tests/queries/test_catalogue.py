"""The catalogue: the shipped questions, and those of one's own folders."""

from __future__ import annotations

import re

import pytest

from ownership_graph.errors import QueryError, UsageError
from ownership_graph.queries.catalogue import LARGEST, load_questions
from ownership_graph.queries.header import read_question

OWN = """\
// Models of ours
//
// Why.
//
// code: OUR-01
// severity: info
// column model: Model -- the model
MATCH (m:Model) RETURN m.id AS model ORDER BY model
"""


def write(folder, name, text=OWN):
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(text, bytes):
        file.write_bytes(text)
    else:
        file.write_text(text, encoding="utf-8")
    return file


def refused(*folders, kind=QueryError):
    with pytest.raises(kind) as caught:
        load_questions(folders)
    return str(caught.value)


def test_shipped_questions_are_sorted_and_their_codes_and_names_are_their_own():
    found = load_questions()
    assert len(found) > 20
    assert [each.name for each in found] == sorted(each.name for each in found)
    assert len({each.code for each in found}) == len(found)
    assert all(each.theme == each.file.parent.name for each in found)


@pytest.mark.parametrize("question", load_questions(), ids=lambda each: each.code)
def test_a_shipped_question_is_fit_to_be_asked(question):
    text = question.file.read_text(encoding="utf-8")
    assert read_question(text, question.file, question.name) == (question, ())


def test_own_questions_come_after_the_shipped_ones(tmp_path):
    file = write(tmp_path, "ours/models.cypher")
    write(tmp_path, "ours/.hidden.cypher", "")
    write(tmp_path, "ours/notes.txt", "")
    *shipped, own = load_questions([tmp_path])
    assert tuple(shipped) == load_questions()
    assert (own.name, own.theme, own.code, own.file) == ("ours/models", "ours", "OUR-01", file)


def test_an_empty_folder_has_none(tmp_path):
    assert load_questions([tmp_path]) == load_questions()


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path):
    write(tmp_path, "ours/models.cypher", b"\xef\xbb\xbf" + OWN.encode())
    assert load_questions([tmp_path])[-1].cypher == OWN


def test_a_folder_that_is_none_is_a_slip(tmp_path):
    file = write(tmp_path, "file")
    assert "that is no folder" in refused(tmp_path / "away", kind=UsageError)
    assert (
        f"that is a file. Give the folder that holds its theme, which is '{tmp_path.parent}'"
        in (refused(file, kind=UsageError))
    )


@pytest.mark.parametrize("name", ["models.cypher", "a/b/models.cypher"])
def test_a_file_stands_in_a_folder_that_is_its_theme(tmp_path, name):
    file = write(tmp_path, name)
    told = refused(tmp_path)
    assert str(file) in told
    assert "it must stand in a folder that is its theme" in told


def test_a_code_is_one_questions_own(tmp_path):
    write(tmp_path, "ours/models.cypher", OWN.replace("OUR-01", "OWN-01"))
    told = refused(tmp_path)
    assert "its code 'OWN-01' is that of" in told
    assert "unowned-models.cypher as well" in told


def test_a_name_is_one_questions_own(tmp_path):
    write(tmp_path, "ownership/unowned-models.cypher")
    assert "its name 'ownership/unowned-models' is that of" in refused(tmp_path)


def test_the_same_folder_twice_is_told(tmp_path):
    write(tmp_path, "ours/models.cypher")
    assert "is that of" in refused(tmp_path, tmp_path)


def test_an_implied_code_is_there(tmp_path):
    finding = OWN.replace("info", "2\n// remedy: Do it.\n// implies: ZZZ-01")
    write(tmp_path, "ours/models.cypher", finding)
    assert "reading the field 'implies': no question has the code 'ZZZ-01'." in refused(tmp_path)


def test_what_implies_itself_is_told(tmp_path):
    ends = [("AAA-01", "BBB-01"), ("BBB-01", "CCC-01"), ("CCC-01", "AAA-01")]
    for own, other in ends:
        text = OWN.replace("info", f"2\n// remedy: Do it.\n// implies: {other}")
        text = re.sub(r"code: \S+", f"code: {own}", text)
        write(tmp_path, f"ours/{own[:3].lower()}.cypher", text)
    assert "'AAA-01' implies itself" in refused(tmp_path)


def test_a_mistake_names_file_and_line(tmp_path):
    file = write(tmp_path, "ours/models.cypher", OWN.replace("severity", "sevrity"))
    assert refused(tmp_path).startswith(f"{file}:6: ")


def test_what_is_not_utf_8_is_told_with_its_line(tmp_path):
    file = write(tmp_path, "ours/models.cypher", OWN.replace("Why", "Wh\xff").encode("latin-1"))
    assert refused(tmp_path).startswith(f"{file}:3: reading the question: it is not UTF-8 text")


def test_what_is_no_question_at_all_is_not_read_whole(tmp_path):
    write(tmp_path, "ours/models.cypher", b"/" * (LARGEST + 1))
    assert "it is longer than 100,000 bytes" in refused(tmp_path)


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "ours" / "models.cypher").mkdir(parents=True)
    assert "Is a directory" in refused(tmp_path)
