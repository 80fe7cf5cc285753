"""The forms in which answers leave: one module a format.

A module says in `SUFFIX` which ending of a file asks for it, and offers `write_checked`,
`write_decisions` and `write_rows`, all to a text stream.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, TextIO

from ownership_graph.errors import UsageError
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from pathlib import Path

    from ownership_graph.deciding import Decisions
    from ownership_graph.findings.answer import Checked
    from ownership_graph.records import Rows


class Format(Protocol):
    """What a format's module offers."""

    SUFFIX: str

    def write_checked(self, checked: Checked, out: TextIO, *, show: int) -> None:
        """All answers of a check; `show` bounds the rows of a question, 0 for all of them."""
        ...

    def write_decisions(self, found: Decisions, out: TextIO) -> None:
        """What has to be decided about one model."""
        ...

    def write_rows(self, rows: Rows, out: TextIO) -> None:
        """The rows of one query."""
        ...


def format_names() -> list[str]:
    """The formats there are; packages hold their parts."""
    return sorted(
        found.name
        for found in iter_modules(__path__)
        if not found.ispkg and found.name != "quoting"
    )


def find_format(name: str) -> Format:
    """The format of that name."""
    names = format_names()
    if name not in names:
        raise UsageError(
            f"writing the answer: there is no format '{name}'.{nearest(name, names)}"
            f" Formats: {', '.join(names)}."
        )
    return import_module(f"{__name__}.{name}")


def format_of(path: Path) -> Format:
    """The format that a file's ending asks for."""
    known = {(found := find_format(name)).SUFFIX: found for name in format_names()}
    if path.suffix.lower() not in known:
        raise UsageError(
            f"writing the answer to {path}: the ending '{path.suffix}' does not say a format."
            f" Endings: {', '.join(sorted(known))}; or give --format."
        )
    return known[path.suffix.lower()]
