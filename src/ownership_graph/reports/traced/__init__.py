"""What is told of single things: what relies on one, how two are tied."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ownership_graph.reports.traced.documents import write_document
from ownership_graph.reports.traced.terminal import write_text

if TYPE_CHECKING:
    from ownership_graph.reports import Format
    from ownership_graph.tracing import Impact, Ways

__all__ = ["write_traced"]


def write_traced(found: Impact | Ways, form: Format, out: TextIO, *, show: int = 0) -> None:
    """The answer in that form; CSV holds its rows alone, and not how complete they are.

    `show` bounds the lines of each list on the terminal, 0 for all of them.
    """
    if form.SUFFIX == ".json":
        write_document(found, out)
    elif form.SUFFIX == ".txt":
        write_text(found, out, show=show)
    else:
        form.write_rows(found.rows(), out)
