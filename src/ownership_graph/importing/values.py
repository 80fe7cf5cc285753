"""Values as sources write them, turned into what the model says they are."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from ownership_graph.days import number_of
from ownership_graph.importing.quoting import shown
from ownership_graph.model import BOOKKEEPING, MADE_UP_BY_ENGINE, Property, nearest
from ownership_graph.records import ABSENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ownership_graph.model import Kind
    from ownership_graph.records import Value

Convert: TypeAlias = "Callable[[object], Value | None]"
"""From what a source wrote to what the graph holds; `None` where nothing was stated."""

LONGEST_TEXT = 1_000_000
"""Characters of the longest text that is taken: more is a file in a cell."""

LONGEST_IDENTITY = 100
"""Characters of the longest text that is taken where it belongs to a relationship's key."""

LONGEST_NAME = 64
"""Characters of the longest name that a property can have."""

DENIAL = Property(ABSENT, "bool", "Whether the fact is not so, whatever others state.")
"""What any node or relationship can be given, to say *no*."""

MOST_REMEMBERED = 10_000
FIRST_DAY = number_of(date(1800, 1, 1))
LAST_DAY = number_of(date(2200, 1, 1))
_FIRST_NUMBER = 3_000  # in March 1978; what is lower is a year, or was cut off
_INT64 = 2**63
_INT = re.compile(r"[+-]?[0-9]{1,19}(?:\.0{1,19})?", re.ASCII)
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_BOOLEANS = {
    "true": True, "yes": True, "y": True, "1": True, "1.0": True,
    "false": False, "no": False, "n": False, "0": False, "0.0": False,
}  # fmt: skip


class RowError(Exception):
    """A row that cannot be taken; it never leaves the check.

    `reason` is the sort of fault, the same for many rows; `why` the sentence for this one.
    """

    def __init__(self, reason: str, why: str) -> None:
        """The sort of fault, and the sentence for this row."""
        super().__init__(why)
        self.reason, self.why = reason, why


def clean_text(value: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """The text without blanks around it; `what` names it in an error.

    Raises:
        RowError: it holds a NUL or half of a surrogate pair, or it is too long.
    """
    text = value.strip()
    if len(text) > longest:
        raise RowError(
            "a text that is too long",
            f"{what} is {len(text):,} characters long, more than {longest:,}."
            " Shorten it, or put a link in its place.",
        )
    if "\0" in text:
        raise RowError(
            "a text with a NUL character",
            f"{what} holds a NUL character: {shown(text)}. Take it out.",
        )
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise RowError(
                "a text that is not Unicode",
                f"{what} is not whole Unicode text: {shown(text)}. Was the file read with the"
                " right encoding?",
            ) from error
    return text


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _wrong(name: str, value: object, wanted: str) -> RowError:
    return RowError(
        f"a {name} that is not {wanted}", f"the {name} {shown(value)} is not {wanted}."
    )


def _text(name: str, longest: int = LONGEST_TEXT) -> Convert:
    what = f"the {name}"

    def text(value: object) -> Value | None:
        if type(value) is str:
            return clean_text(value, what, longest) or None
        if value is None:
            return None
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, int | float):
            return str(_finite(name, value))
        raise _wrong(name, value, "a text")

    return text


def _finite(name: str, value: float) -> int | float:
    if isinstance(value, int):
        if not -_INT64 <= value < _INT64:
            raise RowError(
                "a number beyond 64 bits",
                f"the {name} is {shown(value)}, which no store can hold.",
            )
    elif not math.isfinite(value):
        raise _wrong(name, value, "a number")
    return value


def _number(
    name: str, value: object, pattern: re.Pattern[str], wanted: str
) -> str | int | float | None:
    """A number, or a text that is one by `pattern`; `None` for a blank."""
    if isinstance(value, str):
        text = value.strip()
        if text and not pattern.fullmatch(text):
            raise _wrong(name, value, wanted)
        return text or None
    if isinstance(value, bool) or not (value is None or isinstance(value, int | float)):
        raise _wrong(name, value, wanted)
    return value


def _int(name: str) -> Convert:
    wanted = "a whole number"

    def integer(value: object) -> Value | None:
        found = _number(name, value, _INT, wanted)
        if found is None:
            return None
        if isinstance(found, str):
            return _finite(name, int(found.partition(".")[0]))
        if isinstance(found, float) and not found.is_integer():
            raise _wrong(name, value, wanted)
        return _finite(name, int(found))

    return integer


def _float(name: str) -> Convert:
    def number(value: object) -> Value | None:
        found = _number(name, value, _FLOAT, "a number")
        if found is None:
            return None
        return _finite(name, float(found if isinstance(found, str) else _finite(name, found)))

    return number


def _bool(name: str) -> Convert:
    def boolean(value: object) -> Value | None:
        if isinstance(value, bool):
            return value
        if _blank(value):
            return None
        known = _BOOLEANS.get(str(value).strip().casefold()) if _plain(value) else None
        if known is None:
            raise _wrong(name, value, "true or false")
        return known

    return boolean


def _plain(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, int | float) and value in (0, 1))


def _day_number(text: str) -> int | None:
    """Days since 1970-01-01 of an ISO date or a whole number; `None` where it is neither.

    Nor is a number that is rather a year, or what is left of a date that was cut off.
    """
    if _INT.fullmatch(text):
        number = int(text.partition(".")[0])
        return number if abs(number) >= _FIRST_NUMBER else None
    if not _DATE.fullmatch(text):
        return None
    try:
        return number_of(date.fromisoformat(text))
    except ValueError:
        return None


def _day(name: str) -> Convert:
    whole = _int(name)

    def day(value: object) -> Value | None:
        if isinstance(value, str):
            text = value.strip()
            if not text:
                return None
            number = _day_number(text) if len(text) <= LONGEST_NAME else None
        else:
            number = whole(value)  # type: ignore[assignment]  # whole numbers come out
            if number is None:
                return None
            number = number if abs(number) >= _FIRST_NUMBER else None
        if number is None or not FIRST_DAY <= number <= LAST_DAY:
            raise RowError(
                f"a {name} that is no day",
                f"the {name} {shown(value)} is no day. Write it as 2024-03-01, or as the number"
                " of days since 1970-01-01.",
            )
        return number

    return day


def _list(name: str) -> Convert:
    what = f"the {name}"

    def texts(value: object) -> Value | None:
        if value is None:
            return None
        parts = value.split(";") if isinstance(value, str) else value
        if not isinstance(parts, list | tuple) or not all(isinstance(each, str) for each in parts):
            raise _wrong(name, value, "a list of texts")
        return [part for each in parts if (part := clean_text(each, what))] or None

    return texts


_BY_KIND: Mapping[Kind, Callable[[str], Convert]] = {
    "int": _int,
    "float": _float,
    "bool": _bool,
    "day": _day,
}


def property_check(
    found: Property, kind: str, count: Callable[[str], None], longest: int = LONGEST_TEXT
) -> Convert:
    """The check of a property of the model, of the label or relationship `kind`.

    `count` is told of values that an open list does not know. `longest` holds for texts.
    """
    if found.kind == "list":
        return _list(found.name)
    if found.kind != "text":
        return _remembering(_bounded(found, _BY_KIND[found.kind](found.name)))
    convert = _text(found.name, longest)
    if found.closed:
        return _closed(found, convert)
    return _open(found, kind, convert, count) if found.values else convert


class _Remembered(dict[str, "Value | None"]):
    """What texts were turned into; the same few numbers and days stand in many rows."""

    def __init__(self, convert: Convert) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, text: str) -> Value | None:
        found = self._convert(text)
        if len(self) < MOST_REMEMBERED:
            self[text] = found
        return found


def _remembering(convert: Convert) -> Convert:
    """The same check; a text is looked up, other values are not, since 1 is True to a dict."""
    remembered = _Remembered(convert)

    def check(value: object) -> Value | None:
        return remembered[value] if type(value) is str else convert(value)

    return check


def _closed(found: Property, convert: Convert) -> Convert:
    known: dict[object, str] = {each: each for each in found.values}
    name, listed = found.name, ", ".join(found.values)

    def choice(value: object) -> Value | None:
        if type(value) is str and value in known:
            return known[value]
        text = convert(value)
        if text is None or text in found.values:
            return text
        raise RowError(
            f"a {name} that is not on its list",
            f"the {name} {shown(text)} is not one of {listed}.{near(text, found.values)}",
        )

    return choice


def _open(found: Property, kind: str, convert: Convert, count: Callable[[str], None]) -> Convert:
    known = frozenset(found.values)

    def usual(value: object) -> Value | None:
        text = convert(value)
        if text is not None and text not in known:
            count(f"{kind}.{found.name} {shown(text)}")
        return text

    return usual


def _bounded(found: Property, convert: Convert) -> Convert:
    if found.low is None and found.high is None:
        return convert
    low = -math.inf if found.low is None else found.low
    high = math.inf if found.high is None else found.high
    until = f" to {high:g}" if found.high is not None else " or more"
    span = f"{low:g}{until}" if found.low is not None else f"at most {high:g}"

    def bounded(value: object) -> Value | None:
        number = convert(value)
        if isinstance(number, int | float) and not low <= number <= high:
            raise RowError(
                f"a {found.name} out of bounds", f"the {found.name} {number} is not {span}."
            )
        return number

    return bounded


def near(wrong: object, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known text; to a long one none can be near."""
    text = str(wrong)
    return nearest(text, known) if len(text) <= LONGEST_NAME else ""


def own_check(name: object, kind: str) -> Convert:
    """The check of a property that the model does not know: a user's own.

    Raises:
        RowError: no property can have that name.
    """
    if not isinstance(name, str) or len(name) > LONGEST_NAME or not _NAME.fullmatch(name):
        raise RowError(
            "a property whose name cannot be",
            f"{shown(name)} cannot be the name of a property: letters, digits and underscores,"
            f" at most {LONGEST_NAME}, and no digit first. Rename the column.",
        )
    if name == "id" or name in BOOKKEEPING or name in MADE_UP_BY_ENGINE:
        raise RowError(
            "a property that the store keeps for itself",
            f"'{name}' cannot be a property of {kind}: the store keeps that name for itself."
            f" Rename it, for example to '{kind.casefold()}_{name}'."
            + (" A node's name goes into 'name'." if name == "title" else ""),
        )
    return _own(name)


def _own(name: str) -> Convert:
    text, texts = _text(name), _list(name)

    def own(value: object) -> Value | None:
        if isinstance(value, bool):
            return value
        if isinstance(value, int | float):
            return _finite(name, value)
        return texts(value) if isinstance(value, list | tuple) else text(value)

    return own
