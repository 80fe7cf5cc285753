"""`identities`: likely doubles, and names that nobody resolves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ownership_graph.cli.options import (
    Answering,
    FormatOption,
    OutputOption,
    SettingsOption,
    StoreOption,
    answer,
    opened,
    settings_in_force,
)
from ownership_graph.errors import UsageError

if TYPE_CHECKING:
    from ownership_graph.stores import Store

COLUMNS = ("alias", "label", "id", "score", "reason")
ALIAS_COLUMNS = 3
UNRESOLVED = """\
MATCH (n:Person|Team)-[r]-()
WHERE n.described = false
UNWIND r.sources AS source
WITH n, r.key AS key, source
ORDER BY source
WITH n, count(DISTINCT key) AS facts, collect(DISTINCT source) AS named_by
RETURN labels(n)[0] AS label, n.id AS id, facts, named_by
ORDER BY facts DESC, label, id
"""

identities_app = typer.Typer(
    no_args_is_help=True, help="Who is who: likely doubles, and strangers."
)


@identities_app.command("suggest")
def suggest(
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Persons, teams and models that are likely one; as csv, lines for the alias file.

    Nothing is changed.
    """
    from ownership_graph.identities.suggesting import QUERY, Someone  # noqa: PLC0415
    from ownership_graph.identities.suggesting import suggest as suggested  # noqa: PLC0415
    from ownership_graph.records import Rows  # noqa: PLC0415 -- only where used

    answering = Answering(format_, output)
    with opened(store, settings_in_force(settings)) as graph:
        try:
            likely = suggested(map(Someone.of, graph.read(QUERY).dicts()))
            things = _namesakes(graph)
        except ImportError as error:
            raise UsageError(
                "comparing names: that needs the package 'rapidfuzz'. Install it:"
                " pip install 'ownership-graph[identities]'."
            ) from error
    rows = [(each.alias, "Person", each.id, each.score, each.reason) for each in likely]
    rows += things
    for form, out in answering.streams():
        width = ALIAS_COLUMNS if form.SUFFIX == ".csv" else len(COLUMNS)
        form.write_rows(Rows(COLUMNS[:width], [row[:width] for row in rows]), out)


def _namesakes(graph: Store) -> list[tuple[str, str, str, float, str]]:
    """Teams and models of one name, as rows."""
    from ownership_graph.identities.namesakes import LABELS, QUERY, Something  # noqa: PLC0415
    from ownership_graph.identities.namesakes import namesakes as suggested  # noqa: PLC0415

    rows = []
    for label in LABELS:
        found = [Something.of(row) for row in graph.read(QUERY.format(label=label)).dicts()]
        told = suggested(found, near=label == "Model")
        rows += [(each.alias, label, each.id, each.score, each.reason) for each in told]
    return rows


@identities_app.command("unresolved")
def unresolved(
    store: StoreOption = None,
    settings: SettingsOption = None,
    format_: FormatOption = None,
    output: OutputOption = None,
) -> None:
    """Names of persons and teams that no source describes and no alias resolves."""
    answer(lambda graph: graph.read(UNRESOLVED), store, settings, format_, output)


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.add_typer(identities_app, name="identities", rich_help_panel="Ask")
