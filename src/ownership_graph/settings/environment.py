"""What the environment says: each key as a variable, a source's by the source's name."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

from pydantic_settings import EnvSettingsSource

from ownership_graph.model import nearest
from ownership_graph.secret import POINTERS, Secret
from ownership_graph.settings.keys import PREFIX, Settings
from ownership_graph.settings.mistakes import Mistake
from ownership_graph.settings.origins import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pydantic.fields import FieldInfo

    from ownership_graph.settings.origins import Parts

    Nested = dict[str, Any]

_NAME_AND_KEY = 2


class _Environment(EnvSettingsSource):
    """Variables as pydantic-settings reads them, lists also with commas."""

    def decode_complex_value(self, field_name: str, field: FieldInfo, value: Any) -> Any:  # noqa: ANN401, ARG002 -- the signature is pydantic's
        """JSON where it is JSON, a list where there should be one, else the text itself."""
        if value.lstrip()[:1] in ("[", "{"):
            try:
                return json.loads(value)
            except ValueError:
                return value
        is_list = str(field.annotation).startswith("tuple")
        return [each.strip() for each in value.split(",")] if is_list else value


def said_by_environment() -> Nested:
    """What the variables set, by key; sources by their folded names."""
    said = _Environment(Settings)()
    store = said.get("store")
    if isinstance(store, dict) and isinstance(store.get("password"), str):
        given = store["password"]  # the environment may hold the secret itself
        store["password"] = Secret(given) if given.startswith(POINTERS) else Secret(itself=given)
    return said


def folded(name: str) -> str:
    """The part of a variable's name that stands for a source.

    >>> folded("HR list (EMEA)")
    'hr_list_emea'
    """
    return re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")


def laid_over(data: Mapping[str, Any], said: Nested) -> tuple[Nested, dict[Parts, str]]:
    """The file's data with the environment's over it, and which variable set what."""
    merged: Nested = {**data}
    variables: dict[Parts, str] = {}
    for key, value in said.items():
        if key == "source":
            continue
        known = {"address": data[key]} if isinstance(data.get(key), str) else data.get(key)
        if isinstance(value, dict) and isinstance(known, dict):
            merged[key] = known | value
        else:
            merged[key] = value
        parts = value if isinstance(value, dict) else ()
        variables |= {(key, each): _variable(key, each) for each in parts}
        if not parts:
            variables[key,] = _variable(key)
    if isinstance(data.get("source"), list) and isinstance(said.get("source"), dict):
        merged["source"] = [
            _source(place, table, said["source"], variables)
            for place, table in enumerate(data["source"])
        ]
    return merged, variables


def _source(place: int, table: object, said: Nested, variables: dict[Parts, str]) -> object:
    """One source's table with what the environment says of the source of that name."""
    if not isinstance(table, dict) or not isinstance(table.get("name"), str):
        return table
    own = said.get(folded(table["name"]))
    if not isinstance(own, dict):
        return table
    for key in own:
        variables["source", place, key] = _variable("source", folded(table["name"]), key)
    lists = {"authoritative_for"} | {key for key in own if isinstance(table.get(key), list)}
    return table | {
        key: [each.strip() for each in value.split(",")] if key in lists else value
        for key, value in own.items()
    }


def strangers(data: Mapping[str, Any]) -> Iterator[Mistake]:
    """Variables that set nothing: of sources that the file does not have, or of no key."""
    fields = {each.upper() for each in Settings.model_fields}
    tables = data.get("source")
    sources = [
        folded(each["name"]).upper()
        for each in (tables if isinstance(tables, list) else ())
        if isinstance(each, dict) and isinstance(each.get("name"), str)
    ]
    for variable, value in sorted(os.environ.items()):
        first, *parts = variable.upper().removeprefix(PREFIX).split("__")
        if not variable.upper().startswith(PREFIX) or not value:
            continue
        if first not in fields:
            hint = nearest(first, fields) or f" Known: {', '.join(sorted(fields))}."
            yield Mistake(f"there is no key '{first}'.{hint}", Origin(variable=variable))
        elif first == "SOURCE" and (why := _no_source(sources, parts)):
            yield Mistake(why, Origin(variable=variable))


def _no_source(sources: Sequence[str], parts: Sequence[str]) -> str:
    """Why that part of a variable's name stands for no key of a source; empty where it does."""
    if len(parts) != _NAME_AND_KEY:
        return f"a variable sets one key of one source. Call it {PREFIX}SOURCE__NAME__KEY."
    count = sources.count(parts[0])
    if count > 1:
        return f"several sources are called '{parts[0]}' here. Rename one of them."
    known = f" Known: {', '.join(sorted(set(sources))) or 'none'}."
    hint = nearest(parts[0], sources) or known
    return "" if count else f"there is no source called '{parts[0]}'.{hint}"


def _variable(*path: str) -> str:
    """The name of the variable for a key, as it is spelt in the environment."""
    name = PREFIX + "__".join(path).upper()
    return next((each for each in os.environ if each.upper() == name), name)
