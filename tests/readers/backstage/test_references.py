"""References and entities, as Backstage reads them."""

from __future__ import annotations

import pytest

from ownership_graph.readers.backstage.references import Reference, entity, reference


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Risk", "group:home/risk"),
        ("emea/risk", "group:emea/risk"),
        ("user:Jane", "user:home/jane"),
        ("User:EMEA/jane.doe_1", "user:emea/jane.doe_1"),
        ({"kind": "User", "name": "jane"}, "user:home/jane"),
        ({"name": "risk", "namespace": "emea"}, "group:emea/risk"),
        ("", "None"),
        ("two words", "None"),
        ("a:b:c", "None"),
        ("a/b/c", "None"),
        ("user:", "None"),
        ("-risk", "None"),
        (None, "None"),
        ([], "None"),
        ({}, "None"),
        ("x" * 254, "None"),
    ],
)
def test_what_a_reference_means(written, expected):
    assert str(reference(written, kind="group", namespace="home")) == expected


def test_a_kind_that_nothing_says_makes_it_mean_nothing():
    assert reference("risk") is None
    assert str(reference("api:risk")) == "api:default/risk"


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"kind": "Group"},
        {"metadata": {"name": "a"}},
        {"kind": "Group", "metadata": {"name": "a/b"}},
        {"kind": "Group", "metadata": {"name": "api:b"}},
        {"kind": "Group", "metadata": {"name": "a b"}},
        {"kind": "Group", "metadata": {"name": "a", "namespace": "b c"}},
        {"kind": "", "metadata": {"name": "a"}},
    ],
)
def test_what_is_no_entity(data):
    assert entity(data) is None


def test_an_entity():
    data = {
        "kind": "API",
        "metadata": {"name": "Pay", "namespace": "EU", "title": "Payments"},
        "spec": {"type": "OpenAPI"},
    }
    found = entity(data, file="f", line=3)
    assert (found.at, found.type, found.name) == (
        Reference("api", "eu", "pay"), "openapi", "Payments",
    )  # fmt: skip
    assert (found.file, found.line) == ("f", 3)
    data["spec"]["profile"] = {"displayName": "P"}
    assert entity(data).name == "P"
    assert entity({"kind": "User", "metadata": {"name": "Jane"}}).name == "Jane"
