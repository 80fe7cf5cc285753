"""Generated organisations in a store and in the oracle, and what each finds in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from oracle.facts import read_sources
from oracle.rules import rules, subjects
from small_graphs import fill

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import organisation, seen, write_tables
from ownership_graph.queries.catalogue import load_questions

TODAY = 20_781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCES = ("directory", "scan")
"""The most believed first; the second is a scan of what runs."""

PARAMETERS = {"inventory_of_record": "directory"}
QUESTIONS = [each for each in load_questions() if each.severity is not None]
PROMISED = sorted({need.text for each in QUESTIONS for need in each.needs})
JUDGED = sorted({each.code for each in QUESTIONS} & rules().keys())
"""The codes that the oracle can judge."""

UNJUDGED: set[str] = set()
"""Codes of findings that the oracle does not reckon a second time: measures, and new ones."""


@dataclass(frozen=True, slots=True)
class Made:
    """The arguments of a generated organisation."""

    size: int
    seed: int = 7
    defects: int | None = 0
    story: bool = True

    def write(self, folder):
        """The tables of both sources, a folder each."""
        made = {name: getattr(self, name) for name in ("size", "seed", "defects", "story")}
        facts, scan = organisation(today=TODAY, **made), seen(today=TODAY, **made)
        return written(facts, folder, scan)


def written(facts, folder, scan=()):
    """The folder, with the tables of both sources in a folder each."""
    write_tables(facts, folder / "directory")
    write_tables(scan, folder / "scan")
    return folder


def folders(folder):
    """The folder of each source."""
    return {name: folder / name for name in SOURCES}


def imported(store, folder):
    """The store, after both sources were imported as anyone's would be.

    All needs are promised, so that nothing is passed over for want of data.
    """
    for name, place in folders(folder).items():
        if not any(place.glob("*.csv")):
            continue
        order = Order(name, find_importer("tables"), {"path": place})
        rejected = load(store, order, now=NOW, precedence=SOURCES).rejected
        assert rejected == (), rejected[:3]
    return fill(store, "", provides=PROMISED, source="promise")


def asked(store):
    """By code, what the queries find.

    Everything has an answer; only what one source alone tells has no second to be compared with.
    """
    answers = check(store, QUESTIONS, today=TODAY, parameters=PARAMETERS, timeout=300).answers
    assert all(
        each.state == "assessed"
        or (each.state == "not assessable" and "inventory_of_record" in each.parameters)
        for each in answers
    )
    return {each.question.code: {one.subject for one in each.findings} for each in answers}


def reckoned(folder):
    """By code, what the oracle finds in the same tables."""
    graph = read_sources(folders(folder))
    return {code: subjects(code, graph, TODAY, PARAMETERS) for code in JUDGED}


def disagreements(found, known):
    """By code, what only the queries find, and what only the oracle finds."""
    return {
        code: (sorted(found[code] - known[code]), sorted(known[code] - found[code]))
        for code in JUDGED
        if found[code] != known[code]
    }
