"""Texts with names in braces, as `"bu:{agency}:{bureau}"`, filled from a row."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
"""What a name can be."""


class TemplateError(ValueError):
    """A text whose braces make no sense; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text with names in it: `pieces` stand between `names`, and are one more than those."""

    text: str
    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def only(self) -> str:
        """The name, where the text is one name and nothing else; otherwise an empty text."""
        return self.names[0] if self.pieces == ("", "") else ""

    @property
    def constant(self) -> str | None:
        """The text, where there is no name in it."""
        return None if self.names else self.pieces[0]

    def filler(self, slots: Mapping[str, int]) -> Callable[[Sequence[str]], str]:
        """What fills in the values of a row; `slots` are the names' places among them."""
        if not self.names:
            constant = self.pieces[0]
            return lambda _values: constant
        places = [slots[each] for each in self.names]
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
        TemplateError: a brace without its partner, or no name between two.

    >>> parse_template("bu:{agency}:{bureau}").names
    ('agency', 'bureau')
    """
    pieces, names = [""], []
    try:
        for before, name, form, conversion in string.Formatter().parse(text):
            pieces[-1] += before
            if name is None:
                continue
            if form or conversion or not NAME.fullmatch(name):
                raise TemplateError(
                    f"'{{{name}{'!' if conversion else ''}{conversion or ''}"
                    f"{':' if form else ''}{form}}}' is no name in braces. A name has letters,"
                    " digits and underscores, as in 'uc{row}'; for a brace itself write it"
                    " twice: '{{'."
                )
            names.append(name)
            pieces.append("")
    except TemplateError:
        raise
    except ValueError as error:
        raise TemplateError(
            "a brace stands alone. Write a name in braces, as in 'uc{row}', or the brace twice:"
            " '{{'."
        ) from error
    return Template(text, tuple(pieces), tuple(names))
