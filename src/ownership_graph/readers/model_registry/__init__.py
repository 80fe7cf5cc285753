"""MLflow's registry and tracking store: opened without writing to them, and read to the end."""

from __future__ import annotations

from ownership_graph.readers.model_registry.contents import (
    Registered,
    Run,
    Version,
    find_run,
    registered_models,
    runs_between,
)
from ownership_graph.readers.model_registry.opening import Stores, open_database, open_folder
from ownership_graph.readers.model_registry.server import open_server
from ownership_graph.readers.model_registry.telling import STAGES, Told, Words
from ownership_graph.readers.model_registry.trying import Tried, tried_on

__all__ = [
    "STAGES",
    "Registered",
    "Run",
    "Stores",
    "Told",
    "Tried",
    "Version",
    "Words",
    "find_run",
    "open_database",
    "open_folder",
    "open_server",
    "registered_models",
    "runs_between",
    "tried_on",
]
