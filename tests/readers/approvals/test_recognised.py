"""Exports of approvals are recognised by what is in them; what they leave open is asked."""

from __future__ import annotations

import pytest

from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round

JIRA = '{"expand": "names", "issues": [{"key": "AI-1", "fields": {}}]}'
ASKED = '{"result": [{"state": "approved", "approver": {}, "sysapproval": {}}]}'
TOLD = ASKED.replace('"state"', '"sysapproval.cmdb_ci": "m1", "state"')
PULLS = '[{"number": 1, "files": [], "reviews": []}]'


@pytest.mark.parametrize(
    ("importer", "name", "text", "asked"),
    [
        ("approvals", "a.csv", "Model,Gate,Result,Decider\n", ""),
        ("approvals", "a.tsv", "model\tgate\tresult\n", ""),
        ("jira", "a.csv", "Issue key,Status,Labels,Labels\n", "gates"),
        ("jira", "a.json", JIRA, "gates"),
        ("servicenow", "a.csv", "State,Approver,Approval for\n", "model_field"),
        ("servicenow", "a.json", ASKED, "model_field"),
        ("servicenow", "a.json", TOLD, ""),
        ("pull_requests", "a.json", PULLS, ""),
    ],
)
def test_an_export_is_recognised_by_what_is_in_it(tmp_path, importer, name, text, asked):
    (tmp_path / name).write_text(text)
    (tmp_path / "other.csv").write_text("a,b\n")
    (tmp_path / "other.json").write_text('{"a": 1}')

    [found] = find_importer(importer).recognise(look_round(tmp_path))

    assert found.path.name == name
    assert asked in found.ask
    assert bool(asked) == bool(found.ask)
