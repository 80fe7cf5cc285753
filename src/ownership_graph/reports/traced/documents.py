"""JSON of `impact` and `path`: what other programs build on, with schemas."""

from __future__ import annotations

from typing import Literal, TextIO

import msgspec

from ownership_graph.tracing import Impact, Ways


class ImpactDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What relies on a thing. `schema` changes when a reader would have to."""

    schema: Literal[1] = 1
    impact: Impact


class PathDocument(msgspec.Struct, frozen=True, kw_only=True):
    """How two things are tied. `schema` changes when a reader would have to."""

    schema: Literal[1] = 1
    path: Ways


def document_schema(kind: type[msgspec.Struct]) -> bytes:
    """The JSON Schema of a document."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(kind)), indent=2)


def write_document(found: Impact | Ways, out: TextIO) -> None:
    """The answer as one document."""
    document = (
        ImpactDocument(impact=found) if isinstance(found, Impact) else PathDocument(path=found)
    )
    out.write(msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n")
