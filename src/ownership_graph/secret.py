"""Secrets: named by where they are kept, read only when they are used, never shown."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from ownership_graph.errors import SettingsError

POINTERS = ("env:", "file:")
"""How a text begins that says where a secret is kept."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A password or token: `where` is `env:NAME` or `file:PATH`, blank for one given itself.

    A path is meant from `folder`. `file` and `line` are where the secret is asked for.
    """

    where: str = ""
    folder: Path = field(default_factory=Path)
    file: str = ""
    line: int = 0
    itself: str = ""

    def __repr__(self) -> str:
        """Where it is kept, never what it is.

        >>> Secret("env:TOKEN"), Secret(itself="hunter2")
        (Secret('env:TOKEN'), Secret('***'))
        """
        return f"Secret({self.where or '***'!r})"

    __str__ = __repr__

    @property
    def is_set(self) -> bool:
        """Whether there is anything to be read."""
        try:
            return bool(self.reveal())
        except SettingsError:
            return False

    def reveal(self) -> str:
        """The secret itself; blank where none was asked for.

        Raises:
            SettingsError: the environment variable is not set, or the file cannot be read.
        """
        kind, _, name = self.where.partition(":")
        if kind == "env":
            return self._variable(name)
        if kind == "file":
            return self._text(self.folder / Path(name).expanduser())
        return self.itself

    def _variable(self, name: str) -> str:
        if name not in os.environ:
            raise SettingsError(
                f"reading a secret: the environment variable {name} is not set. Set it.",
                file=self.file,
                line=self.line,
            )
        return os.environ[name]

    def _text(self, path: Path) -> str:
        try:
            return path.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"reading a secret: the file {path} could not be read. Check the path, and that"
                " it is a text that you may read.",
                file=self.file,
                line=self.line,
            ) from error
