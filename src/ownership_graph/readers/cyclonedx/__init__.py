"""CycloneDX: a bill of materials taken apart, and what its model cards and attestations say."""
