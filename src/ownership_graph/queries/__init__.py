"""Saved queries: what a file says, what it needs, whether both stores understand it."""
