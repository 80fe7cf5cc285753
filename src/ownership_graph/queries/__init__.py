"""Saved queries: what a file says, what it needs, whether both stores understand it."""

from ownership_graph.queries.catalogue import load_questions
from ownership_graph.queries.header import parse_question

__all__ = ["load_questions", "parse_question"]
