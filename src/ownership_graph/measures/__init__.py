"""What Cypher cannot say: rows in, rows out, one module a measure."""
