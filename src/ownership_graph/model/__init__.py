"""The graph model: labels, relationships and properties, and nothing else knows them.

The import check, the stores' constraints, the page's legend and the reference in `docs/`
are all made from the two tables `LABELS` and `RELATIONSHIPS`.
"""

from __future__ import annotations

import difflib
import re
from functools import cache
from typing import TYPE_CHECKING

from ownership_graph.model.kinds import (
    BOOKKEEPING,
    MADE_UP_BY_ENGINE,
    Kind,
    Label,
    Property,
    Relationship,
)
from ownership_graph.model.labels import LABELS
from ownership_graph.model.relationships import RELATIONSHIPS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "BOOKKEEPING",
    "LABELS",
    "MADE_UP_BY_ENGINE",
    "RELATIONSHIPS",
    "Kind",
    "Label",
    "Property",
    "Relationship",
    "can_be_without",
    "ended_status",
    "is_event",
    "label_in_words",
    "nearest",
    "sharing_an_end",
]


def label_in_words(label: str) -> str:
    """A label as it stands inside a sentence.

    >>> label_in_words("UseCase")
    'use case'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", label).lower()


def is_event(name: str) -> bool:
    """Whether absence from a later import leaves facts of this label or relationship in place."""
    return (LABELS[name] if name in LABELS else RELATIONSHIPS[name]).event


def can_be_without(kind: str) -> frozenset[str] | None:
    """The properties without which a fact of that label or relationship says the same.

    None stands for all of them: a person, a team, a model is there whatever is known of it.

    >>> can_be_without("Model") is None, can_be_without("Gate"), can_be_without("MEMBER_OF")
    (True, frozenset(), frozenset({'fte'}))
    """
    if kind in RELATIONSHIPS:
        return frozenset(RELATIONSHIPS[kind].aside)
    label = LABELS[kind]
    return frozenset() if label.event or label.rule else None


def ended_status(label: str, day: int) -> dict[str, str | int]:
    """What is stated of a node that ended on that day; empty where nodes of the label cannot.

    >>> ended_status("Person", 20_000)
    {'status': 'left', 'left_day': 20000}
    >>> ended_status("Team", 20_000)
    {'status': 'archived'}
    """
    known = LABELS[label].properties
    values = known["status"].values if "status" in known else ()
    ended = next((value for value in ("left", "archived") if value in values), "")
    if not ended:
        return {}
    return {"status": ended} | ({"left_day": day} if "left_day" in known else {})


@cache
def sharing_an_end(label: str) -> frozenset[str]:
    """The other labels that can stand where `label` can: an id must not be in two of them."""
    ends = [end for each in RELATIONSHIPS.values() for end in (each.starts, each.ends)]
    return frozenset(other for end in ends if label in end for other in end) - {label}


def nearest(wrong: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known name, or an empty text where none is near.

    >>> nearest("Modle", ["Model", "Team"])
    " Did you mean 'Model'?"
    >>> nearest("xyz", ["Model", "Team"])
    ''
    """
    by_folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(wrong.casefold(), by_folded, n=1, cutoff=0.6)
    return f" Did you mean '{by_folded[near[0]]}'?" if near else ""
