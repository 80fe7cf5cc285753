"""The settings: file, environment, defaults, and what a mistake looks like."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ownership_graph.errors import SettingsError
from ownership_graph.settings import FILE_NAME, Settings, find_settings, load_settings, spelt
from ownership_graph.settings.durations import span


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
    assert load_settings(file, start=tmp_path).store.password.reveal() == "first"
    (tmp_path / "secret").write_text("second\n", encoding="utf-8")
    file = write(tmp_path, f'[store]\npassword = "file:{tmp_path / "secret"}"')
    settings = load_settings(file, start=tmp_path)
    assert settings.store.password.reveal() == "second"
    assert "second" not in repr(settings)


def test_the_environment_may_hold_the_secret_itself(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__PASSWORD", "third")
    settings = load_settings(None, start=tmp_path)
    assert settings.store.password.reveal() == "third"


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('[store]\nadress = "x"', 2, "Did you mean 'address'?"),
        ("frobnicate = 1", 1, "Known keys: health, identities, importers"),
        ('[store]\npassword = "hunter2"', 2, 'password = "env:NEO4J_PASSWORD"'),
        ("precedence = 3", 1, "it is no list"),
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


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("env:NOT_SET_ANYWHERE", "the environment variable NOT_SET_ANYWHERE is not set"),
        ("file:no/such/file", "could not be read"),
    ],
)
def test_a_secret_that_is_not_there_is_told_when_it_is_used(tmp_path, where, said):
    file = write(tmp_path, f'[store]\npassword = "{where}"')
    secret = load_settings(file, start=tmp_path).store.password
    assert not secret.is_set
    with pytest.raises(SettingsError, match=said) as caught:
        secret.reveal()
    assert str(caught.value).startswith(f"{file}:2: ")


def test_the_file_of_a_secret_is_meant_from_the_settings_folder(tmp_path):
    (tmp_path / "token").write_text("fourth\n", encoding="utf-8")
    file = write(tmp_path, '[store]\npassword = "file:token"\nca_file = "ca.pem"')
    settings = load_settings(file, start=Path("/"))
    assert settings.store.password.is_set
    assert settings.store.password.reveal() == "fourth"
    assert settings.store.ca_file == str(tmp_path / "ca.pem")


def test_a_mistake_in_the_environment_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__ADRESS", "x")
    with pytest.raises(SettingsError, match="OWNERSHIP_GRAPH__STORE__ADRESS"):
        load_settings(None, start=tmp_path)


def test_a_missing_file_is_a_sentence(tmp_path):
    with pytest.raises(SettingsError, match="could not be read"):
        load_settings(tmp_path / "none.toml", start=tmp_path)


SOURCES = """\
precedence = ["manual", "hr", "inventory", "tables:/data/ad-hoc"]
inventory_of_record = "inventory"
identities = "identities.csv"
keep_changes = "400d"
page = "out/graph.html"

[[source]]
name = "hr"
importer = "tables"
path = "hr"
authoritative_for = ["Person"]
stale_after = "36h"

[[source]]
name = "inventory"
importer = "table"
path = "inventory.csv"
mode = "delta"
removal_guard = 0.5
"""


def test_sources_have_names_guards_and_their_importers_own_options(tmp_path):
    settings = load_settings(write(tmp_path, SOURCES), start=tmp_path)
    hr, inventory = settings.source
    assert (hr.name, hr.importer, hr.mode, hr.removal_guard) == ("hr", "tables", None, 0.25)
    assert hr.stale_after == timedelta(hours=36)
    assert hr.authoritative_for == ("Person",)
    assert hr.options == {"path": "hr"}
    assert (inventory.mode, inventory.removal_guard) == ("delta", 0.5)
    assert settings.keep_changes == timedelta(days=400)
    assert settings.identities == tmp_path / "identities.csv"
    assert settings.page == tmp_path / "out" / "graph.html"
    assert settings.metrics is None


def test_what_questions_ask_settings_for_is_there_where_it_is_said(tmp_path):
    said = load_settings(write(tmp_path, f"self_serve_tier = 1\n{SOURCES}"), start=tmp_path)
    assert said.defaults == {"inventory_of_record": "inventory", "self_serve_tier": 1}
    assert Settings().defaults == {}


def test_every_value_knows_where_it_comes_from(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__SOURCE__HR__PATH", "/elsewhere")
    monkeypatch.setenv("OWNERSHIP_GRAPH__METRICS", "m.prom")
    file = write(tmp_path, SOURCES)
    settings = load_settings(file, start=tmp_path)
    origin = settings.written.origin
    assert str(origin("precedence")) == f"{file}:1"
    assert str(origin("source", 1, "mode")) == f"{file}:18"
    assert str(origin("source", 0, "mode")) == "default"
    assert str(origin("source", 0, "path")) == "OWNERSHIP_GRAPH__SOURCE__HR__PATH"
    assert settings.source[0].options == {"path": "/elsewhere"}
    assert str(origin("metrics")) == "OWNERSHIP_GRAPH__METRICS"
    assert settings.metrics == Path("m.prom")  # of the environment: from the working folder


def test_the_environment_lays_over_a_source_by_its_name(tmp_path, monkeypatch):
    monkeypatch.setenv("ownership_graph__source__inventory__removal_guard", "0.1")
    monkeypatch.setenv("OWNERSHIP_GRAPH__SOURCE__INVENTORY__AUTHORITATIVE_FOR", "Person, Team")
    monkeypatch.setenv("OWNERSHIP_GRAPH__PRECEDENCE", "inventory, hr")
    monkeypatch.setenv("OWNERSHIP_GRAPH__KEEP_CHANGES", "")
    settings = load_settings(write(tmp_path, SOURCES), start=tmp_path)
    assert settings.source[1].removal_guard == 0.1
    assert settings.source[1].authoritative_for == ("Person", "Team")
    assert settings.precedence == ("inventory", "hr")
    assert settings.keep_changes == timedelta(days=400)


def test_a_list_of_the_environment_may_be_json(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__PRECEDENCE", '["a, b"]')
    assert load_settings(None, start=tmp_path).precedence == ("a, b",)
    monkeypatch.setenv("OWNERSHIP_GRAPH__PRECEDENCE", '["a')
    with pytest.raises(SettingsError, match="OWNERSHIP_GRAPH__PRECEDENCE in the environment"):
        load_settings(None, start=tmp_path)


@pytest.mark.parametrize(
    ("variable", "said"),
    [
        ("OWNERSHIP_GRAPH__PRECEDENSE", "Did you mean 'PRECEDENCE'?"),
        ("OWNERSHIP_GRAPH__SOURCE__HRR__PATH", "no source called 'HRR'. Did you mean 'HR'?"),
        ("OWNERSHIP_GRAPH__SOURCE__ZZZZZZ__PATH", "no source called 'ZZZZZZ'. Known: HR, INV"),
        ("OWNERSHIP_GRAPH__SOURCE__HR__MODE", "the key 'source[1].mode': input should be 'full'"),
        ("OWNERSHIP_GRAPH__SOURCE__HR", "Call it OWNERSHIP_GRAPH__SOURCE__NAME__KEY"),
    ],
)
def test_a_variable_that_sets_nothing_is_a_mistake(tmp_path, monkeypatch, variable, said):
    monkeypatch.setenv(variable, "x")
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, SOURCES), start=tmp_path)
    assert said in str(caught.value)
    assert variable in str(caught.value)


def test_every_mistake_is_told_at_once_in_the_order_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__HEALHT", "x")
    file = write(
        tmp_path,
        """\
precedence = ["hrr", "tables:/data"]
inventory_of_record = "none of them"
keep_changes = "a year"

[[source]]
name = "hr"
importer = "tables"
removal_guard = 2

[[source]]
name = "hr"
stale_after = "0d"
authoritative_for = ["Persom", "Model"]

[[source]]
name = "a\\u0000b"
importer = "tables"
mode = "ful"
""",
    )
    with pytest.raises(SettingsError) as caught:
        load_settings(file, start=tmp_path)
    told = [str(caught.value), *caught.value.__notes__]
    expected = (
        (1, "'precedence[1]': there is no source called 'hrr'. Did you mean 'hr'?"),
        (2, "'inventory_of_record': there is no source called 'none of them'. Known: a"),
        (3, "'keep_changes': it is no span of time. Write it as 12h, 3d or 2w."),
        (8, "'source[1].removal_guard': input should be less than or equal to 1."),
        (10, "'source[2].importer' is missing. Write it."),
        (11, "'source[2].name': another source is called 'hr', too (line 6). Rename one"),
        (12, "'source[2].stale_after': it is no span of time."),
        (13, "[1]': 'Persom' cannot stand here: it is no label. Did you mean 'Person'?"),
        (
            13,
            "[2]': 'Model' cannot stand here: no status says that one of it has ended",
        ),
        (16, "'source[3].name': it cannot be the name of a source. Give it one without"),
        (18, "'source[3].mode': input should be 'full', 'delta' or 'events'."),
    )
    for line, (number, what) in zip(told, expected, strict=False):
        assert line.startswith(f"{file}:{number}: reading the settings: the key ")
        assert what in line
    (last,) = told[len(expected) :]
    assert "there is no key 'HEALHT'. Did you mean 'HEALTH'?" in last
    assert "OWNERSHIP_GRAPH__HEALHT in the environment" in last


def test_without_sources_any_name_may_be_that_of_an_ad_hoc_import(tmp_path):
    assert load_settings(write(tmp_path, 'precedence = ["hr"]'), start=tmp_path).precedence


def test_every_secret_can_be_kept_out_of_what_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("TOKEN", "fifth")
    monkeypatch.setenv("OWNERSHIP_GRAPH__STORE__PASSWORD", "sixth")
    text = '[[source]]\nname = "a"\nimporter = "x"\n'
    file = write(tmp_path, f'{text}token = "env:TOKEN"\nother = "env:NOT_SET"\nmany = 3\n')
    assert sorted(load_settings(file, start=tmp_path).secrets()) == ["fifth", "sixth"]


def test_sources_whose_names_fold_alike_cannot_be_told_apart_by_a_variable(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__SOURCE__HR_LIST__PATH", "/x")
    tables = "".join(
        f'[[source]]\nname = "{name}"\nimporter = "tables"\n' for name in ("hr list", "hr-list")
    )
    with pytest.raises(SettingsError, match="several sources are called 'HR_LIST' here"):
        load_settings(write(tmp_path, tables), start=tmp_path)


def test_what_is_no_table_or_no_text_is_a_mistake_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("OWNERSHIP_GRAPH__SOURCE__A__PATH", "/x")
    with pytest.raises(SettingsError, match="source"):
        load_settings(write(tmp_path, "source = [3]"), start=tmp_path)
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, "precedence = [3, 4]"), start=tmp_path)
    told = [str(caught.value), *caught.value.__notes__]
    assert ["precedence[1]" in told[0], "precedence[2]" in told[1]] == [True, True]


def test_a_span_keeps_its_largest_unit():
    assert spelt(span(timedelta(minutes=90))) == "90m"


def test_a_value_of_the_wrong_kind_is_told_in_words(tmp_path):
    file = tmp_path / "ownership-graph.toml"
    file.write_text(
        """
precedence = "manual"
identities = 3
store = 5
page = ["x"]

[source]
name = "hr"
""".lstrip(),
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as caught:
        load_settings(file, start=tmp_path)
    assert [each.split(": ", 2)[2] for each in (str(caught.value), *caught.value.__notes__)] == [
        "the key 'precedence': it is no list. Write [\"…\"], or where it is a table, [[source]].",
        "the key 'identities': it is no path. Write it as a text, in quotes.",
        "the key 'store': it is no table. Write it as [store], or as [[source]].",
        "the key 'page': it is no path. Write it as a text, in quotes.",
        "the key 'source': it is no list. Write [\"…\"], or where it is a table, [[source]].",
    ]
