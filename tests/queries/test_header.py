"""What a saved query says of itself, read from its text, and how a mistake is told."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.errors import QueryError
from ownership_graph.queries.header import parse_question
from ownership_graph.queries.question import (
    Actor,
    Among,
    Cause,
    Column,
    Need,
    Parameter,
    Right,
)

FILE = Path("ours/ownership/unowned-models.cypher")
NAME = "ownership/unowned-models"

TEXT = """\
// Models nobody owns
//
// When no team and no person owns a model,
// nobody can say what it may do.
//
// code: OWN-01
// severity: 4
// cause: owner
// remedy: Name one accountable team this week;
//   if nobody takes it, retire it.
// actor: the lead of the nearest common parent
// needs: OWNS, Person.status,  OWNS  from Team role accountable
// absence: yes
// among: live models
//   MATCH (m:Model)
//     WHERE coalesce(m.stage, 'unknown') <> 'retired'
//   RETURN count(m) AS n
// parameter min_dependents: int = 0 -- leave out models that fewer others rely on;
//   0 leaves out none
// parameter after: day = "1970-01-11" -- only younger ones -- or none
// control: NIST GOVERN 2.1; ISO 42001 A.3.2
// implies: CEN-01, CEN-02
// column model: Model -- the model without an owner
// column owners: list of Person or Team -- who owned it
// column tags: list of text -- what is said of it
// column dependents: int -- how many models rely on it directly
MATCH (m:Model)
WHERE m.stage_day > $after
OPTIONAL MATCH (o:Model)-[:DEPENDS_ON]->(m)
WITH m, count(DISTINCT o) AS dependents WHERE dependents >= $min_dependents
RETURN m.id AS model, [] AS owners, [] AS tags, dependents
ORDER BY dependents DESC, model
"""


def parsed(text=TEXT, name=NAME):
    return parse_question(text, FILE, name)


def refused(text, name=NAME):
    with pytest.raises(QueryError) as caught:
        parse_question(text, FILE, name)
    return str(caught.value)


def test_a_whole_header_is_read():
    found = parsed()
    assert (found.name, found.theme) == (NAME, "ownership")
    assert found.title == "Models nobody owns"
    assert found.why == "When no team and no person owns a model, nobody can say what it may do."
    assert (found.code, found.severity, found.cause) == ("OWN-01", 4, Cause("owner"))
    assert found.remedy == "Name one accountable team this week; if nobody takes it, retire it."
    assert found.actor == Actor("the lead of the nearest common parent")
    assert found.effect == "design"
    assert found.absence is True
    assert [each.text for each in found.controls] == ["NIST GOVERN 2.1", "ISO 42001 A.3.2"]
    assert found.implies == ("CEN-01", "CEN-02")
    assert found.then == ""
    assert found.cypher == TEXT
    assert found.file == FILE


def test_needs_are_read_in_one_spelling():
    assert parsed().needs == (
        Need("OWNS", "OWNS"),
        Need("Person.status", "Person", "status"),
        Need(
            "OWNS from Team role accountable",
            "OWNS",
            from_label="Team",
            value=("role", "accountable"),
        ),
    )


def test_the_query_of_among_keeps_its_lines():
    assert parsed().among == Among(
        "live models",
        "MATCH (m:Model)\n  WHERE coalesce(m.stage, 'unknown') <> 'retired'\nRETURN count(m) AS n",
    )


def test_parameters_have_a_type_a_default_and_a_meaning():
    assert parsed().parameters == (
        Parameter(
            "min_dependents",
            "int",
            0,
            "leave out models that fewer others rely on; 0 leaves out none",
        ),
        Parameter("after", "day", 10, "only younger ones -- or none"),
    )


def test_columns_hold_ids_lists_or_plain_values():
    assert parsed().columns == (
        Column("model", "Model", "the model without an owner", ("Model",)),
        Column("owners", "list of Person or Team", "who owned it", ("Person", "Team"), many=True),
        Column("tags", "list of text", "what is said of it", many=True),
        Column("dependents", "int", "how many models rely on it directly"),
    )
    assert [each.name for each in parsed().subject] == ["model"]
    assert parsed().returns == ("model", "owners", "tags", "dependents")


def test_cause_and_actor_may_name_columns():
    cause = "// cause: owner {owners}"
    actor = "// actor: the accountable owner of {model}, else the superior of {owners, model}"
    text = TEXT.replace("// cause: owner", cause).replace(
        "// absence: yes", f"{actor}\n// effect: exposed\n// absence: yes"
    )
    text = re.sub(r"// actor: the lead.*\n(//   .*\n)*", "", text)
    found = parsed(text)
    assert found.cause == Cause("owner", "owners")
    assert found.effect == "exposed"
    assert found.actor == Actor(
        "the accountable owner of the model, else the superior of the owners and the model",
        (Right("owner", ("model",)), Right("superior", ("owners", "model"))),
    )


def test_windows_line_ends_are_the_same():
    windows = parsed(TEXT.replace("\n", "\r\n"))
    assert (windows.title, windows.why, windows.needs) == (
        parsed().title, parsed().why, parsed().needs,
    )  # fmt: skip


def test_a_listing_needs_no_first_step():
    text = TEXT.replace("severity: 4", "severity: info").replace("// absence: yes\n", "")
    text = text.replace("// implies: CEN-01, CEN-02\n", "")
    text = text.replace("// remedy: Name one accountable team this week;\n", "")
    text = text.replace("//   if nobody takes it, retire it.\n", "")
    assert parsed(text).severity is None


def test_a_finding_about_the_whole_needs_no_order():
    text = """\
// All
//
// Why.
//
// code: XYZ-01
// severity: 1
// remedy: Do it.
// column models: int -- how many
MATCH (m:Model) RETURN count(m) AS models
"""
    assert parsed(text).subject == ()


MISTAKES = [
    ("// severity: 4", "// severty: 4", 7,
     "'severty' is no field. Did you mean 'severity'?"),
    ("// cause: owner", "// cause: owner {owner}", 8,
     "`cause` names {owner}, which is no column that holds ids. Did you mean 'owners'?"),
    ("// cause: owner", "// cause: owner {dependents}", 8, "which is no column that holds ids"),
    ("// cause: owner", "// cause: owners {x", 8, "is not one of gate, decider, owner"),
    ("// cause: owner", "// cause: owner\n// effect: stoped", 9, "Did you mean 'stopped'?"),
    ("// severity: 4", "// severity 4", 7, "this is neither a field nor"),
    ("// severity: 4", "//  severity: 4", 7, "this is neither a field nor"),
    ("// severity: 4", "// severity: 5",
     7, "'5' is neither 1, 2, 3, 4 (a finding) nor info (a listing). Right is `// severity: 4`."),
    ("// severity: 4", "// severity: 4\n// severity: 4", 8, "'severity' stands here a second"),
    ("// severity: 4\n", "", 25, "'severity' is not there. Right is `// severity: 4`."),
    ("// code: OWN-01", "// code: own-1", 6, "'own-1' is no code"),
    ("// code: OWN-01\n", "", 25, "'code' is not there. Right is `// code: OWN-01`."),
    ("// cause: owner", "// cause: ower", 8, "Did you mean 'owner'?"),
    ("// actor: the lead of the nearest common parent", "// actor:", 11, "nothing stands there"),
    ("OWNS, Person", "OWNS, , Person", 12, "an entry of"),
    ("// needs: OWNS", "// needs: OWNZ", 12,
     "'OWNZ' is neither a label nor a relationship. Did you mean 'OWNS'?"),
    ("// absence: yes", "// absence: no", 13, "'no' is not yes"),
    ("// among: live models", "// among:", 14, "it takes what is counted"),
    ("RETURN count(m) AS n", "RETURN count(m) AS m", 15, "it returns one number, `n`"),
    ("//   MATCH (m:Model)\n", "//   MATCH (m:Modell)\n", 15, "Did you mean 'Model'?"),
    ("int = 0", "integer = 0", 18, "'integer' is not one of int, float, text, bool, day."),
    ("int = 0", "int = 0.5", 18, "the default 0.5 of 'min_dependents' is no JSON value"),
    ("int = 0", "int = zero", 18, "the default zero of 'min_dependents' is no JSON value"),
    ("int = 0", "int = 99999999999999999999", 18, "is no JSON value of the type int"),
    ("int = 0", "int = true", 18, "is no JSON value of the type int"),
    ("int = 0", "int", 18, "'min_dependents' has no default"),
    ("parameter min_dependents", "parameter today", 18, "'today' is always there"),
    ("parameter min_dependents", "parameter Min", 18, "'Min' is no name"),
    ('"1970-01-11"', '"soon"', 20, "is no JSON value of the type day"),
    (" -- the model without an owner", "", 23, "does not say what it means, after `--`"),
    ("column model: Model", "column model: Modell", 23, "Did you mean 'Model'?"),
    ("column tags: list of text", "column model: list of text", 25,
     "'column model' stands here a second time"),
    ("implies: CEN-01, CEN-02", "implies: CEN", 22, "'CEN' is no code"),
    ("// absence: yes\n", "// then: Some-Measure\n", 13, "'Some-Measure' is no name of a measure"),
    ("[] AS owners", "[] AS owner", 32, "it returns 'owner', which no `column` line declares"),
    ("[] AS owners, ", "", 32, "the header declares the column 'owners', which it does"),
    ("[] AS owners, [] AS tags", "[] AS tags, [] AS owners", 32, "it returns model, tags, owners"),
    ("[] AS tags", "[]", 31, "the column `[ ]` has no name"),
    ("ORDER BY dependents DESC, model\n", "", 31, "rows need an order down to an id"),
    ("ORDER BY dependents DESC, model", "ORDER BY dependents", 32, "with `ORDER BY … model`"),
    ("$min_dependents", "$min_dependent", 30, "'$min_dependent' is not declared. Did you mean"),
    (" WHERE dependents >= $min_dependents", "", 18, "'min_dependents' is declared, and no query"),
    ("m.stage_day >", "m.stage_dya >", 28, "Did you mean 'stage_day'?"),
    ("MATCH (m:Model)\nWHERE m.", "MATCH (m:Model)\nSET m.x = 1 WHERE m.", 28, "SET would change"),
    ("RETURN m.id", "RETURN 'm.id", 31, "the text that begins here with ' has no end"),
    ("column dependents: int", "column severity: text", 26, "so its type is int"),
    ("severity: 4", "severity: info", 7, "`absence` and `implies` are about findings"),
]  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "line", "told"), MISTAKES)
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(right, wrong, line, told):
    assert right in TEXT
    message = refused(TEXT.replace(right, wrong, 1))
    assert told in message
    assert message.startswith(f"{FILE}:{line}:")


def test_absence_needs_among():
    lines = [line for line in TEXT.split("\n") if "among" not in line]
    text = "\n".join(line for line in lines if not line.startswith("//   ") or "0 leaves" in line)
    assert "`among` must say who" in refused(text)


def test_a_finding_needs_a_first_step_and_columns():
    start = "// A\n//\n// b\n//\n// code: XYZ-01\n// severity: 2\n"
    end = "MATCH (m:Model) RETURN m.id AS model ORDER BY model\n"
    column = "// column model: Model -- the model\n"
    assert "'remedy' is not there. Right is `// remedy: Name" in refused(start + column + end)
    assert "'column' is not there. Right is `// column model" in refused(
        f"{start}// remedy: Do.\n{end}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MATCH (m:Model) RETURN m.id AS model",
        "// title\nRETURN 1 AS x",
        "// title\n//\n// why\nRETURN 1 AS x",
        "//\n//\n// code: X\nRETURN 1 AS x",
        "// title\n//\n// why\n//\n// code: XYZ-01\n//\n// severity: 1\nRETURN 1 AS x",
    ],
)
def test_a_header_is_three_blocks(text):
    assert "it is three blocks of `//` lines (title, why it matters, fields)" in refused(text)


@pytest.mark.parametrize(
    ("cypher", "told"),
    [
        ("", "there is no query"),
        ("MATCH (m:Model)", "it ends with RETURN and ORDER BY"),
        ("MATCH (m:Model) RETURN *", "the column `*` has no name"),
        ("MATCH (m:Model) RETURN m.id AS model UNION MATCH (m:Model) RETURN m.id AS model",
         "the rows of a UNION cannot be sorted"),
    ],
)  # fmt: skip
def test_a_query_returns_named_columns_at_its_end(cypher, told):
    header = TEXT.partition("MATCH (m:Model)\nWHERE")[0]
    assert told in refused(header + cypher)


def test_a_header_alone_is_no_query():
    assert "there is no query" in refused(TEXT.partition("\nMATCH (m:Model)\nWHERE")[0])


def test_distinct_is_no_column():
    distinct = TEXT.replace("RETURN m.id", "RETURN DISTINCT m.id")
    assert parsed(distinct).returns == parsed().returns


@pytest.mark.parametrize("name", ["unowned", "ownership/Unowned", "a/b/c", "own_er/x", "../x"])
def test_names_are_kebab_case_below_a_theme(name):
    assert "Rename the file" in refused(TEXT, name)


def test_a_measure_takes_what_the_query_returns():
    text = TEXT.replace("// absence: yes\n", "// then: some_measure\n")
    text = text.replace("[] AS owners, [] AS tags, ", "")
    found = parsed(text)
    assert (found.then, found.returns) == ("some_measure", ("model", "dependents"))
    assert [each.name for each in found.columns] == ["model", "owners", "tags", "dependents"]


def test_a_property_of_ones_own_is_declared_as_a_need():
    own = TEXT.replace("m.stage_day > $after", "m.cost_centre > $after")
    assert "`needs: Model.cost_centre`" in refused(own)
    declared = own.replace("needs: OWNS,", "needs: Model.cost_centre, OWNS,")
    assert parsed(declared).needs[0] == Need("Model.cost_centre", "Model", "cost_centre")


def test_a_need_for_a_source_names_a_parameter_that_is_a_text():
    text = TEXT.replace("needs: OWNS,", "needs: Model by $record, OWNS,")
    assert "ours/ownership/unowned-models.cypher:12: reading the field 'needs'" in refused(text)
    assert "'$record' is no parameter of the type text. Right is" in refused(text)
    assert "'$after' is no parameter of the type text" in refused(
        text.replace("$record", "$after")
    )
    declared = '// parameter record: text = "" -- the source that is meant\n// control:'
    text = text.replace("// control:", declared).replace("> $after", "> $after AND $record <> ''")
    assert parsed(text).needs[0] == Need("Model by $record", "Model", parameter="record")


WORDS = st.from_regex(r"[A-Za-z0-9éß'\"`|\\]{1,9}( [A-Za-z0-9;,:.éß-]{1,9}){0,9}", fullmatch=True)
DEFAULTS = {
    "int": st.integers(-(2**63) + 1, 2**63 - 1),
    "float": st.floats(-1e300, 1e300),
    "text": st.text(st.characters(exclude_categories=["C", "Z"])),
    "bool": st.booleans(),
    "day": st.integers(0, 40000),
}
PARAMETERS = st.dictionaries(
    st.from_regex(r"p[a-z0-9]{0,5}", fullmatch=True),
    st.sampled_from(sorted(DEFAULTS)).flatmap(
        lambda type_: st.tuples(st.just(type_), DEFAULTS[type_], WORDS)
    ),
    max_size=4,
)


@given(title=WORDS, why=WORDS, remedy=WORDS, actor=WORDS, meaning=WORDS, parameters=PARAMETERS)
def test_a_header_that_is_written_is_read_again(title, why, remedy, actor, meaning, parameters):
    words = remedy.replace(" ", "\n//   ", 1)
    lines = [f"// {title}", "//", f"// {why}", "//", "// code: XYZ-01", "// severity: 2"]
    lines += [f"// remedy: {words}", f"// actor: {actor}", f"// column model: Model -- {meaning}"]
    lines += [
        f"// parameter {name}: {type_} = {msgspec.json.encode(default).decode()} -- {said}"
        for name, (type_, default, said) in parameters.items()
    ]
    used = " AND ".join(f"1 = ${name}" for name in parameters)
    where = f" WHERE {used}" if used else ""
    lines.append(f"MATCH (m:Model){where} RETURN m.id AS model ORDER BY model")
    found = parse_question("\n".join(lines), FILE, NAME)
    assert (found.title, found.why, found.remedy) == (title, why, remedy)
    assert found.actor == Actor(actor)
    assert found.columns == (Column("model", "Model", meaning, ("Model",)),)
    assert found.parameters == tuple(
        Parameter(name, type_, default, said)
        for name, (type_, default, said) in parameters.items()
    )
