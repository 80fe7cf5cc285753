"""Runs, and what they did, as rows and as lines."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, TextIO

import typer

from ownership_graph.cli import logs
from ownership_graph.days import date_of
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.records import Rows, kind_of
from ownership_graph.reports.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.history import Step, Undone
    from ownership_graph.records import ImportRun, Key

FEW = 10
_SIGNS = {"new": "+", "changed": "~", "gone": "-", "denied": "x"}
_NOTHING = [("", None, None)]
_COLUMNS = (
    "run", "kind", "state", "finished", "rows", "rejected", "new", "changed", "gone",
)  # fmt: skip


def run_rows(runs: Sequence[ImportRun], *, cut: bool) -> Rows:
    """A row for each run."""
    rows: list[tuple[object, ...]] = [
        (
            run.id, run.kind, run.state, run.finished or run.started, run.rows_read,
            run.rows_rejected, run.added, run.changed, run.removed,
        )
        for run in runs
    ]  # fmt: skip
    return Rows(_COLUMNS, rows, cut=cut)


def step_rows(
    steps: Sequence[Step],
    runs: Sequence[ImportRun],
    names: Mapping[Key, str],
    *,
    when: bool = True,
) -> Rows:
    """A row for each property that came to be another, or for a fact that came or went."""
    from ownership_graph.history import in_words  # noqa: PLC0415 -- only where used

    by_seq = {run.seq: run for run in runs}
    columns = ("what", "fact", "property", "from", "to")
    rows: list[tuple[object, ...]] = []
    for step in steps:
        run = by_seq.get(step.seq)
        by = ((run.finished or run.started)[:10], run.id) if run else ("", f"#{step.seq}")
        head = (*by, step.what) if when else (step.what,)
        fact = in_words(step.key, names)
        rows.extend((*head, fact, *each) for each in [*_differences(step)] or _NOTHING)
    return Rows(("day", "run", *columns) if when else columns, rows)


def counts_of(steps: Iterable[Step]) -> Iterator[str]:
    """A line for each of new, changed, gone and denied: how many facts, by kind."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for step in steps:
        counts[step.what][kind_of(step.key)] += 1
    for what in _SIGNS:
        if counts[what]:
            kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts[what].items()))
            yield f"{counts[what].total():,} {what}: {kinds}"


def print_run(
    run: ImportRun, steps: Sequence[Step], names: Mapping[Key, str], out: TextIO, *, all_: bool
) -> None:
    """All that is known of a run."""
    longest = None if all_ else FEW
    out.writelines(f"{line}\n" for line in (*_head(run), *_body(steps, names, longest)))


def _head(run: ImportRun) -> Iterator[str]:
    yield printable(f"{run.id}: {run.kind} with {run.importer}, {run.state}")
    yield f"  {run.started} to {run.finished or '(not finished)'}, version {run.version}"
    yield f"  {run.rows_read:,} rows read, {run.rows_rejected:,} rejected"
    if run.undoes:
        yield f"  it took back {printable(run.undoes)}"
    if run.why:
        yield f"  why: {printable(run.why, longest=logs.LONGEST)}"
    if run.provides:
        yield f"  promises all of: {printable(', '.join(run.provides), longest=logs.LONGEST)}"
    stated = {kind: count for kind, count in run.counts.items() if "." not in kind}
    if stated:
        kinds = ", ".join(f"{count:,} {kind}" for kind, count in stated.items())
        yield f"  states {sum(stated.values()):,} facts: {printable(kinds, longest=logs.LONGEST)}"
    if run.allowed:
        yield "  the removal guard was let pass"
    if run.pruned:
        yield "  what it changed and took away is no longer remembered"


def _body(steps: Sequence[Step], names: Mapping[Key, str], longest: int | None) -> Iterator[str]:
    from ownership_graph.history import in_words  # noqa: PLC0415 -- only where used

    listed: dict[tuple[str, str], list[Step]] = defaultdict(list)
    for step in steps:
        listed[step.what, kind_of(step.key)].append(step)
    if not listed:
        yield "It changed nothing."
    for (what, kind), each in sorted(listed.items()):
        yield f"{len(each):,} {kind} {what}"
        for step in each[:longest]:
            told = f"  {_SIGNS[what]} {in_words(step.key, names)}"
            yield printable(told + _changes(step), longest=logs.LONGEST)
        if longest is not None and len(each) > longest:
            yield f"    {len(each) - longest:,} more; --all lists them"


def _changes(step: Step) -> str:
    if step.what != "changed":
        return ""
    told = [f"{name}: {_value(old)} -> {_value(new)}" for name, old, new in _differences(step)]
    return f" ({'; '.join(told)})" if told else ""


def _differences(step: Step) -> Iterator[tuple[str, object, object]]:
    """What differs, with days as dates."""
    kind = kind_of(step.key)
    known = (LABELS[kind] if kind in LABELS else RELATIONSHIPS[kind]).properties
    for name, old, new in step.differences():
        is_day = name in known and known[name].kind == "day"
        yield (name, _date(old), _date(new)) if is_day else (name, old, new)


def _date(value: object) -> object:
    return date_of(value).isoformat() if isinstance(value, int) else value


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "none" if value is None else str(value)


def print_undone(undone: Undone, *, dry_run: bool) -> None:
    """What an undo did, and what comes of it."""
    run, back = undone.run, undone.took_back
    would = "Dry run, nothing was written: " if dry_run else ""
    typer.echo(
        printable(
            f"{would}{run.id} takes back {back.id}. Facts there again: {run.added:,},"
            f" as they were: {run.changed:,}, gone: {run.removed:,}.",
            longest=logs.LONGEST,
        )
    )
    if back.kind == "identities":
        logs.note("The next import joins the names again. Mend the alias file first.")
    if back.kind == "import":
        logs.note(
            printable(
                f"The next import of '{back.source}' brings back what the source states then. To"
                " keep it as it is now, mend the source, or state what is so in the source"
                " 'manual'.",
                longest=logs.LONGEST,
            )
        )
