"""The explorer: a pyvis network that writes our own page in place of pyvis's."""

from __future__ import annotations

import re
import webbrowser
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from ownership_graph.errors import UsageError
from ownership_graph.findings.answer import URGENCIES
from ownership_graph.page.answers import ShownAnswers
from ownership_graph.page.comparing import Comparison
from ownership_graph.page.data import graph_data, shown_runs
from ownership_graph.page.document import document
from ownership_graph.page.graph import read_graph
from ownership_graph.page.layout import lay_out
from ownership_graph.page.part import Chosen, LeftOut, part_of
from ownership_graph.page.privacy import privacy_for
from ownership_graph.page.rolling import roll_up
from ownership_graph.page.story import Recorded, Story
from ownership_graph.page.trend import findings_by_day
from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ownership_graph.findings.answer import Checked
    from ownership_graph.page.comparing import Differing, Other
    from ownership_graph.page.privacy import People
    from ownership_graph.records import Fact

_SECRET = re.compile(r"://.*@")
"""User and password in a store's address, whatever signs the password is made of."""


class ExplorerNetwork(Network):  # type: ignore[misc] # pyvis has no types
    """A directed pyvis network, filled with facts in bulk, whose HTML is the interactive page.

    `nodes` and `edges` are pyvis's own lists, with whole numbers as ids and positions settled,
    so that `get_nodes`, `get_adj_list`, `neighbors` and the like work; there is no physics.
    Nothing that pyvis's template does happens: no request, no markup out of names.

    ```python
    network = ExplorerNetwork(store.facts(), checked, title="AI at Example", generated="today")
    network.write_html("graph.html")
    ```
    """

    def __init__(  # noqa: PLR0913 -- each by its name
        self,
        facts: Iterable[Fact],
        checked: Checked,
        *,
        title: str = "Ownership graph",
        people: People = "named",
        generated: str = "",
        chosen: Chosen | None = None,
        told: Recorded | None = None,
        other: Other | None = None,
    ) -> None:
        """`people` says how persons appear; `generated` is the time that the page says.

        `chosen` is the part that goes in; the whole without. `told` is what runs did.
        `other` is the graph with which it is compared.
        """
        super().__init__(directed=True, cdn_resources="in_line", height="100%")
        chosen = chosen or Chosen()
        present = read_graph(facts)
        comparison = Comparison(present, read_graph(other.facts)) if other else None
        whole = comparison.graph if comparison else present
        privacy = privacy_for(whole, people, comparison.earlier.nodes if comparison else ())
        part = part_of(whole, checked, chosen, comparison.home_of if comparison else None)
        true, is_part = part.graph, not chosen.is_all
        self.graph = privacy.shown(true)
        self.layout = lay_out(true, part.home_of)
        self.rolled = roll_up(self.graph, self.layout)
        self.title = privacy.text(title)
        shown = ShownAnswers(checked, true.places, privacy, is_part=is_part)
        questions, groups = shown.questions(), shown.groups()
        compared: dict[str, object] | None = None
        self.differing: Differing | None = None
        if comparison and other:
            other = replace(other, words=_SECRET.sub("://", other.words))
            compared, self.differing = comparison.told(true, privacy, other, shown)
        own = sum(node.label == "Person" for node in true.nodes)
        self.persons = own + len(shown.beyond)
        self.left_out = LeftOut(
            whole.node_count - true.node_count,
            whole.relationship_count - true.relationship_count,
            shown.left,
        )
        self._fill()
        self._data = {
            "title": self.title,
            "generated": generated,
            "store": privacy.text(_SECRET.sub("://", checked.store)),
            "today": checked.today,
            "people": people,
            "persons": self.persons,
            "runs": shown_runs(checked.runs, privacy),
            "questions": questions,
            "groups": groups,
            "urgencies": URGENCIES,
            "graph": graph_data(self.graph, self.layout, part.cut, self.rolled),
            "compared": compared,
            "trend": findings_by_day(told.findings if told else ()),
            "story": Story(true, privacy, told or Recorded()).data(),
            "part": {"words": privacy.text(chosen.words()), **asdict(self.left_out)}
            if is_part
            else None,
        }

    def _fill(self) -> None:
        """Fill pyvis's lists at once; its own `add_node` looks through all nodes each time."""
        self.toggle_physics(False)  # noqa: FBT003 -- pyvis's own signature
        points = zip(self.graph.nodes, self.layout.points, strict=True)
        self.nodes = [
            {"id": place, "label": node.name, "group": node.label, "x": round(x), "y": round(y)}
            for place, (node, (x, y)) in enumerate(points)
        ]
        self.node_ids = list(range(len(self.nodes)))
        self.node_map = dict(enumerate(self.nodes))
        self.edges = [
            {"from": tie.start, "to": tie.end, "label": tie.type, "arrows": "to"}
            for tie in self.graph.relationships
        ]

    def add_node(self, n_id: object, *_: object, **__: object) -> None:
        """Not here: a node of the page has a label, an id and sources; facts say them."""
        raise UsageError(
            f"adding the node {n_id!r}: an explorer is filled from facts when it is made."
            " Import the node, or use pyvis's own Network."
        )

    def add_edge(self, source: object, to: object, **_: object) -> None:
        """Not here, as `add_node`."""
        raise UsageError(
            f"adding an edge from {source!r} to {to!r}: an explorer is filled from facts when it"
            " is made. Import the relationship, or use pyvis's own Network."
        )

    def generate_html(self, name: str = "", local: object = None, notebook: object = None) -> str:  # noqa: ARG002 -- pyvis's own signature
        """The page as text; the same facts, check and `generated` give the same text."""
        self.html = document(self.title, self._data)
        return self.html

    def write_html(
        self,
        name: str | Path,
        local: object = None,  # noqa: ARG002 -- pyvis's own signature
        notebook: object = None,  # noqa: ARG002
        open_browser: bool = False,  # noqa: FBT001, FBT002
    ) -> None:
        """Write the page to `name`, whole or not at all, readable by its owner alone."""
        with whole_file(Path(name)) as out:
            out.write(self.generate_html())
        if open_browser:
            webbrowser.open(Path(name).resolve().as_uri())

    def save_graph(self, name: str | Path) -> None:
        """The same as `write_html`."""
        self.write_html(name)

    def show(self, name: str | Path, local: object = None, notebook: Any = None) -> None:  # noqa: ARG002, ANN401 -- pyvis's own signature
        """Write the page to `name` and open it in the browser."""
        self.write_html(name, open_browser=True)
