"""What people state: the smallest true input, and every mistake that a person can make."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Relationship

MANUAL = find_importer("manual")
NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def read(tmp_path):
    def read(text):
        (tmp_path / "manual.toml").write_text(text)
        return list(MANUAL.read(path=tmp_path / "manual.toml"))

    return read


def test_the_smallest_true_input(read):
    said = read(
        """
[Model.m1]
stage = "retired"
stage_day = 2026-03-01

[Person."gh:octocat"]
absent = true

[[OWNS]]
from = "Team risk"
to   = "Model m1"
role = "accountable"

[[OWNS]]
from   = "Team risk"
to     = "Model m1"
absent = true
why    = "handed to Ops in March"
"""
    )

    assert said == [
        Node("Model", "m1", {"stage": "retired", "stage_day": "2026-03-01"}, "manual.toml", 3),
        Node("Person", "gh:octocat", {"absent": True}, "manual.toml", 7),
        Relationship(
            "OWNS", "Team", "risk", "Model", "m1", {"role": "accountable"}, "manual.toml", 9
        ),
        Relationship(
            "OWNS",
            "Team",
            "risk",
            "Model",
            "m1",
            {"absent": True, "why": "handed to Ops in March"},
            "manual.toml",
            14,
        ),
    ]


@pytest.mark.parametrize(
    ("written", "end"),
    [
        ("Team risk emea", ("Team", "risk emea")),
        ("  Team   gh:risk ", ("Team", "gh:risk")),
        ("Person Team", ("Person", "Team")),
    ],
)
def test_an_end_is_a_label_and_an_id(read, written, end):
    [said] = read(f'[[OWNS]]\nfrom = "{written}"\nto = "Model m1"\n')

    assert (said.from_label, said.from_id) == end


def test_the_id_alone_will_do_where_only_one_label_can_stand(read):
    [said] = read('[[MEMBER_OF]]\nfrom = "gh:Octo Cat"\nto = "Team risk"\n')

    assert (said.from_label, said.from_id) == ("Person", "gh:Octo Cat")
    assert (said.to_label, said.to_id) == ("Team", "risk")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('[Modle.m1]\nstage = "idea"', 2, "Did you mean 'Model'?"),
        ('\n[[Model]]\nid = "m1"', 2, "a Model is a table with its id in the name"),
        ('[Model]\nstage = "idea"', 2, "the Model of 'stage' has no id"),
        ('[Model.fraud.v2]\nstage = "idea"', 2, 'Write: [Model."fraud.v2"]'),
        ('[OWNS]\nfrom = "Team a"\nto = "Model m"', 2, "OWNS stands in two pairs of brackets"),
        ('OWNS = ["Team a"]', 1, "OWNS is a table"),
        ('[[OWNS]]\nfrom = "Team a"', 1, "'to' is missing"),
        ('[[OWNS]]\nfrom = "Team a"\nto = 7', 3, "'to' is 7, and no text"),
        ('[[OWNS]]\nfrom = "Team a"\nto = " "', 3, "'to' is ' ', and no text"),
        ('[[OWNS]]\nfrom = "risk"\nto = "x"', 2, "which Team or Person is meant. Write:"),
        ('[[OWNS]]\nfrom = "Taem risk"\nto = "x"', 2, 'Write: from = "Team risk"'),
        ('[[MEMBER_OF]]\nfrom = "Model a"\nto = "b"', 2, "does not say which Person is meant."),
        ("[Model.m1]\nabsnet = true", 2, "'absnet' says nothing. Did you mean 'absent'?"),
        ("[Model.m1]\n[Model.m1]", 2, "this is not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_form_fails_the_file_and_is_told_with_its_line(read, text, line, told):
    with pytest.raises(SourceError, match="manual") as failed:
        read(text)

    assert failed.value.line == line
    assert told in str(failed.value)


def test_a_wrong_value_rejects_its_entry_and_what_was_stated_stands(
    read, tmp_path, embedded_store
):
    file = tmp_path / "manual.toml"
    order = Order("manual", MANUAL, {"path": file})
    read('[Model.m1]\nstage = "pilot"\n[Model.m2]\nstage = "pilot"\n')
    load(embedded_store, order, now=NOW)
    read('[Model.m1]\nstage = "retried"\n[Model.m2]\nstage = "retired"\n')

    summary = load(embedded_store, order, now=NOW)

    [rejected] = summary.rejected
    assert rejected.line == 2
    assert rejected.why.startswith("the stage 'retried' is not one of idea, experiment")
    assert [fact.properties for fact in embedded_store.facts()] == [
        {"stage": "pilot"},
        {"stage": "retired"},
    ]


def test_a_folder_holds_files_and_tables_that_promise_nothing(tmp_path):
    (tmp_path / "b.toml").write_text("[Team.b]\nabsent = true\n")
    (tmp_path / "a.toml").write_text('[Team.a]\nname = "A"\n')
    (tmp_path / "nodes_Model.csv").write_text("id,stage,absent\nm1,pilot,\nm2,,yes\n")
    (tmp_path / "README.md").write_text("Ours.")

    assert list(MANUAL.read(path=tmp_path)) == [
        Node("Team", "a", {"name": "A"}, "a.toml", 2),
        Node("Team", "b", {"absent": True}, "b.toml", 2),
        Node("Model", "m1", {"stage": "pilot"}, "nodes_Model.csv", 2),
        Node("Model", "m2", {"absent": "yes"}, "nodes_Model.csv", 3),
    ]


def test_one_table_alone_will_do(tmp_path):
    table = tmp_path / "nodes_Model.csv"
    table.write_text("id,absent\nm1,true\n")

    assert list(MANUAL.read(path=table)) == [
        Node("Model", "m1", {"absent": "true"}, "nodes_Model.csv", 2)
    ]


def test_an_empty_folder_and_a_missing_file_are_told(tmp_path):
    with pytest.raises(SourceError, match=r"nothing is there\. Looked for"):
        list(MANUAL.read(path=tmp_path))
    with pytest.raises(SourceError, match="could not be read"):
        list(MANUAL.read(path=tmp_path / "none.toml"))


def test_it_is_called_manual_where_nobody_says_otherwise():
    assert MANUAL.source == "manual"
    assert find_importer("tables").source == ""
