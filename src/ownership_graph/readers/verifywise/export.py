"""VerifyWise out of files: saved answers of its API, told apart by what they hold."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.readers.documents import read_json
from ownership_graph.readers.picking import at, tables, text, yes
from ownership_graph.readers.walking import files_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.readers.stating import End

DOING = "reading the export of VerifyWise"
USE_CASE, MODEL, USER, WORKFLOW, REQUEST, ROLE, THRESHOLD = (
    "use case", "model", "user", "workflow", "request", "role", "threshold",
)  # fmt: skip

_SIGNS = (
    (REQUEST, ("request_name", "workflow_id")),
    (WORKFLOW, ("workflow_title", "entity_type")),
    (USE_CASE, ("project_title", "owner")),
    (THRESHOLD, ("model_inventory_id", "metric", "op")),
    (ROLE, ("model_inventory_id", "role")),
    (MODEL, ("provider", "model", "version")),
    (USER, ("email", "surname")),
)
"""The keys by which each kind is known, the narrowest first."""


@dataclass(slots=True)
class Export:
    """The entries by kind, files in which nothing was known, and addresses by users' numbers."""

    entries: dict[str, list[dict[str, object]]] = field(default_factory=lambda: defaultdict(list))
    unknown: list[str] = field(default_factory=list)
    emails: dict[str, str] = field(default_factory=dict)

    def of(self, kind: str) -> Iterator[dict[str, object]]:
        """The entries of that kind that are not made up for a demonstration."""
        return (each for each in self.entries[kind] if not yes(each, "is_demo"))

    def person(self, number: str) -> End | None:
        """The user of that number; nothing where there is none."""
        return ("Person", self.emails.get(number, f"vw:user/{number}")) if number else None


def files_of(path: Path) -> list[Path]:
    """The files that are read: the one that is named, or each *.json below the folder."""
    return files_at(path, "*.json", doing=DOING)


def exported(path: Path) -> Export:
    """All that the files hold.

    Raises:
        SourceError: a file is no JSON, or there is nothing known in any of them.
    """
    export = Export()
    for file in files_of(path):
        data = read_json(file, doing=DOING)
        wrapped = isinstance(data, dict) and "data" in data
        kinds = [_take(each, export) for each in tables(data, *(["data"] if wrapped else []))]
        if not any(kinds) and (kinds or not isinstance(at(data, "data"), list)):
            export.unknown.append(file.name)
    if not any(export.entries.values()):
        raise SourceError(
            f"{DOING}: there is nothing of VerifyWise. Save what its API answers at /projects,"
            " /users and the others as *.json.",
            file=str(path),
        )
    return export


def _take(said: dict[str, object], export: Export) -> str:
    kind = next((kind for kind, keys in _SIGNS if all(key in said for key in keys)), "")
    if kind:
        export.entries[kind].append(said)
    if kind == USER and text(said, "email"):
        export.emails[text(said, "id")] = text(said, "email").lower()
    return kind
