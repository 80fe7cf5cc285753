"""LDAP: a real OpenLDAP over TLS, and what Active Directory alone does, recorded."""

from __future__ import annotations

import socket
import sys
import threading
from datetime import UTC, datetime

import pytest
from servers.openldap import certificate, running_openldap
from servers.recorded_ldap import Found, RecordedLdap, tagged
from stated import nodes, ties, whys

from ownership_graph.errors import SettingsError, SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.readers.ldap import connecting
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship

LDAP = find_importer("ldap")
NOW = datetime(2026, 11, 23, tzinfo=UTC)
PEOPLE = "ou=people,dc=example,dc=org"
TEAMS = "ou=teams,dc=example,dc=org"
HIDDEN = "ou=hidden,dc=example,dc=org"
NO_ID = (
    "it has no e-mail address and no login of its own,"
    " so that nothing tells other systems who it is"
)


@pytest.fixture(autouse=True)
def password(monkeypatch):
    monkeypatch.setenv("LDAP_PASSWORD", "secret")


@pytest.fixture
def options(openldap):
    return {
        "url": openldap.ldaps,
        "base": openldap.base,
        "teams": "(cn=team-*)",
        "user": openldap.admin,
        "password": "env:LDAP_PASSWORD",
        "authority": openldap.authority,
    }


@pytest.fixture
def read(options):
    return lambda **more: list(LDAP.read(**{**options, **more}))


def test_persons_teams_and_managers(read):
    said = read(
        base="ou=people,dc=example,dc=org",
        teams_base=TEAMS,
        department="department",
        lead="owner",
        services=("svc-*",),
    )

    assert nodes(said) == {
        "ada@example.org": {"name": "Ada Okafor", "login": "ada"},
        "bo@example.org": {"name": "Bō Lin", "login": "bo"},
        "cy@example.org": {"name": "Cy Vale", "status": "left", "login": "cy"},
        "di": {"name": "Di Moss", "status": "left", "email": "office@example.org"},
        "em": {"name": "Em Noor", "email": "office@example.org"},
        "svc-backup": {"name": "Backup", "kind": "service"},
    }
    assert ties(said, "REPORTS_TO") == {
        ("bo@example.org", "ada@example.org"),
        ("cy@example.org", "bo@example.org"),
    }
    assert ties(said, "PART_OF") == {("team:team-claims", "team:team-board")}
    assert ties(said, "MEMBER_OF") == {
        ("ada@example.org", "team:team-board"),
        ("bo@example.org", "team:team-board"),
        ("bo@example.org", "team:claims"),
        ("cy@example.org", "team:team-claims"),
        ("em", "team:team-claims"),
    }
    leads = [each for each in said if type(each) is Relationship and each.properties]
    assert [(each.from_id, each.properties) for each in leads] == [
        ("ada@example.org", {"role": "lead"})
    ]
    assert [each.need for each in said if type(each) is Promise] == [
        "Person", "Team", "MEMBER_OF", "REPORTS_TO",
    ]  # fmt: skip
    assert whys(said, Partial) == []


def test_a_server_that_knows_nothing_of_windows(options, tmp_path):
    ldif = tmp_path / "plain.ldif"
    ldif.write_text(
        "dn: dc=example,dc=org\nobjectClass: dcObject\nobjectClass: organization\n"
        "dc: example\no: Example\n\n"
        "dn: uid=ada,dc=example,dc=org\nobjectClass: inetOrgPerson\nuid: ada\ncn: Ada\nsn: A\n"
    )
    with running_openldap(tmp_path, ldif, ("core", "cosine", "inetorgperson")) as plain:
        more = {"url": plain.ldaps, "authority": plain.authority}
        assert nodes(LDAP.read(**{**options, **more})) == {"ada": {"name": "Ada"}}


def test_what_cannot_be_taken_is_told_with_its_entry(read):
    said = read(base=PEOPLE, teams_base=TEAMS)

    told = {(each.file, each.why.partition(".")[0]) for each in said if type(each) is Rejected}
    gone = "is neither a person nor a group that was read"
    assert told == {
        (
            f"cn=Nobody,{PEOPLE}",
            NO_ID,
        ),
        (
            f"uid=di,{PEOPLE}",
            f"the manager 'uid=gone,{PEOPLE}' is not among the persons that were read",
        ),
        (
            f"cn=team-claims,{TEAMS}",
            f"the member 'uid=gone,{PEOPLE}' of the group 'team-claims' {gone}",
        ),
        (
            f"cn=team-claims,{TEAMS}",
            f"the member 'cn=printer,{HIDDEN}' of the group 'team-claims' {gone}",
        ),
    }


def test_accounts_of_active_directory(read):
    said = read(base="ou=windows,dc=example,dc=org", teams="(cn=Risk)")

    assert nodes(said) == {
        "jane": {"status": "active"},
        "jane-admin": {"status": "left"},
        "linked": {},
        "mailbox": {"kind": "shared_mailbox"},
    }
    assert ties(said, "MEMBER_OF") == {("mailbox", "team:risk"), ("jane", "team:risk")}
    assert whys(said) == []
    assert whys(said, Partial) == []


def test_groups_of_unix_name_logins_and_numbers(read):
    said = read(base="ou=unix,dc=example,dc=org", teams="(objectClass=posixGroup)")

    assert ties(said, "MEMBER_OF") == {("zoe", "team:wheel"), ("root", "team:wheel")}
    assert [each.partition(" of")[0] for each in whys(said)] == ["the member 'ghost'"]


def test_two_groups_of_one_name_are_not_taken_for_one(read):
    said = read(base=PEOPLE, teams_base="ou=odd,dc=example,dc=org", teams="(cn=ops)")

    assert len([each for each in said if type(each) is Node and each.label == "Team"]) == 1
    assert any("is called 'Ops', too" in each for each in whys(said))


def test_no_group_is_a_team_that_no_filter_takes(read):
    said = read(base=PEOPLE, teams="(cn=none)")

    assert not [each for each in said if type(each) is Node and each.label == "Team"]
    assert Promise("MEMBER_OF") not in said


def test_pages_are_put_together_and_starttls_reads_the_same(read, openldap):
    whole = read(page=3)

    assert whole[:20] == read()[:20]
    assert len(whole) == len(read(url=openldap.ldap))
    assert set(map(str, whole)) == set(map(str, read()))


def test_a_page_holds_something(read):
    with pytest.raises(UsageError, match="0 entries at a time are no page"):
        read(page=0)


def test_what_another_server_keeps_makes_it_partial(read):
    [why] = whys(read(base="ou=elsewhere,dc=example,dc=org"), Partial)

    assert "a part of 'ou=elsewhere,dc=example,dc=org' is kept elsewhere" in why
    assert "ldap://branch.example.org" in why


def test_a_size_limit_makes_it_partial_and_nothing_goes(options, embedded_store, openldap):
    options |= {"base": PEOPLE, "teams_base": TEAMS}
    before = load(embedded_store, Order("people", LDAP, options), now=NOW)
    options["user"] = f"cn=limited,{openldap.base}"

    after = load(embedded_store, Order("people", LDAP, options), now=NOW)

    assert before.partial == ()
    assert "its size limit is exceeded" in after.partial[0].why
    assert (after.removed, after.departed) == (0, 0)


def test_who_is_no_longer_there_has_left(options, embedded_store):
    options |= {"base": PEOPLE, "teams_base": TEAMS}
    load(embedded_store, Order("people", LDAP, options), now=NOW)
    options["people"] = "(&(objectClass=inetOrgPerson)(!(uid=em)))"

    assert load(embedded_store, Order("people", LDAP, options), now=NOW).departed == 1


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"base": "ou=nowhere,dc=example,dc=org"}, "has no entry 'ou=nowhere,dc=example,dc=org'"),
        ({"base": "ou=branch,ou=elsewhere,dc=example,dc=org"}, "is kept by another server"),
        ({"base": "nonsense"}, "the server answers invalidDNSyntax"),
        ({"teams": "(cn=team"}, "Check"),
        ({"teams": ""}, "Check"),
        ({"user": "cn=nobody,dc=example,dc=org"}, "refuses the name and the password"),
        ({"user": "nobody"}, "does not let us in: invalidDNSyntax"),
        ({"user": "", "password": None}, "insufficientAccessRights|has no entry"),
        ({"url": "ldaps://127.0.0.1:1"}, "Check the address, and whether the server runs."),
        ({"authority": None}, r"cannot be trusted \([^(]*self-signed certificate \(_ssl"),
    ],
)  # fmt: skip
def test_a_directory_that_does_not_answer_as_it_should(read, changed, told):
    with pytest.raises(SourceError, match=told) as failed:
        read(**changed)
    assert str(failed.value).startswith("reading the directory: ")
    assert "secret" not in str(failed.value)


@pytest.mark.parametrize(
    "url",
    ["https://h", "ldap:///", "host", "ldaps://u:p@h", "ldaps://h/dc=x", "ldaps://h:port", "ldaps://["],
)  # fmt: skip
def test_an_address_that_is_none(read, url):
    with pytest.raises(UsageError, match="is not ldaps://host or ldap://host"):
        read(url=url)


def test_user_and_password_belong_together_and_are_not_blank(read, monkeypatch):
    with pytest.raises(UsageError, match="belong together"):
        read(user="")
    with pytest.raises(UsageError, match="belong together"):
        read(password=None)
    monkeypatch.setenv("LDAP_PASSWORD", "")
    with pytest.raises(UsageError, match="the password is blank"):
        read()
    monkeypatch.delenv("LDAP_PASSWORD")
    with pytest.raises(SettingsError, match="LDAP_PASSWORD is not set"):
        read()


def test_the_certificate_is_for_the_name_that_was_asked(read, openldap, tmp_path):
    with pytest.raises(SourceError, match="its certificate cannot be trusted"):
        read(authority=certificate(tmp_path))
    for text in ("no certificate", None):
        file = tmp_path / "none.pem"
        file.write_text(text) if text else file.unlink()
        with pytest.raises(SourceError, match="must be a file in the form PEM"):
            read(authority=file)


def test_without_the_package_the_command_that_installs_it_is_told(options, monkeypatch):
    for name in list(sys.modules):
        if name.startswith("ownership_graph.readers.ldap"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ldap3", None)

    with pytest.raises(SourceError, match=r"pip install 'ownership-graph\[ldap\]'"):
        list(LDAP.read(**options))


def recorded(folder, answer, **options):
    with RecordedLdap(folder, answer, **options.pop("server", {})) as server:
        given = {
            "base": "dc=x",
            "teams": "(cn=*)",
            "authority": server.authority,
            "url": server.url,
        }
        return list(LDAP.read(**{**given, **options}))


def test_a_certificate_for_another_name_is_refused(tmp_path):
    with RecordedLdap(tmp_path, lambda _: ([], 0)) as server:
        certificate(tmp_path, "other.example", "DNS:b")
        server.tls.load_cert_chain(server.authority, tmp_path / "key.pem")
        with pytest.raises(SourceError, match="certificate cannot be trusted"):
            list(
                LDAP.read(url=server.url, base="dc=x", teams="(cn=*)", authority=server.authority)
            )


def members(first, last, *, is_last=False):
    end = "*" if is_last else last
    return {f"member;range={first}-{end}": [f"cn=p{each},dc=x" for each in range(first, last + 1)]}


def many(answers):
    """Five persons, and a team whose members are given out in ranges."""
    user = {"objectClass": ["user"]}

    def answer(asked):
        if "member" in asked.attributes:
            return [Found("cn=t,dc=x", {"cn": ["t"], "member": [], **answers[0]})], 0
        if asked.base == "cn=t,dc=x":
            found = next(
                (each for each in answers[1:] if asked.attributes[0] in each[0]), ("", {})
            )
            return [Found("cn=t,dc=x", found[1])], 0
        return [
            Found(f"cn=p{each},dc=x", {**user, "sAMAccountName": [f"p{each}"]})
            for each in range(5)
        ], 0

    return answer


def test_long_attributes_come_in_ranges(tmp_path):
    said = recorded(
        tmp_path,
        many([
            members(0, 1),
            ("member;range=2-*", members(2, 3)),
            ("member;range=4-*", members(4, 4, is_last=True)),
        ]),
    )  # fmt: skip

    assert ties(said, "MEMBER_OF") == {(f"p{each}", "team:t") for each in range(5)}
    assert whys(said, Partial) == []


@pytest.mark.parametrize(
    ("rest", "count"),
    [
        ([], 2),
        ([("member;range=2-*", {})], 2),
        ([("member;range=2-*", members(3, 4, is_last=True))], 2),
        ([("member;range=2-*", {"member;range=2-3": []})], 2),
        ([("member;range=2-*", members(2, 3)), ("member;range=4-*", {})], 4),
    ],
)
def test_a_range_that_is_missing_makes_it_partial(tmp_path, rest, count):
    said = recorded(tmp_path, many([members(0, 1), *rest]))

    assert len(ties(said, "MEMBER_OF")) == count
    [why] = whys(said, Partial)
    assert why.endswith(f"of 'cn=t,dc=x' only the first {count} values of member were given.")


def test_a_member_that_cannot_be_looked_up_fails_the_source(tmp_path):
    def answer(asked):
        if asked.base == "cn=busy,dc=x":
            return [], 51
        return [Found("cn=t,dc=x", {"cn": ["t"], "member": ["cn=busy,dc=x"]})], 0

    with pytest.raises(SourceError, match="the server answers busy"):
        recorded(tmp_path, answer)


def test_a_server_that_lets_nobody_in_and_one_without_starttls(tmp_path):
    with pytest.raises(SourceError, match=r"does not let us in: .*as recorded"):
        recorded(tmp_path, lambda _: ([], 0), server={"bind": 53})


@pytest.mark.parametrize(
    "garbage",
    [b"HTTP/1.1 400 Bad Request\r\n\r\n", tagged(0x30, b"\2\1"), b"\x30\x84\0\0\0\1\xff"],
)  # fmt: skip
def test_what_is_no_ldap_is_told(tmp_path, garbage, monkeypatch):
    monkeypatch.setattr(connecting, "SILENCE", 1)
    with pytest.raises(SourceError, match="reading the directory: ldaps://127"):
        recorded(tmp_path, lambda _: garbage)


@pytest.mark.parametrize(("limit", "value"), [("LARGEST", 2000), ("LONGEST", -1.0)])
def test_an_answer_without_end_is_given_up(tmp_path, monkeypatch, limit, value):
    monkeypatch.setattr(connecting, limit, value)
    entries = [Found(f"cn=p{each}", {"cn": ["x" * 100]}) for each in range(100)]

    with pytest.raises(SourceError, match=r"Ask for smaller pages|ask for less"):
        recorded(tmp_path, lambda _: (entries, 0))


def test_a_server_that_speaks_no_tls(monkeypatch):
    monkeypatch.setattr(connecting, "SILENCE", 2)

    def refuse(listening):
        client, _ = listening.accept()
        asked = client.recv(1000)
        number = asked[4 : 4 + asked[3]]
        client.sendall(
            tagged(0x30, tagged(2, number), tagged(0x78, tagged(10, b"\x02"), b"\4\0\4\0"))
        )
        client.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=refuse, args=(listening,), daemon=True).start()
        url = f"ldap://127.0.0.1:{listening.getsockname()[1]}"
        with pytest.raises(SourceError, match="it does not speak StartTLS"):
            list(LDAP.read(url=url, base="dc=x", teams="(cn=*)"))
