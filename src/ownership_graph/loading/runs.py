"""The record of one import: begun, failed, finished."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.plans.beginning import broken_off, new_run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ownership_graph.importing.checking import Checked, Checker
    from ownership_graph.importing.statements import Statement
    from ownership_graph.loading.order import Order
    from ownership_graph.records import ImportRun, Key

LONGEST_REASON = 2_000
CHECKSUM_BYTES = 16


@dataclass(frozen=True, slots=True)
class Begun:
    """A run, and those that it finds broken off.

    `goes_on` is true where it is itself one that was broken off while it wrote, and is taken
    up again.
    """

    run: ImportRun
    broken: tuple[ImportRun, ...] = ()
    goes_on: bool = False


def begun(runs: Sequence[ImportRun], order: Order, now: datetime) -> Begun:
    """The run of this import, after all others.

    An import of the source that was broken off while it wrote goes on, if nothing was written
    since. Any other run that was broken off is told of as failed: what it wrote stands, and the
    next import of its source brings that to what the source states.
    """
    newest = runs[-1] if runs else None
    if (
        newest is not None
        and newest.state == "applying"
        and (newest.source, newest.kind) == (order.source, "import")
    ):
        again = replace(newest, importer=order.importer.name)
        return Begun(again, broken_off(runs, again), goes_on=True)
    run = new_run(runs, order.source, order.importer.name, now)
    return Begun(run, broken_off(runs, run))


def failed(run: ImportRun, checker: Checker, why: str, finished: str) -> ImportRun:
    """The run of an import that ended in an error."""
    return replace(
        run,
        state="failed",
        why=_kept(why),
        finished=finished,
        rows_read=checker.rows_read,
        rows_rejected=len(checker.rejected),
        provides=(),
        checksum="",
        inputs="",
    )


def _kept(why: str) -> str:
    """A reason as a store can keep it."""
    text = why.encode(errors="backslashreplace").decode().replace("\0", "\\0")
    return text[:LONGEST_REASON]


def read(
    past: Sequence[ImportRun], run: ImportRun, order: Order, checked: Checked, files: str
) -> ImportRun:
    """The run with what was read and promised; `files` is the fingerprint of the files.

    A source that was not read whole promises what it did when it last was: what it does not say
    now may be in the rest, and nothing of what it said then is taken away.
    """
    strange = checked.rejected or checked.unusual or checked.doubles or checked.repeated
    promised = (*order.importer.provides, *checked.promises)
    if checked.partial:
        promised = next((each.provides for each in reversed(past) if _stands(each, order)), ())
    mode = "delta" if checked.partial else order.mode or order.importer.mode
    return replace(
        run,
        rows_read=checked.rows_read,
        rows_rejected=len(checked.rejected),
        provides=tuple(sorted({*promised})),
        checksum=checksum(checked.said, mode),
        inputs="" if strange or checked.partial else files,
        why=_kept(" ".join(each.why for each in checked.partial)),
    )


def _stands(run: ImportRun, order: Order) -> bool:
    return (run.source, run.kind, run.state) == (order.source, "import", "done")


def read_before(run: ImportRun, last: ImportRun) -> ImportRun:
    """The run of a source whose files are the very ones of its last run."""
    return replace(
        run,
        rows_read=last.rows_read,
        provides=last.provides,
        checksum=last.checksum,
        inputs=last.inputs,
    )


def same_as_before(past: Sequence[ImportRun], run: ImportRun) -> ImportRun | None:
    """The last run of the source, where it read just what this one did, or its very files.

    Then the source states what it stated, and nothing is gone. `None` also where the graph
    may have been altered since by anything but an import, or where either run rejected rows,
    whose facts stay as they were.
    """
    since = [each for each in past if each.source == run.source and each.state != "failed"]
    last = since[-1] if since else None
    if last is None or last.state != "done" or last.rows_rejected or run.rows_rejected:
        return None
    files = bool(run.inputs) and last.inputs == run.inputs
    alike = (files or last.checksum == run.checksum) and last.version == run.version
    imports = all(each.kind == "import" for each in past if each.seq >= last.seq)
    return last if alike and imports else None


def precedence_of(past: Sequence[ImportRun]) -> tuple[str, ...] | None:
    """The precedence by which the facts are merged: that of the newest import; None before any."""
    done = [each for each in past if each.kind == "import" and each.state == "done"]
    return done[-1].precedence if done else None


def checksum(said: Mapping[Key, Statement], mode: str) -> str:
    """32 hexadecimal digits, the same for the same facts in any order."""
    digest = blake2b(mode.encode(), digest_size=CHECKSUM_BYTES)
    for key in sorted(said):
        digest.update(key.encode())
        digest.update(said[key].hash.encode())
    return digest.hexdigest()
