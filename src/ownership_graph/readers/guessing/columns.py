"""What the columns of a table look like: days, addresses, names, a few words again and again."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ownership_graph.readers.addresses import address
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_VALUES = 20
"""Different values that a person would sort by hand."""

LONGEST_VALUE = 60
"""Characters of the longest of them; a column with longer ones holds prose."""

LONGEST_HEADER = 6
"""Words of a header that can be the name of a property; more are a question."""

_MOSTLY, _NEARLY, _FEW = 0.8, 0.9, 0.02
_FORMATS = (
    "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%d %b %Y",
    "%d-%b-%Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S",
)  # fmt: skip
_WORD = re.compile(r"[a-z]+|[0-9]+")
_NAME = re.compile(r"[A-Z][\w'.-]*(?:,? [A-Z][\w'.-]*){1,3}")
_TOTAL = re.compile(r"(?:grand |sub-?)?totals?\s*:?|sum\s*:?", re.IGNORECASE)
_NUMBER = re.compile(r"[\s\d.,%+-]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PARTS = re.compile(r"\s*[;\n|]\s*")


def words(text: str) -> tuple[str, ...]:
    """The words of a header in small letters, each as one of its kind.

    >>> words("Risk_Tiers (2024)"), words("ownerEmail")
    (('risk', 'tier', '2024'), ('owner', 'email'))
    """
    small = _CAMEL.sub(" ", text).casefold()
    return tuple(
        each[:-1] if len(each) > 3 and each.endswith("s") and not each.endswith("ss") else each  # noqa: PLR2004 -- "is", "bus"
        for each in _WORD.findall(small)
    )


_OF_TEAMS = frozenset(
    words(
        "analytics architecture audit board claims committee compliance customer data department"
        " development digital division engineering finance group HR infrastructure insights IT"
        " legal logistics management marketing office operations platform privacy procurement"
        " product quality research risk sales science security service squad support systems team"
        " technology tribe unit underwriting"
    )
)
"""Words that are in names of teams, and hardly ever in those of persons."""


@dataclass(frozen=True)
class Column:
    """A column: its header, and the cells of the first rows, blank ones left out.

    `fillers` are what stood where nothing was known, as `n/a`.
    """

    header: str
    values: Sequence[str]
    rows: int
    fillers: frozenset[str] = frozenset()

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its header; none where they are a question rather than a name."""
        found = words(self.header)
        return found if len(found) <= LONGEST_HEADER else ()

    @cached_property
    def different(self) -> list[str]:
        """Its different values, the most frequent first."""
        return [value for value, _ in Counter(self.values).most_common()]

    @property
    def tells_rows_apart(self) -> bool:
        """Whether nearly each row has another value; a few can be doubles, or have none."""
        return 0 < min(_NEARLY * self.rows, max(self.rows - 1, 1)) <= len(self.different)

    @property
    def is_list_of_words(self) -> bool:
        """Whether it holds a few short values again and again."""
        few = 0 < len(self.different) <= MOST_VALUES
        return few and all(len(each) <= LONGEST_VALUE for each in self.different)

    @cached_property
    def delimiter(self) -> str:
        """What parts several values in a cell; blank where there is one in each."""
        found = Counter(
            each for value in self.values for each in (";", "\n", "|") if each in value.strip(each)
        )
        best = max(found, key=lambda each: found[each], default="")
        return best if found[best] >= max(2, _FEW * len(self.values)) else ""

    @property
    def delimiter_of_names(self) -> str:
        """The same where it holds names, in which none of these stands: one cell is enough."""
        parted = (each for each in (";", "\n", "|") for v in self.values if each in v.strip(each))
        return self.delimiter or next(parted, "")

    @cached_property
    def parts(self) -> list[str]:
        """Its values, parted."""
        pieces = (_PARTS.split(each) for each in self.values)
        return [part for each in pieces for part in each if part]

    @property
    def holds_addresses(self) -> bool:
        """Whether it mostly holds e-mail addresses."""
        return _mostly(bool(address(each)) for each in self.parts)

    @property
    def holds_names(self) -> bool:
        """Whether it mostly holds what can be names of persons."""
        return _mostly(map(_can_be_person, self.parts))

    @cached_property
    def is_mixed(self) -> bool:
        """Whether it holds what can be names of persons and what can be none."""
        return len({_can_be_person(each) for each in self.parts}) > 1

    @property
    def holds_numbers(self) -> bool:
        """Whether it mostly holds plain numbers."""
        return _mostly(each.replace(".", "", 1).isdigit() for each in self.values)

    @cached_property
    def date_formats(self) -> list[str] | None:
        """The ways in which its days may be written; none but ISO, or `None` where it has none."""
        if _mostly(map(_is_iso, self.values)):
            return []
        return [
            each for each in _FORMATS if _mostly(_is_written(value, each) for value in self.values)
        ] or None


def without_totals(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[list[Sequence[str]], dict[str, list[str]]]:
    """The rows that sum up no others; and what those say that do, by the column.

    Such a row says "Total", and beside that numbers alone.
    """
    kept: list[Sequence[str]] = []
    totals: dict[str, list[str]] = {}
    for row in rows:
        texts = [
            place for place, each in enumerate(row) if each.strip() and not _NUMBER.fullmatch(each)
        ]
        if len(texts) == 1 and _TOTAL.fullmatch(row[texts[0]].strip()):
            totals.setdefault(header[texts[0]], []).append(row[texts[0]].strip())
        else:
            kept.append(row)
    return kept, totals


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns of a table; what only fills a cell, as `n/a`, counts as blank."""
    found = []
    for place, name in enumerate(header):
        cells = [row[place].strip() for row in rows]
        values = [each for each in cells if stated(each)]
        fillers = {each.casefold() for each in cells if each and not stated(each)}
        found.append(Column(name, values, len(rows), frozenset(fillers)))
    return found


def _can_be_person(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and _OF_TEAMS.isdisjoint(words(text))


def _mostly(found: Iterable[bool]) -> bool:
    each = list(found)
    return bool(each) and sum(each) >= _MOSTLY * len(each)


def _is_iso(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return "-" in text


def _is_written(text: str, how: str) -> bool:
    try:
        datetime.strptime(text, how)  # noqa: DTZ007 -- a day has no zone
    except ValueError:
        return False
    return True
