"""What has to be decided about one model: by whom, whether they can, and what would free it."""

from ownership_graph.deciding.answer import Decisions, decisions_schema
from ownership_graph.deciding.asking import decide
from ownership_graph.deciding.naming import with_things

__all__ = ["Decisions", "decide", "decisions_schema", "with_things"]
