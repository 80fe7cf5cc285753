"""Rows made into findings: what is wrong, its identity, its severity, its cause."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError
from ownership_graph.findings.answer import Finding
from ownership_graph.queries.fitness import line_of
from ownership_graph.queries.mistakes import in_file
from ownership_graph.records import NodeKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.queries.question import Column, Question
    from ownership_graph.records import Rows

SEVERITY = "severity"
SEVERITIES = (1, 2, 3, 4)
CAUSES: Mapping[str, tuple[str, ...]] = {
    "gate": ("Gate",),
    "decider": ("Person", "Team"),
    "owner": ("Person", "Team"),
    "criterion": ("Criterion",),
}
"""The labels of the part of a subject that is a cause of that kind."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a subject: the labels that its column allows, and an id."""

    labels: tuple[str, ...]
    id: str


def findings_of(
    question: Question, rows: Rows, names: Mapping[tuple[str, str], str]
) -> tuple[Finding, ...]:
    """The findings of a question, in the order of its rows.

    Two rows with the same subject, as a pair of teams told from both sides, are one finding:
    the first. `names` tell which of several labels an id has.
    """
    found: dict[str, Finding] = {}
    for row in rows.dicts():
        parts = _subject(question, row)
        identity = identity_of(question.code, (part.id for part in parts))
        if identity not in found:
            found[identity] = Finding(
                identity=identity,
                subject=tuple(part.id for part in parts),
                labels=tuple(_label(part, names) for part in parts),
                severity=_severity(question, row),
                row=row,
                behind=_behind(question, row, parts, names),
                actor=question.actor.words,
            )
    return tuple(found.values())


def identity_of(code: str, ids: Iterable[str]) -> str:
    r"""The identity of a finding: code and ids joined by `|`.

    >>> print(identity_of("OWN-08", ["team:a|b", "team:c\\d"]))
    OWN-08|team:a\|b|team:c\\d
    """
    escaped = (each.replace("\\", "\\\\").replace("|", "\\|") for each in ids)
    return "|".join((code, *escaped))


def ids_of(question: Question, rows: Rows) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every id that the rows show, with the labels that it may have.

    Errors: QueryError where a column that holds ids holds something else.
    """
    for column in question.columns:
        if not column.labels:
            continue
        at = rows.columns.index(column.name)
        for row in rows.rows:
            for own_id in _ids(question, column, row[at]):
                yield column.labels, own_id


def _ids(question: Question, column: Column, cell: object) -> Iterator[str]:
    cells = (cell if cell is not None else []) if column.many else [cell]
    if not isinstance(cells, list):
        raise _no_id(question, column, cells)
    for each in cells:
        if isinstance(each, str):
            yield each
        elif each is not None:
            raise _no_id(question, column, each)


def _no_id(question: Question, column: Column, value: object) -> QueryError:
    return in_file(
        f"reading the answer to {question.code}: the column '{column.name}' is"
        f" {column.type}, and holds {value!r}. Return ids, as in `m.id AS {column.name}`.",
        str(question.file),
        question.cypher,
        line=line_of(question.cypher, f"// column {column.name}"),
    )


def _subject(question: Question, row: Mapping[str, object]) -> list[Part]:
    """The parts in the order of their columns, neighbours of one label sorted."""
    parts: list[Part] = []
    together: list[Part] = []
    for column in question.subject:
        part = Part(column.labels, str(row[column.name] or ""))
        if together and together[0].labels != part.labels:
            parts += _sorted(together)
            together = []
        together.append(part)
    return parts + _sorted(together)


def _sorted(parts: Sequence[Part]) -> list[Part]:
    return sorted(parts, key=lambda part: (not part.id, part.id))


def _label(part: Part, names: Mapping[tuple[str, str], str]) -> str:
    return next((each for each in part.labels if (each, part.id) in names), part.labels[0])


def _severity(question: Question, row: Mapping[str, object]) -> int:
    """The row's own severity where it has one, else the question's."""
    own = row.get(SEVERITY)
    if own is None:
        return question.severity or SEVERITIES[0]
    if not isinstance(own, int) or isinstance(own, bool) or own not in SEVERITIES:
        raise QueryError(
            f"reading the answer to {question.code}: the severity {own!r} is not 1, 2, 3 or 4.",
            file=str(question.file),
        )
    return own


def _behind(
    question: Question,
    row: Mapping[str, object],
    parts: Sequence[Part],
    names: Mapping[tuple[str, str], str],
) -> tuple[NodeKey, ...]:
    """Those that may be the cause: what the header's column holds, else the first fitting part."""
    if question.cause is None:
        return ()
    column = next((each for each in question.columns if each.name == question.cause.column), None)
    if column is None:
        fitting = CAUSES.get(question.cause.kind, ())
        held = [part for part in parts if part.id and part.labels[0] in fitting][:1]
    else:
        held = [Part(column.labels, own_id) for own_id in _ids(question, column, row[column.name])]
    return tuple(NodeKey(_label(part, names), part.id) for part in held)
