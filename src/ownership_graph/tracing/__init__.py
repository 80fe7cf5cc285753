"""What is asked of single things before something is decided: who is touched, how two are tied."""

from ownership_graph.tracing.impact import Impact, impact
from ownership_graph.tracing.path import Ways, ways_between

__all__ = ["Impact", "Ways", "impact", "ways_between"]
