"""Rejected rows as tables that can be mended and imported again."""

from __future__ import annotations

import csv
import re
from hashlib import blake2b
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.whole_file import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from ownership_graph.records import Rejected

AT, BECAUSE = "rejected_at", "rejected_because"
LOOSE = "rejected.txt"
NOT_IMPORTED = "not-imported"
"""The folder, in a source's own, for the rejected rows of a strict import that failed."""

LOOSE_HEAD = "Rows that were rejected, and that no table can hold:"
_TABLE = re.compile(r"(?:nodes|rels)_[A-Za-z_]\w{0,63}", re.ASCII)
_LONGEST_HEAD = 65_536
_LONGEST_NAME = 80


def folder_for(source: str, folder: Path) -> Path:
    """The folder of that source alone in `folder`; a name that is no file's gets a check sum.

    >>> from pathlib import Path
    >>> folder_for("inventory", Path("rejected")).as_posix()
    'rejected/inventory'
    >>> folder_for("tables:/data", Path("rejected")).as_posix()
    'rejected/tables-data-f12b3c0e'
    """
    plain = re.sub(r"[^\w.-]+", "-", source).strip("-.")[:_LONGEST_NAME]
    if plain == source:
        return folder / plain
    digest = blake2b(source.encode(errors="backslashreplace"), digest_size=4).hexdigest()
    return folder / f"{plain}-{digest}".strip("-")


def can_be_mended(rejected: Iterable[Rejected]) -> bool:
    """Whether any of the rows goes to a table, and not all to the list of the others."""
    return any(_TABLE.fullmatch(each.table) for each in rejected)


def write_rejected(folder: Path, rejected: Sequence[Rejected]) -> Path | None:
    """The folder with a table for each sort of rejected row, `None` where there are none.

    Each file is written whole or not at all, for the user's eyes only. Those of an earlier
    import go, also of one that failed; a file that this function did not write is never touched.

    Raises:
        UsageError: the folder cannot be written to, or holds tables of somebody else.
    """
    try:
        written = _write_all(folder, rejected) if rejected else set()
        stale = [each for each in _ours(folder) if each.name not in written]
        stale += _ours(folder / NOT_IMPORTED)
        for each in stale:
            each.unlink()
        for each in (folder / NOT_IMPORTED, folder) if stale else ():
            if each.is_dir() and not any(each.iterdir()):
                each.rmdir()
    except OSError as error:
        raise UsageError(
            f"writing the rejected rows to {folder}: {error.strerror}. Nothing was imported."
            " Name another folder."
        ) from error
    return folder if rejected else None


def _write_all(folder: Path, rejected: Sequence[Rejected]) -> set[str]:
    """Write a file for each table; their names come back."""
    folder.mkdir(parents=True, exist_ok=True)
    ours = set(_ours(folder))
    tables: dict[str, list[Rejected]] = {}
    for each in rejected:
        name = f"{each.table}.csv" if _TABLE.fullmatch(each.table) else LOOSE
        tables.setdefault(name, []).append(each)
    for name in tables:
        if (folder / name).exists() and folder / name not in ours:
            raise UsageError(
                f"writing the rejected rows to {folder}: its file {name} holds something else."
                " Nothing was imported. Name another folder."
            )
    for name, rows in tables.items():
        _write(folder / name, rows)
    return set(tables)


def _ours(folder: Path) -> list[Path]:
    """The files in the folder that an earlier import wrote."""
    tables = [each for each in folder.glob("*.csv") if _TABLE.fullmatch(each.stem)]
    return [each for each in (*tables, *folder.glob(LOOSE)) if _is_ours(each)]


def _is_ours(file: Path) -> bool:
    if not file.is_file() or file.is_symlink():
        return False
    with file.open(encoding="utf-8", errors="replace") as lines:
        head = lines.readline(_LONGEST_HEAD).rstrip("\n")
    return head == LOOSE_HEAD if file.name == LOOSE else head.endswith(f"{AT},{BECAUSE}")


def _write(file: Path, rejected: Sequence[Rejected]) -> None:
    with whole_file(file) as out:
        if file.name == LOOSE:
            out.writelines(_loose(rejected))
        else:
            csv.writer(out, lineterminator="\n").writerows(_table(rejected))


def _table(rejected: Sequence[Rejected]) -> Iterable[list[str]]:
    columns = [*dict.fromkeys(name for each in rejected for name in each.row)]
    columns = [name for name in columns if name not in (AT, BECAUSE)]
    yield [*columns, AT, BECAUSE]
    for each in rejected:
        cells = [each.row.get(name, "").replace("\0", "\\0") for name in columns]
        yield [*cells, _place(each), each.why]


def _loose(rejected: Sequence[Rejected]) -> Iterable[str]:
    yield f"{LOOSE_HEAD}\n"
    for each in rejected:
        held = "".join(f"\n    {name}: {value}" for name, value in each.row.items())
        yield f"{_place(each)}: {each.why}{held}\n"


def _place(rejected: Rejected) -> str:
    return f"{rejected.file}:{rejected.line}" if rejected.line else rejected.file
