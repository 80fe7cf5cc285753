"""The alias file of the settings: imports take names for the ids that they stand for."""

from __future__ import annotations

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
    assert asked(run) == ["octo"]
    persons(tmp_path / "hr", "octo", "cat", "bob")
    run("import", "tables", "hr", "--as", "hr", *STORE)
    assert asked(run) == ["bob", "octo"]


def test_a_mistake_in_the_alias_file_stops_every_import(run, tmp_path):
    persons(tmp_path / "hr", "octo")
    (tmp_path / "identities.csv").write_text("alias,label,id\ncat,Persn,octo\n")
    (tmp_path / "ownership-graph.toml").write_text('identities = "identities.csv"\n')

    said = run("import", "tables", "hr", *STORE)

    assert said.code == 2
    assert "identities.csv:2" in said.err
    assert "Did you mean 'Person'?" in said.err
    assert not (tmp_path / "g.kgl").exists()
