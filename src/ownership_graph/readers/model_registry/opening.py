"""A database or a folder of MLflow's, opened so that nothing in it can change.

MLflow brings a database up to date and makes folders where it reads. So it is given a copy of
the database, and a folder of links.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from urllib.parse import quote

from ownership_graph.errors import SourceError
from ownership_graph.importing.quoting import brief
from ownership_graph.readers.documents import read_yaml
from ownership_graph.readers.model_registry.quiet import DOING, quiet, without_telemetry
from ownership_graph.readers.walking import files_under

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mlflow.store.model_registry.abstract_store import AbstractStore as RegistryStore
    from mlflow.store.tracking.abstract_store import AbstractStore as TrackingStore

_NEEDED = frozenset(
    {"alembic_version", "experiments", "registered_models", "runs", "model_versions"}
)
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_PAGE = 1_000
_WHOLE = 50_000


@dataclass(frozen=True, slots=True)
class Stores:
    """Where runs and where models are kept; `place` names them to people.

    `page` is how many runs are asked for at once.
    """

    tracking: TrackingStore
    registry: RegistryStore
    place: str
    page: int = _PAGE


@contextmanager
def open_database(file: Path) -> Iterator[Stores]:
    """A database of SQLite, as it is at this moment.

    Raises:
        SourceError: it is none of MLflow's, is damaged, or was made by a newer MLflow.
    """
    with TemporaryDirectory(prefix="ownership-graph-") as folder, ExitStack() as stack:
        copy = Path(folder) / "copy.db"
        _copy(file, copy)
        with quiet(str(file)):
            stores = _database(f"sqlite:///{copy}", folder, str(file))
        stack.callback(_forget, stores)
        yield stores


def _copy(file: Path, copy: Path) -> None:
    """Copy the database as the last finished transaction left it."""
    if not file.is_file():
        raise SourceError(f"{DOING}: there is no such file. Check the path.", file=str(file))
    address = f"file:{quote(os.path.realpath(file))}?mode=ro"
    try:
        with (
            closing(sqlite3.connect(address, uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
            tables = {name for (name,) in target.execute(_TABLES)}
    except sqlite3.Error as error:
        raise SourceError(
            f"{DOING}: SQLite says: {brief(error)}. Check that this is a database of MLflow's"
            " (mlflow.db), that it is whole, and that nobody writes to it for long.",
            file=str(file),
        ) from error
    if not tables >= _NEEDED:
        raise SourceError(
            f"{DOING}: this database is none of MLflow's; the table"
            f" '{min(_NEEDED - tables)}' is missing. Check the path.",
            file=str(file),
        )


def _database(uri: str, folder: str, place: str) -> Stores:
    from mlflow.store.model_registry.sqlalchemy_store import (  # noqa: PLC0415 -- slow, an extra
        SqlAlchemyStore as Registry,
    )
    from mlflow.store.tracking.sqlalchemy_store import (  # noqa: PLC0415 -- slow, an extra
        SqlAlchemyStore as Tracking,
    )

    _bring_up_to_date(uri, place)
    return Stores(Tracking(uri, folder), Registry(uri), place)


def _bring_up_to_date(uri: str, place: str) -> None:
    """Give the copy the shape that the installed MLflow reads."""
    from alembic.util import CommandError  # noqa: PLC0415 -- slow, an extra
    from mlflow.store.db import utils  # noqa: PLC0415 -- slow, an extra
    from mlflow.version import VERSION  # noqa: PLC0415 -- slow, an extra
    from sqlalchemy import create_engine  # noqa: PLC0415 -- slow, an extra

    engine = create_engine(uri)
    try:
        if utils._get_schema_version(engine) != utils._get_latest_schema_revision():  # noqa: SLF001 -- what `mlflow db upgrade` does
            utils._upgrade_db(engine)  # noqa: SLF001
    except CommandError as error:
        raise SourceError(
            f"{DOING}: the database was made by another MLflow than {VERSION}, which is installed"
            " here. Install the newest: pip install -U mlflow-skinny.",
            file=place,
        ) from error
    finally:
        engine.dispose()


def _forget(stores: Stores) -> None:
    """Close what MLflow would keep open for as long as the program runs."""
    for store in (stores.tracking, stores.registry):
        store.engine.dispose()  # type: ignore[union-attr]  # a store of a database has one
        type(store)._engine_map.pop(store.db_uri, None)  # type: ignore[union-attr]  # noqa: SLF001 -- MLflow offers no other way


@contextmanager
def open_folder(folder: Path) -> Iterator[Stores]:
    """A folder mlruns, as MLflow wrote it before it had databases.

    Raises:
        SourceError: it is none, or a file in it is damaged or hostile.
    """
    described = files_under(folder, "meta.yaml", doing=DOING)
    if not described:
        raise SourceError(
            f"{DOING}: no meta.yaml is there, so this is no folder of MLflow's. Name its folder"
            " mlruns, or its database.",
            file=str(folder),
        )
    for file in described:
        for _ in read_yaml(file, doing=DOING):
            pass  # MLflow itself would follow what a hostile one repeats
    with TemporaryDirectory(prefix="ownership-graph-") as links:
        for each in folder.iterdir():
            (Path(links) / each.name).symlink_to(os.path.realpath(each))
        with _only_here(links), quiet(str(folder)):
            yield _folder(links, str(folder))


def _folder(links: str, place: str) -> Stores:
    from mlflow.store.model_registry.file_store import (  # noqa: PLC0415 -- slow, and an extra
        FileStore as Registry,
    )
    from mlflow.store.tracking.file_store import (  # noqa: PLC0415 -- slow, and an extra
        FileStore as Tracking,
    )

    return Stores(Tracking(links), Registry(links), place, _WHOLE)


@contextmanager
def _only_here(links: str) -> Iterator[None]:
    """MLflow allowed to read a folder, and to look nowhere else for what a version names.

    By itself it would ask the server that MLFLOW_TRACKING_URI names, or make a database.
    """
    without_telemetry()
    from mlflow.tracking._tracking_service.utils import (  # noqa: PLC0415 -- slow, and an extra
        _use_tracking_uri,
    )

    own = {"MLFLOW_ALLOW_FILE_STORE": "true", "MLFLOW_TRACKING_URI": Path(links).as_uri()}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        with _use_tracking_uri(own["MLFLOW_TRACKING_URI"]):
            yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            os.environ.update({} if value is None else {name: value})
