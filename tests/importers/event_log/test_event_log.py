"""Event logs, from their files to what they come to."""

from __future__ import annotations

import gzip
import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownership_graph.errors import SettingsError, SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.reading import blocks
from ownership_graph.importing.recognised import recognise
from ownership_graph.importing.surroundings import look_round
from ownership_graph.readers.event_logs import xes
from ownership_graph.records import Node, Promise, Rejected, Relationship

IMPORTER = find_importer("event_log")
HEADER = "case,activity,time,resource,group\n"
TRUTH = """case,activity,time,resource,group
m1,Build,2026-03-02T09:00:00Z,ann,data
m1,Ask legal,2026-03-03T09:00:00Z,ann,data
m1,Look,2026-03-05T21:00:00Z,bo,legal
m1,Legal ok,2026-03-09T09:00:00Z,bo,legal
m1,Deploy,2026-03-10T09:00:00Z,ann,data
"""
MEANING = """
[gate.legal]
requested = "Ask legal"
assigned = "Look"
approved = "Legal ok"
returned = "Legal asks back"
rejected = "Legal*no"
expired = "Ran out"
[stage]
experiment = "Build"
production = "Deploy"
"""


def read(folder, text, meaning="", name="log.csv", **options):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    if meaning:
        (folder / "meaning.toml").write_text(meaning, encoding="utf-8")
        options["meaning"] = folder / "meaning.toml"
    return list(IMPORTER.read(path=path, **options))


def worked(records):
    """Who worked on what, how often."""
    return {
        (each.from_label, each.from_id, each.to_id): each.properties["events"]
        for each in records
        if isinstance(each, Relationship) and each.type == "WORKED_ON"
    }


def passed(records):
    """Which team handed over to which, how often, and in how many days."""
    return {
        (each.from_id, each.to_id): (each.properties["count"], each.properties["median_days"])
        for each in records
        if isinstance(each, Relationship) and each.type == "HANDED_OVER"
    }


def approvals(records):
    """The approvals by id."""
    return {
        each.id: each.properties
        for each in records
        if isinstance(each, Node) and each.label == "Approval"
    }


def deciders(records, kind="DECIDED_BY"):
    """Who decided, or asked."""
    return [
        (each.from_id, each.to_label, each.to_id)
        for each in records
        if isinstance(each, Relationship) and each.type == kind
    ]


def rejections(records):
    return [(each.line, each.why) for each in records if isinstance(each, Rejected)]


def test_the_smallest_truth(tmp_path):
    assert read(tmp_path, TRUTH, MEANING) == [
        Node("Model", "m1", {"stage": "production", "stage_day": 20522}, "log.csv"),
        Promise("WORKED_ON"),
        Relationship(
            "WORKED_ON", "Person", "ann", "Model", "m1", {"events": 3, "share": 0.6}, "log.csv"
        ),
        Relationship(
            "WORKED_ON", "Person", "bo", "Model", "m1", {"events": 2, "share": 0.4}, "log.csv"
        ),
        Relationship(
            "WORKED_ON", "Team", "team:data", "Model", "m1", {"events": 3, "share": 0.6}, "log.csv"
        ),
        Relationship(
            "WORKED_ON", "Team", "team:legal", "Model", "m1",
            {"events": 2, "share": 0.4}, "log.csv",
        ),
        Promise("HANDED_OVER"),
        Relationship(
            "HANDED_OVER", "Team", "team:data", "Team", "team:legal",
            {"count": 1, "median_days": 2.5}, "log.csv",
        ),
        Relationship(
            "HANDED_OVER", "Team", "team:legal", "Team", "team:data",
            {"count": 1, "median_days": 1.0}, "log.csv",
        ),
        Promise("Approval"),
        Promise("AT"),
        Promise("CONCERNS"),
        Promise("DECIDED_BY"),
        Node(
            "Approval",
            "m1:legal:1",
            {
                "status": "approved",
                "round": 1,
                "requested_day": 20515,
                "assigned_day": 20517,
                "decided_day": 20521,
            },
            "log.csv",
            3,
        ),
        Relationship("CONCERNS", "Approval", "m1:legal:1", "Model", "m1", {}, "log.csv", 3),
        Relationship("AT", "Approval", "m1:legal:1", "Gate", "legal", {}, "log.csv", 3),
        Relationship("REQUESTED_BY", "Approval", "m1:legal:1", "Person", "ann", {}, "log.csv", 3),
        Relationship(
            "DECIDED_BY", "Approval", "m1:legal:1", "Person", "bo", {"role": "decide"},
            "log.csv", 3,
        ),
    ]  # fmt: skip


def test_the_same_log_in_another_table_comes_to_the_same(tmp_path):
    names, *rows = (line.split(",") for line in TRUTH.splitlines())
    lines = "\n".join(json.dumps(dict(zip(names, row, strict=True))) for row in rows)
    expected = [str(each) for each in read(tmp_path, TRUTH, MEANING)]
    found = [str(each) for each in read(tmp_path, lines, MEANING, name="log.jsonl")]
    assert [each.replace("log.jsonl", "log.csv") for each in found] == [
        each.replace("line=3", "line=2") for each in expected
    ]
    quoted = TRUTH.replace("ann", '"ann"')
    assert [str(each) for each in read(tmp_path, quoted, MEANING)] == expected


def test_the_importer_says_which_files_it_reads_and_that_absence_removes_nothing(tmp_path):
    path, meaning = tmp_path / "log.csv", tmp_path / "m.toml"
    assert IMPORTER.mode == "events"
    assert IMPORTER.files(path=path) == (path,)
    assert IMPORTER.files(path=path, meaning=meaning) == (path, meaning)


def test_it_recognises_logs_in_a_folder(tmp_path):
    (tmp_path / "log.csv").write_text(TRUTH, encoding="utf-8")
    (tmp_path / "half.csv").write_text("case;activity;time\n", encoding="utf-8")
    (tmp_path / "list.csv").write_text("case,name,time\n", encoding="utf-8")
    (tmp_path / "log.xes").write_text(XES, encoding="utf-8")
    (tmp_path / "log.jsonocel").write_text("{}", encoding="utf-8")
    begin = '{\n "objectTypes": [{"name": "Model", "attributes": []}], "eventTypes": ['
    (tmp_path / "orders.json").write_text(begin, encoding="utf-8")
    (tmp_path / "other.json").write_text('{"eventTypes": [{"name": "x"}]}', encoding="utf-8")
    said, _ = recognise(look_round(tmp_path), [IMPORTER])
    assert {(each.found.path.name, *each.found.options.items()) for each in said} == {
        ("half.csv", ("delimiter", ";")),
        ("log.csv",),
        ("log.jsonocel",),
        ("log.xes",),
        ("orders.json",),
    }


def test_without_a_meaning_there_are_no_approvals_and_no_stages(tmp_path):
    said = read(tmp_path, TRUTH)
    assert not [each for each in said if isinstance(each, Node)]
    assert [each.need for each in said if isinstance(each, Promise)] == [
        "WORKED_ON",
        "HANDED_OVER",
    ]


def test_a_log_that_names_nobody_says_nothing_of_work(tmp_path):
    text = "Case ID,Activity,Complete Timestamp\nm1,Ask legal,2026-03-03 09:00:00\n"
    assert read(tmp_path, text) == []
    said = read(tmp_path, text, MEANING)
    assert approvals(said) == {
        "m1:legal:1": {"status": "pending", "round": 1, "requested_day": 20515}
    }
    assert deciders(said) == deciders(said, "REQUESTED_BY") == []


def test_the_model_can_be_another_column_than_the_case(tmp_path):
    text = (
        "Ticket,Activity,Timestamp,User,Product\n"
        "T1,Ask legal,2026-03-03T09:00:00Z,ann,p1\n"
        "T2,Ask legal,2026-03-04T09:00:00Z,ann,p1\n"
        "T3,Ask legal,2026-03-04T09:00:00Z,ann, \n"
    )
    said = read(tmp_path, text, MEANING, model="Product")
    assert worked(said) == {("Person", "ann", "p1"): 2}
    assert list(approvals(said)) == ["T1:legal:1", "T2:legal:1"]
    assert [(line, why.partition(":")[0]) for line, why in rejections(said)] == [
        (4, "the model is blank")
    ]


def test_systems_are_set_aside_and_work_passes_through_them(tmp_path):
    text = HEADER + (
        "m1,Build,2026-03-01T00:00Z,ann,data\n"
        "m1,Ask legal,2026-03-02T00:00Z,SYSTEM,data\n"
        "m1,Look,2026-03-02T12:00Z,batch6,\n"
        "m1,Legal ok,2026-03-03T00:00Z,batch7,\n"
        "m1,Deploy,2026-03-04T00:00Z,deploy[bot],operations\n"
        "m1,Watch,2026-03-06T00:00Z,cy,operations\n"
    )
    said = read(tmp_path, text, MEANING, system_users=("system", "batch?", "*[bot]"))
    assert worked(said) == {
        ("Person", "ann", "m1"): 1,
        ("Person", "cy", "m1"): 1,
        ("Team", "team:data", "m1"): 1,
        ("Team", "team:operations", "m1"): 1,
    }
    assert passed(said) == {("team:data", "team:operations"): (1, 5.0)}
    assert approvals(said)["m1:legal:1"]["decided_day"] == 20515
    assert deciders(said) == deciders(said, "REQUESTED_BY") == []


def test_a_team_alone_asks_and_decides_and_an_unknown_one_breaks_the_chain(tmp_path):
    text = HEADER + (
        "m1,Ask legal,2026-03-01T00:00Z,,data\n"
        "m1,Talk,2026-03-02T00:00Z,n/a, None \n"
        "m1,Legal ok,2026-03-03T00:00Z,unknown,legal\n"
    )
    said = read(tmp_path, text, MEANING)
    assert worked(said) == {("Team", "team:data", "m1"): 1, ("Team", "team:legal", "m1"): 1}
    assert passed(said) == {}
    assert Promise("HANDED_OVER") in said
    assert deciders(said, "REQUESTED_BY") == [("m1:legal:1", "Team", "team:data")]
    assert deciders(said) == [("m1:legal:1", "Team", "team:legal")]


def test_names_of_one_id_are_one_and_hand_nothing_to_themselves(tmp_path):
    text = HEADER + (
        "M1,Build,2026-03-01T00:00Z,Ann@corp.example,Data\n"
        "M1,Build,2026-03-02T00:00Z,ann@corp.example, data\n"
        "m1,Build,2026-03-02T00:00Z,ann@corp.example,DATA\n"
    )
    meaning = '[ids]\nmodel = "{model:lower}"\n[stage]\npilot = "Build"'
    said = read(tmp_path, text, meaning)
    assert worked(said) == {
        ("Person", "ann@corp.example", "m1"): 3,
        ("Team", "team:data", "m1"): 3,
    }
    assert passed(said) == {}
    assert [each.id for each in said if isinstance(each, Node)] == ["m1"]


def test_only_what_is_complete_is_work_and_a_pass_ends_where_the_work_begins(tmp_path):
    text = (
        "case,activity,time,resource,group,lifecycle\n"
        "m1,Build,2026-03-01T00:00Z,ann,data,Start\n"
        "m1,Build,2026-03-02T00:00Z,ann,data,Complete\n"
        "m1,Check,2026-03-02T00:00Z,,risk,schedule\n"
        "m1,Check,2026-03-05T00:00Z,bo,risk,start\n"
        "m1,Check,2026-03-07T00:00Z,bo,risk,suspend\n"
        "m1,Check,2026-03-09T00:00Z,bo,risk,complete\n"
        "m1,Accepted,2026-03-10T00:00Z,bo,risk,In Progress\n"
    )
    said = read(tmp_path, text)
    assert worked(said) == {
        ("Person", "ann", "m1"): 1,
        ("Person", "bo", "m1"): 2,
        ("Team", "team:data", "m1"): 1,
        ("Team", "team:risk", "m1"): 2,
    }
    assert passed(said) == {("team:data", "team:risk"): (1, 3.0)}


def test_transitions_can_be_named_behind_a_plus(tmp_path):
    text = (
        "case,activity,time,resource,lifecycle\n"
        "m1,Legal,2026-03-01T00:00Z,ann,schedule\n"
        "m1,Legal,2026-03-03T00:00Z,bo,assign\n"
        "m1,Legal,2026-03-05T00:00Z,bo,complete\n"
    )
    meaning = (
        '[gate.g]\nrequested = "Legal+schedule"\nassigned = "legal+assign"\napproved = "Legal"'
    )
    said = read(tmp_path, text, meaning)
    assert approvals(said) == {
        "m1:g:1": {
            "status": "approved",
            "round": 1,
            "requested_day": 20513,
            "assigned_day": 20515,
            "decided_day": 20517,
        }
    }


@pytest.mark.parametrize("at_once", [1, 150, 32_768])
def test_a_row_can_hold_the_start_and_overlapping_work_waits_no_time(
    tmp_path, monkeypatch, at_once
):
    monkeypatch.setattr(blocks, "_CHARACTERS", at_once)
    text = (
        "case,activity,start timestamp,complete timestamp,resource,group\n"
        "m1,Build,2026-03-01T00:00Z,2026-03-02T00:00Z,ann,data\n"
        "m1,Check,2026-03-04T00:00Z,2026-03-09T00:00Z,bo,risk\n"
        "m1,Build,2026-03-08T00:00Z,2026-03-12T00:00Z,ann,data\n"
        "m1,Build,yesterday,2026-03-13T00:00Z,ann,data\n"
    )
    said = read(tmp_path, text)
    assert passed(said) == {
        ("team:data", "team:risk"): (1, 2.0),
        ("team:risk", "team:data"): (1, 0.0),
    }
    assert rejections(said)[0][0] == 5


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (["Ask legal"], {1: ("pending", 1, 0, None, None)}),
        (["Watch", "Ask legal"], {1: ("pending", 1, 1, None, None)}),
        (["Ask legal", "Ask legal"], {1: ("pending", 1, 0, None, None)}),
        (["Legal ok"], {1: ("approved", 1, None, 0, None)}),
        (["Look", "Legal ok"], {1: ("approved", 1, None, 1, None)}),
        (["Ask legal", "Legal asks back"], {1: ("returned", 1, 0, None, None)}),
        (["Ask legal", "Legal asks back", "Ask legal"], {1: ("pending", 2, 0, None, 1)}),
        (
            [*["Ask legal", "Legal asks back"] * 2, "Ask legal", "Legal ok"],
            {1: ("approved", 3, 0, 5, 2)},
        ),
        (["Ask legal", "Legal asks back", "Legal ok"], {1: ("approved", 1, 0, 2, None)}),
        (
            ["Ask legal", "Legal says no", "Ask legal", "Legal ok"],
            {1: ("rejected", 1, 0, 1, None), 2: ("approved", 2, 2, 3, None)},
        ),
        (
            ["Ask legal", "Legal ok", "Ask legal"],
            {1: ("approved", 1, 0, 1, None), 2: ("pending", 1, 2, None, None)},
        ),
        (["Ask legal", "Legal ok", "Legal ok"], {1: ("approved", 1, 0, 1, None)}),
        (["Ask legal", "Legal ok", "Legal says no"], {1: ("rejected", 1, 0, 2, None)}),
        (["Ask legal", "Legal ok", "Ran out"], {1: ("expired", 1, 0, 1, None)}),
        (
            ["Ask legal", "Legal ok", "Look"],
            {1: ("approved", 1, 0, 1, None), 2: ("pending", 1, None, None, None)},
        ),
    ],
)  # fmt: skip
def test_what_becomes_of_a_request(tmp_path, steps, expected):
    rows = "".join(
        f"m1,{each},2026-03-{day:02}T12:00Z,ann,\n" for day, each in enumerate(steps, start=1)
    )
    first = 20513
    found = {
        int(own_id.rpartition(":")[2]): (
            each["status"],
            each["round"],
            each.get("requested_day", first - 1) - first if "requested_day" in each else None,
            each["decided_day"] - first if "decided_day" in each else None,
            each.get("days_with_requester"),
        )
        for own_id, each in approvals(read(tmp_path, HEADER + rows, MEANING)).items()
    }
    assert found == expected


def test_days_are_counted_in_the_zone_and_naive_times_are_in_it(tmp_path):
    text = HEADER + (
        "m1,Ask legal,2026-03-01T23:30:00+00:00,ann,\n"
        "m2,Ask legal,2026-03-02T00:30:00+01:00,ann,\n"
        "m3,Ask legal,2026-03-02 00:30,ann,\n"
    )
    days = {
        zone: [each["requested_day"] for each in approvals(found).values()]
        for zone in ("UTC", "Europe/Berlin")
        for found in [read(tmp_path, text, MEANING, zone=zone)]
    }
    assert days == {"UTC": [20513, 20513, 20514], "Europe/Berlin": [20514, 20514, 20514]}
    with pytest.raises(UsageError, match="there is no time zone 'Europe/Berln'"):
        read(tmp_path, text, zone="Europe/Berln")
    with pytest.raises(UsageError, match="there is no time zone"):
        read(tmp_path, text, zone="../../etc/passwd")


def test_other_names_and_other_ways_to_write_times(tmp_path):
    text = (
        "Vorgang;Schritt;Wann;Wer;Abteilung\nV1;Bauen;01.03.2026 14:30;Ann;Daten\nV1;Bauen;x;A;\n"
    )
    meaning = """
times = ["%d.%m.%Y", "%d.%m.%Y %H:%M"]
[columns]
case = "Vorgang"
activity = "Schritt"
time = "Wann"
resource = "Wer"
group = "Abteilung"
[ids]
model = "sap:{model:lower}"
person = "{resource}@corp"
team = "team:{group}"
[stage]
experiment = "Bau*"
"""
    said = read(tmp_path, text, meaning, delimiter=";")
    assert said[1] == Node(
        "Model", "sap:v1", {"stage": "experiment", "stage_day": 20513}, "log.csv"
    )
    assert worked(said) == {
        ("Person", "Ann@corp", "sap:v1"): 1,
        ("Team", "team:Daten", "sap:v1"): 1,
    }
    assert "is not written as '%d.%m.%Y' or '%d.%m.%Y %H:%M'" in rejections(said)[0][1]


@pytest.mark.parametrize("at_once", [1, 32_768])
def test_dirty_rows_are_rejected_and_the_others_go_in(tmp_path, monkeypatch, at_once):
    monkeypatch.setattr(blocks, "_CHARACTERS", at_once)
    text = HEADER + (
        "m1,Build,2023-14-05,ann,\n"
        "m1,Build,,ann,\n"
        " ,Build,2026-03-01,ann,\n"
        "m1,Build,2026-03-01\n"
        "m1,Build,9999-12-31,ann,\n"
        "m1,Build,0001-01-01,ann,\n"
        "\n"
        "m1,Build,2026-03-01, Ann  Lee ,\n"
        "m1,Build,2026-03-01,Ann@Corp.example,Claims EMEA\n"
    )
    said = read(tmp_path, text)
    assert worked(said) == {
        ("Person", "Ann Lee", "m1"): 1,
        ("Person", "ann@corp.example", "m1"): 1,
        ("Team", "team:claims-emea", "m1"): 1,
    }
    assert [(line, why[:23]) for line, why in rejections(said)] == [
        (2, "the time '2023-14-05' i"),
        (3, "the time is blank. An e"),
        (4, "the case is blank: nobo"),
        (5, "the row holds 3 cells, "),
        (6, "the time '9999-12-31' i"),
        (7, "the time '0001-01-01' i"),
    ]


def test_a_log_without_its_columns_is_told(tmp_path):
    with pytest.raises(
        SourceError, match="no column is called 'time', or as the time of an event"
    ):
        read(tmp_path, "case,activity,who\na,b,c\n")
    with pytest.raises(SourceError, match=r"no column is called 'tim'.*Did you mean 'time'"):
        read(tmp_path, HEADER, '[columns]\ntime = "tim"')
    with pytest.raises(SourceError, match="parted by ';'"):
        read(tmp_path, HEADER.replace(",", ";"))


@pytest.mark.parametrize(
    ("meaning", "why"),
    [
        ("[gates]\nlegal = 1", "no part called 'gates'. Did you mean 'gate'"),
        ('[columns]\ncaze = "x"', "no column of a log called 'caze'. Did you mean 'case'"),
        ('times = "%H:%M"', "does not say how a time is written"),
        ('times = "%d.%m.%Y %Q"', "does not say how a time is written"),
        ('[ids]\ngroup = "{group}"', "no kind of id 'group'"),
        ('[ids]\nteam = "{resource}"', "the id of a team is made of {group} or {group:lower}"),
        ('[ids]\nteam = "{group:upper}"', "the id of a team is made of {group}"),
        ('[ids]\nteam = "{"', "is no name in braces"),
        ('[gate.legal]\naproved = "x"', "no step of an approval called 'aproved'. Did you mean"),
        ("[gate.legal]\napproved = 3", "must be a text or a list of texts"),
        ('[stage]\nlive = "x"', "no stage 'live'"),
    ],
)
def test_a_mistake_in_the_meaning_is_told_with_its_line(tmp_path, meaning, why):
    with pytest.raises(SettingsError, match="reading what the log's activities mean") as caught:
        read(tmp_path, TRUTH, meaning)
    assert why in caught.value.message
    assert caught.value.line == len(meaning.splitlines())


def test_a_stage_is_reckoned_from_when_it_was_last_entered(tmp_path):
    text = HEADER + (
        "c2,Deploy,2026-03-09,a,,m1\nc1,Build,2026-03-01,a,,m1\nc1,Deploy,2026-03-02,a,,m1\n"
        "c1,Build,2026-03-03,a,,m1\nc1,Deploy,2026-03-04,a,,m1\n"
    )
    text = text.replace("group\n", "group,model\n", 1)
    said = read(tmp_path, text, MEANING, model="model")
    assert said[0].properties == {"stage": "production", "stage_day": 20516}
    again = read(tmp_path, HEADER + "m,Build,2026-03-01,a,\nm,Build,2026-03-05,a,\n", MEANING)
    assert again[0].properties == {"stage": "experiment", "stage_day": 20513}


def rows_of(numbers):
    """Events that differ in everything that counts."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in numbers:
        activity = ("Build", "Ask legal", "Look", "Legal ok", "Legal asks back")[number * 7 % 5]
        yield (
            f"m{number % 3},{activity},{(start + timedelta(hours=7 * number)).isoformat()},"
            f"p{number % 5},t{number * 11 % 4}\n"
        )


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(12)))
def test_the_order_of_the_rows_does_not_matter(tmp_path, order):
    def facts(numbers):
        said = read(tmp_path, HEADER + "".join(rows_of(numbers)), MEANING)
        return sorted(
            (worked(said).items(), passed(said).items(), approvals(said).items()), key=str
        )

    assert [sorted(each, key=str) for each in facts(order)] == [
        sorted(each, key=str) for each in facts(range(12))
    ]


def test_many_rows_out_of_order_are_sorted_on_disk_and_rejected_once(tmp_path):
    rows = [*rows_of(range(12_000)), "m1,Build,never,ann,\n"]
    in_order = read(tmp_path, HEADER + "".join(rows), MEANING)
    random.Random(7).shuffle(rows)
    shuffled = read(tmp_path, HEADER + "".join(rows), MEANING)
    assert worked(shuffled) == worked(in_order)
    assert passed(shuffled) == passed(in_order)
    assert approvals(shuffled) == approvals(in_order)
    assert len(rejections(shuffled)) == 1


XES = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- made by hand -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="none"/></global>
  <trace>
    <string key="concept:name" value="m1"/>
    <string key="product" value="p1"><string key="nested" value="x"/></string>
    <event>
      <string key="concept:name" value="Build"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00.000+00:00"/>
      <string key="org:resource" value="ann"/>
      <string key="org:group" value="data"/>
      <string key="lifecycle:transition" value="complete"/>
    </event>
    <event>
      <string key="concept:name" value="Legal ok"/>
      <date key="time:timestamp" value="2026-03-04T09:00:00.000+00:00"/>
      <string key="org:resource" value="bo"/>
      <string key="org:group" value="legal"/>
    </event>
  </trace>
  <trace>
    <event>
      <string key="concept:name" value="Build"/>
      <date key="time:timestamp" value="2026-03-02T09:00:00.000+00:00"/>
      <string key="org:resource" value="ann"/>
    </event>
    <event><date key="time:timestamp" value="soon"/></event>
  </trace>
</log>
"""


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz", "LOG.XML"])
def test_xes(tmp_path, name):
    text = gzip.compress(XES.encode()) if name.endswith("gz") else XES.encode()
    said = read(tmp_path, text, MEANING, name=name)
    assert worked(said) == {
        ("Person", "ann", "m1"): 1,
        ("Person", "bo", "m1"): 1,
        ("Team", "team:data", "m1"): 1,
        ("Team", "team:legal", "m1"): 1,
        ("Person", "ann", "trace 2"): 1,
    }
    assert passed(said) == {("team:data", "team:legal"): (1, 2.0)}
    assert approvals(said) == {
        "m1:legal:1": {"status": "approved", "round": 1, "decided_day": 20516}
    }
    assert [(line, why[:16]) for line, why in rejections(said)] == [(29, "the time 'soon' ")]


def test_xes_longer_than_what_is_read_at_once(tmp_path):
    trace = XES[XES.index("  <trace>") : XES.index("</trace>") + 9]
    text = XES.replace(trace, trace * 3_000)
    assert worked(read(tmp_path, text, name="log.xes"))["Person", "ann", "m1"] == 3_000


def test_xes_with_other_keys_and_a_model_of_the_trace(tmp_path):
    text = XES.replace("org:resource", "who").replace('"soon"', '"2026-03-03"')
    meaning = '[columns]\nresource = "who"\nstart = "begin"'
    said = read(tmp_path, text, meaning, name="log.xes", model="product")
    assert worked(said)["Person", "bo", "p1"] == 1
    assert [why[:12] for _, why in rejections(said)] == ["it and its t", "it and its t"]
    begun = text.replace(
        '<string key="who" value="bo"/>',
        '<date key="begin" value="2026-03-03T09:00:00Z"/><string key="who" value="bo"/>',
    )
    assert passed(read(tmp_path, begun, meaning, name="log.xes")) == {
        ("team:data", "team:legal"): (1, 1.0)
    }
    wrong = begun.replace("2026-03-03T09:00:00Z", "then")
    assert "'then'" in rejections(read(tmp_path, wrong, meaning, name="log.xes"))[0][1]


BOMB = """<?xml version="1.0"?>
<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<log><trace><string key="concept:name" value="&b;"/></trace></log>"""
OUTSIDE = """<!DOCTYPE log [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<log><trace><string key="concept:name" value="x">&a;</string></trace></log>"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        ('<!DOCTYPE log SYSTEM "http://example.org/x.dtd"><log/>', "document type"),
        ("<html/>", "it begins with <html>"),
        ("case,activity\n", "damaged"),
        ("<?xml version='1.0'?>", "damaged|begins with no element"),
        (XES[:900], "damaged, or cut off"),
        ("<log>" + "<a>" * 100_000, "damaged"),
        ("<log>\0</log>", "damaged"),
        ("", "empty"),
    ],
)
def test_hostile_xes_is_refused(tmp_path, text, why):
    with pytest.raises(SourceError, match=why):
        read(tmp_path, text, name="log.xes")


def test_xml_without_an_end_of_an_event_is_refused_before_memory_is(tmp_path, monkeypatch):
    monkeypatch.setattr(xes, "LONGEST_SILENCE", 1_000)
    with pytest.raises(SourceError, match="no event ended"):
        read(tmp_path, "<log>" + "<extension/>" * 1_000 + "</log>", name="log.xes")


def test_the_history_of_the_ethereum_proposals_gives_their_canonical_stages(data_folder):
    folder = data_folder / "ethereum-eips"
    meaning = Path(__file__).parents[3] / "examples" / "mappings" / "ethereum-eips-history.toml"
    said = list(IMPORTER.read(path=folder / "eip_history.csv", meaning=meaning))
    canonical = find_importer("tables").read(path=folder / "canonical" / "nodes_Model.csv")
    wanted = {
        each.id: (each.properties["stage"], int(each.properties["stage_day"]))
        for each in canonical
        if isinstance(each, Node)
    }
    found = {
        each.id: (each.properties["stage"], each.properties["stage_day"])
        for each in said
        if isinstance(each, Node)
    }
    assert not rejections(said)
    assert {own_id: found[own_id][0] for own_id in wanted} == {
        own_id: stage for own_id, (stage, _) in wanted.items()
    }
    # A proposal under review that then stagnates is a pilot all the time; the canonical table
    # dates it by its last status, whatever the stage.
    other = {own_id for own_id in wanted if found[own_id] != wanted[own_id]}
    assert len(other) == 40
    assert all(found[own_id][1] < wanted[own_id][1] for own_id in other)
