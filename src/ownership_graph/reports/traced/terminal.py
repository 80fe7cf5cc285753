"""The text of `impact` and `path` for people: what was found first, then how complete it is."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from rich.console import Group
from rich.padding import Padding
from rich.text import Text

from ownership_graph.model import label_in_words
from ownership_graph.reports.quoting import printable
from ownership_graph.reports.terminal.grids import console_on, grid
from ownership_graph.tracing import Impact, answering

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType
    from rich.table import Table

    from ownership_graph.tracing import Owner, Relying, Step, Told, Ways

NAMED = 2
"""Owners that are named in one line; the rest are counted."""

_BODY = (0, 0, 0, 2)


def write_text(found: Impact | Ways, out: TextIO, *, show: int = 0) -> None:
    """The answer; `show` bounds the lines of each list, 0 for all of them."""
    console = console_on(out)
    console.print(Text(printable(found.headline(), longest=1000), "bold"))
    parts = _impact(found, show) if isinstance(found, Impact) else _ways(found)
    for heading, part in parts:
        console.print()
        console.print(Text(printable(heading, longest=200), "bold"))
        console.print(Padding(part, _BODY, expand=False))
    console.print()
    console.print(Text("How complete this is", "bold"))
    for line in found.statement():
        console.print(Padding(Text(printable(line, longest=1000)), _BODY, expand=False))


def _impact(found: Impact, show: int) -> Iterator[tuple[str, RenderableType]]:
    if found.owners:
        yield "Its own owners", Text(_owners(found.owners, 0))
    if found.to_tell:
        rows = [_told(each) for each in found.to_tell]
        yield f"Who must be told ({len(rows):,})", _listed(rows, show)
    for distance, those in groupby(found.relying, lambda each: each.distance):
        near = [_relying(each) for each in those]
        where = "Directly" if distance == 1 else f"In {distance} steps"
        yield f"{where} ({len(near):,})", _listed(near, show)


def _listed(rows: Sequence[Sequence[str]], show: int) -> RenderableType:
    """The first rows, the second cell of each on one line, and how many more there are."""
    shown = rows[: show or None]
    table = _grid(shown)
    table.columns[1].no_wrap = True
    if len(shown) == len(rows):
        return table
    return Group(table, Text(f"… and {len(rows) - len(shown):,} more; --show 0 tells all", "dim"))


def _grid(rows: Sequence[Sequence[str]]) -> Table:
    """A table without the columns that are blank in every row, for which Rich narrows others."""
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    return grid([""] * len(columns), list(zip(*columns, strict=True)))


def _told(told: Told) -> tuple[str, str, str]:
    count = f"{told.things:,} of these"
    live = f", {told.in_production:,} in production" if told.in_production else ""
    tier = f"tier {told.tier} at most" if told.tier is not None else ""
    return printable(told.name), count + live, tier


def _relying(relying: Relying) -> tuple[str, str, str, str]:
    how = relying.how
    if relying.distance > 1:
        how = f"{how} {relying.through.name}"
    return (
        printable(relying.thing.name),
        _standing(relying),
        printable(how),
        _owners(relying.owners, NAMED),
    )


def _standing(relying: Relying) -> str:
    """Of a model its stage and tier; of others what they are."""
    if relying.thing.label != "Model":
        return label_in_words(relying.thing.label)
    stage = "stage unknown" if relying.stage in ("", "unknown") else relying.stage
    return f"{stage}, tier {relying.tier}" if relying.tier is not None else stage


def _owners(owners: Sequence[Owner], most: int) -> str:
    """Those who answer for it, by name; else those who did."""
    those = answering(owners)
    names = list(dict.fromkeys(printable(each.name) for each in those or owners))
    if not names:
        return ""
    shown = names[: most or None]
    left = f" +{len(names) - len(shown)}" if len(names) > len(shown) else ""
    return f"{', '.join(shown)}{left}{'' if those else ' (gone)'}"


def _ways(found: Ways) -> Iterator[tuple[str, RenderableType]]:
    for number, way in enumerate(found.ways, 1):
        yield f"Way {number}", _grid([_step(each) for each in way])


def _step(step: Step) -> tuple[str, str, str]:
    thing = step.thing
    name = printable(f"{thing.name or thing.id} ({label_in_words(thing.label)})")
    owners = _owners(step.owners, NAMED)
    return step.how, name, f"owned by {owners}" if owners else ""
