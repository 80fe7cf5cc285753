"""YAML as texts: no dates, numbers or objects made of them, no aliases that grow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_NULL = "tag:yaml.org,2002:null"
_MERGE = "<<"


class UnsafeYamlError(Exception):
    """What is YAML and is not taken; `line` counts from 0."""

    def __init__(self, why: str, line: int) -> None:
        """Say why."""
        super().__init__(why)
        self.why, self.line = why, line


class _Texts(yaml.CBaseLoader):
    """Builds lists, dicts and texts whatever the tags say; only a null is none of them."""


_Texts.add_implicit_resolver(_NULL, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""])
_Texts.add_constructor(_NULL, lambda _loader, _node: None)


def documents(text: str, *, deepest: int, most: int) -> Iterator[tuple[int, object]]:
    """The line, from 0, of each document, and what it holds.

    Raises:
        UnsafeYamlError: it is too deep, has merge keys, or more than `most` values when its
            aliases are written out.
        yaml.YAMLError: it is no YAML.
    """
    lines = _looked_at(text, deepest, most)
    found = yaml.load_all(text, Loader=_Texts)
    return zip(lines, found, strict=True)


def _line(event: yaml.Event) -> int:
    """The line, from 0, on which something begins."""
    return event.start_mark.line if event.start_mark else 0


class _Sizes:
    """How many values stand under each node that is open, and under each anchor."""

    def __init__(self, deepest: int, most: int) -> None:
        self._deepest, self._most = deepest, most
        self._open: list[tuple[int, str | None]] = []
        self._anchored: dict[str, int | None] = {}
        self._size = 0

    def document(self) -> None:
        self._anchored.clear()

    def begin(self, event: yaml.CollectionStartEvent) -> None:
        if len(self._open) >= self._deepest:
            raise UnsafeYamlError(
                f"lists and tables stand in one another more than {self._deepest} deep. Nobody"
                " writes that; look where the file comes from.",
                _line(event),
            )
        self._open.append((self._size, event.anchor))
        if event.anchor:
            self._anchored[event.anchor] = None

    def end(self) -> None:
        before, anchor = self._open.pop()
        self._size += 1
        if anchor:
            self._anchored[anchor] = self._size - before

    def scalar(self, event: yaml.ScalarEvent) -> None:
        if event.value == _MERGE and event.implicit[0]:
            raise UnsafeYamlError(
                "the merge key << is not read, for what it merges can grow without end. Write"
                " the keys out.",
                _line(event),
            )
        self._size += 1
        if event.anchor:
            self._anchored[event.anchor] = 1

    def alias(self, event: yaml.AliasEvent) -> None:
        size = self._anchored.get(event.anchor or "", 1)
        self._size += size or 0
        if size is None or self._size > self._most:
            what = "holds itself" if size is None else f"makes more than {self._most:,} values"
            raise UnsafeYamlError(
                f"the alias *{event.anchor} {what}. Write out what is meant.",
                _line(event),
            )


def _looked_at(text: str, deepest: int, most: int) -> list[int]:
    """The lines on which documents begin; what would be too much is found before it is built."""
    lines, sizes = [], _Sizes(deepest, most)
    waiting = False
    for event in yaml.parse(text, Loader=yaml.CBaseLoader):
        if isinstance(event, yaml.DocumentStartEvent):
            sizes.document()
            waiting = True
        elif waiting:
            lines.append(_line(event))
            waiting = False
        _take(sizes, event)
    return lines


def _take(sizes: _Sizes, event: yaml.Event) -> None:
    match event:
        case yaml.CollectionStartEvent():
            sizes.begin(event)
        case yaml.CollectionEndEvent():
            sizes.end()
        case yaml.AliasEvent():
            sizes.alias(event)
        case yaml.ScalarEvent():
            sizes.scalar(event)
        case _:
            pass
