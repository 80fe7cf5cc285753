"""The model holds together: it is the only list of labels, relationships and properties."""

from __future__ import annotations

import pytest

from ownership_graph.model import (
    BOOKKEEPING,
    LABELS,
    MADE_UP_BY_ENGINE,
    RELATIONSHIPS,
    is_event,
    nearest,
    sharing_an_end,
)

BOTH = [*LABELS.values(), *RELATIONSHIPS.values()]


@pytest.mark.parametrize("each", BOTH, ids=lambda each: each.name)
def test_names_are_fit_for_both_stores(each):
    for name, found in each.properties.items():
        assert name == found.name
        assert name not in BOOKKEEPING | MADE_UP_BY_ENGINE
        assert name.isidentifier()
        assert found.meaning.endswith(".")
        assert name.endswith("_day") == (found.kind == "day") or name == "day"
    assert each.meaning


@pytest.mark.parametrize("each", RELATIONSHIPS.values(), ids=lambda each: each.name)
def test_a_relationship_stands_between_labels_that_there_are(each):
    assert {*each.starts, *each.ends} <= set(LABELS)
    assert set(each.identity) <= set(each.properties)


def test_every_label_has_a_colour_and_shape_of_its_own():
    drawn = [(each.colour, each.shape) for each in LABELS.values()]
    assert len(set(drawn)) == len(drawn)


def test_every_label_has_id_and_name():
    assert all({"id", "name"} <= set(each.properties) for each in LABELS.values())


def test_what_happened_is_never_removed_by_absence():
    events = {each.name for each in BOTH if is_event(each.name)}
    assert events >= {"Approval", "Result", "Incident", "JUDGED_BY", "CONCERNS", "DECIDED_BY"}
    assert not events & {"Model", "OWNS", "Person", "CAN_DECIDE"}


def test_who_shares_an_end_must_not_share_an_id():
    assert "Team" in sharing_an_end("Person")
    assert {"Dataset", "Service"} <= sharing_an_end("Model")
    assert "Person" not in sharing_an_end("Model")


def test_a_near_name_is_offered_and_a_far_one_is_not():
    assert nearest("prodcution", ["pilot", "production"]) == " Did you mean 'production'?"
    assert nearest("OWNED", RELATIONSHIPS) == " Did you mean 'OWNS'?"
    assert not nearest("xyzzy", LABELS)
