"""Readers of formats, systems, folders and sites, for importers that need more than their file."""
