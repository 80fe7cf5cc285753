"""Node and edge tables: the smallest true input, and every fault that a file or a row can have."""

from __future__ import annotations

import csv
import gzip
import io
import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_columns_may_stand_in_any_order_and_rejections_are_passed_over(tmp_path):
    text = "rejected_at,stage,id,rejected_because\nx:3,pilot,m1,a reason\n"
    write(tmp_path, "nodes_Model.csv", text)
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    assert [each for each in read(tmp_path) if isinstance(each, Node)] == [
        Node("Model", "m1", {"stage": "pilot"}, "nodes_Model.csv", 2),
        Node("Team", "t1", {}, "nodes_Team.csv", 2),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_that_people_have(tmp_path, encoding):
    write(tmp_path, "nodes_Team.csv", "id,name\nt1,Société Générale 5 €\n", encoding)
    assert read(tmp_path)[1].properties == {"name": "Société Générale 5 €"}
    assert read(tmp_path, encoding=encoding) == read(tmp_path)
    with pytest.raises(UsageError, match="no encoding 'klingon'"):
        read(tmp_path, encoding="klingon")


def test_another_delimiter_said_and_not_said(tmp_path):
    write(tmp_path, "nodes_Team.csv", "id;entity;name\nt1;Team;a, b\n")
    assert read(tmp_path, delimiter=";")[1].properties == {"name": "a, b"}
    with pytest.raises(SourceError, match="Say --delimiter ';'"):
        read(tmp_path)
    write(tmp_path, "nodes_Team.csv", "id\tname, of it\nt1\tx\n")
    with pytest.raises(SourceError, match="Say --delimiter 'tab'"):
        read(tmp_path)


def test_gzip_whole_and_cut_off(tmp_path):
    packed = gzip.compress(("id,name\n" + "".join(f"t{n},x\n" for n in range(5_000))).encode())
    (tmp_path / "nodes_Team.csv.gz").write_bytes(packed)
    assert len(read(tmp_path)) == 5_001
    (tmp_path / "nodes_Team.csv.gz").write_bytes(packed[:-20])
    with pytest.raises(SourceError, match="cut off or damaged"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "line", "said"),
    [
        ("nodes_Team.csv", b"", 0, "the file is empty"),
        ("nodes_Team.csv", b"\n\n", 1, "the file holds no header"),
        ("nodes_Team.csv", b"key,name\nt1,x\n", 1, "the column 'id' is missing"),
        ("nodes_Team.csv", b"ID,name\nt1,x\n", 1, "Did you mean 'ID'?"),
        ("nodes_Team.csv", b"id,name,name\nt1,x,y\n", 1, "are both called 'name'"),
        ("nodes_Team.csv", b"id,,name\n", 1, "column 2 has no name"),
        ("nodes_Team.csv", b"id,title\n", 1, "'title' cannot be a property of Team"),
        ("nodes_Team.csv", b"id,my own\n", 1, "'my own' cannot be the name of a property"),
        ("nodes_Team.csv", b"PK\x03\x04\x00", 0, "the workbook is damaged"),
        ("nodes_Team.csv", b"\x89PNG\x00\x01\x02\xff\x81", 1, "neither UTF-8 nor cp1252"),
        ("nodes_Team.csv", b"\x7fELF\x00\x01\x02", 1, "holds NUL characters"),
        ("rels_OWNS.csv", b"from,to\nt1,m1\n", 1, "columns 'from_label' and 'to_label' are miss"),
        ("rels_OWNS.csv", b"from_label,from,to_label,to,id\n", 1, "'id' cannot be a property"),
    ],
)
def test_a_fault_of_a_file_fails_the_source(tmp_path, name, content, line, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        read(tmp_path)
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / name), line)


def test_what_is_no_table_at_all(tmp_path):
    with pytest.raises(SourceError, match="no such file or folder"):
        read(tmp_path / "none")
    with pytest.raises(SourceError, match=r"Looked for files called nodes_<Label>\.csv"):
        read(tmp_path)
    write(tmp_path, "inventory.csv", "id\nt1\n")
    with pytest.raises(SourceError, match="by the importer 'table'"):
        read(tmp_path / "inventory.csv")
    (tmp_path / "nodes_Team.csv").mkdir()
    with pytest.raises(SourceError, match="this is a folder"):
        read(tmp_path)


def test_a_folder_that_may_not_be_read(tmp_path, request):
    folder = tmp_path / "closed"
    folder.mkdir()
    write(folder, "nodes_Team.csv", "id\n")
    folder.chmod(0)
    request.addfinalizer(lambda: folder.chmod(0o700))
    if os.geteuid() == 0:  # root may read everything
        request.addfinalizer(lambda: os.seteuid(0))
        os.seteuid(65_534)
    with pytest.raises(SourceError, match="Permission denied"):
        read(folder)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path):
    inside = tmp_path / "in"
    inside.mkdir()
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    (inside / "nodes_Team.csv").symlink_to(tmp_path / "nodes_Team.csv")
    with pytest.raises(SourceError, match="leads out of the folder"):
        read(inside)
    (tmp_path / "link").symlink_to(inside)
    (inside / "nodes_Team.csv").unlink()
    write(inside, "kept.txt", "id\nt2\n")
    (inside / "nodes_Team.csv").symlink_to(inside / "kept.txt")
    assert read(tmp_path / "link")[1].id == "t2"


def test_one_table_twice_is_refused(tmp_path):
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    (tmp_path / "nodes_Team.csv.gz").write_bytes(gzip.compress(b"id\nt1\n"))
    with pytest.raises(SourceError, match=r"nodes_Team\.csv is there, too"):
        read(tmp_path)


def test_a_table_of_an_unknown_name_is_rejected_once_and_the_others_go_in(tmp_path):
    write(tmp_path, "nodes_Modle.csv", "id\nm1\nm2\n")
    write(tmp_path, "nodes_Team.csv", "id\nt1\n")
    write(tmp_path, "node_Model.csv", "id\nm1\n")
    write(tmp_path, "rels_OWN.csv", "a\n")
    found = read(tmp_path)
    rejected = {each.file: each.why for each in found if isinstance(each, Rejected)}
    assert "Did you mean 'Model'?" in rejected["nodes_Modle.csv"]
    assert "Did you mean 'OWNS'?" in rejected["rels_OWN.csv"]
    assert "Rename the file" in rejected["node_Model.csv"]
    assert [each for each in found if not isinstance(each, Rejected)] == [
        Promise("Team"),
        Node("Team", "t1", {}, "nodes_Team.csv", 2),
    ]


def test_a_folder_of_real_dirt(tmp_path):
    write(
        tmp_path,
        "nodes_Team.csv",
        "id,entity,name\n"
        "t1,Team,fine\n"
        "t2\n"
        "t3,Team,x,y\n"
        "t4,Model,moved\n"
        't5,Team,"two\nlines\n"\n'
        "\n"
        "t6,Team,nu\0l\n"
        f"t7,Team,{'a' * 10_000_000}\n"
        't8,Team,"a"b\n'
        ",,\n"
        't9,Team,"stray\n'
        "t10,Team,fine\n"
        "t11,Team,cut o",
        encoding="cp1252",
    )
    write(
        tmp_path,
        "rels_PART_OF.csv",
        "from_label,from,to_label,to\nTeam,t1\nTeam,t1,Team,t2,x\n\nTeam,t1,Team,t10\n",
    )
    found = read(tmp_path)
    assert [each.id for each in found if isinstance(each, Node)] == ["t1", "t5", "t10", "t11"]
    assert [each.line for each in found if isinstance(each, Node)] == [2, 6, 15, 16]
    rejected = [each for each in found if isinstance(each, Rejected)]
    assert [(each.file, each.line, each.table) for each in rejected] == [
        ("nodes_Team.csv", 3, "nodes_Team"),
        ("nodes_Team.csv", 4, "nodes_Team"),
        ("nodes_Team.csv", 5, "nodes_Team"),
        ("nodes_Team.csv", 10, "nodes_Team"),
        ("nodes_Team.csv", 11, ""),
        ("nodes_Team.csv", 12, "nodes_Team"),
        ("nodes_Team.csv", 14, "nodes_Team"),
        ("rels_PART_OF.csv", 2, "rels_PART_OF"),
        ("rels_PART_OF.csv", 3, "rels_PART_OF"),
    ]
    for each, said in zip(
        rejected,
        ("1 cells", "4 cells", "the entity 'Model' is not Team", "NUL", "10,000,000 characters",
         "closed inside a cell", "never closed", "2 cells", "5 cells"),
        strict=True,
    ):  # fmt: skip
        assert said in each.why
    assert rejected[2].row == {"id": "t4", "entity": "Model", "name": "moved"}
    assert rejected[7].row == {"from_label": "Team", "from": "t1"}


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
NODES = st.dictionaries(WORDS, st.tuples(WORDS, st.just("") | WORDS), min_size=1, max_size=8)


def tables_of(folder, nodes):
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("id", "entity", "name", "kind"))
    writer.writerows((own_id, "Model", name, kind) for own_id, (name, kind) in nodes)
    write(folder, "nodes_Model.csv", out.getvalue())
    return {
        (each.id, tuple(each.properties.items()))
        for each in read(folder)
        if isinstance(each, Node)
    }


@settings(deadline=None)  # each example writes a file
@given(NODES, st.randoms())
def test_what_is_written_is_read_in_whatever_order(tmp_path_factory, nodes, random):
    folder = tmp_path_factory.mktemp("tables")
    rows = list(nodes.items())
    expected = {
        (own_id, (("name", name), *([("kind", kind)] if kind else [])))
        for own_id, (name, kind) in rows
    }
    assert tables_of(folder, rows) == expected
    random.shuffle(rows)
    assert tables_of(folder, rows) == expected


def test_a_hundred_thousand_rows_are_read_in_a_moment(tmp_path):
    rows = "".join(f"m{n},Model,Model {n},use_case,pilot,,3,\n" for n in range(50_000))
    write(tmp_path, "nodes_Model.csv", f"id,entity,name,kind,stage,stage_day,risk_tier,x\n{rows}")
    rows = "".join(f"Team,t{n},Model,m{n},accountable\n" for n in range(50_000))
    write(tmp_path, "rels_OWNS.csv", f"from_label,from,to_label,to,role\n{rows}")
    begun = time.process_time()
    assert len(read(tmp_path)) == 100_002
    assert time.process_time() - begun < 1.5  # 0.25 s, without what else the machine does


@pytest.mark.parametrize("name", ["ethereum-eips", "fed-ai-2024", "python-peps"])
def test_the_real_data_sets_are_read_whole(data_folder, name):
    folder = data_folder / name / "canonical"
    expected = 0
    for file in folder.iterdir():
        with file.open(encoding="utf-8-sig", newline="") as text:
            expected += sum(1 for _ in csv.DictReader(text))
    found = read(folder)
    assert sum(isinstance(each, Node | Relationship) for each in found) == expected > 3_000
    assert not [each for each in found if isinstance(each, Rejected)]
