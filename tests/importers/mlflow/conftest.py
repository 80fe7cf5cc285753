"""A registry of MLflow's for each test, as a copy of one that is made once."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from datetime import date

import pytest
from conftest import missing
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


@pytest.fixture(scope="session")
def tracking_server(databases, tmp_path_factory):
    """The address of a real server, empty, and its database."""
    from servers.mlflow_server import Unavailable, running_mlflow  # noqa: PLC0415 -- only where used

    database = tmp_path_factory.mktemp("server") / "mlflow.db"
    shutil.copy(databases[1], database)
    with ExitStack() as stack:
        try:
            url = stack.enter_context(running_mlflow(database))
        except Unavailable as error:
            missing("mlflow", str(error))
        yield url, database
