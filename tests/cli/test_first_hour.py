"""A newcomer's first hour: from files as they lie about to findings, without writing code."""

from __future__ import annotations

import pytest

FILES = {
    "shop/.github/CODEOWNERS": "* @acme/platform\n/models/fraud-score/ @acme/risk-models\n",
    "shop/models/fraud-score/train.py": "",
    "shop/catalog-info.yaml": (
        "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: fraud-score\n"
        "  title: Fraud score\nspec:\n  type: ml-model\n  lifecycle: production\n"
        "  owner: risk-models\n"
    ),
    "exports/staff.csv": (
        "Employee ID,Name,Email,Manager,Department,Status\n"
        "1,Ada Lovelace,ada@acme.example,,Risk Models,Active\n"
        "2,Cat Stevens,cat@acme.example,ada@acme.example,Legal and Privacy,Active\n"
    ),
    "exports/approvals.csv": (
        "model,gate,decider,requested_at,decided_at,result\n"
        "fraud-score,legal,cat@acme.example,2026-08-01,,pending\n"
    ),
    "exports/AI systems.csv": "System;Owner\nFraud score;Risk Models\n",
    "exports/notes.json": "{}",
}


@pytest.fixture
def lying_about(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")


def test_from_files_as_they_lie_about_to_findings(run, lying_about, tmp_path):
    said = run("init", "--from", ".", "--starter", "--survey")
    assert said.code == 0
    recognised, _, rest = said.out.partition("To be decided")
    for importer in ("codeowners", "backstage", "hr", "approvals"):
        assert f"  {importer}: " in recognised
    assert "exports/AI systems.csv  table: " in rest
    assert "exports/notes.json: no importer recognises this .json" in rest

    said = run("import")
    assert said.code == 0, said.err
    assert "5 sources" in said.out

    # The code host calls the team otherwise than HR, until somebody says that they are one.
    lines = run("identities", "suggest", "--format", "csv").out
    assert lines == "alias,label,id\ngh:acme/risk-models,Team,team:risk-models\n"
    (tmp_path / "identities.csv").write_text(lines, encoding="utf-8")
    assert run("import").code == 0
    found, _, not_assessable = run("check").out.partition("Not assessable")
    assert not_assessable
    assert "OWN-01" not in found
    assert run("explore", "-o", "graph.html").code == 0
