"""YAML and JSON out of hostile hands, read whole into texts, lists and dicts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import msgspec

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.importing.text_files import open_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 256 * 1024 * 1024
"""Characters of the largest document that is read whole."""

DEEPEST = 100
"""Lists and tables in one another; what people write has ten."""

MOST_REPEATED = 1_000_000
"""Values that a YAML document may hold when every alias is written out."""

_BYTE = re.compile(r"\(byte (\d+)\)")


@dataclass(frozen=True, slots=True)
class Document:
    """One document, and the line on which it begins.

    `data` holds dicts, lists and texts; out of JSON also numbers, yes and no, out of both None.
    """

    data: object
    file: str
    line: int


def read_yaml(path: Path, *, doing: str) -> Iterator[Document]:
    """The documents of the YAML file at `path`, blank ones left out.

    Every value is a text as it was written (or None), so that the version 1.10 and the day
    2023-14-05 are what their author sees. `doing` begins the sentence of an error.

    Raises:
        SourceError: it cannot be read, is no YAML, too large or too deep, or repeats itself
            by aliases or merge keys.
        ImportError: the package for YAML is not installed.
    """
    yield from parse_yaml(
        whole_text(path, doing=doing, largest=LARGEST), name=str(path), doing=doing
    )


def parse_yaml(text: str, *, name: str, doing: str, line: int = 1) -> Iterator[Document]:
    """The documents in a text that stands on that line of the file called `name`.

    Raises:
        SourceError: as `read_yaml`.
        ImportError: the package for YAML is not installed.
    """
    import yaml  # noqa: PLC0415 -- an extra, needed by those who read YAML

    from ownership_graph.readers.yaml_texts import UnsafeYamlError, documents  # noqa: PLC0415

    try:
        for first, data in documents(text, deepest=DEEPEST, most=MOST_REPEATED):
            if data is not None:
                yield Document(data, name, line + first)
    except UnsafeYamlError as error:
        raise SourceError(f"{doing}: {error.why}", file=name, line=line + error.line) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        _no_yaml(doing, str(error.problem), name, line + mark.line if mark else line, error)
    except yaml.YAMLError as error:
        at = text[: getattr(error, "position", 0)].count("\n")
        why = "it holds a character that no text has, such as NUL"
        _no_yaml(doing, why, name, line + at, error)


def _no_yaml(doing: str, why: str, file: str, line: int, error: Exception) -> NoReturn:
    raise SourceError(
        f"{doing}: this is no YAML: {why}. Mend the file.", file=file, line=line
    ) from error


def read_json(path: Path, *, doing: str) -> object:
    """What the JSON file at `path` holds.

    Raises:
        SourceError: it cannot be read, is no JSON, too large or too deep.
    """
    text = whole_text(path, doing=doing, largest=LARGEST)
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError as error:
        line, why = fault_in_json(error, text)
        raise SourceError(
            f"{doing}: this is no JSON: {why}. Get the file again.", file=str(path), line=line
        ) from error
    except RecursionError as error:
        raise SourceError(
            f"{doing}: lists and tables stand in one another hundreds deep. Nobody writes that;"
            " look where the file comes from.",
            file=str(path),
        ) from error


def whole_text(path: Path, *, doing: str, largest: int) -> str:
    """The text of the file, of so many characters at the most.

    Raises:
        SourceError: it cannot be read (see `open_text`), or is larger.
    """
    with open_text(path, doing=doing) as stream:
        text = stream.read(largest + 1)
    if len(text) > largest:
        raise SourceError(
            f"{doing}: the file is larger than {largest // 1024**2:,} MiB, too large to be read"
            " whole. Split it.",
            file=str(path),
        )
    return text


def fault_in_json(error: msgspec.DecodeError, text: str) -> tuple[int, str]:
    """The line on which reading the text ended, the last where it is cut off; and why."""
    found = _BYTE.search(str(error))
    before = text.encode()[: int(found[1])] if found else text.encode()
    why = _BYTE.sub("", str(error)).removeprefix("JSON is malformed:")
    return before.count(b"\n") + 1, brief(why.strip())
