"""Where each value comes from: a line of the file, a variable of the environment, or neither."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ownership_graph.toml_file import TomlFile

if TYPE_CHECKING:
    from collections.abc import Mapping

Parts: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one value comes from; all blank for a default."""

    file: str = ""
    line: int = 0
    variable: str = ""

    def __str__(self) -> str:
        """In words.

        >>> str(Origin()), str(Origin("a.toml", 3)), str(Origin(variable="A__B"))
        ('default', 'a.toml:3', 'A__B')
        """
        if self.variable:
            return self.variable
        return f"{self.file}:{self.line}" if self.file and self.line else self.file or "default"


NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class Written:
    """What file and environment say together, before it is checked.

    `variables` are the names of the environment's variables, by the path of what they set.
    """

    said: TomlFile = field(default_factory=lambda: TomlFile("", {}, {}))
    folder: Path = field(default_factory=Path)
    data: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[Parts, str] = field(default_factory=dict)

    def origin(self, *path: str | int) -> Origin:
        """Where the value at `path` comes from."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.variables:
                return Origin(variable=self.variables[path[:length]])
        return Origin(self.said.file, self.said.line(*path)) if self._in_file(path) else NOWHERE

    def around(self, *path: str | int) -> Origin:
        """The same, or where the nearest key around it stands: for what is missing."""
        found = self.origin(*path)
        if found == NOWHERE and self.said.file:
            return Origin(self.said.file, self.said.line(*path))
        return found

    def _in_file(self, path: Parts) -> bool:
        here: Any = self.said.data
        for part in path:
            if isinstance(here, str) and part == "address":  # store = "…"
                return True
            inside = isinstance(part, int) and isinstance(here, list) and part < len(here)
            if not inside and not (isinstance(here, dict) and part in here):
                return False
            here = here[part]
        return True
