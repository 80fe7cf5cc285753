"""The reason why a server cannot be had."""

from __future__ import annotations


class Unavailable(Exception):  # noqa: N818 - it is no error: a fixture makes it a skip
    """A server cannot be had here; its text is the reason."""
