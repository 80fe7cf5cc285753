"""How steps are told, and what an exit code means at three in the morning."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from ownership_graph.loading import Summary

INFO, WARNING, ERROR = logging.INFO, logging.WARNING, logging.ERROR

_NAMES = {
    0: "all is well",
    1: "an error",
    2: "wrong settings or options",
    3: "findings at or above --fail-on",
    4: "a source failed, was not read whole, or the removal guard stopped it",
    5: "another process is writing to the store",
}
_WORSE = (0, 3, 4, 2, 1, 5)
"""Exit codes, each worse than those before it."""


class Tell(Protocol):
    """Takes an event: its name, a sentence, and what else is known."""

    def __call__(self, event: str, message: str, *, level: int = INFO, **known: object) -> None:
        """Tell it."""
        ...


def exit_named(code: int) -> str:
    """An exit code with what it means.

    >>> exit_named(5)
    'exit code 5, another process is writing to the store'
    """
    return f"exit code {code}, {_NAMES[code]}"


def worst(*codes: int) -> int:
    """The worst of some exit codes: an error stands over a failed source, that over findings.

    >>> worst(0, 3, 4, 0)
    4
    """
    return max(codes, key=_WORSE.index)


def tell_import(summary: Summary, tell: Tell) -> None:
    """What one import did, as one event."""
    counts = {
        "rows": summary.rows_read,
        "rejected": len(summary.rejected),
        "added": summary.added,
        "changed": summary.changed,
        "removed": summary.removed,
        "unchanged": summary.unchanged,
        "stubs": summary.stubs,
        "disputed": summary.disputed,
    }
    listed = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
    done = "partial" if summary.partial else summary.run.state
    state = "dry run" if summary.dry_run else done
    why = "".join(f"; {each.why}" for each in summary.partial)
    tell(
        "imported",
        f"{summary.run.source}: {state}, {listed or 'no rows'}, in {summary.seconds:.1f} s{why}",
        level=WARNING if summary.rejected or summary.partial else INFO,
        source=summary.run.source,
        state=state,
        counts=counts,
        seconds=round(summary.seconds, 3),
        rejects=str(summary.rejects_file) if summary.rejects_file else None,
    )
