from __future__ import annotations

from ownership_graph.measures.what_sources_say import GIVES, measure


def row(subject, *about, claims="", said=()):
    return {"subject": subject, "about": list(about), "claims": claims, "said": list(said)}


def test_each_property_in_dispute_is_told_with_what_each_source_says():
    claims = (
        '{"manual":{"absent":true},"hr":{"stage":"pilot","tags":["a","b"]},"x":{"stage":"idea"}}'
    )

    found = measure([row("m", "stage", "absent", "tags", claims=claims)], {})

    assert [tuple(each) for each in found] == [GIVES] * 3
    assert [(each["about"], each["believed"], each["said"]) for each in found] == [
        ("absent", "true", ["manual: true"]),
        ("stage", "pilot", ["hr: pilot", "x: idea"]),
        ("tags", "a, b", ["hr: a, b"]),
    ]


def test_what_the_query_found_is_told_as_it_is_and_once():
    rows = [row("m", "owner", said=["b", "a"]), row("m", "owner", said=["b", "c"])]

    assert measure(rows, {}) == [
        {"subject": "m", "about": "owner", "believed": "", "said": ["a", "b", "c"]}
    ]


def test_nothing_is_nothing():
    assert measure([], {}) == []
