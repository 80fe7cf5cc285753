"""The options of an importer, read off the signature and docstring of its `read`."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from ownership_graph.errors import SettingsError, UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.secret import POINTERS, Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

OptionType: TypeAlias = Literal["text", "int", "float", "bool", "path", "secret"]

_TYPES: Mapping[str, OptionType] = {
    "str": "text",
    "int": "int",
    "float": "float",
    "bool": "bool",
    "Path": "path",
    "Secret": "secret",
}
KNOWN = "Known"
"""The type of the one parameter that is no option."""

_YES = frozenset({"true", "yes", "1", "on"})
_NO = frozenset({"false", "no", "0", "off"})
_MANY = re.compile(r"tuple\[(\w+),\s*\.\.\.\]")
_ARGUMENT = re.compile(r"^(\s+)(\w+):\s*(.*)$")


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that can be told to an importer.

    `many` options take any number of values, and hand a tuple to `read`. A `required` one has
    no default.
    """

    name: str
    type: OptionType
    required: bool
    default: object
    meaning: str
    many: bool = False

    def value(self, given: object) -> object:
        """What is handed to `read` for a value from the settings or the command line.

        Raises:
            UsageError: the value is not of the option's type.
        """
        if given is None and not self.required:
            return self.default
        if self.many:
            each_given = given if isinstance(given, list | tuple) else [given]
            return tuple(self._one(each) for each in each_given)
        return self._one(given)

    def _one(self, given: object) -> object:
        try:
            return _CONVERT[self.type](given)
        except (TypeError, ValueError) as error:
            what = "what was given" if self.type == "secret" else shown(given)
            raise UsageError(
                f"reading the option '{self.name}': {what} is not {_SENTENCE[self.type]}."
            ) from error


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given


def _int(given: object) -> int:
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise TypeError
    return int(given)


def _float(given: object) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float | str):
        raise TypeError
    return float(given)


def _bool(given: object) -> bool:
    folded = str(given).casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise ValueError


def _path(given: object) -> Path:
    if not isinstance(given, str | Path) or not str(given):
        raise TypeError
    return Path(given)


def _secret(given: object) -> Secret:
    if isinstance(given, Secret):
        return given
    if not isinstance(given, str) or not given.startswith(POINTERS):
        raise TypeError
    return Secret(given)


_CONVERT: Mapping[OptionType, Callable[[object], object]] = {
    "text": _text,
    "int": _int,
    "float": _float,
    "bool": _bool,
    "path": _path,
    "secret": _secret,
}
_SENTENCE: Mapping[OptionType, str] = {
    "text": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "yes or no",
    "path": "a path",
    "secret": "env:NAME or file:PATH, which say where the secret is kept",
}


def options_of(read: Callable[..., object], *, file: str) -> tuple[Option, ...]:
    """The options that the signature of `read` names, with their meanings from its docstring.

    Raises:
        SettingsError: a parameter has no type, or one that an option cannot have.
    """
    meanings = argument_meanings(inspect.getdoc(read) or "")
    return tuple(
        _option(each, meanings.get(each.name, ""), file)
        for each in inspect.signature(read).parameters.values()
        if not _is_known(each)
    )


def asks_known(read: Callable[..., object]) -> bool:
    """Whether `read` has a parameter `known: Known`, for what the graph knows already."""
    return any(map(_is_known, inspect.signature(read).parameters.values()))


def _is_known(parameter: inspect.Parameter) -> bool:
    return parameter.name == KNOWN.lower() and _spelt(parameter).rpartition(".")[2] == KNOWN


def _spelt(parameter: inspect.Parameter) -> str:
    written = parameter.annotation
    return written if isinstance(written, str) else inspect.formatannotation(written)


def _option(parameter: inspect.Parameter, meaning: str, file: str) -> Option:
    written, spelt = parameter.annotation, _spelt(parameter)
    plain = spelt.removesuffix("| None").strip()
    many = _MANY.fullmatch(plain)
    name = many[1] if many else plain.rpartition(".")[2]
    variadic = parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    if variadic or name not in _TYPES:
        kept = "" if written is parameter.empty else f" with the type '{spelt}'"
        raise SettingsError(
            f"loading an importer: the parameter '{parameter.name}' of read{kept} cannot be an"
            f" option. Give it one of the types {', '.join(_TYPES)}, such a type '| None',"
            " or 'tuple[str, ...]'.",
            file=file,
        )
    required = parameter.default is parameter.empty
    default = None if required else parameter.default
    return Option(parameter.name, _TYPES[name], required, default, meaning, many=bool(many))


def argument_meanings(docstring: str) -> dict[str, str]:
    r"""The meanings in the `Args:` section of a Google-style docstring, by argument.

    >>> argument_meanings("Reads.\n\nArgs:\n    path: Where\n        it is.")
    {'path': 'Where it is.'}
    """
    _, _, section = docstring.partition("\nArgs:\n")
    meanings: dict[str, str] = {}
    name, indent = "", 0
    for line in section.splitlines():
        if line and not line[0].isspace():
            break
        found = _ARGUMENT.match(line)
        if found and (not name or len(found[1]) <= indent):
            indent, name = len(found[1]), found[2]
            meanings[name] = found[3]
        elif name:
            meanings[name] = f"{meanings[name]} {line.strip()}".strip()
    return meanings
