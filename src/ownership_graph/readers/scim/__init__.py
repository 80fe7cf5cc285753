"""SCIM: users and groups, asked for page by page or out of an export."""

from __future__ import annotations

from ownership_graph.readers.scim.asking import asked
from ownership_graph.readers.scim.exports import exported
from ownership_graph.readers.scim.resources import Resources, groups_in, left_aside, users_in

__all__ = ["Resources", "asked", "exported", "groups_in", "left_aside", "users_in"]
