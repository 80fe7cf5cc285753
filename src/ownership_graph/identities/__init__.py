"""One human, one id: aliases and renames joined, likely doubles suggested, unknown names told."""

from __future__ import annotations

from ownership_graph.identities.aliases import Aliases, read_aliases

__all__ = ["Aliases", "read_aliases"]
