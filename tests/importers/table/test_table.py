"""Any table through a mapping: what it can say, and what a row can do wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.errors import SettingsError
from ownership_graph.importing.importers import find_importer
from ownership_graph.records import Node, Promise, Rejected, Relationship

TABLE = find_importer("table")
MAPPINGS = Path(__file__).parents[3] / "examples" / "mappings"

MAPPING = """
[columns]
title = "Name"
team = "~owning"
impact = "Impact"
[values.tier]
3 = ["high", "rights-*"]
1 = ["low"]
[[fact]]
Model = "uc{row}"
set = { name = "{title}", kind = "use_case", risk_tier = "{impact:tier}" }
link = { SERVES = ["UseCase claims", "UseCase u{row}"] }
[[fact]]
OWNS = ["Team t:{team:lower}", "Model uc{row}"]
where = { team = "?*" }
except = { team = ["n/a", "none*"] }
set = { role = "accountable" }
[[fact]]
Gate = "{gate}"
each = [{ gate = "legal", seq = 1 }, { gate = "security", seq = 2 }]
set = { name = "{gate}", seq = "{seq}" }
"""


def read(folder, table, mapping=MAPPING):
    (folder / "t.csv").write_text(table, encoding="utf-8")
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return list(TABLE.read(path=folder / "t.csv", mapping=folder / "m.toml"))


def test_several_facts_a_row(tmp_path):
    found = read(tmp_path, "Name,The owning team,Impact\n Triage ,Claims,HIGH\n")
    assert found[:4] == [Promise("Model"), Promise("SERVES"), Promise("OWNS"), Promise("Gate")]
    assert found[4:] == [
        Node("Model", "uc1", {"name": "Triage", "kind": "use_case", "risk_tier": "3"}, "t.csv", 2),
        Relationship("SERVES", "Model", "uc1", "UseCase", "claims", {}, "t.csv", 2),
        Relationship("SERVES", "Model", "uc1", "UseCase", "u1", {}, "t.csv", 2),
        Relationship(
            "OWNS", "Team", "t:claims", "Model", "uc1", {"role": "accountable"}, "t.csv", 2
        ),
        Node("Gate", "legal", {"name": "legal", "seq": "1"}, "t.csv", 2),
        Node("Gate", "security", {"name": "security", "seq": "2"}, "t.csv", 2),
    ]


def test_what_every_row_makes_is_made_once(tmp_path):
    found = read(tmp_path, "Name,owning,Impact\nA,x,low\nB,x,low\n")
    assert sum(isinstance(each, Node) and each.label == "Gate" for each in found) == 2


def test_conditions_leave_rows_out(tmp_path):
    found = read(tmp_path, "Name,owning,Impact\nA,,low\nB,N/A,low\nC,None yet,low\nD,x,low\n")
    assert [
        each.to_id for each in found if isinstance(each, Relationship) and each.type == "OWNS"
    ] == ["uc4"]


def test_a_blank_value_is_not_stated_and_a_strange_one_is_not_guessed(tmp_path):
    found = read(tmp_path, "Name,owning,Impact\nA,x,\nB,x,medium\n")
    first = next(each for each in found if isinstance(each, Node) and each.id == "uc1")
    assert "risk_tier" not in first.properties
    rejected = [each for each in found if isinstance(each, Rejected)]
    assert [each.line for each in rejected] == [3]
    assert "'medium' of 'impact' fits nothing in [values.tier]" in rejected[0].why
    assert {
        each.from_id for each in found if isinstance(each, Relationship) and each.type == "OWNS"
    } == {"t:x"}


def test_an_id_made_from_a_blank_is_rejected_with_the_remedy(tmp_path):
    mapping = '[columns]\nteam = "T"\n[[fact]]\nTeam = "t:{team}"\n'
    found = read(tmp_path, "T,x\n,1\nA,2\n", mapping)
    assert 'where = { team = "?*" }' in found[1].why
    assert found[2].id == "t:A"


def test_a_row_that_is_cut_off_keeps_its_number(tmp_path):
    mapping = '[columns]\nname = "N"\n[[fact]]\nModel = "uc{row}"\nset = { name = "{name}" }\n'
    found = read(tmp_path, "N,x\na\nb,2\n", mapping)
    assert isinstance(found[1], Rejected)
    assert found[2].id == "uc2"


@pytest.mark.parametrize(
    ("mapping", "line", "said"),
    [
        ("", 0, "it makes no fact"),
        ("colums = 1", 1, "Did you mean 'columns'?"),
        ('columns = "x"', 1, "must be a table"),
        ("[columns]\na = 3", 2, "must name a header"),
        ('[columns]\n"a b" = "x"', 2, "cannot be a short name"),
        ('[columns]\nrow = "x"', 2, "cannot be a short name"),
        ("[values.lower]\na = []", 2, "cannot be the name of a list"),
        ("[values.tier]\na = 3", 2, "must be a list of patterns"),
        ("[values]\ntier = 3", 2, "must be a table"),
        ("fact = 3", 1, "it makes no fact"),
        ("fact = [3]", 1, "must be a table"),
        ("[[fact]]\nset = {}", 2, "names one label or one relationship; this one names none"),
        ('[[fact]]\nModel = "a"\nTeam = "b"', 2, "names Model and Team"),
        ('[[fact]]\nModle = "a"', 2, "Did you mean 'Model'?"),
        ("[[fact]]\nModel = []", 2, "must be a text or a number"),
        ('[[fact]]\nModel = "{name}"', 2, "there is no column 'name'"),
        ('[columns]\ntitle = "T"\n[[fact]]\nModel = "{titel}"', 4, "Did you mean 'title'?"),
        ('[[fact]]\nModel = "{row:teir}"', 2, "there is no list of values 'teir'"),
        ('[[fact]]\nModel = "{row"', 2, "a brace without its partner"),
        ('[[fact]]\nModel = "{a b}"', 2, "is no place for a value"),
        ('[[fact]]\nOWNS = "Team a"', 2, "must name two ends"),
        ('[[fact]]\nOWNS = ["Team", "Model b"]', 2, "is a label and an id"),
        ('[[fact]]\nOWNS = ["Teem a", "Model b"]', 2, "Did you mean 'Team'?"),
        ('[[fact]]\nOWNS = ["Model a", "Model b"]', 2, "cannot stand at that end of OWNS"),
        ('[[fact]]\nModel = "a"\nset = { stge = "x" }', 3, "Did you mean 'stage'?"),
        ('[[fact]]\nModel = "a"\nset = { hashes = "x" }', 3, "keeps for itself"),
        ('[[fact]]\nModel = "a"\nset = 3', 3, "must be a table"),
        ('[[fact]]\nModel = "a"\nlink = { OWNS = "Team a" }', 3, "no 'OWNS' starts at Model"),
        ('[[fact]]\nModel = "a"\neach = 3', 3, "must be a list of tables"),
        ('[[fact]]\nModel = "{b}"\neach = [{ b = 1 }, { c = 2 }]', 3, "the same names"),
        ('[[fact]]\nModel = "a"\neach = [{ row = 1 }]', 3, "it is taken"),
        ('[[fact]]\nModel = "a"\nwhere = { tm = "x" }', 3, "there is no column 'tm'"),
        ('[columns]\na = "A"\n[[fact]]\nModel = "x"', 2, "'a' is never used"),
        ('[values.v]\nb = "*"\n[[fact]]\nModel = "x"', 2, "'v' is never used"),
        ("[columns\n", 1, "not TOML"),
    ],
)
def test_a_mistake_in_a_mapping_is_shown_where_it_stands(tmp_path, mapping, line, said):
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, "T\nx\n", mapping)
    assert said in str(caught.value)
    assert (Path(caught.value.file).name, caught.value.line) == ("m.toml", line)


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("Nmae,owning,Impact", "no header of t.csv is that. Did you mean 'Nmae'?"),
        ("Name,Team,Impact", "no header of t.csv contains that"),
        ("Name,owning,Owning 2,Impact", "several headers of t.csv contains that"),
    ],
)
def test_a_column_that_the_table_has_not(tmp_path, header, said):
    with pytest.raises(SettingsError) as caught:
        read(tmp_path, f"{header}\n")
    assert said in str(caught.value)


def test_a_property_may_be_a_constant_of_any_kind(tmp_path):
    mapping = '[[fact]]\nDEPENDS_ON = ["Model a", "Service b"]\nset = { hard = true, mine = 3 }\n'
    assert read(tmp_path, "T\nx\n", mapping)[1].properties == {"hard": "True", "mine": "3"}


def statements(records):
    """What records state, as text, for comparison."""
    return {
        (type(each).__name__, *(str(part) for part in (
            (each.label, each.id) if isinstance(each, Node)
            else (each.type, each.from_label, each.from_id, each.to_label, each.to_id)
        ))): {name: str(value).strip() for name, value in each.properties.items()}
        for each in records
        if isinstance(each, Node | Relationship)
    }  # fmt: skip


def test_the_federal_inventory_gives_exactly_its_canonical_graph(data_folder):
    folder = data_folder / "fed-ai-2024"
    mapped = list(
        TABLE.read(
            path=folder / "inventory_2024.csv",
            mapping=MAPPINGS / "federal-ai-inventory-2024.toml",
        )
    )
    assert not [each for each in mapped if isinstance(each, Rejected)]
    tables = find_importer("tables").read(path=folder / "canonical")
    assert statements(mapped) == statements(tables)
