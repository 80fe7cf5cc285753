"""`check`, `query` and `queries`: asking the graph."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli import logs
from ownership_graph.cli.options import (
    ANSWER,
    Answering,
    AsOfOption,
    ControlOption,
    FailOnOption,
    FormatOption,
    OutputOption,
    QueriesOption,
    SetOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    TodayOption,
    assignments,
    day_number,
    from_here,
    limits_in_force,
    looked_at,
    opened,
    settings_in_force,
    severity_of,
)
from ownership_graph.errors import QueryError, StoreTimeoutError, UsageError

if TYPE_CHECKING:
    from ownership_graph.findings.answer import Checked
    from ownership_graph.measures import Measure
    from ownership_graph.queries.question import Control, Question
    from ownership_graph.reports import Format
    from ownership_graph.settings import Settings

FINDINGS = 3
ROWS = 10_000


def questions_in_force(settings: Settings, folders: Sequence[Path] | None) -> tuple[Question, ...]:
    """The shipped questions, then those of the settings' folders and of `--queries`.

    A parameter that has the name of a setting has its value as default.
    """
    from ownership_graph.findings import with_defaults  # noqa: PLC0415 -- only where used
    from ownership_graph.queries.catalogue import load_questions  # noqa: PLC0415

    questions = load_questions([*map(from_here, settings.queries), *(folders or ())])
    if settings.measures:
        from ownership_graph.measures import measure_names, with_own_measures  # noqa: PLC0415

        own = map(from_here, settings.measures)
        questions = with_own_measures(questions, own, measure_names())
    return with_defaults(questions, settings.defaults)


def check(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[QUERY|THEME|CODE]...", help="Only these; all of them by default."
        ),
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    today: TodayOption = None,
    as_of: AsOfOption = None,
    set_: SetOption = None,
    control: ControlOption = None,
    fail_on: FailOnOption = None,
    show: Annotated[
        int | None,
        typer.Option(
            "--show",
            metavar="N",
            min=0,
            help="Rows of a question, 0 for all; the terminal shows 3 of many questions.",
            rich_help_panel=ANSWER,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="cause|question",
            help="On the terminal: by what stands behind (many questions), or by question (few).",
            rich_help_panel=ANSWER,
        ),
    ] = None,
    record: Annotated[
        bool,
        typer.Option(
            "--record",
            help="Keep in the store what was found, so that later checks tell what is new.",
            rich_help_panel=ANSWER,
        ),
    ] = False,
    timeout: TimeoutOption = 30.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Findings: what is wrong, how much of it, why, and the first step."""
    from ownership_graph.findings import check as ask  # noqa: PLC0415 -- only where used
    from ownership_graph.findings import choose, towards  # noqa: PLC0415
    from ownership_graph.findings import record as keep  # noqa: PLC0415

    failing = severity_of(fail_on)
    if record:
        _refuse_recording(set_, today, as_of)
    if by not in {None, "cause", "question"}:
        raise UsageError(f"reading --by: '{by}' is neither cause nor question.")
    answering = Answering(format_, output)
    in_force = settings_in_force(settings)
    chosen = towards(choose(questions_in_force(in_force, queries), words or ()), control or ())
    with opened(store, in_force) as graph:
        checked = ask(
            looked_at(graph, as_of),
            chosen,
            today=day_number(today or as_of),
            parameters=assignments(set_),
            timeout=timeout,
            limits=limits_in_force(in_force, today or as_of),
        )
        if record:
            keep(graph, checked)
    by_cause = by == "cause" if by else not words and show is None
    _write_checked(answering, checked, show, by_cause=by_cause)
    if checked.unanswered and not _is_table(answering.terminal):
        logs.note(checked.silence())
    if failing is not None:
        _end(checked, failing)


def _refuse_recording(set_: Sequence[str] | None, today: str | None, as_of: str | None) -> None:
    """UsageError where an answer would be no history of the question."""
    if set_:
        raise UsageError(
            "recording the check: with --set it is another question that is asked, and its answer"
            " is no history of this one. Leave --set or --record out."
        )
    if as_of:
        raise UsageError(
            "recording the check: what was found is kept as of today. Leave --as-of or --record"
            " out."
        )
    if day_number(today) > day_number(None):
        raise UsageError(
            f"recording the check: {today} has not come yet, and later days could not be recorded"
            " before it. Leave --today or --record out."
        )


def _write_checked(
    answering: Answering, checked: Checked, show: int | None, *, by_cause: bool
) -> None:
    from ownership_graph.reports import table  # noqa: PLC0415 -- only where used

    for form, out in answering.streams():
        for_people = form is answering.terminal and _is_table(form)
        few = 3 if for_people and len(checked.answers) > 1 else 0
        if for_people and by_cause:
            table.write_causes(checked, out)
        else:
            form.write_checked(checked, out, show=few if show is None else show)


def _end(checked: Checked, failing: int) -> None:
    """Exit as `--fail-on` asks for: what nobody knows is an error, and stands over findings."""
    if checked.unsure:
        raise StoreTimeoutError(f"checking what --fail-on asks for: {checked.silence()}")
    if _worst(checked) >= failing:
        raise typer.Exit(FINDINGS)


def _is_table(form: Format | None) -> bool:
    return form is not None and form.SUFFIX == ".txt"  # which tells it itself


def _worst(checked: Checked) -> int:
    severities = [found.severity for each in checked.answers for found in each.findings]
    return max(severities, default=0)


def query(
    what: Annotated[str, typer.Argument(metavar="NAME|CODE|FILE|-", help="- reads the query.")],
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    today: TodayOption = None,
    as_of: AsOfOption = None,
    set_: SetOption = None,
    limit: Annotated[
        int,
        typer.Option("--limit", metavar="N", min=1, help="Rows at most.", rich_help_panel=ANSWER),
    ] = ROWS,
    timeout: TimeoutOption = 30.0,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """The rows of one read-only Cypher query.

    By the name or code of a saved question (with its measure), from a .cypher file, or, as -, from
    what is piped in or typed until Ctrl-D.
    """
    from ownership_graph.measures import measured  # noqa: PLC0415 -- only where used
    from ownership_graph.records import Rows  # noqa: PLC0415

    answering = Answering(format_, output)
    in_force = settings_in_force(settings)
    cypher, defaults, measure = _query_text(what, in_force, queries)
    parameters = {"today": day_number(today or as_of), **defaults, **assignments(set_)}
    with opened(store, in_force) as graph:
        most = None if measure else limit  # a measure takes all rows
        try:
            found = looked_at(graph, as_of).read(cypher, parameters, limit=most, timeout=timeout)
        except QueryError as error:
            raise _marked(error, cypher, what) from error
    rows = measured(measure, found, parameters)
    answering.write(Rows(rows.columns, rows.rows[:limit], cut=rows.cut or len(rows.rows) > limit))


def _marked(error: QueryError, cypher: str, what: str) -> QueryError:
    """The error with the line that it is about."""
    from ownership_graph.queries.mistakes import in_file, place_of  # noqa: PLC0415 -- where used

    line, column = place_of(error, cypher)
    return in_file(error.message, "" if what == "-" else what, cypher, line=line, column=column)


def _query_text(
    what: str, settings: Settings, folders: Sequence[Path] | None
) -> tuple[str, dict[str, object], Measure | None]:
    """The Cypher that `what` stands for, the defaults of its parameters, and its measure."""
    if what == "-":
        return sys.stdin.read(), {}, None
    file = Path(what)
    if file.suffix == ".cypher":
        try:
            return file.read_text(encoding="utf-8-sig"), {}, None
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise QueryError(f"reading the query: {reason}. Check the path.", file=what) from error
    if len(what.split()) > 1:  # no name has a blank in it
        raise UsageError(
            "looking for the query: a name, a code or a file was looked for, and this looks like"
            " Cypher. Write it into a file that ends in .cypher, or hand it in:"
            " echo 'MATCH …' | ownership-graph query -"
        )
    from ownership_graph.findings import choose  # noqa: PLC0415 -- only where used
    from ownership_graph.measures import fitting_measure  # noqa: PLC0415

    found = choose(questions_in_force(settings, folders), [what])
    if len(found) != 1:
        names = ", ".join(each.name for each in found)
        raise UsageError(f"looking for the query: '{what}' stands for several: {names}. Name one.")
    defaults: dict[str, object] = {each.name: each.default for each in found[0].parameters}
    return found[0].cypher, defaults, fitting_measure(found[0])


queries_app = typer.Typer(invoke_without_command=True, help="What can be asked.")


@queries_app.callback()
def queries_list(
    context: typer.Context,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    control: ControlOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What can be asked: code, name, severity and title of each saved query."""
    if context.invoked_subcommand:
        return
    from ownership_graph.findings import named_by, towards  # noqa: PLC0415 -- only where used
    from ownership_graph.records import Rows  # noqa: PLC0415 -- only where used

    answering = Answering(format_, output)
    known = questions_in_force(settings_in_force(settings), queries)
    clauses = control or ()
    listed = [
        (each.code, each.name, each.severity or "list", each.title, named_by(each, clauses))
        for each in towards(known, clauses)
    ]
    columns = ("code", "name", "severity", "title", "evidence towards")
    width = len(columns) if clauses else len(columns) - 1
    answering.write(Rows(columns[:width], [row[:width] for row in listed]))


@queries_app.command("show")
def queries_show(
    name: Annotated[str, typer.Argument(metavar="NAME|CODE", help="Which query.")],
    settings: SettingsOption = None,
    queries: QueriesOption = None,
) -> None:
    """One saved query whole: header, Cypher, and the measure behind it."""
    from ownership_graph.findings import choose  # noqa: PLC0415 -- only where used

    chosen = choose(questions_in_force(settings_in_force(settings), queries), [name])
    for found in chosen:
        typer.echo(found.cypher.rstrip())
        for line in _evidence(found.controls):
            typer.echo(line)
        if found.then:
            from ownership_graph.measures import find_measure  # noqa: PLC0415

            typer.echo(f"\n// then: {found.then}\n")
            typer.echo(find_measure(found.then, found.own_measure).__doc__ or "")


def _evidence(controls: Sequence[Control]) -> Iterator[str]:
    """Each clause that the answer is evidence towards, as lines of comment."""
    if controls:
        yield "\n// evidence towards, no more than that:"
    for each in controls:
        since = f", applies from {each.applies_from}" if each.applies_from else ""
        yield f"//   {each.text}: {each.title} (text of {each.text_day}{since})"
        if each.note:
            yield f"//     {each.note}"


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command(rich_help_panel="Ask")(check)
    app.command(rich_help_panel="Ask")(query)
    app.add_typer(queries_app, name="queries", rich_help_panel="Ask")
