"""Measures of one's own: a file with the same three things as ours, loaded by its path."""

from __future__ import annotations

import hashlib
import importlib.util
import traceback
from dataclasses import replace
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import TYPE_CHECKING, Any

from ownership_graph.errors import QueryError, UsageError
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from ownership_graph.queries.question import Question

_RIGHT = (
    'Right is `TAKES = ("model", "n")`, `GIVES = ("model", "share")` and'
    " `def measure(rows, parameters): return [{…} for row in rows]`."
)


class OwnMeasure:
    """What such a file holds; what goes wrong in it is told with its line."""

    def __init__(self, file: Path) -> None:
        """Run the file. Errors: QueryError where it fails, or does not hold what is wanted."""
        self.file = file
        module = self._module()
        self.__doc__ = module.__doc__ or f"A measure of your own: {file}"
        self.TAKES = self._names(module, "TAKES")
        self.GIVES = self._names(module, "GIVES")
        self.USES = self._names(module, "USES") if hasattr(module, "USES") else ()
        self._function: Any = getattr(module, "measure", None)
        if not callable(self._function):
            raise self._wrong(f"it has no function 'measure'. {_RIGHT}")

    def measure(
        self, rows: Sequence[Mapping[str, Any]], parameters: Mapping[str, object]
    ) -> list[dict[str, object]]:
        """The final rows. Errors: QueryError where the code fails, or gives something else."""
        try:
            made = [dict(row) for row in self._function(rows, parameters)]
        except Exception as error:
            raise self._failed(error) from error
        for row in made:
            absent = [name for name in self.GIVES if name not in row]
            if absent:
                raise self._wrong(
                    f"a row that it returned has no '{absent[0]}', which GIVES names."
                    f" It has {', '.join(row)}."
                )
        return made

    def _module(self) -> ModuleType:
        digest = hashlib.blake2b(str(self.file.resolve()).encode(), digest_size=8).hexdigest()
        name = f"_ownership_graph_measure_{self.file.stem}_{digest}"
        loader = SourceFileLoader(name, str(self.file))
        module = importlib.util.module_from_spec(ModuleSpec(name, loader, origin=str(self.file)))
        try:
            loader.exec_module(module)
        except Exception as error:
            raise self._failed(error) from error
        return module

    def _names(self, module: ModuleType, name: str) -> tuple[str, ...]:
        said = getattr(module, name, None)
        if not isinstance(said, tuple) or not all(isinstance(each, str) for each in said):
            raise self._wrong(f"{name} is no tuple of names. {_RIGHT}")
        return said

    def _failed(self, error: Exception) -> QueryError:
        frames = reversed(traceback.extract_tb(error.__traceback__))
        line = next((each.lineno or 0 for each in frames if each.filename == str(self.file)), 0)
        if isinstance(error, SyntaxError):
            line = error.lineno or 0
        return self._wrong(f"its code failed with {type(error).__name__}: {error}.", line)

    def _wrong(self, why: str, line: int = 0) -> QueryError:
        return QueryError(f"the measure '{self.file.stem}': {why}", file=str(self.file), line=line)


def with_own_measures(
    questions: Iterable[Question], folders: Iterable[Path], ours: Collection[str]
) -> tuple[Question, ...]:
    """The questions, each with the file that its `then` names in one of the folders.

    Errors: UsageError where a folder is none, or a file is called like one of ours.
    """
    files: dict[str, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(
                f"looking for measures of your own: {folder} is no folder. Check `measures` in"
                " the settings."
            )
        files |= {file.stem: file for file in sorted(folder.glob("[!_]*.py"))}
    twice = sorted(files.keys() & set(ours))
    if twice:
        raise UsageError(
            f"looking for measures of your own: {files[twice[0]]} is called like one of ours."
            " Rename it."
        )
    return tuple(replace(each, own_measure=files.get(each.then)) for each in questions)


def absent(name: str, known: Sequence[str]) -> QueryError:
    """That there is no such measure, with the nearest."""
    return QueryError(
        f"looking for the measure '{name}': there is none.{nearest(name, known)} The measures are"
        f" {', '.join(known)}; one of your own is a file in a folder that the settings name:"
        ' measures = ["our-measures"].'
    )
