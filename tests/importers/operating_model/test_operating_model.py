"""The operating model: what is assumed, what is confirmed, and every mistake at once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ownership_graph.cli.starter import TEXT
from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.known import Known
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Rejected, Relationship

IMPORTER = find_importer("operating_model")
NOW = datetime(2026, 11, 26, tzinfo=UTC)
FILE = "operating-model.toml"

SMALL = """\
confirmed_by = "Ada"
[teams]
legal = ["*privacy*"]
[reward]
product = ["speed", "elegance"]
legal = ["defensibility"]
[[tension]]
between = ["speed", "defensibility"]
wins = {3 = "defensibility", 1 = "speed"}
settled_by = "AI board"
written_in = "https://wiki/1"
[decides]
fund = ["Priya", "AI board"]
stop = "team:legal"
retire = ""
[[work]]
model = "Claims triage"
owner = "product"
stage = "pilot"
tier = 2
waits_at = "legal"
since = 2026-08-01
[[work]]
model = "Fraud score"
owner = "Person gh:x"
waits_at = "Data use"
result = "approved"
decided = 2026-11-01
"""
UNCONFIRMED = SMALL.replace('"Ada"', '""')

KNOWN = {
    "Team": [
        Node("Team", "team:privacy-office", {"name": "Privacy Office"}),
        Node("Team", "team:legal", {"name": "Law", "function": "legal"}),
        Node("Team", "list", {"name": "privacy news", "kind": "group"}),
        Node("Team", "old", {"name": "old privacy", "status": "archived"}),
        Node("Team", "t9", {"name": "Others"}),
    ],
    "Person": [Node("Person", "gh:p", {"name": "Priya"})],
    "Model": [Node("Model", "m7", {"name": "Fraud-Score"})],
    "Gate": [Node("Gate", "gate:data-use", {"name": "Something else"})],
}


def known(ties=(), **more):
    nodes = KNOWN | more
    return Known(lambda label: nodes.get(label, ()), lambda _: ties)


@pytest.fixture
def read(tmp_path):
    def read(text, what=None):
        (tmp_path / FILE).write_text(text)
        return list(IMPORTER.read(what, path=tmp_path / FILE))

    return read


def node(label, own_id, line, **properties):
    return Node(label, own_id, properties, FILE, line)


def tie(kind, start, end, line, **properties):
    return Relationship(kind, *start, *end, properties, FILE, line)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("live", "production"), ("PoC", "experiment"), ("Pilot", "pilot"), ("idea", "idea")],
)
def test_stages_are_understood_by_the_words_that_surveys_understand(read, written, meant):
    said = read(f'confirmed_by = "Ada"\n[[work]]\nmodel = "m7"\nstage = "{written}"\n', known())
    assert [each.properties["stage"] for each in said if isinstance(each, Node)] == [meant]


def test_what_is_confirmed_is_stated_for_the_teams_that_others_know(read):
    rewarded = {"name": "Speed", "dimension": "speed", "basis": "declared"}
    speed, elegance = ("Incentive", "reward:speed"), ("Incentive", "reward:elegance")
    defence = ("Incentive", "reward:defensibility")
    product, legal = ("Team", "function:product"), ("Team", "team:legal")
    privacy, work = ("Team", "team:privacy-office"), ("Approval", "work:claims triage:legal")
    other = ("Approval", "work:m7:gate:data-use")

    assert read(SMALL, known()) == [
        node("Incentive", "reward:speed", 0, **rewarded),
        node("Incentive", "reward:elegance", 0, name="Elegance", dimension="elegance",
             basis="declared"),
        node("Incentive", "reward:defensibility", 0, name="Defensibility",
             dimension="defensibility", basis="declared"),
        # Nobody knows a team of product, so the function stands for itself.
        node("Team", "function:product", 5, name="Product", kind="function", function="product"),
        tie("REWARDED_BY", product, speed, 5, weight=0.667),
        tie("REWARDED_BY", product, elegance, 5, weight=0.333),
        # No source says that the privacy office is legal; of the other team one does.
        node("Team", "team:privacy-office", 6, function="legal"),
        tie("REWARDED_BY", privacy, defence, 6, weight=1.0),
        tie("REWARDED_BY", legal, defence, 6, weight=1.0),
        tie("CONFLICTS_WITH", speed, defence, 7, basis="declared", settled_by="AI board",
            wins="tier 1: speed; tier 3: defensibility", written_in="https://wiki/1",
            reconciled=True),
        node("Decision", "right:fund", 13, name="Who may fund", kind="fund", basis="recorded",
             rule="any"),
        tie("NEEDS", ("Decision", "right:fund"), ("Person", "gh:p"), 13, role="decide"),
        tie("NEEDS", ("Decision", "right:fund"), ("Team", "team:ai-board"), 13, role="decide"),
        node("Decision", "right:stop", 14, name="Who may stop", kind="stop", basis="recorded",
             rule="one"),
        tie("NEEDS", ("Decision", "right:stop"), legal, 14, role="decide"),
        node("Model", "claims triage", 16, name="Claims triage", stage="pilot", risk_tier="2"),
        tie("OWNS", product, ("Model", "claims triage"), 16, role="accountable"),
        node("Team", "function:product", 16, name="Product", kind="function",
             function="product"),
        node("Approval", work[1], 16, status="pending", requested_day="2026-08-01"),
        tie("CONCERNS", work, ("Model", "claims triage"), 16),
        tie("AT", work, ("Gate", "legal"), 16),
        node("Gate", "legal", 16, name="legal"),
        tie("DECIDED_BY", work, legal, 16, role="decide"),
        # Names are joined to ids: case, hyphens and blanks make no difference.
        node("Model", "m7", 23),
        tie("OWNS", ("Person", "gh:x"), ("Model", "m7"), 23, role="accountable"),
        node("Approval", other[1], 23, status="approved", decided_day="2026-11-01"),
        tie("CONCERNS", other, ("Model", "m7"), 23),
        tie("AT", other, ("Gate", "gate:data-use"), 23),
    ]  # fmt: skip


def test_until_it_is_confirmed_rewards_are_assumed_and_the_rest_waits(read):
    said = read(UNCONFIRMED, known())

    assert {each.properties["basis"] for each in said if getattr(each, "label", "") == "Incentive"}
    [tension] = [each for each in said if getattr(each, "type", "") == "CONFLICTS_WITH"]
    assert tension.properties["basis"] == "assumed"
    assert "reconciled" not in tension.properties
    assert not [each for each in said if each == node("Team", "team:privacy-office", 6)]
    waiting = [each for each in said if isinstance(each, Rejected)]
    assert [each.line for each in waiting] == [13, 14, 16, 23]
    assert all("Fill in confirmed_by" in each.why for each in waiting)
    labels = {each.label for each in said if isinstance(each, Node)}
    assert labels == {"Incentive", "Team"}


def test_a_team_that_states_its_own_reward_keeps_it_alone(read):
    own = [Relationship("REWARDED_BY", "Team", "team:legal", "Incentive", "own")]

    ends = [
        each.from_id
        for each in read(SMALL, known(own))
        if isinstance(each, Relationship) and each.type == "REWARDED_BY"
    ]

    assert ends == ["function:product", "function:product", "team:privacy-office"]


def test_without_a_graph_the_functions_stand_for_themselves(read):
    said = read('[reward]\nrisk = "coverage"\nlegal = []\n')

    assert [each.id for each in said if isinstance(each, Node)] == [
        "reward:coverage",
        "function:risk",
    ]


def test_of_work_the_model_alone_will_do(read):
    assert read('confirmed_by = "Ada"\n[[work]]\nmodel = "Claims triage"') == [
        node("Model", "claims triage", 2, name="Claims triage")
    ]


def test_of_two_that_are_called_so_the_id_must_be_written(read):
    twins = [Node("Team", "a", {"name": "Risk"}), Node("Team", "b", {"name": "risk"})]

    [told] = read('confirmed_by = "Ada"\n[decides]\nfund = "RISK"', known(Team=twins))

    assert told == Rejected(FILE, 3, "'RISK' can be Team a, Team b. Write the id.")


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("rewards = 3", 1, "'rewards' is not known. Did you mean 'reward'?"),
        ("zzz = 3", 1, "'zzz' is not known. Known: confirmed_by, teams, reward"),
        ("confirmed_by = true", 1, 'is True, and no text. Write: confirmed_by = "Ada'),
        ('reward = "speed"', 1, "'reward' is no table. Write: [reward] and under it"),
        ("[reward]\nlegal = 3", 2, "'legal' is no text, nor a list of texts"),
        ('[reward]\nlegal = ["speed", 3]', 2, "'legal' is no text, nor a list of texts"),
        ('[reward]\nlegl = "speed"', 2, "'legl' is no function that is known. Did you mean"),
        ('[reward]\nlegal = "spede"', 2, "'spede' is no reward that is known. Did"),
        ('[teams]\nlegl = "*"', 2, "'legl' is no function that is known. Did you mean 'legal'?"),
        ("[tension]\nbetween = 3", 2, "tension stands in two pairs of brackets. Write: [[tension"),
        ('[[tension]]\nbetween = ["speed"]', 2, "a tension is between two rewards. Write:"),
        ('[[tension]]\nwins = "speed"', 1, "a tension is between two rewards. Write:"),
        ('[[tension]]\nbetween = ["speed", "speed"]', 2, "a tension is between two rewards"),
        ('[[tension]]\nbetween = ["speed", "cots"]', 2, "'cots' is no reward that is known. Did"),
        ('[[tension]]\nbetween = ["speed", "cost"]\nwin = ""', 3, "Did you mean 'wins'? Write:"),
        ('[[tension]]\nbetween = ["speed", "cost"]\nline = 3', 3, "the key 'line' is not known"),
        ('[[tension]]\nbetween = ["speed", "cost"]\nwins = "x"', 3, "'x' cannot win"),
        ('[[tension]]\nbetween = ["speed", "cost"]\nwins = {4 = "cost"}', 3, "tier 4: it is"),
        ('[[tension]]\nbetween = ["a", "b"]\n[[tension]]\nbetween = ["b", "a"]', 3, "on line 1"),
        ('[decides]\nfnud = "x"', 2, "'fnud' is no kind of decision. Did you mean 'fund'?"),
        ('[decides]\nzzz = ""', 2, "no kind of decision. One of promote, stop"),
        ('[[work]]\nowner = "x"', 1, "which model? Write: [[work]]"),
        ('[[work]]\nmodel = "x"\nstage = "pilto"', 3, "is not one of idea, experiment, pilot"),
        ('[[work]]\nmodel = "x"\ntier = 4', 3, "the tier 4 is not one of 1, 2, 3."),
        ('[[work]]\nmodel = "x"\nsince = "May"', 3, "'since' is 'May', and no day."),
        ('[[work]]\nmodel = "x"\nsince = 2026-08-01T10:00:00', 3, "and no day"),
        ("reward = [", 1, "this is not TOML"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_what_would_be_right(read, tmp_path, text, line, told):
    with pytest.raises(SourceError) as raised:
        read(text)

    assert told in str(raised.value)
    assert (raised.value.file, raised.value.line) == (str(tmp_path / FILE), line)


def test_every_mistake_is_told_at_once(read):
    with pytest.raises(SourceError, match="'zzz' is not known") as raised:
        read('zzz = 1\n[reward]\nlegal = 3\n[decides]\nfnud = ""')

    assert [each.partition(": ")[0].rpartition(":")[2] for each in raised.value.__notes__] == [
        "3",
        "5",
    ]


def test_of_very_many_mistakes_the_first_are_told_and_soon(read):
    with pytest.raises(SourceError, match="'y0' is no text") as raised:
        read("[reward]\n" + "\n".join(f"y{number} = 3" for number in range(5_000)))

    assert len(raised.value.__notes__) == 49


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SourceError, match="No such file"):
        list(IMPORTER.read(path=tmp_path / "gone.toml"))


def test_what_is_taken_out_goes_and_what_others_know_is_used_as_it_is(tmp_path, store):
    tables = tmp_path / "tables"
    tables.mkdir()
    (tables / "nodes_Team.csv").write_text("id,name\nt1,Privacy\nt2,Product\n")
    directory = Order("directory", find_importer("tables"), {"path": tables})
    (tmp_path / FILE).write_text(SMALL)
    model = Order("operating-model", IMPORTER, {"path": tmp_path / FILE})

    def rewarded():
        rows = store.read("MATCH (t:Team)-[:REWARDED_BY]->(i) RETURN t.id, i.id").rows
        return sorted(rows)

    load(store, directory, now=NOW)
    load(store, model, now=NOW)
    assert rewarded() == [
        ("function:product", "reward:elegance"),
        ("function:product", "reward:speed"),
        ("t1", "reward:defensibility"),
    ]
    assert store.read("MATCH (t:Team {id: 't1'}) RETURN t.function").rows == [("legal",)]

    # The same again changes nothing, although the team now states the function that we stated.
    assert load(store, model, now=NOW).run.added == 0

    # A team that its own source no longer states does not stay for our sake.
    (tables / "nodes_Team.csv").write_text("id,name\nt2,Product\n")
    load(store, directory, now=NOW)
    load(store, model, now=NOW)
    assert store.read("MATCH (t:Team {id: 't1'}) RETURN t.id").rows == []


def test_a_request_goes_with_its_row_or_goes_on_under_the_id_of_the_register(
    tmp_path, embedded_store
):
    rights = '[decides]\nfund = ["m9"]\n'
    work = '[[work]]\nmodel = "Triage"\nstage = "pilot"\nwaits_at = "legal"\nsince = 2026-08-01\n'
    tables = tmp_path / "tables"
    tables.mkdir()
    register = Order("register", find_importer("tables"), {"path": tables}, removal_guard=1.0)
    model = Order("operating-model", IMPORTER, {"path": tmp_path / FILE})

    def pending():
        ask = "MATCH (a:Approval)-[:CONCERNS]->(m) RETURN a.id, m.id"
        return sorted(embedded_store.read(ask).rows)

    def brought(text, models):
        (tmp_path / FILE).write_text(f'confirmed_by = "Ada"\n{rights}{text}')
        (tables / "nodes_Model.csv").write_text(f"id,name\n{models}")
        load(embedded_store, register, now=NOW)
        load(embedded_store, model, now=NOW)
        return pending()

    assert brought(work, "m1,Triage\nm2,Churn\n") == [("work:m1:legal", "m1")]
    assert brought(work, "m2,Churn\n") == [("work:triage:legal", "triage")]
    assert brought("", "m1,Triage\nm2,Churn\n") == []


def test_the_starter_is_assumed_and_makes_no_finding(read):
    said = read(TEXT)

    assert not [each for each in said if isinstance(each, Rejected)]
    bases = {
        each.properties["basis"] for each in said if "basis" in getattr(each, "properties", {})
    }
    assert bases == {"assumed"}
    tensions = [each for each in said if getattr(each, "type", "") == "CONFLICTS_WITH"]
    assert len(tensions) == 6


def test_it_is_recognised_by_its_name(tmp_path):
    (tmp_path / FILE).touch()

    [found] = IMPORTER.recognise(look_round(tmp_path))

    assert (found.path, found.name) == (tmp_path / FILE, "operating-model")
