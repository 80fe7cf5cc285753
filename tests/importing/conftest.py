"""A graph in memory for the tests of planning."""

import pytest
from graph_of_facts import Graph


@pytest.fixture(scope="session")
def new_graph():
    return Graph


@pytest.fixture
def graph():
    return Graph()
