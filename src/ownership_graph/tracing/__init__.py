"""From one thing to others: what relies on it, how two are tied, whose they are."""

from ownership_graph.tracing.impact import Impact, Relying, Told, impact
from ownership_graph.tracing.path import Step, Ways, ways_between
from ownership_graph.tracing.things import Owner, Thing, answering

__all__ = [
    "Impact",
    "Owner",
    "Relying",
    "Step",
    "Thing",
    "Told",
    "Ways",
    "answering",
    "impact",
    "ways_between",
]
