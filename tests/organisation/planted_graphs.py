"""Organisations with planted faults in a store, and what each question finds there."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import write_tables
from ownership_graph.queries.catalogue import load_questions

TODAY = 20_781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def found_in(store, records, folder):
    """By code the subjects that are found, after an import as anyone's would be."""
    write_tables(records, folder)
    summary = load(store, Order("made", find_importer("tables"), {"path": folder}), now=NOW)
    assert (summary.rejected, summary.stubs, summary.doubles) == ((), 0, 0)
    assert not summary.unusual
    answers = check(store, load_questions(), today=TODAY).answers
    return {each.question.code: {one.subject for one in each.findings} for each in answers}


def known_of(truth):
    """By code the subjects that must be found, and those that must not."""
    defects, near_misses = defaultdict(set), defaultdict(set)
    for each in truth:
        (defects if each.what == "defect" else near_misses)[each.code].add(each.subject)
    return defects, near_misses


def missed(found, defects):
    """What was planted and is not found."""
    return {
        code: subjects - found[code] for code, subjects in defects.items()
        if subjects - found[code]
    }  # fmt: skip


def false_alarms(found, near_misses):
    """What is found though it only looks like a fault."""
    alarms = {
        code: {one for one in found[code] if any(one[: len(each)] == each for each in subjects)}
        for code, subjects in near_misses.items()
    }
    return {code: subjects for code, subjects in alarms.items() if subjects}
