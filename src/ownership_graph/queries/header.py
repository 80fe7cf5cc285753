"""Reads a saved query: three blocks of comments (title, why, fields), then the Cypher."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ownership_graph.errors import QueryError
from ownership_graph.model import nearest
from ownership_graph.queries.fields import EXAMPLES, LISTING, READERS
from ownership_graph.queries.fitness import (
    examined,
    fit,
    fit_among,
    known_fit,
    own_properties,
)
from ownership_graph.queries.frameworks import find_control, shipped_controls
from ownership_graph.queries.mistakes import CONTINUED, Mistakes
from ownership_graph.queries.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ownership_graph.queries.question import Control

COMMENT = "//"
REMARK = "//#"
"""Begins a line of the header that explains, and says nothing of the question."""

_FIELD = re.compile(r"// (?:(?P<kind>parameter|column) )?(?P<name>[^:\s]+)\s*:(?P<text>.*)")
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_BLOCKS = ("title", "why it matters", "fields")
_DECLARING = ("parameter", "column")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the header, with its number in the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Field:
    """One field as it stands: its first text, then the lines that go on with it."""

    name: str
    parts: list[Line]

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.parts[0].number

    @property
    def called(self) -> str:
        """Its name, of a parameter or a column with what it declares: "column model"."""
        declared = f" {self.text.partition(':')[0]}" if self.name in _DECLARING else ""
        return f"{self.name}{declared}"

    @property
    def text(self) -> str:
        """The whole text: `among` keeps its lines, since a query stands there."""
        return ("\n" if self.name == "among" else " ").join(each.text for each in self.parts)


def parse_question(
    text: str, file: Path, name: str, controls: Mapping[str, Control] | None = None
) -> Question:
    """The question that the text of a file asks; see `read_question`.

    Errors: QueryError with file and line, what is wrong, and what would be right.
    """
    question, mistakes = read_question(text, file, name, controls)
    if question is None:
        raise mistakes[0]
    return question


def read_question(
    text: str,
    file: Path,
    name: str,
    controls: Mapping[str, Control] | None = None,
    *,
    is_fit: bool = False,
) -> tuple[Question | None, tuple[QueryError, ...]]:
    """The question that the text of a file asks, or all that is wrong with it, by line.

    `name` is its theme and its file's name. `controls` are the clauses that it may name, by
    their names in small letters; without them, those of the shipped frameworks. With `is_fit`
    the Cypher is known to be fit to be asked, as that of shipped questions is.
    """
    mistakes = Mistakes(str(file), text)
    asked = _Asked(text, file, name, is_fit)
    question = _read(asked, controls or shipped_controls(), mistakes)
    return (None if mistakes else question), mistakes.in_order()


def checked_name(name: str) -> str:
    """The name, where it is a theme and a question. Errors: QueryError, without file."""
    if not _NAME.fullmatch(name):
        raise QueryError(
            f"reading the question '{name}': theme and name are small letters and digits with"
            " hyphens, as in `ownership/unowned-models.cypher`. Rename the file."
        )
    return name


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is there before anything is read."""

    text: str
    file: Path
    name: str
    is_fit: bool


def _read(asked: _Asked, controls: Mapping[str, Control], mistakes: Mistakes) -> Question | None:
    with mistakes.noted():
        checked_name(asked.name)
    blocks: list[list[Line]] = []
    with mistakes.noted():
        blocks = _blocks(asked.text)
    if not blocks:
        return None
    fields = list(_fields(blocks[2], mistakes))
    values = _values(fields, controls, mistakes)
    if not mistakes:
        lines = {each.called: each.line for each in fields}
        for error in _unfit(values, lines, blocks[2][-1].number):
            mistakes.note(error)
    if mistakes:
        _read_cypher(asked.text, fields, values, mistakes)
        return None
    question = Question(
        name=asked.name,
        theme=asked.name.partition("/")[0],
        title=" ".join(_prose(blocks[0])),
        why=" ".join(_prose(blocks[1])),
        cypher=asked.text,
        file=asked.file,
        **values,
    )
    return known_fit(question) if asked.is_fit else examined(question, mistakes)


def _read_cypher(
    text: str, fields: Iterable[_Field], values: Mapping[str, Any], mistakes: Mistakes
) -> None:
    """What can be said of the queries while the header is not right."""
    unread = "needs" not in values and any(each.name == "needs" for each in fields)
    own = None if unread else own_properties(values.get("needs", ()))
    fit(text, own, mistakes)
    fit_among(values.get("among"), own, mistakes)


def _blocks(text: str) -> list[list[Line]]:
    """The lines of the three blocks, without remarks."""
    blocks: list[list[Line]] = [[]]
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.rstrip()
        if not stripped.startswith(COMMENT):
            break
        if stripped.startswith(REMARK):
            continue
        if stripped != COMMENT:
            blocks[-1].append(Line(number, stripped))
        elif len(blocks) == len(_BLOCKS):
            raise _place_of_blocks(number)
        else:
            blocks.append([])
    if len(blocks) < len(_BLOCKS) or not all(blocks):
        raise _place_of_blocks(max(number, 1))
    return blocks


def _place_of_blocks(line: int) -> QueryError:
    return QueryError(
        f"reading the header: it is three blocks of `//` lines ({', '.join(_BLOCKS)}), parted by"
        " one empty `//` line each, and then the Cypher.",
        line=line,
    )


def _prose(block: list[Line]) -> Iterator[str]:
    return (line.text.removeprefix(COMMENT).strip() for line in block)


def _fields(block: list[Line], mistakes: Mistakes) -> Iterator[_Field]:
    """The fields of the last block, each with the lines that go on with it."""
    for first, *others in _grouped(block):
        found: _Field | None = None
        with mistakes.noted():
            found = _field(first)
        if found is not None:
            more = (Line(each.number, each.text.removeprefix(CONTINUED)) for each in others)
            yield _Field(found.name, [*found.parts, *more])


def _grouped(block: list[Line]) -> Iterator[list[Line]]:
    """Each line that begins a field, with those that go on."""
    group: list[Line] = []
    for line in block:
        if group and not line.text.startswith(CONTINUED):
            yield group
            group = []
        group.append(line)
    yield group


def _field(line: Line) -> _Field:
    found = _FIELD.fullmatch(line.text)
    if found is None:
        raise QueryError(
            "reading the header: this is neither a field nor, indented by three blanks, more of"
            " the one above. Right is `// severity: 4`.",
            line=line.number,
        )
    name, text = found["name"], found["text"].strip()
    if found["kind"]:
        return _Field(found["kind"], [Line(line.number, f"{name}: {text}")])
    if name not in READERS or name in _DECLARING:
        near = nearest(name, READERS)
        raise QueryError(
            f"reading the header: '{name}' is no field.{near} The fields are"
            f" {', '.join(READERS)}; right is `// {EXAMPLES.get(name, 'severity: 4')}`.",
            line=line.number,
        )
    return _Field(name, [Line(line.number, text)])


def _values(
    fields: Iterable[_Field], controls: Mapping[str, Control], mistakes: Mistakes
) -> dict[str, Any]:
    """The values of the fields by the names of a Question's attributes."""
    values: dict[str, Any] = {}
    many: dict[str, dict[str, Any]] = {name: {} for name in _DECLARING}
    for each in fields:
        with mistakes.noted():
            value = _value(each, controls)
            among = many.get(each.name, values)
            name = value.name if each.name in many else each.name
            if name in among:
                said = f"{each.name} {name}" if each.name in many else name
                raise QueryError(
                    f"reading the header: '{said}' stands here a second time. Leave one.",
                    line=each.line,
                )
            among[name] = value
    if "control" in values:
        values["controls"] = values.pop("control")
    return values | {f"{name}s": tuple(found.values()) for name, found in many.items()}


def _value(found: _Field, controls: Mapping[str, Control]) -> Any:  # noqa: ANN401 -- each field has its own type
    try:
        value: Any = READERS[found.name](found.text)
        if found.name == "control":
            return tuple(dict.fromkeys(find_control(controls, each) for each in value))
        if found.name == "among":
            return replace(value, line=found.parts[1].number)
    except QueryError as error:
        why = str(error)
        raise QueryError(
            f"reading the field '{found.name}': {why}{'' if why.endswith('?') else '.'}"
            f" Right is `// {EXAMPLES[found.name]}`.",
            line=found.line,
        ) from error
    return value


def _unfit(values: dict[str, Any], lines: Mapping[str, int], line: int) -> Iterator[QueryError]:
    """What a question lacks as a whole: code, severity, columns; a finding its first step.

    `lines` are where its fields begin, and `line` is where the last of them ends.
    """
    wanted = ["code", "severity"]
    if values.get("severity") is not None:
        wanted.append("remedy")
    absent = [name for name in wanted if name not in values]
    absent += [] if values["columns"] else ["column"]
    for name in absent:
        yield QueryError(
            f"reading the header: '{name}' is not there. Right is `// {EXAMPLES[name]}`.",
            line=line,
        )
    for field, why in () if absent else _faults(values):
        yield QueryError(f"reading the header: {why}.", line=lines[field])


def _faults(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with fields that do not fit each other: the field, and why."""
    if values.get("absence") and "among" not in values:
        yield (
            "absence",
            "`absence: yes` compares with those who could have it, so `among` must say who",
        )
    if values["severity"] is None and (values.get("absence") or values.get("implies")):
        yield (
            "severity",
            f"`absence` and `implies` are about findings, and the severity is {LISTING}",
        )
    if any(each.name == "severity" and each.type != "int" for each in values["columns"]):
        yield (
            "column severity",
            "a column `severity` takes the place of the severity, so its type is int",
        )
    yield from _unheld(values)


def _unheld(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The columns that cause and actor name and that hold no ids."""
    cause, actor = values.get("cause"), values.get("actor")
    named = [("cause", cause.column)] if cause and cause.column else []
    named += [
        ("actor", each) for right in (actor.rights if actor else ()) for each in right.columns
    ]
    holding = [each.name for each in values["columns"] if each.labels]
    for field, column in named:
        if column not in holding:
            near = f"{nearest(column, holding)} Those are {', '.join(holding) or 'none'}"
            yield field, f"`{field}` names {{{column}}}, which is no column that holds ids.{near}"
