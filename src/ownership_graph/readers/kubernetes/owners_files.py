"""OWNERS files: who approves and reviews what lies in a folder, and in those below it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Protocol

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.readers.documents import read_yaml
from ownership_graph.readers.picking import at, table, texts, yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

OWNERS = "OWNERS"
ALIASES = "OWNERS_ALIASES"
LARGEST_EXPRESSION = 10_000
"""Characters of the longest expression of a filter."""

_ROLES = {
    "approvers": ("approvers",),
    "reviewers": ("reviewers", "required_reviewers"),
    "emeritus_approvers": ("emeritus_approvers",),
    "emeritus_reviewers": ("emeritus_reviewers",),
}
_SIMPLE = ("approvers", "reviewers", "required_reviewers", "labels")


class Expression(Protocol):
    """What a filter is made of."""

    def search(self, text: str) -> object:
        """Where it is found in a text; `None` where it is not."""


@dataclass(frozen=True, slots=True)
class People:
    """Names by role, as they are written, for the paths that `expression` finds (all: none)."""

    names: dict[str, tuple[str, ...]]
    expression: Expression | None = None

    def of(self, role: str, inside: str) -> tuple[str, ...]:
        """Who has that role for a path, seen from the folder of the file."""
        found = self.expression is None or self.expression.search(inside)
        return self.names[role] if found else ()


@dataclass(frozen=True, slots=True)
class OwnersFile:
    """One OWNERS file; `alone` where those of the folders above do not count."""

    folder: tuple[str, ...]
    name: str
    people: tuple[People, ...]
    alone: bool = False

    def of(self, role: str, path: Sequence[str]) -> tuple[str, ...]:
        """Who has that role for a path, given by its parts from the checkout on."""
        inside = "/".join(path[len(self.folder) :])
        return tuple(dict.fromkeys(n for each in self.people for n in each.of(role, inside)))


@dataclass(slots=True)
class OwnersFiles:
    """The OWNERS files of a checkout, read when first asked for, and what was wrong with them.

    A file that cannot be read counts as none, as it does to Kubernetes' own tools; so does a
    link.
    """

    checkout: Path
    doing: str
    faults: list[tuple[str, int, str]] = field(default_factory=list)
    _read: dict[tuple[str, ...], OwnersFile | None] = field(default_factory=dict)

    def above(self, path: Sequence[str]) -> Iterator[OwnersFile]:
        """Those that count for a path, the nearest first."""
        for length in range(len(path) - 1, -1, -1):
            found = self._at(tuple(path[:length]))
            if found is not None:
                yield found
                if found.alone:
                    return

    def _at(self, folder: tuple[str, ...]) -> OwnersFile | None:
        if folder not in self._read:
            self._read[folder] = self._open(folder)
        return self._read[folder]

    def _open(self, folder: tuple[str, ...]) -> OwnersFile | None:
        file = self.checkout.joinpath(*folder, OWNERS)
        if file.is_symlink() or not file.is_file():
            return None
        name = "/".join((*folder, OWNERS))
        try:
            data = next((each.data for each in read_yaml(file, doing=self.doing)), None)
        except SourceError as error:
            self.faults.append((name, error.line, f"{error.message} It was passed over."))
            return None
        if not isinstance(data, dict):
            self.faults.append((name, 1, "it holds no table with approvers or filters. Mend it."))
            return None
        return OwnersFile(
            folder, name, tuple(self._people(data, name)), yes(data, "options", "no_parent_owners")
        )

    def _people(self, data: dict[str, object], name: str) -> Iterator[People]:
        """The people of the whole folder, or of each filter."""
        filters = table(data, "filters")
        simple = any(at(data, each) for each in _SIMPLE)
        yield People(_names(data))
        if simple and filters:
            why = (
                "filters beside approvers, reviewers or labels do not count. Move all of it there."
            )
            self.faults.append((name, 1, why))
        elif filters:
            yield from self._filtered(filters, name)

    def _filtered(self, filters: dict[str, object], name: str) -> Iterator[People]:
        for written, said in filters.items():
            try:
                yield People(_names(said), _expression(str(written), self.doing))
            except ValueError as error:
                why = f"the filter {shown(written)} is no expression: {brief(error)}. Mend it."
                self.faults.append((name, 1, why))


def _names(data: object) -> dict[str, tuple[str, ...]]:
    return {
        role: tuple(name for key in keys for name in texts(data, key))
        for role, keys in _ROLES.items()
    }


@cache
def _expression(written: str, doing: str) -> Expression | None:
    """A filter's expression in Go's language, which RE2 reads; none can take long.

    Raises:
        ValueError: it is none.
    """
    if written == ".*":
        return None
    if len(written) > LARGEST_EXPRESSION:
        raise ValueError(f"it has {len(written):,} characters")
    try:
        import re2  # noqa: PLC0415 -- an extra, needed by few
    except ImportError as error:
        raise SourceError(
            f"{doing}: the filter {shown(written)} needs the package 'google-re2'. Install it:"
            " pip install 'ownership-graph[kubernetes]'."
        ) from error
    options = re2.Options()
    options.log_errors = False
    try:
        found: Expression = re2.compile(written, options)
    except re2.error as error:
        raise ValueError(str(error)) from error
    return found


def read_aliases(checkout: Path, *, doing: str) -> dict[str, list[str]]:
    """The names that stand for several people, in small letters, and those people.

    Raises:
        SourceError: the file is there and cannot be read, or is a link.
    """
    file = checkout / ALIASES
    if not file.exists():
        return {}
    if file.is_symlink():
        raise SourceError(
            f"{doing}: a link is not followed. Put the file itself there.", file=str(file)
        )
    return {
        str(alias).casefold(): texts(members)
        for document in read_yaml(file, doing=doing)
        for alias, members in table(document.data, "aliases").items()
    }
