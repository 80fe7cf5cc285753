"""Whatever stands in an export, an importer takes it, or says in a sentence why not."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownership_graph.errors import SourceError
from ownership_graph.importing.checking import Checker
from ownership_graph.importing.importers import find_importer

TEXTS = (
    "approved", "requested", "status", "Legal", "AI-1", "2026-03-01T10:00:00Z", "reviewed",
    "review_requested", "APPROVED", "models/fraud/x", "https://h.example/a/b/pull/7", "7", "\x1b",
    "https://h.example/a/b/-/merge_requests/7", "true", "requested review from @a", "0001-01-01",
)  # fmt: skip
NAMES = {
    "servicenow": "sys_id state sysapproval group approver sys_created_on display_value value"
    " source_table sysapproval.cmdb_ci",
    "jira": "key fields labels status name reporter created changelog histories items field"
    " fromString toString author approvals finalDecision approvers approver approverDecision",
    "pull_requests": "number html_url user login timeline reviews state event submitted_at"
    " created_at files path iid web_url notes system body diffs new_path requested_team slug",
}
LEAVES = st.none() | st.booleans() | st.integers() | st.floats(-1, 1) | st.sampled_from(TEXTS)


def anything(name):
    names = st.sampled_from(NAMES[name].split())
    return st.recursive(
        LEAVES,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=9),
        max_leaves=20,
    )


@pytest.mark.parametrize(
    ("name", "options", "under"),
    [
        ("servicenow", {}, "result"),
        ("jira", {}, "issues"),
        ("jira", {"gates": ("Legal", "approved")}, "issues"),
        ("pull_requests", {}, ""),
    ],
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_json_is_taken_or_refused_in_a_sentence(tmp_path, name, options, under, data):
    rows = data.draw(st.lists(anything(name), max_size=3))
    file = tmp_path / "any.json"
    file.write_text(json.dumps({under: rows} if under else rows))
    read = find_importer(name).function  # a fault of its code comes through as it is
    with suppress(SourceError):
        Checker().take_all(read(path=file, **options))
