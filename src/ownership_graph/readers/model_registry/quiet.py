"""MLflow kept to what it is asked: it reports to nobody, and its logs and warnings are silent."""

from __future__ import annotations

import logging
import os
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief

if TYPE_CHECKING:
    from collections.abc import Iterator

DOING = "reading the MLflow registry"

_LOGS = ("mlflow", "alembic")
_SILENT = logging.CRITICAL + 1


def without_telemetry() -> None:
    """Switch off that MLflow tells its makers of its use; it looks once, when it is imported."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    os.environ["DO_NOT_TRACK"] = "true"


@contextmanager
def quiet(place: str) -> Iterator[None]:
    """MLflow's logs kept silent, and its errors turned into sentences about that place."""
    without_telemetry()
    from mlflow.exceptions import MlflowException  # noqa: PLC0415 -- slow, and an extra

    logs = [logging.getLogger(name) for name in _LOGS]
    levels = [each.level for each in logs]
    for each in logs:
        each.setLevel(_SILENT)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what MLflow uses, and what of itself goes away
            yield
    except MlflowException as error:
        raise SourceError(f"{DOING}: MLflow says: {brief(error)}", file=place) from error
    finally:
        for each, level in zip(logs, levels, strict=True):
            each.setLevel(level)
