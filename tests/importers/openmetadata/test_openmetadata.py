"""OpenMetadata: files in every form, and a server that pages, hides and limps."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from servers.recorded_answers import expired, failed, moved, too_many

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Partial, Rejected, Relationship

OPENMETADATA = find_importer("openmetadata")
FILE = "export"


def reference(kind, own_id, **said):
    return {"id": own_id, "type": kind, "name": own_id, "fullyQualifiedName": own_id, **said}


def entity(kind, own_id, **said):
    href = f"https://om.example/api/v1/{kind}s/{own_id}"
    return {"id": own_id, "name": own_id, "fullyQualifiedName": own_id, "href": href, **said}


def feature(*sources):
    return {"name": "f", "featureSources": [{"name": "s", "dataSource": each} for each in sources]}


def page(*entities, total=None, after=None):
    paging = {"total": len(entities) if total is None else total}
    return {"data": list(entities), "paging": paging | ({"after": after} if after else {})}


CLAIMS = entity(
    "table",
    "claims",
    fullyQualifiedName="hive.db.claims",
    displayName="Claims",
    columns=[],
    owners=[reference("user", "bob")],
)
CLAIMS_REF = reference("table", "claims", fullyQualifiedName="hive.db.claims")
TRIAGE = entity(
    "mlmodel",
    "triage",
    fullyQualifiedName="mlflow.triage",
    displayName="Claims triage",
    algorithm="xgboost",
    service=reference("mlmodelService", "mlflow"),
    owners=[reference("team", "risk"), reference("user", "ann", inherited=True)],
    mlFeatures=[feature(CLAIMS_REF, None), feature(CLAIMS_REF)],
)
RISK = entity(
    "team",
    "risk",
    displayName="Risk",
    teamType="Group",
    parents=[reference("team", "corp"), {"type": "team"}],
    users=[{"type": "user"}],
    owners=[reference("user", "ann")],
)
CORP = entity("team", "corp", teamType="Organization", users=[reference("user", "eve")])
ANN = entity(
    "user", "ann", email="Ann@corp.example", displayName="Ann", teams=[reference("team", "risk")]
)
BOB = entity(
    "user", "bob", email="bob@corp.example", deleted=True, teams=[reference("team", "risk")]
)
EVE = entity("user", "eve", email="eve@corp.example")
LINEAGE = {
    "entity": reference("mlmodel", "triage"),
    "nodes": [
        reference("topic", "calls", fullyQualifiedName="kafka.calls"),
        reference("mlmodel", "bert", fullyQualifiedName="hub.bert"),
        reference("pipeline", "nightly"),
        CLAIMS_REF,
    ],
    "upstreamEdges": [
        {"fromEntity": each, "toEntity": "triage"}
        for each in ("calls", "claims", "bert", "nightly", "triage", "calls")
    ],
    "downstreamEdges": [{"fromEntity": "triage", "toEntity": "dashboard"}],
}
ALL = [page(TRIAGE), page(CLAIMS), page(RISK, CORP), page(ANN, BOB, EVE)]
MODEL, DATA, TEAM = (
    ("Model", "om:mlflow.triage"),
    ("Dataset", "om:hive.db.claims"),
    ("Team", "om:team/risk"),
)
CALLS, ABOVE = ("Dataset", "om:kafka.calls"), ("Team", "om:team/corp")
A, B = ("Person", "ann@corp.example"), ("Person", "bob@corp.example")


def said(file):
    def node(end, **properties):
        return Node(*end, properties, file)

    def tie(type_, start, end, **properties):
        return Relationship(type_, *start, *end, properties, file)

    return [
        node(MODEL, name="Claims triage", kind="xgboost"),
        tie("OWNS", TEAM, MODEL, role="accountable"),
        tie("OWNS", A, MODEL, role="accountable", confidence=0.4),
        tie("DEPENDS_ON", MODEL, DATA, kind="trained_on"),
        tie("DEPENDS_ON", MODEL, CALLS),
        tie("DEPENDS_ON", MODEL, ("Model", "om:hub.bert")),
        node(DATA, name="Claims", kind="table"),
        tie("OWNS", B, DATA, role="responsible"),
        node(CALLS, name="calls", kind="topic"),
        node(TEAM, name="Risk"),
        tie("PART_OF", TEAM, ABOVE),
        tie("MEMBER_OF", A, TEAM, role="lead"),
        tie("MEMBER_OF", B, TEAM),
        node(A, name="Ann"),
        node(B, status="left"),
        node(ABOVE, name="corp"),
    ]


def read(folder, *documents, **options):
    place = folder / FILE
    place.mkdir(exist_ok=True)
    for number, each in enumerate(documents):
        text = each if isinstance(each, str) else json.dumps(each)
        (place / f"{number}.json").write_text(text, encoding="utf-8")
    return list(OPENMETADATA.read(path=place, **options))


def test_the_smallest_true_export(tmp_path):
    assert read(tmp_path, *ALL, LINEAGE) == said(FILE)


def test_lists_and_entities_alone_say_the_same(tmp_path):
    bare = [{**each, "href": ""} for each in (TRIAGE, CLAIMS, RISK, CORP, ANN, BOB, EVE)]
    whole = {
        **LINEAGE,
        "upstreamEdges": [],
        "downstreamEdges": [
            {"fromEntity": node, "toEntity": reference("mlmodel", "triage")}
            for node in (LINEAGE["nodes"][0], CLAIMS_REF, LINEAGE["nodes"][1])
        ],
    }
    assert read(tmp_path, bare[:4], *bare[4:], whole) == said(FILE)


def test_what_was_deleted_has_ended(tmp_path):
    deleted = {"deleted": True}
    assert not read(tmp_path, TRIAGE | deleted)
    found = read(tmp_path, TRIAGE, CLAIMS | deleted, RISK | deleted, ANN)
    assert [each.type for each in found if isinstance(each, Relationship)] == [
        "OWNS", "OWNS", "PART_OF", "MEMBER_OF",
    ]  # fmt: skip
    assert Node(*TEAM, {"name": "Risk", "status": "archived"}, FILE) in found
    gone = TRIAGE | {"mlFeatures": [feature(CLAIMS_REF | deleted)]}
    assert "DEPENDS_ON" not in str(read(tmp_path, gone, CLAIMS))


def test_the_one_owner_of_older_versions_bots_and_another_role(tmp_path):
    bot = entity("user", "etl", email="etl@corp.example", isBot=True)
    older = TRIAGE | {"owners": None, "mlFeatures": None, "owner": reference("user", "etl")}
    found = read(tmp_path, older, bot, role="technical")
    assert found[1].properties == {"role": "technical"}
    assert found[2] == Node("Person", "etl@corp.example", {"kind": "service"}, FILE)


def test_what_is_wrong_in_it_is_rejected_and_the_rest_goes_in(tmp_path):
    found = read(
        tmp_path,
        [
            TRIAGE | {"owners": [{"type": "user"}, {"type": "domain", "name": "x"}]},
            entity("mlmodel", "blank") | {"name": "", "fullyQualifiedName": ""},
            {"what": "ever"},
            {"what": "else"},
            7,
        ],
    )
    assert [each.id for each in found if isinstance(each, Node)] == [MODEL[1], DATA[1]]
    told = [each.why for each in found if isinstance(each, Rejected)]
    assert [each[:52] for each in told] == [
        "an owner of 'om:mlflow.triage' is a 'user' without a",
        "an owner of 'om:mlflow.triage' is a 'domain' without",
        "the model 'blank' has no name.",
        "an entry is no entity of OpenMetadata. Export it ove",
    ]


def test_pages_that_are_missing_make_it_partial(tmp_path):
    found = read(tmp_path, page(TRIAGE, total=3), page(ANN, total=1))
    [partial] = [each for each in found if isinstance(each, Partial)]
    assert "1 of 3 entities of the kind mlmodel are there. Save all pages" in partial.why


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "there is no entity. Save what GET"),
        ('{"data": []}', "there is no entity"),
        ('{"data": [', "this is no JSON"),
        ('{"data":' * 100_000, "stand in one another"),
    ],
)
def test_other_files_fail_the_source(tmp_path, text, told):
    with pytest.raises(SourceError, match=told):
        read(tmp_path, text)


def test_it_is_recognised_and_names_its_files(tmp_path):
    read(tmp_path, *ALL)
    first = tmp_path / FILE / "0.json"
    (tmp_path / FILE / "package.json").write_text("{}")
    [found] = OPENMETADATA.recognise(look_round(tmp_path))
    assert (found.path, len(found.also)) == (tmp_path / FILE, 4)
    first.unlink()
    assert not list(OPENMETADATA.recognise(look_round(tmp_path)))
    assert OPENMETADATA.files(path=first) == (first,)
    assert OPENMETADATA.files(url="https://om.example") == ()


@pytest.mark.parametrize("options", [{}, {"path": "x", "url": "https://om.example"}])
def test_a_file_or_an_address(options):
    with pytest.raises(UsageError, match="give either a file or folder, or --url"):
        list(OPENMETADATA.read(**options))


@pytest.fixture
def ask(server, monkeypatch):
    """What a server says that is asked with a token."""
    monkeypatch.setenv("OM_TOKEN", "t0ken")

    def asked(**options):
        url = f"{server.url}/api"
        return list(OPENMETADATA.read(**{"url": url, "token": "env:OM_TOKEN", **options}))

    return asked


def test_over_the_api_page_by_page(ask, server):
    other = entity("mlmodel", "other", deleted=True)
    server.on("/api/v1/mlmodels", too_many(), failed(), page(other, total=2, after="b c"))
    server.on("/api/v1/mlmodels?after=b c", page(TRIAGE, total=2))
    server.on("/api/v1/teams", page(RISK, CORP))
    server.on("/api/v1/users", page(ANN, BOB, EVE))
    server.on("/api/v1/lineage/mlmodel/triage", LINEAGE)
    server.on("/api/v1/lineage/mlmodel/other", {"entity": reference("mlmodel", "other")})
    server.on("/api/v1/tables", page(entity("table", "x"), CLAIMS, total=900, after="more"))
    assert ask(page_size=2) == said(f"{server.url}/api")
    assert server.asked[3].startswith("/api/v1/mlmodels?")
    assert "after=b" in server.asked[3]
    assert "include=all" in server.asked[3]
    assert "limit=2" in server.asked[3]
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer t0ken"}


def test_rows_that_are_hidden_and_a_page_that_comes_for_ever(ask, server):
    server.on("/api/v1/mlmodels", page(total=5, after="again"))
    server.on("/api/v1/teams", page())
    server.on("/api/v1/users", {"data": []})
    [partial] = ask()
    assert "the server gave 0 of 5 entities of the kind mlmodel" in partial.why
    assert len(server.asked) == 4


def test_a_table_that_is_not_among_all_is_an_end_that_nobody_describes(ask, server):
    server.on("/api/v1/mlmodels", page(TRIAGE | {"owners": []}))
    server.on("/api/v1/teams", page())
    server.on("/api/v1/users", page())
    server.on("/api/v1/lineage/mlmodel/triage", {})
    server.on("/api/v1/tables", page(entity("table", "x")))
    url = f"{server.url}/api"
    assert ask()[1:] == [
        Relationship("DEPENDS_ON", *MODEL, *DATA, {"kind": "trained_on"}, url),
        Node(*DATA, {"name": "claims", "kind": "table"}, url),
    ]


def test_a_server_that_does_not_answer_as_it_should(ask, server, elsewhere):
    server.on("/api/v1/mlmodels", expired(), moved(f"{elsewhere.url}/api/v1/mlmodels"))
    for told in ("missing, expired, or does not allow", "which was not followed"):
        with pytest.raises(SourceError, match=told) as caught:
            ask()
        assert "t0ken" not in str(caught.value)
    assert not elsewhere.asked


ANY = st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5) | st.lists(st.text())
KEYS = st.sampled_from(
    ["owners", "deleted", "mlFeatures", "href", "teams", "entity", "upstreamEdges", "type", "data"]
)


@settings(max_examples=40)
@given(st.lists(st.dictionaries(KEYS, ANY), max_size=4))
def test_whatever_stands_where_something_else_should_is_survived(tmp_path_factory, entities):
    changed = [TRIAGE | each for each in entities]
    read(tmp_path_factory.mktemp("om"), [TRIAGE, *changed, *entities, LINEAGE])
