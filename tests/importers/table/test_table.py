"""Any table through a mapping, from its file to records."""

from __future__ import annotations

import csv
import json
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from ownership_graph.errors import SettingsError, SourceError
from ownership_graph.importing.checking import Checker
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.recognised import recognise
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Promise, Rejected, Relationship, node_key

TABLE, TABLES = find_importer("table"), find_importer("tables")
MAPPINGS = Path(__file__).parents[3] / "examples" / "mappings"
MAPPING = """
[columns]
title = "Name"
team = "~owning"
[[fact]]
Model = "uc{row}"
set = { name = "{title}" }
link.OWNS = { from = "Team t:{team:lower}", set = { role = "accountable" } }
"""


def read(folder, text, mapping=MAPPING, **options):
    (folder / "t.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    (folder / "m.toml").write_text(mapping, encoding="utf-8")
    return list(TABLE.read(path=folder / "t.csv", mapping=folder / "m.toml", **options))


def test_what_a_row_states_and_what_the_mapping_promises(tmp_path):
    assert read(tmp_path, '"The owning team",Name,Other\nClaims,"Triage\n",x\n') == [
        Node("Model", "uc1", {"name": "Triage"}, "t.csv", 2, {"name": "the column 'Name'"}),
        Relationship(
            "OWNS", "Team", "t:claims", "Model", "uc1", {"role": "accountable"}, "t.csv", 2
        ),
        Promise("Model"),
        Promise("OWNS"),
    ]


def test_a_cell_that_cannot_be_read_costs_its_row_nothing_else(tmp_path):
    mapping = (
        '[columns]\ntitle = "Name"\nday = "Go-live"\nwho = "Owner"\nphase = "Phase"\n'
        '[dates]\nlive = ["%d.%m.%Y"]\n[values.stage]\npilot = "Pilot*"\n'
        '[[fact]]\nModel = "{title:slug}"\n'
        'set = { stage_day = "{day:live}", stage = "{phase:stage}", name = "{title}" }\n'
        'link.OWNS = { from = "Team t:{who}", set = { role = "accountable" } }\n'
    )
    text = "Name,Go-live,Owner,Phase\nTriage,soon,Risk,Pilot 2\nChurn,01.02.2026,Risk,Beta\n"
    checker = Checker()
    checker.take_all(read(tmp_path, text, mapping))
    found = checker.checked()

    assert [(each.file, each.line) for each in found.rejected] == [("t.csv", 2), ("t.csv", 3)]
    day, stage = (each.why for each in found.rejected)
    assert day == (
        "the stage_day 'soon' is no day. Write it as 2024-03-01, or as the number of days"
        " since 1970-01-01. It stands in the column 'Go-live'. The Model goes in without"
        " stage_day."
    )
    assert stage == (
        "'Beta' in 'phase' fits nothing in [values.stage]. Add it there, or end the list"
        " with a result for \"*\". It stands in the column 'Phase'. The Model goes in without"
        " stage."
    )
    assert found.rejected[1].row["stage"] == "Beta"
    assert [(key, each.properties) for key, each in found.said.items()] == [
        (node_key("Model", "triage"), {"stage": "pilot", "name": "Triage"}),
        ('["OWNS","Team","t:Risk","Model","triage","accountable"]', {"role": "accountable"}),
        (node_key("Model", "churn"), {"stage_day": 20485, "name": "Churn"}),
        ('["OWNS","Team","t:Risk","Model","churn","accountable"]', {"role": "accountable"}),
    ]


def test_a_header_alone_is_a_promise_without_rows(tmp_path):
    assert read(tmp_path, "Name,owning\n") == [Promise("Model"), Promise("OWNS")]


def test_encodings_and_delimiters(tmp_path):
    text = "Name;owning\nCafé;x\n"
    found = read(tmp_path, text.encode("cp1252"), delimiter=";")
    assert found == read(tmp_path, text.encode("utf-16"), delimiter=";", encoding="utf-16")
    assert found[0].properties == {"name": "Café"}
    with pytest.raises(SourceError, match="Say --delimiter ';'"):
        read(tmp_path, text)
    with pytest.raises(SourceError, match="Say --delimiter ';'"):
        read(tmp_path, "Name;owning;a, b\n")


def test_rows_at_fault_are_rejected_keep_their_number_and_the_others_go_in(tmp_path):
    found = read(tmp_path, 'Name,owning\na\n,,\nb,x\nc,\nd,"y\ne,z\n')
    assert [(each.id, each.line) for each in found if isinstance(each, Node)] == [
        ("uc3", 4),
        ("uc4", 5),
        ("uc6", 7),
    ]
    rejected = [each for each in found if isinstance(each, Rejected)]
    assert [(each.file, each.line, each.table) for each in rejected] == [
        ("t.csv", 2, ""),
        ("t.csv", 5, "rels_OWNS"),
        ("t.csv", 6, ""),
    ]
    assert "which is blank here" in rejected[1].why


def test_the_same_rows_in_every_format_state_the_same(tmp_path):
    rows = [{"Name": "Triage", "The owning team": "Claims"}, {"Name": "Churn"}]
    header = list(rows[0])
    texts = [[row.get(name, "") for name in header] for row in rows]
    with xlsxwriter.Workbook(tmp_path / "t.xlsx") as book:
        book.add_worksheet("Notes").write_row(0, 0, ["What", "this", "is"])
        sheet = book.add_worksheet("Inventory")
        for number, row in enumerate([header, *texts]):
            sheet.write_row(number, 0, row)
    parquet.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    (tmp_path / "t.jsonl").write_text(lines, encoding="utf-8")
    csv_text = "\n".join(",".join(row) for row in [header, *texts])
    wanted = statements(read(tmp_path, csv_text))
    assert len(wanted) == 3
    for name in ("t.xlsx", "t.parquet", "t.jsonl"):
        found = list(TABLE.read(path=tmp_path / name, mapping=tmp_path / "m.toml"))
        assert statements(found) == wanted
        assert [each.table for each in found if isinstance(each, Rejected)] == ["rels_OWNS"]
    with pytest.raises(SettingsError, match="no column called 'Name'"):
        list(TABLE.read(path=tmp_path / "t.xlsx", mapping=tmp_path / "m.toml", sheet="Notes"))


def test_a_mistake_in_the_mapping_is_told_before_the_table_is_opened(tmp_path):
    with pytest.raises(SettingsError, match="this must be a text or a list of texts") as caught:
        read(tmp_path, b"", MAPPING + "where = { title = 3 }\n")
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "m.toml"), 9)
    with pytest.raises(SettingsError, match="could not be read"):
        list(TABLE.read(path=tmp_path / "t.csv", mapping=tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="Did you mean 'Nane'") as caught:
        read(tmp_path, "Nane,owning\nx,y\n")
    assert caught.value.line == 3


def statements(records):
    """What records state, as text: each fact's properties by its label, ids and role or kind."""
    stated = {}
    for each in records:
        if isinstance(each, Node | Relationship):
            said = {name: str(value).strip() for name, value in each.properties.items()}
            ends = (
                (each.label, each.id)
                if isinstance(each, Node)
                else (each.type, each.from_label, each.from_id, each.to_label, each.to_id)
            )
            stated[(*ends, said.get("role", ""))] = {k: v for k, v in said.items() if v}
    return stated


def test_the_federal_inventory_gives_exactly_its_canonical_graph(data_folder):
    folder = data_folder / "fed-ai-2024"
    mapping = MAPPINGS / "federal-ai-inventory-2024.toml"
    mapped = list(TABLE.read(path=folder / "inventory_2024.csv", mapping=mapping))
    tables = list(TABLES.read(path=folder / "canonical"))
    assert not [each for each in mapped if isinstance(each, Rejected)]
    assert statements(mapped) == statements(tables)
    assert {each for each in mapped if isinstance(each, Promise)} == {
        each for each in tables if isinstance(each, Promise)
    }


def test_the_federal_mapping_is_short_enough_to_be_read():
    text = (MAPPINGS / "federal-ai-inventory-2024.toml").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 80


def test_an_inventory_of_another_year_needs_another_mapping_and_no_code(data_folder):
    folder = data_folder / "fed-ai-2024"
    mapping = MAPPINGS / "federal-ai-inventory-2023.toml"
    mapped = list(TABLE.read(path=folder / "inventory_2023.csv", mapping=mapping))
    with (folder / "inventory_2023.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    stages = {
        each.id: each.properties["stage"]
        for each in mapped
        if isinstance(each, Node) and each.label == "Model"
    }
    assert set(stages) == {each["Use_Case_ID"] for each in rows}
    assert Counter(stages.values()) == {
        "unknown": 326, "experiment": 167, "production": 158, "pilot": 52, "idea": 7,
    }  # fmt: skip
    owned = [each for each in mapped if isinstance(each, Relationship) and each.type == "OWNS"]
    assert {each.to_id for each in owned} == {
        each["Use_Case_ID"] for each in rows if each["Agency"].strip()
    }
    assert len(owned) == len({each.to_id for each in owned})
    assert not [each for each in mapped if isinstance(each, Rejected)]
    assert len(mapping.read_text(encoding="utf-8").splitlines()) <= 80


def test_workbooks_in_a_folder_are_asked_about(tmp_path):
    (tmp_path / "models.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "list.csv").write_text("a,b\n", encoding="utf-8")
    found, _ = recognise(look_round(tmp_path), [TABLE])
    assert [(each.found.path.name, each.found.what) for each in found] == [
        ("list.csv", "a table with the columns a, b"),
        ("models.xlsx", "a table in a .xlsx file"),
    ]
    assert all("--preview makes a first guess" in each.found.ask for each in found)
