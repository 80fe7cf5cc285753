"""Importers: found by the name of their file, loaded by its path, read with their options."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import inspect
import re
import sys
import traceback
from dataclasses import dataclass
from importlib.machinery import ModuleSpec, SourceFileLoader
from typing import TYPE_CHECKING, Literal, TypeVar

from ownership_graph.errors import OwnershipGraphError, SettingsError, SourceError, UsageError
from ownership_graph.folders import shipped
from ownership_graph.importing.known import Known
from ownership_graph.importing.options import Option, asks_known, options_of
from ownership_graph.importing.quoting import brief
from ownership_graph.model import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path
    from types import ModuleType

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Record

_Said = TypeVar("_Said")

__all__ = ["Importer", "Option", "find_importer", "list_importers", "try_importers"]


@dataclass(frozen=True, slots=True)
class Importer:
    """One file that can read one kind of source.

    `provides` are the needs that such a source always speaks about. `mode` is what absence
    from a later reading means, unless the source's settings say otherwise; so are the labels
    that it is `authoritative_for`, of which such a source lists all there are. `source` is what
    such a source is called where nobody says otherwise, with options in braces; blank for most.
    `inputs` takes the options of `read`, and names the files that are all that it looks at.
    `found` says which files of a folder it would read, and `shows` takes the options of `read` and
    tells what that would say, for people, line by line. Where it `asks_known`, `read` is handed
    what the graph knows from other sources. What it reads is written `by_people` where they keep
    the file as it should be: what they take out is gone, requests too.
    """

    name: str
    file: Path
    summary: str
    help: str
    provides: tuple[str, ...]
    mode: Literal["full", "events"]
    options: tuple[Option, ...]
    function: Callable[..., Iterator[Record]]
    source: str = ""
    inputs: Callable[..., Iterable[Path]] | None = None
    found: Callable[[Surroundings], Iterable[Found]] | None = None
    shows: Callable[..., Iterator[str]] | None = None
    authoritative_for: tuple[str, ...] = ()
    asks_known: bool = False
    by_people: bool = False

    def called(self, options: Mapping[str, object]) -> str:
        """What a source with these options is called where nobody says otherwise, or nothing."""
        return self.source.format_map(options)

    def files(self, **options: object) -> tuple[Path, ...]:
        """The files that are all that `read` looks at; none where there may be more.

        Raises:
            OSError: a folder among them cannot be read.
            SourceError: a fault of the importer's own code.
        """
        if self.inputs is None or self.asks_known:
            return ()
        try:
            return tuple(self.inputs(**self._values(options)))
        except (OwnershipGraphError, OSError):
            raise
        except Exception as error:
            raise self._fault(error) from error

    def recognise(self, surroundings: Surroundings) -> tuple[Found, ...]:
        """The sources in a folder that it would read; none where it recognises nothing.

        Raises:
            SourceError: a fault of the importer's own code.
        """
        try:
            return tuple(self.found(surroundings)) if self.found else ()
        except Exception as error:
            raise self._fault(error, f"looking for what '{self.name}' reads") from error

    def read(self, known: Known | None = None, /, **options: object) -> Iterator[Record]:
        """What the source says; `known` is what the graph knows from other sources.

        Raises:
            UsageError: an option is unknown, missing, or not of its type.
            SourceError: the source could not be read to its end; a fault of the importer's
                own code is told with its file and line.
        """
        values = self._values(options)
        given = values | {"known": known or Known()} if self.asks_known else values
        return self._told(self.function, given)

    def preview(self, **options: object) -> Iterator[str]:
        """What `read` would say, for people, line by line; nothing where the importer shows none.

        Raises:
            UsageError: an option is unknown, missing, or not of its type.
            SourceError: as from `read`.
        """
        return self._told(self.shows, self._values(options)) if self.shows else iter(())

    def _values(self, given: dict[str, object]) -> dict[str, object]:
        known = {each.name: each for each in self.options}
        for name in given:
            if name not in known:
                raise UsageError(
                    f"reading with the importer '{self.name}': there is no option"
                    f" '{name}'.{_hint(name, known)}"
                )
        missing = [each.name for each in self.options if each.required and each.name not in given]
        if missing:
            raise UsageError(
                f"reading with the importer '{self.name}': the option '{missing[0]}' is missing."
                " Give it."
            )
        return {name: known[name].value(value) for name, value in given.items()}

    def _told(
        self, said: Callable[..., Iterator[_Said]], values: dict[str, object]
    ) -> Iterator[_Said]:
        """What one of its functions says, and its faults in sentences."""
        try:
            yield from said(**values)
        except OwnershipGraphError:
            raise
        except ImportError as error:
            raise SourceError(
                _install(f"reading with the importer '{self.name}'", error)
            ) from error
        except OSError as error:
            raise SourceError(
                f"reading with the importer '{self.name}': {error.strerror or error}."
                " Check the path, and whether you may read it.",
                file=str(error.filename or ""),
            ) from error
        except Exception as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception, doing: str = "") -> SourceError:
        place = traceback.extract_tb(error.__traceback__)[-1]
        doing = doing or f"reading with the importer '{self.name}'"
        return SourceError(
            f"{doing}: its own code failed with"
            f" {type(error).__name__}: {brief(error)} ({place.filename}, line {place.lineno})."
            " Nothing was imported. Please report it to whoever keeps the importer.",
        )


def find_importer(name: str, folders: Sequence[Path] = ()) -> Importer:
    """The importer of that name: a shipped one, or one of `folders`, whose code is run.

    Raises:
        UsageError: there is none of that name; the nearest one is offered.
        SettingsError: its file cannot be loaded.
    """
    files = _files(folders)
    wanted = name.replace("-", "_")
    if wanted not in files:
        raise UsageError(
            f"looking for an importer: there is none called '{name}'.{_hint(name, files)}"
        )
    return _load(files[wanted])


def list_importers(folders: Sequence[Path] = ()) -> list[Importer]:
    """All importers by name: the shipped ones, and those of `folders`, whose code is run.

    Raises:
        SettingsError: a file cannot be loaded.
    """
    return [_load(file) for _, file in sorted(_files(folders).items())]


def try_importers(folders: Sequence[Path] = ()) -> tuple[list[Importer], list[SettingsError]]:
    """The importers that can be loaded, by name, and why the others cannot.

    Raises:
        SettingsError: a folder is not there, or two importers have one name.
    """
    loaded: list[Importer] = []
    failed: list[SettingsError] = []
    for _, file in sorted(_files(folders).items()):
        try:
            loaded.append(_load(file))
        except SettingsError as error:
            failed.append(error)
    return loaded, failed


def _hint(name: str, known: dict[str, Option] | dict[str, Path]) -> str:
    return nearest(name, known) or f" Known: {', '.join(sorted(known)) or 'none'}."


def _files(folders: Sequence[Path]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for folder in (shipped("importers"), *folders):
        if folder in folders and not folder.is_dir():
            raise SettingsError(
                f"looking for importers: there is no folder {folder}. Check the path."
            )
        for file in sorted(folder.glob("[!_]*.py")):
            if file.stem in files:
                raise SettingsError(
                    f"looking for importers: {files[file.stem]} has the name '{file.stem}', too."
                    " Rename one of the two.",
                    file=str(file),
                )
            files[file.stem] = file
    return files


def _load(file: Path) -> Importer:
    module = _module(file)
    read = getattr(module, "read", None)
    if not inspect.isroutine(read):
        raise SettingsError(
            "loading an importer: it has no function 'read'. Write"
            " `def read(path: Path) -> Iterator[Record]`.",
            file=str(file),
        )
    text = inspect.getdoc(module) or ""
    summary, _, rest = text.partition("\n")
    return Importer(
        file.stem,
        file,
        summary.strip(),
        rest.strip() or summary.strip(),
        _names(module, file, "PROVIDES"),
        _mode(module, file),
        options_of(read, file=str(file)),
        read,
        str(getattr(module, "SOURCE", "")),
        getattr(module, "inputs", None),
        getattr(module, "found", None),
        getattr(module, "preview", None),
        _names(module, file, "AUTHORITATIVE_FOR", ()),
        asks_known(read),
        bool(getattr(module, "BY_PEOPLE", False)),
    )


def _module(file: Path) -> ModuleType:
    """The module at that path, under a name that no other module can have.

    A file called `mlflow.py` must be able to `import mlflow`.
    """
    digest = hashlib.blake2b(str(file.resolve()).encode(), digest_size=8).hexdigest()
    name = f"_ownership_graph_importer_{file.stem}_{digest}"
    loader = SourceFileLoader(name, str(file))
    module = importlib.util.module_from_spec(ModuleSpec(name, loader, origin=str(file)))
    module.__file__ = str(file)
    sys.modules[name] = module
    try:
        loader.exec_module(module)
    except ImportError as error:
        del sys.modules[name]
        raise SettingsError(_install("loading an importer", error), file=str(file)) from error
    except Exception as error:
        del sys.modules[name]
        line = error.lineno if isinstance(error, SyntaxError) else _line_in(file, error)
        raise SettingsError(
            f"loading an importer: its code failed with {type(error).__name__}: {brief(error)}.",
            file=str(file),
            line=line or 0,
        ) from error
    return module


def _line_in(file: Path, error: BaseException) -> int:
    """The last line of `file` that the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((each.lineno or 0 for each in reversed(frames) if each.filename == str(file)), 0)


_EXAMPLES = {
    "PROVIDES": '`PROVIDES = ("OWNS",)` for what such a source always speaks about, or'
    " `PROVIDES = ()`",
    "AUTHORITATIVE_FOR": '`AUTHORITATIVE_FOR = ("Person",)` where such a source lists everybody',
}


def _names(
    module: ModuleType, file: Path, constant: str, default: object = None
) -> tuple[str, ...]:
    names = getattr(module, constant, default)
    if not isinstance(names, tuple) or not all(isinstance(each, str) for each in names):
        raise SettingsError(
            f"loading an importer: {constant} is missing or no tuple of texts. Write"
            f" {_EXAMPLES[constant]}.",
            file=str(file),
        )
    return names


def _mode(module: ModuleType, file: Path) -> Literal["full", "events"]:
    match getattr(module, "MODE", "full"):
        case "full":
            return "full"
        case "events":
            return "events"
        case other:
            raise SettingsError(
                f"loading an importer: MODE is {other!r}. It can be 'full' or 'events'.",
                file=str(file),
            )


def _install(doing: str, error: ImportError) -> str:
    """The sentence for a package that is not installed, with the command that installs it."""
    package = (error.name or "").partition(".")[0]
    if not isinstance(error, ModuleNotFoundError) or package in ("", "ownership_graph"):
        return f"{doing}: {error}."
    extra = _extra_with(package)
    wanted = f"ownership-graph[{extra}]" if extra else package
    return f"{doing}: it needs the package '{package}'. Install it: pip install '{wanted}'."


_CALLED = {"mlflow": "mlflow-skinny", "yaml": "pyyaml"}
"""Packages that are not called as what is imported of them."""

_ALL = "all"


def _extra_with(package: str) -> str:
    """Our extra that asks for that package and few others, or an empty text."""
    wanted = _CALLED.get(package, package).replace("_", "-").casefold()
    extras = []
    for requirement in importlib.metadata.requires("ownership-graph") or ():
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        extra = re.search(r"extra == ['\"]([\w-]+)['\"]", requirement)
        if extra and name.replace("_", "-").casefold() == wanted:
            extras.append(extra[1])
    return min(extras, key=lambda each: each == _ALL, default="")
