"""What people state themselves, and what they deny: a TOML file, or a folder of them.

A node is [Label.id] with its properties, a relationship [[TYPE]] with from, to and its
properties; absent = true says that it is not so, whatever other sources state. An end is
"Label id", or the id alone where only one label can stand there.

A folder may also hold tables, nodes_<Label>.csv and rels_<TYPE>.csv, with a column absent. What
is stated here under the name manual is believed before every other source.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ownership_graph.errors import SettingsError, SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.model import LABELS, RELATIONSHIPS, nearest
from ownership_graph.records import ABSENT, Node, Promise, Relationship
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Properties, Record
    from ownership_graph.toml_file import TomlFile

PROVIDES: tuple[str, ...] = ()
SOURCE = "manual"

_DOING = "reading what people state"
_NODE = '[Model.m1] and under it stage = "retired"'
_TIE = '[[OWNS]] and under it from = "Team risk" and to = "Model m1"'
_TABLES = (".csv", ".gz")
_STATED = re.compile(r"^\s*(?:\[(\w+)\.|\[\[(\w+)\]\])", re.MULTILINE)


def inputs(path: Path) -> list[Path]:
    """The files that are all that `read` looks at, and perhaps some beside them."""
    return sorted(each for each in path.iterdir() if each.is_file()) if path.is_dir() else [path]


def read(path: Path) -> Iterator[Record]:
    """What the files state, without promising that it is all there is.

    Args:
        path: The TOML file, or a folder with such files, with tables, or with both.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    tables = [each for each in files if each.suffix in _TABLES]
    if path.is_dir() and any(each.suffix in _TABLES for each in path.iterdir()):
        tables = [path]
    if not files and not tables:
        raise SourceError(
            f"{_DOING}: nothing is there. Looked for files called *.toml, and for tables"
            " called nodes_<Label>.csv and rels_<TYPE>.csv.",
            file=str(path),
        )
    for file in files:
        if file not in tables:
            yield from _stated(_toml(file))
    for table in tables:
        said = find_importer("tables").read(path=table)
        yield from (each for each in said if not isinstance(each, Promise))


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each TOML file whose first table is a label with an id, or a relationship."""
    for file in surroundings.named("*.toml"):
        first = _STATED.search(surroundings.start(file))
        if first and (first[1] in LABELS or first[2] in RELATIONSHIPS):
            yield Found(file, "what people state themselves, and deny")


def _toml(file: Path) -> TomlFile:
    try:
        return read_toml(file, doing=_DOING)
    except SettingsError as error:
        raise SourceError(
            error.message, file=error.file, line=error.line, column=error.column
        ) from error


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something stands in a file."""

    toml: TomlFile
    path: tuple[str | int, ...]

    def under(self, key: str | int) -> _Place:
        return _Place(self.toml, (*self.path, key))

    @property
    def file(self) -> str:
        return Path(self.toml.file).name

    @property
    def line(self) -> int:
        return self.toml.line(*self.path)

    def fault(self, what: str) -> SourceError:
        return SourceError(f"{_DOING}: {what}", file=self.toml.file, line=self.line)


def _stated(toml: TomlFile) -> Iterator[Record]:
    """What one file says; a mistake in its form fails it whole, or a *no* could get lost."""
    for kind, said in toml.data.items():
        place = _Place(toml, (kind,))
        if kind in LABELS:
            yield from _nodes(kind, said, place)
        elif kind in RELATIONSHIPS:
            yield from _ties(kind, said, place)
        else:
            raise place.fault(
                f"{shown(kind)} is neither a label nor a relationship."
                f"{nearest(kind, (*LABELS, *RELATIONSHIPS))} Write: {_NODE}; or: {_TIE}"
            )


def _nodes(label: str, said: object, place: _Place) -> Iterator[Node]:
    if not isinstance(said, dict):
        raise place.fault(f"a {label} is a table with its id in the name. Write: {_NODE}")
    for own_id, entry in said.items():
        here = place.under(own_id)
        if not isinstance(entry, dict):
            raise here.fault(f"the {label} of {shown(own_id)} has no id. Write: {_NODE}")
        for name, value in entry.items():
            if isinstance(value, dict):
                raise here.under(name).fault(
                    "an id with a dot, a colon or a blank stands in quotes. Write:"
                    f' [{label}."{own_id}.{name}"]'
                )
        yield Node(label, own_id, _properties(entry, here), here.file, here.line)


def _ties(kind: str, said: object, place: _Place) -> Iterator[Relationship]:
    if not isinstance(said, list):
        raise place.fault(f"{kind} stands in two pairs of brackets. Write: {_TIE}")
    model = RELATIONSHIPS[kind]
    for number, entry in enumerate(said):
        here = place.under(number)
        if not isinstance(entry, dict):
            raise here.fault(f"{kind} is a table. Write: {_TIE}")
        start = _end(entry, "from", model.starts, here)
        end = _end(entry, "to", model.ends, here)
        rest = {name: each for name, each in entry.items() if name not in ("from", "to")}
        yield Relationship(kind, *start, *end, _properties(rest, here), here.file, here.line)


def _end(
    entry: dict[str, object], name: str, labels: tuple[str, ...], place: _Place
) -> tuple[str, str]:
    """The label and the id of an end."""
    if name not in entry:
        raise place.fault(f"'{name}' is missing. Write: {_TIE}")
    written, place = entry[name], place.under(name)
    if not isinstance(written, str) or not written.strip():
        raise place.fault(f"'{name}' is {shown(written)}, and no text. Write: {_TIE}")
    first, _, rest = written.strip().partition(" ")
    if first in labels and rest.strip():
        return first, rest.strip()
    if first in LABELS or len(labels) > 1:
        raise place.fault(
            f"{shown(written)} does not say which {' or '.join(labels)} is meant."
            f'{nearest(first, labels) if rest else ""} Write: {name} = "{labels[0]}'
            f' {(rest or written).strip()}"'
        )
    return labels[0], written.strip()


def _properties(entry: dict[str, object], place: _Place) -> Properties:
    """The properties as they were written; days as text, to be checked as any other row's."""
    properties: dict[str, object] = {}
    for name, value in entry.items():
        if name != ABSENT and nearest(name, (ABSENT,)):
            raise place.under(name).fault(f"{shown(name)} says nothing.{nearest(name, (ABSENT,))}")
        properties[name] = value.isoformat() if isinstance(value, date) else value
    return properties  # type: ignore[return-value]  # the check of rows looks at every value
