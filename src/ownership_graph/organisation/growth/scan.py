"""What a scan sees to run of what has grown: nearly all of it, and what nobody registered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.growth.drawing import Draw
from ownership_graph.records import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

UNSEEN, UNKNOWN = 0.04, 0.06
"""The share of live models that nobody sees run, and of what runs beside them unregistered."""

_BOUGHT = ("Chat assistant", "Meeting notes", "Image maker", "Slide maker", "Code helper")


def seen_of(seed: int, model: Node) -> Iterator[Node]:
    """What is seen where a live model should run."""
    number = model.id.removeprefix("model:b")
    if number == model.id:  # of the story, or planted: there it is known what is seen
        yield _running(model.id)
        return
    draw = Draw(seed, f"scan:{number}")
    if not draw.chance(UNSEEN):
        yield _running(model.id)
    if draw.chance(UNKNOWN):
        name = f"{draw.one_of(_BOUGHT)} {number}"
        yield _running(f"model:s{number}", name=name, kind="vendor model", stage="production")


def _running(own_id: str, **properties: str) -> Node:
    return Node("Model", own_id, {**properties, "environment": "production"})
