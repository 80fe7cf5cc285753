"""An HR table (CSV, Excel): who works here, in which team and under whom, and who has left.

A row is a person's post. Columns are found by their usual names, such as Work Email, Department,
Line Manager or Termination Date; where they are called otherwise, an option says how. A person's
id is the e-mail address in lower case, else the login, else the personnel number. The manager can
be named by any of these, or by name. Who is no longer in the table has left, and stays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.importing.reading import open_table
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.staff import (
    Post,
    Staff,
    columns_of,
    filled,
    found_in,
    is_staff,
    post_of,
    words,
)
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Record

PROVIDES = ("Person",)
AUTHORITATIVE_FOR = ("Person",)


def read(  # noqa: PLR0913 -- each is an option
    path: Path,
    *,
    email: str = "",
    login: str = "",
    number: str = "",
    name: str = "",
    first_name: str = "",
    last_name: str = "",
    team: str = "",
    division: str = "",
    manager: str = "",
    status: str = "",
    last_day: str = "",
    fte: str = "",
    function: str = "",
    here: tuple[str, ...] = (),
    gone: tuple[str, ...] = (),
    dates: tuple[str, ...] = (),
    today: str = "",
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """The persons of the table, their teams and managers.

    Args:
        path: The table: CSV or JSON Lines, gzipped or not, an Excel workbook, or Parquet.
        email: The column of the e-mail address; found by its usual names, as the others are. A
            dash stands for none.
        login: The column of the login.
        number: The column of the personnel number.
        name: The column of the whole name.
        first_name: The column of the first name, where there is none of the whole name.
        last_name: The column of the last name.
        team: The column of the team or department.
        division: The column of what the team is part of.
        manager: The column of the manager: an address, login, number or name.
        status: The column that says whether the person works here.
        last_day: The column of the last day of work.
        fte: The column of the working time, as 0.8 or 80%.
        function: The column of the function, such as legal.
        here: More values of the status of who works here; * stands for any text.
        gone: More values of the status of who has left.
        dates: How the last day is written where it is not 2026-03-31, as %d/%m/%Y.
        today: The day up to which a last day has passed, as 2026-03-31; today where none is given.
        encoding: That of a text, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the columns.
    """
    asked = {
        "email": email, "login": login, "number": number, "name": name,
        "first_name": first_name, "last_name": last_name, "team": team, "division": division,
        "manager": manager, "status": status, "last_day": last_day, "fte": fte,
        "function": function,
    }  # fmt: skip
    spoken = words(here, gone, dates, today)
    rows: list[Post] = []
    with open_table(
        path,
        encoding=encoding,
        delimiter=delimiter,
        sheet=sheet,
        known=lambda header: len(found_in(asked, header)),
        doing="reading the HR table",
    ) as table:
        columns = columns_of(asked, table, path)
        for line, cells, why in table.rows:
            if why:
                yield Rejected(path.name, line, why)
            elif cells:
                rows.append(post_of(line, filled(columns, cells)))
    named = {meaning: table.header[place] for meaning, place in columns.items()}
    yield from Staff(rows, named, path.name, spoken).records()


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each table that names persons and their managers."""
    for file in surroundings.tables():
        header = surroundings.header(file)
        if is_staff(header.columns):
            yield Found(file, "a list of staff, with managers", header.options)
