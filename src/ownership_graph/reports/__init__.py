"""The forms in which answers leave: one module a format."""
