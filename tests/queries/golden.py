"""Golden cases: a small graph as text, and by hand beside it the rows that must come out.

A case is a file `tests/queries/<theme>/<question>/<what holds>.graph`:

    # What the case shows, in a sentence or two.
    Model m1 stage=production
    Team t1 OWNS Model m2 role=accountable since_day=today-30

    set min_dependents=0
    among 2
    expect model=m1 dependents=0 hinted=[] worked_on_by=["t1"]

Lines of the graph are those of `small_graphs`; a day may be said as `today-30` or `today+1`.
`set` gives a parameter another value than its default. `among` is the denominator. Each
`expect` is one row, in order and with every column; `expect nothing` says that there is none.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

TODAY = 20_000
"""2024-10-04."""

FOLDER = Path(__file__).parent
_DAY = re.compile(r"=today(?:([+-])(\d+))?\b")
_NAMED = re.compile(r"([a-z][a-z0-9_]*)=")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class Case:
    """One graph, and what comes out of asking its question."""

    file: Path
    graph: str
    parameters: dict
    among: int | None
    rows: list = field(default_factory=list)

    @property
    def question(self):
        return self.file.parent.relative_to(FOLDER).as_posix()

    @property
    def name(self):
        return self.file.relative_to(FOLDER).with_suffix("").as_posix()


def cases():
    """All cases, by name."""
    return [read_case(file) for file in sorted(FOLDER.glob("*/*/*.graph"))]


def read_case(file):
    """The case in the file; a line that cannot be one of a case is an error that names it."""
    graph, parameters, among, rows, told = [], {}, None, [], False
    for number, raw in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        line = _DAY.sub(_day, raw.strip())
        word, _, rest = line.partition(" ")
        if word == "set":
            parameters |= _pairs(rest, file, number)
        elif word == "among":
            among = int(rest)
        elif word == "expect":
            told = True
            rows += [] if rest == "nothing" else [_pairs(rest, file, number)]
        elif line and word != "#":
            graph.append(line)
    assert told, f"{file}: says nothing of what is expected"
    return Case(file, "\n".join(graph), parameters, among, rows)


def _day(found):
    sign, days = found.groups()
    return f"={TODAY + int(f'{sign}{days}') if sign else TODAY}"


def _pairs(text, file, number):
    """`a=1 b="x y" c=d` as a dict; a value that is no JSON is a text without blanks."""
    found, at = {}, 0
    while at < len(text):
        named = _NAMED.match(text, at)
        assert named, f"{file}:{number}: no `name=value` at {text[at:]!r}"
        name, at = named[1], named.end()
        try:
            found[name], at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError:
            end = text.find(" ", at)
            end = len(text) if end < 0 else end
            found[name], at = text[at:end], end
        at += len(text[at:]) - len(text[at:].lstrip())
    return found
