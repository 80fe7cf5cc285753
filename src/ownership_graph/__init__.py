"""Finds where an organisation, not its models, is the bottleneck."""

from ownership_graph.api import Graph, explore, open  # noqa: A004 -- og.open reads like gzip.open
from ownership_graph.errors import OwnershipGraphError
from ownership_graph.stores import Credentials

__all__ = ["Credentials", "Graph", "OwnershipGraphError", "explore", "open"]
