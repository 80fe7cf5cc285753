"""The catalogue: every saved query of the shipped folder, and of folders of one's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError, UsageError
from ownership_graph.folders import shipped
from ownership_graph.model import nearest
from ownership_graph.queries.fitness import line_of
from ownership_graph.queries.frameworks import controls_of, load_frameworks
from ownership_graph.queries.header import read_question
from ownership_graph.queries.mistakes import in_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.queries.question import Question

ENDING = ".cypher"
LARGEST = 100_000
"""Bytes of the largest file that is read: saved queries are written by people."""

_DEPTH = 2
_CODE = re.compile(r"^// code:\s*(\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What was read: the questions that are well, and all that is wrong with the others.

    `codes` are those that stand in any of the files, well or not.
    """

    questions: tuple[Question, ...]
    mistakes: tuple[QueryError, ...]
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Place:
    """A file, the name that a question has by standing there, and whether it is a shipped one."""

    file: Path
    name: str
    is_shipped: bool = False


def load_questions(folders: Sequence[Path] = ()) -> tuple[Question, ...]:
    """The shipped questions, then those of `folders`, each folder's by name.

    Errors: QueryError with file and line; UsageError where a folder is none.
    """
    read = read_questions(places_of((shipped("cypher"), *folders)), folders)
    for first in read.mistakes[:1]:
        if len(read.mistakes) > 1:
            first.add_note(
                f"and {len(read.mistakes) - 1} more: ownership-graph queries check lists them"
            )
        raise first
    return read.questions


def places_of(folders: Iterable[Path]) -> list[Place]:
    """Where the questions of the folders stand, each folder's by name.

    Errors: UsageError where a folder is none.
    """
    return [place for folder in folders for place in _places(folder)]


def read_questions(places: Iterable[Place], folders: Sequence[Path] = ()) -> Catalogue:
    """The questions that stand there, with every mistake in them; `folders` have frameworks.

    Errors: QueryError or SettingsError where frameworks cannot be read.
    """
    controls = controls_of(load_frameworks(folders).values())
    read: list[Question] = []
    mistakes: list[QueryError] = []
    codes: set[str] = set()
    for place in places:
        try:
            text = _text(place)
        except QueryError as error:
            mistakes.append(error)
            continue
        codes.update(_CODE.findall(text))
        if place.is_shipped:
            question, wrong = _shipped(text, place)
        else:
            question, wrong = read_question(text, place.file, place.name, controls)
        mistakes += wrong
        read += [question] if question else []
    questions = list(_alone(read, codes, mistakes))
    by_code = {question.code: question for question in questions}
    for question in questions:
        mistakes += _wrongly_implied(question, codes, by_code)
    return Catalogue(tuple(questions), tuple(mistakes), frozenset(codes))


@cache
def _shipped(text: str, place: Place) -> tuple[Question | None, tuple[QueryError, ...]]:
    """A shipped question, read once in the life of a process; it names shipped clauses alone."""
    return read_question(text, place.file, place.name, is_fit=True)


def _alone(
    read: Iterable[Question], codes: set[str], mistakes: list[QueryError]
) -> Iterator[Question]:
    """The questions whose name and code no question before has."""
    by_name: dict[str, Question] = {}
    by_code: dict[str, Question] = {}
    for question in read:
        same_name = by_name.setdefault(question.name, question)
        same_code = by_code.setdefault(question.code, question)
        if same_name is not question:
            mistakes.append(_clash(question, same_name, f"name '{question.name}'", "Rename it"))
        if same_code is not question:
            step = f"Right is `// code: {free_code(codes)}`"
            mistakes.append(_clash(question, same_code, f"code '{question.code}'", step))
        if same_name is same_code is question:
            yield question


def _places(folder: Path) -> Iterator[Place]:
    if not folder.is_dir():
        if folder.is_file():
            above = folder.absolute().parent.parent
            why = f"that is a file. Give the folder that holds its theme, which is '{above}'."
        else:
            why = (
                "that is no folder. Check the path, or begin a question there: ownership-graph"
                " queries new pilots/without-a-day."
            )
        raise UsageError(f"reading the questions of '{folder}': {why}")
    is_shipped = folder == shipped("cypher")
    for file in sorted(folder.rglob(f"*{ENDING}")):
        below = file.relative_to(folder)
        if not any(part.startswith(".") for part in below.parts):
            yield Place(file, below.with_suffix("").as_posix(), is_shipped)


def _check_depth(place: Place) -> None:
    depth = place.name.count("/") + 1
    if depth == _DEPTH:
        return
    file = place.file.absolute()
    step = (
        "Move the file"
        if depth > _DEPTH
        else f"Move it, or give the folder above: {file.parents[1]}"
    )
    raise QueryError(
        "reading the question: it must stand in a folder that is its theme, and that one in the"
        f" folder of questions, as in `our-questions/ownership/unowned-models{ENDING}`. {step}.",
        file=str(place.file),
    )


def _text(place: Place) -> str:
    """What stands in the file of a question."""
    _check_depth(place)
    file = place.file
    try:
        if file.is_fifo():  # it would be waited for without end
            raise QueryError("reading the question: it is a pipe. Name a file.", file=str(file))
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise QueryError(
            f"reading the question: {error.strerror}. Check the path, and the right to read it.",
            file=str(file),
        ) from error
    if len(data) > LARGEST:
        raise QueryError(
            f"reading the question: it is longer than {LARGEST:,} bytes. One file is one"
            " question.",
            file=str(file),
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise in_file(
            "reading the question: it is not UTF-8 text. Save it as UTF-8.",
            str(file),
            data.decode(errors="replace"),
            line=data[: error.start].count(b"\n") + 1,
        ) from error


def _clash(question: Question, other: Question, what: str, step: str) -> QueryError:
    return in_file(
        f"reading the question: its {what} is that of {other.file} as well. {step}.",
        str(question.file),
        question.cypher,
        line=line_of(question.cypher, "// code") if what.startswith("code") else 1,
    )


def free_code(taken: Iterable[str]) -> str:
    """A code that no question has.

    >>> free_code(["OWN-01", "OUR-01"])
    'OUR-02'
    """
    codes = set(taken)
    number = 1
    while f"OUR-{number:02}" in codes:
        number += 1
    return f"OUR-{number:02}"


def _wrongly_implied(
    question: Question, codes: Collection[str], by_code: Mapping[str, Question]
) -> Iterator[QueryError]:
    """What is wrong with `implies`: a code that is not there, or the question itself."""
    whys = [
        f"no question has the code '{code}'.{nearest(code, codes)}"
        for code in question.implies
        if code not in codes
    ]
    if question.code in _implied_by(question, by_code):
        whys.append(
            f"'{question.code}' implies itself, directly or through others. The stronger finding"
            " implies the weaker, and not the other way round."
        )
    for why in whys:
        yield in_file(
            f"reading the field 'implies': {why}",
            str(question.file),
            question.cypher,
            line=line_of(question.cypher, "// implies"),
        )


def _implied_by(question: Question, by_code: Mapping[str, Question]) -> set[str]:
    """The codes that a question implies, directly or through others that are known."""
    found: set[str] = set()
    rest = list(question.implies)
    while rest:
        code = rest.pop()
        if code not in found and code in by_code:
            found.add(code)
            rest.extend(by_code[code].implies)
    return found
