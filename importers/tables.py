"""Node and edge tables: a folder of nodes_<Label>.csv and rels_<TYPE>.csv, gzipped or not.

A node table has the column id, an edge table from_label, from, to_label and to; every other
column is a property. A column entity, where there is one, must repeat the label of the file's
name. The columns source (of edges), rejected_at and rejected_because are passed over. A table
that is there, with or without rows, promises that the source says all it knows of its label or
relationship.

This is what the rejected rows of an import are written as, so that they can be mended and
imported again.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.checking import rejected_row
from ownership_graph.importing.quoting import shown, so_many
from ownership_graph.importing.reading import open_table, require_columns
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.values import RowError, own_check
from ownership_graph.model import LABELS, RELATIONSHIPS, nearest
from ownership_graph.records import Node, Promise, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from ownership_graph.importing.reading import Table
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Properties, Record

PROVIDES: tuple[str, ...] = ()

_NAME = re.compile(r"(nodes|rels)_(.+)\.csv(?:\.gz)?")
_ALMOST = re.compile(
    r"(?:nodes?|rels?|edges?|relationships?)[-_. ].+\.[ct]sv(?:\.gz)?", re.IGNORECASE
)
_ENTITY = "entity"
_NODE_KEYS = ("id",)
_EDGE_KEYS = ("from_label", "from", "to_label", "to")
_PASSED_OVER = frozenset({"rejected_at", "rejected_because"})
_DOING = "reading the node and edge tables"


@dataclass(frozen=True, slots=True)
class _File:
    """One table's file; `kind` is the label or relationship that its name says."""

    path: Path
    nodes: bool
    kind: str

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def stem(self) -> str:
        return f"{'nodes' if self.nodes else 'rels'}_{self.kind}"


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return _candidates(path) if path.is_dir() else [path]


def read(path: Path, *, encoding: str = "auto", delimiter: str = ",") -> Iterator[Record]:
    """What the tables state, nodes first, and a promise for each table that is there.

    Args:
        path: The folder with the tables, or one of the tables.
        encoding: Their encoding, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts their columns: one character, or comma, semicolon, tab, pipe.
    """
    for file in _files(path):
        if isinstance(file, Rejected):
            yield file
            continue
        yield Promise(file.kind)
        with open_table(
            file.path,
            encoding=encoding,
            delimiter=delimiter,
            known=_known_nodes if file.nodes else _known_edges,
            doing=_DOING,
        ) as table:
            yield from (_nodes if file.nodes else _edges)(file, table)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each folder that holds such tables."""
    folders: dict[Path, list[Path]] = defaultdict(list)
    for file in surroundings.named("nodes_*.csv*", "rels_*.csv*"):
        if (name := _NAME.fullmatch(file.name)) and name[2] in {*LABELS, *RELATIONSHIPS}:
            folders[file.parent].append(file)
    for folder, files in folders.items():
        tables = so_many(len(files), "node and edge table")
        yield Found(folder, tables, name=folder.name, also=tuple(files))


def _known_nodes(header: Sequence[str]) -> int:
    return len({*_NODE_KEYS, _ENTITY} & set(header))


def _known_edges(header: Sequence[str]) -> int:
    return len(set(_EDGE_KEYS) & set(header))


def _files(path: Path) -> Iterator[_File | Rejected]:
    """The tables in their order, and a rejection for each name that is no table's."""
    if path.is_dir():
        candidates = _candidates(path)
        _refuse(path, candidates)
    elif not path.exists():
        raise SourceError(
            f"{_DOING}: there is no such file or folder. Check the path.", file=str(path)
        )
    elif not _NAME.fullmatch(path.name):
        raise SourceError(
            f"{_DOING}: a table is called nodes_<Label>.csv or rels_<TYPE>.csv, as"
            " nodes_Model.csv. Any other CSV is read through a mapping, by the importer 'table'.",
            file=str(path),
        )
    else:
        candidates = [path]
    yield from map(_file, candidates)


def _candidates(folder: Path) -> list[Path]:
    return sorted(each for each in folder.iterdir() if _ALMOST.fullmatch(each.name))


def _refuse(folder: Path, candidates: Sequence[Path]) -> None:
    """Refuse a folder with no table, with one table twice, or with links out of it."""
    if not candidates:
        raise SourceError(
            f"{_DOING}: no table is there. Looked for files called nodes_<Label>.csv and"
            " rels_<TYPE>.csv, with or without .gz.",
            file=str(folder),
        )
    inside = os.path.realpath(folder)
    for each in candidates:
        if not Path(os.path.realpath(each)).is_relative_to(inside):
            raise SourceError(
                f"{_DOING}: this link leads out of the folder. Put the file itself there.",
                file=str(each),
            )
        if each.suffix == ".gz" and each.with_suffix("") in candidates:
            raise SourceError(
                f"{_DOING}: {each.with_suffix('').name} is there, too. Keep one of the two.",
                file=str(each),
            )


def _file(path: Path) -> _File | Rejected:
    found = _NAME.fullmatch(path.name)
    if not found:
        return Rejected(
            path.name,
            0,
            "a table is called nodes_<Label>.csv or rels_<TYPE>.csv. Rename the file.",
        )
    nodes, kind = found[1] == "nodes", found[2]
    known = LABELS if nodes else RELATIONSHIPS
    if kind in known:
        return _File(path, nodes, kind)
    what = "label" if nodes else "relationship"
    return Rejected(
        path.name,
        0,
        f"the {what} {shown(kind)} in the file's name is not in the model, so nothing of it was"
        f" read.{nearest(kind, known)} Rename the file.",
    )


def _nodes(file: _File, table: Table) -> Iterator[Record]:
    header, label = table.header, file.kind
    require_columns(table, _NODE_KEYS, file=str(file.path), doing=_DOING)
    names, pick = _properties(file, table, {*_NODE_KEYS, _ENTITY, *_PASSED_OVER})
    own_id = header.index("id")
    entity = header.index(_ENTITY) if _ENTITY in header else None
    name = file.name
    for line, cells, why in table.rows:
        if why:
            yield _rejected(file, header, line, cells, why)
        elif cells and entity is not None and cells[entity].strip() != label:
            wrong = (
                f"the entity {shown(cells[entity])} is not {label}, which the file's name says."
                " Mend it, or move the row to the table of that label."
            )
            yield _rejected(file, header, line, cells, wrong)
        elif cells:
            stated: Properties = {
                each: cell for each, cell in zip(names, pick(cells), strict=True) if cell
            }
            yield Node(label, cells[own_id], stated, name, line)


def _edges(file: _File, table: Table) -> Iterator[Record]:
    header, kind, name = table.header, file.kind, file.name
    require_columns(table, _EDGE_KEYS, file=str(file.path), doing=_DOING)
    names, pick = _properties(file, table, {*_EDGE_KEYS, "source", *_PASSED_OVER})
    ends = itemgetter(*(header.index(each) for each in _EDGE_KEYS))
    for line, cells, why in table.rows:
        if why:
            yield _rejected(file, header, line, cells, why)
        elif cells:
            from_label, from_id, to_label, to_id = ends(cells)
            stated: Properties = {
                each: cell for each, cell in zip(names, pick(cells), strict=True) if cell
            }
            yield Relationship(kind, from_label, from_id, to_label, to_id, stated, name, line)


def _properties(
    file: _File, table: Table, others: set[str]
) -> tuple[tuple[str, ...], Callable[[list[str]], Sequence[str]]]:
    """The columns that are properties, and what picks their cells out of a row."""
    model = (LABELS if file.nodes else RELATIONSHIPS)[file.kind].properties
    places = [place for place, name in enumerate(table.header) if name not in others]
    names = tuple(table.header[place] for place in places)
    for name in names:
        if name not in model or name == "id":
            try:
                own_check(name, file.kind)
            except RowError as error:
                raise SourceError(
                    f"{_DOING}: {error.why}", file=str(file.path), line=table.header_line
                ) from error
    if len(places) > 1:
        return names, itemgetter(*places)
    return names, itemgetter(slice(places[0], places[0] + 1) if places else slice(0))


def _rejected(
    file: _File, header: Sequence[str], line: int, cells: Sequence[str], why: str
) -> Rejected:
    row = {
        name: cell for name, cell in zip(header, cells, strict=False) if name not in _PASSED_OVER
    }
    return rejected_row(file.name, line, why, file.stem, row)
