"""`init`: files that can be used as they are, with every key explained, and nothing lost."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

from ownership_graph.cli.first_settings import EXAMPLES, HEAD, SourceTable, own_name
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
    text = re.sub(r"^# (?=\[|\w+ = )", "", HEAD + EXAMPLES, flags=re.MULTILINE)
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


def test_what_is_recognised_is_imported_without_a_word_written(run, example, tmp_path):
    shutil.copytree(example, tmp_path / "there" / "organisation")
    shutil.copy(example.parent / "manual.toml", tmp_path / "there")

    said = run("init", "graph", "--from", "there")

    assert said.code == 0
    assert "Looked round there: 45 files." in said.out
    assert "  manual.toml  manual: what people state themselves, and deny\n" in said.out
    assert "  organisation  tables: 44 node and edge tables\n" in said.out
    assert "To be decided" not in said.out
    assert "Passed over" not in said.out
    assert "write your sources" not in said.out
    settings = load_settings(tmp_path / "graph" / "ownership-graph.toml", start=tmp_path)
    assert [(each.source, each.importer.name) for each in orders_of(settings)] == [
        ("manual", "manual"),
        ("organisation", "tables"),
    ]
    said = run("import", "--settings", "graph/ownership-graph.toml")
    assert said.code == 0
    assert "2 sources; facts: 1,638 new" in said.out


def test_what_a_person_must_first_say_is_written_with_a_mark(run, tmp_path):
    (tmp_path / "hr \x1b[31m.csv").write_text("a,b", encoding="utf-8")
    (tmp_path / "hr list.csv").write_text("Name;Mail\n", encoding="utf-8")
    (tmp_path / "odd.json").write_text("{}", encoding="utf-8")

    said = run("init", "--from", ".")

    assert "To be decided" in said.out
    assert "  hr list.csv  table: a table with the columns Name, Mail\n" in said.out
    assert "    Say in hr list.toml what its columns mean" in said.out
    assert "  odd.json: no importer recognises this .json\n" in said.out
    assert "1 name that cannot be printed" in said.out
    assert "\x1b" not in said.out
    text = (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8")
    assert '# [[source]]\n# name = "hr list"\n' in text
    assert '# delimiter = ";"\n' in text
    assert load_settings(None, start=tmp_path).source == ()
    head, source = text.split("# [[source]]\n")
    text = f"{head}[[source]]\n{source.replace('# ', '')}"
    (tmp_path / "ownership-graph.toml").write_text(text, encoding="utf-8")
    (tmp_path / "hr list.toml").touch()
    assert [each.source for each in orders_of(load_settings(None, start=tmp_path))] == ["hr list"]


def test_what_is_known_of_a_folder_leaves_its_other_files_to_be_decided(run, tmp_path):
    (tmp_path / "CODEOWNERS").write_text("* @acme/risk\n", encoding="utf-8")
    (tmp_path / "catalog-info.yaml").write_text(
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: claims\n",
        encoding="utf-8",
    )
    said = run("init", "--from", ".")
    assert said.code == 0
    assert "  .  backstage: 1 Backstage catalog file\n" in said.out
    assert "  .  codeowners: the owners of code, by CODEOWNERS\n" in said.out
    written = (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8")
    assert '# importer = "codeowners"' in written


def test_systems_that_a_checkout_speaks_of_are_written_with_a_mark_and_no_secret(run, tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text(
        '[remote "origin"]\n\turl = https://ann:s3cret@gitlab.acme.example/risk/models.git\n'
    )
    (tmp_path / ".env.example").write_text(
        "DB=x\nexport MLFLOW_TRACKING_URI='https://bob:s3cret@mlflow.acme.example/?key=s3cret'\n"
    )
    (tmp_path / ".env").write_text("MLFLOW_TRACKING_URI=https://s3cret.example\n")
    (tmp_path / "app-config.yaml").write_text(
        "app:\n  baseUrl: http://localhost:3000\nbackend:\n  # where it runs\n\n"
        "  baseUrl: http://localhost:7007\n  token: s3cret\n"
    )
    (tmp_path / "app-config.production.yaml").write_text(
        "backend:\n  baseUrl: 'https://portal.acme.example'\n"
    )

    said = run("init", "--from", ".")

    text = (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8")
    assert "s3cret" not in said.out + text
    assert "  .git/config  pull_requests: reviews of changes to risk/models" in said.out
    assert "app-config.yaml:" not in said.out
    assert load_settings(None, start=tmp_path).source == ()
    _, _, sources = text.partition("--help\n")
    sources = re.sub(r"^# (?=\[|\w+ = )", "", sources, flags=re.MULTILINE)
    (tmp_path / "ownership-graph.toml").write_text(sources, encoding="utf-8")
    orders = {each.source: each for each in orders_of(load_settings(None, start=tmp_path))}
    options = {name: each.options for name, each in orders.items()}
    assert {name: each["url"] for name, each in options.items()} == {
        "reviews": "https://gitlab.acme.example",
        "mlflow server": "https://mlflow.acme.example",
        "backstage server": "https://portal.acme.example/api/catalog",
    }
    reviews = options["reviews"]
    assert (reviews["repository"], reviews["host"]) == (("risk/models",), "gitlab")
    assert "Set GITLAB_TOKEN to a token" in text
    assert "Say with 'models' in which folders" in text


def test_settings_that_are_there_are_kept_and_what_they_lack_is_shown(run, tables, tmp_path):
    (tmp_path / "ownership-graph.toml").write_text("", encoding="utf-8")

    said = run("init", "--from", ".")

    assert (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8") == ""
    assert "could be added" in said.out
    assert '[[source]]\nname = "tables"\nimporter = "tables"\npath = "tables"\n' in said.out


def test_a_folder_with_nothing_in_it(run, tmp_path):
    (tmp_path / "empty").mkdir()

    said = run("init", "--from", "empty")

    assert "Nothing was recognised here" in said.out
    assert "write your sources" in said.out
    assert EXAMPLES in (tmp_path / "ownership-graph.toml").read_text(encoding="utf-8")
    assert run("init", "--from", "gone").code == 2


def test_many_files_of_a_kind_are_told_in_few_words(run, tmp_path):
    for number in range(9):
        (tmp_path / f"{number}.yaml").touch()

    said = run("init", "--from", ".")

    assert "  0.yaml, 1.yaml, 2.yaml, 3.yaml, 4.yaml and 4 more: no importer" in said.out


def test_exports_beside_each_other_are_named_after_their_files(run, tmp_path):
    staff = "Work Email,Name,Department,Line Manager\nann@corp.example,Ann,Claims,\n"
    for name in ("hr/old.csv", "hr/new.csv", "hr/new.tsv", "one/staff.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        text = staff.replace(",", "\t") if name.endswith("tsv") else staff
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert run("init", "--from", ".").code == 0
    named = {
        each.name: os.path.relpath(str(each.path), tmp_path)
        for each in load_settings(None, start=tmp_path).source
    }
    assert named == {
        "hr old": "hr/old.csv",
        "hr new.csv": "hr/new.csv",
        "hr new.tsv": "hr/new.tsv",
        "hr": "one/staff.csv",
    }


def test_each_source_gets_a_name_of_its_own():
    assert own_name("owners", Path("a/OWNERS"), ()) == "owners"
    assert own_name("owners", Path("a/OWNERS"), {"owners"}) == "owners a"
    assert own_name("owners", Path("OWNERS.csv"), {"owners"}) == "owners OWNERS"
    assert own_name("owners", Path("b/a/OWNERS"), {"owners", "owners a"}) == "owners a 2"
    assert own_name(" \n ", Path("a"), ()) == "source"


def test_the_starter_is_a_source_as_it_is_and_makes_no_finding(run, tables, tmp_path):
    said = run("init", "--from", "tables", "--starter")

    assert "written  operating-model.toml\n" in said.out
    settings = load_settings(None, start=tmp_path)
    assert [each.source for each in orders_of(settings)] == ["tables", "operating-model"]
    said = run("import")
    assert said.code == 0
    assert "operating-model  done" in said.out
    assert "rejected" not in said.out.split("operating-model", 1)[1]
    assert run("init", "--from", ".", "--starter").out.count('name = "operating-model"') == 1


def test_every_mistake_in_the_operating_model_is_told_by_import(run, tmp_path):
    run("init", "--starter")
    (tmp_path / "operating-model.toml").write_text("zzz = 1\nyyy = 2", encoding="utf-8")

    said = run("import")

    assert said.code == 4
    assert "operating-model.toml:1: reading the operating model: the key 'zzz'" in said.err
    assert "operating-model.toml:2: reading the operating model: the key 'yyy'" in said.err


def test_the_survey_waits_to_be_filled_in(run, tmp_path):
    said = run("init", "--survey")

    assert "written  survey.csv\n" in said.out
    assert "write your sources" in said.out
    assert load_settings(None, start=tmp_path).source == ()
    with (tmp_path / "survey.csv").open("a", encoding="utf-8") as table:
        table.write("legal,m1,,pilot,,,\nrisk,m1,,idea,,,\n")
    (tmp_path / "ownership-graph.toml").unlink()
    run("init", "--from", ".", "--survey")
    settings = load_settings(None, start=tmp_path)
    assert [each.source for each in orders_of(settings)] == ["survey of legal", "survey of risk"]
    assert run("import").code == 0
    assert "survey of risk: stage idea" in run("check", "CLR-02", "--format", "json").out


def test_options_are_written_as_toml_and_paths_from_the_files_folder():
    options = {"models": (Path("a/b"), "c"), "share": 0.5, "on": True, "since": date(2026, 8, 1)}

    lines = SourceTable("x", "y", Path("a/f.csv"), "", options).lines(Path("a"))

    assert list(lines)[3:] == [
        'path = "f.csv"',
        'models = ["b", "c"]',
        "share = 0.5",
        "on = true",
        'since = "2026-08-01"',
    ]
