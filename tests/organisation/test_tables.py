from __future__ import annotations

import csv

import pytest

from ownership_graph.errors import OwnershipGraphError
from ownership_graph.organisation import organisation, write_tables
from ownership_graph.records import Node, Relationship

TODAY = 20_781


def read(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_node_table_has_label_and_id_first_and_a_column_for_each_property(tmp_path):
    write_tables([Node("Team", "t2", {"name": "Two, more"}), Node("Team", "t1")], tmp_path)
    assert (tmp_path / "nodes_Team.csv").read_bytes() == (
        b"id,entity,name,kind,function,status,risk_appetite,decision_rule,quorum,"
        b"meets_every_days,capacity_per_meeting\n"
        b't2,Team,"Two, more",,,,,,,,\nt1,Team,,,,,,,,,\n'
    )


def test_days_are_dates_lists_are_joined_and_booleans_are_words(tmp_path):
    judged = {"status": "agreed", "since_day": 0, "agreed_by": ["a", "b"], "observed": 0.25}
    ends = ("Model", "m", "Criterion", "c")
    write_tables(
        [
            Relationship("JUDGED_BY", *ends, judged),
            Relationship("CONFLICTS_WITH", "Incentive", "i", "Incentive", "j",
                         {"reconciled": False}),
            Relationship("DEPENDS_ON", "Model", "m", "Model", "n", {"hard": True}),
        ],
        tmp_path,
    )  # fmt: skip
    assert read(tmp_path / "rels_JUDGED_BY.csv") == [
        {"from_label": "Model", "from": "m", "to_label": "Criterion", "to": "c",
         "status": "agreed", "since_day": "1970-01-01", "until_day": "", "observed": "0.25",
         "agreed_by": "a;b"}
    ]  # fmt: skip
    assert read(tmp_path / "rels_CONFLICTS_WITH.csv")[0]["reconciled"] == "false"
    assert read(tmp_path / "rels_DEPENDS_ON.csv")[0]["hard"] == "true"


def test_rows_stand_in_the_order_in_which_they_came(tmp_path):
    write_tables((Node("Team", each) for each in ("t2", "t1", "t3")), tmp_path)
    assert [row["id"] for row in read(tmp_path / "nodes_Team.csv")] == ["t2", "t1", "t3"]


def test_all_facts_stand_in_the_tables_and_are_counted(tmp_path):
    records = list(organisation(today=TODAY))
    rows = write_tables(records, tmp_path)
    assert sum(len(read(file)) for file in tmp_path.iterdir()) == len(records)
    assert sum(rows.values()) == len(records)
    assert rows["Gate"] == 6


def test_tables_of_another_name_stay_and_old_ones_are_replaced(tmp_path):
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    (tmp_path / "nodes_Team.csv").write_text("old", encoding="utf-8")
    write_tables([Node("Team", "t1")], tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine.csv", "nodes_Team.csv"]
    assert read(tmp_path / "nodes_Team.csv")[0]["id"] == "t1"


def test_no_table_is_there_when_the_facts_end_in_an_error(tmp_path):
    def broken():
        yield Node("Team", "t1")
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 -- ours
        write_tables(broken(), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OwnershipGraphError, match=r"writing tables into .*Name a folder"):
        write_tables([Node("Team", "t1")], tmp_path / "file" / "below")
