"""What everything on the terminal is made of: its width, tables, values, names."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ownership_graph.reports.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ownership_graph.findings.answer import Checked

SEVERITY = {
    1: ("low", "cyan"),
    2: ("medium", "yellow"),
    3: ("medium", "yellow"),
    4: ("high", "red"),
}
NARROWEST, WIDTH = 60, 110
"""Columns of a terminal, and of what is no terminal."""

NOTHING = "(nothing named)"
"""What stands where a finding is about something, and nobody says what."""
LONGEST = 240
"""Characters of a cell."""
INDENT = (0, 0, 0, 10)


def console_on(out: TextIO) -> Console:
    """A console that writes plain lines where nobody looks at a terminal."""
    console = Console(file=out, highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = WIDTH
    console.width = max(console.width, NARROWEST)
    return console


def shown(value: object) -> str:
    """A value in a cell: blank for none, lists with commas, nothing that steers a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.3g}" if abs(value) < 1 else f"{value:,.1f}"
    if isinstance(value, list | tuple):
        return _listed([shown(each) for each in value])
    return printable(str(value), longest=LONGEST)


def _listed(texts: Sequence[str]) -> str:
    """The entries with commas; of many the first, whole, and how many more there are.

    >>> _listed(["a" * 200, "b" * 200, "c"]) == "a" * 200 + " and 2 more"
    True
    """
    lengths = accumulate(len(each) + len(", ") for each in texts)
    fitting = max(sum(length <= LONGEST for length in lengths), 1)
    left = len(texts) - fitting
    return f"{', '.join(texts[:fitting])}{f' and {left:,} more' if left > 0 else ''}"


def plural(noun: str, count: int) -> str:
    """The noun for so many."""
    return noun if count == 1 else f"{noun}s"


def grid(columns: Iterable[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table without lines; a header only where a column has a name."""
    columns = tuple(columns)
    table = Table(
        box=None,
        pad_edge=False,
        header_style="dim",
        padding=(0, 2, 0, 0),
        show_header=any(columns),
    )
    for name in columns:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(value) for value in row))
    return table


def name_of(checked: Checked, label: str, own_id: str, *, with_id: bool = False) -> str:
    """The name of a thing, with its id where they differ and it is wanted."""
    if not own_id:
        return NOTHING
    name = checked.names.get((label, own_id), own_id)
    return printable(f"{name} ({own_id})" if with_id and name != own_id else name)
