"""Requests out of an export of Jira as CSV, in which a column with several values is repeated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.values import near
from ownership_graph.readers.addresses import address
from ownership_graph.readers.approvals.jira_site import DOING
from ownership_graph.readers.approvals.requests import ENDED, Answer, Request
from ownership_graph.readers.people import folded, stated
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.importing.reading import Table
    from ownership_graph.readers.approvals.jira import Meaning

KEY, STATUS = "issue key", "status"
DECIDED = ("resolved", "status category changed")


@dataclass
class Rows:
    """The rows of an export; `approvers` and `requested` are the columns that say so.

    `unclear` are decided issues of which nothing says at which of several gates that was.
    """

    meaning: Meaning
    approvers: str
    requested: str
    unclear: list[str] = field(default_factory=list)

    def read(self, table: Table, file: str) -> Iterator[Request | Rejected]:
        """The requests of the table: the issues that wait at a gate, and those decided."""
        places = _places(table.header)
        for wanted in (KEY, STATUS, self.meaning.models.where):
            if folded(wanted) not in places:
                raise SourceError(
                    f"{DOING}: the column {shown(wanted)} is missing."
                    f"{near(wanted, table.header)} Export all fields, or name another column.",
                    file=file,
                    line=table.header_line,
                )
        for line, cells, why in table.rows:
            if why:
                yield Rejected(self.meaning.file, line, why)
            elif cells:
                yield from self._request(_Row(line, cells, places))
        yield from self.meaning.models.told(self.meaning.file)
        if self.unclear:
            yield Rejected(
                self.meaning.file,
                0,
                f"{len(self.unclear):,} decided issues do not say at which of"
                f" {len(self.meaning.gates)} gates that was, such as {self.unclear[0]}. They were"
                " left out. Name one gate, or read over --url, where the way of each is known.",
            )

    def _request(self, row: _Row) -> Iterator[Request]:
        key, status = row.one(KEY), row.one(STATUS)
        gate = self.meaning.gate(status)
        answer = "" if gate else self.meaning.answers.get(folded(status), "")
        if not gate and answer:
            if len(self.meaning.gates) > 1:
                self.unclear.append(shown(key))
                return
            gate = self.meaning.gates[0]
        models = gate and self.meaning.models.of(key, row.several(self.meaning.models.where))
        if models:
            status = answer or "pending"
            yield Request(
                id=f"jira:{key}/{gate}/1",
                name=f"{gate}: {key}",
                gate=gate,
                models=models,
                step=key,
                status=status,
                answers=self._answers(row, status),
                requested=self.meaning.day(row.one(self.requested)),
                decided=self.meaning.day(row.first(*DECIDED)) if status in ENDED else None,
                due=self.meaning.day(row.one("due date")),
                requested_by=tuple(("Person", each) for each in _people(row, "reporter")),
                file=self.meaning.file,
                line=row.line,
            )

    def _answers(self, row: _Row, status: str) -> tuple[Answer, ...]:
        """Who is asked; who of several answered is not told, so then it is nobody."""
        people = _people(row, self.approvers) or _people(row, "assignee")
        if status in ENDED and len(people) > 1:
            return ()
        return tuple(Answer(("Person", each), status) for each in people)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, with all cells of each name."""

    line: int
    cells: Sequence[str]
    places: Mapping[str, Sequence[int]]

    def several(self, name: str) -> list[str]:
        """What the columns of that name say."""
        found = (self.cells[place].strip() for place in self.places.get(folded(name), ()))
        return [each for each in found if each]

    def one(self, name: str) -> str:
        """What the first of them says that is not blank."""
        return next(iter(self.several(name)), "")

    def first(self, *names: str) -> str:
        """What the first of these names says that is not blank."""
        return next(filter(None, map(self.one, names)), "")


def _places(header: Sequence[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for place, name in enumerate(header):
        places[folded(name)].append(place)
    return places


def _people(row: _Row, column: str) -> list[str]:
    found = (stated(each) for each in row.several(column))
    return list(dict.fromkeys(address(each) or each for each in found if each))
