"""What several questions of one check ask word for word is read from the store once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import dropwhile
from threading import Lock
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.queries.question import Question
    from ownership_graph.records import Rows

_TAKEN = re.compile(r"\$(\w+)")
_Key: TypeAlias = tuple[str, tuple[tuple[str, object], ...]]


class Readable(Protocol):
    """What answers a query: a store, or what stands before it."""

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
    ) -> Rows:
        """As `Store.read`."""


def groups_of(questions: Sequence[Question]) -> list[list[int]]:
    """The places of the questions, those together that ask the same and differ in what follows."""
    places = defaultdict(list)
    for place, each in enumerate(questions):
        places[_body(each.cypher)].append(place)
    return list(places.values())


class ReadOnce:
    """Answers in a store's stead; keeps an answer as long as a question is left that shares it.

    Two queries are the same where they differ in nothing but their headers, as those of two
    questions about the same facts do, and take the same values. Their timeouts are the same.
    Questions may be asked from several threads.
    """

    def __init__(self, store: Readable, questions: Iterable[Question]) -> None:
        """`questions` are all that will be asked."""
        self._store = store
        self._left = Counter(
            _body(cypher)
            for each in questions
            for cypher in (each.cypher, each.among.cypher if each.among else "")
        )
        self._kept: dict[_Key, Rows] = {}
        self._one = Lock()
        self._reading: dict[_Key, Lock] = {}

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, object] | None = None,
        *,
        timeout: float | None = None,
    ) -> Rows:
        """As `Store.read`."""
        body, given = _body(cypher), parameters or {}
        taken = sorted(given.keys() & set(_TAKEN.findall(body)))
        key = body, tuple((name, given[name]) for name in taken)
        with self._one:
            reading = self._reading.setdefault(key, Lock())
        with reading:  # who asks the same meanwhile waits for the answer
            with self._one:
                self._left[body] -= 1
                more = self._left[body] > 0
            rows = self._kept.pop(key, None) or self._store.read(
                cypher, parameters, timeout=timeout
            )
            if more:
                self._kept[key] = rows
        return rows


def _body(cypher: str) -> str:
    """The query without its header."""
    return "\n".join(dropwhile(lambda line: line.startswith("//"), cypher.splitlines()))
