"""sigs.yaml: groups, who leads them, how often they meet."""

from __future__ import annotations

import pytest

from ownership_graph.readers.documents import parse_yaml
from ownership_graph.readers.kubernetes.community import days_between, groups_in
from ownership_graph.records import Node, Promise, Rejected, Relationship

SIGS = """
sigs:
- dir: sig-apps
  name: Apps
  leadership:
    chairs:
    - {github: Ann, name: Ann A, company: Acme, email: Ann@acme.example}
    - {github: bob, name: Bob B}
    tech_leads:
    - {github: ann, name: Ann A}
    emeritus_leads:
    - {github: eve, name: Eve E}
  meetings:
  - {description: Regular, frequency: biweekly}
  - {description: Triage, frequency: monthly - second Wednesday every month}
  contact:
    liaison: {github: '@lia', name: Lia L}
  subprojects:
  - name: Examples
    leads:
    - {github: bob}
  - owners: [https://example.com/OWNERS]
committees:
- dir: committee-steering
  meetings:
  - frequency: whenever needed
  contact:
    liaison: {github: bob}
  leadership:
    chairs:
    - {github: bob, name: ''}
    - {name: no login}
workinggroups:
- name: No Folder
"""


def said(text):
    [document] = parse_yaml(text, name="sigs.yaml", doing="testing")
    return list(groups_in(document, "sigs.yaml"))


def test_groups_people_and_meetings():
    records = said(SIGS)

    assert [each for each in records if isinstance(each, Node) and each.label == "Team"] == [
        Node(
            "Team",
            "community:sig-apps",
            {"kind": "team", "status": "active", "name": "Apps", "meets_every_days": 14},
            "sigs.yaml",
        ),
        Node(
            "Team",
            "community:sig-apps/examples",
            {"kind": "team", "status": "active", "name": "Examples"},
            "sigs.yaml",
        ),
        Node(
            "Team",
            "community:committee-steering",
            {"kind": "committee", "status": "active"},
            "sigs.yaml",
        ),
    ]
    ties = [each for each in records if isinstance(each, Relationship)]
    assert [(each.type, each.from_id, each.to_id, each.properties) for each in ties] == [
        (
            "MEMBER_OF",
            "gh:ann",
            "community:sig-apps",
            {"role": "lead", "post": "chair, tech lead"},
        ),
        ("MEMBER_OF", "gh:bob", "community:sig-apps", {"role": "lead", "post": "chair"}),
        ("MEMBER_OF", "gh:lia", "community:sig-apps", {"role": "liaison"}),
        ("MEMBER_OF", "gh:bob", "community:sig-apps/examples", {"role": "lead", "post": "lead"}),
        ("PART_OF", "community:sig-apps/examples", "community:sig-apps", {}),
        ("MEMBER_OF", "gh:bob", "community:committee-steering", {"role": "lead", "post": "chair"}),
    ]
    people = {
        each.id: each.properties
        for each in records
        if isinstance(each, Node) and each.label == "Person"
    }
    assert people == {
        "gh:ann": {
            "kind": "human",
            "name": "Ann A",
            "company": "Acme",
            "email": "ann@acme.example",
        },
        "gh:bob": {"kind": "human", "name": "Bob B"},
        "gh:eve": {"kind": "human", "name": "Eve E"},
        "gh:lia": {"kind": "human", "name": "Lia L"},
    }
    assert [each.why[:40] for each in records if isinstance(each, Rejected)] == [
        "a group of workinggroups has no 'dir', so it"[:40],
        "the meeting frequency 'whenever needed' of"[:40],
    ]
    assert {each.need for each in records if isinstance(each, Promise)} == {
        "Team", "Person", "MEMBER_OF", "PART_OF",
    }  # fmt: skip


@pytest.mark.parametrize("text", ["[]", "a", "sigs: {a: b}", "sigs: [a, [b]]", "other: 1"])
def test_another_shape_holds_no_groups(text):
    assert all(isinstance(each, Promise | Rejected) for each in said(text))


@pytest.mark.parametrize(
    ("frequency", "days"),
    [
        ("weekly", 7),
        ("Weekly (every Tuesday)", 7),
        ("biweekly", 14),
        ("bi-weekly, alternating", 14),
        ("fortnightly", 14),
        ("every other week", 14),
        ("every two weeks", 14),
        ("Every 4 weeks", 28),
        ("every 3 months", 90),
        ("triweekly", 21),
        ("monthly", 30),
        ("first and third Thursday of the month", 14),
        ("2nd & 4th Monday every month", 14),
        ("second Wednesday every month", 30),
        ("once a month", 30),
        ("bimonthly", 61),
        ("quarterly", 91),
        ("each quarter", 91),
        ("daily", 1),
        ("every day", 1),
        ("yearly", 365),
        ("ad hoc", None),
        ("every 100 weeks", None),
        ("", None),
    ],
)
def test_how_often_they_meet(frequency, days):
    assert days_between(frequency) == days
