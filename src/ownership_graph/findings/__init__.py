"""Findings: what the saved queries say of the graph, with counts, reasons and first steps."""

from ownership_graph.findings.checking import check
from ownership_graph.findings.choosing import choose, named_by, towards, with_defaults
from ownership_graph.findings.recording import record
from ownership_graph.findings.staleness import Limits

__all__ = ["Limits", "check", "choose", "named_by", "record", "towards", "with_defaults"]
