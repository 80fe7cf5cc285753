"""OpenMetadata: its entities, out of files or over its API, and who owns what among them."""

from __future__ import annotations

from ownership_graph.readers.openmetadata.asking import asked
from ownership_graph.readers.openmetadata.catalogue import DOING, Catalogue
from ownership_graph.readers.openmetadata.exports import exported
from ownership_graph.readers.openmetadata.people import People

__all__ = ["DOING", "Catalogue", "People", "asked", "exported"]
