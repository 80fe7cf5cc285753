"""The options that several commands share, and what they stand for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from ownership_graph.cli import logs
from ownership_graph.days import date_of, number_of
from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from ownership_graph.findings import Limits
    from ownership_graph.records import Rows
    from ownership_graph.reports import Format
    from ownership_graph.settings import Mistake, Settings, Written
    from ownership_graph.stores import Store

WHERE = "Where"
ANSWER = "Answer"
SEVERITIES = {"low": 1, "medium": 2, "high": 4}

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="ADDRESS",
        help="The store: a path, or neo4j://host, neo4j+s://host, bolt://host.",
        rich_help_panel=WHERE,
    ),
]
SettingsOption = Annotated[
    Path | None,
    typer.Option(
        "--settings",
        metavar="FILE",
        help="The settings file; else ownership-graph.toml, looked for upward from here.",
        rich_help_panel=WHERE,
    ),
]
QueriesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--queries", metavar="FOLDER", help="A folder of own questions.", rich_help_panel=WHERE
    ),
]
TodayOption = Annotated[
    str | None,
    typer.Option(
        "--today",
        metavar="DAY",
        help="The day that waiting is reckoned to, such as 2026-03-01.",
        rich_help_panel=ANSWER,
    ),
]
AsOfOption = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DAY",
        help="The graph as it was at the end of that day, in UTC; --today is that day, too.",
        rich_help_panel=ANSWER,
    ),
]
ControlOption = Annotated[
    list[str] | None,
    typer.Option(
        "--control",
        metavar="CLAUSE",
        help='Only what is evidence towards it, as "NIST GOVERN 2.1" or "EU AI Act".',
        rich_help_panel=ANSWER,
    ),
]
SetOption = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PARAMETER=VALUE",
        help="Another value for a parameter of the queries.",
        rich_help_panel=ANSWER,
    ),
]
FormatOption = Annotated[
    str | None,
    typer.Option("--format", metavar="NAME", help="table, json or csv.", rich_help_panel=ANSWER),
]
OutputOption = Annotated[
    list[Path] | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FILE",
        help="Write there too; the ending says the format. May be given again.",
        rich_help_panel=ANSWER,
    ),
]
FailOnOption = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="SEVERITY",
        help="Exit with 3 if there is a finding of low, medium or high severity, or above.",
        rich_help_panel=ANSWER,
    ),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout", metavar="SECONDS", min=0.1, help="Time for one query.", rich_help_panel=ANSWER
    ),
]


def settings_in_force(
    file: Path | None, *, also: Callable[[Written], Iterable[Mistake]] | None = None
) -> Settings:
    """The settings of `--settings`, or of the file found upward from the working folder.

    `also` looks for more mistakes than the types of the keys can have.
    """
    from ownership_graph.settings import load_settings  # noqa: PLC0415 -- pydantic takes 0.3 s

    found = load_settings(file, start=Path.cwd(), also=also)
    for secret in found.secrets():
        logs.hide(secret)
    logs.choose(logs.LogFormat(found.log_format))
    return found


def from_here(path: Path) -> Path:
    """The path as it is shortest to read: below the working folder without what stands above."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


@contextmanager
def opened(store: str | None, settings: Settings) -> Iterator[Store]:
    """The store of `--store`, else of the settings, let go at the end."""
    from ownership_graph.stores import Credentials, open_store  # noqa: PLC0415 -- only where used

    said = settings.store
    credentials = Credentials(said.user, said.password.reveal(), said.database, said.ca_file)
    with open_store(store or said.address, credentials) as found:
        yield found


def looked_at(store: Store, as_of: str | None) -> Store:
    """The store itself, or with `--as-of` a copy of what it was at the end of that day."""
    if as_of is None:
        return store
    from ownership_graph.history import as_of as go_back  # noqa: PLC0415 -- only where used

    return go_back(store, day_of(as_of, "--as-of"))


def day_number(text: str | None) -> int:
    """Days since 1970-01-01 of an ISO date, or of today in UTC."""
    return number_of(datetime.now(UTC) if text is None else day_of(text, "--today"))


def day_of(text: str, option: str) -> date:
    """The day that an ISO date names; `option` is what was given."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(
            f"reading {option}: '{text}' is not a day. Write it as in 2026-03-01."
        ) from error


def severity_of(fail_on: str | None) -> int | None:
    """The lowest severity that `--fail-on` names, `None` where it was not given."""
    if fail_on is not None and fail_on not in SEVERITIES:
        raise UsageError(f"reading --fail-on: '{fail_on}' is not low, medium or high.")
    return SEVERITIES[fail_on] if fail_on else None


def limits_in_force(settings: Settings, today: str | None) -> Limits:
    """From which age on each source is stale, reckoned to now, or to the begin of `--today`."""
    from ownership_graph.findings import Limits  # noqa: PLC0415 -- only where used

    now = datetime.now(UTC)
    day = date_of(day_number(today))
    at = now if day == now.date() else datetime.combine(day, time(), UTC)
    return Limits(settings.stale_after, at)


def assignments(texts: Sequence[str] | None) -> dict[str, object]:
    """`name=value` pairs; a value is JSON where it is JSON, else text."""
    import msgspec  # noqa: PLC0415 -- only where used

    found: dict[str, object] = {}
    for text in texts or ():
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(f"reading --set: '{text}' is not PARAMETER=VALUE, as in gap=2.")
        try:
            found[name] = msgspec.json.decode(value)
        except msgspec.DecodeError:
            found[name] = value
    return found


class Answering:
    """Where an answer goes: to the terminal in one format, and to each file in its own."""

    def __init__(self, name: str | None, files: Sequence[Path] | None) -> None:
        """`name` is that of `--format`; the files are checked before anything is asked."""
        from ownership_graph.reports import find_format, format_of  # noqa: PLC0415
        from ownership_graph.whole_file import refuse_folder  # noqa: PLC0415 -- only where used

        for path in files or ():
            refuse_folder(path)
        self.files = [(path, format_of(path)) for path in files or ()]
        self.terminal: Format | None = None
        if name is not None or not self.files:
            self.terminal = find_format(name or "table")

    def streams(self) -> Iterator[tuple[Format, TextIO]]:
        """Each format with its stream; a file is written whole or not at all."""
        from ownership_graph.whole_file import whole_file  # noqa: PLC0415

        if self.terminal:
            yield self.terminal, sys.stdout
        for path, found in self.files:
            with whole_file(path) as out:
                yield found, out
            logs.note(f"Written: {path}")

    def write(self, rows: Rows) -> None:
        """The rows, everywhere."""
        for form, out in self.streams():
            form.write_rows(rows, out)


def answer(
    ask: Callable[[Store], Rows],
    store: str | None,
    settings: Path | None,
    format_: str | None,
    output: Sequence[Path] | None,
) -> None:
    """Ask the store, and write the rows; what is wrong with an option is told before."""
    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        rows = ask(graph)
    answering.write(rows)
