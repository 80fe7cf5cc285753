"""Finds where an organisation, not its models, is the bottleneck."""
