"""Imports a day apart, into a store of every kind."""

import pytest
from days_of_imports import Days


@pytest.fixture
def days(store):
    return Days(store)
