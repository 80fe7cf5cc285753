"""A tracking server on a bad line or in bad hands, asked by MLflow's client over real HTTP."""

from __future__ import annotations

import subprocess
import sys

import pytest
from servers.recorded_answers import Answer, cut_off, expired, failed, moved, too_many

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.readers import web
from ownership_graph.records import Node, Promise

MLFLOW = find_importer("mlflow")
API = "/api/2.0/mlflow"
SECRET = "hunter2"  # noqa: S105 -- nobody's


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    monkeypatch.setattr(web, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(web, "JITTER", 0.0)


def read(server, **options):
    return list(MLFLOW.read(url=server.url, until="2026-11-20", **options))


def named(name, **more):
    return {"name": name, "creation_timestamp": 1, "unknown": {"later": True}, **more}


SECOND = too_many(), failed(), {"registered_models": [{"name": "b"}]}
RUN = {
    "info": {"run_id": "r1", "experiment_id": "7", "start_time": 1795000000000},
    "data": {"tags": [{"key": "mlflow.user", "value": "ann"}]},
}


def fill(server, *, second=SECOND, runs=({"runs": [RUN], "next_page_token": "n"}, {"runs": []})):
    """Two pages of models and of runs."""
    search = f"{API}/registered-models/search"
    tags = [{"key": "team", "value": "claims"}]
    champion = [{"alias": "champion", "version": "1"}]
    first = {
        "registered_models": [named("a", tags=tags, aliases=champion)],
        "next_page_token": "t",
    }
    server.on(search, first)
    server.on(f"{search}?page_token=t", *second)
    versions = [named("a", version="1", run_id="r1"), named("b", version="1", run_id="gone")]
    server.on(f"{API}/model-versions/search", {"model_versions": versions})
    server.on(f"{API}/experiments/search", {"experiments": [{"experiment_id": "7"}]})
    server.on(f"{API}/runs/search", *runs)
    server.on(f"{API}/runs/get?run_id=r1", {"run": RUN})
    gone = {"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "no such run"}
    server.on(f"{API}/runs/get?run_id=gone", Answer(gone, 404))
    return server


@pytest.fixture
def filled(server):
    """A server that answers well in the end."""
    return fill(server)


def test_all_pages_are_read_and_a_busy_server_is_asked_again(filled, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", SECRET)

    records = read(filled, token="env:MLFLOW_TRACKING_TOKEN")  # noqa: S106 -- a place

    assert {each.id: each.properties for each in records if isinstance(each, Node)} == {
        "a": {"name": "a", "stage": "production", "version": "1", "experiments_per_month": 0.3},
        "b": {"name": "b", "version": "1"},
        "claims": {},
        "ann": {},
    }
    assert records[-1] == Promise("OWNS")
    assert {each.headers["authorization"] for each in filled.requests} == {f"Bearer {SECRET}"}
    asked = [each.json() for each in filled.requests if each.path.endswith("runs/search")]
    assert [each.get("page_token") for each in asked] == [None, "n"]
    assert asked[0]["filter"] == (
        "attributes.start_time >= 1787443200000 AND attributes.start_time < 1795219200000"
    )


def test_a_user_with_a_password(filled, tmp_path):
    (tmp_path / "user").write_text("ann\n")
    (tmp_path / "password").write_text(SECRET)
    read(filled, username=f"file:{tmp_path}/user", password=f"file:{tmp_path}/password")
    assert {each.headers["authorization"] for each in filled.requests} == {
        "Basic YW5uOmh1bnRlcjI="
    }


def test_nothing_is_sent_where_no_secret_is_named(filled, monkeypatch):
    for name in ("USERNAME", "PASSWORD", "TOKEN"):
        monkeypatch.setenv(f"MLFLOW_TRACKING_{name}", SECRET)
    read(filled)
    assert not [each for each in filled.requests if "authorization" in each.headers]


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ([expired()], "it answered 401: what was given as token or password is missing"),
        ([failed()] * 5, "it answered 500, 5 times"),
        ([cut_off({"registered_models": [named("c" * 200)]})] * 5, "the line broke"),
        (["<html>"], "the answer is no JSON"),
        ([[1, 2]], "this is no answer of MLflow's"),
        ([{"registered_models": "all"}], "this is no answer of MLflow's"),
        ([{"registered_models": [], "next_page_token": "t"}], "the same page again and again"),
        ([Answer({}, 404)], "it answered 404"),
    ],
)
def test_a_server_that_stops_half_way_gives_nothing(server, answers, told):
    fill(server, second=answers)
    with pytest.raises(SourceError, match=told) as caught:
        read(server)
    assert server.url in str(caught.value)


def test_a_redirect_is_not_followed_and_no_secret_leaves(server, elsewhere, monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", SECRET)
    fill(server, runs=[moved(f"{elsewhere.url}{API}/runs/search")])
    with pytest.raises(SourceError, match="which was not followed") as caught:
        read(server, token="env:MLFLOW_TRACKING_TOKEN")  # noqa: S106 -- a place
    assert SECRET not in str(caught.value)
    assert not elsewhere.requests


def test_a_secret_does_not_cross_the_network_in_the_clear(monkeypatch):
    monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", SECRET)
    with pytest.raises(UsageError, match="in the clear"):
        list(MLFLOW.read(url="http://mlflow.example", token="env:MLFLOW_TRACKING_TOKEN"))  # noqa: S106


ALONE = """
import sys
from pathlib import Path

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print(event, arguments, file=sys.stderr, flush=True)
        import os
        os._exit(3)

sys.addaudithook(refuse)
from ownership_graph.importing.importers import find_importer
for record in find_importer("mlflow").read(path=Path(sys.argv[1])):
    print(record.id)
import time
time.sleep(0.2)
"""


def test_nobody_is_told_of_it_and_nothing_else_is_said(registry, database):
    """Outside of tests, where MLflow's telemetry is on unless it is switched off."""
    registry.model("a")
    said = subprocess.run(
        [sys.executable, "-W", "error::DeprecationWarning", "-c", ALONE, str(database)],
        env={"PATH": "", "MLFLOW_TRACKING_URI": "http://127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stdout, said.stderr) == (0, "a\n", "")
