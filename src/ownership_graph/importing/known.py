"""What the graph knows from other sources, for an importer that must find what a name means.

People write names where systems have ids. An importer whose `read` has a parameter
`known: Known` is handed this; it is no option of the importer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ownership_graph.records import Node, Relationship

MOST_SHOWN = 3


def _nothing(_: str) -> tuple[()]:
    """For an importer that is read without a graph."""
    return ()


@dataclass(frozen=True, slots=True)
class Known:
    """The facts of other sources, read when they are asked for; ends that nobody describes not.

    What the source itself stated before is not among them, or it would stay for its own sake.
    """

    nodes: Callable[[str], Iterable[Node]] = _nothing
    ties: Callable[[str], Iterable[Relationship]] = _nothing

    def names(self, *labels: str) -> Names:
        """What the nodes of these labels are called."""
        return Names([node for label in labels for node in self.nodes(label)])


class AmbiguousNameError(Exception):
    """Several are called so; a sentence, for the row in which it stands."""


class Names:
    """Nodes by id, by name, and by what stands behind the colon of the id, in this order."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        """Case, blanks, hyphens and underscores make no difference to a name."""
        by_id: dict[str, list[Node]] = defaultdict(list)
        by_name: dict[str, list[Node]] = defaultdict(list)
        by_own_part: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            by_id[node.id].append(node)
            by_name[alike(str(node.properties.get("name", "")))].append(node)
            by_own_part[alike(node.id.partition(":")[2] or node.id)].append(node)
        self._ways: tuple[Mapping[str, list[Node]], ...] = (by_id, by_name, by_own_part)

    def find(self, written: str) -> Node | None:
        """The one node that is meant, or none.

        Raises:
            AmbiguousNameError: several are called so.
        """
        folded = alike(written)
        for way, wanted in zip(self._ways, (written, folded, folded), strict=True):
            found = way.get(wanted, []) if folded else []
            if len(found) > 1:
                ids = ", ".join(f"{each.label} {each.id}" for each in found[:MOST_SHOWN])
                raise AmbiguousNameError(
                    f"{shown(written)} can be {ids}{', …' if len(found) > MOST_SHOWN else ''}."
                    " Write the id."
                )
            if found:
                return found[0]
        return None


def alike(written: str) -> str:
    """A name as it is compared.

    >>> alike(" Risk-EMEA  team")
    'risk emea team'
    """
    return " ".join(written.casefold().replace("-", " ").replace("_", " ").split())
