"""`generate`: a made-up organisation of any size as tables, and what is known of it."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ownership_graph.cli.made_folder import make_room
from ownership_graph.cli.options import day_number
from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ownership_graph.organisation import Shape
    from ownership_graph.records import Node, Relationship

_USUAL = 10_000
"""Nodes, where no size is asked for."""

TABLES, SEEN, ALONE = "organisation", "seen", "alone"
TRUTH, SETTINGS = "truth.csv", "ownership-graph.toml"

_SETTINGS = f"""# Made by `ownership-graph generate`: two sources of one made-up organisation.

precedence = ["directory", "scan"]
inventory_of_record = "directory"

[store]
address = "ownership.kgl"

[[source]]
name = "directory"   # who there is, what they own, what they decide
importer = "tables"
path = "{TABLES}"

[[source]]
name = "scan"        # what is seen to run
importer = "tables"
path = "{SEEN}"
"""


def generate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where everything goes.")],
    size: Annotated[
        int | None,
        typer.Option(
            "--size",
            metavar="NODES",
            min=100,
            max=10_000_000,
            help="About how many nodes; 10,000 where nothing else is said.",
        ),
    ] = None,
    people: Annotated[
        int | None,
        typer.Option(
            "--people",
            metavar="N",
            min=100,
            max=5_000_000,
            help="How many people, in place of --size.",
        ),
    ] = None,
    systems: Annotated[
        int | None,
        typer.Option(
            "--systems",
            metavar="N",
            min=50,
            max=5_000_000,
            help="How many AI systems beside --people; without it, five for eight people.",
        ),
    ] = None,
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
    from ownership_graph.organisation import copies, planted, write_truth  # noqa: PLC0415

    codes, day = _known(plant or []), day_number(today)
    large = _size(size, people, systems)
    many = copies(large, codes) if defects is None else defects
    make_room(folder, "generate", (TABLES, SEEN, ALONE, TRUTH, SETTINGS))
    nodes, ties = _write_tables(folder, day=day, seed=seed, size=large, defects=many, codes=codes)
    (folder / SETTINGS).write_text(_SETTINGS, encoding="utf-8")
    known = planted(today=day, seed=seed, defects=many, codes=codes, second=True)
    counted = write_truth(known, folder / TRUTH)
    if many:
        _write_alone(folder / ALONE, day=day, seed=seed, codes=codes)
    typer.echo(
        f"{nodes:,} nodes and {ties:,} relationships, of {date_of(day)}, in {folder}.\n"
        f"Planted: {counted['defect']:,} faults that are found, and {counted['near miss']:,} near"
        f" misses that are not ({folder / TRUTH}).\n"
        f"\nNext:\n  cd {folder}\n  ownership-graph import\n"
        f"  ownership-graph check --today {date_of(day)}"
    )


def _size(size: int | None, people: int | None, systems: int | None) -> int | Shape:
    """How large it is to be, in the one way or the other."""
    from ownership_graph.organisation import Shape  # noqa: PLC0415 -- only where used

    if people is None:
        if systems is not None:
            raise UsageError("reading --systems: beside it stands --people, which is missing.")
        return _USUAL if size is None else size
    if size is not None:
        raise UsageError("reading --people: it stands in place of --size; leave one of them out.")
    return Shape(people, people * 5 // 8 if systems is None else systems)


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
    folder: Path, *, day: int, seed: int, size: int | Shape, defects: int, codes: Collection[str]
) -> tuple[int, int]:
    """Write the tables of both sources; how many nodes and relationships the first states."""
    from ownership_graph.cli.progress import progress_bar  # noqa: PLC0415 -- only where used
    from ownership_graph.loading.progress import counted  # noqa: PLC0415
    from ownership_graph.model import LABELS  # noqa: PLC0415
    from ownership_graph.organisation import (  # noqa: PLC0415
        STORY,
        Shape,
        organisation,
        seen,
        write_tables,
    )

    def facts(
        source: Callable[..., Iterable[Node | Relationship]],
    ) -> Iterable[Node | Relationship]:
        story = isinstance(size, Shape) or size >= STORY
        made = source(today=day, seed=seed, size=size, defects=defects, codes=codes, story=story)
        return counted("Facts written", made, tell)

    with progress_bar() as tell:
        rows = write_tables(facts(organisation), folder / TABLES)
        write_tables(facts(seen), folder / SEEN)
    nodes = sum(count for kind, count in rows.items() if kind in LABELS)
    return nodes, sum(rows.values()) - nodes


def _write_alone(folder: Path, *, day: int, seed: int, codes: Collection[str]) -> None:
    """Write what can be planted only by itself, each with its own truth."""
    from ownership_graph.organisation import alone, write_tables, write_truth  # noqa: PLC0415

    for name, facts, known in alone(today=day, seed=seed, codes=codes):
        write_tables(facts, folder / name)
        write_truth(known, folder / name / TRUTH)


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Start")(generate)
