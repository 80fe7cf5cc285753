"""Which files of a checkout belong to which model, by patterns as `models/{model}/**`.

In a pattern `{model}` is the model's name, `*` and `?` stand for letters of a folder or file,
and `**` for any folders, or none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.readers.walking import walked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings

NAME = "{model}"
USUAL = ("models/{model}/**",)
"""Where models stand unless somebody says otherwise."""

MOST_FILES = 5_000_000
"""How many files a checkout may have."""

_WILD = re.compile(r"[*?{]")
_TOKEN = re.compile(r"\{model\}|\*+|\?|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Where:
    """A pattern: the folder in which all that fits it stands, and what it fits."""

    folder: tuple[str, ...]
    expression: re.Pattern[str]


def models_in(
    checkout: Path, patterns: Sequence[str], *, doing: str
) -> dict[str, list[tuple[str, ...]]]:
    """The files of each model, in order, each as the parts of its path from the checkout.

    A link is a file like any other, and not followed.

    Raises:
        UsageError: a pattern has no `{model}`, or leads out of the checkout.
        SourceError: no file fits a pattern, or a folder cannot be read.
    """
    found: dict[str, dict[str, None]] = {}
    count = 0
    for each in map(_where, patterns):
        for path in _files_under(checkout, each.folder, doing):
            fitting = each.expression.fullmatch(path)
            if fitting:
                found.setdefault(fitting["model"], {})[path] = None
            count += 1
            if count > MOST_FILES:
                raise SourceError(
                    f"{doing}: there are more than {MOST_FILES:,} files. Say with 'models' in"
                    " which folders models stand.",
                    file=str(checkout),
                )
    if not found:
        raise SourceError(
            f"{doing}: no file fits {' or '.join(map(shown, patterns))}. Say with 'models' where"
            " models stand, as models/{model}/** or src/{model}.py.",
            file=str(checkout),
        )
    return {
        name: [tuple(path.split("/")) for path in sorted(paths)]
        for name, paths in sorted(found.items())
    }


def recognised(
    checkout: Path, what: str, surroundings: Surroundings, also: Sequence[Path]
) -> Found:
    """A checkout whose models have owners; where they stand is asked unless it is as usual."""
    usual = any(checkout / "models" in each.parent.parents for each in surroundings.files)
    return Found(
        checkout,
        what,
        {} if usual else {"models": list(USUAL)},
        also=tuple(also),
        ask="" if usual else "Say with 'models' in which folders your models stand.",
    )


def namer(patterns: Sequence[str]) -> Callable[[str], str]:
    """What tells the model's name out of a path, by the first pattern that fits; blank for none.

    >>> namer(["models/{model}/**"])("models/fraud/train.py")
    'fraud'

    Raises:
        UsageError: a pattern has no `{model}`, or leads out of the checkout.
    """
    expressions = [_where(each).expression for each in patterns]

    def name_in(path: str) -> str:
        found = (each.fullmatch(path) for each in expressions)
        return next((each["model"] for each in found if each), "")

    return name_in


def model_id(written: str, name: str) -> str:
    """The id of a model, made of its name as `written` says.

    Raises:
        UsageError: the name is not in it.

    >>> model_id("model:{model}", "fraud")
    'model:fraud'
    """
    if NAME not in written:
        raise UsageError(
            f"reading the option 'model_id': {shown(written)} would give every model the same"
            f" id. Write {NAME} where the name goes, as model:{NAME}."
        )
    return written.replace(NAME, name)


def _where(pattern: str) -> _Where:
    parts = pattern.strip("/").split("/")
    if sum(each.count(NAME) for each in parts) != 1 or ".." in parts:
        raise UsageError(
            f"reading the option 'models': {shown(pattern)} does not say which part of a path is"
            f" the model's name. Write {NAME} there, once, as models/{NAME}/**."
        )
    plain = next(n for n, each in enumerate(parts) if _WILD.search(each))
    return _Where(tuple(parts[:plain]), re.compile(_expression(parts)))


def _expression(parts: Sequence[str]) -> str:
    """What the pattern's parts fit."""
    *folders, last = parts
    start = "".join(r"(?:[^/]+/)*" if each == "**" else f"{_part(each)}/" for each in folders)
    return start + (r"(?:[^/]+/)*[^/]+" if last == "**" else _part(last))


def _part(text: str) -> str:
    """What one part of a pattern fits."""
    made = {NAME: "(?P<model>[^/]+?)", "?": "[^/]"}
    found = (each[0] for each in _TOKEN.finditer(text))
    return "".join(
        made.get(each) or ("[^/]*" if each[0] == "*" else re.escape(each)) for each in found
    )


def _files_under(checkout: Path, folder: tuple[str, ...], doing: str) -> Iterator[str]:
    """The paths below a folder of the checkout, with slashes, seen from the checkout."""
    start = checkout.joinpath(*folder)
    if not start.is_dir() or start.resolve() != checkout.resolve().joinpath(*folder):
        return
    for here, files, links in walked(start, doing=doing):
        inside = here.relative_to(checkout).as_posix()
        prefix = "" if inside == "." else f"{inside}/"
        yield from (f"{prefix}{each}" for each in sorted((*files, *links)))
