"""The alias file: what it says, and every mistake with its line."""

import pytest

from ownership_graph.errors import SettingsError
from ownership_graph.identities import read_aliases
from ownership_graph.identities.aliases import NOBODY
from ownership_graph.identities.renaming import naming, renamed
from ownership_graph.records import Node, Promise, Rejected, Relationship


@pytest.fixture
def read(tmp_path):
    def read(*lines, header="alias,label,id"):
        file = tmp_path / "identities.csv"
        file.write_text("\n".join([header, *lines]) + "\n")
        return read_aliases(file)

    return read


@pytest.mark.parametrize("name", ["@octocat", "Octocat", " octo cat ", "OCTO"])
def test_logins_are_found_however_they_are_written(read, name):
    assert read("octocat,Person,octo").id_of("Person", name) == "octo"


def test_only_names_of_persons_are_folded(read):
    aliases = read("risk-emea,Team,risk")

    assert aliases.id_of("Team", "risk-emea") == "risk"
    assert aliases.id_of("Team", "Risk-EMEA") == "Risk-EMEA"
    assert aliases.id_of("Person", "risk-emea") == "risk-emea"


def test_a_chain_is_followed_to_its_end_whatever_the_order(read):
    aliases = read("b,Person,c", "a,Person,b", "c,Person,d")

    assert [aliases.id_of("Person", each) for each in "abcd"] == ["d"] * 4


def test_a_line_may_say_that_somebody_is_who_they_are(read):
    assert read("@Octo,Person,octo").id_of("Person", "OCTO") == "octo"


def test_the_same_line_twice_is_no_mistake(read):
    assert read("a,Person,b", "@A,Person,b").id_of("Person", "a") == "b"


def test_blank_rows_and_other_columns_are_passed_over(read):
    aliases = read("b,a,Team,they moved", ",,,", header="id,alias,label,why")

    assert aliases.id_of("Team", "a") == "b"


def test_the_checksum_is_of_what_is_said_and_not_of_how(read):
    assert read("a,Person,b", "x,Team,y").checksum == read("x,Team,y", "@A,Person,b").checksum
    assert read("a,Person,b").checksum != read("a,Person,c").checksum
    assert read().checksum == NOBODY.checksum == ""
    assert not read_aliases(None)


@pytest.mark.parametrize(
    ("lines", "line", "told"),
    [
        (["a,Persn,b"], 2, "the label 'Persn' is not in the model. Did you mean 'Person'?"),
        ([",Person,b"], 2, "the alias is blank. Fill it in"),
        (["a,Person,"], 2, "the id is blank"),
        (["a,Person,b", "@A,Person,c"], 3, "'@A' stands for 'b' in line 2, and for 'c' here."),
        (["a,Person,b", "c,Person,B"], 3, "the id 'B' is spelt 'b' in line 2"),
        (["a,Person,b", "b,Person,a"], 2, "stands for itself in a circle: a → b → a"),
        (["x,Person,b", "b,Person,c", "c,Person,b"], 3, "in a circle: b → c → b"),
        (["x,Team,risk", "risk,Person,y"], 3, "of a Person is the id of a Team in line 2"),
        (["a,Person"], 2, "cells"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line(read, lines, line, told):
    with pytest.raises(SettingsError, match="reading the identities") as failed:
        read(*lines)

    assert failed.value.line == line
    assert told in str(failed.value)


def test_all_mistakes_are_told_at_once(read):
    with pytest.raises(SettingsError) as failed:
        read("a,Persn,b", "c,Person,")

    assert "identities.csv:3" in failed.value.__notes__[0]


def test_a_missing_file_and_a_missing_column_are_told(read, tmp_path):
    with pytest.raises(SettingsError, match="could not be read"):
        read_aliases(tmp_path / "none.csv")
    with pytest.raises(SettingsError, match="label"):
        read("a,b", header="alias,id")


def test_records_come_under_the_ids_that_their_names_stand_for(read):
    aliases = read("cat,Person,octo", "risk-emea,Team,risk")
    tie = Relationship("OWNS", "Person", "@Cat", "Model", "m", {"confirmed_by": "risk-emea"})
    agreed = Relationship(
        "JUDGED_BY", "Model", "m", "Criterion", "x", {"agreed_by": ["@cat", "bob"]}
    )
    said = [
        Node("Person", "@Cat", {"name": "C"}, "f", 2),
        Node("Person", "octo"),
        Node("Person", "CAT"),
        Node("Person", "bob"),
        Node("Person", 7),
        tie,
        agreed,
        Relationship("OWNS", "Person", "x", "Model", "m", {"confirmed_by": 7}),
        Relationship("NONE", "Person", "x", "Model", "m", {"agreed_by": "@cat;bob"}),
        Promise("Person"),
        Rejected("f", 3, "why"),
        Rejected("f", 3, "why", "nodes_Person", {"id": "@cat", "x": "y"}),
        Rejected("f", 3, "why", "rels_OWNS", {"from_label": "Team ", "from": "risk-emea"}),
    ]

    assert list(renamed(said, aliases)) == [
        Node("Person", "octo", {"name": "C"}, "f", 2),
        Node("Person", "octo"),
        Node("Person", "bob"),
        Node("Person", 7),
        Relationship("OWNS", "Person", "octo", "Model", "m", {"confirmed_by": "risk"}),
        Relationship("JUDGED_BY", "Model", "m", "Criterion", "x", {"agreed_by": ["octo", "bob"]}),
        *said[7:11],
        Rejected("f", 3, "why", "nodes_Person", {"id": "octo", "x": "y"}),
        Rejected("f", 3, "why", "rels_OWNS", {"from_label": "Team ", "from": "risk"}),
    ]


def test_without_aliases_records_are_handed_on_as_they_are():
    records = [Node("Person", "octo")]

    assert renamed(records, NOBODY) is records


def test_who_did_something_stands_in_the_properties_that_say_so():
    assert naming("Model") == ("classified_by", "next_decided_by")
    assert naming("MEMBER_OF") == ()


def test_a_list_that_is_written_as_one_text_is_taken_apart(read):
    said = [Relationship("JUDGED_BY", "Model", "m", "Criterion", "c", {"agreed_by": "@cat; bob"})]

    [tie] = renamed(said, read("cat,Person,octo"))

    assert tie.properties == {"agreed_by": "octo; bob"}
