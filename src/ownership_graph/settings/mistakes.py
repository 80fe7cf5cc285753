"""What is wrong with the settings: every mistake with its key, its place, and what would do."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.errors import SettingsError
from ownership_graph.model import nearest
from ownership_graph.settings.keys import Settings, SourceSettings, StoreSettings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic import ValidationError

    from ownership_graph.settings.origins import Origin, Parts, Written

DOING = "reading the settings"
MANUAL = "manual"
_LIST = 'it is no list. Write ["…"], or where it is a table, [[source]].'
_SHAPES = {
    "tuple_type": _LIST,
    "string_type": "it is no text. Put it in quotes.",
    "path_type": "it is no path. Write it as a text, in quotes.",
    "model_type": "it is no table. Write it as [store], or as [[source]].",
    "float_type": "it is no number.",
    "float_parsing": "it is no number.",
}
"""What is said of a value of the wrong kind, by the name that pydantic has for it."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: a sentence, and where it was made."""

    what: str
    origin: Origin

    def error(self) -> SettingsError:
        """The mistake as an error by itself."""
        by = f" ({self.origin.variable} in the environment)" if self.origin.variable else ""
        return SettingsError(
            f"{DOING}: {self.what}{by}", file=self.origin.file, line=self.origin.line
        )


def raise_all(mistakes: Iterable[Mistake]) -> None:
    """Raise the first mistake in the order of the file, with the others as its notes.

    Raises:
        SettingsError: there is a mistake.
    """
    order = sorted(mistakes, key=lambda each: (bool(each.origin.variable), each.origin.line))
    if order:
        first, *others = [each.error() for each in dict.fromkeys(order)]
        for each in others:
            first.add_note(str(each))
        raise first


def refused(error: ValidationError, written: Written) -> Iterator[Mistake]:
    """What the types refuse; values are left out, they may be secrets."""
    for each in error.errors(include_input=False, include_url=False):
        path = each["loc"]
        if each["type"] == "extra_forbidden":
            fields = StoreSettings.model_fields if len(path) > 1 else Settings.model_fields
            hint = nearest(str(path[-1]), fields) or f" Known keys: {', '.join(sorted(fields))}."
            what = f"the key '{key_of(path)}' is not known.{hint}"
        elif each["type"] == "missing":
            what = f"the key '{key_of(path)}' is missing. Write it."
        else:
            what = (
                f"the key '{key_of(path)}': {_SHAPES.get(each['type']) or _sentence(each['msg'])}"
            )
        yield Mistake(what, written.around(*path))


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ").removesuffix(".")
    return f"{text[:1].lower()}{text[1:]}."


def key_of(path: Parts) -> str:
    """A path as a person writes it.

    >>> key_of(("source", 0, "mode"))
    'source[1].mode'
    """
    parts = (f"[{each + 1}]" if isinstance(each, int) else f".{each}" for each in path)
    return "".join(parts).removeprefix(".")


def disagreements(written: Written) -> Iterator[Mistake]:
    """What each key may say by itself, and all of them together may not."""
    names = _names(written)
    yield from chain(_twice(written, names), _unknown(written, set(names.values())))


def _names(written: Written) -> Mapping[int, str]:
    tables = written.data.get("source")
    found = enumerate(tables) if isinstance(tables, list) else ()
    return {
        place: table["name"]
        for place, table in found
        if isinstance(table, dict) and isinstance(table.get("name"), str)
    }


def _twice(written: Written, names: Mapping[int, str]) -> Iterator[Mistake]:
    first: dict[str, int] = {}
    for place, name in names.items():
        earlier = first.setdefault(name, place)
        if earlier != place:
            line = written.around("source", earlier, "name").line
            where = f" (line {line})" if line else ""
            yield Mistake(
                f"the key 'source[{place + 1}].name': another source is called '{name}',"
                f" too{where}. Rename one of the two.",
                written.around("source", place, "name"),
            )


def _unknown(written: Written, names: set[str]) -> Iterator[Mistake]:
    """Names that are no source's; without sources any name may be that of an ad hoc import."""
    known = names | {MANUAL}
    for path, name in _named(written):
        if names and name not in known and ":" not in name:
            hint = nearest(name, known) or f" Known: {', '.join(sorted(known))}."
            yield Mistake(
                f"the key '{key_of(path)}': there is no source called '{name}'.{hint}",
                written.around(*path),
            )


def _named(written: Written) -> Iterator[tuple[Parts, str]]:
    """The sources that other keys name."""
    listed = written.data.get("precedence")
    for place, name in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(name, str):
            yield ("precedence", place), name
    of_record = written.data.get("inventory_of_record")
    if isinstance(of_record, str):
        yield ("inventory_of_record",), of_record


OWN_KEYS = frozenset(SourceSettings.model_fields)
"""Keys of a source that are not its importer's."""
