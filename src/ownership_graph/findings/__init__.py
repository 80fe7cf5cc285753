"""Findings: what the saved queries say of the graph, with counts, reasons and first steps."""

from ownership_graph.findings.checking import check
from ownership_graph.findings.choosing import choose
from ownership_graph.findings.recording import record

__all__ = ["check", "choose", "record"]
