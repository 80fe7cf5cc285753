"""What runs: read from what clusters and serving platforms list."""

from __future__ import annotations

from ownership_graph.importing.serving.endpoints import endpoints_in
from ownership_graph.importing.serving.kubernetes import workloads_in
from ownership_graph.importing.serving.places import Place, is_production
from ownership_graph.importing.serving.values import Running

__all__ = ["Place", "Running", "endpoints_in", "is_production", "workloads_in"]
