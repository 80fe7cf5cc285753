"""The data of a page as JSON: tables by column, whole numbers as ids, one order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.page.homes import home_name
from ownership_graph.page.searching import day_names
from ownership_graph.tracing.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ownership_graph.page.graph import PageGraph, Statement
    from ownership_graph.page.layout import Group, Layout
    from ownership_graph.page.privacy import Privacy
    from ownership_graph.page.rolling import Rolled
    from ownership_graph.records import ImportRun

Json: TypeAlias = "dict[str, object]"

_OTHER = {"plural": "others", "meaning": "", "colour": "#999999", "shape": "dot"}


def graph_data(
    graph: PageGraph, layout: Layout, cut: Mapping[int, int], rolled: Rolled | None = None
) -> Json:
    """Nodes, relationships, discs and groups, each a table by column.

    `cut` are the relationships of a place that lead to what the page leaves out. `rolled` is how
    discs are rolled up, where they are too many.
    """
    labels = list(dict.fromkeys(node.label for node in graph.nodes))
    types = sorted({tie.type for tie in graph.relationships})
    said = _Statements()
    nodes: Json = {
        "label": [labels.index(node.label) for node in graph.nodes],
        "id": [node.id for node in graph.nodes],
        "name": [node.name for node in graph.nodes],
        "x": [round(x) for x, _ in layout.points],
        "y": [round(y) for _, y in layout.points],
        "disc": list(layout.disc_of),
        "stubs": [place for place, node in enumerate(graph.nodes) if not node.described],
        "cut": {str(place): count for place, count in cut.items()},
        **said.columns([node.said for node in graph.nodes]),
    }
    relationships: Json = {
        "type": [types.index(tie.type) for tie in graph.relationships],
        "start": [tie.start for tie in graph.relationships],
        "end": [tie.end for tie in graph.relationships],
        **said.columns([tie.said for tie in graph.relationships]),
    }
    return {
        "present": {"nodes": graph.node_count, "relationships": graph.relationship_count},
        "labels": [_label(name) for name in labels],
        "types": [_type(name) for name in types],
        "sources": said.sets,
        "nodes": nodes,
        "relationships": relationships,
        "discs": [
            {
                "team": disc.home.team,
                "name": home_name(disc.home, graph),
                "x": round(disc.x),
                "y": round(disc.y),
                "radius": round(disc.radius),
                "group": disc.group,
            }
            for disc in layout.discs
        ],
        "groups": _groups(graph, layout.groups),
        "rolled": _rolled(graph, rolled) if rolled else None,
        "days": sorted(day_names()),
    }


def shown_runs(runs: Sequence[ImportRun], privacy: Privacy) -> list[Json]:
    """The last run of each source: its name, when it ended, and how."""
    return [
        {
            "source": privacy.text(run.source),
            "finished": privacy.text(run.finished),
            "state": run.state,
        }
        for run in runs
    ]


def embedded(data: object) -> str:
    r"""JSON that ends no script element and no line of script, whatever is in it.

    >>> embedded({"name": "</script>"})
    '{"name":"\\u003c/script\\u003e"}'
    """
    text = msgspec.json.encode(data).decode()
    for risky in "<>&\u2028\u2029":
        text = text.replace(risky, f"\\u{ord(risky):04x}")
    return text


class _Statements:
    """Statements as columns; each set of sources is kept once."""

    def __init__(self) -> None:
        self.sets: list[list[str]] = []
        self._number: dict[tuple[str, ...], int] = {}

    def columns(self, statements: Sequence[Statement]) -> Json:
        """Properties and sources of all; claims only where sources differ."""
        return {
            "facts": [said.properties or 0 for said in statements],
            "sources": [self._set(said.sources) for said in statements],
            "disputes": {
                str(place): {"on": said.disputed, "claims": said.claims}
                for place, said in enumerate(statements)
                if said.disputed
            },
        }

    def _set(self, sources: tuple[str, ...]) -> int:
        if sources not in self._number:
            self._number[sources] = len(self.sets)
            self.sets.append(list(sources))
        return self._number[sources]


def _groups(graph: PageGraph, groups: Sequence[Group]) -> list[Json]:
    return [
        {
            "name": graph.nodes[group.team].name,
            "x": round(group.x),
            "y": round(group.y),
            "radius": round(group.radius),
        }
        for group in groups
    ]


def _rolled(graph: PageGraph, rolled: Rolled) -> Json:
    """Branches, and by column where they and the discs before them lie."""
    return {
        "branches": [
            {"name": branch.name, "team": branch.team, "radius": round(branch.radius)}
            for branch in rolled.branches
        ],
        "parent": rolled.parent,
        "x": [round(x) for x, _ in rolled.at],
        "y": [round(y) for _, y in rolled.at],
        "groups": _groups(graph, rolled.groups),
        "group": [rolled.group_of.get(disc) for disc in range(len(rolled.at))],
    }


def _label(name: str) -> Json:
    known = LABELS.get(name)
    if known is None:
        return {"name": name, **_OTHER}
    return {
        "name": name,
        "plural": known.plural,
        "meaning": known.meaning,
        "colour": known.colour,
        "shape": known.shape,
    }


def _type(name: str) -> Json:
    known = RELATIONSHIPS.get(name)
    forward, backward = WORDS.get(name, (name, name))
    return {
        "name": name,
        "meaning": known.meaning if known else "",
        "forward": forward,
        "backward": backward,
    }
