"""What a file says, put as records: blanks left out, the file's name on each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from ownership_graph.records import Properties, Value

End: TypeAlias = tuple[str, str]
"""The label and the id of a node."""


@dataclass(frozen=True, slots=True)
class Stating:
    """Makes the records of one file, whose lines nobody counts."""

    file: str

    def node(self, end: End, /, **said: Value | None) -> Node:
        """That there is such a node.

        >>> Stating("bom.json").node(("Model", "m1"), name="Triage", version="").properties
        {'name': 'Triage'}
        """
        return Node(*end, _stated(said), self.file)

    def tie(self, type_: str, start: End, end: End, /, **said: Value | None) -> Relationship:
        """That the two are tied."""
        return Relationship(type_, *start, *end, _stated(said), self.file)

    def rejected(self, why: str) -> Rejected:
        """That something could not be taken."""
        return Rejected(self.file, 0, why)


def _stated(said: dict[str, Value | None]) -> Properties:
    return {name: value for name, value in said.items() if value is not None and value != ""}
