"""`explore`: the interactive page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli.asking import questions_in_force
from ownership_graph.cli.options import (
    ANSWER,
    AsOfOption,
    QueriesOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    TodayOption,
    day_number,
    limits_in_force,
    looked_at,
    opened,
    settings_in_force,
)
from ownership_graph.cli.people import People, PeopleOption
from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import so_many

if TYPE_CHECKING:
    from ownership_graph.findings.answer import Checked
    from ownership_graph.page import Chosen, Differing, Other, PageSummary
    from ownership_graph.page.comparing import Became
    from ownership_graph.queries.question import Question
    from ownership_graph.settings import Settings
    from ownership_graph.stores import Store

PART = "Part of the graph"


def explore(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="FILE", help="Where the page goes.")
    ] = Path("graph.html"),
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    today: TodayOption = None,
    as_of: AsOfOption = None,
    title: Annotated[
        str, typer.Option("--title", help="The page's heading.", rich_help_panel=ANSWER)
    ] = "Ownership graph",
    people: PeopleOption = People.NAMED,
    timeout: TimeoutOption = 30.0,
    only: Annotated[
        str,
        typer.Option(
            "--only",
            metavar="SEARCH",
            help="Only what this search finds, written as on the page: 'team:risk stage:pilot'.",
            rich_help_panel=PART,
        ),
    ] = "",
    findings_only: Annotated[
        bool,
        typer.Option("--findings-only", help="Only what a finding names.", rich_help_panel=PART),
    ] = False,
    hops: Annotated[
        int | None,
        typer.Option(
            "--hops",
            min=0,
            max=9,
            help="How many steps round it the part goes; 1 without.",
            rich_help_panel=PART,
        ),
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            metavar="OTHER",
            help="Show what is new, gone and changed since a day, or beside another store.",
            rich_help_panel=ANSWER,
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """One HTML file: findings first, and the graph behind them; it needs no network."""
    from ownership_graph.page import recorded, write_page  # noqa: PLC0415 -- only where used
    from ownership_graph.whole_file import refuse_folder  # noqa: PLC0415

    refuse_folder(output)
    _load_meanwhile("ownership_graph.page.network")
    chosen = _chosen(only, hops, findings_only=findings_only)
    in_force = settings_in_force(settings)
    asking = _Asking(in_force, questions_in_force(in_force, queries), timeout)
    with opened(store, in_force) as present:
        graph = looked_at(present, as_of)
        other = asking.other(compare, present, today or as_of) if compare else None
        written = write_page(
            output,
            graph.facts(),
            partial(asking.check, graph, today or as_of),
            title=title,
            people=people.value,
            generated=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            chosen=chosen,
            told=recorded(graph),
            other=other,
        )
    typer.echo(
        f"{output}: {written.nodes:,} nodes, {written.relationships:,} relationships,"
        f" {written.bytes / 1e6:.1f} MB.",
    )
    if not chosen.is_all:
        typer.echo(_told(chosen, written))
    if written.differing:
        typer.echo(_differing_told(written.differing))
    if written.persons and people is People.NAMED:
        typer.echo(
            f"It names {so_many(written.persons, 'person')}; --people roles or --people"
            " pseudonyms leaves their names out."
        )
    if open_:
        typer.launch(output.resolve().as_uri())


def _load_meanwhile(module: str) -> None:
    """Load what will be needed while the store is opened, which waits for no other thread."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 -- only where used

    beside = ThreadPoolExecutor(max_workers=1)
    beside.submit(import_module, module)
    beside.shutdown(wait=False)


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of a graph, and how."""

    settings: Settings
    questions: Sequence[Question]
    timeout: float

    def check(self, graph: Store, day: str | None) -> Checked:
        """What the questions find; `day` is the one that waiting is reckoned to."""
        from ownership_graph.findings import check  # noqa: PLC0415 -- only where used

        return check(
            graph,
            self.questions,
            today=day_number(day),
            timeout=self.timeout,
            limits=limits_in_force(self.settings, day),
        )

    def other(self, compare: str, present: Store, day: str | None) -> Other:
        """The graph that `--compare` names: another store, or this one on a day."""
        from ownership_graph.history import as_of  # noqa: PLC0415 -- only where used
        from ownership_graph.page import Other, day_or_store  # noqa: PLC0415 -- only where used

        wanted = day_or_store(compare)
        if isinstance(wanted, date):
            then = as_of(present, wanted)
            return Other.since(wanted, list(then.facts()), self.check(then, compare))
        with opened(wanted, self.settings) as store:
            return Other.beside(wanted, list(store.facts()), self.check(store, day))


def _differing_told(differing: Differing) -> str:
    """What differs, in a sentence or two."""
    kinds = {"node": differing.nodes, "relationship": differing.relationships}
    parts = [_counted(what, by) for what, by in (kinds | {"finding": differing.findings}).items()]
    told = f"{differing.words[:1].upper()}{differing.words[1:]}: {'; '.join(parts)}."
    if differing.unknown:
        told += f" Not answered on both sides: {', '.join(differing.unknown)}."
    return told


def _counted(what: str, by: Mapping[Became, int]) -> str:
    """`2 nodes new, 1 gone, 4 changed`, or that none differs."""
    told = [f"{count:,} {became}" for became, count in by.items() if count]
    return f"{what}s: {', '.join(told) or 'none differs'}"


def _chosen(only: str, hops: int | None, *, findings_only: bool) -> Chosen:
    """The part of the graph that was asked for; `--hops` goes round something."""
    from ownership_graph.page import Chosen  # noqa: PLC0415 -- only where used

    only = only.strip()
    if hops is not None and not (only or findings_only):
        raise UsageError(
            "--hops says how far round a part the page goes, and no part is chosen."
            " Add --only SEARCH or --findings-only."
        )
    return Chosen(only, findings_only=findings_only, hops=1 if hops is None else hops)


def _told(chosen: Chosen, written: PageSummary) -> str:
    """What the page holds and what it leaves out, in two sentences."""
    left = written.left_out
    return (
        f"It holds {chosen.words()}. It leaves out {left.nodes:,} nodes,"
        f" {left.relationships:,} relationships, and {left.findings:,} findings about them."
    )


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Look")(explore)
