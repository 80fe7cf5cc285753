"""Whose a path is, out of many thousand rules."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ownership_graph.readers.codeowners.rules import CodeOwners, Rule, Section

MOST_TRIES = 20_000_000
"""How many rules are held against paths in all: half a minute's work."""


@dataclass(frozen=True, slots=True)
class Found:
    """The rule that counts for a path, and the section that it stands in."""

    rule: Rule
    section: Section


class Lookup:
    """The rules of a file, sorted by what a path must have for them to fit."""

    def __init__(self, read: CodeOwners, *, file: str, doing: str) -> None:
        """`file` and `doing` are for the error where it would take too long."""
        self._sections = [(each, _Sorted(each.rules)) for each in read.sections]
        self._file, self._doing, self._tries = file, doing, 0

    def of(self, path: Sequence[str]) -> Iterator[Found]:
        """For each section that has a say, the rule that counts for the path's parts.

        Raises:
            SourceError: so many rules have wildcards that it would take too long.
        """
        for section, rules in self._sections:
            found = self._last(rules, path)
            if found is not None and not found.excludes:
                yield Found(found, section)

    def _last(self, rules: _Sorted, path: Sequence[str]) -> Rule | None:
        """The last rule that fits; before all others, one that excludes for good."""
        last: Rule | None = None
        candidates = rules.for_path(path)
        self._tries += len(candidates)
        if self._tries > MOST_TRIES:
            raise SourceError(
                f"{self._doing}: there are so many lines with wildcards for so many files that it"
                " would take too long. Narrow what models are, or the lines.",
                file=self._file,
            )
        for each in candidates:
            if (last is None or each.excludes) and each.pattern.fits(path):
                if each.excludes:
                    return each
                last = each
        return last


class _Sorted:
    """The rules of one section."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._start: dict[tuple[str, ...], list[Rule]] = defaultdict(list)
        self._inside: dict[str, list[Rule]] = defaultdict(list)
        self._ending: dict[str, list[Rule]] = defaultdict(list)
        self._others: list[Rule] = []
        for each in rules:
            if start := each.pattern.start:
                self._start[start].append(each)
            elif inside := each.pattern.inside:
                self._inside[inside].append(each)
            elif ending := each.pattern.ending:
                self._ending[ending].append(each)
            else:
                self._others.append(each)

    def for_path(self, path: Sequence[str]) -> list[Rule]:
        """The rules that can fit the path, the last first."""
        starts = (self._start.get(tuple(path[:n]), ()) for n in range(1, len(path) + 1))
        inside = (self._inside.get(each, ()) for each in set(path))
        ending = (self._ending.get(each, ()) for each in self._endings(path))
        found = chain(*starts, *inside, *ending, self._others)
        return sorted(found, key=lambda each: each.line, reverse=True)

    def _endings(self, path: Sequence[str]) -> set[str]:
        """Each way in which a part of the path ends, if a rule asks for one."""
        if not self._ending:
            return set()
        return {part[n:] for part in path for n in range(len(part))}
