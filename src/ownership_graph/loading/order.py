"""What is to be imported, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import category

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.model import LABELS, ended_status, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.importing.importers import Importer
    from ownership_graph.importing.planning import Mode

_CONTROL = {"Cc", "Cs"}
JOINS: Final = "identities"
"""The source under which names are joined."""

_OWN = (JOINS, "forget")
ENDING = tuple(label for label in LABELS if ended_status(label, 0))
"""The labels whose nodes can have ended."""


@dataclass(frozen=True, slots=True)
class Order:
    """One source: its name, who reads it, and with which options.

    `mode` is the importer's own where none is given. `removal_guard` is the share of what the
    source stated that may go in one import. Of the labels that it is `authoritative_for`, the
    importer's own where none are given, the source lists all nodes there are: who is no longer
    listed has left, and is not removed.
    """

    source: str
    importer: Importer
    options: Mapping[str, object]
    mode: Mode | None = None
    removal_guard: float = 0.25
    authoritative_for: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            UsageError: the name or the guard cannot be.
        """
        if not self.source.strip() or _CONTROL & set(map(category, self.source)):
            raise UsageError(
                f"naming a source: {shown(self.source)} cannot be its name. Give it one without"
                " control characters."
            )
        if self.source in _OWN:
            raise UsageError(
                f"naming a source: '{self.source}' stands for runs of this program's own. Give it"
                " another name."
            )
        if not 0 <= self.removal_guard <= 1:
            raise UsageError(
                f"importing '{self.source}': the removal guard {self.removal_guard:g} is not"
                " between 0 and 1. Write a quarter as 0.25."
            )
        for label in self.ending:
            if label not in ENDING:
                raise UsageError(
                    f"importing '{self.source}': it cannot be authoritative for {shown(label)}."
                    f" Nodes that can have left are {' and '.join(ENDING)}."
                    f"{nearest(label, ENDING)}"
                )

    @property
    def ending(self) -> tuple[str, ...]:
        """The labels whose nodes have ended once the source no longer lists them."""
        given = self.authoritative_for
        return self.importer.authoritative_for if given is None else given
