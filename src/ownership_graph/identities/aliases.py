"""The alias file: a line for each name that somebody or something else is known by."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from ownership_graph.errors import SettingsError, SourceError
from ownership_graph.identities.folding import folded
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import open_table, require_columns
from ownership_graph.model import LABELS, nearest, sharing_an_end

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

COLUMNS = ("alias", "label", "id")
DOING = "reading the identities"
CHECKSUM_BYTES = 16

Names: TypeAlias = "dict[str, dict[str, str]]"
"""Of each label, the names as they are looked up, each with the id that it stands for."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """Which id each name stands for, by label; names that stand for themselves included."""

    names: Mapping[str, Mapping[str, str]]

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.names)

    def id_of(self, label: str, name: str) -> str:
        """The id that the name stands for; the name itself where nothing else is known."""
        known = self.names.get(label)
        return name if known is None else known.get(folded(label, name), name)

    @property
    def checksum(self) -> str:
        """32 hexadecimal digits, the same for the same names in any order; blank for none."""
        if not self.names:
            return ""
        listed = sorted(
            (label, *each) for label, known in self.names.items() for each in known.items()
        )
        return blake2b(msgspec.json.encode(listed), digest_size=CHECKSUM_BYTES).hexdigest()


NOBODY = Aliases({})
"""No aliases at all."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    alias: str
    label: str
    id: str


def read_aliases(file: Path | None) -> Aliases:
    """The aliases in that file, chains followed to their ends; without a file there are none.

    Raises:
        SettingsError: the file cannot be read, or says what cannot be; the first mistake, with
            the others as its notes.
    """
    if file is None:
        return NOBODY
    try:
        lines, mistakes = _lines(file)
    except SourceError as error:
        raise SettingsError(
            error.message, file=error.file, line=error.line, column=error.column
        ) from error
    mistakes += _clashes(lines)
    if mistakes:
        first, *others = [
            SettingsError(f"{DOING}: {why}", file=str(file), line=line)
            for line, why in sorted(mistakes)
        ]
        for each in others:
            first.add_note(str(each))
        raise first
    return Aliases(_resolved(lines))


_Mistakes: TypeAlias = "list[tuple[int, str]]"


def _lines(file: Path) -> tuple[list[_Line], _Mistakes]:
    lines: list[_Line] = []
    mistakes: _Mistakes = []

    def known(header: Iterable[str]) -> int:
        return len(set(COLUMNS) & set(header))

    with open_table(file, known=known, doing=DOING) as table:
        require_columns(table, COLUMNS, file=str(file), doing=DOING)
        places = [table.header.index(each) for each in COLUMNS]
        for number, cells, why in table.rows:
            if why:
                mistakes.append((number, why))
            elif cells:
                alias, label, own_id = (cells[place].strip() for place in places)
                wrong = _wrong(alias, label, own_id)
                if wrong:
                    mistakes.append((number, wrong))
                else:
                    lines.append(_Line(number, alias, label, own_id))
    return lines, mistakes


def _wrong(alias: str, label: str, own_id: str) -> str:
    if label not in LABELS:
        return f"the label {shown(label)} is not in the model.{nearest(label, LABELS)}"
    if not alias or not own_id:
        return f"the {'alias' if own_id else 'id'} is blank. Fill it in, or take the line out."
    return ""


def _clashes(lines: list[_Line]) -> _Mistakes:
    """Names that stand for two ids, for themselves in a circle, or for things of two labels."""
    return [*_two_targets(lines), *_circles(lines), *_two_labels(lines)]


def _two_targets(lines: list[_Line]) -> Iterator[tuple[int, str]]:
    first: dict[tuple[str, str], _Line] = {}
    spelt: dict[tuple[str, str], _Line] = {}
    for each in lines:
        known = first.setdefault((each.label, folded(each.label, each.alias)), each)
        if folded(each.label, known.id) != folded(each.label, each.id):
            yield (
                each.number,
                (
                    f"the alias {shown(each.alias)} stands for {shown(known.id)} in line"
                    f" {known.number}, and for {shown(each.id)} here. Take one of the two out."
                ),
            )
        other = spelt.setdefault((each.label, folded(each.label, each.id)), each)
        if other.id != each.id:
            yield (
                each.number,
                (
                    f"the id {shown(each.id)} is spelt {shown(other.id)} in line {other.number}."
                    " Spell it in one way."
                ),
            )


def _circles(lines: list[_Line]) -> Iterator[tuple[int, str]]:
    steps = _steps(lines)
    told: set[tuple[str, str]] = set()
    for each in lines:
        start = name = (each.label, folded(each.label, each.alias))
        passed: list[tuple[str, str]] = []
        while name in steps and name not in passed:
            passed.append(name)
            name = (each.label, folded(each.label, steps[name]))
        if name == start and len(passed) > 1 and name not in told:
            told.update(passed)
            yield (
                each.number,
                (
                    f"{shown(each.alias)} stands for itself in a circle:"
                    f" {' → '.join(text for _, text in [*passed, name])}. Take a line of it out."
                ),
            )


def _two_labels(lines: list[_Line]) -> Iterator[tuple[int, str]]:
    ids: dict[str, dict[str, _Line]] = defaultdict(dict)
    for each in lines:
        ids[each.id].setdefault(each.label, each)
    for each in lines:
        for label in sorted(sharing_an_end(each.label) & ids.get(each.alias, {}).keys()):
            yield (
                each.number,
                (
                    f"the alias {shown(each.alias)} of a {each.label} is the id of a {label} in"
                    f" line {ids[each.alias][label].number}. Call one of the two otherwise."
                ),
            )


def _steps(lines: Iterable[_Line]) -> dict[tuple[str, str], str]:
    """From each name to the id that its line gives; a name that is its own id takes no step."""
    return {
        (each.label, folded(each.label, each.alias)): each.id
        for each in lines
        if folded(each.label, each.alias) != folded(each.label, each.id)
    }


def _resolved(lines: list[_Line]) -> Names:
    """Each name with the id at the end of its chain, and that id as a name of itself."""
    steps = _steps(lines)
    names: Names = {}
    for each in lines:
        own_id = each.id
        while (each.label, folded(each.label, own_id)) in steps:
            own_id = steps[each.label, folded(each.label, own_id)]
        known = names.setdefault(each.label, {})
        known[folded(each.label, each.alias)] = own_id
        known[folded(each.label, own_id)] = own_id
    return names
