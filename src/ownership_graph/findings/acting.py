"""Who has the right to take the first step of a finding, by name."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from ownership_graph.errors import StoreTimeoutError
from ownership_graph.records import NodeKey
from ownership_graph.rights.superiors import nearest_above

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.findings.answer import Finding, Group
    from ownership_graph.queries.question import Question, Relation
    from ownership_graph.stores import Store

SHOWN = 3
"""So many are named; more are no address."""

_GONE = ("left", "archived")
_HERE = f"NOT coalesce(o.status, 'unknown') IN {[*_GONE]}"
_OWNERS = f"""\
UNWIND $ids AS id
MATCH (x:{{label}} {{{{id: id}}}})<-[r:OWNS]-(o)
WHERE r.role = 'accountable' AND coalesce(r.confidence, 1.0) >= 0.5 AND {_HERE}
RETURN DISTINCT CASE WHEN o:Team THEN 'Team' ELSE 'Person' END AS label, o.id AS id
ORDER BY label DESC, id"""
_DECIDERS = f"""\
UNWIND $ids AS id
MATCH (x:{{label}} {{{{id: id}}}})<-[:CAN_DECIDE]-(o)
WHERE {_HERE}
RETURN DISTINCT CASE WHEN o:Team THEN 'Team' ELSE 'Person' END AS label, o.id AS id
ORDER BY label DESC, id"""
_LEADS = f"""\
UNWIND $ids AS id
MATCH (x:Team {{id: id}})<-[r:MEMBER_OF]-(o:Person)
WHERE r.role = 'lead' AND {_HERE}
RETURN DISTINCT 'Person' AS label, o.id AS id
ORDER BY id"""
_TEAMS = """\
UNWIND $ids AS id
MATCH (x:Person {id: id})-[r:MEMBER_OF]->(t:Team)
WHERE coalesce(r.role, 'member') <> 'liaison' AND NOT coalesce(t.kind, 'team') = 'group'
RETURN DISTINCT 'Team' AS label, t.id AS id
ORDER BY id"""
_ABOVE = """\
UNWIND $ids AS id
MATCH path = (x:{label} {{id: id}})-[:{tie}*1..12]->(above:{label})
WITH id, above, min(length(path)) AS steps
WHERE above.id <> id
RETURN id, above.id AS above, steps, above.status AS status
ORDER BY id, steps, above"""
_OWNED = ("Model", "Dataset", "Service", "UseCase", "Criterion", "Gate", "TradeOff")


def with_actors(
    store: Store,
    groups: Sequence[Group],
    findings: Mapping[str, Finding],
    names: Mapping[tuple[str, str], str],
    *,
    timeout: float,
) -> tuple[Group, ...]:
    """The groups with those who may take the first step of their best finding.

    Nobody is known where the header names no column, where the columns hold nobody, or where it
    takes too long. A few small queries for each group.
    """
    asking = _Asking(store, names, timeout)
    return tuple(
        replace(each, actors=asking.actors(each.question, findings[each.findings[0]]))
        for each in groups
    )


class _Asking:
    """Asks the graph who somebody's owner, lead or superior is."""

    def __init__(self, store: Store, names: Mapping[tuple[str, str], str], timeout: float) -> None:
        self._store, self._names, self._timeout = store, names, timeout

    def actors(self, question: Question, finding: Finding) -> tuple[NodeKey, ...]:
        """The first right of the header that somebody has."""
        try:
            for right in question.actor.rights:
                held = [
                    end for name in right.columns for end in self._ends(question, finding, name)
                ]
                if found := self._having(right.relation, held):
                    return tuple(found[:SHOWN])
        except StoreTimeoutError:
            return ()
        return ()

    def _ends(self, question: Question, finding: Finding, name: str) -> list[NodeKey]:
        column = next(each for each in question.columns if each.name == name)
        held = finding.row.get(name)
        ids = held if isinstance(held, list) else [held]
        return [
            NodeKey(label, str(own_id))
            for own_id in ids
            for label in column.labels
            if (label, own_id) in self._names
        ]

    def _having(self, relation: Relation, held: Sequence[NodeKey]) -> list[NodeKey]:
        match relation:
            case "owner":
                return self._ask(_OWNERS, held, _OWNED)
            case "decider":
                return self._ask(_DECIDERS, held, ("Gate",))
            case "lead":
                return self._leads(self._as_teams(held))
            case "parent":
                return self._leads(self._common(self._as_teams(held), "PART_OF"))
            case "superior":
                return self._superiors(held)
            case "self":
                return list(held)

    def _ask(self, cypher: str, held: Iterable[NodeKey], labels: Iterable[str]) -> list[NodeKey]:
        """Those whom the query names for the ends with one of the labels, each once."""
        ids = defaultdict(list)
        for end in held:
            ids[end.label].append(end.id)
        found: dict[NodeKey, None] = {}
        for label in labels:
            if label in ids:
                text = cypher.format(label=label) if "{label}" in cypher else cypher
                rows = self._store.read(text, {"ids": ids[label]}, timeout=self._timeout).rows
                found |= dict.fromkeys(NodeKey(str(own), str(own_id)) for own, own_id in rows)
        return list(found)

    def _people(self, held: Sequence[NodeKey]) -> list[NodeKey]:
        """Owners take the place of what they own."""
        owners = self._ask(_OWNERS, held, _OWNED)
        return [*(end for end in held if end.label in ("Person", "Team")), *owners]

    def _as_teams(self, held: Sequence[NodeKey]) -> list[NodeKey]:
        people = self._people(held)
        teams = [end for end in people if end.label == "Team"]
        return list(dict.fromkeys([*teams, *self._ask(_TEAMS, people, ("Person",))]))

    def _leads(self, teams: Sequence[NodeKey]) -> list[NodeKey]:
        return self._ask(_LEADS, teams, ("Team",))

    def _superiors(self, held: Sequence[NodeKey]) -> list[NodeKey]:
        """The nearest whom all report to; with a team among them, the lead of a common parent."""
        people = self._people(held)
        if all(end.label == "Person" for end in people):
            found = self._common(people, "REPORTS_TO")
            if found:
                return found
        return self._leads(self._common(self._as_teams(people), "PART_OF"))

    def _common(self, ends: Sequence[NodeKey], tie: str) -> list[NodeKey]:
        """The nearest above all of them who is here; one of several may stand above the others."""
        if not ends:
            return []
        label, ids = ends[0].label, sorted({end.id for end in ends})
        cypher = _ABOVE.format(label=label, tie=tie)
        lines: dict[str, dict[str, int]] = {own: {own: 0} for own in ids}
        gone: set[str] = set()
        rows = self._store.read(cypher, {"ids": ids}, timeout=self._timeout).rows
        for own, other, steps, status in rows:
            if isinstance(steps, int):
                lines[str(own)].setdefault(str(other), steps)
            if status in _GONE:
                gone.add(str(other))
        if len(ids) == 1:
            del lines[ids[0]][ids[0]]
        found = nearest_above([*lines.values()], gone)
        return [NodeKey(label, found[0])] if found else []
