"""ServiceNow: who was asked to approve what (the table sysapproval_approver), and the answer.

Read over the REST table API (--url with --token, or --user and --token as its password), or
from an export of that table as CSV or JSON. Rows of one task for one group, or for one gate and
made on the same day, are one request. Which field names the model is an option; requests that
name none are counted and left out.

Rows that access rules hide are missing without an error: where ServiceNow counts more than it
gives, the source counts as read in part.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN, open_table, require_columns
from ownership_graph.importing.recognising import Found
from ownership_graph.model import nearest
from ownership_graph.readers.approvals.linking import Models
from ownership_graph.readers.approvals.requests import EVENTS, Request, stated
from ownership_graph.readers.approvals.servicenow import Fields, Row, requests_in, row_of
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.numbers import whole_in
from ownership_graph.readers.picking import table, tables, text
from ownership_graph.records import Partial, Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.web import Answer
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = EVENTS
MODE = "events"

_DOING = "reading the approvals of ServiceNow"
_TABLE = "api/now/table/sysapproval_approver"
_LABELS = {
    "sys_id": "sys_id", "state": "state", "approver": "approver", "approval_for": "sysapproval",
    "approving": "document_id", "group": "group", "source_table": "source_table",
    "due_date": "due_date", "created": "sys_created_on", "updated": "sys_updated_on",
    "assignment_group": "group.assignment_group", "configuration_item": "sysapproval.cmdb_ci",
}  # fmt: skip
_NEEDED = ("state", "approver")
_CUT_AT = 10_000
_MODEL = "sysapproval.cmdb_ci"
_FIELD = re.compile(r'"([\w.]+)":')
_ASK = 'Say which field names the model: model_field = "…".'


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each export of the table, as CSV or JSON, by the fields in it."""
    for file in surroundings.named("*.csv", "*.json"):
        more = {}
        if file.suffix == ".csv":
            header = surroundings.header(file)
            fields = {_folded(each) for each in header.columns}
            more = header.options
        else:
            fields = set(_FIELD.findall(surroundings.start(file)))
        if {"sysapproval", *_NEEDED} <= fields:
            ask = "" if _MODEL in fields else _ASK
            yield Found(file, "approvals exported from ServiceNow", more, ask=ask)


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    url: str = "",
    token: Secret | None = None,
    user: str = "",
    query: str = "",
    model_field: str = _MODEL,
    model_pattern: str = "{model}",
    model_id: str = "{model}",
    gate_field: tuple[str, ...] = ("group.assignment_group", "group", "source_table"),
    person_field: tuple[str, ...] = ("approver.user_name", "approver"),
    requested_by_field: tuple[str, ...] = ("sysapproval.opened_by.user_name",),
    dates: tuple[str, ...] = (),
    page_size: int = 1000,
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """The requests of the table, each an Approval with its relationships.

    Args:
        path: An export of the table, as CSV, Excel or JSON; or nothing, with --url.
        url: The instance: https://example.service-now.com.
        token: Where the OAuth token is kept, or with --user the password.
        user: Who asks, where the token is a password.
        query: An encoded query that asks for fewer rows, as source_table=change_request.
        model_field: The field that names the model.
        model_pattern: What that field says, as "Release {model}*".
        model_id: The model's id, made of its name.
        gate_field: The fields that name the gate; the first that says anything counts.
        person_field: The fields that name the approver.
        requested_by_field: The fields that name who asked.
        dates: How an export writes points in time, where not as 2026-03-01 13:00:00 in UTC.
        page_size: How many rows are asked for at once.
        encoding: The encoding of a CSV, such as utf-8 or cp1252; auto tells UTF-8, UTF-16, cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the columns.
    """
    if bool(url) == bool(path):
        raise UsageError(f"{_DOING}: give either an export, or --url.")
    models = Models(model_field, model_pattern, model_id)
    fields = Fields(models, gate_field, person_field, requested_by_field, dates)
    if path and not _is_json(path):
        fields = _labelled(fields)
    rows: list[Row] = []
    found = (
        _exported(path, fields, encoding=encoding, delimiter=delimiter, sheet=sheet)
        if path
        else _asked(url, authorization(token, user), query, fields.all, page_size)
    )
    for each in found:
        if isinstance(each, Row):
            rows.append(each)
        else:
            yield each
    yield Promise("DECIDED_BY")
    for request in requests_in(rows, fields, path.name if path else "sysapproval_approver"):
        yield from stated(request) if isinstance(request, Request) else (request,)


def _is_json(path: Path) -> bool:
    return ".json" in map(str.casefold, path.suffixes)


def _exported(path: Path, fields: Fields, **written: str) -> Iterator[Row | Rejected | Partial]:
    rows = _from_json(path, fields) if _is_json(path) else _from_table(path, fields, **written)
    count = 0
    for row in rows:
        count += 1
        yield row
    if count == _CUT_AT:
        yield Partial(
            f"{_DOING}: the export holds {_CUT_AT:,} rows, which is where ServiceNow cuts them"
            " off. Export fewer at a time, or read over --url.",
            str(path),
        )


def _from_json(path: Path, fields: Fields) -> Iterator[Row]:
    data = read_json(path, doing=_DOING)
    listed = data if isinstance(data, list) else None
    found = tables(data, "result") or tables(data, "records") or tables(listed)
    if not found:
        raise SourceError(
            f"{_DOING}: there is no list of rows under 'result' or 'records'. Is this an export"
            " of sysapproval_approver?",
            file=str(path),
        )
    names = list(dict.fromkeys(name for each in found for name in each))
    _require(fields, names, path, names)
    for number, each in enumerate(found, start=1):
        yield row_of(number, each, fields.all)


def _from_table(path: Path, fields: Fields, **written: str) -> Iterator[Row | Rejected]:
    with open_table(path, known=_known, doing=_DOING, **written) as table:
        names = [_folded(each) for each in table.header]
        named = replace(table, header=tuple(names))
        require_columns(named, _NEEDED, file=str(path), doing=_DOING)
        _require(fields, names, path, table.header)
        places = [(place, name) for place, name in enumerate(names) if name in fields.all]
        for line, cells, why in table.rows:
            if why:
                yield Rejected(path.name, line, why)
            elif cells:
                said = {name: cells[place].strip() for place, name in places}
                yield Row(line, said, said)


def _require(fields: Fields, names: Sequence[str], path: Path, header: Sequence[str]) -> None:
    """Refuse an export in which no column can say what every request is asked for.

    The columns are told as they are written in the header.
    """
    asked = {
        "model_field": (fields.models.where,), "gate_field": fields.gate,
        "person_field": fields.person,
    }  # fmt: skip
    for option, wanted in asked.items():
        if not set(wanted) & {*names}:
            near = next(filter(None, (nearest(each, header) for each in wanted)), "")
            raise SourceError(
                f"{_DOING}: there is no such column as {' or '.join(map(shown, wanted))}.{near}"
                f" The columns are {', '.join(map(shown, header[:MOST_SHOWN]))}"
                f"{' and more' if len(header) > MOST_SHOWN else ''}. Say which it is:"
                f' {option} = "…".',
                file=str(path),
            )


def _labelled(fields: Fields) -> Fields:
    """The same fields, where a column is called by its label."""
    return replace(
        fields,
        models=replace(fields.models, where=_folded(fields.models.where)),
        gate=tuple(map(_folded, fields.gate)),
        person=tuple(map(_folded, fields.person)),
        requested_by=tuple(map(_folded, fields.requested_by)),
    )


def _folded(name: str) -> str:
    """The field of a column that is called by it, or by its label."""
    folded = name.strip().casefold().replace(" ", "_")
    return _LABELS.get(folded, folded)


def _known(header: Sequence[str]) -> int:
    return len({*_LABELS.values()}.intersection(map(_folded, header)))


@dataclass
class _Pages:
    """What was given so far: how many rows ServiceNow counts, and which came."""

    size: int
    total: int | None = None
    offset: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def parameters(self) -> dict[str, str | int]:
        """Which rows come next."""
        return {"sysparm_limit": self.size, "sysparm_offset": self.offset}

    def take(self, answer: Answer) -> list[dict[str, object]]:
        """The rows of the next page that were not there before."""
        total = whole_in(answer.headers.get("X-Total-Count", ""))
        self.total = self.total if total is None else total
        rows = tables(answer.data, "result")
        if not all(text(each, "sys_id", "value") for each in rows):
            raise SourceError(
                f"{_DOING}: it gave rows without sys_id. Let the user read that field."
            )
        new = [each for each in rows if text(each, "sys_id", "value") not in self.seen]
        self.seen.update(text(each, "sys_id", "value") for each in new)
        self.offset += self.size
        return new

    def more(self, new: Sequence[object]) -> bool:
        """Whether there are further pages; a page that access rules emptied is not the last."""
        return bool(new) if self.total is None else self.offset < self.total


def _asked(
    url: str, secret: str, query: str, fields: Sequence[str], size: int
) -> Iterator[Row | Partial]:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    asked: dict[str, str | int] = {
        "sysparm_query": f"{query}^ORDERBYsys_id" if query else "ORDERBYsys_id",
        "sysparm_fields": ",".join(fields),
        "sysparm_display_value": "all",
        "sysparm_exclude_reference_link": "true",
    }
    pages = _Pages(max(size, 1))
    with Site(url, doing=_DOING, authorization=secret) as site:
        more = True
        while more:
            answer = site.get(_TABLE, {**asked, **pages.parameters})
            _look_at(answer)
            first = len(pages.seen) + 1
            new = pages.take(answer)
            yield from (row_of(first + place, each, fields) for place, each in enumerate(new))
            more = pages.more(new)
    if pages.total is not None and len(pages.seen) < pages.total:
        hidden = pages.total - len(pages.seen)
        yield Partial(
            f"{_DOING}: it counts {pages.total:,} rows and gave {len(pages.seen):,}; access rules"
            f" hide {hidden:,} from this user. Let the user read them all, or ask for fewer with"
            " --query."
        )


def _look_at(answer: Answer) -> None:
    """Refuse an answer that says itself that it is none: it comes with status 200, too."""
    why = text(answer.data, "error", "message") or text(answer.data, "error")
    if why or not isinstance(table(answer.data).get("result"), list):
        raise SourceError(
            f"{_DOING}: {shown(why) if why else 'there is no list of rows in the answer'}. Ask for"
            " fewer rows at once with --page-size, or look whether this is the instance's address."
        )
