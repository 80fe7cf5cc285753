"""How large an organisation is, where that is said in people and AI systems."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """So many people and AI systems, the story and what is planted counted in."""

    people: int
    systems: int
