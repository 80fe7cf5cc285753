"""Requests, and the points in time out of which their days are made."""

from __future__ import annotations

from ownership_graph.readers.approvals.requests import Answer, Request, stated
from ownership_graph.readers.moments import day_of, moment_of
from ownership_graph.records import Node, Rejected


def test_a_request_with_a_day_that_is_none_is_rejected_whole():
    request = Request(id="a1", gate="g", models=("m",), file="x.json", line=7, due="soon")
    ((found),) = stated(request)
    assert isinstance(found, Rejected)
    assert (found.file, found.line, found.why[:29]) == (
        "x.json",
        7,
        "the due_day 'soon' is no day.",
    )
    status = Request(id="a1", gate="g", models=("m",), answers=(Answer(None, "perhaps"),))
    assert "the status 'perhaps' is not one of" in next(iter(stated(status))).why


def test_what_the_system_says_counts_before_what_the_answers_come_to():
    answers = (Answer(("Person", "a"), "approved", 20_000),)
    request = Request(
        id="a1", gate="g", models=("m",), answers=answers, status="rejected", decided=20_003
    )
    node = next(iter(stated(request)))
    assert isinstance(node, Node)
    assert node.properties == {"status": "rejected", "decided_day": 20_003}


def test_points_in_time_in_many_hands():
    assert moment_of("2026-03-01") == moment_of("2026-03-01 00:00:00Z")
    assert moment_of("x" * 41) is None
    assert moment_of(None) is None
    assert moment_of("0001-01-01T00:00:00+23:59") is None
    assert day_of("1.3.2026", ("%d/%m/%Y", "%d.%m.%Y")) == 20_513
    assert day_of("31.2.2026", ("%d.%m.%Y",)) == "31.2.2026"
    assert day_of("20513") == "20513"
    assert day_of(20_513) == "20513"
    assert day_of(["2026"]) is None
