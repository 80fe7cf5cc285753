"""What a scheduler is to start: the program, where, with which settings and secrets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.scheduling.times import Times

NAME = "ownership-graph"
ENV_FILE = Path("/etc/ownership-graph/env")
PREFIX = "OWNERSHIP_GRAPH__"
WAIT = "600"
"""Seconds that a run waits for another that is writing."""


@dataclass(frozen=True, slots=True)
class Job:
    """The nightly run in this place. All paths are absolute.

    `variables` are the names of the environment variables that hold what the settings need;
    their values never appear in a schedule. `secret_files` are the files that they point at.
    `embedded` tells whether the graph is a file in `folder`. `image` is that of a container.
    """

    program: Path
    folder: Path
    settings: Path | None
    times: Times
    user: str
    env_file: Path = ENV_FILE
    variables: tuple[str, ...] = ()
    secret_files: tuple[Path, ...] = ()
    image: str = NAME

    def __post_init__(self) -> None:
        """Refuse what no scheduler can be told.

        Raises:
            UsageError: a path has a line break in it.
        """
        for each in (self.program, self.folder, self.settings, self.env_file, self.image):
            if each is not None and not str(each).isprintable():
                raise UsageError(
                    f"making the schedule: {str(each)!r} holds a character that no scheduler"
                    " takes. Give it another name."
                )

    def arguments(self, settings: Path | None = None) -> tuple[str, ...]:
        """The nightly line behind the program's name, with those settings or the job's own."""
        said = settings or self.settings
        return ("run", *(("--settings", str(said)) if said else ()), "--wait", WAIT)


def needed(
    said: Mapping[str, object], environment: Iterable[str], folder: Path
) -> tuple[set[str], set[Path]]:
    """The environment variables, and the files, that the settings take their values from.

    `said` is what file and environment say together, `environment` the names of all variables
    that there are; paths are meant from `folder`.
    """
    variables = {name for name in environment if name.upper().startswith(PREFIX)}
    files = set()
    for text in _texts(said):
        kind, _, where = text.partition(":")
        if kind == "env" and where:
            variables.add(where)
        if kind == "file" and where and not where.startswith("//"):
            files.add(folder / Path(where).expanduser())
    return variables, files


def _texts(value: object) -> Iterator[str]:
    """Every text anywhere in a settings file."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)
