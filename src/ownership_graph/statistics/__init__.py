"""Mathematics that knows nothing of the graph: numbers in, numbers out, one module a method."""
