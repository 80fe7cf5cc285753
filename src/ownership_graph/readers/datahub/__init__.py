"""DataHub: metadata events folded into entities."""
