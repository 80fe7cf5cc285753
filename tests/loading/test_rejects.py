import pytest

from ownership_graph.errors import UsageError
from ownership_graph.loading.rejects import NOT_IMPORTED, write_rejected
from ownership_graph.records import Rejected

TEAM = Rejected("t.csv", 4, "no such kind", "nodes_Team", {"id": "t1", "entity": "Team"})
MORE = Rejected("t.csv", 0, "blank", "nodes_Team", {"id": "t2", "name": 'a "b", c'})


def test_each_table_has_all_columns_and_where_and_why(tmp_path):
    assert write_rejected(tmp_path / "deep" / "r", [TEAM, MORE]) == tmp_path / "deep" / "r"

    assert (tmp_path / "deep" / "r" / "nodes_Team.csv").read_text() == (
        "id,entity,name,rejected_at,rejected_because\n"
        "t1,Team,,t.csv:4,no such kind\n"
        't2,,"a ""b"", c",t.csv,blank\n'
    )


def test_where_and_why_of_an_earlier_import_are_replaced(tmp_path):
    again = Rejected("x", 1, "new", "rels_OWNS", {"from": "t1", "rejected_because": "old"})

    write_rejected(tmp_path, [again])

    assert (tmp_path / "rels_OWNS.csv").read_text() == (
        "from,rejected_at,rejected_because\nt1,x:1,new\n"
    )


def test_what_no_table_can_hold_is_listed(tmp_path):
    write_rejected(
        tmp_path,
        [
            Rejected("t.csv", 9, "cut off"),
            Rejected("", 0, "odd", "../nodes_Team", {"a": "b"}),
        ],
    )

    assert (tmp_path / "rejected.txt").read_text() == (
        "Rows that were rejected, and that no table can hold:\nt.csv:9: cut off\n: odd\n    a: b\n"
    )
    assert [each.name for each in tmp_path.iterdir()] == ["rejected.txt"]


def test_what_cannot_be_written_as_text_is_written_as_an_escape(tmp_path):
    row = {"id": "a\0b", "name": "a\udc80"}

    write_rejected(tmp_path, [Rejected("t", 1, "odd", "nodes_Team", row)])

    assert "a\\0b,a\\udc80,t:1,odd" in (tmp_path / "nodes_Team.csv").read_text()


def test_files_of_an_earlier_import_go(tmp_path):
    loose = Rejected("x", 1, "cut off")
    write_rejected(tmp_path, [TEAM, loose])
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "nodes_Model.csv").write_text("id,name\nm1,\n")
    (tmp_path / "rels_OWNS.csv").mkdir()

    write_rejected(tmp_path, [loose])
    assert not (tmp_path / "nodes_Team.csv").exists()

    assert write_rejected(tmp_path, []) is None
    assert {each.name for each in tmp_path.iterdir()} == {
        "notes.txt",
        "nodes_Model.csv",
        "rels_OWNS.csv",
    }


def test_a_folder_that_is_left_empty_goes_and_one_that_never_was_is_not_made(tmp_path):
    folder = tmp_path / "r"
    write_rejected(folder, [TEAM])

    write_rejected(folder, [])

    assert not folder.exists()
    assert write_rejected(folder, []) is None
    assert not folder.exists()


def test_what_an_import_that_failed_left_goes_with_the_next_one_and_nothing_else(tmp_path):
    write_rejected(tmp_path / "r" / NOT_IMPORTED, [TEAM])
    write_rejected(tmp_path / "r", [TEAM])
    assert [each.name for each in (tmp_path / "r").iterdir()] == ["nodes_Team.csv"]

    write_rejected(tmp_path / "r" / NOT_IMPORTED, [TEAM])
    (tmp_path / "r" / NOT_IMPORTED / "notes.txt").write_text("mine")
    write_rejected(tmp_path / "r", [])

    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert left == [tmp_path / "r" / NOT_IMPORTED / "notes.txt"]


def test_a_table_of_somebody_else_is_never_written_over(tmp_path):
    (tmp_path / "nodes_Team.csv").write_text("id,name\nt1,Risk\n")

    with pytest.raises(UsageError, match="holds something else"):
        write_rejected(tmp_path, [TEAM])

    assert (tmp_path / "nodes_Team.csv").read_text() == "id,name\nt1,Risk\n"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_link_is_never_followed(tmp_path):
    write_rejected(tmp_path / "other", [TEAM])
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "nodes_Team.csv").symlink_to(tmp_path / "other" / "nodes_Team.csv")

    with pytest.raises(UsageError, match="holds something else"):
        write_rejected(tmp_path / "r", [TEAM])


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(
        UsageError, match=r"writing the rejected rows to .*file/r: .* Name another"
    ):
        write_rejected(tmp_path / "file" / "r", [TEAM])


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    bad = Rejected("t", 1, "odd", "nodes_Team", {"id": 3})

    with pytest.raises(AttributeError):
        write_rejected(tmp_path, [bad])

    assert list(tmp_path.iterdir()) == []


def test_only_the_user_can_read_what_was_rejected(tmp_path):
    write_rejected(tmp_path, [TEAM])

    assert (tmp_path / "nodes_Team.csv").stat().st_mode & 0o777 == 0o600
