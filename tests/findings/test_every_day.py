"""A server keeps the plans of what it was asked: a check asks in the same words every day."""

from __future__ import annotations

import pytest
from proof.organisations import QUESTIONS, TODAY, Made, imported

from ownership_graph.findings import check
from ownership_graph.stores import open_store

HELD = 1000
"""Plans that Neo4j keeps, unless its settings say otherwise."""


@pytest.fixture
def texts(tmp_path, monkeypatch):
    """What a check sends to its store for its questions, by the day on which it is asked."""
    Made(size=300).write(tmp_path)
    with open_store(str(tmp_path / "graph.kgl")) as store:
        imported(store, tmp_path)
        read = store.read

        def told(today):
            sent = set()

            def sending(cypher, parameters=None, **more):
                sent.add(cypher)
                return read(cypher, parameters, **more)

            monkeypatch.setattr(store, "read", sending)
            check(store, QUESTIONS, today=today)
            return {text for text in sent if "$ids" not in text}

        yield told


def test_the_day_is_in_no_text_that_a_store_is_sent(texts):
    today, tomorrow = texts(TODAY), texts(TODAY + 1)
    assert today == tomorrow
    assert len(QUESTIONS) < len(today) < HELD
