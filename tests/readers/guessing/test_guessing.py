"""Mappings guessed from tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.importing.reading import open_table
from ownership_graph.readers.guessing import guessed_mapping, preview_guess
from ownership_graph.readers.guessing.columns import Column
from ownership_graph.readers.mapping import Bound, parse_mapping
from ownership_graph.records import Node, Rejected, Relationship
from ownership_graph.toml_file import parse_toml


def records(header, rows):
    """What the guessed mapping makes of the rows it was guessed from."""
    text = guessed_mapping(header, rows)
    rules = parse_mapping(parse_toml(text.encode(), file="guess.toml", doing="reading the guess"))
    numbered = [(line, list(row), "") for line, row in enumerate(rows, start=2)]
    return list(Bound(rules, header, "t.csv").records(numbered))


def test_an_inventory_as_people_write_it():
    header = (
        "Model ID", "Model name", "Lifecycle stage", "Risk level", "Autonomy", "Go-live date",
        "Version", "Vendor", "Business owner", "Technical owner", "Base model",
        "Training datasets", "Comment", "Comment",
    )  # fmt: skip
    rows = [
        (
            "m1", "Triage", "In production", "High", "Advisory only", "14.03.2025", "v1", "Acme",
            "Claims EMEA", "ann@corp.example; bo@corp.example", "GPT-5", "claims\nphotos", "x", "",
        ),
        (
            "m2", "Churn", "Pilot phase", "Low", "Human in the loop", "2.12.2025", "v2", "Acme",
            "Sales", "Bo@corp.example;ann@corp.example", "", "crm\nweb", "", "",
        ),
        ("m3", "Chat", "Being rewritten", "tbd", "n/a", "", "v1", "", "", "", "", "", "", ""),
    ]  # fmt: skip
    said = records(header, rows)
    models = {
        each.id: each.properties
        for each in said
        if isinstance(each, Node) and each.label == "Model" and "name" in each.properties
    }
    assert models["m1"] == {
        "name": "Triage",
        "stage": "production",
        "risk_tier": "3",
        "autonomy": "advises",
        "stage_day": "2025-03-14",
        "version": "v1",
        "vendor": "Acme",
    }
    assert models["m2"]["autonomy"] == "acts_after_approval"
    assert models["m3"] == {"name": "Chat", "stage": "unknown", "version": "v1"}
    ties = {
        (each.type, each.from_label, each.from_id, each.to_id, *each.properties.values())
        for each in said
        if isinstance(each, Relationship)
    }
    assert ties >= {
        ("OWNS", "Team", "team:claims-emea", "m1", "business"),
        ("OWNS", "Person", "ann@corp.example", "m1", "technical"),
        ("OWNS", "Person", "bo@corp.example", "m2", "technical"),
        ("DEPENDS_ON", "Model", "m1", "gpt-5", "calls"),
        ("DEPENDS_ON", "Model", "m1", "photos", "trained_on"),
    }
    text = guessed_mapping(header, rows)
    assert '# What do these mean? "Being rewritten"' in text
    assert "Comment" not in text  # two columns of one name cannot be told apart


def test_a_day_that_can_be_read_in_two_ways_and_a_tier_that_is_not_told():
    header = ("ID", "Deployed", "Risk")
    rows = [("a", "03/04/2025", "High"), ("b", "05/06/2025", "To be seen"), ("c", "", "High")]
    text = guessed_mapping(header, rows)
    assert 'stage_day_written = "%d/%m/%Y"  # or is it %m/%d/%Y?' in text
    assert '"" = ["To be seen"]  # these say nothing so far: what do they mean?' in text
    assert not [each for each in records(header, rows) if isinstance(each, Rejected)]


def test_values_that_are_right_already_days_in_iso_and_numbers():
    header = ("Use case", "Target date", "Experiments per month", "Environment", "Owner")
    rows = [
        ("Triage", "2026-01-05", "3", "cloud", "Ann Lee"),
        ("Churn", "2026-02-05", "4.5", "cloud", "Lin, Bo"),
    ]
    said = records(header, rows)
    assert said[0] == Node(
        "Model",
        "model:1",
        {
            "name": "Triage", "target_day": "2026-01-05", "experiments_per_month": "3",
            "environment": "cloud",
        },
        "t.csv",
        2,
        {
            "name": "the column 'Use case'", "target_day": "the column 'Target date'",
            "experiments_per_month": "the column 'Experiments per month'",
            "environment": "the column 'Environment'",
        },
    )  # fmt: skip
    assert said[1].from_id == "Ann Lee"
    assert said[1].properties == {"role": "accountable"}
    assert "# no column tells rows apart" in guessed_mapping(header, rows)


def test_the_narrowest_team_owns_where_nobody_else_does():
    header = ("Title", "Department", "Office", "Team sizes are said in this long question?")
    rows = [("A", "D", "o1", "x"), ("B", "D", "o2", "y"), ("C", "D", "o3", "")]
    ties = [each for each in records(header, rows) if isinstance(each, Relationship)]
    assert [each.from_id for each in ties] == ["team:o1", "team:o2", "team:o3"]
    text = guessed_mapping(header, rows)
    assert '# Not used: "Department", "Team sizes are said in this long question?".' in text


def test_a_table_of_which_nothing_is_known_still_gives_a_mapping():
    said = records(("1st", "row", "", *(f"x{n}" for n in range(12))), [("a",) + ("b",) * 14])
    assert said == [Node("Model", "model:1", {}, "t.csv", 2)]
    assert guessed_mapping((), []) == (
        "[columns]\n\n[[fact]]\n"
        'Model = "model:{row}"  # no column tells rows apart: a row put in between renames all\n'
    )
    assert " and 4 more." in guessed_mapping(tuple(f"x{n}" for n in range(14)), [])


REGISTER = ("Nr.", "System", "Business owner", "IT owner")
SYSTEMS = [
    ("1", "Outage forecast", "Erik Sund", "Data Science"),
    ("2", "Churn", "Daniel Ortiz", "Data Science"),
    ("3", "Line icing", "Erik Sund; Omar Haddad", "Platform Engineering"),
]


def owners(said):
    return {
        (each.from_label, each.from_id)
        for each in said
        if isinstance(each, Relationship) and each.type == "OWNS"
    }


def models(said):
    return [
        each.properties["name"]
        for each in said
        if isinstance(each, Node) and each.label == "Model"
    ]


@pytest.mark.parametrize("total", ["Total", "TOTAL:", "Grand total", "Sub-total", "Sum"])
def test_a_row_that_sums_up_is_no_model(total):
    rows = [*SYSTEMS, (total, "3", "", "")]
    said = records(REGISTER, rows)
    assert models(said) == ["Outage forecast", "Churn", "Line icing"]
    assert f'except = {{ nr = ["{total}"] }}  # it sums the others up, and is no model' in (
        guessed_mapping(REGISTER, rows)
    )
    named = [("System", "Cost"), ("Churn", "3"), (total, "3.5")]
    assert models(records(named[0], named[1:])) == ["Churn"]


def test_a_model_may_be_called_total_and_a_sum_may_stand_where_no_name_is():
    assert models(records(("System", "Owner"), [("Total", "Ann Lee"), ("B", "Bo Li")])) == [
        "Total",
        "B",
    ]
    assert "except" not in guessed_mapping(REGISTER, SYSTEMS)
    guessed = guessed_mapping(("", "System"), [("", "Churn"), ("Total", "1")])
    assert "# A row sums the others up, in a column without a name: take it out." in guessed
    assert "except" not in guessed


def test_values_that_read_like_teams_are_teams_and_several_persons_in_a_cell_are_several():
    said = records(REGISTER, SYSTEMS)
    assert owners(said) == {
        ("Person", "Erik Sund"),
        ("Person", "Daniel Ortiz"),
        ("Person", "Omar Haddad"),
        ("Team", "team:data-science"),
        ("Team", "team:platform-engineering"),
    }
    assert "or are some of them" not in guessed_mapping(REGISTER, SYSTEMS)


def test_owners_that_read_like_both_have_a_comment():
    people = [(str(number), "Ann Lee") for number in range(4)]
    header = ("System", "Owner")
    assert '"Model model:{row}"]  # or are some of them teams?' in guessed_mapping(
        header, [*people, ("X", "Data Science")]
    )
    teams = [(str(number), "Data Science") for number in range(4)]
    assert ':slug}"  # or are some of them persons?' in guessed_mapping(
        header, [*teams, ("X", "Ann Lee")]
    )


def test_a_preview_of_rows_without_a_fault(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("Model ID,Name\nm1,Triage\n", encoding="utf-8")
    with open_table(path) as table:
        lines = list(preview_guess(table, path))
    assert lines[-2:] == ["# Facts, 1 of 1 in the first 1 rows:", "#   Model m1, name 'Triage'"]


def test_a_preview_of_approvals_names_their_importer(tmp_path):
    path = tmp_path / "sign offs.csv"
    path.write_text("Model name,Approval stage,Approver,Decision\nA,Legal,Ann,Yes\n", "utf-8")
    with open_table(path) as table:
        lines = list(preview_guess(table, path, {"delimiter": ","}))
    assert lines[:2] == [
        "# It looks like a table of approvals, which is read without a mapping:",
        f"#   ownership-graph import approvals '{path}' --dry-run",
    ]


def test_names_of_columns_that_cannot_stand_in_a_mapping():
    said = records(("Owner!", "owner", "2nd owner", "Row owner"), [("Ann Lee", "Bo", "Cy", "Di")])
    assert len([each for each in said if isinstance(each, Relationship)]) == 4


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["Model ID", "Name", "Stage", "Risk", "Owner", "Team", "Live since",
                             "row", "Base model", "Version", "Owner e-mail"]),
            st.text(max_size=12),
        ),
        max_size=6,
    ),
    st.lists(st.lists(st.text(max_size=10), min_size=6, max_size=6), max_size=5),
)  # fmt: skip
def test_a_guess_is_always_a_mapping_that_can_be_used(header, rows):
    names = tuple(" ".join(each.replace("\0", "").split()) for each in header)
    cells = [[cell.replace("\0", "") for cell in row[: len(names)]] for row in rows]
    assert isinstance(records(names, cells), list)


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2025-01-02", "2025-12-31"], []),
        (["20250102"], None),
        (["31.12.2025", "1.2.2025"], ["%d.%m.%Y"]),
        (["12/31/2025"], ["%m/%d/%Y"]),
        (["soon"], None),
        ([], None),
    ],
)
def test_how_days_are_written(values, formats):
    assert Column("Day", values, len(values)).date_formats == formats
