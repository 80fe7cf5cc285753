"""Which runs stand: an undo takes a run back, and the undo of an undo brings it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.errors import UsageError
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.records import ImportRun, RunState


def with_states(runs: Sequence[ImportRun]) -> list[ImportRun]:
    """The runs, oldest first as they came, each with the state that the undos among them leave.

    Only an undo that is done takes anything back.
    """
    taken: set[str] = set()
    stating = []
    for run in reversed(runs):
        state = _state(run, undone=run.id in taken)
        if run.kind == "undo" and state == "done":
            taken.add(run.undoes)
        stating.append(run if state == run.state else replace(run, state=state))
    return stating[::-1]


def _state(run: ImportRun, *, undone: bool) -> RunState:
    if undone:
        return "undone"
    if run.state != "undone":
        return run.state
    # A source that was not read whole has a reason too, and a checksum of what was read.
    return "failed" if run.why and not run.checksum else "done"


def find_run(runs: Sequence[ImportRun], name: str) -> ImportRun:
    """The run with that id or sequence number, or the newest of a source that stands.

    One that changed nothing is passed over, where another did.

    Raises:
        UsageError: there is none; the nearest id is offered.
    """
    standing = [run for run in runs if run.kind != "undo" and run.state in ("done", "applying")]
    telling = [run for run in standing if run.added or run.changed or run.removed]
    by_id = {run.source: run for run in (*standing, *telling)}
    by_id |= {str(run.seq): run for run in runs} | {run.id: run for run in runs}
    if name.removeprefix("#") in by_id:
        return by_id[name.removeprefix("#")]
    newest = f" The newest is {runs[-1].id}." if runs else " None was recorded yet."
    hint = nearest(name, [each.id for each in runs]) or newest
    raise UsageError(f"looking for the run '{name}': there is none of that name.{hint}")
