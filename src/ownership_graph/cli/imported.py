"""What an import of several sources did: one line a source, then the reasons."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import msgspec
import typer

from ownership_graph.cli import logs
from ownership_graph.cli.summary import document, doubles, warnings
from ownership_graph.errors import GuardError
from ownership_graph.reports.quoting import printable
from ownership_graph.scheduling.telling import tell_import

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.table import Table

    from ownership_graph.loading import Imported

COLUMNS = ("source", "state", "rows", "new", "changed", "gone", "rejected", "seconds")
_COLOURS = {"failed": "bold red", "stopped": "bold yellow", "partial": "bold yellow"}


def print_imported(
    done: Sequence[Imported], *, dry_run: bool = False, as_json: bool = False
) -> None:
    """What became of each source on stdout, the reasons of those that failed on stderr."""
    if logs.as_json():
        _tell(done)
    if as_json:
        told = {"dry_run": dry_run, "sources": [_document(each) for each in done]}
        typer.echo(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())
        return
    _print_table(done)
    typer.echo(_total(done, dry_run=dry_run))
    if not logs.as_json():
        for line in _reasons(done):
            typer.echo(logs.without_secrets(line), err=True)


def state_of(imported: Imported) -> str:
    """One word for what became of it.

    done, same (nothing was new), partial (not read whole), would (a dry run), stopped (the guard),
    failed.
    """
    summary = imported.summary
    if summary is None:
        return "stopped" if isinstance(imported.error, GuardError) else "failed"
    if summary.dry_run:
        return "stopped" if summary.guard else "would"
    if summary.partial:
        return "partial"
    return "done" if summary.added or summary.changed or summary.removed else "same"


def _print_table(done: Sequence[Imported]) -> None:
    """The table, as wide as it must be."""
    from rich.console import Console  # noqa: PLC0415 -- only where used

    console = Console(highlight=False, soft_wrap=True)
    console.print(_table(done), crop=False)


def _table(done: Sequence[Imported]) -> Table:
    from rich.table import Table  # noqa: PLC0415 -- only where used
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    for name in COLUMNS:
        table.add_column(name, justify="left" if name in COLUMNS[:2] else "right", no_wrap=True)
    for each in done:
        state = state_of(each)
        style = _COLOURS.get(state, "")
        source = Text(printable(each.source, longest=40))
        table.add_row(source, Text(state, style), *_numbers(each), f"{each.seconds:.1f}")
    return table


def _numbers(imported: Imported) -> Iterator[str]:
    """Rows, new, changed, gone and rejected; blank where the source failed, and where none."""
    summary = imported.summary
    if summary is None:
        yield from [""] * 5
        return
    yield f"{summary.rows_read:,}"
    for count in (summary.added, summary.changed, summary.removed, len(summary.rejected)):
        yield f"{count:,}" if count else ""


def _total(done: Sequence[Imported], *, dry_run: bool) -> str:
    """All of it in one line."""
    read = [each.summary for each in done if each.summary]
    counts = {
        "new": sum(each.added for each in read),
        "changed": sum(each.changed for each in read),
        "gone": sum(each.removed for each in read),
        "disputed": sum(each.disputed for each in read),
        "held": sum(each.held for each in read),
    }
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    failed = len(done) - len(read)
    sources = f"{len(done)} {'source' if len(done) == 1 else 'sources'}"
    ending = f", {failed} failed" if failed else ""
    would = "Dry run, nothing was written: " if dry_run else ""
    return f"{would}{sources}{ending}; facts: {told or 'nothing new'}"


def _reasons(done: Sequence[Imported]) -> Iterator[str]:
    """Why sources failed or would be stopped, what they state twice, which rows were rejected."""
    for each in done:
        name = printable(each.source)
        if each.error:
            yield f"{name}: {printable(str(each.error), longest=logs.LONGEST)}"
            for note in getattr(each.error, "__notes__", ()):
                yield f"  {printable(note, longest=logs.LONGEST)}"
        elif each.summary:
            told = [*doubles(each.summary), *warnings(each.summary)]
            if each.summary.guard or told:
                yield f"{name}: {printable(each.summary.guard, longest=logs.LONGEST)}".rstrip(": ")
            yield from told


def _tell(done: Sequence[Imported]) -> None:
    """An event a source."""
    for each in done:
        if each.summary:
            tell_import(each.summary, logs.tell)
        elif each.error:
            logs.tell(
                "failed",
                f"{each.source}: {each.error}",
                level=logging.ERROR,
                source=each.source,
                state=state_of(each),
                exit_code=each.error.exit_code,
                seconds=round(each.seconds, 3),
            )


def _document(imported: Imported) -> dict[str, object]:
    return {
        "source": imported.source,
        "state": state_of(imported),
        "error": logs.without_secrets(str(imported.error)) if imported.error else None,
        "summary": document(imported.summary) if imported.summary else None,
        "seconds": round(imported.seconds, 3),
    }
