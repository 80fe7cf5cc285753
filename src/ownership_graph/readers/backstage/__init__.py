"""A Backstage catalog: its entities, out of files or over its API, and what they say."""
