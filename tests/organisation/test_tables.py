from __future__ import annotations

import csv

from ownership_graph.organisation import organisation, write_tables
from ownership_graph.records import Node, Relationship

TODAY = 20_781


def read(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_node_table_names_label_and_id_first(tmp_path):
    write_tables([Node("Team", "t2", {"name": "Two, more"}), Node("Team", "t1")], tmp_path)
    assert (tmp_path / "nodes_Team.csv").read_bytes() == (
        b'id,entity,name\nt1,Team,\nt2,Team,"Two, more"\n'
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
         "status": "agreed", "since_day": "1970-01-01", "observed": "0.25", "agreed_by": "a;b"}
    ]  # fmt: skip
    assert read(tmp_path / "rels_CONFLICTS_WITH.csv")[0]["reconciled"] == "false"
    assert read(tmp_path / "rels_DEPENDS_ON.csv")[0]["hard"] == "true"


def test_the_order_of_the_facts_does_not_matter(tmp_path):
    records = list(organisation(today=TODAY))
    write_tables(records, tmp_path / "one")
    write_tables(reversed(records), tmp_path / "two")
    files = sorted(tmp_path.glob("one/*"))
    assert len(files) == 44
    for file in files:
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_all_facts_stand_in_the_tables(tmp_path):
    records = list(organisation(today=TODAY))
    write_tables(records, tmp_path)
    assert sum(len(read(file)) for file in tmp_path.iterdir()) == len(records)
