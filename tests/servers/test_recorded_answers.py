"""The server that plays recorded answers, asked by a client of the standard library."""

from __future__ import annotations

import http.client
import time

import pytest
from servers.recorded_answers import (
    Answer,
    RecordedAnswers,
    cut_off,
    expired,
    failed,
    moved,
    slow,
    too_many,
)


@pytest.fixture(scope="module")
def running():
    with RecordedAnswers() as running:
        yield running


@pytest.fixture
def server(running):
    running.forget()
    return running


def ask(server, target, method="GET", body=None, **headers):
    client = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
    try:
        client.request(method, target, body, headers)
        answer = client.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        client.close()


def test_the_answer_with_most_of_the_parameters_wins_whatever_others_there_are(server):
    server.on("/items", {"page": 1})
    server.on("/items?cursor=b", {"page": 2})
    server.on("/items?cursor=b&size=5", "page 3")
    assert ask(server, "/items?size=5")[1] == b'{"page": 1}'
    assert ask(server, "/items?size=9&cursor=b")[1] == b'{"page": 2}'
    status, body, headers = ask(server, "/items?size=5&cursor=b&x=%20")
    assert (status, body, headers["Content-Type"]) == (200, b"page 3", "text/plain; charset=utf-8")
    assert server.asked == [
        "/items?size=5",
        "/items?size=9&cursor=b",
        "/items?size=5&cursor=b&x=%20",
    ]
    assert server.requests[-1].query == {"size": "5", "cursor": "b", "x": " "}


def test_answers_come_one_after_the_other_and_the_last_from_then_on(server):
    server.on("/busy", too_many("7"), failed(503), expired(), [])
    said = [ask(server, "/busy") for _ in range(5)]
    assert [status for status, _, _ in said] == [429, 503, 401, 200, 200]
    assert said[0][2]["Retry-After"] == "7"
    assert "invalid_token" in said[2][2]["WWW-Authenticate"]


def test_what_was_sent_is_remembered(server):
    server.on("/in", Answer(b"\xff", 201, {"content-type": "application/octet-stream"}))
    status, body, headers = ask(server, "/in", "POST", b'{"q": 1}', Authorization="Bearer t")
    assert (status, body, headers.get_all("Content-Type")) == (
        201,
        b"\xff",
        ["application/octet-stream"],
    )
    request = server.requests[0]
    assert (request.method, request.path, request.json()) == ("POST", "/in", {"q": 1})
    assert request.headers["authorization"] == "Bearer t"
    assert ask(server, "/in", "HEAD")[1] == b""


def test_a_redirect_a_long_answer_and_one_that_is_cut_off(server):
    server.on("/moved", moved("http://127.0.0.1:1/elsewhere"))
    server.on("/long", Answer(b"ab", times=1000))
    server.on("/cut", cut_off({"items": []}))
    status, _, headers = ask(server, "/moved")
    assert (status, headers["Location"]) == (302, "http://127.0.0.1:1/elsewhere")
    assert ask(server, "/long")[1] == b"ab" * 1000
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(server, "/cut")
    assert (caught.value.partial, caught.value.expected) == (b'{"items": []}', 100)


def test_what_nobody_recorded_is_not_found_and_told(server):
    server.on("/items?cursor=b", {})
    assert ask(server, "/items")[0] == 404
    assert [each.target for each in server.unforeseen] == ["/items"]
    server.forget()
    assert (server.unforeseen, server.requests) == ([], [])


def test_a_slow_answer_comes_late_and_the_end_waits_for_none():
    with RecordedAnswers() as server:
        server.on("/slow", slow({}, 0.05), slow({}, 60))
        began = time.monotonic()
        assert ask(server, "/slow")[0] == 200
        assert time.monotonic() - began >= 0.05
        client = http.client.HTTPConnection(server.url.removeprefix("http://"), timeout=10)
        client.request("GET", "/slow")
        while len(server.requests) < 2:
            time.sleep(0.001)
    with pytest.raises(ConnectionError):
        client.getresponse()
    client.close()
    assert time.monotonic() - began < 10
