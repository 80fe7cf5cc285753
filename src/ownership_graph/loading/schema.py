"""The JSON Schema of the settings file, with the options of the shipped importers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ownership_graph.importing.importers import list_importers
from ownership_graph.settings import Settings

if TYPE_CHECKING:
    from ownership_graph.importing.importers import Importer
    from ownership_graph.importing.options import Option, OptionType

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[OptionType, dict[str, str]] = {
    "text": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "path": {"type": "string"},
    "secret": {"type": "string", "pattern": "^(env|file):.+"},
}


def settings_schema() -> dict[str, Any]:
    """What an editor needs to complete and to check a settings file.

    A source takes any option: an importer of a folder of one's own is not known here.
    """
    schema = _tidied(Settings.model_json_schema())
    shipped = list_importers()
    source = schema["$defs"]["SourceSettings"]
    source["properties"]["importer"]["examples"] = [each.name for each in shipped]
    source["allOf"] = [_where(each) for each in shipped]
    return {"$schema": DIALECT, **schema, "title": "ownership-graph.toml"}


def _tidied(schema: Any) -> Any:  # noqa: ANN401 -- JSON
    """The schema without what TOML cannot say (null), and without titles that repeat keys."""
    if isinstance(schema, list):
        return [_tidied(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        name: _tidied(value)
        for name, value in schema.items()
        if not (name == "title" and isinstance(value, str))
        and not (name == "default" and value is None)
    }
    kinds = [each for each in kept.get("anyOf", ()) if each != {"type": "null"}]
    if len(kinds) != 1:
        return kept
    return {name: value for name, value in kept.items() if name != "anyOf"} | kinds[0]


def _where(importer: Importer) -> dict[str, Any]:
    """What a source holds whose importer is that one."""
    return {
        "if": {"properties": {"importer": {"const": importer.name}}, "required": ["importer"]},
        "then": {
            "properties": {each.name: _schema(each) for each in importer.options},
            "required": [each.name for each in importer.options if each.required],
        },
    }


def _schema(option: Option) -> dict[str, Any]:
    one: dict[str, Any] = dict(_TYPES[option.type])
    kind = {"anyOf": [one, {"type": "array", "items": one}]} if option.many else one
    default = {} if option.required or option.default is None else {"default": option.default}
    return {**kind, "description": option.meaning, **default}
