"""OpenMetadata: its entities, out of files or over its API, and who owns what among them."""

from __future__ import annotations

from ownership_graph.importing.openmetadata.asking import asked
from ownership_graph.importing.openmetadata.catalogue import DOING, Catalogue
from ownership_graph.importing.openmetadata.exports import exported
from ownership_graph.importing.openmetadata.people import People

__all__ = ["DOING", "Catalogue", "People", "asked", "exported"]
