"""`denials`: what is held off the graph, because a source that is believed first says no."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ownership_graph.cli.options import (
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
    answer,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.records import Fact, Key, Properties
    from ownership_graph.stores import Store

COLUMNS = ("what", "start", "end", "denied by", "why", "still stated by")
NOTE = "why"


def denials(
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """What is off the graph because a source says no: who denies it, and who still states it."""
    from ownership_graph.records import Rows  # noqa: PLC0415 -- only where used

    def ask(graph: Store) -> Rows:
        return Rows(COLUMNS, list(_rows(graph.held())))

    answer(ask, store, settings, format_, output)


def _rows(held: Iterable[Fact]) -> Iterator[tuple[object, ...]]:
    from ownership_graph.plans.denying import covers, denies  # noqa: PLC0415 -- only where used
    from ownership_graph.records import ABSENT  # noqa: PLC0415

    facts = list(held)
    own = {fact.key: fact for fact in facts if denies(fact)}
    for fact in facts:
        # A relationship may be held because of one of its ends, or of another role.
        denying = own.get(fact.key) or next(own[key] for key in covers(fact.key) if key in own)
        others = [source for source, claim in _claims(fact).items() if ABSENT not in claim]
        why = _claims(denying)[denying.sources[0]].get(NOTE, "")
        yield (*_named(fact.key), denying.sources[0], why, ", ".join(others))


def _claims(fact: Fact) -> dict[str, Properties]:
    return fact.claims or {fact.sources[0]: fact.properties}


def _named(key: Key) -> tuple[str, str, str]:
    """The kind of a fact, and the node, or the two ends, that it is about."""
    from ownership_graph.records import NodeKey, parse_key  # noqa: PLC0415 -- only where used

    found = parse_key(key)
    if isinstance(found, NodeKey):
        return found.label, found.id, ""
    role = "".join(f" {part}" for part in found.identity)
    return f"{found.type}{role}", found.from_id, found.to_id


def register(app: typer.Typer) -> None:
    """Add the command to `app`."""
    app.command(rich_help_panel="Ask")(denials)
