"""What is to be imported, and how."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.importing.importers import Importer
    from ownership_graph.importing.planning import Mode

_CONTROL = {"Cc", "Cs"}


@dataclass(frozen=True, slots=True)
class Order:
    """One source: its name, who reads it, and with which options.

    `mode` is the importer's own where none is given. `removal_guard` is the share of what the
    source stated that may go in one import.
    """

    source: str
    importer: Importer
    options: Mapping[str, object]
    mode: Mode | None = None
    removal_guard: float = 0.25

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
        if not 0 <= self.removal_guard <= 1:
            raise UsageError(
                f"importing '{self.source}': the removal guard {self.removal_guard:g} is not"
                " between 0 and 1. Write a quarter as 0.25."
            )
