"""`init`: files that can be used as they are, with every key explained, and nothing lost."""

from __future__ import annotations

import re

from ownership_graph.cli.init import SETTINGS
from ownership_graph.loading.sources import orders_of
from ownership_graph.settings import Settings, SourceSettings, load_settings


def test_the_first_files_are_written_and_say_what_to_do_next(run, tmp_path):
    said = run("init", "new/folder")
    assert said.code == 0
    assert "written  new/folder/ownership-graph.toml" in said.out
    assert "  cd new/folder\n" in said.out
    folder = tmp_path / "new" / "folder"
    assert (folder / "identities.csv").read_text(encoding="utf-8") == "alias,label,id\n"
    settings = load_settings(None, start=folder)
    assert settings.store.address == str(folder / "ownership.kgl")
    assert settings.source == ()
    assert run("settings", "--settings", "new/folder/ownership-graph.toml").code == 0
    assert "has none" in run("import", "--settings", "new/folder/ownership-graph.toml").err


def test_nothing_is_overwritten(run, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text('store = "mine.kgl"', encoding="utf-8")
    said = run("init")
    assert said.code == 0
    assert "kept     ownership-graph.toml" in said.out
    assert "written  identities.csv" in said.out
    assert "cd " not in said.out
    assert (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8") == 'store = "mine.kgl"'


def test_every_line_that_is_commented_out_would_do(tmp_path):
    text = re.sub(r"^# (?=\[|\w+ = )", "", SETTINGS, flags=re.MULTILINE)
    (tmp_path / "ownership-graph.toml").write_text(text, encoding="utf-8")
    settings = load_settings(None, start=tmp_path)
    assert [each.source for each in orders_of(settings)] == ["directory", "inventory", "manual"]
    assert {*SourceSettings.model_fields} == set.union(
        *(each.model_fields_set & {*SourceSettings.model_fields} for each in settings.source)
    )
    left = {"importers", "log_format", "page", "metrics", "health"}
    assert settings.model_fields_set == {*Settings.model_fields} - left


def test_a_folder_that_cannot_be_written_to(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = run("init", "file/inside")
    assert said.code == 2
    assert "ownership-graph init FOLDER" in said.err
