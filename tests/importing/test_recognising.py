"""Sources recognised in a folder by the importers themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer, try_importers
from ownership_graph.importing.recognised import recognise
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Promise, Rejected

CERTAIN = """
from ownership_graph.importing.recognising import Found
PROVIDES = ()
def read(path: str): ...
def found(surroundings):
    for file in surroundings.named("*.txt"):
        yield Found(file, "a text", also=tuple(surroundings.named("beside.csv")))
"""
ASKING = CERTAIN.replace('"*.txt"', '"*.txt", "*.csv"').replace("also=", "ask='Look.', also=")


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "own"
    folder.mkdir()

    def own(name, text):
        (folder / f"{name}.py").write_text(text)
        return find_importer(name, [folder])

    return own


@pytest.fixture
def there(tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    for name in ("b.txt", "a.csv", "beside.csv"):
        (folder / name).touch()
    return look_round(folder)


def test_what_one_is_certain_of_is_not_asked_about_for_another(own, there):
    asking, certain = own("asking", ASKING), own("certain", CERTAIN)

    found, failed = recognise(there, [asking, certain, find_importer("table")])

    assert [(each.importer.name, each.found.path.name) for each in found] == [
        ("certain", "b.txt"),
        ("asking", "a.csv"),
    ]
    assert found[0].found == Found(
        there.root / "b.txt", "a text", also=(there.root / "beside.csv",)
    )
    assert failed == []


def test_what_anything_of_the_kind_can_be_gives_way_to_whoever_knows_more(own, there):
    asking = own("asking", ASKING)
    any_table = own("any_table", ASKING.replace("ask=", "otherwise=True, ask="))

    found, _ = recognise(there, [any_table, asking])

    assert {each.importer.name for each in found} == {"asking"}
    assert {each.importer.name for each in recognise(there, [any_table])[0]} == {"any_table"}


def test_a_fault_of_one_importer_does_not_stop_the_others(own, there):
    broken = own("broken", CERTAIN.replace("for file in", "1 / 0\n    for file in"))

    found, [told] = recognise(there, [broken, own("certain", CERTAIN)])

    assert len(found) == 1
    assert told.startswith("looking for what 'broken' reads: its own code failed with Zero")


def test_what_is_no_found_is_a_fault_of_the_importer(own, there):
    with pytest.raises(SourceError, match="its own code failed with TypeError"):
        own("broken", "PROVIDES = ()\nfound = 3\ndef read(): ...").recognise(there)


def test_importers_that_cannot_be_loaded_are_told_beside_the_others(own, tmp_path):
    own("certain", CERTAIN)
    (tmp_path / "own" / "needy.py").write_text("import nowhere_to_be_found")

    loaded, [failed] = try_importers([tmp_path / "own"])

    assert "certain" in [each.name for each in loaded]
    assert "needs the package 'nowhere_to_be_found'" in str(failed)


def test_folders_with_node_and_edge_tables(tmp_path):
    for name in ("a/nodes_Model.csv", "a/rels_OWNS.csv.gz", "b/nodes_Team.csv", "c/nodes_X.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    found = find_importer("tables").recognise(look_round(tmp_path))

    assert [(each.path, each.what, each.name) for each in found] == [
        (tmp_path / "a", "2 node and edge tables", "a"),
        (tmp_path / "b", "1 node and edge table", "b"),
    ]
    assert found[0].also == (tmp_path / "a/nodes_Model.csv", tmp_path / "a/rels_OWNS.csv.gz")


def test_what_people_state_themselves(tmp_path):
    (tmp_path / "a.toml").write_text('# said\n[Model.m1]\nstage = "idea"')
    (tmp_path / "b.toml").write_text('[[OWNS]]\nfrom = "Team t"\nto = "Model m"')
    (tmp_path / "c.toml").write_text('[[source]]\nname = "x"')
    (tmp_path / "d.toml").write_text('[tool.ruff]\n[Model.m1]\nstage = "idea"')
    (tmp_path / "e.toml").write_text("key = 3")

    found = find_importer("manual").recognise(look_round(tmp_path))

    assert [each.path.name for each in found] == ["a.toml", "b.toml"]


def test_the_importer_in_the_documentation_does_what_it_says(own, tmp_path):
    page = Path(__file__).parents[2] / "docs" / "how-to" / "own-importers.md"
    badges = own("badges", page.read_text().split("```python\n")[1].split("```")[0])
    table = tmp_path / "badges.csv"
    table.write_text("badge,name\n7,Ada\n,Bob\n")

    [found] = badges.recognise(look_round(tmp_path))

    assert (found.path, found.what) == (table, "a table of badges")
    assert list(badges.read(path=table)) == [
        Node("Person", "badge:7", {"name": "Ada"}, "badges.csv", 2),
        Rejected("badges.csv", 3, "the badge is blank. Fill it in."),
        Promise("Person"),
    ]


def test_tables_are_certain_where_a_mapping_has_their_name(tmp_path):
    for name, text in {
        "a/models.csv": "id,name,a,b,c,d\n",
        "a/mappings/models.toml": '# what\n[columns]\nid = "id"',
        "a/models.toml": "[tool]",
        "hr.tsv": "Name\tMail\n",
        "identities.csv": "alias,label,id\n",
        "lines.csv": "one\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(text)

    found = find_importer("table").recognise(look_round(tmp_path))

    assert [(each.path.name, each.name, bool(each.ask)) for each in found] == [
        ("models.csv", "models", False),
        ("hr.tsv", "hr", True),
    ]
    assert found[0].options == {"mapping": tmp_path / "a/mappings/models.toml"}
    assert found[0].what == "a table with the columns id, name, a, b, c, …"
    assert found[1].options == {"mapping": tmp_path / "hr.toml", "delimiter": "\t"}


def test_of_many_tables_those_nearest_to_the_top_are_asked_about(tmp_path):
    for number in range(30):
        (tmp_path / "deep").mkdir(exist_ok=True)
        (tmp_path / "deep" / f"{number:02}.csv").write_text("a,b")
    (tmp_path / "z.csv").write_text("a,b")

    found = find_importer("table").recognise(look_round(tmp_path))

    assert [each.path.name for each in found] == ["z.csv", *(f"{n:02}.csv" for n in range(19))]
