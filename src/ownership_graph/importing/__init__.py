"""Importers and what becomes of their records: found, checked, planned."""
