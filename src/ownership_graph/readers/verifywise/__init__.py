"""VerifyWise: what its API answers, and the requests at its gates."""
