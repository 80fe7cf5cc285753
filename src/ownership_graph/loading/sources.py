"""From the sources of the settings to what is to be imported, every mistake told at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from ownership_graph.errors import SettingsError, SourceError, UsageError
from ownership_graph.importing.importers import Importer, find_importer
from ownership_graph.loading.order import Order
from ownership_graph.model import nearest
from ownership_graph.secret import Secret
from ownership_graph.settings import OWN_KEYS, Mistake, key_of, raise_all

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.importing.options import Option
    from ownership_graph.settings import Settings, Written


def orders_of(settings: Settings, names: Sequence[str] = ()) -> list[Order]:
    """What is to be imported, in the order of the settings: all sources, or those of `names`.

    An importer whose own file cannot be loaded fails only when it is to read, so that the
    other sources go on.

    Raises:
        UsageError: a name is no source's; the nearest one is offered.
        SettingsError: an importer is not known, or its options are wrong; every mistake is
            told with its file and line.
    """
    known = [each.name for each in settings.source]
    for name in names:
        if name not in known:
            hint = nearest(name, known) or f" Known: {', '.join(known) or 'none'}."
            raise UsageError(f"choosing sources: the settings have none called '{name}'.{hint}")
    written = settings.written
    given = [
        _Given.of(written, settings.importers, place, source.importer, source.options)
        for place, source in enumerate(settings.source)
    ]
    raise_all(mistake for each in given for mistake in each.mistakes())
    return [
        Order(
            source.name,
            each.importer,
            each.values(),
            mode=source.mode,
            removal_guard=source.removal_guard,
            authoritative_for=source.authoritative_for,
        )
        for source, each in zip(settings.source, given, strict=True)
        if not names or source.name in names
    ]


def mistakes_of_sources(written: Written) -> list[Mistake]:
    """What is wrong with the importers of the sources and with their options.

    What file and environment say need not be right in other respects.
    """
    folders = _folders(written)
    found = [
        Mistake(
            f"the key 'importers[{place + 1}]': there is no folder {folder}. Check the path.",
            written.around("importers", place),
        )
        for place, folder in enumerate(folders)
        if not folder.is_dir()
    ]
    if found:
        return found
    tables = written.data.get("source")
    for place, table in enumerate(tables if isinstance(tables, list | tuple) else ()):
        if isinstance(table, dict) and isinstance(table.get("importer"), str):
            own = {name: value for name, value in table.items() if name not in OWN_KEYS}
            given = _Given.of(written, folders, place, table["importer"], own)
            found.extend(given.mistakes())
    return found


def _folders(written: Written) -> list[Path]:
    listed = written.data.get("importers")
    texts = listed if isinstance(listed, list | tuple) else ()
    base = written.folder if written.origin("importers").file else Path()
    return [base / each for each in texts if isinstance(each, str | Path)]


def _broken(name: str, why: str) -> Importer:
    """An importer that fails when it is to read."""

    def read() -> NoReturn:
        raise SourceError(why)

    return Importer(name, Path(), "", "", (), "full", (), read)


@dataclass(frozen=True, slots=True)
class _Given:
    """One source's importer, with the options as they were written."""

    written: Written
    place: int
    importer: Importer
    options: Mapping[str, object]
    unknown: str = ""

    @classmethod
    def of(
        cls,
        written: Written,
        folders: Sequence[Path],
        place: int,
        name: str,
        options: Mapping[str, object],
    ) -> _Given:
        """The source at that place; `unknown` is the sentence where nothing has that name."""
        try:
            return cls(written, place, find_importer(name, folders), options)
        except UsageError as error:
            return cls(written, place, _broken(name, str(error)), {}, str(error))
        except SettingsError as error:
            return cls(written, place, _broken(name, str(error)), {})

    def mistakes(self) -> Iterator[Mistake]:
        """Options that the importer does not have, that are missing, or not of their type."""
        if self.unknown:
            yield self._mistake("importer", f": {self.unknown.partition(': ')[2]}")
        known = {each.name: each for each in self.importer.options}
        for name, value in self.options.items():
            if name not in known:
                hint = nearest(name, [*known, *OWN_KEYS]) or f" Known: {', '.join(known)}."
                why = f"the importer '{self.importer.name}' has no such option.{hint}"
                yield self._mistake(name, f": {why}")
            elif why := _refusal(known[name], value):
                yield self._mistake(name, f": {why}")
        for each in self.importer.options:
            if each.required and each.name not in self.options:
                meaning = f" ({each.meaning.rstrip('.')})" if each.meaning else ""
                yield self._mistake(each.name, f" is missing{meaning}. Write it.")

    def _mistake(self, name: str, why: str) -> Mistake:
        at = ("source", self.place, name)
        return Mistake(f"the key '{key_of(at)}'{why}", self.written.around(*at))

    def values(self) -> dict[str, object]:
        """The options of their types, the file's own paths taken from the file's folder."""
        known = {each.name: each for each in self.importer.options}
        return {
            name: self._placed(name, known[name].value(value))
            for name, value in self.options.items()
        }

    def _placed(self, name: str, value: object) -> object:
        at, folder = self.written.origin("source", self.place, name), self.written.folder
        match value:
            case tuple():
                return tuple(self._placed(name, each) for each in value)
            case Path() if at.file:
                return folder / value.expanduser()
            case Secret() if at.file:
                return replace(value, folder=folder, file=at.file, line=at.line)
        return value


def _refusal(option: Option, value: object) -> str:
    """Why the option cannot have that value; empty where it can."""
    try:
        option.value(value)
    except UsageError as error:
        return str(error).partition(": ")[2]
    return ""
