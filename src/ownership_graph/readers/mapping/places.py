"""A place in a mapping: what stands there, and how to say that it is wrong."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ownership_graph.errors import SettingsError
from ownership_graph.importing.quoting import shown
from ownership_graph.model import nearest
from ownership_graph.readers.mapping.templates import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.toml_file import TomlFile

ROW = "row"
"""The name of the row's number."""


@dataclass(frozen=True, slots=True)
class Place:
    """What stands at `path` in the file; `doing` begins the sentence of an error."""

    toml: TomlFile
    path: tuple[str | int, ...]
    value: object
    doing: str = "reading the mapping"

    @property
    def spoken(self) -> str:
        """The place as a person would name it, as `fact 3, set.stage`."""
        text = ""
        for part in self.path:
            if isinstance(part, int):
                text += f" {part + 1}"
            elif text:
                text += f", {part}" if text[-1].isdigit() else f".{part}"
            else:
                text = part
        return text

    def fault(self, what: str) -> SettingsError:
        """The error that says what is wrong here; `what` ends with what would be right."""
        where = f" {self.spoken}:" if self.path else ""
        return SettingsError(
            f"{self.doing}:{where} {what}",
            file=self.toml.file,
            line=self.toml.line(*self.path),
        )

    def under(self, key: str | int, value: object) -> Place:
        """The place of `key` inside this one."""
        return replace(self, path=(*self.path, key), value=value)

    def items(self, example: str) -> Iterator[tuple[str, Place]]:
        """The keys of the table that stands here, each with its place.

        Raises:
            SettingsError: no table stands here; `example` is shown.
        """
        if not isinstance(self.value, dict):
            raise self.fault(f"this must be a table. Write: {example}")
        for key, value in self.value.items():
            yield key, self.under(key, value)

    def entries(self, example: str) -> Iterator[Place]:
        """The tables of the list that stands here, or the one table that stands here.

        Raises:
            SettingsError: neither stands here; `example` is shown.
        """
        if isinstance(self.value, dict):
            yield self
            return
        if not isinstance(self.value, list) or not self.value:
            raise self.fault(f"this must be a table or a list of tables. Write: {example}")
        for number, value in enumerate(self.value):
            yield self.under(number, value)

    def text(self, example: str) -> str:
        """The text that stands here.

        Raises:
            SettingsError: no text stands here, or a blank one; `example` is shown.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.fault(
                f"{shown(self.value)} must be a text that is not blank. Write: {example}"
            )
        return self.value

    def texts(self, example: str) -> tuple[str, ...]:
        """The list of texts that stands here; one text is a list of one.

        Raises:
            SettingsError: anything else stands here; `example` is shown.
        """
        found = [self.value] if isinstance(self.value, str) else self.value
        if not isinstance(found, list) or not found:
            raise self.fault(f"this must be a text or a list of texts. Write: {example}")
        for each in found:
            if not isinstance(each, str):
                raise self.fault(
                    f"{shown(each)} must be a text, so with quotes around it. Write: {example}"
                )
        return tuple(found)

    def unknown(self, kind: str, name: str, known: Iterable[str]) -> SettingsError:
        """The error for a name that is not one of `known`; the nearest one is offered."""
        names = sorted(known)
        hint = nearest(name, names) or f" Known: {', '.join(names) or 'none'}."
        return self.fault(f"there is no {kind} {shown(name)}.{hint}")


def check_name(name: str, place: Place) -> None:
    """Check that it can be a name.

    Raises:
        SettingsError: it cannot.
    """
    if not NAME.fullmatch(name):
        raise place.fault(
            f"{shown(name)} cannot be a name here: letters, digits and underscores, no digit"
            " first. Write: use_case."
        )
    if name == ROW:
        raise place.fault("'row' is the number of the row. Take another name.")
