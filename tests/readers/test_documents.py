import gzip

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.readers import documents
from ownership_graph.readers.documents import Document, parse_yaml, read_json, read_yaml


def parsed(text):
    return list(parse_yaml(text, name="a.yaml", doing="reading it"))


def fault(text):
    with pytest.raises(SourceError) as caught:
        parsed(text)
    return caught.value.line, caught.value.message


def test_each_document_comes_with_its_line_and_blank_ones_do_not():
    text = "# first\na: 1\n---\n---\n\n- b\n...\n"

    assert parsed(text) == [Document({"a": "1"}, "a.yaml", 2), Document(["b"], "a.yaml", 6)]


@pytest.mark.parametrize(
    "written", ["1.10", "2023-14-05", "2023-11-05", "no", "0777", "1e10", "'~'", "nullify"]
)
def test_a_value_is_the_text_that_its_author_sees(written):
    assert parsed(f"a: {written}")[0].data == {"a": written.strip("'")}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL"])
def test_a_null_is_nothing(written):
    assert parsed(f"a: {written}\nb: 1")[0].data == {"a": None, "b": "1"}


def test_tags_make_no_objects():
    assert parsed("a: !!python/object/apply:os.system [ls]")[0].data == {"a": ["ls"]}
    assert parsed("a: !!int x\nb: !mine {c: d}")[0].data == {"a": "x", "b": {"c": "d"}}


def test_an_alias_stands_for_what_it_names():
    assert parsed("a: &x [1]\nb: *x\nc: &y z\nd: *y")[0].data == {
        "a": ["1"], "b": ["1"], "c": "z", "d": "z",
    }  # fmt: skip


def test_front_matter_is_told_by_the_line_of_its_file():
    with pytest.raises(SourceError) as caught:
        list(parse_yaml("a: [", name="card.md", doing="reading", line=2))
    assert caught.value.line >= 2
    [found] = parse_yaml("a: b", name="card.md", doing="reading", line=2)
    assert found.line == 2


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("a: b\nc: [1\n", 3, "no YAML"),
        ("a: b\n\tc: d", 2, "no YAML"),
        ("a: b\nc: \0", 2, "a character that no text has, such as NUL"),
        ("? [a]\n: b", 1, "no YAML"),
        ("x: &x {a: 1}\ny:\n  <<: *x", 3, "the merge key << is not read"),
        ("a: &a [*a]", 1, "the alias *a holds itself"),
        ("a: *b", 1, "no YAML"),
        ("x: 1\ny: " + "[" * 100_000, 2, "nesting depth"),
        ("x: 1\ny: " + "[" * 500, 2, "more than 100 deep"),
        ("- " * 1_000 + "a", 1, "more than 100 deep"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(text, line, why):
    found, message = fault(text)
    assert found == line
    assert message.startswith("reading it: ")
    assert why in message


def test_aliases_that_grow_are_refused_before_they_are_built():
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for number in range(1, 12):
        laughs = ", ".join([f"*a{number - 1}"] * 10)
        levels.append(f"a{number}: &a{number} [{laughs}]")

    line, message = fault("\n".join(levels))

    assert line == 6
    assert "makes more than 1,000,000 values" in message


def test_the_same_anchor_in_another_document_is_another_one():
    assert [each.data for each in parsed("- &a 1\n- *a\n---\n- &a 2\n- *a")] == [
        ["1", "1"],
        ["2", "2"],
    ]


def test_a_yaml_file_may_be_packed(tmp_path):
    file = tmp_path / "a.yaml.gz"
    file.write_bytes(gzip.compress(b"a: b"))

    assert list(read_yaml(file, doing="reading")) == [Document({"a": "b"}, str(file), 1)]


def test_json_is_read_as_it_is(tmp_path):
    file = tmp_path / "a.json"
    file.write_bytes(b'\xef\xbb\xbf{"a": [1, 1.5, true, null, "\\u0000"]}')

    assert read_json(file, doing="reading") == {"a": [1, 1.5, True, None, "\0"]}


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ('{"ä": 1,\n "b": x}', 2, "invalid character"),
        ('{"a": 1,\n "b": [1, 2', 2, "Input data was truncated"),
        ("[" * 200_000, 0, "hundreds deep"),
        ('{"a": 1}\n<html>', 2, "trailing characters"),
    ],
)
def test_what_is_no_json_is_told_with_its_line(tmp_path, text, line, why):
    file = tmp_path / "a.json"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(SourceError) as caught:
        read_json(file, doing="reading it")

    assert (caught.value.file, caught.value.line) == (str(file), line)
    assert why in caught.value.message


def test_a_file_is_not_read_whole_at_any_size(tmp_path, monkeypatch):
    monkeypatch.setattr(documents, "LARGEST", 100)
    file = tmp_path / "a.json"
    file.write_text(f'"{"x" * 200}"', encoding="utf-8")

    with pytest.raises(SourceError, match="too large to be read whole"):
        read_json(file, doing="reading")
