"""LDAP directories: asked over TLS, a page at a time, and what their entries say of people."""

from __future__ import annotations

from ownership_graph.readers.ldap.groups import Groups
from ownership_graph.readers.ldap.people import Choice, account_of
from ownership_graph.readers.ldap.searching import Entry, Tree

__all__ = ["Choice", "Entry", "Groups", "Tree", "account_of"]
