"""What the rows of a table state through a mapping."""

from __future__ import annotations

from ownership_graph.readers.mapping import Bound, parse_mapping
from ownership_graph.records import Node, Rejected, Relationship
from ownership_graph.toml_file import parse_toml


def made(mapping, header, *rows):
    toml = parse_toml(mapping.encode(), file="m.toml", doing="reading the mapping")
    bound = Bound(parse_mapping(toml), header, "t.csv")
    return list(bound.records((line, list(row), "") for line, row in enumerate(rows, start=2)))


TEAM = '[columns]\nteam = "T"\n[[fact]]\nTeam = "t:{team:lower}"\n'


def test_a_row_states_several_facts():
    mapping = """
        [columns]
        title = "Name"
        team = "~owning"
        impact = "Impact"
        [values.tier]
        3 = ["high", "rights-*"]
        1 = "low"
        [[fact]]
        Model = "uc{row}"
        set = { name = "{title}", kind = "use_case", risk_tier = "{impact:tier}" }
        link.SERVES = ["UseCase claims", "UseCase u{row}"]
        link.OWNS = { from = "Team t:{team:lower}", set = { role = "accountable" } }
        [[fact]]
        DEPENDS_ON = ["Model uc{row}", "Service s"]
        set = { hard = true }
    """
    assert made(
        mapping, ("Name", "The owning team", "Impact"), (" Triage ", "Claims", "HIGH")
    ) == [
        Node(
            "Model",
            "uc1",
            {"name": "Triage", "kind": "use_case", "risk_tier": "3"},
            "t.csv",
            2,
            {"name": "the column 'Name'", "risk_tier": "the column 'Impact'"},
        ),
        Relationship("SERVES", "Model", "uc1", "UseCase", "claims", {}, "t.csv", 2),
        Relationship("SERVES", "Model", "uc1", "UseCase", "u1", {}, "t.csv", 2),
        Relationship(
            "OWNS", "Team", "t:claims", "Model", "uc1", {"role": "accountable"}, "t.csv", 2
        ),
        Relationship("DEPENDS_ON", "Model", "uc1", "Service", "s", {"hard": True}, "t.csv", 2),
    ]


def test_what_no_row_changes_is_stated_once_with_the_first_row():
    mapping = (
        '[columns]\nname = "N"\n[[fact]]\nModel = "{name}"\n[[fact]]\nGate = "{gate}"\n'
        "each = [{ gate = 'legal', seq = 1, must = true }, { gate = 'ato', seq = 2, must = 1 }]"
        '\nwhere = { must = "true" }\nset = { seq = "{seq}" }'
    )
    assert [(each.label, each.id) for each in made(mapping, ("N",), ("a",), ("b",))] == [
        ("Gate", "legal"),
        ("Model", "a"),
        ("Model", "b"),
    ]
    assert made(mapping, ("N",)) == []


def test_conditions_look_at_columns_and_at_the_names_of_each():
    mapping = """
        [columns]
        tier = "T"
        legal = "L"
        risk = "R"
        [values.yes]
        approved = "yes"
        pending = "*"
        [[fact]]
        Approval = "{row}:{gate}"
        each = [
          { gate = "legal", answer = "{legal}", status = "{legal:yes}" },
          { gate = "risk", answer = "{risk}", status = "{risk:yes}" },
        ]
        where = { tier = "3", answer = "?*" }
        except = { answer = ["no*", "n/a"] }
        set = { status = "{status}" }
    """
    rows = [("3", "Yes", ""), ("3", "No", "planned"), ("1", "Yes", "Yes"), ("3", "N/A", "x")]
    assert {
        each.id: each.properties["status"] for each in made(mapping, ("T", "L", "R"), *rows)
    } == {
        "1:legal": "approved",
        "2:risk": "pending",
        "4:risk": "pending",
    }


def test_a_cell_is_split_into_parts_each_once_and_none_blank():
    mapping = (
        'blank = ["tbd", "n/a"]\n[columns]\nowners = "O"\n[[fact]]\n'
        'OWNS = ["Person p:{owner:lower}", "Model uc{row}"]\n'
        'split = { owner = "{owners}", by = [";", ","] }\nexcept = { owner = "*bot" }'
    )
    found = made(mapping, ("O",), ("Ann; Bob,TBD;; Ann ;ci-bot",), ("n/a",))
    assert [(each.from_id, each.to_id) for each in found] == [("p:ann", "uc1"), ("p:bob", "uc1")]


def test_a_date_is_read_as_it_is_written_and_what_is_none_is_left_to_the_check():
    mapping = (
        '[columns]\nsince = "S"\n[dates]\nus = ["%m/%d/%Y", "%Y-%m-%d"]\n[[fact]]\n'
        'Model = "uc{row}"\nset = { stage_day = "{since:us}" }'
    )
    written = ("7/15/2023", "2023-07-15", "2023-14-05", "", "x" * 100)
    assert [
        each.properties.get("stage_day")
        for each in made(mapping, ("S",), *((each,) for each in written))
    ] == ["2023-07-15", "2023-07-15", "2023-14-05", None, "x" * 100]


def test_a_blank_value_is_not_stated_and_a_strange_one_is_not_guessed():
    mapping = (
        '[columns]\nimpact = "I"\n[values.tier]\n3 = "high"\n[[fact]]\nModel = "uc{row}"\n'
        'set = { risk_tier = "{impact:tier}", name = "n" }\nlink.SERVES = "UseCase u"\n'
        '[[fact]]\nTeam = "t:{impact:tier}"\nwhere = { impact = "?*" }'
    )
    blank, _, strange, _, no_team = made(mapping, ("I",), ("",), ("medium",))
    assert blank.properties == {"name": "n"}
    tier = strange.properties["risk_tier"]
    assert "'medium' in 'impact' fits nothing in [values.tier]" in tier.why
    assert (strange.line, strange.id, str(tier)) == (3, "uc2", "medium")
    assert strange.columns == {"risk_tier": "the column 'I'"}
    assert "fits nothing" in no_team.why


def test_an_id_made_from_a_blank_column_is_rejected_with_the_remedy():
    rejected, good = made(TEAM, ("T",), (" ",), ("A",))
    assert "the column 'T', which is blank here" in rejected.why
    assert 'where = { team = "?*" }' in rejected.why
    assert (rejected.table, rejected.row["id"]) == ("nodes_Team", "")
    assert good.id == "t:a"


def test_a_relationship_with_a_blank_end_is_rejected_and_its_node_goes_in():
    mapping = (
        '[columns]\nteam = "T"\n[[fact]]\nModel = "uc{row}"\n'
        'each = [{ job = "{team}" }]\nlink.SERVES = "UseCase {job}"\n'
        '[[fact]]\nOWNS = ["Team {team}", "Model uc{row}"]\n'
    )
    node, no_job, no_owner = made(mapping, ("T",), ("",))
    assert (node.id, no_job.table, no_owner.table) == ("uc1", "rels_SERVES", "rels_OWNS")
    assert "the id of the UseCase is made from job, which is blank here" in no_job.why
    assert no_owner.row == {
        "from_label": "Team", "from": "", "to_label": "Model", "to": "uc1",
    }  # fmt: skip


def test_a_row_that_is_rejected_or_blank_keeps_its_number():
    toml = parse_toml(b'[[fact]]\nModel = "uc{row}"', file="m.toml", doing="")
    rows = [(2, [], "it is cut off."), (3, [], ""), (4, ["x"], "")]
    assert list(Bound(parse_mapping(toml), ("N",), "t.csv").records(rows)) == [
        Rejected("t.csv", 2, "it is cut off."),
        Node("Model", "uc3", {}, "t.csv", 4),
    ]


def test_constants_can_be_of_any_kind():
    mapping = (
        '[[fact]]\nJUDGED_BY = ["Model a", "Criterion b"]\n'
        'set = { agreed_by = ["p1", "p2"], observed = 0.5, since_day = 2024-03-01 }'
    )
    assert made(mapping, ("T",), ("x",))[0].properties == {
        "agreed_by": ["p1", "p2"],
        "observed": 0.5,
        "since_day": "2024-03-01",
    }


def test_a_mapping_promises_what_its_facts_can_make():
    text = (
        '[[fact]]\nModel = "a"\nlink.SERVES = "UseCase b"\n'
        '[[fact]]\nPART_OF = ["Team a", "Team b"]'
    )
    rules = parse_mapping(parse_toml(text.encode(), file="m.toml", doing=""))
    assert rules.promises == ("Model", "PART_OF", "SERVES")


def test_one_entry_and_one_fact_need_no_list():
    mapping = (
        '[columns]\nname = "N"\n[fact]\nModel = "{name}"\n'
        'each = { shown = "{name}", start = "pi" }\n'
        'set = { name = "{shown}", version = "{start}{row}" }'
    )
    assert [each.properties for each in made(mapping, ("N",), ("a",))] == [
        {"name": "a", "version": "pi1"}
    ]
