"""Runs that need nobody: the nightly run, its times, its health, its numbers, its schedule."""
