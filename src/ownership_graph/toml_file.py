"""TOML files with the line of every key, so that a mistake can be shown where it stands."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING, Any

import toml_rs

from ownership_graph.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_FIRST_PRINTABLE, _DELETE = 0x20, 0x7F

DEEPEST = 100
"""Lists and tables in one another, or parts of one key; what people write has five."""

_STRING = r""""{3}(?:\\.|[^\\])*?"{3}|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'"""
_PIECES = re.compile(rf"{_STRING}|#[^\n]*|(?P<open>[\[{{])|(?P<close>[\]}}])", re.DOTALL)
_PART = r"""[ \t]*(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\."""
_LONG_KEY = re.compile(rf"^[ \t]*(?:\[\[?)?(?:{_PART}){{{DEEPEST}}}", re.MULTILINE)

LARGEST = 1_000_000
"""Bytes of the largest file that is read: settings and mappings are written by people."""


class TomlFile:
    """What a TOML file says, and where it says it."""

    def __init__(self, file: str, data: dict[str, Any], nodes: dict[str, Any]) -> None:
        """`nodes` is what toml-rs tells of each key's place."""
        self.file, self.data, self._nodes = file, data, nodes

    def line(self, *path: str | int) -> int:
        """The line, from 1, of the key at `path`, or of the nearest key around it; 0 for none.

        A number in the path picks an entry of a list, as in `line("source", 0, "name")`.
        """
        here, met = self._nodes, []
        for part in path:
            found = _step(here, part)
            if not isinstance(found, dict):
                break
            met.append(found)
            here = found
        return next(filter(None, map(_place, reversed(met))), 0)


def _place(node: dict[str, Any]) -> int:
    """The line of a key; for a table, that of its first key."""
    for name in ("key_line", "value_line"):
        if isinstance(node.get(name), int):
            return int(node[name])
    return min((_place(each) for each in node.values() if isinstance(each, dict)), default=0)


def _step(here: Any, part: str | int) -> Any:  # noqa: ANN401 -- toml-rs nests dicts and lists freely
    is_value = isinstance(here, dict) and any(
        isinstance(here.get(name), int) for name in ("key_line", "value_line")
    )
    inside = here.get("value") if is_value else here
    if isinstance(inside, dict):
        return inside.get(part)
    if isinstance(inside, list) and isinstance(part, int) and part < len(inside):
        return inside[part]
    return None


def read_toml(path: Path, *, doing: str) -> TomlFile:
    """The file at `path`; `doing` begins the sentence of an error ("reading the settings").

    Raises:
        SettingsError: the file is missing, too large, not text, or not TOML.
    """
    name = str(path)
    try:
        raw = _bytes(path)
    except OSError as error:
        raise SettingsError(
            f"{doing}: the file could not be read ({error.strerror}). Check the path.", file=name
        ) from error
    if len(raw) > LARGEST:
        raise SettingsError(
            f"{doing}: the file holds {len(raw):,} bytes, more than {LARGEST:,}."
            " Is this the right file?",
            file=name,
        )
    return parse_toml(raw, file=name, doing=doing)


def _bytes(path: Path) -> bytes:
    if path.is_fifo():  # it would be waited for without end
        raise OSError(errno.EINVAL, "it is a pipe")
    return path.read_bytes()


def parse_toml(raw: bytes, *, file: str, doing: str) -> TomlFile:
    """The same for bytes that are already there."""
    try:
        text = raw.decode("utf-8-sig")
        _refuse_depth(text, file=file, doing=doing)
        found = toml_rs.load_with_metadata(text)
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{doing}: the file is not UTF-8 text (byte {error.start}). Save it as UTF-8.",
            file=file,
        ) from error
    except toml_rs.TOMLDecodeError as error:
        reason = str(error).strip().splitlines()[-1]
        raise SettingsError(
            f"{doing}: this is not TOML: {reason}.",
            file=file,
            line=error.lineno,
            column=error.colno,
        ) from error
    return TomlFile(file, found.value, found.meta["nodes"])


def _refuse_depth(text: str, *, file: str, doing: str) -> None:
    """Refuse what would exhaust the stack of the parser, which no exception can catch."""
    depth, at = 0, -1
    for piece in _PIECES.finditer(text):
        depth += (piece.lastgroup == "open") - (piece.lastgroup == "close")
        if depth > DEEPEST:
            at = piece.start()
            break
    else:
        long = _LONG_KEY.search(text)
        at = long.start() if long else -1
    if at >= 0:
        raise SettingsError(
            f"{doing}: this goes more than {DEEPEST} levels deep. Is this the right file?",
            file=file,
            line=text.count("\n", 0, at) + 1,
        )


def toml_value(value: str | float | Sequence[str]) -> str:
    r"""A value as TOML writes it on one line; a number as it is, since bool and int are numbers.

    >>> print(toml_value("a\\b"), toml_value(True), toml_value(0.25), toml_value(["a", "b"]))
    "a\\b" true 0.25 ["a", "b"]
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        return f'"{"".join(map(_written, value))}"'
    return f"[{', '.join(map(toml_value, value))}]"


def _written(character: str) -> str:
    """One character inside quotes."""
    if character in _ESCAPED:
        return _ESCAPED[character]
    code = ord(character)
    control = code < _FIRST_PRINTABLE or code == _DELETE
    return f"\\u{code:04x}" if control else character
