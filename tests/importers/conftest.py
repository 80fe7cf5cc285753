"""Two servers that play recorded answers, for importers that ask over HTTP."""

from __future__ import annotations

import pytest
from servers.recorded_answers import RecordedAnswers


@pytest.fixture(scope="session")
def two_servers():
    with RecordedAnswers() as one, RecordedAnswers() as other:
        yield one, other


@pytest.fixture
def server(two_servers):
    """The server that a source names, empty; a request with no recorded answer fails the test."""
    asked, _ = two_servers
    asked.forget()
    yield asked
    unforeseen = [each.target for each in asked.unforeseen]
    asked.forget()
    assert not unforeseen


@pytest.fixture
def elsewhere(two_servers):
    """A server of another origin, empty: nothing should ask it anything."""
    _, other = two_servers
    other.forget()
    yield other
    other.forget()
