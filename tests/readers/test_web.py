"""A site asked over real HTTP, on a line that breaks and from a server that is busy or hostile."""

import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from servers.recorded_answers import Answer, cut_off, expired, failed, moved, slow, too_many

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.readers import web
from ownership_graph.readers.web import AbsentError, Site

TOKEN = "Bearer hunter2"  # noqa: S105 -- nobody's


@pytest.fixture(autouse=True)
def impatient(monkeypatch):
    """As many tries, without the growing waits between them."""
    monkeypatch.setattr(web, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(web, "JITTER", 0.0)


def got(server, path="/a", parameters=None, **how):
    with Site(server.url, doing="asking", **how) as site:
        return site.get(path, parameters)


def fault(server, path="/a", **how):
    with pytest.raises(SourceError) as caught:
        got(server, path, authorization=TOKEN, **how)
    message = caught.value.message
    assert message.startswith(f"asking: {server.url}")
    assert "hunter2" not in message
    return message


def test_an_answer_is_its_json_with_what_was_sent_along(server):
    server.on("/api/a?x=1&y=%C3%A4", {"a": [1, None]})

    answer = got(server, "api/a", {"x": 1, "y": "ä"}, authorization=TOKEN, headers={"X-Of": "us"})

    assert (answer.data, answer.next_link) == ({"a": [1, None]}, "")
    [asked] = server.requests
    assert asked.headers["authorization"] == TOKEN
    assert (asked.headers["accept"], asked.headers["x-of"]) == ("application/json", "us")


def test_a_question_can_be_sent_along_and_is_asked_again_like_any_other(server):
    server.on("/search", failed(), {"runs": []})

    with Site(server.url, doing="asking") as site:
        assert site.post("search", {"since": 7}).data == {"runs": []}

    assert [(each.method, each.json()) for each in server.requests] == [("POST", {"since": 7})] * 2


def test_paths_are_below_the_address_and_may_bring_a_query(server):
    server.on("/base/", {"at": "root"})
    server.on("/base/a?b=1&c=%C3%A4", {"at": "a"})

    with Site(f"{server.url}/base/", doing="asking") as site:
        assert site.get().data == {"at": "root"}
        assert site.get("/a?b=1&c=ä").data == {"at": "a"}


def test_what_is_not_there_can_be_told_from_what_failed(server):
    server.on("/a", Answer({}, 404))
    server.on("/b", Answer({}, 400))

    with pytest.raises(AbsentError, match="it answered 404"):
        got(server)
    with pytest.raises(SourceError, match="it answered 400") as caught:
        got(server, "/b")
    assert not isinstance(caught.value, AbsentError)


def test_a_link_to_the_next_page_is_followed_at_the_same_place(server):
    link = {"Link": f'<{server.url}/a?page=2>; rel="next", <{server.url}/a?page=9>; rel="last"'}
    server.on("/a", Answer([1], headers=link))
    server.on("/a?page=2", [2])

    with Site(server.url, doing="asking") as site:
        assert site.get(site.get("/a").next_link).data == [2]


@pytest.mark.parametrize("path", ["//evil.example/x", "/a/../../b"])
def test_a_path_cannot_lead_to_another_host(server, path):
    server.on("/evil.example/x", {})
    server.on("/b", {})
    got(server, path)


def test_a_next_page_elsewhere_is_not_followed(server, elsewhere):
    assert "was not followed" in fault(server, f"{elsewhere.url}/a")
    assert elsewhere.requests == []


NO_ADDRESS = ("http://[::1", "http://host:port/", "http://1.2.3.999/", f"http://h/{'a' * 70_000}")


@pytest.mark.parametrize("link", [*NO_ADDRESS, "http://h\0st/", "/a\0", "/a\ud800"])
def test_a_next_page_at_no_address_is_told(server, link):
    assert "the next page is said to be at what is no address" in fault(server, link)
    assert server.asked == []


@pytest.mark.parametrize("to", NO_ADDRESS[:3])
@pytest.mark.parametrize("status", [300, 302])
def test_a_redirect_to_no_address_is_told_at_once(server, to, status):
    server.on("/a", moved(to, status))

    assert f"it answered {status} and points to another page" in fault(server)
    assert len(server.asked) == 1


def test_a_redirect_is_told_and_not_followed(server, elsewhere):
    server.on("/a", moved(f"{elsewhere.url}/login?t=1"))
    server.on("/b", moved("/login"))

    assert "answered 302 and points to 127.0.0.1, which was not followed" in fault(server)
    assert "points to another page" in fault(server, "/b")
    assert elsewhere.requests == []


def test_a_busy_server_is_asked_again(server):
    later = format_datetime(datetime.now(UTC) - timedelta(hours=1), usegmt=True)
    server.on("/a", too_many(), failed(), too_many(later), too_many("soon"), {"a": 1})

    assert got(server).data == {"a": 1}
    assert len(server.asked) == 5


@pytest.mark.parametrize(
    "when", ["Fri, 31 Dec 9999 23:59:59 -2300", f"Mon, 01 Jan {'9' * 30} 00:00:00 GMT", "9" * 400]
)
def test_a_time_that_there_is_not_is_no_time_to_wait_for(server, when):
    server.on("/a", too_many(when))

    assert "it answered 429" in fault(server)


def test_a_server_that_stays_busy_is_the_sources_fault(server):
    server.on("/a", failed(503))

    assert "it answered 503, 5 times. Try again later." in fault(server)
    assert len(server.asked) == 5


def test_nobody_waits_for_an_hour(server):
    server.on("/a", too_many("3600"))

    assert "asks to wait 3,600 s" in fault(server)
    assert len(server.asked) == 1


def test_a_cut_off_answer_is_asked_for_again_and_then_given_up(server):
    server.on("/a", cut_off([1]), [1, 2])
    server.on("/b", cut_off([1]))

    assert got(server).data == [1, 2]
    assert "the line broke" in fault(server, "/b")


def test_a_silent_server_is_given_up(server):
    server.on("/a", slow({}, 30))

    assert "no byte came for 0.05 s" in fault(server, silence=0.05)


def test_a_server_that_is_not_there_is_given_up():
    with Site("http://127.0.0.1:9", doing="asking") as site, pytest.raises(SourceError) as caught:
        site.get("/a")
    assert "the line broke" in caught.value.message


@pytest.mark.parametrize("answer", [expired(), failed(403)])
def test_a_token_that_does_not_hold_is_told_without_asking_again(server, answer):
    server.on("/a", answer)

    assert "missing, expired, or does not allow this" in fault(server)
    assert len(server.asked) == 1


def test_any_other_answer_is_no_answer(server):
    server.on("/a", failed(418))

    assert "it answered 418. Is this the address of its API?" in fault(server)


@pytest.mark.parametrize("body", ["<html>", '{"a": ', b"\xff", "[" * 100_000])
def test_what_is_no_json_is_told(server, body):
    server.on("/a", body)

    assert "no JSON that can be read (text/plain)" in fault(server)


def test_a_damaged_packed_answer_is_told(server):
    server.on("/a", Answer(b"nonsense", headers={"Content-Encoding": "gzip"}))

    assert "packed, and damaged" in fault(server)


def test_an_answer_that_grows_is_left_where_it_is(server, monkeypatch):
    monkeypatch.setattr(web, "LARGEST", 1024 * 1024)
    bomb = zlib.compress(b"[" + b" " * 50_000_000 + b"]")
    server.on("/a", Answer(bomb, headers={"Content-Encoding": "deflate"}))

    assert "larger than 1 MiB" in fault(server)


def test_all_requests_together_may_take_only_so_long(server):
    server.on("/a", {})

    assert "took longer than 0 s in all" in fault(server, longest=0.0)
    assert server.asked == []


def test_a_stream_that_never_ends_is_left(server, monkeypatch):
    times = iter([0.0, 0.0, 99.0])
    monkeypatch.setattr(web, "monotonic", lambda: next(times, 99.0))
    server.on("/a", {})

    assert "took longer than 50 s in all" in fault(server, longest=50.0)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "host",
        "ftp://host/a",
        "https://",
        "https://user:pass@host/",
        "https://[::1",
        "file:///",
    ],
)
def test_an_address_is_one_without_secrets(url):
    with pytest.raises(UsageError, match="the address is no https://host") as caught:
        Site(url, doing="asking")
    assert "pass@" not in str(caught.value)


def test_a_token_does_not_cross_the_network_in_the_clear():
    with pytest.raises(UsageError, match=r"in the clear to host\.example"):
        Site("http://host.example", doing="asking", authorization=TOKEN)
    for url in ("http://host.example", "https://host.example", "http://localhost", "http://[::1]"):
        secret = "" if url == "http://host.example" else TOKEN
        with Site(url, doing="asking", authorization=secret) as site:
            assert "hunter2" not in repr(site)


@pytest.mark.parametrize("token", ["hunter2\nhunter3", "hunter2\0", "hünter2"])
@pytest.mark.parametrize("header", ["authorization", "headers"])
def test_a_token_that_no_header_can_hold_is_told_and_never_shown(token, header):
    sent = token if header == "authorization" else {"PRIVATE-TOKEN": token}

    with pytest.raises(UsageError, match="a line break, or a letter with an accent") as caught:
        Site("https://host.example", doing="asking", **{header: sent})

    assert "nter2" not in str(caught.value)


def test_a_refusal_because_too_much_was_asked_is_waited_for_and_no_fault_of_the_token(server):
    used_up = {"X-RateLimit-Remaining": "0"}
    now = int(datetime.now(UTC).timestamp())
    server.on(
        "/a",
        Answer({}, 403, {**used_up, "X-RateLimit-Reset": str(now - 1)}),
        Answer({}, 403, {"Retry-After": "0"}),
        Answer({}, 403, {**used_up, "X-RateLimit-Reset": "soon"}),
        {"in": "time"},
    )
    assert got(server).data == {"in": "time"}
    server.forget()
    server.on("/a", Answer({}, 403, {**used_up, "X-RateLimit-Reset": str(now + 2_950)}))
    assert "it answered 403, and asks to wait 2,9" in fault(server)
    assert len(server.requests) == 1
