"""Event logs: read from several formats, followed case by case, and said as facts."""
