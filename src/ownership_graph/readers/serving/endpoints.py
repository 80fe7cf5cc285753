"""What serving platforms list: Databricks, MLflow's gateway, SageMaker."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.readers.picking import table, tables, text
from ownership_graph.readers.serving.values import Running

if TYPE_CHECKING:
    from collections.abc import Iterator

_GONE = frozenset({"OutOfService", "Failed", "Deleting", "Creating"})
_KIND = "endpoint"


def endpoints_in(document: object) -> Iterator[Running]:
    """The endpoints that a listing names, or the only one that was described."""
    if isinstance(document, list):
        for each in document:
            yield from endpoints_in(each)
        return
    yield from (_endpoint(each) for each in tables(document, "endpoints") if text(each, "name"))
    for each in tables(document, "Endpoints"):
        yield from endpoints_in(each)
    if text(document, "EndpointName"):
        yield _sagemaker(document)
    elif text(document, "name") and (table(document, "config") or text(document, "endpoint_type")):
        yield _endpoint(document)


def _sagemaker(item: object) -> Running:
    name = text(item, "EndpointName")
    said = {"name": [name], "uri": [text(item, "EndpointArn")], **_tags(item, "Tags")}
    runs = text(item, "EndpointStatus") not in _GONE
    return Running(_KIND, name, "sagemaker", said, ((name, ""),), runs=runs)


def _endpoint(item: object) -> Running:
    """One of Databricks, or of MLflow's gateway, which has its model right in it."""
    name = text(item, "name")
    served = tables(item, "config", "served_entities") or tables(item, "config", "served_models")
    parts = served or [{"external_model": table(item, "model")}]
    own = tuple(
        (text(each, key), text(each, f"{key.removesuffix('_name')}_version"))
        for each in parts
        for key in ("entity_name", "model_name")
        if text(each, key)
    )
    return Running(
        _KIND,
        name,
        "databricks" if served else "gateway",
        {"name": [name], **_tags(item, "tags")},
        own or ((name, ""),),
        tuple(dict.fromkeys(_others(parts))),
        runs=text(item, "state", "suspend") != "SUSPENDED",
    )


def _others(parts: list[dict[str, object]]) -> Iterator[tuple[str, str]]:
    """Models that somebody else serves, with who that is."""
    for each in parts:
        for key in ("external_model", "foundation_model"):
            name = text(each, key, "name")
            if name:
                yield name, text(each, key, "provider")


def _tags(item: object, key: str) -> dict[str, list[str]]:
    """Tags as labels: a list of keys and values, or a table."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    for each in tables(item, key):
        name = text(each, "key") or text(each, "Key")
        said[f"label:{name}"].append(text(each, "value") or text(each, "Value"))
    for name in table(item, key):
        said[f"label:{name}"].append(text(item, key, name))
    return said
