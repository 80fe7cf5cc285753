"""The requests of real organisations, written as our table, come out as their own tables say."""

from __future__ import annotations

import csv
from collections import defaultdict

import pytest

from ownership_graph.days import date_of
from ownership_graph.importing.importers import find_importer
from ownership_graph.records import Node, Rejected, Relationship

TABLES, APPROVALS = find_importer("tables"), find_importer("approvals")
TIES = ("CONCERNS", "AT", "DECIDED_BY")


def facts(records):
    """Of each request where it stands and since when it was asked, and its relationships."""
    kept = {"status", "requested_day"}
    for each in records:
        if isinstance(each, Node) and each.label == "Approval":
            said = {name: str(value) for name, value in each.properties.items() if name in kept}
            yield each.id, tuple(sorted(said.items()))
        elif isinstance(each, Relationship) and each.type in TIES:
            yield each.from_id, (each.type, each.to_label, each.to_id)


@pytest.mark.parametrize("name", ["python-peps", "fed-ai-2024"])
def test_real_requests_come_out_as_they_went_in(data_folder, tmp_path, name):
    expected = list(TABLES.read(path=data_folder / name / "canonical"))
    ends = defaultdict(list)
    for each in expected:
        if isinstance(each, Relationship) and each.type in TIES:
            ends[each.from_id, each.type].append((each.to_label.lower(), each.to_id))
    with (tmp_path / "approvals.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "model", "gate", "decider", "decider_type", "requested_at", "result"])
        for each in expected:
            if isinstance(each, Node) and each.label == "Approval":
                ((_, model),), ((_, gate),) = ends[each.id, "CONCERNS"], ends[each.id, "AT"]
                asked = each.properties.get("requested_day")
                day = date_of(int(asked)).isoformat() if asked else ""
                for kind, decider in ends[each.id, "DECIDED_BY"] or [("", "")]:
                    status = each.properties["status"]
                    out.writerow([each.id, model, gate, decider, kind, day, status])
    found = list(APPROVALS.read(path=tmp_path / "approvals.csv", prefix=""))
    assert not [each for each in found if isinstance(each, Rejected)]
    assert set(facts(found)) == set(facts(expected))
    assert len({own for own, _ in facts(found)}) > 700
