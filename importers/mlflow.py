"""MLflow's model registry: models, how far they are, whose they are, and how much is tried.

Read from a tracking server (--url), from its database in SQLite, or from a folder mlruns.
Nothing there is changed, nobody else is asked, and MLflow's telemetry is switched off.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ownership_graph.days import number_of
from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import Found
from ownership_graph.model import nearest
from ownership_graph.readers.authorization import authorization
from ownership_graph.readers.model_registry import (
    STAGES,
    Told,
    Words,
    find_run,
    open_database,
    open_folder,
    open_server,
    registered_models,
    runs_between,
    tried_on,
)
from ownership_graph.readers.pairs import pairs
from ownership_graph.readers.traces import UNTIL_THEN, servers
from ownership_graph.records import Promise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.readers.model_registry import Run, Stores
    from ownership_graph.records import Record
    from ownership_graph.secret import Secret

PROVIDES = ("Model",)

_DOING = "reading the MLflow registry"
_BEGIN_OF_SQLITE = "SQLite format 3"
_EXAMPLES = (".env.example", ".env.sample", ".env.template", ".env.dist", "env.example")
"""How files are called in which variables are shown without secrets; `.env` itself is not read."""

_TRACKED = re.compile(
    r"^[ \t]*(?:export )?MLFLOW_TRACKING_URI[ \t]*=[ \t]*['\"]?([^\s'\"]+)", re.MULTILINE
)


def read(  # noqa: PLR0913 -- each is an option
    path: Path | None = None,
    *,
    url: str = "",
    username: Secret | None = None,
    password: Secret | None = None,
    token: Secret | None = None,
    prefix: str = "",
    stage: tuple[str, ...] = (
        "champion=production",
        "production=production",
        "prod=production",
        "live=production",
        "challenger=pilot",
        "candidate=pilot",
        "staging=pilot",
    ),
    owner_tag: str = "owner",
    team_tag: str = "team",
    approver_tag: str = "approver",
    status_tag: str = "validation_status",
    gate: str = "",
    tag: tuple[str, ...] = (),
    metric: tuple[str, ...] = (),
    system_users: tuple[str, ...] = ("root", "ubuntu", "jovyan", "airflow", "runner", "unknown"),
    days: int = 90,
    until: str = "",
) -> Iterator[Record]:
    """The registered models with all that MLflow knows of them.

    Args:
        path: The server's database in SQLite (mlflow.db), or a folder mlruns.
        url: The address of a tracking server, in place of a path.
        username: Where the user's name for the server is kept, as env:MLFLOW_TRACKING_USERNAME.
        password: Where the password for the server is kept, as env:MLFLOW_TRACKING_PASSWORD.
        token: Where the token for the server is kept, as env:MLFLOW_TRACKING_TOKEN.
        prefix: What is put before a model's name to make its id.
        stage: What an alias says of the model's stage, as ALIAS=STAGE.
        owner_tag: The tag that names who is accountable.
        team_tag: The tag that names the team.
        approver_tag: The tag that names who approves a version.
        status_tag: The tag that says whether a version is approved, pending, rejected.
        gate: The id of the gate at which versions are approved.
        tag: Which tag holds a property of the model, as risk_tier=TAG.
        metric: A metric that is a criterion, as METRIC, or METRIC=ID of the criterion.
        system_users: Users that stand for nobody, as mlflow.user.
        days: Over how many days experiments are counted.
        until: The last of these days, as 2026-11-26; today where nothing is said.
    """
    words = Words(
        prefix,
        _stages(stage),
        owner_tag,
        team_tag,
        approver_tag,
        status_tag,
        gate,
        pairs("tag", tag),
        pairs("metric", [each if "=" in each else f"{each}={each}" for each in metric]),
        frozenset(each.casefold() for each in system_users),
        _days(days),
        _day(until),
    )
    user = username.reveal().strip() if username else ""
    secret = authorization(password, user) if user and password else authorization(token)
    with _opened(path, url, secret) as stores:
        told = _told(stores, words)
    for each in told:
        yield from each.records()
    if any(each.names_owner for each in told):
        yield Promise("OWNS")


def _told(stores: Stores, words: Words) -> list[Told]:
    models = registered_models(stores)
    counting = {each.name: words.standing(each)[1] for each in models}
    source = {name: each.run for name, each in counting.items() if each and each.run}
    first_day = words.until - words.days + 1
    runs = list(runs_between(stores, first_day, words.until, frozenset(source.values())))
    known: dict[str, Run | None] = {each.id: each for each in runs}
    for own_id in source.values():
        if own_id not in known:
            known[own_id] = find_run(stores, own_id)
    tried = tried_on(models, runs, {name: each for name, each in known.items() if each})
    return [
        Told(each, words, known.get(source.get(each.name, "")), tried.get(each.name))
        for each in models
    ]


def found(surroundings: Surroundings) -> Iterator[Found]:
    """Databases of MLflow's, and folders mlruns, for `init --from`."""
    for file in surroundings.named("mlflow.db"):
        if surroundings.start(file).startswith(_BEGIN_OF_SQLITE):
            yield Found(file, "a database of MLflow")
    described = surroundings.named("mlruns/*/meta.yaml")
    for folder in dict.fromkeys(each.parent.parent for each in described):
        yield Found(folder, "MLflow's runs and models")
    yield from _server(surroundings)


def _server(surroundings: Surroundings) -> Iterator[Found]:
    """The tracking server that an example of variables names."""
    known = servers(surroundings, surroundings.named(*_EXAMPLES), _TRACKED)
    for file, address in list(known.items())[:1]:
        variable = "MLFLOW_TRACKING_TOKEN"
        ask = f"Set {variable} to a token for it, or take that line out if it needs none,"
        yield Found(
            file,
            f"the tracking server of MLflow at {address}",
            {"url": address, "token": f"env:{variable}"},
            name="mlflow server",
            ask=f"{ask} {UNTIL_THEN}",
            trace=True,
        )


@contextmanager
def _opened(path: Path | None, url: str, secret: str) -> Iterator[Stores]:
    if (path is None) == (not url):
        raise UsageError(
            f"{_DOING}: name a path (a database mlflow.db, or a folder mlruns), or else --url, the"
            " address of a tracking server."
        )
    if path is None:
        with open_server(url, secret) as stores:
            yield stores
        return
    if ":" in path.parts[0] and not path.exists():
        raise UsageError(
            f"{_DOING}: {shown(str(path))} is no path. Write the file itself in place of"
            " sqlite:///…, and the address of a server behind --url."
        )
    with open_folder(path) if path.is_dir() else open_database(path) as stores:
        yield stores


def _days(given: int) -> int:
    if given < 1:
        raise UsageError(
            f"reading the option 'days': {given} days hold nothing. Write 30 or more."
        )
    return given


def _day(written: str) -> int:
    try:
        day = date.fromisoformat(written) if written else datetime.now(UTC).date()
    except ValueError as error:
        raise UsageError(
            f"reading the option 'until': {shown(written)} is no day. Write it as 2026-11-26."
        ) from error
    return number_of(day)


def _stages(written: Sequence[str]) -> Mapping[str, str]:
    """The stage of each alias, both in small letters."""
    found = pairs("stage", [each.casefold() for each in written])
    for stage in found.values():
        if stage not in STAGES:
            raise UsageError(
                f"reading the option 'stage': {shown(stage)} is none of {', '.join(STAGES)}."
                f"{nearest(stage, STAGES)}"
            )
    return found
