"""Findings: what the saved queries say of the graph, with counts, reasons and first steps."""
