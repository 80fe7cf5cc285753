"""What `import ownership_graph` offers to programs and notebooks."""

from __future__ import annotations

from copy import copy
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ownership_graph.days import number_of
from ownership_graph.records import NodeKey, parse_key
from ownership_graph.stores import Credentials, open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    import networkx as nx

    from ownership_graph.deciding import Decisions
    from ownership_graph.findings.answer import Checked
    from ownership_graph.page import Other, PageSummary
    from ownership_graph.page.privacy import People
    from ownership_graph.tracing import Impact, Ways


def open(address: str | Path, credentials: Credentials | None = None) -> Graph:  # noqa: A001 -- og.open reads like gzip.open
    """The graph at `address`: a path, or `neo4j://host`, `neo4j+s://host`, `bolt://host`."""
    return Graph(address, credentials)


class Graph:
    """A graph to ask; use it in `with`, or call `close`."""

    def __init__(self, address: str | Path, credentials: Credentials | None = None) -> None:
        """Nothing is touched before the first question."""
        self.store = open_store(str(address), credentials)

    def as_of(self, day: date) -> Graph:
        """A copy in memory of the graph as it was at the end of that day, in UTC."""
        from ownership_graph.history import as_of  # noqa: PLC0415 -- only where used

        past = copy(self)
        past.store = as_of(self.store, day)
        return past

    def __enter__(self) -> Self:
        """The graph itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the store."""
        self.close()

    def close(self) -> None:
        """Let go of the store."""
        self.store.__exit__(None, None, None)

    def query(
        self,
        cypher: str,
        *,
        limit: int | None = None,
        timeout: float | None = 30.0,
        **parameters: object,
    ) -> list[dict[str, object]]:
        """The rows of a read-only Cypher query; `timeout` is in seconds."""
        return self.store.read(cypher, parameters, limit=limit, timeout=timeout).dicts()

    def check(
        self,
        *words: str,
        today: date | None = None,
        queries: Sequence[Path] = (),
        measures: Sequence[Path] = (),
        timeout: float = 30.0,
        **parameters: object,
    ) -> Checked:
        """The findings of all saved queries, or of those that a name, theme or code names.

        `queries` are folders of own questions, `measures` of own measures, which run code.
        """
        from ownership_graph.findings import check, choose  # noqa: PLC0415 -- only where used
        from ownership_graph.measures import measure_names, with_own_measures  # noqa: PLC0415
        from ownership_graph.queries.catalogue import load_questions  # noqa: PLC0415

        day = number_of(today or datetime.now(UTC))
        known = with_own_measures(load_questions(queries), measures, measure_names())
        chosen = choose(known, words)
        return check(self.store, chosen, today=day, parameters=parameters, timeout=timeout)

    def impact(self, node: str, *, hops: int = 12, timeout: float = 30.0) -> Impact:
        """What relies on the node of that id or name, nearest first, and how complete that is."""
        from ownership_graph.tracing import impact  # noqa: PLC0415 -- only where used

        return impact(self.store, node, hops=hops, timeout=timeout)

    def path(
        self, start: str, end: str, *, steps: int = 6, shown: int = 5, timeout: float = 30.0
    ) -> Ways:
        """The shortest ways between two nodes, each named by id or name."""
        from ownership_graph.tracing import ways_between  # noqa: PLC0415 -- only where used

        return ways_between(self.store, start, end, steps=steps, shown=shown, timeout=timeout)

    def decide(
        self,
        model: str,
        *,
        today: date | None = None,
        away: Sequence[str] = (),
        timeout: float = 30.0,
    ) -> Decisions:
        """What has to be decided about a model, by whom, whether they can, and why not."""
        from ownership_graph.deciding import decide  # noqa: PLC0415 -- only where used
        from ownership_graph.queries.catalogue import load_questions  # noqa: PLC0415

        day = number_of(today or datetime.now(UTC))
        return decide(self.store, load_questions(), model, today=day, away=away, timeout=timeout)

    def to_networkx(self) -> nx.MultiDiGraph[Any]:
        """The whole graph; nodes are (label, id), edges carry their `relationship`."""
        import networkx as nx  # noqa: PLC0415 -- only where used

        graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
        for fact in self.store.facts():
            match parse_key(fact.key):
                case NodeKey(label, own_id):
                    graph.add_node((label, own_id), **fact.properties)
                case tie:
                    graph.add_edge(
                        (tie.from_label, tie.from_id),
                        (tie.to_label, tie.to_id),
                        key=fact.key,
                        relationship=tie.type,
                        **fact.properties,
                    )
        return graph


def explore(  # noqa: PLR0913 -- each by its name
    graph: Graph,
    path: str | Path = "graph.html",
    *,
    title: str = "Ownership graph",
    people: People = "named",
    only: str = "",
    findings_only: bool = False,
    hops: int = 1,
    compare: date | Graph | str | Path | None = None,
) -> PageSummary:
    """Write the interactive page of a graph to `path`.

    `people` says how persons appear: "named", by "roles" or by "pseudonyms".
    `only` is a search as on the page (`team:risk`), `findings_only` keeps what a finding names;
    the page then goes `hops` steps round these. Without both it holds everything. `compare` is a
    day, another graph, or the address of one: the page shows what is new, gone and changed since,
    or beside it.
    """
    from ownership_graph.page import Chosen, recorded, write_page  # noqa: PLC0415 -- only where used

    now = datetime.now(UTC)
    other = None if compare is None else _other(graph, compare)
    return write_page(
        Path(path),
        graph.store.facts(),
        graph.check,
        title=title,
        people=people,
        generated=f"{now:%Y-%m-%d %H:%M} UTC",
        chosen=Chosen(only, findings_only, hops),
        told=recorded(graph.store),
        other=other,
    )


def _other(graph: Graph, compare: date | Graph | str | Path) -> Other:
    """What a page is compared with; waiting is reckoned to the day that is gone back to."""
    from ownership_graph.page import Other, day_or_store  # noqa: PLC0415 -- only where used

    if isinstance(compare, Graph):
        return Other.beside(compare.store.address, list(compare.store.facts()), compare.check())
    wanted = compare if isinstance(compare, date) else day_or_store(str(compare))
    if isinstance(wanted, date):
        with graph.as_of(wanted) as then:
            return Other.since(wanted, list(then.store.facts()), then.check(today=wanted))
    with open(wanted) as beside:
        return _other(graph, beside)
