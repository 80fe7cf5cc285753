"""What an import did, for people and for machines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import typer

from ownership_graph.cli import logs
from ownership_graph.importing.quoting import so_many
from ownership_graph.reports.quoting import printable
from ownership_graph.scheduling.telling import tell_import

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.loading import Summary
    from ownership_graph.records import Rejected

SHOWN = 5
"""Rejected rows, and unusual values, that the terminal shows; the rest is counted."""


def print_summary(summary: Summary, *, as_json: bool = False) -> None:
    """The summary on stdout; rejected rows are a warning on stderr, for machines an event."""
    if logs.as_json():
        tell_import(summary, logs.tell)
    if as_json:
        typer.echo(msgspec.json.format(msgspec.json.encode(document(summary)), indent=2).decode())
        return
    for line in _lines(summary):
        typer.echo(line)
    if not logs.as_json():
        for line in warnings(summary):
            typer.echo(line, err=True)


def _lines(summary: Summary) -> Iterator[str]:
    would = "dry run, nothing was written; " if summary.dry_run else ""
    yield (
        f"{printable(summary.run.source)}: {would}{summary.rows_read:,} rows read"
        f" in {summary.seconds:.1f} s"
    )
    for name, nodes, ties in (
        ("new", summary.nodes_new, summary.relationships_new),
        ("changed", summary.nodes_changed, summary.relationships_changed),
        ("gone", summary.nodes_removed, summary.relationships_removed),
    ):
        if nodes or ties:
            yield f"  {name:<10} {so_many(nodes, 'node')}, {so_many(ties, 'relationship')}"
    for name, count, meaning in (
        ("unchanged", summary.unchanged, ""),
        ("stubs", summary.stubs, "ends that no source describes"),
        ("disputed", summary.disputed, "sources differ on them"),
        ("held", summary.held, "a source that is believed first says no"),
        ("departed", summary.departed, "no longer listed, kept as ended"),
    ):
        if count:
            yield f"  {name:<10} {count:,}{f'  ({meaning})' if meaning else ''}"
    yield from doubles(summary)
    yield from _counted("unusual", summary.unusual, "kept, but the model does not know it")
    yield from _counted("left out", summary.gone_by_kind, "no longer stated by this source")
    if summary.guard:
        yield f"  guard      {printable(summary.guard, longest=500)}"


def _counted(name: str, counts: Mapping[str, int], meaning: str) -> Iterator[str]:
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    for what, count in most[:SHOWN]:
        yield f"  {name:<10} {count:,}  {printable(what)} ({meaning})"
    if len(most) > SHOWN:
        yield f"  {name:<10} and {len(most) - SHOWN:,} more kinds"


def doubles(summary: Summary) -> Iterator[str]:
    """How many facts the source states twice, and the first of them."""
    if summary.doubles:
        meaning = "stated again with other content; the last row counts"
        yield f"  doubles    {summary.doubles:,}  ({meaning})"
        yield from (f"    {printable(each, longest=400)}" for each in summary.doubled)


def warnings(summary: Summary) -> Iterator[str]:
    """Why the source was not read whole, and which rows were rejected."""
    for each in summary.partial:
        place = f"{printable(each.file)}:{each.line}: ".replace(":0:", ":") if each.file else ""
        yield f"  partial    {place}{printable(each.why, longest=400)}"
    if summary.partial:
        yield "             what was read went in; nothing was taken for gone. Import it again."
    yield from _rejected_lines(summary)


def _rejected_lines(summary: Summary) -> Iterator[str]:
    """How many rows were rejected, the first of them, and where they can be mended."""
    if not summary.rejected:
        return
    part = f", {summary.in_part:,} in part" if summary.in_part else ""
    yield f"  rejected   {so_many(len(summary.rejected), 'row')}{part}; {_others(summary)}"
    for each in summary.rejected[:SHOWN]:
        place = ":".join(str(part) for part in (each.file, each.line) if part)
        yield f"    {printable(place)}: {printable(each.why, longest=400)}"
    if len(summary.rejected) > SHOWN:
        reasons = sorted(summary.rejected_by_reason.items(), key=lambda each: -each[1])
        listed = ", ".join(f"{count:,} {reason}" for reason, count in reasons[:SHOWN])
        yield f"    by reason: {printable(listed, longest=400)}"
    if summary.rejects_file:
        yield f"    {_to_mend(summary.rejected, summary.rejects_file)}"


def _others(summary: Summary) -> str:
    """What became of the rows that were not rejected."""
    if not summary.taken:
        return "nothing else was stated"
    if summary.guard:
        return "nothing would go in, for the removal guard stops it"
    return "the others would go in" if summary.dry_run else "the others went in"


def _to_mend(rejected: Sequence[Rejected], folder: Path) -> str:
    """Where the rows can be mended; those that no table can hold, only in the source."""
    from ownership_graph.loading.rejects import LOOSE, can_be_mended  # noqa: PLC0415 -- late

    if can_be_mended(rejected):
        return f"to mend and import again: {folder}"
    return f"no table can hold them: mend them in the source. They are listed in {folder / LOOSE}"


def document(summary: Summary) -> dict[str, object]:
    """The summary for machines."""
    return {
        "run": summary.run,
        "dry_run": summary.dry_run,
        "rows_read": summary.rows_read,
        "nodes": _changes(summary.nodes_new, summary.nodes_changed, summary.nodes_removed),
        "relationships": _changes(
            summary.relationships_new,
            summary.relationships_changed,
            summary.relationships_removed,
        ),
        "unchanged": summary.unchanged,
        "rejected": [
            {"file": each.file, "line": each.line, "why": each.why} for each in summary.rejected
        ],
        "rejected_by_reason": dict(summary.rejected_by_reason),
        "rejects": str(summary.rejects_file) if summary.rejects_file else None,
        "doubles": summary.doubles,
        "doubled": list(summary.doubled),
        "stubs": summary.stubs,
        "disputed": summary.disputed,
        "held": summary.held,
        "departed": summary.departed,
        "unusual": dict(summary.unusual),
        "left_out": dict(summary.gone_by_kind),
        "partial": [each.why for each in summary.partial],
        "guard": summary.guard,
        "seconds": round(summary.seconds, 3),
    }


def _changes(new: int, changed: int, removed: int) -> dict[str, int]:
    return {"new": new, "changed": changed, "removed": removed}
