"""Jira: approvals of Jira Service Management, or the way of issues through statuses.

Read over the REST API of the cloud or of a server (--url, --token, --jql), from such answers
saved as JSON, or from an export as CSV. Without --gates the approvals of service requests are
read; with --gates each of these statuses is a gate, and whoever moves an issue on from there has
decided. A comment is no decision. Which field names the model is an option; issues that name
none are counted and left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing import recognising
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import open_table
from ownership_graph.importing.values import near
from ownership_graph.readers.approvals.jira import Meaning, asked_in, meanings, passed_in
from ownership_graph.readers.approvals.jira_rows import KEY, STATUS, Rows
from ownership_graph.readers.approvals.jira_site import (
    DOING,
    approvals_of,
    changes_of,
    is_cut,
    issues,
)
from ownership_graph.readers.approvals.linking import Models
from ownership_graph.readers.approvals.requests import (
    EVENTS,
    Request,
    in_rounds,
    on_line,
    stated,
)
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.picking import table, tables, text
from ownership_graph.records import Partial, Promise, Rejected

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.approvals.requests import Found
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = EVENTS
MODE = "events"

_ASK = (
    "Say in which statuses an issue waits for a decision, and which field names the model:"
    ' gates = ["Legal review"], model_field = "Labels".'
)
_APIS = ("cloud", "server")
_FIELDS = "status,reporter,assignee,created,duedate,resolutiondate"


def found(surroundings: Surroundings) -> Iterator[recognising.Found]:
    """Each export as CSV, and each answer of a search that was saved, by what is in it."""
    for file in surroundings.named("*.csv", "*.json"):
        more = {}
        if file.suffix == ".csv":
            header = surroundings.header(file)
            known = _known(header.columns) == len((KEY, STATUS))
            more = header.options
        else:
            start = surroundings.start(file)
            known = '"issues"' in start and '"fields"' in start
        if known:
            yield recognising.Found(file, "issues exported from Jira", more, ask=_ASK)


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    url: str = "",
    token: Secret | None = None,
    user: str = "",
    api: str = "cloud",
    jql: str = "",
    gates: tuple[str, ...] = (),
    approved: tuple[str, ...] = ("Approved", "Done", "Resolved", "Closed"),
    rejected: tuple[str, ...] = ("Rejected", "Declined"),
    returned: tuple[str, ...] = ("Waiting for customer", "Reopened", "To do", "Open"),
    withdrawn: tuple[str, ...] = ("Canceled", "Cancelled", "Withdrawn"),
    model_field: str = "labels",
    model_pattern: str = "{model}",
    model_id: str = "{model}",
    person_field: tuple[str, ...] = ("emailAddress", "name", "accountId", "displayName"),
    approvers_column: str = "Custom field (Approvers)",
    requested_column: str = "Created",
    dates: tuple[str, ...] = (),
    encoding: str = "auto",
    delimiter: str = ",",
    sheet: str = "",
) -> Iterator[Record]:
    """The requests of the issues, each an Approval with its relationships.

    Args:
        path: An export as CSV or Excel, or answers of the API as JSON; or nothing, with --url.
        url: The address of Jira: https://example.atlassian.net.
        token: Where the token is kept, or with --user the API token or password.
        user: Who asks, where the token is a password: in the cloud the e-mail address.
        api: The API that is spoken there: cloud, or server (Data Center, too).
        jql: The issues to read, as "project = AI AND created >= -365d".
        gates: The statuses in which an issue waits for a decision, in their order.
        approved: The statuses to which an issue goes that was approved at a gate.
        rejected: Those of one that was rejected.
        returned: Those of one that was sent back to be mended.
        withdrawn: Those of one that was given up.
        model_field: The field that names the model; of a CSV its column.
        model_pattern: What that field says, as "model-{model}".
        model_id: The model's id, made of its name.
        person_field: The fields that name a person; the first that says anything counts.
        approvers_column: Of a CSV the columns that say who is asked; else the assignee is.
        requested_column: Of a CSV the column that says when it was asked.
        dates: How a file writes points in time, where not as 01/Mar/26 1:00 PM.
        encoding: The encoding of a CSV, such as utf-8 or cp1252; auto tells UTF-8, UTF-16, cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
        sheet: The sheet of a workbook; else the one with most of the columns.
    """
    if bool(url) == bool(path) or (url and not jql):
        raise UsageError(f"{DOING}: give either a file, or --url and --jql.")
    if api not in _APIS:
        hint = near(api, _APIS)
        raise UsageError(f"{DOING}: --api is {shown(api)}, and can be cloud or server.{hint}")
    meaning = Meaning(
        Models(model_field, model_pattern, model_id),
        gates,
        meanings(approved, rejected, returned, withdrawn),
        person_field,
        path.name if path else "jira",
        dates,
    )
    if path is None:
        secret = authorization(token, user)
        found = _asked(url, secret, jql, meaning, cloud=api == "cloud")
    elif ".json" not in map(str.casefold, path.suffixes):
        rows = Rows(meaning, approvers_column, requested_column)
        found = _rows(path, rows, encoding=encoding, delimiter=delimiter, sheet=sheet)
    else:
        found = _saved(path, meaning)
    yield Promise("DECIDED_BY")
    requests = []
    for each in found:
        if isinstance(each, Request):
            requests.append(each)
        else:
            yield each
    for request in in_rounds(requests):
        yield from stated(request)


def _asked(
    url: str, secret: str, jql: str, meaning: Meaning, *, cloud: bool
) -> Iterator[Found | Partial]:
    from ownership_graph.readers.web import Site  # noqa: PLC0415 -- an extra

    fields = f"{_FIELDS},{meaning.models.where}"
    others: list[str] = []
    number = 0
    with Site(url, doing=DOING, authorization=secret) as site:
        found = issues(site, jql, fields, cloud=cloud, changes=bool(meaning.gates))
        for number, issue in enumerate(found, start=1):
            if not isinstance(issue, dict):
                yield issue
            elif meaning.gates:
                changes = changes_of(site, issue, cloud=cloud)
                yield from on_line(passed_in(issue, changes, meaning), number)
            else:
                approvals = approvals_of(site, issue)
                others += [text(issue, "key")] if approvals is None else []
                yield from on_line(asked_in(issue, approvals or (), meaning), number)
    yield from meaning.models.told(meaning.file)
    if others:
        yield Rejected(
            meaning.file,
            0,
            f"{len(others):,} of {number:,} issues are no requests of Jira Service Management, or"
            f" not to be seen by whoever asks, such as {shown(others[0])}: they have no approvals."
            " Say with --gates in which statuses they wait, or ask for fewer with --jql.",
        )


def _saved(path: Path, meaning: Meaning) -> Iterator[Found | Partial]:
    data = read_json(path, doing=DOING)
    found = tables(data, "issues") or tables(data if isinstance(data, list) else None)
    if not found:
        raise SourceError(
            f"{DOING}: there is no list of issues. Save the answer of a search, which has them"
            " under 'issues'.",
            file=str(path),
        )
    for number, issue in enumerate(found, start=1):
        if meaning.gates:
            if is_cut(issue):
                yield Partial(
                    f"{DOING}: not all changes of {shown(text(issue, 'key'))} are in the file."
                    " Read over --url, where they are read page by page.",
                    str(path),
                )
            changes = tables(issue, "changelog", "histories")
            yield from on_line(passed_in(issue, changes, meaning), number)
        else:
            yield from on_line(asked_in(issue, _held(issue), meaning), number)
    yield from meaning.models.told(meaning.file)


def _held(issue: dict[str, object]) -> Sequence[dict[str, object]]:
    """The approvals that came with an issue: under 'approvals', or in the field that has them."""
    apart = tables(issue, "approvals", "values") or tables(issue, "approvals")
    fields = table(issue, "fields")
    inside = (each for name in fields for each in tables(fields, name))
    return apart or [each for each in inside if text(each, "finalDecision")]


def _rows(path: Path, rows: Rows, **written: str) -> Iterator[Request | Rejected]:
    if not rows.meaning.gates:
        raise UsageError(
            f"{DOING}: a table holds no approvals, only statuses. Say with --gates in which of"
            " them an issue waits for a decision."
        )
    with open_table(path, known=_known, doing=DOING, **written) as opened:
        yield from rows.read(opened, str(path))


def _known(header: Sequence[str]) -> int:
    return len({KEY, STATUS}.intersection(map(str.casefold, header)))
