"""The catalogue: every saved query of the shipped folder, and of folders of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import QueryError, UsageError
from ownership_graph.folders import shipped
from ownership_graph.model import nearest
from ownership_graph.queries.frameworks import controls_of, load_frameworks
from ownership_graph.queries.header import parse_question

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.queries.question import Control, Question

ENDING = ".cypher"
LARGEST = 100_000
"""Bytes of the largest file that is read: saved queries are written by people."""

_DEPTH = 2


def load_questions(folders: Sequence[Path] = ()) -> tuple[Question, ...]:
    """The shipped questions, then those of `folders`, each folder's by name.

    Errors: QueryError with file and line; UsageError where a folder is none.
    """
    controls = controls_of(load_frameworks(folders).values())
    questions: list[Question] = []
    by_name: dict[str, Question] = {}
    by_code: dict[str, Question] = {}
    for folder in (shipped("cypher"), *folders):
        for question in _questions(folder, controls):
            _claim(by_name, question.name, "name", question)
            _claim(by_code, question.code, "code", question)
            questions.append(question)
    _check_implied(questions, by_code)
    return tuple(questions)


def _questions(folder: Path, controls: Mapping[str, Control]) -> Iterator[Question]:
    if not folder.is_dir():
        raise UsageError(
            f"reading the questions of '{folder}': that is no folder. Check the path."
        )
    for file in sorted(folder.rglob(f"*{ENDING}")):
        below = file.relative_to(folder)
        if any(part.startswith(".") for part in below.parts):
            continue
        if len(below.parts) != _DEPTH:
            raise QueryError(
                "reading the question: it must stand in a folder that is its theme, as in"
                f" `{folder.name}/ownership/unowned-models{ENDING}`. Move the file.",
                file=str(file),
            )
        name = below.with_suffix("").as_posix()
        yield parse_question(_text(file), file, name, controls)


def _text(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise QueryError(f"reading the question: {error.strerror}.", file=str(file)) from error
    if len(data) > LARGEST:
        raise QueryError(
            f"reading the question: it is longer than {LARGEST:,} bytes.", file=str(file)
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise QueryError(
            "reading the question: it is not UTF-8 text. Save it as UTF-8.",
            file=str(file),
            line=line,
        ) from error


def _claim(taken: dict[str, Question], key: str, what: str, question: Question) -> None:
    other = taken.setdefault(key, question)
    if other is not question:
        raise QueryError(
            f"reading the question: its {what} '{key}' is that of {other.file} as well."
            f" Give it another {what}.",
            file=str(question.file),
        )


def _check_implied(questions: Sequence[Question], by_code: dict[str, Question]) -> None:
    for question in questions:
        for code in question.implies:
            if code not in by_code:
                raise QueryError(
                    f"reading the field 'implies': no question has the code '{code}'."
                    f"{nearest(code, by_code)}",
                    file=str(question.file),
                )
        if question.code in _implied_by(question, by_code):
            raise QueryError(
                f"reading the field 'implies': '{question.code}' implies itself, directly or"
                " through others. The stronger finding implies the weaker, and not the other way"
                " round.",
                file=str(question.file),
            )


def _implied_by(question: Question, by_code: dict[str, Question]) -> set[str]:
    """The codes that a question implies, directly or through others that are known."""
    found: set[str] = set()
    rest = list(question.implies)
    while rest:
        code = rest.pop()
        if code not in found and code in by_code:
            found.add(code)
            rest.extend(by_code[code].implies)
    return found
