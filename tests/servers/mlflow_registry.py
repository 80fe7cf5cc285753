"""Databases of MLflow's, of an earlier and of the installed version; and what teams do there."""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
import warnings
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"  # before anything imports it

DAY = 86_400_000
_EARLIER = Path(__file__).with_name("mlflow_earlier.sql")


def make_databases(folder: Path) -> tuple[Path, Path]:
    """The database of an earlier version, and what the installed one makes of it."""
    from mlflow.store.db import utils  # noqa: PLC0415 -- slow
    from sqlalchemy import create_engine  # noqa: PLC0415 -- slow

    _prepare()
    earlier, newest = folder / "earlier.db", folder / "newest.db"
    with closing(sqlite3.connect(earlier)) as connection:
        connection.executescript(_EARLIER.read_text(encoding="utf-8"))
    shutil.copy(earlier, newest)
    engine = create_engine(f"sqlite:///{newest}")
    with _quiet():
        utils._upgrade_db(engine)  # noqa: SLF001 -- what `mlflow db upgrade` does
    engine.dispose()
    return earlier, newest


@cache
def _prepare():
    """Let MLflow use once what SQLAlchemy warns of: the tests turn warnings into errors."""
    from mlflow.store.db import utils  # noqa: F401, PLC0415 -- slow; it knows all tables
    from sqlalchemy.orm import configure_mappers  # noqa: PLC0415 -- slow

    with _quiet():
        configure_mappers()


@contextmanager
def _quiet():
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(logging.NOTSET)


class Registry:
    """What teams do with MLflow, by its own client: at a database, a folder or a server."""

    def __init__(self, uri, today):
        from mlflow import MlflowClient  # noqa: PLC0415 -- slow

        _prepare()
        self.client = MlflowClient(tracking_uri=uri, registry_uri=uri)
        self.today = today

    def experiment(self, name):
        """A new experiment's id."""
        return self.client.create_experiment(name)

    def run(self, experiment, ago=0, user="ann", parent="", metrics=(), data=()):
        """A run that was begun so many days ago; `data` are names with what they were used for."""
        from mlflow.entities import Dataset, DatasetInput, InputTag, Metric  # noqa: PLC0415

        began = (self.today - ago) * DAY
        tags = {"mlflow.user": user} | ({"mlflow.parentRunId": parent} if parent else {})
        own_id = self.client.create_run(experiment, began, tags).info.run_id
        measured = [Metric(name, value, began, 0) for name, value in dict(metrics).items()]
        if measured:
            self.client.log_batch(own_id, metrics=measured)
        for name, use in dict(data).items():
            used = [InputTag("mlflow.data.context", use)] if use else []
            given = DatasetInput(Dataset(name, f"{name}-digest", "local", "{}"), used)
            self.client.log_inputs(own_id, [given])
        return own_id

    def model(self, name, **tags):
        """A registered model."""
        self.client.create_registered_model(name, tags=tags)

    def version(self, name, run="", alias="", stage="", **tags):
        """A version of a registered model, and what it is called."""
        made = self.client.create_model_version(name, "s3://a/b", run_id=run or None, tags=tags)
        if alias:
            self.client.set_registered_model_alias(name, alias, made.version)
        if stage:
            self.client.transition_model_version_stage(name, made.version, stage)
        return made.version
