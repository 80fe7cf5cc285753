"""Reads a mapping file, and shows each mistake in it where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ownership_graph.errors import SettingsError
from ownership_graph.importing.mapping.patterns import Patterns, patterns
from ownership_graph.importing.mapping.rules import (
    ColumnRule,
    Condition,
    End,
    FactRule,
    Link,
    MappingFile,
)
from ownership_graph.importing.mapping.templates import (
    LOWER,
    Template,
    TemplateError,
    template,
)
from ownership_graph.model import BOOKKEEPING, LABELS, MADE_UP_BY_ENGINE, RELATIONSHIPS, nearest
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path
    from typing import NoReturn

    from ownership_graph.importing.mapping.templates import ValueMap
    from ownership_graph.toml_file import TomlFile

DOING = "reading the mapping"
ROW = "row"
_SECTIONS = ("columns", "values", "fact")
_FIELDS = ("set", "where", "except", "each", "link")
_ENDS = 2


def read_mapping(path: Path) -> MappingFile:
    """The mapping at `path`, checked in all that can be known without the table.

    Raises:
        SettingsError: names the file, the line, the key, and what would be right.
    """
    return _Reader(read_toml(path, doing=DOING)).mapping()


@dataclass(frozen=True, slots=True)
class _Reader:
    """One mapping file while it is read."""

    said: TomlFile

    def mapping(self) -> MappingFile:
        for key in self.said.data:
            if key not in _SECTIONS:
                self.fail((key,), f"there is no section '{key}'.", _SECTIONS, key)
        columns = tuple(self.columns())
        values = dict(self.values())
        listed = self.said.data.get("fact")
        if not isinstance(listed, list) or not listed:
            self.fail(("fact",), "it makes no fact. Write at least one [[fact]].")
        facts = tuple(
            self.fact(at, entry, [*(each.name for each in columns), ROW], values)
            for at, entry in enumerate(listed)
        )
        self.refuse_unused(columns, values, facts)
        return MappingFile(self.said.file, columns, values, facts)

    def fail(
        self,
        path: tuple[str | int, ...],
        what: str,
        known: Iterable[str] = (),
        wrong: str = "",
    ) -> NoReturn:
        known = list(known)
        hint = nearest(wrong, known) or (f" Known: {', '.join(known)}." if known else "")
        raise SettingsError(
            f"{DOING}: {what}{hint}", file=self.said.file, line=self.said.line(*path)
        )

    def table(self, path: tuple[str | int, ...], found: object) -> dict[str, Any]:
        if not isinstance(found, dict):
            self.fail(path, f"'{path[-1]}' must be a table, such as {{ name = \"{{title}}\" }}.")
        return found

    def columns(self) -> Iterable[ColumnRule]:
        found = self.table(("columns",), self.said.data.get("columns", {}))
        for name, header in found.items():
            path = ("columns", name)
            if not isinstance(header, str) or not header.strip("~ "):
                self.fail(path, f"the column '{name}' must name a header: {name} = \"Use Case\".")
            if not name.isidentifier() or name == ROW:
                self.fail(path, f"'{name}' cannot be a short name; use letters, digits and _.")
            part = header.startswith("~")
            yield ColumnRule(name, header.removeprefix("~").strip(), part, self.said.line(*path))

    def values(self) -> Iterable[tuple[str, ValueMap]]:
        found = self.table(("values",), self.said.data.get("values", {}))
        for name, results in found.items():
            path = ("values", name)
            if name == LOWER or not name.isidentifier():
                self.fail(path, f"'{name}' cannot be the name of a list of values.")
            yield (
                name,
                tuple(
                    (result, self.patterns((*path, result), listed))
                    for result, listed in self.table(path, results).items()
                ),
            )

    def patterns(self, path: tuple[str | int, ...], listed: object) -> Patterns:
        texts = [listed] if isinstance(listed, str) else listed
        if not isinstance(texts, list) or not all(isinstance(each, str) for each in texts):
            self.fail(path, f'\'{path[-1]}\' must be a list of patterns, such as ["yes*", "y"].')
        return patterns(texts)

    def fact(
        self, at: int, entry: object, names: Sequence[str], values: Mapping[str, ValueMap]
    ) -> FactRule:
        path: tuple[str | int, ...] = ("fact", at)
        found = self.table(path, entry)
        heads = [key for key in found if key not in _FIELDS]
        known = [*LABELS, *RELATIONSHIPS]
        if len(heads) != 1:
            self.fail(
                path,
                "a [[fact]] names one label or one relationship; this one names"
                f' {" and ".join(heads) or "none"}. Write Model = "uc{{row}}" in it.',
            )
        head = heads[0]
        if head not in known:
            self.fail(
                (*path, head), f"'{head}' is no label, no relationship and no field.",
                [*known, *_FIELDS], head,
            )  # fmt: skip
        each = tuple(self.each((*path, "each"), found.get("each"), names, values))
        inner = [*names, *dict.fromkeys(name for entry in each for name, _ in entry)]
        start, end = self.ends(path, head, found[head], inner, values)
        return FactRule(
            self.said.line(*path, head), head, start, end,
            tuple(self.properties((*path, "set"), head, found.get("set", {}), inner, values)),
            tuple(self.links((*path, "link"), head, found.get("link", {}), inner, values)),
            each or ((),),
            tuple(self.conditions((*path, "where"), found.get("where", {}), inner)),
            tuple(self.conditions((*path, "except"), found.get("except", {}), inner)),
        )  # fmt: skip

    def template(
        self,
        path: tuple[str | int, ...],
        text: object,
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> Template:
        if isinstance(text, bool):
            text = str(text)
        if not isinstance(text, str | int | float):
            self.fail(path, f"'{path[-1]}' must be a text or a number.")
        try:
            return template(str(text), names, values)
        except TemplateError as error:
            self.fail(path, str(error))

    def ends(
        self,
        path: tuple[str | int, ...],
        head: str,
        said: object,
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> tuple[End, End | None]:
        path = (*path, head)
        if head in LABELS:
            return End(head, self.template(path, said, names, values)), None
        if not isinstance(said, list) or len(said) != _ENDS:
            self.fail(
                path, f'{head} must name two ends: {head} = ["Team t:{{x}}", "Model {{y}}"].'
            )
        known = RELATIONSHIPS[head]
        start = self.end(path, said[0], known.starts, names, values)
        return start, self.end(path, said[1], known.ends, names, values)

    def end(
        self,
        path: tuple[str | int, ...],
        said: object,
        allowed: Sequence[str],
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> End:
        label, _, own_id = said.partition(" ") if isinstance(said, str) else ("", "", "")
        if not own_id.strip():
            self.fail(path, f"an end of '{path[-1]}' is a label and an id: \"Model uc{{row}}\".")
        if label not in allowed:
            self.fail(path, f"'{label}' cannot stand at that end of {path[-1]}.", allowed, label)
        return End(label, self.template(path, own_id.strip(), names, values))

    def properties(
        self,
        path: tuple[str | int, ...],
        head: str,
        said: object,
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> Iterable[tuple[str, Template]]:
        known = (LABELS[head] if head in LABELS else RELATIONSHIPS[head]).properties
        for name, text in self.table(path, said).items():
            if name in BOOKKEEPING or name in MADE_UP_BY_ENGINE or name == "id":
                self.fail((*path, name), f"'{name}' is a name that the store keeps for itself.")
            if name not in known and nearest(name, known):
                self.fail(
                    (*path, name),
                    f"{head} has no property '{name}'.{nearest(name, known)} A property of your"
                    " own needs a name that is less like one of ours.",
                )
            yield name, self.template((*path, name), text, names, values)

    def links(
        self,
        path: tuple[str | int, ...],
        head: str,
        said: object,
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> Iterable[Link]:
        for type_, end in self.table(path, said).items():
            fitting = [each.name for each in RELATIONSHIPS.values() if head in each.starts]
            if type_ not in fitting:
                self.fail((*path, type_), f"no '{type_}' starts at {head}.", fitting, type_)
            allowed = RELATIONSHIPS[type_].ends
            for one in end if isinstance(end, list) else [end]:
                yield Link(type_, self.end((*path, type_), one, allowed, names, values))

    def each(
        self,
        path: tuple[str | int, ...],
        said: object,
        names: Sequence[str],
        values: Mapping[str, ValueMap],
    ) -> Iterable[tuple[tuple[str, Template], ...]]:
        if said is None:
            return
        if not isinstance(said, list) or not said:
            self.fail(path, "'each' must be a list of tables: [{ gate = \"legal\" }, …].")
        for at, entry in enumerate(said):
            found = self.table((*path, at), entry)
            for name in found:
                if name in names or not name.isidentifier():
                    self.fail((*path, at, name), f"'{name}' cannot be a name here; it is taken.")
            if set(found) != set(said[0]):
                self.fail((*path, at), "every entry of 'each' must define the same names.")
            yield tuple(
                (name, self.template((*path, at, name), text, names, values))
                for name, text in found.items()
            )

    def conditions(
        self, path: tuple[str | int, ...], said: object, names: Sequence[str]
    ) -> Iterable[Condition]:
        for name, listed in self.table(path, said).items():
            if name not in names:
                self.fail((*path, name), f"there is no column '{name}'.", names, name)
            yield Condition(name, self.patterns((*path, name), listed))

    def refuse_unused(
        self,
        columns: Sequence[ColumnRule],
        values: Mapping[str, ValueMap],
        facts: Sequence[FactRule],
    ) -> None:
        holes = [hole for fact in facts for each in _templates(fact) for hole in each.holes]
        used = {hole.name for hole in holes}
        used |= {each.name for fact in facts for each in (*fact.where, *fact.unless)}
        for column in columns:
            if column.name not in used:
                self.fail(("columns", column.name), f"the column '{column.name}' is never used.")
        for name in values:
            if name not in {hole.through for hole in holes}:
                self.fail(("values", name), f"the list of values '{name}' is never used.")


def _templates(fact: FactRule) -> Iterable[Template]:
    yield fact.start.id
    if fact.end:
        yield fact.end.id
    yield from (each for _, each in fact.properties)
    yield from (each.end.id for each in fact.links)
    yield from (each for entry in fact.each for _, each in entry)
