"""How much of a model somebody has by the rules for its files: enough to own it, or a hint."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ownership_graph.records import Properties

HINT = 0.25
"""The confidence of an owner of few files, or of all by a rule for everything."""


@dataclass(slots=True)
class Claim:
    """What one owner has of a model.

    `own` counts the files that are somebody's by a rule for them, and not for everything;
    `places` the files and lines that say so.
    """

    own: int = 0
    places: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def place(self) -> tuple[str, int]:
        """The file and line that give most of the files; of several, the last."""
        return max(self.places, key=lambda each: (self.places[each], each))

    def confidence(self, of: int) -> Properties:
        """What is stated of an owner of a model of so many files; nothing from half of them on."""
        return {"confidence": HINT} if self.own * 2 < of else {}
