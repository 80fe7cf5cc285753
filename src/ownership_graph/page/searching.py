"""Search by words and by `kind:model`, `team:risk`, `stage:pilot`, as the page's own box does."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.days import date_of
from ownership_graph.model import LABELS, RELATIONSHIPS
from ownership_graph.page.homes import home_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.page.graph import PageGraph, PageNode
    from ownership_graph.page.homes import Home
    from ownership_graph.records import Value

_PART = re.compile(r'(?:((?:[^\W\d]|-)+):)?(?:"([^"]*)"?|(\S+))')
_FIRST_DAY, _LAST_DAY = -719_162, 2_932_896
"""Of which there is a date."""


class SearchPart(NamedTuple):
    """`team:risk` is the text `risk` of what is called `team`; free text has no name."""

    name: str
    text: str


def folded(text: str) -> str:
    """The text without case and accents.

    >>> folded("Écoles")
    'ecoles'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if unicodedata.category(each)[0] != "M").lower()


def search_parts(query: str) -> list[SearchPart]:
    """What a search is made of.

    >>> search_parts('kind:model team:"model risk" triage')  # doctest: +NORMALIZE_WHITESPACE
    [SearchPart(name='kind', text='model'), SearchPart(name='team', text='model risk'),
     SearchPart(name='', text='triage')]
    """
    found = (
        SearchPart(folded(each[1] or ""), folded(each[2] if each[2] is not None else each[3]))
        for each in _PART.finditer(query)
    )
    return [part for part in found if part.text or part.name]


def searched(graph: PageGraph, home_of: Sequence[Home], query: str) -> list[int]:
    """The places of the nodes that have all that the search asks for."""
    parts = search_parts(query)
    if not parts:
        return []
    teams = {home: folded(home_name(home, graph)) for home in set(home_of)}
    return [
        place
        for place, node in enumerate(graph.nodes)
        if all(_has(node, teams[home_of[place]], part) for part in parts)
    ]


def _has(node: PageNode, team: str, part: SearchPart) -> bool:
    """Whether a node has what one part asks for; `team` is the folded name of its home."""
    name, text = part
    match name:
        case "":
            return text in folded(node.name) or text in folded(node.id)
        case "team":
            return text in team
        case "name":
            return text in folded(node.name)
        case "id":
            return text in folded(node.id)
        case "kind" if text in folded(node.label) or text in folded(_plural(node.label)):
            return True
        case _:
            pass
    return any(
        folded(fact) == name and text in folded(shown_value(fact, value))
        for fact, value in node.said.properties.items()
    )


def _plural(label: str) -> str:
    return LABELS[label].plural if label in LABELS else "others"


def day_names() -> set[str]:
    """The names of all properties that are days since 1970-01-01."""
    known = [*(each.properties for each in LABELS.values())]
    known += [each.properties for each in RELATIONSHIPS.values()]
    return {name for each in known for name, what in each.items() if what.kind == "day"}


_DAYS = day_names()


def shown_value(name: str, value: Value) -> str:
    """A fact's value as the page shows it.

    >>> shown_value("stage_day", 20_000), shown_value("events", 12_000), shown_value("hard", True)
    ('2024-10-04', '12,000', 'yes')
    """
    match value:
        case bool():
            return "yes" if value else "no"
        case int() if name in _DAYS and _FIRST_DAY <= value <= _LAST_DAY:
            return date_of(value).isoformat()
        case int():
            return f"{value:,}"
        case float():
            return f"{value:,.3f}".rstrip("0").rstrip(".")
        case list():
            return ", ".join(value)
        case _:
            return value
