import math

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.importing.checking import Checker
from ownership_graph.importing.clashes import without_clashes
from ownership_graph.importing.kinds import MOST_UNUSUAL
from ownership_graph.importing.statements import statement_hash
from ownership_graph.importing.values import MOST_REMEMBERED
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.records import (
    Node,
    Promise,
    Rejected,
    Relationship,
    Unreadable,
    node_key,
    relationship_key,
)


def checked(*records):
    checker = Checker()
    checker.take_all(records)
    return without_clashes(checker.checked())


def model(**properties):
    return Node("Model", "m1", properties, "models.csv", 7)


def owns(
    type_="OWNS", from_label="Team", from_id="t1", to_label="Model", to_id="m1", **properties
):
    return Relationship(type_, from_label, from_id, to_label, to_id, properties, "owners.csv", 3)


def properties_of(record):
    found = checked(record)
    assert found.rejected == ()
    [statement] = found.said.values()
    return statement.properties


def why(record):
    found = checked(record)
    assert found.said == {}
    [rejected] = found.rejected
    assert sum(found.reasons.values()) == 1
    return rejected.why


def test_a_node_is_said_by_its_key_with_its_hash_and_place():
    found = checked(model(name="Triage", stage="pilot"))

    [(key, statement)] = found.said.items()
    assert key == node_key("Model", "m1")
    assert statement.properties == {"name": "Triage", "stage": "pilot"}
    assert statement.hash == statement_hash({"stage": "pilot", "name": "Triage"})
    assert (statement.file, statement.line) == ("models.csv", 7)


def test_a_relationship_is_said_by_its_ends_and_what_belongs_to_its_identity():
    found = checked(
        owns(role="accountable"),
        owns(role="accountable", scope="data"),
        owns(scope="data"),
        owns("SUPPLIED_BY", "Model", "m1", "Team", "t1"),
    )

    assert list(found.said) == [
        '["OWNS","Team","t1","Model","m1","accountable"]',
        '["OWNS","Team","t1","Model","m1","accountable","data"]',
        '["OWNS","Team","t1","Model","m1","","data"]',
        '["SUPPLIED_BY","Model","m1","Team","t1"]',
    ]


@pytest.mark.parametrize("blank", ["", " ", "\n", None])
def test_a_blank_is_not_stated(blank):
    names = ("name", "stage", "risk_tier", "stage_day", "experiments_per_month", "kind", "mine")

    assert properties_of(model(**dict.fromkeys(names, blank))) == {}
    assert (
        properties_of(owns("CONFLICTS_WITH", "Incentive", "a", "Incentive", "b", reconciled=blank))
        == {}
    )
    assert properties_of(owns("JUDGED_BY", "Model", "m1", "Criterion", "c", agreed_by=blank)) == {}


def test_a_name_that_is_the_id_is_not_stated():
    assert properties_of(model(name="m1")) == {}


def test_blanks_around_a_text_or_an_id_do_not_count():
    found = checked(Node("Model", " m1\n", {"name": "Triage \n", "stage": " pilot"}))

    assert list(found.said) == [node_key("Model", "m1")]
    assert found.said[node_key("Model", "m1")].properties == {"name": "Triage", "stage": "pilot"}


@pytest.mark.parametrize(
    ("name", "written", "held"),
    [
        ("risk_tier", "3", 3),
        ("risk_tier", " 3 ", 3),
        ("risk_tier", "3.0", 3),
        ("risk_tier", 3.0, 3),
        ("experiments_per_month", "2", 2.0),
        ("experiments_per_month", "2.5e1", 25.0),
        ("experiments_per_month", 2, 2.0),
        ("stage_day", "2024-03-01", 19783),
        ("stage_day", "19783", 19783),
        ("stage_day", 19783, 19783),
        ("stage_day", 19783.0, 19783),
        ("stage_day", "1800-01-01", -62091),
        ("stage_day", "1969-12-31", -1),
        ("version", 3, "3"),
        ("version", 3.5, "3.5"),
        ("vendor", True, "true"),
        ("vendor", False, "false"),
        ("kind", "a\x1b[31mred", "a\x1b[31mred"),
        ("kind", "Ä🙂", "Ä🙂"),
        ("mine", "3", "3"),
        ("mine", 3, 3),
        ("mine", 2.5, 2.5),
        ("mine", True, True),
        ("mine", ["a", " ", "b "], ["a", "b"]),
        ("mine", ("a",), ["a"]),
    ],
)
def test_a_value_becomes_what_the_model_says_it_is(name, written, held):
    [(_, value)] = properties_of(model(**{name: written})).items()

    assert value == held
    assert type(value) is type(held)


@pytest.mark.parametrize(
    ("written", "held"),
    [
        *((each, True) for each in (True, "True", "true", "yes", "Y", "1", 1, 1.0)),
        *((each, False) for each in (False, "False", "no", "n", "0", 0, 0.0)),
    ],
)
def test_yes_and_no_are_understood_however_they_are_written(written, held):
    found = properties_of(
        owns("CONFLICTS_WITH", "Incentive", "a", "Incentive", "b", reconciled=written)
    )

    assert found == {"reconciled": held}
    assert type(found["reconciled"]) is bool


def test_a_list_is_split_at_semicolons():
    def agreed(written):
        return properties_of(
            owns("JUDGED_BY", "Model", "m1", "Criterion", "c", agreed_by=written)
        ).get("agreed_by")

    assert agreed("p1; p2;") == ["p1", "p2"]
    assert agreed(["p1", "p2"]) == ["p1", "p2"]
    assert agreed(";") is None
    assert agreed([]) is None


@pytest.mark.parametrize(
    ("name", "written", "found"),
    [
        ("stage", "prodution", "the stage 'prodution' is not one of idea, experiment, pilot, pro"),
        ("stage", "prodution", "retired, unknown. Did you mean 'production'?"),
        ("stage", "Pilot", "Did you mean 'pilot'?"),
        ("stage", 3, "the stage '3' is not one of"),
        ("stage", ["pilot"], "the stage ['pilot'] is not a text"),
        ("stage", "x" * 5_000, "…' is not one of"),
        ("risk_tier", "high", "the risk_tier 'high' is not a whole number"),
        ("risk_tier", "2.5", "the risk_tier '2.5' is not a whole number"),
        ("risk_tier", 2.5, "the risk_tier 2.5 is not a whole number"),
        ("risk_tier", True, "the risk_tier True is not a whole number"),
        ("risk_tier", "1_0", "the risk_tier '1_0' is not a whole number"),
        ("risk_tier", "٣", "is not a whole number"),
        ("risk_tier", 7, "the risk_tier 7 is not 1 to 3"),
        ("risk_tier", 2**70, "a number of 71 bits, which no store can hold"),
        ("risk_tier", "9" * 19, "a number of 64 bits, which no store can hold"),
        ("risk_tier", "9" * 5_000, "is not a whole number"),
        ("risk_tier", math.nan, "the risk_tier nan is not a whole number"),
        ("risk_tier", math.inf, "the risk_tier inf is not a whole number"),
        ("experiments_per_month", "-1", "is not 0 or more"),
        ("experiments_per_month", "nan", "the experiments_per_month 'nan' is not a number"),
        ("experiments_per_month", math.nan, "the experiments_per_month nan is not a number"),
        ("experiments_per_month", "inf", "is not a number"),
        ("experiments_per_month", "1e999", "is not a number"),
        ("experiments_per_month", "1,5", "the experiments_per_month '1,5' is not a number"),
        ("experiments_per_month", [1], "the experiments_per_month [1] is not a number"),
        ("experiments_per_month", 2**2_000, "a number of 2001 bits"),
        ("stage_day", "2023-14-05", "the stage_day '2023-14-05' is no day. Write it as 2024-03"),
        ("stage_day", "7/15/1905", "the stage_day '7/15/1905' is no day"),
        ("stage_day", "20240301", "the stage_day '20240301' is no day"),
        ("stage_day", "2024-W01-1", "is no day"),
        ("stage_day", "1799-12-31", "is no day"),
        ("stage_day", "2200-01-02", "is no day"),
        ("stage_day", "2026", "the stage_day '2026' is no day. Write it as 2024-03-01"),
        ("stage_day", "202", "the stage_day '202' is no day"),
        ("stage_day", "2026.0", "the stage_day '2026.0' is no day"),
        ("stage_day", "0", "the stage_day '0' is no day"),
        ("stage_day", 84_008, "the stage_day 84008 is no day"),
        ("stage_day", "9" * 400, "is no day"),
        ("stage_day", True, "the stage_day True is not a whole number"),
        ("name", "a\0b", r"the name holds a NUL character: 'a\x00b'. Take it out"),
        ("name", "a\udc80b", r"the name is not whole Unicode text: 'a\udc80b'"),
        ("name", ["a"], "the name ['a'] is not a text"),
        ("name", "x" * 1_000_001, "the name is 1,000,001 characters long, more than 1,000,000"),
        ("mine", math.inf, "the mine inf is not a number"),
        ("mine", -(2**63) - 1, "which no store can hold"),
        ("mine", "a\0", "holds a NUL"),
        ("mine", ["a\0"], "holds a NUL"),
        ("mine", [1], "the mine [1] is not a list of texts"),
        ("mine", {"a": 1}, "the mine {'a': 1} is not a text"),
        ("mi ne", "x", "'mi ne' cannot be the name of a property: letters, digits and"),
        ("1st", "x", "'1st' cannot be the name of a property"),
        ("größe", "x", "'größe' cannot be the name of a property"),
        ("x" * 65, "x", "cannot be the name of a property"),
        ("", "x", "'' cannot be the name of a property"),
        ("sources", "x", "'sources' cannot be a property of Model: the store keeps that name"),
        ("sources", "x", "for itself. Rename it, for example to 'model_sources'."),
        ("id", "x", "'id' cannot be a property of Model"),
        ("type", "x", "'type' cannot be a property of Model"),
        ("title", "x", "A node's name goes into 'name'."),
    ],
)  # fmt: skip
def test_a_model_goes_in_without_a_value_that_cannot_be_and_its_row_is_told(name, written, found):
    checks = checked(model(**{name: written}, vendor="Us"))
    [rejected], [(key, statement)] = checks.rejected, checks.said.items()
    said = rejected.why

    assert (key, statement.properties) == (node_key("Model", "m1"), {"vendor": "Us"})
    assert checks.unread == {key: (name,)}
    assert not rejected.row or rejected.row["vendor"] == "Us"
    assert list(checks.reasons.values()) == [1]
    assert found in said
    assert said.endswith(f" The Model goes in without {name}.")
    assert said.isprintable()
    assert len(said) < 400


def test_several_values_that_cannot_be_are_one_row_to_mend():
    found = checked(model(stage="prod", risk_tier=9, stage_day=Unreadable("1st", "it is odd.")))
    [rejected] = found.rejected

    assert rejected.row == {
        "id": "m1", "entity": "Model", "stage": "prod", "risk_tier": "9", "stage_day": "1st",
    }  # fmt: skip
    assert rejected.why.endswith(
        "is not 1 to 3. it is odd. The Model goes in without stage and risk_tier and stage_day."
    )
    assert found.unread == {node_key("Model", "m1"): ("stage", "risk_tier", "stage_day")}
    assert found.reasons == {"a stage that is not on its list": 1}


def test_what_cannot_be_read_is_told_with_its_column_and_is_counted_once():
    columns = {"stage": "the column 'Phase'"}
    odd = {"kind": "x", "stage": Unreadable("1st", "Odd."), "mine": "y"}
    found = checked(
        Node("Gate", "g", {"sla_days": "soon"}, "t.csv", 2, {"sla_days": "the column 'SLA'"}),
        Node("Model", "m", {**odd, "stge": 1}, "t.csv", 3, columns),
    )

    assert [each.why for each in found.rejected] == [
        "the sla_days 'soon' is not a whole number. It stands in the column 'SLA'.",
        "Odd. It stands in the column 'Phase'. The Model goes in without stage.",
    ]
    assert found.reasons["a stage that could not be read"] == 1
    assert sum(found.unusual.values()) == 1
    assert list(found.said) == [node_key("Model", "m")]


@pytest.mark.parametrize(
    ("record", "kept"),
    [
        (Node("Team", "t", {"kind": "team", "absent": "perhaps"}), None),
        (Node("Approval", "a", {"status": "approved", "decided_day": "soon"}), None),
        (Node("Criterion", "c", {"threshold": "high"}), None),
        (owns(role="boss", since_day="2026-01-01"), None),
        (owns(confidence="quite"), None),
        (owns(role="accountable", since_day="soon"), {"role": "accountable"}),
        (Relationship("MEMBER_OF", "Person", "p", "Team", "t", {"fte": "half"}), {}),
        (Relationship("MEMBER_OF", "Person", "p", "Team", "t", {"role": "boss"}), None),
    ],
)
def test_what_says_something_else_without_a_value_is_left_out_as_a_whole(record, kept):
    found = checked(record)

    assert len(found.rejected) == 1
    assert [each.properties for each in found.said.values()] == ([] if kept is None else [kept])
    assert ("goes in without" in found.rejected[0].why) is (kept is not None)


def test_of_a_row_said_again_with_a_value_that_cannot_be_the_earlier_value_stays():
    found = checked(model(stage="pilot", vendor="a"), model(stage="prod", vendor="b"))
    assert [each.properties for each in found.said.values()] == [{"stage": "pilot", "vendor": "b"}]

    found = checked(model(stage="prod"), model(vendor="b"))
    assert [each.properties for each in found.said.values()] == [{"vendor": "b"}]
    assert found.unread == {}


def test_the_edges_of_days_and_numbers_are_taken():
    assert properties_of(model(stage_day="2200-01-01", mine=2**63 - 1, other=-(2**63))) == {
        "stage_day": 84_006,
        "mine": 2**63 - 1,
        "other": -(2**63),
    }
    assert len(properties_of(model(name="x" * 1_000_000))["name"]) == 1_000_000


@pytest.mark.parametrize("written", ["maybe", 2, ["yes"], 0.5])
def test_what_is_neither_yes_nor_no_is_rejected(written):
    said = why(owns("CONFLICTS_WITH", "Incentive", "a", "Incentive", "b", reconciled=written))

    assert "is not true or false" in said


def test_a_share_over_one_is_out_of_bounds():
    assert "the confidence 1.5 is not 0 to 1" in why(owns(confidence="1.5"))


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (Node("Modle", "m1"), "the label 'Modle' is not in the model. Did you mean 'Model'?"),
        (Node("Zzzz", "m1"), "the label 'Zzzz' is not in the model."),
        (Node("Model", ""), "the id is blank. Fill it in."),
        (Node("Model", " \n"), "the id is blank. Fill it in."),
        (Node("Model", 7), "the id is 7, and no text"),
        (Node("Model", "a\0"), "the id holds a NUL character"),
        (Node("Model", "a\ud800"), "the id is not whole Unicode text"),
        (Node("Model", "x" * 601), "the id is 601 characters long, more than 600"),
        (owns("OWNZ"), "the relationship 'OWNZ' is not in the model. Did you mean 'OWNS'?"),
        (owns(from_label="Teem"),
         "OWNS cannot start at 'Teem', only at Team or Person. Did you mean 'Team'?"),
        (owns(from_label="Model", from_id="m2"),
         "OWNS cannot start at 'Model', only at Team or Person."),
        (owns(to_label="Team", to_id="t2"), "OWNS cannot end at 'Team', only at Model or Dataset"),
        (owns(from_id=""), "the id where it starts is blank"),
        (owns(to_id=" "), "the id where it ends is blank"),
        (owns(to_id=None), "the id where it ends is None, and no text"),
        (owns(role="acountable"), "Did you mean 'accountable'?"),
        (owns("DELEGATES_TO", "Person", "p1", "Person", "p2", scope="x" * 101),
         "the scope is 101 characters long, more than 100"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_stand_is_rejected_with_a_reason(record, found):
    assert found in why(record)


def test_a_rejected_row_tells_where_it_stood_and_what_it_held():
    found = checked(
        Node("Model", "m1", {"stage": "pilto", "tags": ["a", "b"], "hard": True}, "m.csv", 4),
        owns(role="boss", since_day="2024-01-01"),
    )

    assert found.rejected[0] == Rejected(
        "m.csv",
        4,
        found.rejected[0].why,
        "nodes_Model",
        {"id": "m1", "entity": "Model", "stage": "pilto", "tags": "a;b", "hard": "True"},
    )
    assert found.rejected[1].table == "rels_OWNS"
    assert found.rejected[1].row == {
        "from_label": "Team",
        "from": "t1",
        "to_label": "Model",
        "to": "m1",
        "role": "boss",
        "since_day": "2024-01-01",
    }
    assert found.reasons == {
        "a stage that is not on its list": 1,
        "a role that is not on its list": 1,
    }


def test_ten_megabytes_in_a_cell_are_neither_kept_nor_shown():
    found = checked(model(name="x" * 10_000_000))

    [rejected] = found.rejected
    assert (rejected.table, rejected.row) == ("", {})
    assert "10,000,000 characters" in rejected.why


def test_a_label_that_no_file_can_be_named_after_names_no_table():
    found = checked(Node("../../etc", "x"), Node("Mod el", "x"))

    assert [each.table for each in found.rejected] == ["", ""]


def test_what_the_importer_could_not_read_is_counted_with_the_rest():
    rejected = Rejected("m.csv", 9, "the row is cut off", "nodes_Model", {"id": "m9"})

    found = checked(rejected, model())

    assert found.rejected == (rejected,)
    assert found.reasons == {"a row that could not be read": 1}
    assert len(found.said) == 1


def test_promises_are_kept_once():
    assert checked(Promise("OWNS"), Promise("Model.stage"), Promise("OWNS")).promises == (
        "Model.stage",
        "OWNS",
    )


def test_what_is_no_record_fails_the_source():
    with pytest.raises(SourceError, match="yielded a tuple, which is neither a Node"):
        checked(("Model", "m1"))


def test_several_facts_of_one_row_are_one_row_read():
    found = checked(
        Node("Model", "m1", {}, "a.csv", 2),
        Node("Team", "t1", {}, "a.csv", 2),
        Relationship("OWNS", "Team", "t1", "Model", "m1", {}, "a.csv", 2),
        Node("Model", "m2", {}, "a.csv", 3),
        Node("Model", "m3", {}, "b.csv", 3),
        Rejected("b.csv", 4, "cut off"),
        Promise("OWNS"),
        Node("Model", "m4"),
        Node("Model", "m5"),
    )

    assert found.rows_read == 6


def test_of_an_id_said_twice_the_last_row_counts():
    found = checked(model(stage="idea"), model(stage="pilot"), model(stage="pilot"))

    assert found.said[node_key("Model", "m1")].properties == {"stage": "pilot"}
    assert (found.doubles, found.repeated) == (1, 1)


def test_the_first_facts_that_are_said_twice_are_named_with_their_places():
    tie = ("OWNS", "Team", "t1", "Model", "m1")
    found = checked(
        Node("Model", "m1", {"stage": "idea"}, "a.csv", 2),
        Node("Model", "m1", {"stage": "pilot"}, "b.csv", 4),
        Node("Model", "m1", {"stage": "pilot"}, "b.csv", 5),
        Relationship(*tie, {"role": "technical"}),
        Relationship(*tie, {"role": "technical", "confidence": 0.9}),
    )

    assert found.doubled == (
        "b.csv:4: Model 'm1', also at a.csv:2",
        "Team 't1' OWNS Model 'm1', 'technical'",
    )
    many = (Node("Team", f"t{n // 2}", {"name": f"n{n}"}) for n in range(40))
    assert len(checked(*many).doubled) == 5


def test_a_rejected_double_leaves_the_earlier_row_standing():
    found = checked(model(stage="idea"), model(stage="pilto"))

    assert found.said[node_key("Model", "m1")].properties == {"stage": "idea"}
    assert (found.doubles, len(found.rejected)) == (0, 1)


def test_values_that_an_open_list_does_not_know_are_kept_and_counted():
    found = checked(
        Node("Team", "t1", {"kind": "squad\x1b", "function": "legal"}),
        Node("Team", "t2", {"kind": "squad\x1b"}),
        Node("Team", "t3", {"kind": "team"}),
    )

    assert found.said[node_key("Team", "t1")].properties["kind"] == "squad\x1b"
    assert found.unusual == {r"Team.kind 'squad\x1b'": 2}


def test_a_property_that_looks_misspelt_is_kept_and_counted_with_a_hint():
    found = checked(model(stge="pilot", cost_centre="x"), Node("Model", "m2", {"stge": " "}))

    assert found.said[node_key("Model", "m1")].properties == {
        "stge": "pilot",
        "cost_centre": "x",
    }
    assert found.unusual == {"Model.stge is not in the model. Did you mean 'stage'?": 1}


def test_a_no_that_looks_misspelt_is_counted_with_a_hint():
    found = checked(model(absnet=True))

    assert found.unusual == {"Model.absnet is not in the model. Did you mean 'absent'?": 1}


@pytest.mark.parametrize(
    ("written", "held"), [("yes", {"absent": True}), (True, {"absent": True}), ("no", {})]
)
def test_only_a_no_that_is_meant_is_stated(written, held):
    assert properties_of(model(absent=written)) == held


def test_a_relationship_to_itself_is_kept_and_counted():
    found = checked(
        owns("DEPENDS_ON", "Model", "m1", "Model", "m1"),
        owns("DEPENDS_ON", "Service", "m2", "Dataset", "m3"),
    )

    assert len(found.said) == 2
    assert found.unusual == {"DEPENDS_ON from a Model to itself": 1}


def test_only_so_many_unusual_values_are_told_apart():
    found = checked(*(Node("Team", f"t{n}", {"kind": f"k{n}"}) for n in range(MOST_UNUSUAL + 5)))

    assert len(found.unusual) == MOST_UNUSUAL + 1
    assert found.unusual["other unusual values"] == 5


def test_a_value_is_the_same_however_many_there_are():
    count = MOST_REMEMBERED + 10
    found = checked(
        *(Node("Model", f"m{n}", {"experiments_per_month": f"{n}"}) for n in range(count))
    )

    values = [each.properties["experiments_per_month"] for each in found.said.values()]
    assert values == [float(n) for n in range(count)]
    assert len({each.hash for each in found.said.values()}) == count


def test_facts_that_hold_the_same_share_it():
    found = checked(owns(role="technical"), owns(role="technical", to_id="m2"))

    one, other = found.said.values()
    assert one.properties is other.properties


def test_whatever_belongs_to_a_relationships_identity_is_a_text():
    for each in RELATIONSHIPS.values():
        assert {each.properties[name].kind for name in each.identity} <= {"text"}


def test_of_two_nodes_with_one_id_that_can_stand_at_one_end_the_later_is_rejected():
    found = checked(
        Node("Team", "x", {}, "t.csv", 2),
        Node("Person", "x", {"status": "left"}, "p.csv", 5),
        Node("Result", "x"),
    )

    assert list(found.said) == [node_key("Team", "x"), node_key("Result", "x")]
    [rejected] = found.rejected
    assert (rejected.file, rejected.line, rejected.table) == ("p.csv", 5, "nodes_Person")
    assert rejected.row == {"id": "x", "entity": "Person", "status": "left"}
    assert "the id 'x' is that of a Person here and of a Team elsewhere" in rejected.why
    assert found.reasons == {"an id under two labels": 1}


@pytest.mark.parametrize("turned", [False, True])
def test_a_described_node_keeps_its_id_before_the_end_of_a_relationship(turned):
    records = [owns(from_label="Person", from_id="x"), Node("Team", "x"), Node("Model", "m1")]

    found = checked(*(reversed(records) if turned else records))

    assert set(found.said) == {node_key("Team", "x"), node_key("Model", "m1")}
    [rejected] = found.rejected
    assert (rejected.line, rejected.table) == (3, "rels_OWNS")


def test_of_two_ends_with_one_id_the_later_is_rejected():
    found = checked(
        owns(from_label="Person", from_id="x"),
        owns(from_label="Team", from_id="x"),
        owns(from_label="Person", from_id="x", to_id="m2"),
        owns(from_id="t9"),
    )

    assert set(found.said) == {
        relationship_key("OWNS", "Person", "x", "Model", "m1"),
        relationship_key("OWNS", "Person", "x", "Model", "m2"),
        relationship_key("OWNS", "Team", "t9", "Model", "m1"),
    }


def test_a_relationship_between_two_labels_of_one_id_is_fine_where_they_never_share_an_end():
    found = checked(owns(from_id="x", to_id="x"), Node("Team", "x"), Node("Model", "x"))

    assert found.rejected == ()
