"""What of a page needs no answer: the graph, where everything lies, and what runs did to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.page.comparing import Comparison
from ownership_graph.page.data import graph_data
from ownership_graph.page.document import DataElement
from ownership_graph.page.graph import read_graph
from ownership_graph.page.layout import lay_out
from ownership_graph.page.part import part_of
from ownership_graph.page.privacy import privacy_for
from ownership_graph.page.rolling import roll_up
from ownership_graph.page.story import Story
from ownership_graph.page.trend import findings_by_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ownership_graph.findings.answer import Checked
    from ownership_graph.page.comparing import Other
    from ownership_graph.page.part import Chosen
    from ownership_graph.page.privacy import People
    from ownership_graph.page.story import Recorded
    from ownership_graph.records import Fact


class Drawing:
    """The graph as a page shows it; `data` is the page's data so far, packed already.

    `true` has the ids as they are, `shown` those that the page may hold. `whole` is all of which
    `true` is the part that was chosen, with what is gone where two graphs are compared.
    """

    def __init__(
        self,
        facts: Iterable[Fact],
        answers: Callable[[], Checked],
        people: People,
        chosen: Chosen,
        told: Recorded,
        other: Other | None,
    ) -> None:
        """`answers` are waited for only where findings choose the part."""
        present = read_graph(facts)
        comparison = Comparison(present, read_graph(other.facts)) if other else None
        once = comparison.earlier.nodes if comparison else ()
        self.comparison = comparison
        self.whole = comparison.graph if comparison else present
        self.privacy = privacy_for(self.whole, people, once)
        part = part_of(self.whole, answers, chosen, comparison.home_of if comparison else None)
        self.true = part.graph
        self.shown = self.privacy.shown(self.true)
        self.layout = lay_out(self.true, part.home_of)
        rolled = roll_up(self.shown, self.layout)
        self.data = DataElement()
        self.data.add(
            {
                "graph": graph_data(self.shown, self.layout, part.cut, rolled),
                "trend": findings_by_day(told.findings),
                "story": Story(self.true, self.privacy, told).data(),
            }
        )
