"""The alias file of the settings: imports take names for the ids that they stand for."""

from __future__ import annotations

import sys

STORE = ("--store", "g.kgl")
PERSONS = "MATCH (p:Person) RETURN p.id AS id ORDER BY id"


def asked(run, query=PERSONS):
    return run("query", "-", *STORE, "--format", "csv", stdin=query).out.split()[1:]


def persons(folder, *ids):
    folder.mkdir(exist_ok=True)
    (folder / "nodes_Person.csv").write_text("\n".join(["id", *ids]) + "\n", encoding="utf-8")


def test_an_import_joins_the_names_of_the_settings_file(run, tmp_path):
    persons(tmp_path / "hr", "octo", "Cat")
    run("import", "tables", "hr", *STORE)
    assert asked(run) == ["Cat", "octo"]
    (tmp_path / "identities.csv").write_text("alias,label,id\ncat,Person,octo\n")
    (tmp_path / "ownership-graph.toml").write_text(
        'identities = "identities.csv"\n'
        '[[source]]\nname = "hr"\nimporter = "tables"\npath = "hr"\n'
    )

    said = run("import", *STORE)

    assert said.code == 0
    assert "joined first, as the alias file says now: 0 facts new, 0 changed, 1 gone" in said.err
    assert "runs show identities#2" in said.err
    assert "joined" not in run("import", *STORE).err
    assert asked(run) == ["octo"]
    persons(tmp_path / "hr", "octo", "cat", "bob")
    run("import", "tables", "hr", "--as", "hr", *STORE)
    assert asked(run) == ["bob", "octo"]


def test_who_takes_back_joined_names_is_told_that_they_come_again(run, tmp_path):
    persons(tmp_path / "hr", "octo", "cat")
    run("import", "tables", "hr", *STORE)
    (tmp_path / "identities.csv").write_text("alias,label,id\ncat,Person,octo\n")
    (tmp_path / "ownership-graph.toml").write_text('identities = "identities.csv"\n')
    run("import", "tables", "hr", *STORE)
    assert asked(run) == ["octo"]

    said = run("runs", "undo", "identities", *STORE)

    assert said.code == 0
    assert "The next import joins the names again. Mend the alias file first." in said.err
    assert asked(run) == ["cat", "octo"]


def test_a_mistake_in_the_alias_file_stops_every_import(run, tmp_path):
    persons(tmp_path / "hr", "octo")
    (tmp_path / "identities.csv").write_text("alias,label,id\ncat,Persn,octo\n")
    (tmp_path / "ownership-graph.toml").write_text('identities = "identities.csv"\n')

    said = run("import", "tables", "hr", *STORE)

    assert said.code == 2
    assert "identities.csv:2" in said.err
    assert "Did you mean 'Person'?" in said.err
    assert not (tmp_path / "g.kgl").exists()


def test_likely_doubles_are_suggested_and_nothing_changes(run, tmp_path):
    (tmp_path / "hr").mkdir()
    (tmp_path / "hr" / "nodes_Person.csv").write_text("id,name\np1,Octo Cat\ngh:octocat,\n")
    run("import", "tables", "hr", *STORE)

    table = run("identities", "suggest", *STORE)
    assert table.code == 0
    assert "the login is the name" in table.out
    lines = run("identities", "suggest", "--format", "csv", *STORE)
    assert lines.out == "alias,label,id\ngh:octocat,Person,p1\n"
    assert asked(run) == ["gh:octocat", "p1"]


def test_a_model_that_a_dependency_names_with_a_slip_is_suggested(run, tmp_path):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "nodes_Model.csv").write_text("id,name\nm:1,Fraud score\nm:2,Churn\n")
    (tmp_path / "catalog" / "rels_DEPENDS_ON.csv").write_text(
        "from_label,from,to_label,to\nModel,m:2,Model,fraud-scroe\n"
    )
    run("import", "tables", "catalog", *STORE)

    lines = run("identities", "suggest", "--format", "csv", *STORE)

    assert lines.out == "alias,label,id\nfraud-scroe,Model,m:1\n"
    assert "nearly the same name" in run("identities", "suggest", *STORE).out


def test_who_has_a_login_in_one_source_is_suggested_for_who_is_called_so_in_another(run, tmp_path):
    (tmp_path / "staff.csv").write_text("name,email,login\nTom Becker,tom.becker@x.org,tbecker\n")
    run("import", "hr", "staff.csv", *STORE)
    persons(tmp_path / "code", "gh:tbecker")
    run("import", "tables", "code", *STORE)

    lines = run("identities", "suggest", "--format", "csv", *STORE)

    assert lines.out == "alias,label,id\ngh:tbecker,Person,tom.becker@x.org\n"
    assert "the login that a source states" in run("identities", "suggest", *STORE).out


def test_two_persons_of_one_name_whom_one_source_tells_apart_are_not_suggested(run, tmp_path):
    (tmp_path / "staff.csv").write_text(
        "number,name,email\n1,Anna Lindqvist,anna@x.org\n2,Anna Lindqvist,anna2@x.org\n"
    )
    run("import", "hr", "staff.csv", *STORE)

    lines = run("identities", "suggest", "--format", "csv", *STORE)

    assert lines.out == "alias,label,id\n"


def test_teams_and_models_of_one_name_are_suggested_as_lines_that_join_them(run, tmp_path):
    for source, text in {"a": "id,name\ncat:x/fraud,Fraud\n", "b": "id\nmodel:fraud\n"}.items():
        (tmp_path / source).mkdir()
        (tmp_path / source / "nodes_Model.csv").write_text(text)
        run("import", "tables", source, "--as", source, *STORE)

    lines = run("identities", "suggest", "--format", "csv", *STORE)

    assert lines.out == "alias,label,id\nmodel:fraud,Model,cat:x/fraud\n"


def test_two_spellings_that_one_source_only_mentions_are_suggested(run, tmp_path):
    (tmp_path / "tags").mkdir()
    (tmp_path / "tags" / "nodes_Team.csv").write_text("id\nData Science\ndata-science\n")
    run("import", "tables", "tags", *STORE)

    lines = run("identities", "suggest", "--format", "csv", *STORE)

    assert lines.out == "alias,label,id\ndata-science,Team,Data Science\n"


def test_without_the_package_it_is_told_how_to_get_it(run, tmp_path, monkeypatch):
    for source, text in {"hr": "id,name\np1,Ann Leee\n", "scim": "id,name\np2,Ann Lee\n"}.items():
        (tmp_path / source).mkdir()
        (tmp_path / source / "nodes_Person.csv").write_text(text)
        run("import", "tables", source, "--as", source, *STORE)
    monkeypatch.setitem(sys.modules, "rapidfuzz.fuzz", None)

    said = run("identities", "suggest", *STORE)

    assert said.code == 2
    assert "pip install 'ownership-graph[identities]'" in said.err


def test_names_that_nobody_describes_are_listed(run, tables):
    with (tables / "rels_OWNS.csv").open("a", encoding="utf-8") as table:
        table.write("Person,octo,Model,m1,technical\n")
    run("import", "tables", tables, "--as", "inventory", *STORE)

    said = run("identities", "unresolved", "--format", "csv", *STORE)

    assert said.out == "label,id,facts,named_by\nPerson,octo,1,inventory\n"
