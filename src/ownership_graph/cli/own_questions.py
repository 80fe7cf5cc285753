"""`queries new` and `queries check`: questions of one's own, begun and tried out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli.options import (
    QueriesOption,
    SettingsOption,
    StoreOption,
    TimeoutOption,
    day_number,
    from_here,
    opened,
    settings_in_force,
)
from ownership_graph.errors import QueryError, UsageError

if TYPE_CHECKING:
    from ownership_graph.queries.catalogue import Place
    from ownership_graph.queries.question import Question

ENDING = ".cypher"


def queries_new(
    name: Annotated[
        str, typer.Argument(metavar="THEME/NAME", help="Such as pilots/without-a-day.")
    ],
    settings: SettingsOption = None,
    queries: QueriesOption = None,
) -> None:
    """Begin a question of your own: a file that works as it stands and explains each line."""
    from ownership_graph.folders import shipped  # noqa: PLC0415 -- only where used
    from ownership_graph.queries.catalogue import (  # noqa: PLC0415
        free_code,
        places_of,
        read_questions,
    )
    from ownership_graph.queries.template import template  # noqa: PLC0415

    in_force = settings_in_force(settings)
    folders = [*(queries or ()), *map(from_here, in_force.queries)]
    if not folders:
        raise UsageError(
            "beginning a question: there is no folder for questions of your own. Name one:"
            f" ownership-graph queries new {name} --queries our-questions; or once in the"
            ' settings: queries = ["our-questions"].'
        )
    there = [shipped("cypher"), *(each for each in folders if each.is_dir())]
    known = read_questions(places_of(there), there[1:])
    file = _free_file(name, folders[0], known.questions)
    code = free_code(known.codes)
    _write(file, template(code))
    where = f" --queries {folders[0]}" if queries else ""
    typer.echo(f"""{file}: {code} works as it stands. Change what it asks, then:
  ownership-graph queries check {file}
  ownership-graph check {code}{where}""")
    if where:
        typer.echo(
            f'To have it asked every time, write into the settings: queries = ["{folders[0]}"]'
        )


def _free_file(name: str, folder: Path, known: Sequence[Question]) -> Path:
    """Where the question goes; nothing is there yet, and no question has that name."""
    from ownership_graph.queries.header import checked_name  # noqa: PLC0415 -- only where used

    name = name.removesuffix(ENDING)
    try:
        checked_name(name)
    except QueryError:
        raise UsageError(
            f"beginning the question '{name}': a theme and a name are wanted, of small letters and"
            " digits with hyphens, as in pilots/without-a-day."
        ) from None
    file = folder / f"{name}{ENDING}"
    other = next((each for each in known if each.name == name), None)
    if other or file.exists():
        raise UsageError(
            f"beginning the question '{name}': {other.file if other else file} is there already,"
            " and stays as it is. Take another name."
        )
    return file


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as out:
            out.write(text)
    except OSError as error:
        raise UsageError(
            f"writing {file}: {error.strerror}. Name a folder that you may write to."
        ) from error


def queries_check(
    what: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[FILE|FOLDER]...", help="Only these; else all questions of your own."
        ),
    ] = None,
    store: StoreOption = None,
    settings: SettingsOption = None,
    queries: QueriesOption = None,
    timeout: TimeoutOption = 30.0,
) -> None:
    """Every mistake in questions of your own at once; each is also asked, to see that it can be.

    They are put to a made-up organisation in memory, or with --store to that store.
    """
    from ownership_graph.findings.trying import (  # noqa: PLC0415 -- only where used
        made_up_store,
        mistakes_in_answers,
    )
    from ownership_graph.measures import measure_names, with_own_measures  # noqa: PLC0415
    from ownership_graph.queries.catalogue import read_questions  # noqa: PLC0415

    in_force = settings_in_force(settings)
    today = day_number(None)
    folders = [*map(from_here, in_force.queries), *(queries or ())]
    others, chosen = _places(what or (), folders)
    read = read_questions([*others, *chosen], folders)
    files = {str(place.file) for place in chosen}
    mistakes = [each for each in read.mistakes if each.file in files]
    asked = [each for each in read.questions if str(each.file) in files]
    asked = list(with_own_measures(asked, map(from_here, in_force.measures), measure_names()))
    if store:
        with opened(store, in_force) as graph:
            mistakes += mistakes_in_answers(graph, asked, today=today, timeout=timeout)
    else:
        made_up = made_up_store(today=today)
        mistakes += mistakes_in_answers(made_up, asked, today=today, timeout=timeout)
    if mistakes:
        raise _all_of(mistakes, len(chosen))
    many = "1 question is" if len(asked) == 1 else f"{len(asked)} questions are"
    typer.echo(f"{many} well: read, and asked of {store or 'a made-up organisation'}.")


def _places(what: Sequence[Path], folders: Sequence[Path]) -> tuple[list[Place], list[Place]]:
    """The questions that the chosen ones must not clash with, and those chosen.

    Errors: UsageError where nothing is chosen.
    """
    from ownership_graph.folders import shipped  # noqa: PLC0415 -- only where used
    from ownership_graph.queries.catalogue import places_of  # noqa: PLC0415

    own = places_of(folders)
    known = {place.file.resolve() for place in own}
    for path in what:
        own += (each for each in _places_in(path) if each.file.resolve() not in known)
    wanted = [each.resolve() for each in what]
    chosen = [
        place
        for place in own
        if not what or any(place.file.resolve().is_relative_to(each) for each in wanted)
    ]
    if not chosen:
        where = f"in {', '.join(map(str, what or folders))}" if what or folders else "named"
        raise UsageError(
            f"checking questions: there is none {where}. Begin one: ownership-graph queries new"
            " pilots/without-a-day --queries our-questions."
        )
    return [*places_of([shipped("cypher")]), *(p for p in own if p not in chosen)], chosen


def _places_in(path: Path) -> Iterable[Place]:
    """The questions of a file, of a theme's folder, or of a folder of themes."""
    from ownership_graph.queries.catalogue import ENDING, Place, places_of  # noqa: PLC0415

    files = sorted(path.glob(f"*{ENDING}")) if path.is_dir() else [path]
    if not files:
        return places_of([path])
    return [Place(each, f"{each.absolute().parent.name}/{each.stem}") for each in files]


def _all_of(mistakes: Sequence[QueryError], files: int) -> QueryError:
    """One error that lists all of them, each with its line."""
    wrong = len({each.file for each in mistakes})
    number = "1 mistake" if len(mistakes) == 1 else f"{len(mistakes)} mistakes"
    error = QueryError(
        f"checking questions: {number} in {wrong} of {files} file{'s' if files > 1 else ''}."
    )
    for each in mistakes:
        error.add_note(str(each))
        for line in getattr(each, "__notes__", ()):
            error.add_note(f"  {line}")
    return error


def register(app: typer.Typer) -> None:
    """Add the commands to `app`, which is that of `queries`."""
    app.command("new")(queries_new)
    app.command("check")(queries_check)
