"""The mapping language: how the rows of any table become facts."""
