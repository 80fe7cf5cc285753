"""The columns of a table of staff, by what they mean: named by the user, or guessed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN, require_columns
from ownership_graph.readers.people import stated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.reading import Table

DOING = "reading the HR table"
NONE = "-"
"""What stands for the name of a column that is not to be guessed."""

_GUESSES: Mapping[str, str] = {
    "email": "email emailaddress workemail workemailaddress businessemail companyemail mail"
    " primaryworkemail userprincipalname upn",
    "login": "login loginname username samaccountname networkid userid",
    "number": "employeeid employeenumber employeeno empid empno personnelnumber personnelno"
    " personid staffid staffnumber workerid badgenumber number id",
    "name": "name fullname displayname employeename employee workername worker preferredname",
    "first_name": "firstname givenname forename preferredfirstname",
    "last_name": "lastname surname familyname",
    "team": "team teamname department departmentname dept orgunit organizationalunit"
    " organisationalunit organization organisation unit",
    "division": "division divisionname businessunit parentteam parentdepartment directorate",
    "manager": "manageremail managersemail manageremailaddress linemanageremail supervisoremail"
    " managerid manageremployeeid manageremployeenumber managernumber linemanagerid supervisorid"
    " manager managername linemanager supervisor supervisorname reportsto reportingto",
    "status": "status employmentstatus employeestatus workerstatus active isactive",
    "last_day": "terminationdate leavingdate leavedate lastday lastworkingday lastdayofwork"
    " exitdate departuredate enddate leftday lefton",
    "fte": "fte",
    "function": "function jobfunction",
}
_IDS = ("email", "login", "number")
_NO_LETTER = re.compile(r"[\W_]+")


def found_in(asked: Mapping[str, str], header: Sequence[str]) -> dict[str, int]:
    """The place of each column that was asked for or guessed; no guess takes another's."""
    found = {meaning: header.index(each) for meaning, each in asked.items() if each in header}
    names = [_NO_LETTER.sub("", each.casefold()) for each in header]
    for meaning, guesses in _GUESSES.items():
        free = (each for each in guesses.split() if each in names)
        place = next((at for at in map(names.index, free) if at not in found.values()), None)
        if not asked[meaning] and place is not None:
            found[meaning] = place
    return found


def is_staff(header: Sequence[str]) -> bool:
    """Whether a table names persons, how to tell them apart, and their managers.

    >>> is_staff(["Work Email", "Department", "Manager"]), is_staff(["ID", "Name", "Owner"])
    (True, False)
    """
    found = found_in(dict.fromkeys(_GUESSES, ""), header).keys()
    return "manager" in found and bool(found & set(_IDS)) and bool(found & {"name", "team"})


def columns_of(asked: Mapping[str, str], table: Table, path: Path) -> dict[str, int]:
    """The places of the columns, where the table has all that were asked for."""
    wanted = [each for each in asked.values() if each not in ("", NONE)]
    if not set(wanted) <= set(table.header):
        require_columns(table, wanted, file=str(path), doing=DOING)
    found = found_in(asked, table.header)
    if not found.keys() & set(_IDS):
        names = ", ".join(shown(each) for each in table.header[:MOST_SHOWN])
        raise SourceError(
            f"{DOING}: no column of an e-mail address, a login or a personnel number was found,"
            f" and names alone do not tell people apart. The header names {names}. Say which"
            " it is, as in --email 'Contact'; where names are unique, --login 'Name'.",
            file=str(path),
            line=table.header_line,
        )
    used = [table.header[place] for place in found.values()]
    twice = next((each for each in used if table.header.count(each) > 1), "")
    if twice:
        raise SourceError(
            f"{DOING}: two columns are called {shown(twice)}. Rename one.",
            file=str(path),
            line=table.header_line,
        )
    return found


def filled(columns: Mapping[str, int], cells: Sequence[str]) -> dict[str, str]:
    """What a row states; only a name may be a word that elsewhere says nothing."""
    texts = {
        meaning: cells[at].strip() if "name" in meaning else stated(cells[at])
        for meaning, at in columns.items()
    }
    return {meaning: text for meaning, text in texts.items() if text}
