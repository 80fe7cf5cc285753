"""`decide`: what has to be decided about one model, by whom, and whether they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli.asking import FINDINGS, questions_in_force
from ownership_graph.cli.options import (
    ANSWER,
    Answering,
    AsOfOption,
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    TodayOption,
    day_number,
    looked_at,
    opened,
    settings_in_force,
)
from ownership_graph.cli.people import People, PeopleOption, hidden, privacy_of

if TYPE_CHECKING:
    from ownership_graph.deciding import Decisions
    from ownership_graph.stores import Store


def decide(
    model: Annotated[str, typer.Argument(metavar="MODEL", help="An id, or a whole name.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
    today: TodayOption = None,
    as_of: AsOfOption = None,
    away: Annotated[
        list[str] | None,
        typer.Option(
            "--away",
            metavar="PERSON",
            help="As if that person could not act now. May be given again.",
            rich_help_panel=ANSWER,
        ),
    ] = None,
    people: PeopleOption = People.NAMED,
    fail_on_stuck: Annotated[
        bool,
        typer.Option(
            "--fail-on-stuck",
            help="Exit with 3 if nobody can take the model through its gates.",
            rich_help_panel=ANSWER,
        ),
    ] = False,
    timeout: TimeoutOption = 30.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Who can take a model to production, gate by gate; if nobody, why, and what would free it."""
    from ownership_graph.deciding import decide as ask  # noqa: PLC0415 -- only where used

    answering = Answering(format_, output)
    in_force = settings_in_force(settings)
    questions = questions_in_force(in_force, None)
    with opened(store, in_force) as present:
        graph = looked_at(present, as_of)
        day = day_number(today or as_of)
        found = ask(graph, questions, model, today=day, away=away or (), timeout=timeout)
        found = _with_people(found, graph, people)
    for form, out in answering.streams():
        form.write_decisions(found, out)
    if fail_on_stuck and found.state == "stuck":
        raise typer.Exit(FINDINGS)


def _with_people(found: Decisions, graph: Store, people: People) -> Decisions:
    """The answer with persons as they are to appear, named as they are on the page."""
    if people is People.NAMED:
        return found
    from ownership_graph.deciding import with_things  # noqa: PLC0415 -- only where used

    privacy = privacy_of(graph, people)
    return with_things(found, lambda each: hidden(each, privacy), privacy.text)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Ask")(decide)
