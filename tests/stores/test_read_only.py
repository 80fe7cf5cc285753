"""What the query check lets through, and what it stops."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import QueryError
from ownership_graph.stores.read_only import refuse_unsafe, tokens

READS = [
    "MATCH (m:Model) RETURN m.id AS model",
    "match (m:Model) return m.id",
    "MATCH (m:Model) RETURN m.id;",
    "MATCH (m:Model) RETURN m.id ; // the end\n",
    "// CREATE nothing; DELETE nothing\nMATCH (m) RETURN m.id",
    "MATCH (m) /* SET m.x = 1 */ RETURN m.id",
    "MATCH (m) RETURN m.id // SET m.x = 1",
    "MATCH (m) RETURN m.id // it's",
    "OPTIONAL MATCH (m) RETURN m",
    "UNWIND [1, 2] AS x RETURN x",
    "WITH 1 AS x RETURN x",
    "EXPLAIN MATCH (m) RETURN m",
    "RETURN 'CREATE (n)' AS text",
    'RETURN "DELETE it\'s; MERGE" AS text',
    r"RETURN 'it\'s; CREATE' AS text",
    r"RETURN 'a\\' AS text",
    r"RETURN 'a tab\u0009here' AS text",
    r"RETURN '\\u0027 CREATE (n) //' AS text",
    "MATCH (m:Model) WHERE m.name = 'CREATE' RETURN m.id",
    "MATCH (n:Set) RETURN n.set",
    "MATCH (n : Set) RETURN n . set",
    "MATCH ()-[r:CREATE]->() RETURN r.delete",
    "MATCH (n:`Create`) RETURN n.`set` AS `merge`",
    "MATCH (`set`:Team) RETURN `set`.id",
    "RETURN 1 AS `a``; CREATE`",
    "MATCH (n) RETURN n {.set, .create}",
    "MATCH (n) RETURN {set: n.set, create: n.create} AS map",
    "MATCH (n:Team {set: 1}) RETURN n.id",
    "RETURN 1 AS set, 2 AS create",
    "RETURN 1 AS set ORDER BY 1",
    "CALL { RETURN 1 AS create } RETURN 1 AS x",
    "MATCH (m) CALL (m) { RETURN m.id AS x } RETURN x",
    "MATCH (m) CALL(m){ RETURN m.id AS x } RETURN x",
    "CALL db.labels() YIELD label RETURN label",
    "call DB . relationshipTypes ( ) YIELD relationshipType RETURN relationshipType",
    "CALL db.schema.nodeTypeProperties() YIELD nodeType RETURN nodeType",
    "MATCH (n) WHERE n.call IS NULL RETURN n.call",
    "MATCH (n) RETURN n.call AS call",
    "MATCH (n) WHERE EXISTS { (n)-->() } RETURN COUNT { (n)--() } AS c",
    "RETURN $set AS x",
    "MATCH p = (a)-[:OWNS*1..12]->(b) RETURN p",
    "MATCH (a) RETURN a.id UNION MATCH (b) RETURN b.id",
    "RETURN date.truncate('month', date('2020-01-01')) AS d",
    "RETURN duration.between(date('2020-01-01'), date('2021-01-01')).days AS d",
    "RETURN 1e3 AS a, 0x1F AS b, 1.5 AS c, .5 AS d",
    "MATCH (n) WHERE n.x IN [1..2] RETURN n",
    "MATCH (a:Person|Team) RETURN a.id AS created, a.reset AS offset",
    "MATCH\u00a0(n)\u2003RETURN\tn",
    "MATCH (größe:Team) RETURN größe.id",
    "RETURN '\r' AS text",
]

WRITES = [
    "CREATE (n)",
    "create (n)",
    "MATCH (m) SET m.x = 1",
    "MATCH (m) sEt m.x = 1",
    "MATCH (m) SET\u00a0m.x = 1",
    "MATCH (m)SET m.x = 1",
    "MATCH (m)\nSET\nm.x = 1",
    "MATCH (m)/**/SET/**/m.x = 1",
    "MATCH (m) /* // */ SET m.x = 1",
    "MATCH (m) // */ \n SET m.x = 1",
    "MATCH (m) /* /* */ SET m.x = 1 /* */ */",
    "MATCH (m) RETURN 'a' SET m.x = 'b'",
    r"MATCH (m) WHERE m.x = '\\' SET m.x = '\\'",
    'MATCH (m) WHERE m.x = "\'" SET m.x = "\'"',
    "MATCH (m) WHERE m.x = `'` SET m.x = `'`",
    "MATCH (m) REMOVE m.x",
    "MATCH (m) DETACH DELETE m",
    "MATCH (m) NODETACH DELETE m",
    "MERGE (m:Model {id: 'x'})",
    "INSERT (m:Model)",
    "MATCH (m) FOREACH (x IN [1] | SET m.x = x)",
    "CALL{CREATE (n)}",
    "CALL { MATCH (n) SET n.x = 1 } RETURN 1",
    "CALL { RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "CALL { RETURN 1 AS x } IN 4 CONCURRENT TRANSACTIONS OF 10 ROWS RETURN x",
    "RETURN 1CREATE (n)",
    "RETURN 1. CREATE (n)",
    "RETURN 1.CREATE (n)",
    "RETURN 1_000.CREATE (n)",
    "RETURN 0o17.CREATE (n)",
    r"\u0043REATE (n)",
    r"MATCH (m) \u0053ET m.x = 1",
    r"MATCH (m) \u0053\u0045\u0054 m.x = 1",
    r"RETURN '\u0027 CREATE (n) //'",
    r"RETURN `\u0060 CREATE (n) //`",
    r"RETURN 1 /\u002a */ CREATE (n)",
    r"RETURN 1 //\u000aCREATE (n)",
    "RETURN 1 // \rCREATE (n)",
    "RETURN 1 // \r '\nCREATE (n) // '",
    "MATCH (as) WITH as SET as.x = 1",
    "MATCH (as) WITH as CREATE (n)",
    "MATCH (as) WITH as DELETE as",
    "MATCH (n) RETURN n.id AS set MATCH (m)",
    "MATCH (n) \u017fET n.x = 1",
    "DROP INDEX x",
    "DROP DATABASE neo4j",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "RENAME ROLE a TO b",
]

OTHERS = [
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "load\ncsv FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD/**/CSV FROM 'http://127.0.0.1' AS row RETURN row",
    "LOAD//\nCSV FROM 'http://127.0.0.1' AS row RETURN row",
    "MATCH (n) LOAD CSV FROM 'http://127.0.0.1/' + n.id AS row RETURN row",
    "USING PERIODIC COMMIT LOAD CSV FROM 'x' AS row RETURN row",
    "MATCH (n) USING PERIODIC COMMIT 10 RETURN n",
    "MATCH (n) RETURN n.id FORMAT CSV",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS YIELD transactionId AS id TERMINATE TRANSACTIONS id",
    "TERMINATE TRANSACTION 'x'",
    "USE system MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER 25 MATCH (n) RETURN n",
    "CYPHER runtime=parallel MATCH (n) RETURN n",
    "GRANT ROLE admin TO neo4j",
    "DENY READ {*} ON GRAPH * TO x",
    "REVOKE ROLE admin FROM neo4j",
    "START DATABASE x",
    "STOP DATABASE x",
    "ENABLE SERVER 'x'",
    "FOR VALID_TIME ALL MATCH (n) RETURN n",
    "BEGIN",
    "; MATCH (n) RETURN n",
    "RETURN 1; RETURN 2",
    "RETURN 1; CREATE (n)",
    "RETURN 1;; RETURN 2",
    "CALL dbms.listConfig()",
    "CALL apoc.cypher.doIt('CREATE (n)', {})",
    "CALL `apoc`.`load`.`json`('x')",
    "CALL`apoc.load.json`('x')",
    "CALL apoc . load . json ('x')",
    "CALL apoc/**/.load.json('x')",
    "CALL db.labels() YIELD label CALL dbms.killQueries(['1']) YIELD queryId RETURN 1",
    "CALL db.create.setNodeVectorProperty(1, 'x', [1])",
    "CALL db.schemas()",
    "CALL pagerank() YIELD node RETURN node",
    "OPTIONAL CALL dbms.info() YIELD id RETURN id",
    "CALL { CALL dbms.info() YIELD id RETURN id } RETURN id",
    "RETURN genai.vector.encode('secret', 'OpenAI', {token: 'x'}) AS v",
    "RETURN apoc.cypher.runFirstColumnSingle('RETURN 1', {}) AS v",
    "RETURN `apoc`.`x`('y') AS v",
    "MATCH (start:Team) RETURN start.id",
    "MATCH (set:Team) RETURN set.id",
    "",
    " \n // only a comment",
    "RETURN '\ud800'",
]

ENDLESS = [
    "RETURN 1 AS x " + "CALL { RETURN 1 AS y " * 1000 + "RETURN 1 AS z " + "} " * 1000,
    "RETURN " + "(" * 1000 + "1" + ")" * 1000,
    "RETURN 1 AS x" + " UNION RETURN 1 AS x" * 1000,
    "MATCH (n) RETURN n" + ".a" * 30000,
]

OPEN = [
    ("RETURN 'a", "text"),
    ('RETURN "a', "text"),
    ("RETURN 'a\\'", "text"),
    ("MATCH (n) RETURN n.`a", "name between backticks"),
    ("RETURN 1 /* a", "comment"),
]


@pytest.mark.parametrize("cypher", READS)
def test_what_only_reads_passes(cypher):
    refuse_unsafe(cypher)


@pytest.mark.parametrize("cypher", WRITES + OTHERS + ENDLESS)
def test_what_could_do_more_is_refused(cypher):
    with pytest.raises(QueryError):
        refuse_unsafe(cypher)


@pytest.mark.parametrize(("cypher", "what"), OPEN)
def test_what_has_no_end_is_refused_with_its_place(cypher, what):
    with pytest.raises(QueryError, match=f"the {what} that begins here") as caught:
        refuse_unsafe(cypher)
    assert (caught.value.line, caught.value.column > 7) == (1, True)


def test_the_place_and_what_to_do_are_told():
    with pytest.raises(QueryError) as caught:
        refuse_unsafe("MATCH (n)\n  // a comment\n  DELETE n")
    assert str(caught.value) == (
        "3:3: the query may only read, and DELETE would change the graph."
        " Leave it out; where it is a name, put it between backticks."
    )


def test_lines_are_counted_through_texts_and_comments():
    found = tokens("RETURN 'a\nb' AS x, /*\n\n*/ 1\nAS `y`")
    assert [(each.text, each.line, each.column) for each in found] == [
        ("RETURN", 1, 1), ("a\nb", 1, 8), ("AS", 2, 4), ("x", 2, 7), (",", 2, 8),
        ("1", 4, 4), ("AS", 5, 1), ("y", 5, 4),
    ]  # fmt: skip


def test_the_kinds_of_tokens():
    found = tokens("x `y``z` 'a' \"b\" 1.5e3 $p <> .. :: ->")
    assert [(each.kind, each.text) for each in found] == [
        ("word", "x"), ("name", "y`z"), ("text", "a"), ("text", "b"), ("number", "1.5e3"),
        ("parameter", "p"), ("sign", "<>"), ("sign", ".."), ("sign", "::"), ("sign", "->"),
    ]  # fmt: skip


BLANKS = st.sampled_from([" ", "\n", "\t", "/**/", "/* ' */", "// `\n", "\u00a0", "\r\n"])
PIECES = st.sampled_from(
    ["MATCH (n)", "RETURN n", "'a'", '"b"', "`c`", "'it\\'s'", "n.set", ":Set", "1.5", "{a: 1}",
     "AS x", "AS `set`", ",", "WITH", "as", "(", ")", "$set", "// c\n", "/* d */", "''", "\r"]
)  # fmt: skip


@given(
    before=st.lists(PIECES, max_size=8),
    blank=BLANKS,
    write=st.sampled_from(["CREATE (m)", "DELETE n", "SET n.x = 1", "LOAD CSV FROM 'x' AS y"]),
    after=st.lists(PIECES, max_size=4),
    swap=st.booleans(),
)
def test_a_clause_that_writes_is_found_wherever_it_stands(before, blank, write, after, swap):
    write = write.swapcase() if swap else write
    cypher = " ".join(["MATCH (n)", *before]) + blank + write + " " + " ".join(after)
    with pytest.raises(QueryError):
        refuse_unsafe(cypher)


@given(st.text(max_size=60))
def test_any_text_is_let_through_or_refused_with_a_sentence(text):
    complaint = ""
    try:
        refuse_unsafe("MATCH (n) RETURN " + text)
    except QueryError as error:
        complaint = str(error)
    assert not complaint or complaint.endswith(".")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="'\\"), max_size=40))
def test_what_stands_in_a_text_is_no_matter(text):
    refuse_unsafe(f"MATCH (n) WHERE n.name = '{text}' RETURN n.id")
