"""Texts with names in braces, as `"bu:{agency}:{bureau}"`, filled from a row."""

from __future__ import annotations

import re
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
"""What a name can be."""

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_DOUBLED = ("{{", "}}")


class TemplateError(ValueError):
    """A text whose braces make no sense; the message says what would be right."""


class Hole(NamedTuple):
    """A name in braces, and the way in which its value is turned, where one stands behind a colon.

    `{impact:tier}` is what the list of values `tier` makes of the column `impact`.
    """

    name: str
    way: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with holes: `pieces` stand between the `holes`, and are one more than those."""

    pieces: tuple[str, ...]
    holes: tuple[Hole, ...] = ()

    @property
    def only(self) -> Hole | None:
        """The hole, where the text is one hole and nothing else."""
        return self.holes[0] if self.pieces == ("", "") else None

    @property
    def constant(self) -> str | None:
        """The text, where there is no hole in it."""
        return None if self.holes else self.pieces[0]

    def filler(self, slots: Mapping[Hole, int]) -> Callable[[Sequence[str]], str]:
        """What fills in the values of a row; `slots` are the holes' places among them."""
        if not self.holes:
            constant = self.pieces[0]
            return lambda _values: constant
        places = [slots[each] for each in self.holes]
        if self.only:
            return itemgetter(places[0])
        pattern = "%s".join(each.replace("%", "%%") for each in self.pieces)
        if len(places) == 1:
            place = places[0]
            return lambda values: pattern % (values[place],)
        pick = itemgetter(*places)
        return lambda values: pattern % pick(values)


def parse_template(text: str) -> Template:
    """The text taken apart.

    Raises:
        TemplateError: a brace stands alone, or no name between two.

    >>> parse_template("bu:{agency}:{bureau:lower}").holes
    (Hole(name='agency', way=''), Hole(name='bureau', way='lower'))
    """
    pieces, holes, at = [""], [], 0
    for found in _BRACES.finditer(text):
        pieces[-1] += text[at : found.start()]
        at = found.end()
        if found[0] in _DOUBLED:
            pieces[-1] += found[0][0]
            continue
        name, colon, way = (found[1] or "").partition(":")
        if not NAME.fullmatch(name) or (colon and not NAME.fullmatch(way)):
            raise TemplateError(
                f"{found[0]} is no name in braces. Write it as in 'uc{{row}}' or"
                " '{impact:tier}'; for a brace itself write it twice."
            )
        holes.append(Hole(name, way))
        pieces.append("")
    pieces[-1] += text[at:]
    return Template(tuple(pieces), tuple(holes))
