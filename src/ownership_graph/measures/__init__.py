"""What Cypher cannot say: rows in, rows out, one module a measure.

A measure is a module of this package: `TAKES` names the columns that it wants, `GIVES` those
that it returns, `USES` the parameters that it uses, if any, and `measure(rows, parameters)` is
pure. A question names it by `then`. A file of one's own that holds the same is loaded by its
path (`_own`).
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, cast

from ownership_graph.errors import QueryError
from ownership_graph.measures._own import OwnMeasure, absent, with_own_measures
from ownership_graph.queries.fitness import line_of
from ownership_graph.queries.mistakes import in_file
from ownership_graph.records import Rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from ownership_graph.queries.question import Question

__all__ = [
    "Measure",
    "Row",
    "find_measure",
    "fitting_measure",
    "measure_names",
    "measured",
    "with_own_measures",
]

Row: TypeAlias = Mapping[str, Any]
"""One row: column name to a plain value, as a store returns it."""


class Measure(Protocol):
    """What a module of this package holds."""

    TAKES: tuple[str, ...]
    GIVES: tuple[str, ...]

    def measure(
        self, rows: Sequence[Row], parameters: Mapping[str, object]
    ) -> list[dict[str, object]]:
        """The final rows, in their order, from those of the query."""
        ...


def measure_names() -> tuple[str, ...]:
    """The names of all measures, in order."""
    names = (each.name for each in iter_modules(__path__))
    return tuple(sorted(name for name in names if not name.startswith("_")))


def find_measure(name: str, own: Path | None = None) -> Measure:
    """The measure of that name, or in that file; its documentation is its module's.

    Errors: QueryError, with the nearest known name; or what is wrong in the file.
    """
    if own:
        return OwnMeasure(own)
    known = measure_names()
    if name not in known:
        raise absent(name, known)
    return cast("Measure", import_module(f"{__name__}.{name}"))


def fitting_measure(question: Question) -> Measure | None:
    """The measure behind `then`, `None` where there is none.

    Errors: QueryError where the query does not return what the measure takes, or the header
    does not declare what it gives, or a parameter that it uses, or one that nobody uses.
    """
    if not question.then:
        return None
    try:
        found = find_measure(question.then, question.own_measure)
    except QueryError as error:
        if error.file:
            raise
        raise _wrong(question, str(error)) from error
    declared = tuple(each.name for each in question.columns)
    for what, wanted, there in (
        ("the query returns", found.TAKES, question.returns),
        ("the header declares", found.GIVES, declared),
    ):
        if wanted != there:
            raise _wrong(
                question,
                f"reading the field 'then': {what} {', '.join(there)}, and the measure"
                f" '{question.then}' wants {', '.join(wanted)}.",
            )
    _check_parameters(question, getattr(found, "USES", ()))
    return found


def _check_parameters(question: Question, used: Sequence[str]) -> None:
    declared = [each.name for each in question.parameters]
    for name in used:
        if name not in declared:
            raise _wrong(
                question,
                f"reading the field 'then': the measure '{question.then}' uses the parameter"
                f" '{name}', and the header does not declare it.",
            )
    for name in declared:
        if name not in question.uses.union(used):
            raise _wrong(
                question,
                f"reading the header: the parameter '{name}' is declared, and neither the query"
                f" uses `${name}` nor the measure '{question.then}' it. Leave it out.",
                f"// parameter {name}",
            )


def _wrong(question: Question, why: str, start: str = "// then") -> QueryError:
    """What is wrong, at the line of the header that begins so."""
    line = line_of(question.cypher, start)
    return in_file(why, str(question.file), question.cypher, line=line)


def measured(measure: Measure | None, rows: Rows, parameters: Mapping[str, object]) -> Rows:
    """What a measure makes of the rows of its query; the same rows where there is none."""
    if measure is None:
        return rows
    made = measure.measure(rows.dicts(), parameters)
    return Rows(measure.GIVES, [tuple(row[name] for name in measure.GIVES) for row in made])
