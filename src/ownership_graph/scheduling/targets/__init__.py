"""Schedules as text: one module a scheduler, found by its name.

Each has `files(job)`, which gives the text of each file by its name; a comment at its top tells
what to do with it.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from ownership_graph.errors import UsageError
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ownership_graph.scheduling.job import Job


class Target(Protocol):
    """One scheduler."""

    def files(self, job: Job) -> Mapping[str, str]:
        """The text of each file by its name; UsageError where it cannot be told."""
        ...


def names() -> tuple[str, ...]:
    """The schedulers that are known."""
    return tuple(sorted(found.name for found in iter_modules(__path__)))


def find_target(name: str) -> Target:
    """The scheduler of that name.

    Raises:
        UsageError: there is none.
    """
    if name not in names():
        raise UsageError(
            f"making a schedule for '{name}': that is not one of {', '.join(names())}."
            f"{nearest(name, names())}"
        )
    return cast("Target", import_module(f"{__name__}.{name}"))
