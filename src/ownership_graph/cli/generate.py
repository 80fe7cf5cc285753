"""`generate`: a made-up organisation of any size as tables, and what is known of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ownership_graph.cli.made_folder import make_room
from ownership_graph.cli.options import day_number
from ownership_graph.errors import UsageError

TRUTH = "truth.csv"


def generate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where the tables go.")],
    size: Annotated[
        int,
        typer.Option(
            "--size", metavar="NODES", min=100, max=10_000_000, help="About how many nodes."
        ),
    ] = 10_000,
    seed: Annotated[
        int, typer.Option("--seed", metavar="N", help="The same seed and day, the same bytes.")
    ] = 7,
    today: Annotated[
        str | None,
        typer.Option("--today", metavar="DAY", help="The day it stands on, such as 2026-03-01."),
    ] = None,
    defects: Annotated[
        int | None,
        typer.Option(
            "--defects",
            metavar="N",
            min=0,
            max=100_000,
            help="Copies of each planted fault and near miss; without it, a tenth of all nodes.",
        ),
    ] = None,
    plant: Annotated[
        list[str] | None,
        typer.Option("--plant", metavar="CODE", help="Plant only this; may be given again."),
    ] = None,
) -> None:
    """A made-up organisation of any size as tables, and the faults that were planted in it."""
    from ownership_graph.days import date_of  # noqa: PLC0415 -- only where used
    from ownership_graph.organisation import copies, write_truth  # noqa: PLC0415

    codes, day = _known(plant or []), day_number(today)
    many = copies(size, codes) if defects is None else defects
    make_room(folder, "generate", ("nodes_*.csv", "rels_*.csv", TRUTH))
    nodes, ties = _write_tables(folder, day=day, seed=seed, size=size, defects=many, codes=codes)
    known = write_truth(folder / TRUTH, today=day, seed=seed, defects=many, codes=codes)
    typer.echo(
        f"{nodes:,} nodes and {ties:,} relationships, of {date_of(day)}, in {folder}.\n"
        f"Planted: {known['defect']:,} faults that are found, and {known['near miss']:,} near"
        f" misses that are not ({folder / TRUTH}).\n"
        f"\nNext:\n  ownership-graph import tables {folder} --as generated --store {folder}.kgl\n"
        f"  ownership-graph check --today {date_of(day)} --store {folder}.kgl"
    )


def _known(codes: list[str]) -> frozenset[str]:
    """The codes, each of which can be planted."""
    from ownership_graph.model import nearest  # noqa: PLC0415 -- only where used
    from ownership_graph.organisation import CODES  # noqa: PLC0415

    for each in codes:
        if each not in CODES:
            raise UsageError(
                f"reading --plant: nothing can be planted for '{each}'.{nearest(each, CODES)}"
                f" What can be: {', '.join(CODES)}."
            )
    return frozenset(codes)


def _write_tables(
    folder: Path, *, day: int, seed: int, size: int, defects: int, codes: frozenset[str]
) -> tuple[int, int]:
    """Write the tables; how many nodes and how many relationships they hold."""
    from ownership_graph.cli.progress import progress_bar  # noqa: PLC0415 -- only where used
    from ownership_graph.loading.progress import counted  # noqa: PLC0415
    from ownership_graph.model import LABELS  # noqa: PLC0415
    from ownership_graph.organisation import STORY, organisation, write_tables  # noqa: PLC0415

    records = organisation(
        today=day, seed=seed, size=size, defects=defects, codes=codes, story=size >= STORY
    )
    with progress_bar() as tell:
        rows = write_tables(counted("Facts written", records, tell), folder)
    nodes = sum(count for kind, count in rows.items() if kind in LABELS)
    return nodes, sum(rows.values()) - nodes


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(generate)
