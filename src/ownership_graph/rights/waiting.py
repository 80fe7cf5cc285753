"""Requests that wait for others: which wait for themselves in a circle, or behind such."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.rights.reading import Row


@dataclass(frozen=True, slots=True)
class Waiting:
    """For each request that waits: for which others, at which gates, and about which models."""

    others: Mapping[str, tuple[str, ...]]
    gates: Mapping[str, tuple[str, ...]]
    models: Mapping[str, tuple[str, ...]]

    def without(self, own: str) -> Waiting:
        """The same where one request waits no more."""
        left = {each: others for each, others in self.others.items() if each != own}
        return Waiting(left, self.gates, self.models)

    def held(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """By model and gate the circle that holds a request up; one alone is a slip of the pen."""
        import networkx as nx  # noqa: PLC0415 -- heavy, and not every check needs it

        graph = nx.DiGraph((own, other) for own, others in self.others.items() for other in others)
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        knots = (tuple(sorted(each)) for each in nx.strongly_connected_components(graph))
        for knot in sorted(each for each in knots if len(each) > 1):
            for own in sorted({*knot, *nx.ancestors(graph, knot[0])}):
                for model in self.models[own]:
                    for gate in self.gates[own]:
                        found.setdefault((model, gate), knot)
        return found


def read_waiting(rows: Iterable[Row]) -> Waiting:
    """The requests that the rows tell."""
    known = {row["id"]: row for row in rows}
    return Waiting(
        {own: tuple(row["others"]) for own, row in known.items()},
        {own: tuple(sorted(row["gates"])) for own, row in known.items()},
        {own: tuple(sorted(row["models"])) for own, row in known.items()},
    )
