"""Every mistake in a mapping is told with its file, its line, and what would be right."""

from __future__ import annotations

import pytest

from ownership_graph.errors import SettingsError
from ownership_graph.readers.mapping import Bound, columns_known, parse_mapping
from ownership_graph.toml_file import parse_toml

FACT = '[[fact]]\nModel = "uc{row}"\n'


def parse(text):
    return parse_mapping(parse_toml(text.encode(), file="m.toml", doing="reading the mapping"))


@pytest.mark.parametrize(
    ("mapping", "line", "said"),
    [
        ("", 0, 'it states no fact. Write: [[fact]], and under it: Model = "uc{row}"'),
        ("colums = 1", 1, "Did you mean 'columns'?"),
        ("fact = 3", 1, "fact: this must be a table or a list of tables"),
        ("fact = []", 1, "fact: this must be a table or a list of tables"),
        ("fact = [3]", 1, "fact 1: this must be a table"),
        ('columns = "x"', 1, 'columns: this must be a table. Write: [columns] title = "Use'),
        ("[columns]\na = 3", 2, "columns.a: 3 must be a text that is not blank"),
        ('[columns]\na = " "', 2, "must be a text that is not blank"),
        ('[columns]\na = "~ "', 2, "a part of the name must stand after ~"),
        ('[columns]\n"a b" = "x"', 2, "'a b' cannot be a name here"),
        ('[columns]\nrow = "x"', 2, "'row' is the number of the row"),
        ('[columns]\na = "A"\n' + FACT, 2, "no fact uses 'a'. Use it, as {a}, or take it out"),
        ("[values]\ntier = 3", 2, "values.tier: this must be a table"),
        ("[values]\ntier = {}", 2, "it lists no result"),
        ("[values.tier]\nhigh = 3", 2, "values.tier.high: this must be a text or a list of texts"),
        ("[values.tier]\nhigh = []", 2, "must be a text or a list of texts"),
        ("[values.tier]\nhigh = [3]", 2, "3 must be a text, so with quotes around it"),
        ('[values.lower]\na = "*"', 2, "the name 'lower' is taken"),
        ('[values.v]\nb = "*"\n' + FACT, 2, "no fact uses 'v'. Use it, as {column:v}"),
        ('[values.v]\nb = "*"\n[dates]\nv = "%d.%m.%Y"', 4, "the name 'v' is taken"),
        ("dates = 1", 1, "Write: [dates] us ="),
        ('[dates]\nus = "%m/%d"', 2, "does not say how a day is written"),
        ('[dates]\nus = "%"', 2, "does not say how a day is written"),
        ('[dates]\nus = "%m/%d/%Y"\n' + FACT, 2, "no fact uses 'us'"),
        ("blank = [1]\n" + FACT, 1, "blank: 1 must be a text"),
        ("own = 1\n" + FACT, 1, "own: this must be a text or a list of texts"),
        ('own = "x"\n' + FACT, 1, "no fact sets 'x', or the model knows it"),
        ("[[fact]]\nset = {}", 1, "fact 1: it names neither a label nor a relationship"),
        ('[[fact]]\nModel = "a"\nTeam = "b"', 3, "the fact is a Model already"),
        ('[[fact]]\nModle = "a"', 2, "Did you mean 'Model'?"),
        ('[[fact]]\nModel = "a"\nst = {}', 3, "Did you mean 'set'?"),
        ("[[fact]]\nModel = []", 2, "[] must be a text"),
        ('[[fact]]\nModel = "{name}"', 2, "there is no column called 'name'. Known: row."),
        ('[columns]\ntitle = "T"\n[[fact]]\nModel = "{titel}"', 4, "Did you mean 'title'?"),
        ('[[fact]]\nModel = "{row:teir}"', 2, "there is no list of values or date called 'teir'"),
        ('[[fact]]\nModel = "{row"', 2, "fact 1, Model: { is no name in braces"),
        ('[[fact]]\nOWNS = "Team a"', 2, 'Write: OWNS = ["Team t:{team}", "Model uc{row}"]'),
        ('[[fact]]\nOWNS = ["Team a"]', 2, "goes from a node to a node"),
        ('[[fact]]\nOWNS = ["Team", "Model b"]', 2, "after the label Team its id must stand"),
        ('[[fact]]\nOWNS = ["Teem a", "Model b"]', 2, "Did you mean 'Team'?"),
        ('[[fact]]\nOWNS = ["Model a", "Model b"]', 2, "OWNS cannot start at a Model, only at"),
        ('[[fact]]\nOWNS = ["Team a", "Team b"]', 2, "OWNS cannot end at a Team, only at Model"),
        ('[[fact]]\nOWNS = ["Team a", "Model b"]\nlink = {}', 3, "only a node has links"),
        (FACT + 'set = { stge = "x" }', 3, "Model has no property 'stge'. Did you mean 'stage'?"),
        (FACT + 'set = { cost = "x" }', 3, 'say so at the top: own = ["cost"]'),
        (FACT + 'set = { hashes = "x" }', 3, "the store keeps that name for itself"),
        (FACT + 'set = { id = "x" }', 3, "the store keeps that name for itself"),
        (
            FACT + 'set = { stage = "prod" }',
            3,
            "fact 1, set.stage: the stage 'prod' is not one of",
        ),
        (FACT + "set = { risk_tier = 4 }", 3, "the risk_tier 4 is not 1 to 3"),
        (FACT + 'set = { stage_day = "soon" }', 3, "is no day"),
        (FACT + "set = { stage_day = 10:00:00 }", 3, "is no value of a property"),
        (FACT + 'set = { name = "" }', 3, "must be a text that is not blank"),
        (FACT + "set = { name = [1] }", 3, "1 must be a text"),
        (FACT + "set = 3", 3, "fact 1, set: this must be a table"),
        (
            '[values.s]\nlive = "*"\n' + FACT + 'set = { stage = "{row:s}" }',
            2,
            "values.s.live: the stage 'live' is not one of",
        ),
        (
            FACT + 'each = [{ s = "prod" }]\nset = { stage = "{s}" }',
            3,
            "fact 1, each 1, s: the stage 'prod' is not one of",
        ),
        (
            FACT + 'each = { s = "x", t = "{row}" }\nset = { name = "{s}{t}", stage = "{t}" }\n'
            "link = { SERVES = { to = [] } }",
            5,
            "fact 1, link.SERVES.to: [] must be a text",
        ),
        (FACT + 'link = { OWNZ = "Team a" }', 3, "Did you mean 'OWNS'?"),
        (FACT + 'link = { OWNS = "Team a" }', 3, "OWNS cannot start at a Model"),
        (FACT + "link = { SERVES = [] }", 3, "it names no node"),
        (FACT + "link = { SERVES = 3 }", 3, "this must be a table"),
        (FACT + "link = { SERVES = {} }", 3, "it must say 'to' or 'from', one of them"),
        (FACT + 'link = { SERVES = { too = "x" } }', 3, "Did you mean 'to'?"),
        (FACT + "each = 3", 3, "this must be a table or a list of tables"),
        (FACT + "each = [{}]", 3, "it gives the names (none)"),
        (FACT + "each = [{ b = 1 }, { c = 2 }]", 3, "Give the same names in each"),
        (FACT + "each = [{ row = 1 }]", 3, "'row' is the number of the row"),
        (FACT + "each = [{ b = [] }]", 3, "[] must be a text or a number"),
        (
            '[columns]\na = "A"\n' + FACT + "each = [{ a = 1 }]",
            5,
            "fact 1, each 1, a: the name 'a' is a column's",
        ),
        (FACT + 'each = [{ a = 1 }]\nsplit = { b = "{row}", by = ";" }', 4, "not both"),
        (FACT + 'split = { b = "{row}" }', 3, "and 'by' what the text is parted"),
        (FACT + 'split = { b = "{row}", by = "" }', 3, "an empty text parts nothing"),
        (FACT + 'where = { tm = "x" }', 3, "there is no column called 'tm'"),
        (FACT + "where = { row = 1 }", 3, "where.row: this must be a text or a list of texts"),
        (FACT + "except = 1", 3, 'Write: where = { bureau = "?*" }'),
        ("[columns\n", 1, "this is not TOML"),
    ],
)
def test_a_mistake_is_told_where_it_stands(mapping, line, said):
    with pytest.raises(SettingsError) as caught:
        parse(mapping)
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("m.toml", line)


TWO = '[columns]\na = "Name"\nb = "~owning"\n[[fact]]\nModel = "{a}{b}"'


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        (("Nmae", "Owning"), 2, "the table has no column called 'Name'. Did you mean 'Nmae'?"),
        (("Name", "Team"), 3, "no column whose name holds 'owning'. It has: 'Name', 'Team'."),
        (("Name", "Owning", "Co-owning"), 3, "2 columns of the table fit '~owning': 'Co-owning'"),
        (("Name", "Name", "Owning"), 2, "of two columns with one name rename one"),
        (
            tuple(f"X{number}" for number in range(12)),
            2,
            "'X9' and 2 more",
        ),
    ],
)
def test_a_column_that_the_table_does_not_have(header, line, said):
    with pytest.raises(SettingsError) as caught:
        Bound(parse(TWO), header, "t.csv")
    assert said in str(caught.value)
    assert caught.value.line == line


def test_a_column_is_found_by_its_name_before_one_that_differs_in_case():
    rules = parse('[columns]\na = "Name"\n[[fact]]\nModel = "{a}"')
    assert columns_known(rules, ("NAME",)) == 1
    [made] = Bound(rules, ("NAME", "Name"), "t.csv").records([(2, ["x", "y"], "")])
    assert made.id == "y"


def test_a_property_of_ones_own_is_taken_when_it_is_said_to_be_one():
    rules = parse('own = ["cost"]\n' + FACT + "set = { cost = 3 }")
    [made] = Bound(rules, (), "t.csv").records([(2, ["x"], "")])
    assert made.properties == {"cost": 3}


def test_a_fact_can_be_said_not_to_be_so():
    rules = parse('[columns]\nout = "Out"\n' + FACT + 'set = { absent = "{out}" }')
    [made] = Bound(rules, ("Out",), "t.csv").records([(2, ["yes"], "")])
    assert made.properties == {"absent": "yes"}


def test_a_fact_cannot_be_said_to_be_not_so_perhaps():
    with pytest.raises(SettingsError, match="the absent 'perhaps' is not true or false"):
        parse(FACT + 'set = { absent = "perhaps" }')
