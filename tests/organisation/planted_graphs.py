"""Organisations with planted faults in a store, and what each question finds there."""

from __future__ import annotations

from datetime import UTC, datetime

from ownership_graph.findings import check
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.organisation import write_tables
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.records import Node

TODAY = 20_781
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def strangers(records):
    """The ends that no node describes."""
    described, ends = set(), set()
    for each in records:
        if isinstance(each, Node):
            described.add((each.label, each.id))
        else:
            ends |= {(each.from_label, each.from_id), (each.to_label, each.to_id)}
    return ends - described


def found_in(store, folder, records, second=(), codes=None):
    """By code the subjects that are found, after imports as anyone's would be.

    With `codes` only these questions are asked.
    """
    records = list(records)
    for name, stated in (("directory", records), ("scan", second)):
        if rows := write_tables(stated, folder / name):
            order = Order(name, find_importer("tables"), {"path": folder / name})
            summary = load(store, order, now=NOW, precedence=("directory", "scan"))
            assert (summary.rejected, summary.doubles, summary.unusual) == ((), 0, {})
            assert summary.stubs == (len(strangers(records)) if name == "directory" else 0)
            assert summary.rows_read == sum(rows.values())
    parameters = {"inventory_of_record": "directory"} if codes is None else {}
    asked = [each for each in load_questions() if codes is None or each.code in codes]
    answers = check(store, asked, today=TODAY, parameters=parameters).answers
    assert [each.question.code for each in answers if each.state == "not answered"] == []
    return {each.question.code: {one.subject for one in each.findings} for each in answers}
