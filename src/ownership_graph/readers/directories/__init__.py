"""Directories of people: accounts and groups, and the persons and teams that they stand for."""

from __future__ import annotations

from ownership_graph.readers.directories.accounts import Account, Group
from ownership_graph.readers.directories.facts import Directory

__all__ = ["Account", "Directory", "Group"]
