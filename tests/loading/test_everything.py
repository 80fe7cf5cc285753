"""All sources of the settings: each by itself, whatever becomes of the others."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.errors import GuardError, SettingsError, SourceError, StoreError, UsageError
from ownership_graph.loading import load_all
from ownership_graph.loading.sources import mistakes_of_sources, orders_of
from ownership_graph.settings import Settings, load_settings
from ownership_graph.stores import open_store

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


@pytest.fixture
def in_force(tmp_path):
    """The settings that a text makes, its file in the folder of the test."""

    def made(text, **given):
        file = tmp_path / "ownership-graph.toml"
        file.write_text(text, encoding="utf-8")
        return load_settings(file, start=tmp_path, **given)

    return made


def write(folder, **tables):
    folder.mkdir(exist_ok=True)
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


TWO = """\
[[source]]
name = "hr"
importer = "tables"
path = "hr"
removal_guard = 0.5

[[source]]
name = "inventory"
importer = "tables"
path = "inventory"
mode = "delta"
delimiter = ";"
"""


def test_the_orders_are_the_sources_in_their_order(in_force, tmp_path):
    hr, inventory = orders_of(in_force(TWO))
    assert (hr.source, hr.mode, hr.removal_guard) == ("hr", None, 0.5)
    assert hr.options == {"path": tmp_path / "hr"}
    assert (inventory.source, inventory.mode) == ("inventory", "delta")
    assert inventory.options == {"path": tmp_path / "inventory", "delimiter": ";"}


def test_some_sources_by_name(in_force):
    (only,) = orders_of(in_force(TWO), ["inventory"])
    assert only.source == "inventory"
    with pytest.raises(UsageError, match=r"none called 'inventori'. Did you mean 'inventory'?"):
        orders_of(in_force(TWO), ["inventori"])
    with pytest.raises(UsageError, match=r"none called 'x'. Known: hr, inventory"):
        orders_of(in_force(TWO), ["x"])


def test_settings_that_a_program_made(tmp_path):
    tables = {"name": "hr", "importer": "tables", "path": str(tmp_path)}
    (order,) = orders_of(Settings(source=[tables]))
    assert order.options == {"path": tmp_path}
    with pytest.raises(SettingsError, match="no such option"):
        orders_of(Settings(source=[tables | {"pth": 3}]))


WRONG = """\
precedence = 3

[[source]]
name = "hr"
importer = "tabels"

[[source]]
name = "b"
importer = "table"
pth = "x"
delimiter = 3
modee = "full"
"""


def test_every_mistake_of_every_importers_options_is_told_beside_the_others(in_force):
    with pytest.raises(SettingsError) as caught:
        in_force(WRONG, also=mistakes_of_sources)
    told = [str(caught.value), *caught.value.__notes__]
    expected = (
        (1, "'precedence'"),
        (5, "'source[1].importer': there is none called 'tabels'. Did you mean 'tables'?"),
        (7, "'source[2].path' is missing (The table: "),
        (10, "'source[2].pth': the importer 'table' has no such option. Did you mean 'path'?"),
        (11, "'source[2].delimiter': 3 is not a text."),
        (12, "'source[2].modee': the importer 'table' has no such option. Did you mean 'mode'?"),
    )
    assert len(told) == len(expected)
    for line, (number, what) in zip(told, expected, strict=True):
        assert f"ownership-graph.toml:{number}: reading the settings: the key {what}" in line


def test_a_missing_folder_of_importers_is_one_mistake(in_force, tmp_path):
    text = f'importers = ["ours"]\n{TWO}'
    with pytest.raises(SettingsError, match="there is no folder") as caught:
        in_force(text, also=mistakes_of_sources)
    assert str(tmp_path / "ours") in str(caught.value)
    assert not hasattr(caught.value, "__notes__")


SECRETIVE = '''
"""Says how long its token is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.records import Node

if TYPE_CHECKING:
    from pathlib import Path

    from ownership_graph.secret import Secret

PROVIDES = ()


def read(*, token: Secret, files: tuple[Path, ...] = ()):
    yield Node("Team", f"t{len(token.reveal())}", {"files": [str(each) for each in files]})
'''


def test_an_importers_secret_is_pointed_at_and_its_paths_are_the_files(
    in_force, tmp_path, monkeypatch, embedded_store
):
    write(tmp_path / "ours")
    (tmp_path / "ours" / "secretive.py").write_text(SECRETIVE, encoding="utf-8")
    text = 'importers = ["ours"]\n[[source]]\nname = "api"\nimporter = "secretive"\n'
    settings = in_force(f'{text}token = "env:API_TOKEN"\nfiles = ["a", "/b"]\n')
    (order,) = orders_of(settings)
    assert "API_TOKEN" in repr(order.options)
    (imported,) = load_all(embedded_store, [order], now=NOW)
    assert "API_TOKEN is not set" in str(imported.error)
    assert [each.state for each in embedded_store.runs()] == ["failed"]
    assert str(imported.error).startswith(f"{tmp_path / 'ownership-graph.toml'}:5: ")
    monkeypatch.setenv("API_TOKEN", "hunter22")
    (imported,) = load_all(embedded_store, [order], now=NOW)
    assert imported.error is None
    assert "hunter22" not in repr(order)
    (fact,) = embedded_store.facts()
    assert fact.properties["files"] == [str(tmp_path / "a"), "/b"]
    with pytest.raises(SettingsError, match="env:NAME or file:PATH") as caught:
        in_force(f'{text}token = "hunter22"\n', also=mistakes_of_sources)
    assert "hunter22" not in str(caught.value)


def test_no_source_ends_before_those_that_were_imported_before_it(
    in_force, tmp_path, embedded_store
):
    slow = '"""Takes its time."""\nimport time\nPROVIDES = ()\ndef read():\n    time.sleep(1.1)\n'
    write(tmp_path / "ours")
    (tmp_path / "ours" / "slow.py").write_text(f"{slow}    return ()\n", encoding="utf-8")
    write(tmp_path / "hr", nodes_Team="id\nt1\n")
    settings = in_force(
        'importers = ["ours"]\n[[source]]\nname = "api"\nimporter = "slow"\n'
        '[[source]]\nname = "hr"\nimporter = "tables"\npath = "hr"\n'
    )

    load_all(embedded_store, orders_of(settings), now=NOW)

    first, second = embedded_store.runs()
    assert first.finished > f"{NOW:%Y-%m-%dT%H:%M:%SZ}"
    assert first.finished <= second.started <= second.finished


def test_a_source_that_fails_changes_nothing_and_the_others_go_on(
    in_force, tmp_path, embedded_store
):
    write(tmp_path / "ours")
    (tmp_path / "ours" / "broken.py").write_text("import nothing_like_it\n", encoding="utf-8")
    (tmp_path / "ours" / "buggy.py").write_text(
        '"""Fails half-way."""\nfrom ownership_graph.records import Node\nPROVIDES = ()\n'
        'def read():\n    yield Node("Team", "never")\n    raise KeyError("x")\n',
        encoding="utf-8",
    )
    many = "id\n" + "".join(f"p{n}\n" for n in range(40))
    write(tmp_path / "cut", nodes_Person=many)
    write(tmp_path / "empty", nodes_Team="")
    write(tmp_path / "well", nodes_Team="id,status\nt1,active\n,active\n")
    sources = "".join(
        f'[[source]]\nname = "{name}"\nimporter = "{importer}"\n{rest}\n'
        for name, importer, rest in (
            ("cut", "tables", 'path = "cut"'),
            ("away", "tables", 'path = "nowhere"'),
            ("empty", "tables", 'path = "empty"'),
            ("broken", "broken", ""),
            ("buggy", "buggy", ""),
            ("well", "tables", 'path = "well"'),
        )
    )
    settings = in_force(f'importers = ["ours"]\n{sources}')
    load_all(embedded_store, orders_of(settings, ["cut"]), now=NOW)
    write(tmp_path / "cut", nodes_Person="id\np0\n")
    heard = []
    done = load_all(
        embedded_store,
        orders_of(settings),
        now=NOW,
        rejects=tmp_path / "rejected",
        progress=lambda stage, _: heard.append(stage),
    )
    assert [each.source for each in done] == ["cut", "away", "empty", "broken", "buggy", "well"]
    assert isinstance(done[0].error, GuardError)
    assert all(isinstance(each.error, SourceError) for each in done[1:5])
    assert "nothing_like_it" in str(done[3].error)
    assert done[5].summary.added == 1
    assert (tmp_path / "rejected" / "well" / "nodes_Team.csv").is_file()
    assert "well (6 of 6): writing" in heard
    keys = {fact.key for fact in embedded_store.facts()}
    assert keys == {*(f'["Person","p{n}"]' for n in range(40)), '["Team","t1"]'}
    states = {run.source: run.state for run in embedded_store.runs()}
    assert states == dict.fromkeys(states, "failed") | {"well": "done"}


def test_a_store_that_is_away_ends_all(in_force, tmp_path):
    write(tmp_path / "hr", nodes_Team="id\nt1\n")
    settings = in_force(TWO)
    with open_store(str(tmp_path / "no" / "g.kgl")) as away, pytest.raises(StoreError):
        load_all(away, orders_of(settings), now=NOW)


def test_a_store_that_cannot_be_written_to_ends_all(in_force, tmp_path, monkeypatch):
    write(tmp_path / "hr", nodes_Team="id\nt1\n")
    with open_store(str(tmp_path / "g.kgl")) as store:
        orders = orders_of(in_force(TWO))
        monkeypatch.setattr(store, "runs", lambda: (_ for _ in ()).throw(StoreError("full")))
        with pytest.raises(StoreError, match="full"):
            load_all(store, orders, now=NOW)


def test_what_is_no_source_is_not_looked_into(in_force):
    with pytest.raises(SettingsError) as caught:
        in_force('source = [3, {name = "a", importer = 3}]', also=mistakes_of_sources)
    assert "source[1]" in str(caught.value)


def test_two_sources_may_read_one_path(in_force, tmp_path, embedded_store):
    write(tmp_path / "hr", nodes_Team="id\nt1\n")
    settings = in_force(TWO.replace('"inventory"\nmode', '"hr"\nmode'))
    assert [each.error for each in load_all(embedded_store, orders_of(settings), now=NOW)] == [
        None,
        None,
    ]
    (fact,) = embedded_store.facts()
    assert fact.sources == ("hr", "inventory")
