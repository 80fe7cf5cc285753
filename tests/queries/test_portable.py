"""The Cypher that both stores understand, and the names that the graph knows."""

from __future__ import annotations

import pytest

from ownership_graph.queries.names import unknown_names
from ownership_graph.queries.pieces import Pieces
from ownership_graph.queries.portable import unportable

REFUSED = [
    ("MATCH (m:Model) RETURN m.id AS a MATCH (t:Team) RETURN t.id AS b", "ends with its first"),
    ("MATCH (m:Model) RETURN m.id AS a ORDER BY a RETURN 1 AS b", "ends with its first"),
    ("/* all */ MATCH (m:Model) RETURN m.id", "comments begin with `//`"),
    ("MATCH (m:Model {stage: 'pilot'}) RETURN m.id", "inline only `{id: …}`"),
    ("MATCH (m:Model {id: 'a', stage: 'pilot'}) RETURN m.id", "inline only `{id: …}`"),
    ("MATCH (:Model {stage: 'pilot'})<-[:OWNS]-(o) RETURN o.id", "inline only `{id: …}`"),
    ("MATCH ({name: 'x'}) RETURN 1", "inline only `{id: …}`"),
    ("MATCH (m:Model|Dataset {name: 'x'}) RETURN m.id", "inline only `{id: …}`"),
    ("MATCH (m)-[:OWNS {role: 'x'}]-(n) RETURN m.id", "inline only `{id: …}`"),
    ("MATCH (m)-[:OWNS {id: 'x'}]-(n) RETURN m.id", "inline only `{id: …}`"),
    ("MATCH (m)-[:DEPENDS_ON*]->(n) RETURN m.id", "a path needs an upper bound"),
    ("MATCH (m)-[:DEPENDS_ON*1..]->(n) RETURN m.id", "a path needs an upper bound"),
    ("MATCH (m)-[:DEPENDS_ON* .. ]->(n) RETURN m.id", "a path needs an upper bound"),
    ("MATCH (m)<-[*]-(n) RETURN m.id", "a path needs an upper bound"),
    ("MATCH (m)-[:OWNS]->{1,3}(n) RETURN m.id", "only one store has quantified paths"),
    ("MATCH ((m)-[:OWNS]->(n)){1,3} RETURN 1", "only one store has quantified paths"),
    ("MATCH (m)-[:OWNS]->+(n) RETURN m.id", "only one store has quantified paths"),
    ("MATCH ((m)-[:OWNS]->(n))+ RETURN 1", "only one store has quantified paths"),
    ("MATCH p = SHORTEST 1 (m)-[:OWNS]->(n) RETURN 1", "only one store has SHORTEST"),
    ("MATCH (m) WHERE m.stage <> 'retired' RETURN m.id", "write `coalesce(m.stage, …)`"),
    ("MATCH (m) WHERE 'retired' <> m.stage RETURN m.id", "write `coalesce(m.stage, …)`"),
    ("MATCH (m) WHERE NOT m.stage = 'retired' RETURN m.id", "write `coalesce(m.stage, …)`"),
    ("MATCH (m) WHERE not m.stage IN ['retired'] RETURN m.id", "write `coalesce(m.stage, …)`"),
    ("MATCH (m) RETURN properties(m)", "properties(): the stores differ"),
    ("MATCH (m) RETURN Keys (m)", "keys(): the stores differ"),
    ("MATCH (m) RETURN percentileCont(m.x, 0.5)", "percentilecont(): only one store has it"),
    ("MATCH (m) RETURN id(m)", "id(): it is another number after each import"),
    ("MATCH (m) RETURN elementId(m)", "elementid(): it is another number"),
    ("MATCH (m) WHERE exists(m.stage) RETURN m.id", "exists(): write `n.stage IS NOT NULL`"),
    ("RETURN rand() AS x", "rand(): the same question must have the same answer"),
    ("RETURN date('2020-01-01') AS x", "date(): days are integers"),
    ("RETURN date.truncate('month', $today) AS x", "date.truncate(): days are integers"),
    ("RETURN duration.between(1, 2).days AS x", "duration.between(): days are integers"),
    ("RETURN COLLECT { MATCH (m) RETURN m.id } AS x", "only one store has COLLECT { … }"),
    ("MATCH (m) CALL { WITH m RETURN 1 AS x } RETURN x", "name the variables that go in"),
    ("WITH 2 AS x WHERE 1 < x <= 3 RETURN x", "write `1 < x AND x <= 3`"),
    ("WITH 2 AS x RETURN [y IN [1] WHERE 1 < y < 3 | y] AS z", "write `1 < x AND x <= 3`"),
]

FINE = [
    "MATCH (m:Model) CALL (m) { MATCH (m)<-[:OWNS]-(o) RETURN o.id AS x } RETURN x ORDER BY x",
    "MATCH (m:Model) RETURN m.id STARTS WITH 'a' AS x, COUNT { MATCH (m)<-[:OWNS]-(o) } AS n",
    "MATCH (m:Model {id: $id}) RETURN m.id // /* no comment */",
    "MATCH (:Model {id: 'a'}) RETURN '/* text */' AS x",
    "MATCH (m:`Model` {id: 'a'}) RETURN m.id AS `/* name */`",
    "MATCH (m)-[:DEPENDS_ON*1..6]->(n) RETURN m.id",
    "MATCH (m)-[:DEPENDS_ON*..6]->(n) RETURN m.id",
    "MATCH (m)-[:DEPENDS_ON*2]->(n) RETURN m.id",
    "MATCH p = shortestPath((m)-[:DEPENDS_ON*..6]->(n)) RETURN length(p) AS steps",
    "MATCH (m) WHERE coalesce(m.stage, 'unknown') <> 'retired' RETURN m.id",
    "MATCH (m), (n) WHERE m.id <> n.id AND NOT m.id = n.name RETURN m.id",
    "MATCH (m) WHERE NOT coalesce(m.stage, 'x') IN ['retired'] RETURN m.id",
    "MATCH (m) WHERE NOT m.reported RETURN m.id",
    "MATCH (m) WHERE 'a' <> 'b' AND size([1]) <> 1 RETURN m.id",
    "MATCH (m) RETURN m {.id, .name} AS both, collect({a: m.id, b: [1]}) AS maps",
    "MATCH (m) RETURN collect(m {.id}) AS maps, {stage: m.stage} AS map",
    "MATCH (m) RETURN (CASE WHEN m.id = 'a' THEN {stage: 1} END) AS map",
    "MATCH (m) WHERE EXISTS { (m)-[:OWNS]->() } RETURN COUNT { (m)--() } AS n",
    "MATCH (m) CALL (m) { MATCH (m)--(o) RETURN count(o) AS n } RETURN m.id, n",
    "MATCH (m) WHERE m.x > 1 AND m.x < 3 OR (m.x = 1) = true RETURN m.id",
    "MATCH (m) WHERE m.x >= -1 RETURN m.x + 1 AS a, (m.x) * 2 AS b, (1 + 2) + 3 AS c",
    "MATCH p = (a)-[:OWNS]->(b) WHERE a.x = 1 RETURN reduce(s = 0, x IN [1] | s + x) AS s",
    "WITH 1 AS x, 2 AS y RETURN x < 1 AS a, y < 2 AS b",
    "MATCH (m) RETURN m.date AS date, m.keys AS keys, m.shortest AS shortest",
    "MATCH (m) RETURN m.id ORDER BY m.stage DESC, m.id LIMIT 3;",
]


@pytest.mark.parametrize(("cypher", "told"), REFUSED)
def test_what_one_store_does_not_understand_is_refused_with_what_to_write(cypher, told):
    found = next(unportable(Pieces(f"// a\n// b\n{cypher}")))
    assert str(found).startswith("3:")
    assert told in str(found)


@pytest.mark.parametrize("cypher", FINE)
def test_what_both_understand_is_let_through(cypher):
    assert list(unportable(Pieces(cypher))) == []


def test_brackets_that_do_not_match_are_left_to_the_store():
    for cypher in ("MATCH (m)) RETURN m.id", "MATCH (m RETURN {", "]", "MATCH (m {stage: 1"):
        Pieces(cypher)


UNKNOWN = [
    ("MATCH (m:Modle) RETURN m.id", "'Modle' is no label of the graph. Did you mean 'Model'?"),
    ("MATCH (m:Team|Persn) RETURN m.id", "'Persn' is no label of the graph. Did you mean"),
    ("MATCH (m:Team&!Persn) RETURN m.id", "'Persn' is no label of the graph. Did you mean"),
    ("MATCH (m)-[:OWN]->() RETURN m.id", "'OWN' is no relationship of the graph. Did you mean"),
    ("MATCH (m)<-[r:OWNS|WORKEDON]-() RETURN m.id", "Did you mean 'WORKED_ON'?"),
    ("MATCH (m)-[:Model]->() RETURN m.id", "'Model' is no relationship of the graph."),
    ("MATCH (:OWNS) RETURN 1 AS x", "'OWNS' is no label of the graph."),
    ("MATCH (m) WHERE m:Teem RETURN m.id", "Did you mean 'Team'?"),
    ("MATCH (m) RETURN m.stge AS x", "Did you mean 'stage'? A property of your own"),
    ("MATCH (m:Model) RETURN m.requested_day AS x", "'requested_day' is no property that"),
    ("MATCH (m:Model)-[r:OWNS]-() RETURN r.stage AS x", "'stage' is no property that stands"),
    ("MATCH (m:Model|Team) RETURN m.quorm AS x", "Did you mean 'quorum'?"),
    ("MATCH (m:Model) RETURN m {.id, .stge} AS x", "Did you mean 'stage'?"),
    ("MATCH (r:ImportRun) RETURN r.id AS x", "'ImportRun' is no label of the graph."),
    ("MATCH (m) RETURN m.title AS x", "'title' is no property that stands there"),
]

KNOWN = [
    "MATCH (m:Model)<-[r:OWNS]-(o:Team|Person) WHERE o:Team RETURN m.stage AS a, r.role AS b",
    "MATCH (a)-[r]->(b) WHERE r:OWNS RETURN r.scope AS x, a.described AS y, b.sources AS z",
    "MATCH (m:Model) RETURN {made_up: m.id, person: m:Team} AS map, [] AS `Any Name`",
    "MATCH (m:Model) WITH collect({who: m.id}) AS all UNWIND all AS one RETURN one.who AS x",
    "MATCH (m:Model) RETURN m {.id, .stage, own: 1} AS x, m.described AS y",
    # A variable that has been something else before may hold anything.
    "MATCH (x) WHERE EXISTS { (x:Model) } RETURN x.quorum AS q",
    "MATCH (x:Model) WITH x.id AS x MATCH (y:Team) RETURN y.quorum AS q",
    "MATCH (x:Model) WITH [{quorum: 1}] AS all RETURN [x IN all | x.quorum] AS q",
    "MATCH (x:Model) RETURN EXISTS { MATCH (x) WHERE x.quorum > 1 } AS q",
    "MATCH (x:Model) MATCH (x:Team) RETURN x.quorum AS q, x.stage AS s",
]


@pytest.mark.parametrize(("cypher", "told"), UNKNOWN)
def test_an_unknown_name_is_refused_with_the_nearest(cypher, told):
    found = next(unknown_names(Pieces(f"// a\n{cypher}")))
    assert str(found).startswith("2:")
    assert told in str(found)


@pytest.mark.parametrize("cypher", KNOWN)
def test_names_of_the_graph_are_let_through(cypher):
    assert list(unknown_names(Pieces(cypher))) == []


def test_a_property_of_ones_own_is_let_through_where_it_is_declared():
    pieces = Pieces("MATCH (m:Model) RETURN m.cost_centre AS x")
    assert list(unknown_names(pieces, {"cost_centre"})) == []
