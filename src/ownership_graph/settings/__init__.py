"""The settings: a file, over which the environment and options stand."""

from __future__ import annotations

from ownership_graph.settings.durations import Span, spelt
from ownership_graph.settings.keys import (
    DEFAULT_ADDRESS,
    FILE_NAME,
    PREFIX,
    Settings,
    SourceSettings,
    StoreSettings,
)
from ownership_graph.settings.mistakes import OWN_KEYS, Mistake, key_of, raise_all
from ownership_graph.settings.origins import Origin, Written
from ownership_graph.settings.reading import find_settings, load_settings

__all__ = [
    "DEFAULT_ADDRESS",
    "FILE_NAME",
    "OWN_KEYS",
    "PREFIX",
    "Mistake",
    "Origin",
    "Settings",
    "SourceSettings",
    "Span",
    "StoreSettings",
    "Written",
    "find_settings",
    "key_of",
    "load_settings",
    "raise_all",
    "spelt",
]
