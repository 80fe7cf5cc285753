"""Node and edge tables: the smallest true input, and every fault that a file or a row can have."""

from __future__ import annotations

import gzip

import pytest

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.records import Node, Promise, Rejected, Relationship

TABLES = find_importer("tables")


def read(path, **options):
    return list(TABLES.read(path=path, **options))


def write(folder, name, text, encoding="utf-8"):
    (folder / name).write_bytes(text.encode(encoding))
    return folder


def test_the_smallest_true_input(tmp_path):
    write(tmp_path, "nodes_Model.csv", "id,entity,name,stage\nm1,Model,Triage,\n")
    write(
        tmp_path,
        "rels_OWNS.csv",
        "from_label,from,to_label,to,role,source\nTeam,t1,Model,m1,accountable,x\n",
    )
    write(tmp_path, "notes.txt", "passed over")
    assert read(tmp_path) == [
        Promise("Model"),
        Node("Model", "m1", {"name": "Triage"}, "nodes_Model.csv", 2),
        Promise("OWNS"),
        Relationship(
            "OWNS", "Team", "t1", "Model", "m1", {"role": "accountable"}, "rels_OWNS.csv", 2
        ),
    ]


def test_one_table_alone_and_a_header_only(tmp_path):
    write(tmp_path, "rels_OWNS.csv", "from_label,from,to_label,to\n")
    assert read(tmp_path / "rels_OWNS.csv") == [Promise("OWNS")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_that_people_have(tmp_path, encoding):
    write(tmp_path, "nodes_Team.csv", "id,name\nt1,Société Générale – €\n", encoding)
    assert read(tmp_path)[1].properties == {"name": "Société Générale – €"}


def test_a_stated_encoding(tmp_path):
    write(tmp_path, "nodes_Team.csv", "id,name\nt1,Łódź\n", "iso-8859-2")
    assert read(tmp_path, encoding="latin2")[1].properties == {"name": "Łódź"}
    with pytest.raises(UsageError, match="is not known"):
        read(tmp_path, encoding="klingon")
    with pytest.raises(SourceError, match="not text in utf-8"):
        read(tmp_path, encoding="utf-8")


def test_gzip_whole_and_cut_off(tmp_path):
    packed = gzip.compress(("id,name\n" + "".join(f"t{n},x\n" for n in range(5_000))).encode())
    (tmp_path / "nodes_Team.csv.gz").write_bytes(packed)
    assert len(read(tmp_path)) == 5_001
    (tmp_path / "nodes_Team.csv.gz").write_bytes(packed[:-20])
    with pytest.raises(SourceError, match="cut off or broken"):
        read(tmp_path)
    (tmp_path / "nodes_Team.csv.gz").write_bytes(packed[:12] + b"\xff" * 200)
    with pytest.raises(SourceError, match="cut off or broken"):
        read(tmp_path)


def test_a_value_may_go_over_lines_and_the_line_is_where_the_row_begins(tmp_path):
    write(tmp_path, "nodes_Team.csv", 'id,name\nt1,"two\nlines"\n\nt2,x\n')
    assert [(each.id, each.line) for each in read(tmp_path)[1:]] == [("t1", 2), ("t2", 5)]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nodes_Team.csv", b"", "it is empty"),
        ("nodes_Team.csv", b"\n\n", "it is empty"),
        ("nodes_Team.csv", b"id;name\nt1;x\n", "Say --delimiter ';'"),
        ("nodes_Team.csv", b"id\tname\nt1\tx\n", "Say --delimiter 'tab'"),
        ("nodes_Team.csv", b"key,name\nt1,x\n", "the column 'id' is missing"),
        ("nodes_Team.csv", b"id,name,name\nt1,x,y\n", "is there twice"),
        ("nodes_Team.csv", b"PK\x03\x04\x00", "a zip archive or an Excel file"),
        ("nodes_Team.csv", b"\x89PNG\x00\x01\x02\xff", "not text"),
        ("nodes_Team.csv", b'id,name\nt1,"never closed\nt2,x\n', "never closed"),
        ("nodes_Team.csv", b'"id,name\n', "never closed"),
        ("nodes_Team.csv", b'id,"na"me\n', "is not a row of CSV"),
        ("rels_OWNS.csv", b"from,to\nt1,m1\n", "the column 'from_label' is missing"),
    ],
)  # fmt: skip
def test_a_fault_of_a_file_fails_the_source(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(tmp_path)
    assert said in str(caught.value)
    assert caught.value.file == name


def test_what_is_no_table_at_all(tmp_path):
    with pytest.raises(SourceError, match="no such file or folder"):
        read(tmp_path / "none")
    with pytest.raises(SourceError, match="nodes_<Label>.csv"):
        read(tmp_path)
    (tmp_path / "nodes_Team.csv").mkdir()
    with pytest.raises(SourceError, match="a folder, not a file"):
        read(tmp_path)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    (inside / "nodes_Team.csv").symlink_to(tmp_path / "nodes_Team.csv")
    with pytest.raises(SourceError, match="leads out of the folder"):
        read(inside)


def test_a_table_of_an_unknown_label_is_rejected_and_the_others_go_in(tmp_path):
    write(tmp_path, "nodes_Modle.csv", "id\nm1\n")
    write(tmp_path, "rels_OWN.csv", "a\n")
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    first, *rest, last = read(tmp_path)
    assert isinstance(first, Rejected)
    assert "Did you mean 'Model'?" in first.why
    assert "Did you mean 'OWNS'?" in last.why
    assert rest == [Promise("Team"), Node("Team", "t1", {}, "nodes_Team.csv", 2)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("t1", "has 1 cells where the header has 3"),
        ("t1,Team,x,y", "has 4 cells where the header has 3"),
        ("t1,Model,x", "the column entity says 'Model' in a table of Team"),
        ('t1,Team,"a"b', "is not a row of CSV"),
    ],
)
def test_a_fault_of_a_row_rejects_that_row_alone(tmp_path, row, said):
    write(tmp_path, "nodes_Team.csv", f"id,entity,name\n{row}\nt2,Team,fine\n")
    _, bad, good = read(tmp_path)
    assert isinstance(bad, Rejected)
    assert said in bad.why
    assert (bad.file, bad.line, bad.table) == ("nodes_Team.csv", 2, "nodes_Team")
    assert good.id == "t2"


def test_a_relationship_that_is_cut_off_keeps_what_it_held(tmp_path):
    write(tmp_path, "rels_OWNS.csv", "from_label,from,to_label,to\nTeam,t1\n")
    bad = read(tmp_path)[1]
    assert bad.row == {"from_label": "Team", "from": "t1"}


def test_a_delimiter_is_one_character(tmp_path):
    write(tmp_path, "nodes_Team.csv", "id;name\nt1;x\n")
    assert read(tmp_path, delimiter=";")[1].id == "t1"
    write(tmp_path, "nodes_Team.csv", "id\tname\nt1\tx\n")
    assert read(tmp_path, delimiter="tab")[1].id == "t1"
    for wrong in ("", ";;", '"', "\n"):
        with pytest.raises(UsageError, match="not one character"):
            read(tmp_path, delimiter=wrong)


def test_columns_without_a_name_are_passed_over(tmp_path):
    write(tmp_path, "nodes_Team.csv", "id,,name,\nt1,a,b,c\n")
    assert read(tmp_path)[1].properties == {"name": "b"}


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)  # root may read everything
    with pytest.raises(SourceError, match="Permission denied"):
        read(tmp_path)


def test_more_than_can_be_meant_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("ownership_graph.importing.delimited.LARGEST", 100)
    write(tmp_path, "nodes_Team.csv", "id,name\n" + "t1,x\n" * 50)
    with pytest.raises(SourceError, match="more than 100 bytes"):
        read(tmp_path)


def test_the_real_data_sets_are_read_whole(data_folder):
    counts = {
        folder: sum(
            isinstance(each, Node | Relationship)
            for each in read(data_folder / folder / "canonical")
        )
        for folder in ("ethereum-eips", "fed-ai-2024", "python-peps")
    }
    assert counts == {"ethereum-eips": 3171, "fed-ai-2024": 9751, "python-peps": 4509}
