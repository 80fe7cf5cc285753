"""DataHub exports: MCEs and MCPs as its file sink writes them, and dirty ones."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Partial, Rejected, Relationship

DATAHUB = find_importer("datahub")
FILE = "export.json"
ANN, BOB = "urn:li:corpuser:ann@corp.example", "urn:li:corpuser:bob"
RISK = "urn:li:corpGroup:risk"
AVRO = "com.linkedin.pegasus2avro"


def urn(kind, name, environment="PROD", platform="mlflow"):
    return f"urn:li:{kind}:(urn:li:dataPlatform:{platform},{name},{environment})"


TRIAGE, FIRST, SECOND = urn("mlModelGroup", "triage"), urn("mlModel", "t_1"), urn("mlModel", "t_2")
CLAIMS, CALLS = urn("dataset", "db.claims", platform="hive"), urn("dataset", "calls")
RUN = "urn:li:dataProcessInstance:r1"
SERVED = urn("mlModelDeployment", "endpoint")
FEATURE = "urn:li:mlFeature:(claims,age)"


def mcp(entity, name, value, change="UPSERT"):
    """One event as the file sink writes it today."""
    return {
        "entityType": entity.split(":")[2],
        "entityUrn": entity,
        "changeType": change,
        "aspectName": name,
        "aspect": {"json": value},
    }


def mce(entity, kind, *aspects):
    """One event as older versions write it."""
    snapshot = {"urn": entity, "aspects": [{f"{AVRO}.{name}": said} for name, said in aspects]}
    return {
        "auditHeader": None,
        "proposedSnapshot": {f"{AVRO}.metadata.snapshot.{kind}Snapshot": snapshot},
        "proposedDelta": None,
    }


def owned(*owners):
    stamp = {"time": 0, "actor": "urn:li:corpuser:unknown"}
    said = [dict(zip(("owner", "type", "typeUrn"), each, strict=False)) for each in owners]
    return {"owners": said, "lastModified": stamp}


def read(folder, said, **options):
    text = said if isinstance(said, str) else json.dumps(said)
    (folder / FILE).write_text(text, encoding="utf-8")
    return list(DATAHUB.read(path=folder / FILE, **options))


def node(label, own_id, **said):
    return Node(label, own_id, said, FILE)


def tie(type_, start, end, **said):
    return Relationship(type_, *start, *end, said, FILE)


STAMP = {"time": 1_700_000_000_000}
TRUE = [
    mcp(TRIAGE, "mlModelGroupProperties", {"name": "Claims triage", "customProperties": {}}),
    mcp(TRIAGE, "ownership", owned((RISK, "BUSINESS_OWNER"), (ANN, "TECHNICAL_OWNER"))),
    mcp(
        SECOND,
        "mlModelProperties",
        {
            "groups": [TRIAGE],
            "type": "classifier",
            "created": STAMP,
            "version": {"versionTag": "2"},
            "trainingMetrics": [
                {"name": "recall", "value": "0.91", "createdAt": 1_700_000_000_000},
                {"name": "notes", "value": "good"},
            ],
            "trainingJobs": [RUN],
            "mlFeatures": [FEATURE],
            "deployments": [SERVED],
        },
    ),
    mcp(FIRST, "mlModelProperties", {"groups": [TRIAGE], "date": 1}),
    mcp(
        FIRST,
        "versionProperties",
        {"versionSet": "urn:li:versionSet:(a,b)", "version": {"versionTag": "1"}, "sortId": "1"},
    ),
    mcp(SERVED, "mlModelDeploymentProperties", {"status": "IN_SERVICE"}),
    mcp(RUN, "dataProcessInstanceInput", {"inputs": [CLAIMS], "inputEdges": []}),
    mcp(FEATURE, "mlFeatureProperties", {"sources": [CALLS]}),
    mcp(CLAIMS, "datasetProperties", {"name": "Claims", "customProperties": {}, "tags": []}),
    mcp(
        CLAIMS,
        "deprecation",
        {"deprecated": True, "decommissionTime": 1_800_000_000_000, "note": "", "actor": ANN},
    ),
    mcp(CLAIMS, "ownership", owned((BOB, "DATA_STEWARD"))),
    mcp(
        RISK,
        "corpGroupInfo",
        {"displayName": "Risk", "admins": [BOB], "members": [RISK, CLAIMS], "groups": []},
    ),
    mcp(ANN, "corpUserInfo", {"active": True, "displayName": "Ann", "managerUrn": BOB}),
    mcp(ANN, "groupMembership", {"groups": [RISK]}),
    mcp(BOB, "corpUserInfo", {"active": False, "email": "Bob@corp.example", "fullName": "Bob"}),
    mcp("urn:li:corpuser:eve", "corpUserInfo", {"active": True}),
    mcp(urn("dataset", "other"), "datasetProperties", {"name": "Other"}),
]  # fmt: skip
MODEL, DATA, TEAM = ("Model", TRIAGE), ("Dataset", CLAIMS), ("Team", RISK)
A, B = ("Person", "ann@corp.example"), ("Person", "bob@corp.example")
RECALL = "Result", f"{SECOND}/trainingMetrics/recall"
SAID = [
    node(
        *MODEL, name="Claims triage", kind="classifier", version="2", environment="PROD",
        stage="production",
    ),
    tie("OWNS", TEAM, MODEL, role="business"),
    tie("OWNS", A, MODEL, role="technical"),
    tie("DEPENDS_ON", MODEL, ("Dataset", CALLS), kind="trained_on"),
    tie("DEPENDS_ON", MODEL, DATA, kind="trained_on"),
    node(*RECALL, name="recall", metric="recall", value=0.91, version="2", day=19675),
    tie("MEASURES", RECALL, MODEL),
    node("Dataset", CALLS, name="calls"),
    node(*DATA, name="Claims", status="deprecated", support_ends_day=20833),
    tie("OWNS", B, DATA, role="responsible"),
    node(*TEAM, name="Risk"),
    tie("MEMBER_OF", A, TEAM),
    tie("MEMBER_OF", B, TEAM, role="lead"),
    node(*A, name="Ann", status="active"),
    tie("REPORTS_TO", A, B),
    node(*B, name="Bob", status="left"),
]  # fmt: skip


def test_the_smallest_true_export(tmp_path):
    assert read(tmp_path, TRUE) == SAID


def test_older_events_say_the_same(tmp_path):
    packed = [
        {**each, "aspect": {"value": json.dumps(each["aspect"]["json"]), "contentType": "x"}}
        for each in TRUE
    ]
    assert read(tmp_path, packed) == SAID
    card = {"name": "Triage", "trainingMetrics": []}
    alone = mce(
        FIRST,
        "MLModel",
        ("ml.metadata.MLModelProperties", card),
        ("common.Ownership", owned((ANN, "DATAOWNER"))),
        ("ml.metadata.MLModelTrainingData", None),
        ("common.Status", {"removed": False}),
    )
    training = mcp(FIRST, "mlModelTrainingData", {"trainingData": [{"dataset": CLAIMS}]})
    assert read(tmp_path, [alone, training]) == [
        node("Model", FIRST, name="Triage", environment="PROD"),
        tie("OWNS", A, ("Model", FIRST), role="accountable"),
        tie("DEPENDS_ON", ("Model", FIRST), DATA, kind="trained_on"),
        node(*DATA, name="db.claims"),
        node(*A),
    ]


def test_what_was_removed_is_gone_and_who_was_removed_has_left(tmp_path):
    removed = {"removed": True}
    gone = [mcp(each, "status", removed) for each in (CLAIMS, ANN, RISK, SERVED)]
    found = read(tmp_path, TRUE + gone)
    assert CLAIMS not in {each.id for each in found if isinstance(each, Node)}
    assert "production" not in str(found)
    assert node(*A, name="Ann", status="left") in found
    assert node(*TEAM, name="Risk", status="archived") in found
    found = read(tmp_path, [*TRUE, mcp(TRIAGE, "status", removed)])
    assert {each.id for each in found if isinstance(each, Node) and each.label == "Model"} == {
        FIRST,
        SECOND,
    }
    assert not read(
        tmp_path, [*TRUE, *(mcp(each, "status", removed) for each in (TRIAGE, FIRST, SECOND))]
    )


@pytest.mark.parametrize(
    ("first", "second", "stage"),
    [
        (["mlflow_production"], ["mlflow_none"], "production"),
        (["mlflow_archived"], ["mlflow_staging", "pii"], "pilot"),
        (["mlflow_archived"], ["mlflow_archived"], "retired"),
        (["mlflow_archived"], ["mlflow_none"], None),
        (["production"], [], None),
    ],
)
def test_the_stage_that_mlflow_gave_a_version_is_a_tag(tmp_path, first, second, stage):
    tags = {FIRST: first, SECOND: second}
    said = [
        *(mcp(each, "mlModelProperties", {"groups": [TRIAGE]}) for each in tags),
        *(
            mcp(each, "globalTags", {"tags": [{"tag": f"urn:li:tag:{name}"} for name in names]})
            for each, names in tags.items()
        ),
    ]
    [model] = read(tmp_path, said)
    assert model.properties.get("stage") == stage


def test_later_events_replace_and_delete_earlier_ones(tmp_path):
    later = [
        mcp(TRIAGE, "ownership", owned((ANN, "NONE"))),
        mcp(SECOND, "mlModelKey", {}, "DELETE"),
        mcp(TRIAGE, "mlModelGroupProperties", {}, "DELETE"),
        mcp("urn:li:mlModel:none", "status", {}, "DELETE"),
    ]
    found = read(tmp_path, TRUE + later)
    assert found[:2] == [
        node(*MODEL, name="triage", version="1", environment="PROD"),
        tie("OWNS", A, MODEL),
    ]


@pytest.mark.parametrize(
    ("owner", "options", "role"),
    [
        ((ANN, "BUSINESS_OWNER"), ["Business_Owner = accountable"], "accountable"),
        ((ANN, "CUSTOM", "urn:li:ownershipType:own"), [], None),
        ((ANN, "CUSTOM", "urn:li:ownershipType:own"), ["model officer=risk"], "risk"),
        ((ANN, "CUSTOM", "urn:li:ownershipType:acc"), [], "accountable"),
        ((ANN, "NONE", "urn:li:ownershipType:__system__data_steward"), [], "responsible"),
        ((ANN, "CONSUMER"), [], "none"),
        ((ANN, "TECHNICAL_OWNER"), ["technical_owner="], "none"),
    ],
)
def test_types_of_ownership(tmp_path, owner, options, role):
    types = [
        mcp("urn:li:ownershipType:own", "ownershipTypeInfo", {"name": "Model officer"}),
        mcp("urn:li:ownershipType:acc", "ownershipTypeInfo", {"name": "Accountable"}),
    ]
    said = [*types, mcp(FIRST, "status", {}), mcp(FIRST, "ownership", owned(owner))]
    ties = [each for each in read(tmp_path, said, roles=options) if isinstance(each, Relationship)]
    assert [each.properties.get("role") for each in ties] == ([] if role == "none" else [role])


def test_an_owner_that_a_log_names_is_a_hint(tmp_path):
    ownership = owned((ANN, "DATAOWNER"), (BOB, "DATAOWNER"))
    ownership["owners"][0]["source"] = {"type": "SOURCE_CONTROL"}
    ownership["owners"][1]["source"] = {"type": "MANUAL"}
    _, first, second, *_ = read(tmp_path, [mcp(FIRST, "ownership", ownership)])
    assert first.properties == {"role": "accountable", "confidence": 0.4}
    assert second.properties == {"role": "accountable"}


def test_people_of_other_sorts(tmp_path):
    service = "urn:li:corpuser:etl"
    said = [
        mcp(FIRST, "ownership", owned((service, "NONE"), ("urn:li:corpuser:eve", "NONE"))),
        mcp(service, "corpUserInfo", {"system": True, "managerUrn": RISK}),
        mcp("urn:li:corpuser:eve", "corpUserStatus", {"status": "SUSPENDED"}),
    ]
    people = [each for each in read(tmp_path, said) if isinstance(each, Node)][1:]
    assert people == [
        node("Person", "etl", kind="service"),
        node("Person", "eve", status="left"),
        node(*TEAM, name="risk"),
    ]


def test_what_is_wrong_in_it_is_told_and_the_rest_goes_in(tmp_path):
    broken = mcp(FIRST, "mlModelProperties", {}) | {"aspect": {"value": "{" * 9}}
    said = [
        mcp(FIRST, "status", {"removed": False}),
        mcp(FIRST, "ownership", owned((CLAIMS, "NONE"), ("TBD", "x"), ("urn:li:corpuser: ", "x"))),
        mcp(FIRST, "mlModelProperties", {}, "PATCH"),
        broken,
        {"a": 1},
        7,
    ]  # fmt: skip
    found = read(tmp_path, said)
    assert found[0] == node("Model", FIRST, name="t_1", environment="PROD")
    told = [each.why for each in found if isinstance(each, Rejected)]
    assert [each.partition(" of ")[0] for each in told[:3]] == [
        "the owner 'urn:li:dataset:(urn:li:dataPlatform:hive,db.claims,PROD)'",
        "the owner 'TBD'",
        "the owner 'urn:li:corpuser:'",
    ]
    assert "is no JSON. Export it again." in told[3]
    assert "neither a snapshot nor an entityUrn" in told[4]
    [partial] = [each for each in found if isinstance(each, Partial)]
    assert "1 of its events are patches" in partial.why


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "it holds no list of MCEs and MCPs"),
        ('[{"entityUrn": "urn', "this is no JSON"),
        ("[" * 100_000, "stand in one another"),
    ],
)
def test_another_file_fails_the_source(tmp_path, text, said):
    with pytest.raises(SourceError, match=said):
        read(tmp_path, text)


def test_an_option_that_says_nothing(tmp_path):
    with pytest.raises(UsageError, match="'business_owner' does not say as what it counts"):
        read(tmp_path, [], roles=["business_owner"])


def test_it_is_recognised_by_its_beginning(tmp_path):
    read(tmp_path, TRUE)
    (tmp_path / "other.json").write_text('[{"urn": "urn:li:x"}]')
    assert list(DATAHUB.recognise(look_round(tmp_path))) == [
        Found(tmp_path / FILE, "an export of DataHub")
    ]
    assert DATAHUB.files(path=tmp_path / FILE) == (tmp_path / FILE,)


def test_five_thousand_events_are_read_in_a_moment(tmp_path):
    many = [mcp(urn("dataset", f"t{n}"), "ownership", owned((ANN, "NONE"))) for n in range(5_000)]
    begun = time.process_time()
    assert read(tmp_path, TRUE + many) == SAID
    assert time.process_time() - begun < 3  # 0.1 s, without what else the machine does


ANY = st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5) | st.lists(st.text())
NAMES = st.sampled_from(
    ["ownership", "status", "mlModelProperties", "corpUserInfo", "versionProperties"]
)
KEYS = st.sampled_from(
    ["owners", "removed", "groups", "date", "created", "version", "deployments", "trainingJobs"]
)


@settings(max_examples=60)
@given(st.lists(st.tuples(NAMES, st.dictionaries(KEYS, ANY) | ANY), max_size=4))
def test_whatever_stands_where_something_else_should_is_survived(tmp_path_factory, aspects):
    events = [mcp(FIRST, name, said) for name, said in aspects]
    read(tmp_path_factory.mktemp("datahub"), [*events, *TRUE[2:4]])
