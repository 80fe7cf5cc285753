"""JSON Lines as tables."""

from __future__ import annotations

import gzip
import json

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.importing.reading import json_lines, open_table


@pytest.fixture
def read(tmp_path):
    """The header and the rows of a text."""

    def opened(text, name="t.jsonl"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        with open_table(path) as table:
            return table.header, list(table.rows)

    return opened


def test_keys_are_columns_wherever_they_are_met(read):
    text = (
        '{"id": 1, "owner": {"name": "Ann", "of": null}}\n\n{"id": 2.0, "tags": ["a", "b"]}\n{}\n'
        '{"id": null, "live": true, "many": [{"a": 1}], "more": {}}'
    )
    found = read(text)
    assert found == (
        ("id", "owner.name", "owner.of", "tags", "live", "many"),
        [
            (1, ["1", "Ann", "", "", "", ""], ""),
            (2, [], ""),
            (3, ["2", "", "", "a;b", "", ""], ""),
            (4, [], ""),
            (5, ["", "", "", "", "true", '[{"a": 1}]'], ""),
        ],
    )
    assert read(gzip.compress(text.encode()), "T.NDJSON.GZ") == found


def test_lines_that_are_no_objects_are_rejected(read):
    rows = read('{"id": 1}\n[1]\n{"id": \n{"id": "a\\u0000"}\n{"id": "\\ud800"}\n{"id": 2}\n')[1]
    assert [(line, why[:24]) for line, _, why in rows] == [
        (1, ""),
        (2, "the line holds no JSON o"),
        (3, "the line is no JSON: Inp"),
        (4, "the column 'id' holds a "),
        (5, "the line is no JSON: Inp"),
        (6, ""),
    ]


def test_hostile_lines(read, monkeypatch):
    deep = '{"a":' * 100_000 + "1" + "}" * 100_000
    assert read('{"id": 1}\n' + deep + "\n")[1][1][2].startswith("the line is no JSON")
    nested = '{"a":' * 50 + "1" + "}" * 50
    header, rows = read(nested)
    assert header == (".".join("a" * 20),)
    assert json.loads(rows[0][1][0])
    with pytest.raises(SourceError, match="more than 10,000 keys"):
        read("{" + ",".join(f'"k{number}": 1' for number in range(10_001)) + "}")
    monkeypatch.setattr(json_lines, "LONGEST_ROW", 30)
    rows = read('{"id": 1}\n{"id": "' + "x" * 100 + '"}\n{"id": 2}\n{"id": "' + "x" * 22 + '"}')[1]
    assert [(line, bool(why)) for line, _, why in rows] == [
        (1, False), (2, True), (3, False), (4, True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ['[{"id": 1}]', "id\n1\n", "{\n}\n", "{}\n"])
def test_a_file_without_an_object_is_told(read, text):
    with pytest.raises(SourceError, match="no line is a JSON object"):
        read(text)
