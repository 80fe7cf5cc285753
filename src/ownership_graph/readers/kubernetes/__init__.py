"""Who owns code as Kubernetes writes it: OWNERS, OWNERS_ALIASES, and its community's groups."""
