"""What several questions ask word for word is read once, and only for as long as it is needed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from findings.told import question

from ownership_graph.findings.sharing import ReadOnce, groups_of
from ownership_graph.queries.question import Among
from ownership_graph.records import Rows

COUNT = "MATCH (m:Model) RETURN count(m) AS n"


class Counted:
    """A store's stead that counts what is read."""

    def __init__(self):
        self.read_so_far = []

    def read(self, cypher, parameters=None, *, timeout=None):
        self.read_so_far.append((cypher, parameters, timeout))
        return Rows(("n",), [(len(self.read_so_far),)])


def asked(cypher, among=""):
    return question("A-01", cypher=cypher, among=Among("models", among) if among else None)


def test_the_same_body_under_two_headers_is_read_once_and_then_let_go():
    first, second = "// One\n//\n// code: A-01\n" + COUNT, "// Two\n" + COUNT
    store = Counted()
    once = ReadOnce(store, [asked(first), asked(second)])
    rows = [once.read(each, {"today": 3}, timeout=2.0).rows for each in (first, second)]
    assert rows == [[(1,)], [(1,)]]
    assert store.read_so_far == [(first, {"today": 3}, 2.0)]
    assert once.read(first).rows == [(2,)]


def test_questions_that_ask_the_same_are_a_group():
    questions = [asked("// One\n" + COUNT), asked("RETURN 1 AS n"), asked("// Two\n" + COUNT)]
    assert groups_of(questions) == [[0, 2], [1]]


def test_a_denominator_is_shared_too_and_a_comment_inside_makes_another_query():
    inside = "MATCH (m:Model)\n// all\nRETURN count(m) AS n"
    store = Counted()
    once = ReadOnce(store, [asked(inside, COUNT), asked("RETURN 1 AS n", COUNT)])
    for cypher in (inside, COUNT, "RETURN 1 AS n", COUNT):
        once.read(cypher)
    assert [cypher for cypher, _, _ in store.read_so_far] == [inside, COUNT, "RETURN 1 AS n"]


def test_other_values_of_what_is_taken_are_another_query_and_what_is_not_taken_is_none():
    taking = "MATCH (m:Model) WHERE m.risk_tier > $least RETURN count(m) AS n"
    store = Counted()
    once = ReadOnce(store, [asked(taking)] * 3)
    for values in ({"least": 1, "other": 1}, {"least": 1, "other": 2}, {"least": 2}):
        once.read(taking, values)
    assert [values for _, values, _ in store.read_so_far] == [
        {"least": 1, "other": 1}, {"least": 2},
    ]  # fmt: skip


def test_an_empty_answer_is_an_answer():
    store = Counted()
    store.read = lambda cypher, *_, **__: store.read_so_far.append(cypher) or Rows(("n",), [])
    once = ReadOnce(store, [asked(COUNT)] * 2)
    assert (once.read(COUNT).rows, once.read(COUNT).rows) == ([], [])
    assert store.read_so_far == [COUNT]


def test_who_asks_the_same_meanwhile_waits_for_the_answer():
    store, begun, let_go = Counted(), Event(), Event()
    counting = store.read

    def read(cypher, parameters=None, *, timeout=None):
        begun.set()
        assert let_go.wait(10)
        return counting(cypher, parameters, timeout=timeout)

    store.read = read
    once = ReadOnce(store, [asked(COUNT)] * 2)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(once.read, COUNT)
        assert begun.wait(10)
        second = pool.submit(once.read, COUNT)
        let_go.set()
        assert first.result().rows == second.result().rows == [(1,)]
    assert len(store.read_so_far) == 1
    assert once.read(COUNT).rows == [(2,)]


def test_a_query_that_failed_is_asked_again_by_the_next():
    store = Counted()
    failing = iter([TimeoutError])
    counting = store.read

    def read(cypher, *rest, **named):
        for error in failing:
            raise error
        return counting(cypher, *rest, **named)

    store.read = read
    once = ReadOnce(store, [asked(COUNT)] * 2)
    with pytest.raises(TimeoutError):
        once.read(COUNT)
    assert once.read(COUNT).rows == [(1,)]
