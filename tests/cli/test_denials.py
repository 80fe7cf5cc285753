import json

import pytest

MANUAL = """
[Team.t1]
absent = true
why = "dissolved in March"

[[OWNS]]
from = "Team t2"
to = "Model m1"
absent = true
"""


@pytest.fixture
def denied(tmp_path, run):
    """A store in which a team, and what another owns, are denied."""
    tables = tmp_path / "stated"
    tables.mkdir()
    (tables / "nodes_Team.csv").write_text("id\nt1\nt2\n")
    (tables / "nodes_Model.csv").write_text("id\nm1\n")
    owners = "Team,t1,Model,m1,accountable\nTeam,t2,Model,m1,technical\n"
    (tables / "rels_OWNS.csv").write_text(f"from_label,from,to_label,to,role\n{owners}")
    (tmp_path / "manual.toml").write_text(MANUAL)
    run("import", "tables", tables, "--as", "inventory")
    run("import", "manual", tmp_path / "manual.toml")
    return run


def test_what_is_denied_is_told_with_who_denies_it_and_who_goes_on_stating_it(denied):
    told = json.loads(denied("denials", "--format", "json").out)

    assert sorted(tuple(row.values()) for row in told) == [
        ("OWNS", "t2", "m1", "manual", "", ""),
        ("OWNS accountable", "t1", "m1", "manual", "dissolved in March", "inventory"),
        ("OWNS technical", "t2", "m1", "manual", "", "inventory"),
        ("Team", "t1", "", "manual", "dissolved in March", "inventory"),
    ]


def test_where_nothing_is_denied_there_are_no_rows(tmp_path, run):
    (tmp_path / "nodes_Team.csv").write_text("id\nt1\n")
    run("import", "tables", tmp_path / "nodes_Team.csv")
    assert run("denials", "--format", "json").out.strip() == "[]"
