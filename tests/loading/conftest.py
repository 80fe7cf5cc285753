"""Importers made on the spot, and one import with as little said as possible."""

from datetime import UTC, datetime, timedelta

import pytest
from loading.interrupting import started

from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)

IMPORTER = '''
"""Says what it is told to say."""

PROVIDES = ("OWNS",)

SAYS = {}


def read(*, what: str):
    """Args:
        what: Which of its sayings.
    """
    for each in SAYS[what]:
        if isinstance(each, BaseException):
            raise each
        yield each
'''


@pytest.fixture
def telling(tmp_path):
    """An importer, and the dict of what it says; an error among the records is raised."""
    folder = tmp_path / "importers"
    folder.mkdir()
    (folder / "telling.py").write_text(IMPORTER)
    importer = find_importer("telling", [folder])
    return importer, importer.function.__globals__["SAYS"]


@pytest.fixture
def bring(embedded_store, telling):
    """Import these records into the embedded store, a day later each time."""
    importer, says = telling
    days = iter(range(1_000))

    def bring(
        *records,
        source="hr",
        store=embedded_store,
        mode=None,
        guard=0.25,
        authoritative_for=(),
        **switches,
    ):
        says["now"] = records
        order = Order(source, importer, {"what": "now"}, mode, guard, authoritative_for)
        return load(store, order, now=NOW + timedelta(days=next(days)), **switches)

    return bring


@pytest.fixture
def facts(embedded_store):
    """The facts of the embedded store by key, as they are now."""
    return lambda: {fact.key: fact for fact in embedded_store.facts()}


@pytest.fixture
def imports(place):
    """A process that imports into a fresh store of every kind, and may be killed meanwhile."""
    place.fresh().__exit__()
    with started(place) as found:
        yield found
