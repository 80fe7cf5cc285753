"""The log: sentences for people, one JSON line an event for machines, and never a secret."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from ownership_graph.cli import logs

LOG = logging.getLogger("ownership_graph")


def events(text):
    return [json.loads(line) for line in text.splitlines()]


def test_an_error_is_one_event(run):
    said = run("--log-format", "json", "check", "--store", "none.kgl")
    [event] = events(said.err)
    assert (event["event"], event["level"], event["exit_code"]) == ("failed", "error", said.code)
    assert "none.kgl" in event["message"]
    at = datetime.strptime(event["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=1)


def test_each_source_is_one_event_with_its_counts(run, tables):
    with (tables / "nodes_Team.csv").open("a", encoding="utf-8") as out:
        out.write(",Nameless\n")
    said = run("--log-format=json", "import", "tables", tables, "--as", "inventory")
    [event] = events(said.err)
    assert event["event"] == "imported"
    assert (event["source"], event["state"], event["level"]) == ("inventory", "done", "warning")
    assert event["counts"]["added"] == 4
    assert event["counts"]["rejected"] == 1
    assert event["seconds"] >= 0
    assert said.out.startswith("inventory: ")


def test_without_rejected_rows_it_is_no_warning(run, tables):
    [event] = events(run("--log-format=json", "import", "tables", tables, "--dry-run").err)
    assert (event["level"], event["state"], event["rejects"]) == ("info", "dry run", None)


def test_the_environment_and_the_settings_choose_too(run, tmp_path, monkeypatch):
    (tmp_path / "ownership-graph.toml").write_text('log_format = "json"', encoding="utf-8")
    assert events(run("check").err)[0]["event"] == "failed"
    assert run("--log-format", "text", "check").err.startswith("ownership-graph: ")
    monkeypatch.setenv(logs.ENVIRONMENT, "text")
    assert run("check").err.startswith("ownership-graph: ")
    (tmp_path / "ownership-graph.toml").write_text('log_format = "yaml"', encoding="utf-8")
    monkeypatch.delenv(logs.ENVIRONMENT)
    assert "log_format" in run("check").err


def test_a_word_that_cannot_be_is_an_event(run):
    said = run("--log-format", "json", "check", "--no-such")
    [event] = events(said.err)
    assert (event["event"], event["exit_code"], said.code) == ("failed", 2, 2)
    assert "--no-such" in event["message"]
    assert "Usage" in run("check", "--no-such").err
    assert run("--log-format", "yaml", "check").code == 2


def test_remarks_are_events_too(run, tables):
    run("import", "tables", tables)
    assert run("check", "-o", "found.json").err == "Written: found.json\n"
    [event] = events(run("--log-format=json", "check", "-o", "found.json").err)
    assert (event["event"], event["message"]) == ("note", "Written: found.json")


def test_a_fault_of_our_own_is_one_line(run, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("for neo4j://ada:hunter2@host")

    monkeypatch.setattr("ownership_graph.settings.load_settings", broken)
    said = run("--log-format=json", "check")
    [event] = events(said.err)
    assert (event["event"], event["exit_code"], said.code) == ("crashed", 1, 1)
    assert "Traceback" in event["exception"]
    assert "hunter2" not in said.err
    monkeypatch.setattr("sys.argv", ["ownership-graph", "check"])
    with pytest.raises(ZeroDivisionError):
        from_start()


def from_start():
    from ownership_graph import cli  # noqa: PLC0415 -- only here

    cli.main()


def test_no_secret_is_told(run, tmp_path, monkeypatch):
    monkeypatch.setenv("PW", "correct horse")
    (tmp_path / "ownership-graph.toml").write_text(
        '[store]\naddress = "g.kgl"\npassword = "env:PW"', encoding="utf-8"
    )
    for form in ("text", "json"):
        said = run("--log-format", form, "check", "correct horse")
        assert said.code == 2
        assert "correct horse" not in said.err
        assert logs.HIDDEN in said.err


def test_secrets_are_found_by_name_anywhere(capsys):
    logs.start()
    logs.choose(logs.LogFormat.JSON)
    logs.hide("abc")  # so short that it would be in any word
    logs.tell("x", "abc", source={"password": "p", "tokens": ["t"], "deep": [{"api_key": "k"}]})
    logs.choose(logs.LogFormat.TEXT)  # too late
    [event] = events(capsys.readouterr().err)
    assert event["message"] == "abc"
    assert event["source"] == {"password": "***", "tokens": "***", "deep": [{"api_key": "***"}]}
    logs.start()


def test_what_the_package_warns_of_is_told_in_either_form(capsys):
    logs.start()
    LOG.warning("the store %s\nis odd", "g.kgl")
    LOG.info("not for people")
    assert capsys.readouterr().err == "the store g.kgl\\nis odd\n"
    logs.tell_steps()
    LOG.info("a step")
    assert capsys.readouterr().err.endswith("Z  a step\n")
    logs.start()
    logs.choose(logs.LogFormat.JSON)
    logs.tell_steps()
    LOG.warning("the store %s", "g.kgl")
    logging.getLogger("another").warning("too")
    told = events(capsys.readouterr().err)
    assert [(each["event"], each["message"]) for each in told] == [
        ("log", "the store g.kgl"),
        ("log", "too"),
    ]
    logs.start()


def test_a_progress_bar_is_not_for_machines(run, tables, monkeypatch):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert len(events(run("--log-format=json", "import", "tables", tables).err)) == 1
