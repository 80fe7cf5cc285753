"""Imports: of one source, from reading it to the recorded run, and of all of them."""

from __future__ import annotations

from ownership_graph.loading.everything import Imported, load_all
from ownership_graph.loading.loading import load
from ownership_graph.loading.order import Order
from ownership_graph.loading.summary import Summary

__all__ = ["Imported", "Order", "Summary", "load", "load_all"]
