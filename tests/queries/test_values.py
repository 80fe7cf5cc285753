"""What a parameter's type takes."""

from __future__ import annotations

import pytest

from ownership_graph.queries.values import value_of


@pytest.mark.parametrize(
    ("type_", "given", "value"),
    [
        ("int", -3, -3),
        ("int", 2**63, None),
        ("int", 3.0, None),
        ("int", True, None),
        ("int", "3", None),
        ("float", 3, 3.0),
        ("float", 0.5, 0.5),
        ("float", float("nan"), None),
        ("float", float("inf"), None),
        ("float", 10**400, None),
        ("float", False, None),
        ("text", "", ""),
        ("text", 3, None),
        ("bool", False, False),
        ("bool", 0, None),
        ("day", 20000, 20000),
        ("day", "2024-10-04", 20000),
        ("day", "2024-13-04", None),
        ("day", 1.5, None),
        ("int", None, None),
        ("text", [], None),
    ],
)
def test_a_type_takes_its_own_values_only(type_, given, value):
    found = value_of(type_, given)
    assert (found, type(found)) == (value, type(value))
