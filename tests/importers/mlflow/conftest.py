"""A registry of MLflow's for each test, as a copy of one that is made once."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from servers.mlflow_registry import Registry, make_databases

from ownership_graph.days import number_of

TODAY = number_of(date(2026, 11, 20))


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """A database of an earlier version and of the installed one, both empty: for copies."""
    return make_databases(tmp_path_factory.mktemp("mlflow"))


@pytest.fixture
def database(databases, tmp_path):
    """An empty database of the installed version."""
    return shutil.copy(databases[1], tmp_path / "mlflow.db")


@pytest.fixture
def registry(database):
    """The registry in `database`."""
    return Registry(f"sqlite:///{database}", TODAY)
