"""The interactive page: one HTML file that needs no network."""

from __future__ import annotations

import html
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ownership_graph.page.network import ExplorerNetwork
    from ownership_graph.records import Fact

from ownership_graph.findings.answer import Checked
from ownership_graph.garbage import not_collected
from ownership_graph.page.comparing import Differing, Other, day_or_store
from ownership_graph.page.part import NOTHING, Chosen, LeftOut
from ownership_graph.page.story import Recorded, recorded

__all__ = [
    "Chosen",
    "Differing",
    "LeftOut",
    "Other",
    "PageSummary",
    "Recorded",
    "day_or_store",
    "recorded",
    "write_page",
]


FRAME_HEIGHT = 720
"""Pixels of the frame in a notebook."""


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What went into a page. `persons` counts them however they are shown; `bytes` is its size.

    As the last value of a notebook's cell it shows the page in a frame.
    """

    nodes: int
    relationships: int
    persons: int
    bytes: int
    left_out: LeftOut = NOTHING
    differing: Differing | None = None
    path: Path | None = field(default=None, compare=False)

    def _repr_html_(self) -> str | None:
        """The page in a frame, as notebooks ask for it; its own policy holds there, too."""
        if self.path is None or not self.path.is_file():
            return None
        page = html.escape(self.path.read_text(encoding="utf-8"))
        look = f"width:100%;height:{FRAME_HEIGHT}px;border:0"
        return f'<iframe srcdoc="{page}" title="Ownership graph" style="{look}"></iframe>'


@not_collected()
def write_page(  # noqa: PLR0913 -- each by its name
    path: Path,
    facts: Iterable[Fact],
    checked: Checked | Callable[[], Checked],
    *,
    title: str,
    people: Literal["named", "roles", "pseudonyms"] = "named",
    generated: str,
    chosen: Chosen | None = None,
    told: Recorded | None = None,
    other: Other | None = None,
) -> PageSummary:
    """Write the page of these facts and answers to `path`, whole or not at all, mode 0600.

    `checked` is what was found, or how that is asked; then the graph is drawn meanwhile.
    `people` says how persons appear, everywhere in the page; e-mail addresses never get in.
    `generated` is the time that the page says it was made; the same input gives the same bytes.
    `chosen` is the part of the graph that goes in; without it all does. `told` is what runs did,
    as `recorded(store)` gives it. `other` is the graph with which it is compared.

    Raises:
        UsageError: nothing is in the part that is chosen.
        OwnershipGraphError: the file cannot be written; what was there is as it was.
    """

    def drawn(answers: Checked | Callable[[], Checked]) -> ExplorerNetwork:
        from ownership_graph.page.network import ExplorerNetwork  # noqa: PLC0415 -- only where used

        return ExplorerNetwork(
            facts,
            answers,
            title=title,
            people=people,
            generated=generated,
            chosen=chosen,
            told=told,
            other=other,
        )

    network = drawn(checked) if isinstance(checked, Checked) else _meanwhile(drawn, checked)
    network.write_html(path)
    return PageSummary(
        nodes=network.graph.node_count,
        relationships=network.graph.relationship_count,
        persons=network.persons,
        bytes=path.stat().st_size,
        left_out=network.left_out,
        differing=network.differing,
        path=path,
    )


def _meanwhile(
    drawn: Callable[[Callable[[], Checked]], ExplorerNetwork], check: Callable[[], Checked]
) -> ExplorerNetwork:
    """What is drawn in another thread, which waits for the answers where it needs them.

    Stores answer outside of Python's lock, so that both go on at a time. The check stays in this
    thread: it can be broken off.
    """
    answers: Future[Checked] = Future()
    with ThreadPoolExecutor(max_workers=1) as beside:
        drawing = beside.submit(drawn, answers.result)
        try:
            answers.set_result(check())
        except BaseException as error:
            answers.set_exception(error)
            raise
        return drawing.result()
