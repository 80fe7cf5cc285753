"""The settings: file, environment, defaults, and what a mistake looks like."""

from __future__ import annotations

from pathlib import Path

import pytest

from ownership_graph.errors import SettingsError
from ownership_graph.settings import FILE_NAME, find_settings, load_settings


def write(folder: Path, text: str) -> Path:
    file = folder / FILE_NAME
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_the_defaults_hold(tmp_path):
    settings = load_settings(None, start=tmp_path)
    assert settings.store.address == "ownership.kgl"
    assert settings.precedence == ()


def test_the_file_is_found_upward(tmp_path):
    write(tmp_path, 'precedence = ["manual", "hr"]')
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_settings(deep) == tmp_path / FILE_NAME
    assert load_settings(None, start=deep).precedence == ("manual", "hr")


def test_paths_are_meant_from_the_files_folder(tmp_path):
    file = write(tmp_path, 'queries = ["ours"]\n[store]\naddress = "graphs/a.kgl"')
    settings = load_settings(file, start=Path("/"))
    assert settings.store.address == str(tmp_path / "graphs" / "a.kgl")
    assert settings.queries == (tmp_path / "ours",)


def test_a_store_may_be_one_line(tmp_path):
    file = write(tmp_path, 'store = "neo4j://graph.example.org"')
    assert load_settings(file, start=tmp_path).store.address == "neo4j://graph.example.org"
    file = write(tmp_path, 'store = "a.kgl"')
    assert load_settings(file, start=tmp_path).store.address == str(tmp_path / "a.kgl")


def test_the_environment_stands_over_the_file(tmp_path, monkeypatch):
    file = write(tmp_path, '[store]\naddress = "a.kgl"')
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__ADDRESS", "bolt://here")
    assert load_settings(file, start=tmp_path).store.address == "bolt://here"


def test_a_secret_comes_from_the_environment_or_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("GRAPH_PASSWORD", "first")
    file = write(tmp_path, '[store]\npassword = "env:GRAPH_PASSWORD"')
    assert load_settings(file, start=tmp_path).store.password.get_secret_value() == "first"
    (tmp_path / "secret").write_text("second\n", encoding="utf-8")
    file = write(tmp_path, f'[store]\npassword = "file:{tmp_path / "secret"}"')
    settings = load_settings(file, start=tmp_path)
    assert settings.store.password.get_secret_value() == "second"
    assert "second" not in repr(settings)


def test_the_environment_may_hold_the_secret_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__PASSWORD", "third")
    settings = load_settings(None, start=tmp_path)
    assert settings.store.password.get_secret_value() == "third"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[store]\nadress = "x"', 2, "Did you mean 'address'?"),
        ("frobnicate = 1", 1, "Known keys: importers, "),
        ('[store]\npassword = "hunter2"', 2, 'password = "env:NEO4J_PASSWORD"'),
        ('[store]\npassword = "env:NOT_SET_ANYWHERE"', 2, "NOT_SET_ANYWHERE is not set"),
        ('[store]\npassword = "file:/no/such/file"', 2, "could not be read"),
        ("precedence = 3", 1, "valid tuple"),
        ("store = 3", 1, "store"),
        ("store = \n", 1, "not TOML"),
    ],
)
def test_a_mistake_names_key_line_and_remedy(tmp_path, text, line, said):
    file = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(file, start=tmp_path)
    assert caught.value.line == line
    assert str(file) in str(caught.value)
    assert said in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_a_mistake_in_the_environment_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__ADRESS", "x")
    with pytest.raises(SettingsError, match="OWNERSHIP_GRAPH__STORE__ADRESS"):
        load_settings(None, start=tmp_path)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(SettingsError, match="could not be read"):
        load_settings(tmp_path / "none.toml", start=tmp_path)
