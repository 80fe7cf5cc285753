"""What runs: read from what clusters and serving platforms list."""

from __future__ import annotations

from ownership_graph.readers.serving.endpoints import endpoints_in
from ownership_graph.readers.serving.kubernetes import workloads_in
from ownership_graph.readers.serving.places import Place, is_production
from ownership_graph.readers.serving.values import Running

__all__ = ["Place", "Running", "endpoints_in", "is_production", "workloads_in"]
