"""Frameworks: the clauses that the answer to a question may be evidence towards."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from ownership_graph.errors import QueryError
from ownership_graph.folders import shipped
from ownership_graph.model import nearest
from ownership_graph.queries.question import Control
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.toml_file import TomlFile

FILE_NAME = "frameworks.toml"
_DOING = "reading the frameworks"
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DAYS = ("text", "applies_from")
_OF_CLAUSE = ("title", "applies_from", "note")
_OF_FRAMEWORK = ("title", "publisher", "version", "text", "applies_from", "note", "clauses")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a framework; `applies_from` is blank where the framework's own day holds."""

    title: str
    applies_from: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A framework under its short name, with those of its clauses that questions may name.

    `text` is the day of the text that was read, or its month, as ISO text; `applies_from` is
    blank where the text binds from no day.
    """

    name: str
    title: str
    publisher: str
    version: str
    text: str
    clauses: Mapping[str, Clause]
    applies_from: str = ""
    note: str = ""

    def control(self, clause: str) -> Control:
        """One clause, with what of the framework matters to it."""
        found = self.clauses[clause]
        return Control(
            framework=self.name,
            clause=clause,
            title=found.title,
            text_day=self.text,
            applies_from=found.applies_from or self.applies_from,
            note=found.note,
        )


def load_frameworks(folders: Sequence[Path] = ()) -> dict[str, Framework]:
    """The shipped frameworks by short name; `folders` add to them, or say something else.

    Errors: QueryError or SettingsError with file and line.
    """
    found: dict[str, Framework] = {}
    for folder in (shipped("cypher"), *folders):
        file = folder / FILE_NAME
        if file.is_file():
            _lay_over(found, read_toml(file, doing=_DOING))
    return found


@cache
def shipped_controls() -> Mapping[str, Control]:
    """The controls of the shipped frameworks."""
    return controls_of(load_frameworks().values())


def controls_of(frameworks: Iterable[Framework]) -> dict[str, Control]:
    """Every clause by its name in small letters: "nist govern 2.1"."""
    controls = (each.control(clause) for each in frameworks for clause in each.clauses)
    return {control.text.casefold(): control for control in controls}


def find_control(controls: Mapping[str, Control], text: str) -> Control:
    """The clause of that name. Errors: QueryError, without file and line."""
    found = controls.get(" ".join(text.split()).casefold())
    if found is None:
        known = [each.text for each in controls.values()]
        raise QueryError(
            f"'{text}' is no clause of a framework that is known.{nearest(text, known)}"
            f" Known are clauses of {', '.join(sorted({c.framework for c in controls.values()}))};"
            f" a {FILE_NAME} beside your questions adds to them"
        )
    return found


def _lay_over(found: dict[str, Framework], toml: TomlFile) -> None:
    """What a file says, over what is known."""
    for name in toml.data:
        if name != "framework":
            raise _fault(toml, (name,), f"'{name}' is no key; there is [framework.NAME] only")
    for name, table in _table(toml, ("framework",)).items():
        path = ("framework", name)
        said = _said(toml, path, _OF_FRAMEWORK)
        before = asdict(found[name]) if name in found else {"name": name, "clauses": {}}
        clauses = found[name].clauses if name in found else {}
        if "clauses" in table:
            clauses = {**clauses, **dict(_clauses(toml, (*path, "clauses"), clauses))}
        whole = {**before, **said, "clauses": clauses}
        _refuse_absent(toml, path, whole, ("title", "publisher", "version", "text"))
        found[name] = Framework(**whole)


def _clauses(
    toml: TomlFile, path: tuple[str, ...], known: Mapping[str, Clause]
) -> Iterable[tuple[str, Clause]]:
    for name in _table(toml, path):
        said = _said(toml, (*path, name), _OF_CLAUSE)
        before = asdict(known[name]) if name in known else {}
        _refuse_absent(toml, (*path, name), before | said, ("title",))
        yield name, Clause(**{**before, **said})


def _table(toml: TomlFile, path: tuple[str, ...]) -> dict[str, Any]:
    found: Any = toml.data
    for part in path:
        found = found.get(part, {})
    if not isinstance(found, dict):
        raise _fault(toml, path, f"'{path[-1]}' is a table, as in [{'.'.join(path)}]")
    return found


def _said(toml: TomlFile, path: tuple[str, ...], known: Sequence[str]) -> dict[str, str]:
    """The texts of a table, days as ISO text."""
    said = {}
    for name, value in _table(toml, path).items():
        here = (*path, name)
        if name not in known:
            near = nearest(name, known)
            raise _fault(toml, here, f"'{name}' is none of {', '.join(known)}.{near}")
        if name == "clauses":
            continue
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        text = value.isoformat() if is_day else value
        if not isinstance(text, str) or not text.strip():
            raise _fault(toml, here, f"'{name}' is a text between quotes")
        if name in _DAYS and not _DAY.fullmatch(text):
            raise _fault(toml, here, f"'{name}' is a day, as in {name} = 2023-01-26")
        said[name] = text
    return said


def _refuse_absent(
    toml: TomlFile, path: tuple[str, ...], said: Mapping[str, object], wanted: Sequence[str]
) -> None:
    for name in wanted:
        if name not in said:
            raise _fault(toml, path, f"'{path[-1]}' has no {name}. Write: {name} = \"…\"")


def _fault(toml: TomlFile, path: tuple[str, ...], why: str) -> QueryError:
    return QueryError(
        f"{_DOING}: {why}{'' if why.endswith('?') else '.'}",
        file=toml.file,
        line=toml.line(*path),
    )
