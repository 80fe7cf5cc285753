"""What happened to the graph: seen as of a day, told, and taken back."""

from __future__ import annotations

from ownership_graph.history.forgetting import Forgotten, forget
from ownership_graph.history.going_back import as_of, seq_of
from ownership_graph.history.nodes import history_of
from ownership_graph.history.pruning import Pruned, prune
from ownership_graph.history.run_states import find_run
from ownership_graph.history.steps import Step, in_words, names_of
from ownership_graph.history.telling import difference, steps_of_run
from ownership_graph.history.undoing import Undone, undo

__all__ = [
    "Forgotten",
    "Pruned",
    "Step",
    "Undone",
    "as_of",
    "difference",
    "find_run",
    "forget",
    "history_of",
    "in_words",
    "names_of",
    "prune",
    "seq_of",
    "steps_of_run",
    "undo",
]
