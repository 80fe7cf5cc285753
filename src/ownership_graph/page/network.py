"""The explorer: a pyvis network that writes our own page in place of pyvis's."""

from __future__ import annotations

import re
import webbrowser
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyvis.network import Network

from ownership_graph.errors import UsageError
from ownership_graph.findings.answer import URGENCIES, Checked
from ownership_graph.page.answers import ShownAnswers
from ownership_graph.page.data import shown_runs
from ownership_graph.page.document import document
from ownership_graph.page.drawing import Drawing
from ownership_graph.page.part import Chosen, LeftOut
from ownership_graph.page.story import Recorded
from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        checked: Checked | Callable[[], Checked],
        *,
        title: str = "Ownership graph",
        people: People = "named",
        generated: str = "",
        chosen: Chosen | None = None,
        told: Recorded | None = None,
        other: Other | None = None,
    ) -> None:
        """`checked` is what was found, or what waits for it: all that it changes comes last.

        `people` says how persons appear; `generated` is the time that the page says.
        `chosen` is the part that goes in; the whole without. `told` is what runs did.
        `other` is the graph with which it is compared.
        """
        super().__init__(directed=True, cdn_resources="in_line", height="100%")
        chosen, told = chosen or Chosen(), told or Recorded()
        answers = _given(checked) if isinstance(checked, Checked) else checked
        drawing = Drawing(facts, answers, people, chosen, told, other)
        self.graph, self.layout = drawing.shown, drawing.layout
        self.title = drawing.privacy.text(title)
        self._fill()
        self.differing: Differing | None = None
        answered = self._answered(drawing, answers(), chosen, other)
        drawing.data.add({"title": self.title, "generated": generated, **answered})
        self._data = drawing.data.ended()

    def _answered(
        self, drawing: Drawing, checked: Checked, chosen: Chosen, other: Other | None
    ) -> dict[str, object]:
        """What the answers add to the page's data; and how much there is of what."""
        true, whole, privacy = drawing.true, drawing.whole, drawing.privacy
        is_part = not chosen.is_all
        shown = ShownAnswers(checked, true.places, privacy, is_part=is_part)
        questions, groups = shown.questions(), shown.groups()
        compared: dict[str, object] | None = None
        if drawing.comparison and other:
            other = replace(other, words=_SECRET.sub("://", other.words))
            compared, self.differing = drawing.comparison.told(true, privacy, other, shown)
        own = sum(node.label == "Person" for node in true.nodes)
        self.persons = own + len(shown.beyond)
        self.left_out = LeftOut(
            whole.node_count - true.node_count,
            whole.relationship_count - true.relationship_count,
            shown.left,
        )
        words = privacy.text(chosen.words())
        return {
            "store": privacy.text(_SECRET.sub("://", checked.store)),
            "today": checked.today,
            "people": privacy.people,
            "persons": self.persons,
            "runs": shown_runs(checked.runs, privacy),
            "questions": questions,
            "groups": groups,
            "urgencies": URGENCIES,
            "compared": compared,
            "part": {"words": words, **asdict(self.left_out)} if is_part else None,
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


def _given(checked: Checked) -> Callable[[], Checked]:
    """Answers that need not be waited for."""
    return lambda: checked
