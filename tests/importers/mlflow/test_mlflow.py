"""MLflow's registry: the smallest true input, from a database and from a folder alike."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from servers.mlflow_registry import Registry

from ownership_graph.days import number_of
from ownership_graph.errors import SettingsError, SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.readers.model_registry import contents, opening
from ownership_graph.records import Node, Promise, Rejected, Relationship

MLFLOW = find_importer("mlflow")
UNTIL = "2026-11-20"
TODAY = number_of(date.fromisoformat(UNTIL))
PLACE = "registered model fraud"


def read(path=None, **options):
    return list(MLFLOW.read(path=path, until=UNTIL, **options))


def nodes(records, label="Model"):
    return {each.id: each.properties for each in records
            if isinstance(each, Node) and each.label == label}  # fmt: skip


def ties(records, kind):
    return {(each.from_id, each.to_id): each.properties for each in records
            if isinstance(each, Relationship) and each.type == kind}  # fmt: skip


def teams_at_work(registry):
    """What the expected records below stand for."""
    experiment = registry.experiment("fraud")
    data = {"claims-2025": "training", "holdout": "validation", "dataset": ""}
    source = registry.run(experiment, 3, "Ann@corp.example", metrics={"auc": 0.91}, data=data)
    for _ in range(5):
        registry.run(experiment, 3, "root", parent=source)
    registry.run(experiment, 2, "root")
    registry.model("fraud", owner="ann@corp.example", team="claims", risk="3")
    registry.version("fraud", source, "Champion", approver="bob", validation_status="Approved")
    registry.version("fraud", registry.run(experiment, 1), "challenger")
    registry.model("chat")


EXPECTED = [
    Node("Model", "chat", {"name": "chat"}, "registered model chat"),
    Node(
        "Model",
        "fraud",
        {
            "name": "fraud",
            "stage": "production",
            "version": "1",
            "experiments_per_month": 3.0,
            "risk_tier": "3",
        },
        PLACE,
    ),
    Node("Person", "ann@corp.example", {}, PLACE),
    Relationship(
        "OWNS", "Person", "ann@corp.example", "Model", "fraud", {"role": "accountable"}, PLACE
    ),
    Node("Team", "claims", {}, PLACE),
    Relationship("OWNS", "Team", "claims", "Model", "fraud", {"role": "responsible"}, PLACE),
    Node(
        "Approval",
        "mlflow:fraud:v1",
        {"version": "1", "requested_day": 0, "status": "approved"},
        PLACE,
    ),
    Relationship("CONCERNS", "Approval", "mlflow:fraud:v1", "Model", "fraud", {}, PLACE),
    Relationship("AT", "Approval", "mlflow:fraud:v1", "Gate", "release", {}, PLACE),
    Node("Person", "bob", {}, PLACE),
    Relationship("DECIDED_BY", "Approval", "mlflow:fraud:v1", "Person", "bob", {}, PLACE),
    Node("Criterion", "auc", {"metric": "auc"}, PLACE),
    Relationship("JUDGED_BY", "Model", "fraud", "Criterion", "auc", {"observed": 0.91}, PLACE),
    Node("Dataset", "claims-2025", {}, PLACE),
    Relationship(
        "DEPENDS_ON", "Model", "fraud", "Dataset", "claims-2025", {"kind": "trained_on"}, PLACE
    ),
    Node("Dataset", "dataset dataset-digest", {}, PLACE),
    Relationship(
        "DEPENDS_ON",
        "Model",
        "fraud",
        "Dataset",
        "dataset dataset-digest",
        {"kind": "trained_on"},
        PLACE,
    ),
    Node("Person", "ann@corp.example", {}, PLACE),
    Relationship(
        "WORKED_ON",
        "Person",
        "ann@corp.example",
        "Model",
        "fraud",
        {"events": 1, "share": 0.333},
        PLACE,
    ),
    Node("Person", "ann", {}, PLACE),
    Relationship(
        "WORKED_ON", "Person", "ann", "Model", "fraud", {"events": 1, "share": 0.333}, PLACE
    ),
    Promise("OWNS"),
]


def without_request(records):
    """The records with the day on which the version was registered, the day of the test, as 0."""
    days = [each.properties.get("requested_day") for each in records if isinstance(each, Node)]
    assert len(set(days)) == 2
    return [
        Node(each.label, each.id, {**each.properties, "requested_day": 0}, each.file)
        if isinstance(each, Node) and "requested_day" in each.properties
        else each
        for each in records
    ]


OPTIONS = {"tag": ["risk_tier=risk"], "metric": ["auc", "loss"], "gate": "release"}


def test_the_smallest_true_input_from_a_database_which_stays_as_it_is(registry, database):
    teams_at_work(registry)
    before = database.read_bytes()

    assert without_request(read(database, **OPTIONS)) == EXPECTED
    assert database.read_bytes() == before


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder in which `teams_at_work`, and a server that MLflow would ask by itself."""
    there = tmp_path / "mlruns"
    with monkeypatch.context() as patch:
        patch.setenv("MLFLOW_ALLOW_FILE_STORE", "true")
        patch.setenv("MLFLOW_TRACKING_URI", there.as_uri())
        registry = Registry(there.as_uri(), TODAY)
        teams_at_work(registry)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)
    (there / ".trash").rmdir()
    return there


def test_the_smallest_true_input_from_a_folder_which_stays_as_it_is(folder):
    [described] = folder.glob("models/fraud/version-1/meta.yaml")
    described.write_text(described.read_text() + "model_id: m-1\n")
    before = sorted(folder.parent.rglob("*"))

    assert without_request(read(folder, **OPTIONS)) == EXPECTED
    assert sorted(folder.parent.rglob("*")) == before
    assert "MLFLOW_ALLOW_FILE_STORE" not in os.environ
    assert os.environ["MLFLOW_TRACKING_URI"] == "http://127.0.0.1:9"


def test_the_smallest_true_input_from_a_real_server_page_by_page(tracking_server, monkeypatch):
    url, database = tracking_server
    registry = Registry(url, TODAY)
    teams_at_work(registry)
    registry.client.register_prompt("greeting", "Hello {{name}}")

    assert without_request(read(url=url, **OPTIONS)) == EXPECTED
    assert read(url=url, **OPTIONS) == read(database, **OPTIONS)
    whole = read(url=url, **OPTIONS)
    in_pages_of_one(monkeypatch)
    assert read(url=url, **OPTIONS) == whole
    with pytest.raises(SourceError, match="it answered 404"):
        read(url=f"{url}/elsewhere")


def test_what_an_older_run_gave_is_known_too(registry, database):
    teams_at_work(registry)
    [node] = [each for each in nodes(read(database, days=1)).values() if each["name"] == "fraud"]
    assert node["experiments_per_month"] == 0.0
    judged = ties(read(database, days=1, metric=["auc"]), "JUDGED_BY")
    assert judged == {("fraud", "auc"): {"observed": 0.91}}


def test_a_prompt_is_no_model(registry, database):
    registry.client.register_prompt("greeting", "Hello {{name}}")
    registry.model("chat", team="claims")

    assert nodes(read(database)) == {"chat": {"name": "chat"}}


def test_a_database_of_an_earlier_version_is_read_and_stays_as_it_is(databases, tmp_path):
    earlier, _ = databases
    with closing(sqlite3.connect(earlier)) as connection:
        [version] = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    before = earlier.read_bytes()

    assert read(earlier) == []
    assert earlier.read_bytes() == before
    newer = tmp_path / "newer.db"
    newer.write_bytes(before.replace(version.encode(), b"f" * len(version)))
    with pytest.raises(SourceError, match=r"made by another MLflow than .* pip install -U mlflow"):
        read(newer)


def in_pages_of_one(monkeypatch):
    for name in ("_MODELS", "_VERSIONS", "_EXPERIMENTS", "_AT_ONCE"):
        monkeypatch.setattr(contents, name, 1)
    monkeypatch.setattr(opening, "_PAGE", 1)


def test_it_is_read_to_the_last_page(registry, database, monkeypatch):
    in_pages_of_one(monkeypatch)
    for name in ("a", "b", "c"):
        experiment = registry.experiment(name)
        runs = [registry.run(experiment, ago) for ago in range(4)]
        registry.model(name)
        for run in runs:
            registry.version(name, run)

    assert nodes(read(database)) == {
        name: {"name": name, "version": "4", "experiments_per_month": 4.0}
        for name in ("a", "b", "c")
    }


def test_models_without_owners_are_no_promise_and_who_names_nobody_is_told(registry, database):
    registry.model("quiet")
    assert [type(each) for each in read(database)] == [Node]
    registry.model("claimed", owner="TBD; ann@corp.example , b@corp.example", team="n/a")
    found = read(database)
    assert Promise("OWNS") in found
    assert {each.why for each in found if isinstance(each, Rejected)} == {
        "the tag 'owner' says 'TBD', which names nobody. Name somebody.",
        "the tag 'team' says 'n/a', which names nobody. Name somebody.",
    }
    assert ties(found, "OWNS") == {
        (who, "claimed"): {"role": "accountable"} for who in ("ann@corp.example", "b@corp.example")
    }


def test_a_team_alone_is_accountable_and_tags_can_be_called_otherwise(registry, database):
    registry.model("a", squad="Claims, Fraud")
    registry.model("b")
    registry.version("b", squad="Risk")

    assert ties(read(database, team_tag="squad", prefix="mlflow:"), "OWNS") == {
        ("Claims", "mlflow:a"): {"role": "accountable"},
        ("Fraud", "mlflow:a"): {"role": "accountable"},
        ("Risk", "mlflow:b"): {"role": "accountable"},
    }


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({}, "name a path .a database mlflow.db"),
        ({"path": Path("x"), "url": "http://127.0.0.1"}, "or else --url"),
        ({"path": Path("sqlite:/mlflow.db")}, "'sqlite:/mlflow.db' is no path. Write the file"),
        ({"path": Path("x"), "stage": ["champion"]}, "'stage': 'champion' has no a=b in it"),
        ({"path": Path("x"), "stage": ["champion=live"]}, "'live' is none of retired, idea, "),
        ({"path": Path("x"), "stage": ["a=Prodution"]}, "Did you mean 'production'?"),
        ({"path": Path("x"), "tag": ["=x"]}, "'tag': '=x' has no a=b in it"),
        ({"path": Path("x"), "until": "yesterday"}, "'yesterday' is no day"),
        ({"path": Path("x"), "days": 0}, "'days': 0 days hold nothing"),
    ],
)
def test_what_cannot_be_asked(options, told):
    with pytest.raises(UsageError, match=told):
        list(MLFLOW.read(**{"until": UNTIL, **options}))


def test_a_secret_that_is_not_there_is_told_by_its_name():
    with pytest.raises(SettingsError, match="the environment variable MLFLOW_NONE is not set"):
        read(url="http://127.0.0.1:9", token="env:MLFLOW_NONE")  # noqa: S106 -- no secret, a place


def test_a_machine_without_mlflow_is_told_what_to_install(database, monkeypatch):
    for name in ("mlflow", "mlflow.exceptions"):
        monkeypatch.setitem(sys.modules, name, None)
    for where in ({"path": database}, {"url": "http://127.0.0.1:9"}):
        with pytest.raises(SourceError, match=r"pip install 'ownership-graph\[mlflow\]'"):
            read(**where)


def of_another_program(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE VIEW runs AS SELECT 1")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda _: None, "there is no such file"),
        (lambda path: path.write_text("id,name\n"), "SQLite says: file is not a database"),
        (lambda path: path.write_bytes(b""), "the table 'alembic_version' is missing"),
        (of_another_program, "this database is none of MLflow's"),
        (lambda path: path.mkdir(), "no meta.yaml is there"),
    ],
)
def test_what_is_no_database_and_no_folder(tmp_path, make, told):
    make(tmp_path / "mlflow.db")
    with pytest.raises(SourceError, match=told) as caught:
        read(tmp_path / "mlflow.db")
    assert caught.value.file == str(tmp_path / "mlflow.db")


def test_a_damaged_database_is_told_in_a_sentence(registry, database):
    teams_at_work(registry)
    content = database.read_bytes()
    database.write_bytes(content[:8192] + b"\xff" * (len(content) - 8192))
    with pytest.raises(SourceError, match="SQLite says: database disk image is malformed"):
        read(database)
    database.write_bytes(content)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE registered_model_tags RENAME COLUMN value TO other")
    with pytest.raises(SourceError, match=r"MLflow says: .*no such column"):
        read(database)


def test_a_run_that_cannot_be_read_fails_the_source(registry, database):
    teams_at_work(registry)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("ALTER TABLE latest_metrics RENAME COLUMN value TO other")
    with pytest.raises(SourceError, match=r"MLflow says: .*no such column"):
        list(MLFLOW.read(path=database, until="2001-01-01"))


def test_a_hostile_folder_is_refused_before_mlflow_reads_it(folder, tmp_path):
    bomb = folder / "models" / "fraud" / "meta.yaml"
    was = bomb.read_text()
    bomb.write_text("name: &a [x]\nb: {<<: *a}\n")
    with pytest.raises(SourceError, match="merge") as caught:
        read(folder)
    assert caught.value.file == str(bomb)
    bomb.write_text(was)
    outside = tmp_path / "meta.yaml"
    outside.write_text(was)
    bomb.unlink()
    bomb.symlink_to(outside)
    with pytest.raises(SourceError, match="leads out of the folder"):
        read(folder)


def test_hostile_names_are_names(registry, database):
    names = ["a\x1b[31m", "b\nc", "x" * 200, "'; DROP TABLE runs; --", "Ünï 🦀"]
    for name in names:
        registry.model(name, owner="\x1b]0;x\x07")
    assert set(nodes(read(database))) == set(names)


def test_it_is_recognised_in_a_folder(folder, database):
    (folder.parent / "other").mkdir()
    (folder.parent / "other" / "mlflow.db").write_text("no database")
    found = [each.path for each in MLFLOW.recognise(look_round(folder.parent))]
    assert sorted(found) == [database, folder]


def test_a_server_is_recognised_where_an_example_of_variables_names_one(tmp_path):
    example = tmp_path / ".env.example"
    example.write_text("MLFLOW_TRACKING_URI=https://${HOST}/\n")
    assert not MLFLOW.recognise(look_round(tmp_path))
    example.write_text("MLFLOW_TRACKING_URI=http://localhost:5000\n")
    [found] = MLFLOW.recognise(look_round(tmp_path))
    assert (found.path, found.trace) == (example, True)
    assert dict(found.options) == {
        "url": "http://localhost:5000",
        "token": "env:MLFLOW_TRACKING_TOKEN",
    }
