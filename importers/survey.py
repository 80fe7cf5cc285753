"""A survey: five questions about each model, put to each function; each function is a source.

Who owns it, what stage, what tier, what is good enough, who decides next? A table with a row a
function and model; `ownership-graph init --survey` writes an empty one. Where functions describe
one model differently, there is no shared picture of it (CLR-02, OWN-09).

The columns function and model must be there, and at least one of the questions; others are
passed over. A blank answer, `?`, `TBD`, "don't know" or "nobody" says nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.known import AmbiguousNameError, Known, alike
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import open_table, require_columns
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.contacts import PLACEHOLDERS
from ownership_graph.readers.numbers import number_in
from ownership_graph.readers.people import folded, stated, team_id
from ownership_graph.readers.stages import stage_of
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.known import Names
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Properties, Record

PROVIDES: tuple[str, ...] = ()
SOURCE = "survey of {function}"

_DOING = "reading the survey"
_QUESTIONS = {
    "owner": ("who owns it", "owner"),
    "stage": ("what stage", "stage"),
    "tier": ("what tier", "tier", "risk tier"),
    "bar": ("what is good enough", "good enough"),
    "decider": ("who decides next", "decides next", "next decider"),
}
_NEEDED = ("function", "model")
_NO_ANSWER = PLACEHOLDERS | {"don't know", "dont know", "do not know", "no idea", "not sure"}
_TIERS = {"low": "1", "medium": "2", "high": "3", "tier 1": "1", "tier 2": "2", "tier 3": "3"}
_MOST_SHOWN = 10
_BAR = re.compile(
    r"(?P<metric>.{1,100}?)\s*(?P<sense>>=|<=|>|<|≥|≤|at least|at most|over|above|under|below)\s*"
    r"(?P<threshold>[0-9]{1,15}(?:\.[0-9]{1,15})?\s?%?)",
    re.IGNORECASE,
)
_MORE = frozenset({">", ">=", "≥", "at least", "over", "above"})


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Each function that answered in each table with these columns."""
    for file in surroundings.tables():
        header = surroundings.header(file)
        columns = _columns(header.columns)
        if not set(_NEEDED) <= columns.keys() or len(columns) == len(_NEEDED):
            continue
        functions = _functions(file, header.delimiter)
        for function in functions:
            what, options = f"the answers of {function}", {"function": function, **header.options}
            yield Found(file, what, options, SOURCE.format(function=function))
        if not functions:
            ask = "Have it filled in; then write one such table for each function that answered."
            options = {"function": "legal", **header.options}
            yield Found(file, "a survey without answers", options, "survey of legal", ask=ask)


def read(
    path: Path,
    known: Known,
    *,
    function: str,
    encoding: str = "auto",
    delimiter: str = ",",
) -> Iterator[Record]:
    """What one function answered.

    Args:
        path: The table: a CSV file, gzipped or not.
        known: What the graph knows from other sources.
        function: Whose answers: as in the column function.
        encoding: Its encoding, such as utf-8 or cp1252; auto tells UTF-8, UTF-16 and cp1252.
        delimiter: What parts its columns: one character, or comma, semicolon, tab, pipe.
    """
    others: set[str] = set()
    answering = _Answering(path.name, known)
    count = 0
    for line, answers, why in _rows(path, encoding, delimiter):
        if why:
            yield Rejected(path.name, line, why)
        elif not answers["function"]:
            yield Rejected(path.name, line, "the column 'function' is blank. Fill it in.")
        elif alike(answers["function"]) == alike(function):
            count += 1
            yield from answering.records(answers, line)
        else:
            others.add(answers["function"])
    if not count:
        told = ", ".join(shown(each) for each in sorted(others)[:_MOST_SHOWN]) or "nobody"
        raise SourceError(
            f"{_DOING}: no row is of the function {shown(function)}. Answers are there of {told}.",
            file=str(path),
        )


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[tuple[int, dict[str, str], str]]:
    """The rows that are not blank: line, the answers by question, why it cannot be taken."""
    with open_table(
        path, encoding=encoding, delimiter=delimiter, known=_known, doing=_DOING
    ) as table:
        columns = _columns(table.header)
        wanted = [each for each in _NEEDED if each not in columns]
        require_columns(table, wanted, file=str(path), doing=_DOING)
        for line, cells, why in table.rows:
            if why or any(each.strip() for each in cells):
                yield line, {} if why else _answers(cells, columns), why


def _known(header: Sequence[str]) -> int:
    return len(_columns(header))


def _columns(header: Sequence[str]) -> dict[str, int]:
    """Where each question stands, and the function and the model."""
    names = {alike(name.rstrip(" ?")): place for place, name in reversed(list(enumerate(header)))}
    asked = {key: (key,) for key in _NEEDED} | _QUESTIONS
    return {
        key: names[spelt] for key, ways in asked.items() for spelt in ways[::-1] if spelt in names
    }


def _answers(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    """The answers; one that says nothing is blank."""
    said = {key: stated(cells[place]) for key, place in columns.items()}
    return {key: "" if value.casefold() in _NO_ANSWER else value for key, value in said.items()}


def _functions(path: Path, delimiter: str) -> list[str]:
    """The functions that answered, each as it is first written; none where it cannot be read."""
    spelt: dict[str, str] = {}
    try:
        for _, answers, _ in _rows(path, "auto", delimiter):
            if answers.get("function"):
                spelt.setdefault(alike(answers["function"]), answers["function"])
    except SourceError:
        return []
    return list(spelt.values())


class _Answering:
    """The answers of one function as records, with names joined to the ids of other sources."""

    def __init__(self, file: str, known: Known) -> None:
        self.file = file
        self.models: Names = known.names("Model")
        self.parties: Names = known.names("Team", "Person")

    def records(self, answers: Mapping[str, str], line: int) -> list[Record]:
        """What one row answers; that it is rejected where it names no model, or several."""
        if not answers["model"]:
            return [Rejected(self.file, line, "the column 'model' is blank. Fill it in.")]
        try:
            return list(self._records(answers, line))
        except AmbiguousNameError as error:
            return [Rejected(self.file, line, str(error))]

    def _records(self, answers: Mapping[str, str], line: int) -> Iterator[Record]:
        known = self.models.find(answers["model"])
        model = known.id if known else alike(answers["model"])
        stage, tier = answers.get("stage", ""), answers.get("tier", "")
        said = {
            "name": "" if known else answers["model"],
            "stage": stage_of(stage),
            "risk_tier": _TIERS.get(alike(tier), tier),
            "next_decided_by": self._party(answers.get("decider", ""))[1],
        }
        yield Node("Model", model, _filled(said), self.file, line)
        if answers.get("owner"):
            end = self._party(answers["owner"])
            yield self._tie("OWNS", end, ("Model", model), line, {"role": "accountable"})
        if answers.get("bar"):
            yield from self._bar(answers["bar"], model, line)

    def _party(self, who: str) -> tuple[str, str]:
        """The label and the id of a team or a person; a name that nobody knows is a team's."""
        found = self.parties.find(who)
        return (found.label, found.id) if found else ("Team", team_id(who) if who else "")

    def _bar(self, said: str, model: str, line: int) -> Iterator[Record]:
        """What is good enough: a bar that all functions describe, each in its own words."""
        bar = ("Criterion", f"good-enough:{model}")
        yield Node(*bar, _bar_of(said), self.file, line)
        yield self._tie("JUDGED_BY", ("Model", model), bar, line, {"status": "proposed"})

    def _tie(
        self,
        kind: str,
        start: tuple[str, str],
        end: tuple[str, str],
        line: int,
        said: Properties | None = None,
    ) -> Relationship:
        return Relationship(kind, *start, *end, said or {}, self.file, line)


def _bar_of(said: str) -> Properties:
    """The bar as a metric and a number where it is written so, else in words.

    >>> _bar_of("Accuracy at least 95 %")["threshold"], _bar_of("as good as a clerk")
    (0.95, {'threshold_text': 'as good as a clerk'})
    """
    found = _BAR.fullmatch(said)
    number = number_in(found["threshold"]) if found else None
    if not found or number is None:
        return {"threshold_text": said}
    more = found["sense"].casefold() in _MORE
    return {
        "metric": folded(found["metric"]),
        "direction": "max" if more else "min",
        "threshold": number,
    }


def _filled(properties: Mapping[str, str]) -> Properties:
    return {name: value for name, value in properties.items() if value}
