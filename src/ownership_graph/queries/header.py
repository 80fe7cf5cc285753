"""Reads a saved query: three blocks of comments (title, why, fields), then the Cypher."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ownership_graph.errors import QueryError
from ownership_graph.model import nearest
from ownership_graph.queries.fields import EXAMPLES, LISTING, READERS, listed
from ownership_graph.queries.fitness import examined
from ownership_graph.queries.frameworks import find_control, shipped_controls
from ownership_graph.queries.question import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from ownership_graph.queries.question import Control

COMMENT = "//"
_FIELD = re.compile(r"// (?:(?P<kind>parameter|column) )?(?P<name>[^:\s]+)\s*:(?P<text>.*)")
_CONTINUED = "//   "
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")
_BLOCKS = ("title", "why it matters", "fields")


@dataclass(slots=True)
class _Field:
    """One field as it stands: its first text, then the lines that go on with it."""

    name: str
    line: int
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text: `among` keeps its lines, since a query stands there."""
        return "\n".join(self.parts) if self.name == "among" else " ".join(self.parts)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the header, with its number in the file."""

    number: int
    text: str


def parse_question(
    text: str, file: Path, name: str, controls: Mapping[str, Control] | None = None
) -> Question:
    """The question that the text of a file asks; `name` is its theme and its file's name.

    `controls` are the clauses that it may name, by their names in small letters; without them,
    those of the shipped frameworks.
    Errors: QueryError with file and line, what is wrong, and what would be right.
    """
    if not _NAME.fullmatch(name):
        raise QueryError(
            f"reading the question '{name}': theme and name are small letters and digits with"
            " hyphens, as in `ownership/unowned-models.cypher`. Rename the file.",
            file=str(file),
        )
    blocks = _blocks(text, file)
    fields = _fields(blocks[2], file)
    values = _values(fields, file)
    values["controls"] = _controls(fields, controls or shipped_controls(), file)
    _check_whole(values, file, blocks[2][-1].number)
    question = Question(
        name=name,
        theme=name.partition("/")[0],
        title=" ".join(_prose(blocks[0])),
        why=" ".join(_prose(blocks[1])),
        cypher=text,
        file=file,
        **values,
    )
    # The query of `among` begins on the line below the field.
    among_line = next((each.line + 1 for each in fields if each.name == "among"), 0)
    return examined(question, among_line=among_line)


def _blocks(text: str, file: Path) -> list[list[Line]]:
    """The lines of the three blocks."""
    blocks: list[list[Line]] = [[]]
    number = 0
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.rstrip()
        if not stripped.startswith(COMMENT):
            break
        if stripped != COMMENT:
            blocks[-1].append(Line(number, stripped))
        elif len(blocks) == len(_BLOCKS):
            raise _place_of_blocks(file, number)
        else:
            blocks.append([])
    if len(blocks) < len(_BLOCKS) or not all(blocks):
        raise _place_of_blocks(file, max(number, 1))
    return blocks


def _place_of_blocks(file: Path, line: int) -> QueryError:
    return QueryError(
        f"reading the header: it is three blocks of `//` lines ({', '.join(_BLOCKS)}), parted by"
        " one empty `//` line each, and then the Cypher.",
        file=str(file),
        line=line,
    )


def _prose(block: list[Line]) -> Iterator[str]:
    return (line.text.removeprefix(COMMENT).strip() for line in block)


def _fields(block: list[Line], file: Path) -> list[_Field]:
    """The fields of the last block, each with the lines that go on with it."""
    fields: list[_Field] = []
    for line in block:
        if line.text.startswith(_CONTINUED) and fields:
            fields[-1].parts.append(line.text.removeprefix(_CONTINUED))
        else:
            fields.append(_field(line, file))
    return fields


def _field(line: Line, file: Path) -> _Field:
    found = _FIELD.fullmatch(line.text)
    if found is None:
        raise QueryError(
            "reading the header: this is neither a field nor, indented by three blanks, more of"
            " the one above. Right is `// severity: 4`.",
            file=str(file),
            line=line.number,
        )
    name, text = found["name"], found["text"].strip()
    if found["kind"]:
        return _Field(found["kind"], line.number, [f"{name}: {text}"])
    if name not in READERS or name in {"parameter", "column"}:
        near = nearest(name, READERS)
        raise QueryError(
            f"reading the header: '{name}' is no field.{near} The fields are"
            f" {', '.join(READERS)}; right is `// {EXAMPLES.get(name, 'severity: 4')}`.",
            file=str(file),
            line=line.number,
        )
    return _Field(name, line.number, [text])


def _values(fields: list[_Field], file: Path) -> dict[str, Any]:
    """The values of the fields by the names of a Question's attributes."""
    values: dict[str, Any] = {}
    many: dict[str, list[Any]] = {"parameter": [], "column": []}
    for each in fields:
        value = _value(each, file)
        if each.name in many:
            if value.name in {other.name for other in many[each.name]}:
                raise _twice(f"{each.name} {value.name}", file, each.line)
            many[each.name].append(value)
        elif each.name in values:
            raise _twice(each.name, file, each.line)
        else:
            values[each.name] = value
    values.pop("control", None)  # which is looked up, see _controls
    return values | {f"{name}s": tuple(found) for name, found in many.items()}


def _value(found: _Field, file: Path) -> Any:  # noqa: ANN401 -- each field has its own type
    try:
        return READERS[found.name](found.text)
    except QueryError as error:
        why = str(error)
        raise QueryError(
            f"reading the field '{found.name}': {why}{'' if why.endswith('?') else '.'}"
            f" Right is `// {EXAMPLES[found.name]}`.",
            file=str(file),
            line=found.line,
        ) from error


def _controls(
    fields: Iterable[_Field], known: Mapping[str, Control], file: Path
) -> tuple[Control, ...]:
    """The clauses that the field `control` names, each once."""
    found = next((each for each in fields if each.name == "control"), None)
    if found is None:
        return ()
    try:
        named = [find_control(known, text) for text in listed(found.text, ";")]
    except QueryError as error:
        raise QueryError(
            f"reading the field 'control': {error}. Right is `// {EXAMPLES['control']}`.",
            file=str(file),
            line=found.line,
        ) from error
    return tuple(dict.fromkeys(named))


def _twice(what: str, file: Path, line: int) -> QueryError:
    return QueryError(
        f"reading the header: '{what}' stands here a second time. Leave one.",
        file=str(file),
        line=line,
    )


def _check_whole(values: dict[str, Any], file: Path, line: int) -> None:
    """What a question needs as a whole: code, severity, columns; a finding its first step."""
    wanted = ["code", "severity"]
    if values.get("severity") is not None:
        wanted.append("remedy")
    absent = [name for name in wanted if name not in values]
    absent += [] if values["columns"] else ["column"]
    if absent:
        raise QueryError(
            f"reading the header: '{absent[0]}' is not there."
            f" Right is `// {EXAMPLES[absent[0]]}`.",
            file=str(file),
            line=line,
        )
    if values.get("absence") and "among" not in values:
        why = "`absence: yes` compares with those who could have it, so `among` must say who"
    elif values["severity"] is None and (values.get("absence") or values.get("implies")):
        why = f"`absence` and `implies` are about findings, and the severity is {LISTING}"
    elif any(each.name == "severity" and each.type != "int" for each in values["columns"]):
        why = "a column `severity` takes the place of the severity, so its type is int"
    else:
        why = _unheld(values)
    if why:
        raise QueryError(f"reading the header: {why}.", file=str(file), line=line)


def _unheld(values: dict[str, Any]) -> str:
    """What is wrong with the columns that cause and actor name; nothing, if all hold ids."""
    cause, actor = values.get("cause"), values.get("actor")
    named = [("cause", cause.column)] if cause and cause.column else []
    named += [
        ("actor", each) for right in (actor.rights if actor else ()) for each in right.columns
    ]
    holding = [each.name for each in values["columns"] if each.labels]
    for field_name, column in named:
        if column not in holding:
            return (
                f"`{field_name}` names {{{column}}}, which is no column that holds ids."
                f"{nearest(column, holding)} Those are {', '.join(holding) or 'none'}"
            )
    return ""
