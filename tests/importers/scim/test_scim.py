"""SCIM: exports in every form, and a server that pages, hides, limps and lies."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from servers.recorded_answers import Answer, cut_off, expired, failed, moved, too_many
from stated import nodes, ties, whys

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship

SCIM = find_importer("scim")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
NO_ID = (
    "it has no e-mail address and no login of its own,"
    " so that nothing tells other systems who it is"
)
USER, GROUP = (f"urn:ietf:params:scim:schemas:core:2.0:{each}" for each in ("User", "Group"))
MORE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
ADA = {
    "schemas": [USER, MORE],
    "id": "1",
    "userName": "ada",
    "displayName": "Ada Okafor",
    "active": True,
    "emails": [
        {"value": "ada@home.org", "type": "home"},
        {"value": "Ada@Example.org", "type": "work", "primary": True},
    ],
    MORE: {"department": "Board", "employeeNumber": "7"},
}
BO = {
    "schemas": [USER, MORE],
    "id": "2",
    "userName": "bo@example.org",
    "name": {"givenName": "Bo", "familyName": "Lin"},
    "active": False,
    MORE: {"department": "N/A", "manager": {"value": "1", "displayName": "Ada Okafor"}},
}
CLAIMS = {
    "schemas": [GROUP],
    "id": "3",
    "displayName": "Claims",
    "members": [{"value": "2", "type": "User"}, {"value": "4", "type": "Group"}],
}
INNER = {"schemas": [GROUP], "id": "4", "displayName": "All staff", "members": [{"value": "1"}]}


def listed(*resources, total=None, **more):
    count = len(resources) if total is None else total
    return {"totalResults": count, "Resources": list(resources), **more}


@pytest.fixture
def read(tmp_path):
    def read(data, **options):
        file = tmp_path / "people.json"
        file.write_text(json.dumps(data))
        return list(SCIM.read(**{"path": file, "teams": ["*"], **options}))

    return read


@pytest.fixture
def ask(server, monkeypatch):
    monkeypatch.setenv("SCIM_TOKEN", "t0ken")

    def ask(**options):
        url = f"{server.url}/scim/v2"
        given = {"url": url, "token": "env:SCIM_TOKEN", "teams": ["*"], **options}
        return list(SCIM.read(**given))

    return ask


def test_the_smallest_true_input(read):
    assert read([ADA, BO, CLAIMS]) == [
        Node("Team", "team:claims", {"name": "Claims"}, "Groups/3"),
        Node(
            "Person",
            "ada@example.org",
            {"name": "Ada Okafor", "status": "active", "login": "ada"},
            "Users/1",
        ),
        Node("Team", "team:board", {"name": "Board"}, "Users/1"),
        Relationship(
            "MEMBER_OF", "Person", "ada@example.org", "Team", "team:board", {}, "Users/1"
        ),
        Node("Person", "bo@example.org", {"name": "Bo Lin", "status": "left"}, "Users/2"),
        Relationship(
            "REPORTS_TO", "Person", "bo@example.org", "Person", "ada@example.org", {}, "Users/2"
        ),
        Relationship(
            "MEMBER_OF", "Person", "bo@example.org", "Team", "team:claims", {}, "Groups/3"
        ),
        Rejected(
            "Groups/3",
            0,
            "the member '4' of the group 'Claims' is neither a person nor a group that was read."
            " Was it deleted?",
            "rels_MEMBER_OF",
            {"from_label": "Person", "from": "4", "to_label": "Team", "to": "team:claims"},
        ),
        Promise("Person"),
        Promise("Team"),
        Promise("MEMBER_OF"),
        Promise("REPORTS_TO"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        listed(ADA, BO, CLAIMS, INNER),
        [listed(ADA, total=2), listed(BO, total=2), listed(CLAIMS, INNER)],
        {"Users": [ADA, BO], "Groups": [CLAIMS, INNER]},
        {"users": listed(ADA, BO), "groups": listed(CLAIMS, INNER)},
        [
            {name.upper(): value for name, value in each.items()}
            for each in (ADA, BO, CLAIMS, INNER)
        ],
    ],
)  # fmt: skip
def test_exports_come_in_many_forms(read, data):
    assert ties(read(data), "MEMBER_OF") == {
        ("ada@example.org", "team:board"),
        ("ada@example.org", "team:all-staff"),
        ("bo@example.org", "team:claims"),
    }


def test_a_group_inside_is_a_part_or_is_opened(read):
    assert ties(read([ADA, BO, CLAIMS, INNER]), "PART_OF") == {("team:all-staff", "team:claims")}

    said = read([ADA, BO, CLAIMS, INNER], teams=["cl*"])
    assert ties(said, "PART_OF") == set()
    assert ("ada@example.org", "team:claims") in ties(said, "MEMBER_OF")


def test_no_group_is_a_team_unless_somebody_says_so(read):
    said = read([ADA, BO, CLAIMS, INNER], teams=[])

    assert ties(said, "MEMBER_OF") == {("ada@example.org", "team:board")}
    [told] = whys(said, Rejected)
    assert told == (
        "2 groups were left aside, such as 'All staff', 'Claims': licences, rights and mailing"
        " lists are groups, too, so which of them are teams is for you to say, by name: --teams"
        " 'team-*', or in the settings teams = [\"team-*\"]. With * all are, and with a blank text"
        " none is."
    )
    assert whys(read([ADA, BO, CLAIMS, INNER], teams=[""]), Rejected) == []
    assert whys(read([ADA], teams=[]), Rejected) == []
    assert whys(read([ADA, CLAIMS], teams=[]), Rejected)[0].startswith("1 group was left aside")


def test_a_folder_of_files(tmp_path):
    (tmp_path / "users.json").write_text(json.dumps(listed(ADA, BO)))
    (tmp_path / "groups.json").write_text(json.dumps(listed(CLAIMS, INNER)))
    (tmp_path / "readme.txt").write_text("no JSON")

    assert ("bo@example.org", "team:claims") in ties(
        SCIM.read(path=tmp_path, teams=["*"]), "MEMBER_OF"
    )


@pytest.mark.parametrize("active", [False, "False", "false"])
def test_who_is_not_active_has_left(read, active):
    assert nodes(read([{"id": "1", "userName": "x", "active": active}])) == {
        "x": {"status": "left"}
    }


def test_an_account_that_says_nothing_of_it_is_neither_here_nor_gone(read):
    assert nodes(read([{"id": "1", "userName": "svc-x"}], services=["svc-*"])) == {
        "svc-x": {"kind": "service"}
    }


@pytest.mark.parametrize(
    "manager",
    [
        "1", "ADA", "ada@example.org", {"value": "1"}, {"value": "Ada@Example.org"},
        {"managerId": "1"}, {"$ref": "https://h/scim/v2/Users/1"}, {"value": "x", "$ref": "U/1"},
    ],
)  # fmt: skip
def test_a_manager_is_named_in_many_ways(read, manager):
    said = read([ADA, {**BO, MORE: {"manager": manager}}])

    assert ties(said, "REPORTS_TO") == {("bo@example.org", "ada@example.org")}


def test_the_extension_of_scim_1_is_read_too(read):
    old = {"urn:scim:schemas:extension:enterprise:1.0": {"manager": {"managerId": "1"}}}

    assert ties(read([ADA, {"id": "2", "userName": "bo", **old}]), "REPORTS_TO")


@pytest.mark.parametrize(
    ("emails", "expected"),
    [
        ([{"value": "a@b.org"}, {"value": "c@d.org", "type": "work"}], "c@d.org"),
        ([{"value": "no address"}, {"value": "C@d.org"}], "c@d.org"),
        (["a@b.org"], "a@b.org"),
        ("a@b.org", "a@b.org"),
        ({"value": "a@b.org"}, "a@b.org"),
        (7, "x"),
        ([], "x"),
    ],
)
def test_the_address_of_an_account(read, emails, expected):
    assert list(nodes(read([{"id": "1", "userName": "x", "emails": emails}]))) == [expected]


def test_memberships_that_only_the_user_lists(read):
    groups = [{"value": "3"}, {"$ref": "../Groups/4", "type": "direct"}, {"value": "9"}]
    indirect = {"value": "3", "type": "indirect"}
    bare = {name: value for name, value in CLAIMS.items() if name != "members"}
    said = read([
        {**ADA, "groups": groups, MORE: {}},
        {**BO, "groups": [indirect]},
        bare,
        {**INNER, "members": []},
    ])  # fmt: skip

    assert ties(said, "MEMBER_OF") == {
        ("ada@example.org", "team:claims"),
        ("ada@example.org", "team:all-staff"),
    }


def test_members_that_are_bare_ids(read):
    assert ties(read([ADA, {**CLAIMS, "members": ["1"]}]), "MEMBER_OF") >= {
        ("ada@example.org", "team:claims")
    }


def test_groups_without_members_promise_nothing_of_members(read):
    said = read([BO, {"schemas": [GROUP], "id": "3", "displayName": "Claims"}])

    assert Promise("Team") in said
    assert Promise("MEMBER_OF") not in said


def test_a_dirty_export(read):
    said = read([
        {"userName": "no id"},
        {"id": "5", "schemas": [USER]},
        {"id": "6", "userName": "six", MORE: {"manager": "ghost"}},
        {"id": "7", "displayName": "", "members": []},
        {"id": "8", "meta": {"resourceType": "Device"}},
        "text", 7, None,
        {"id": "6", "userName": "six", "active": True},
        {"id": "9", "userName": "nine", MORE: {"manager": "ghost"}},
    ])  # fmt: skip

    assert nodes(said) == {"six": {"status": "active"}, "nine": {}}
    assert [each.partition(".")[0] for each in whys(said, Rejected)] == [
        NO_ID,
        "the manager 'ghost' is not among the persons that were read",
        "no id has no id, by which others could name it",
    ]


def test_a_total_that_nobody_can_have_counts_as_none(read):
    assert whys(read(listed(ADA, total="9" * 5_000)), Partial) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (listed(ADA, total=3), "it says that there are 3 users, and holds 1. Export all pages."),
        ([listed(ADA), listed(CLAIMS, total=2)], "it says that there are 2 groups, and holds 1"),
        ([listed(ADA), listed(total=4)], "it says that there are 4 users, and holds 1"),
    ],
)
def test_an_export_of_one_page_is_partial(read, data, told):
    [why] = whys(read(data), Partial)
    assert told in why


@pytest.mark.parametrize("data", [[], {}, 7, listed(CLAIMS), {"value": [ADA]}, {"a": {"b": ADA}}])
def test_a_file_without_users_is_no_export(read, data):
    if data == {"value": [ADA]}:
        assert nodes(read(data))
        return
    with pytest.raises(SourceError, match="no user of SCIM is there"):
        read(data)


def test_hostile_files(tmp_path):
    file = tmp_path / "people.json"
    for text in ("[" * 100_000, '{"id": "\\ud800"', "\0", "[1,"):
        file.write_text(text)
        with pytest.raises(SourceError, match="reading people over SCIM"):
            list(SCIM.read(path=file))
    deep = {
        "id": "1",
        "userName": "x",
        "emails": [[[[[[[[[[[["deep"]]]]]]]]]]]],
        "name": "\x1b[31m",
    }
    file.write_text(json.dumps([deep]))
    assert nodes(SCIM.read(path=file)) == {"x": {}}


def test_a_path_or_an_address_and_a_page(tmp_path):
    with pytest.raises(UsageError, match="Not both, not neither"):
        list(SCIM.read())
    with pytest.raises(UsageError, match="Not both, not neither"):
        list(SCIM.read(path=tmp_path, url="https://h"))
    with pytest.raises(UsageError, match="0 at a time are no page"):
        list(SCIM.read(url="https://h", page_size=0))


def test_pages_are_asked_for_one_after_the_other(ask, server):
    server.on("/scim/v2/Users?startIndex=1", too_many(), failed(), listed(ADA, total=2))
    server.on("/scim/v2/Users?startIndex=2", listed(BO, total=2))
    server.on("/scim/v2/Groups", listed(CLAIMS, INNER))

    said = ask(page_size=1)

    assert list(nodes(said)) == ["ada@example.org", "bo@example.org"]
    assert whys(said, Partial) == []
    assert server.asked == [
        *["/scim/v2/Users?startIndex=1&count=1"] * 3,
        "/scim/v2/Users?startIndex=2&count=1",
        "/scim/v2/Groups?startIndex=1&count=1",
    ]
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer t0ken"}
    assert server.requests[0].headers["accept"].startswith("application/scim+json")


def test_a_server_may_page_by_cursors(ask, server):
    server.on("/scim/v2/Users?startIndex=1", listed(ADA, total=2, nextCursor="b c"))
    server.on("/scim/v2/Users?cursor=b c", listed(BO, total=2))

    assert list(nodes(ask(teams=[""]))) == ["ada@example.org", "bo@example.org"]
    assert server.asked[1:] == ["/scim/v2/Users?cursor=b+c&count=100"]


def test_rows_that_are_hidden_make_it_partial_and_nothing_goes(server, embedded_store):
    order = Order("people", SCIM, {"url": server.url, "teams": ("",)})
    server.on("/Users", listed(ADA, BO), listed(ADA, total=2), listed(total=2))
    load(embedded_store, order, now=NOW)

    after = load(embedded_store, order, now=NOW)

    assert (after.removed, after.departed) == (0, 0)
    assert "it says that there are 2 Users, and gave 1" in after.partial[0].why


def test_who_is_no_longer_there_has_left(server, embedded_store):
    order = Order("people", SCIM, {"url": server.url, "teams": ("",)})
    server.on("/Users", listed(ADA, BO), listed(BO))
    load(embedded_store, order, now=NOW)

    assert load(embedded_store, order, now=NOW).departed == 1


def test_a_server_that_gives_the_same_page_for_ever_is_left(ask, server):
    server.on("/scim/v2/Users", listed(ADA, total=1000, nextCursor="again"))

    said = ask(teams=[""])

    assert len(server.asked) == 2
    assert "gave 1" in whys(said, Partial)[0]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ({"items": []}, "is no list of SCIM"),
        (listed(ADA, total="many"), "is no list of SCIM"),
        (listed(ADA, total="9" * 5_000), "is no list of SCIM"),
        ("<html>", "is no JSON"),
        (expired(), "Renew it"),
        (Answer({}, 404), "Is this the address of its API"),
        (failed(501), "it answered 501"),
        (moved("https://elsewhere.example/scim"), "was not followed"),
        (cut_off(listed(ADA)), "the line broke"),
    ],
)
def test_a_server_that_does_not_answer_as_it_should(ask, server, answer, told, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.FIRST_WAIT", 0.001)
    monkeypatch.setattr("ownership_graph.readers.web.JITTER", 0.001)
    server.on("/scim/v2/Users", answer)

    with pytest.raises(SourceError, match=told) as caught:
        ask()
    assert "t0ken" not in str(caught.value)


def test_the_next_page_is_never_elsewhere(ask, server, elsewhere):
    server.on("/scim/v2/Users?startIndex=1", listed(ADA, total=2, nextCursor=elsewhere.url))
    server.on("/scim/v2/Users?cursor", listed(BO, total=2))
    server.on("/scim/v2/Users", listed(BO, total=2))

    assert len(nodes(ask(teams=[""]))) == 2
    assert elsewhere.asked == []


def test_a_name_and_a_password(ask, server):
    server.on("/scim/v2/Users", listed(ADA))

    ask(user="jo", teams=[""])

    assert server.requests[0].headers["authorization"].startswith("Basic ")


def test_exports_are_recognised_in_a_folder(tmp_path):
    (tmp_path / "package.json").write_text("{}")
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "people.json").write_text(json.dumps([ADA]))
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "users.json").write_text(json.dumps(listed(ADA)))
    (tmp_path / "two" / "groups.json").write_text(json.dumps(listed(CLAIMS)))
    (tmp_path / "two" / "more").mkdir()
    (tmp_path / "two" / "more" / "users.json").write_text(json.dumps(listed(BO)))

    found = [each.path.relative_to(tmp_path) for each in SCIM.recognise(look_round(tmp_path))]

    assert [each.as_posix() for each in found] == ["one/people.json", "two"]
    assert all(nodes(SCIM.read(path=tmp_path / each)) for each in found)
