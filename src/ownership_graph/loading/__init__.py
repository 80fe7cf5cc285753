"""One import of one source, from reading it to the recorded run."""

from __future__ import annotations

from ownership_graph.loading.loading import load
from ownership_graph.loading.order import Order
from ownership_graph.loading.summary import Summary

__all__ = ["Order", "Summary", "load"]
