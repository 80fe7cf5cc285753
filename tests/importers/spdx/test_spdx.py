"""SPDX 3 documents: one that SPDX's own bindings read and write, and dirty ones."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spdx_python_model import v3_0_1 as spdx_3

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Rejected, Relationship

SPDX = find_importer("spdx")
FILE = "triage.spdx3.json"
CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
INFO = {
    "type": "CreationInfo",
    "@id": "_:info",
    "specVersion": "3.0.1",
    "created": "2026-01-01T00:00:00Z",
    "createdBy": ["urn:x:acme"],
}


def element(kind, own, **said):
    return {"type": kind, "spdxId": f"urn:x:{own}", "creationInfo": "_:info", **said}


def package(kind, own, name="", **said):
    needed = {
        "software_packageVersion": "1",
        "software_downloadLocation": "https://corp.example/x",
        "software_primaryPurpose": "model",
        "releaseTime": "2026-01-01T00:00:00Z",
        "suppliedBy": "urn:x:acme",
    }
    return element(kind, own, name=name or own, **{**needed, **said})


def data(own, **said):
    needed = {
        "originatedBy": ["urn:x:acme"],
        "builtTime": "2026-01-01T00:00:00Z",
        "dataset_datasetType": ["text"],
    }
    return package("dataset_DatasetPackage", own, **{**needed, **said})


def tie(kind, start, *ends):
    number = "-".join((kind, start, *ends)).replace(":", "")
    return element(
        "Relationship", number, relationshipType=kind, to=[f"urn:x:{end}" for end in ends],
        **{"from": f"urn:x:{start}"},
    )  # fmt: skip


def document(*elements):
    return {"@context": CONTEXT, "@graph": [INFO, *elements]}


def entry(key, value):
    return {"type": "DictionaryEntry", "key": key, "value": value}


def read(folder, said, name=FILE):
    text = said if isinstance(said, str) else json.dumps(said)
    (folder / name).write_text(text, encoding="utf-8")
    return list(SPDX.read(path=folder / name))


def node(label, own_id, **said):
    return Node(label, own_id, said, FILE)


def tied(type_, start, end, **said):
    return Relationship(type_, *start, *end, said, FILE)


ACME = element("Organization", "acme", name="Acme")
TRUE = document(
    ACME,
    element("Person", "ann", name="Ann"),
    package(
        "ai_AIPackage",
        "triage",
        software_packageVersion="3.2",
        ai_typeOfModel=["transformer", "classifier"],
        ai_safetyRiskAssessment="serious",
        ai_autonomyType="yes",
        ai_metric=[entry("recall", "0.91"), entry("latency", "fast")],
        ai_metricDecisionThreshold=[entry("recall", "0.75"), entry("other", "1")],
    ),
    package("ai_AIPackage", "bert", software_packageUrl="pkg:huggingface/google-bert/bert@1"),
    data("squad", software_downloadLocation="https://huggingface.co/datasets/rajpurkar/squad"),
    data("history", dataset_confidentialityLevel="amber", suppliedBy="urn:x:ann"),
    package("software_Package", "torch", software_primaryPurpose="library"),
    package("software_Package", "desk", software_primaryPurpose="application"),
    package("software_Package", "game", software_primaryPurpose="application"),
    element(
        "simplelicensing_LicenseExpression", "mit", simplelicensing_licenseExpression="MIT OR 0BSD"
    ),
    tie("trainedOn", "triage", "squad", "history"),
    tie("ancestorOf", "bert", "triage"),
    tie("dependsOn", "triage", "torch", "bert", "history"),
    tie("dependsOn", "bert", "squad"),
    tie("dependsOn", "desk", "torch"),
    tie("dependsOn", "torch", "triage"),
    tie("dependsOn", "game", "history"),
    tie("hasConcludedLicense", "triage", "mit"),
)
MODEL, BERT = ("Model", "spdx:triage"), ("Model", "hf:google-bert/bert")
SQUAD, HISTORY = ("Dataset", "hf:datasets/rajpurkar/squad"), ("Dataset", "spdx:data/history")
DESK, TEAM = ("Service", "spdx:service/desk"), ("Team", "Acme")
SAID = [
    node(
        *MODEL, name="triage", licence="MIT OR 0BSD", version="3.2",
        kind="transformer, classifier", risk_tier=3, autonomy="acts_alone",
    ),
    node(*TEAM, kind="vendor"),
    tied("SUPPLIED_BY", MODEL, TEAM),
    tied("DEPENDS_ON", MODEL, SQUAD, kind="trained_on"),
    tied("DEPENDS_ON", MODEL, HISTORY, kind="trained_on"),
    tied("DEPENDS_ON", MODEL, BERT, kind="fine_tuned_from"),
    node(
        "Result", "spdx:result/spdx:triage/3.2/recall",
        name="recall", metric="recall", value=0.91, version="3.2", decision_threshold="0.75",
    ),
    tied("MEASURES", ("Result", "spdx:result/spdx:triage/3.2/recall"), MODEL),
    Rejected(
        FILE, 0,
        "the 'latency' of 'spdx:triage' is 'fast', and no number. Write a number as its value.",
    ),
    node(*BERT, name="bert", version="1"),
    tied("SUPPLIED_BY", BERT, TEAM),
    tied("DEPENDS_ON", BERT, SQUAD, kind="requires"),
    node(*SQUAD, name="squad", kind="text"),
    tied("SUPPLIED_BY", SQUAD, TEAM),
    node(*HISTORY, name="history", kind="text", confidentiality="amber"),
    node(*DESK, name="desk", kind="application"),
    tied("SUPPLIED_BY", DESK, TEAM),
    tied("DEPENDS_ON", DESK, MODEL, kind="requires"),
]  # fmt: skip


def test_a_document_that_spdx_reads_and_writes_and_what_it_says(tmp_path):
    objects = spdx_3.SHACLObjectSet()
    spdx_3.JSONLDDeserializer().read(io.BytesIO(json.dumps(TRUE).encode()), objects)
    spdx_3.JSONLDSerializer().write(objects, io.BytesIO())  # fails where something is missing
    assert read(tmp_path, TRUE) == SAID


def test_one_element_alone(tmp_path):
    alone = {"@context": CONTEXT, **package("ai_AIPackage", "triage")}
    assert read(tmp_path, alone) == [node("Model", "spdx:triage", name="triage", version="1")]


@pytest.mark.parametrize(
    ("elements", "licence"),
    [
        ([tie("hasDeclaredLicense", "triage", "none")], None),
        (
            [
                tie("hasConcludedLicense", "triage", "own"),
                element("expandedlicensing_CustomLicense", "own", name="Own terms"),
            ],
            "Own terms",
        ),
        (
            [
                tie("hasDeclaredLicense", "triage", "x")
                | {"to": ["https://spdx.org/licenses/Apache-2.0"]}
            ],
            "Apache-2.0",
        ),
    ],
)
def test_licences(tmp_path, elements, licence):
    [model] = read(tmp_path, document(package("ai_AIPackage", "triage"), *elements))
    assert model.properties.get("licence") == licence


def test_what_is_wrong_in_it_is_rejected_and_the_rest_goes_in(tmp_path):
    found = read(
        tmp_path,
        document(
            ACME,
            package("ai_AIPackage", "triage"),
            package("ai_AIPackage", "blank", name=" "),
            package("ai_AIPackage", "blank") | {"spdxId": "", "@id": ""},
            tie("trainedOn", "triage", "gone", "blank", "acme"),
            tie("trainedOn", "triage", "x")
            | {"to": ["https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement"]},
            tie("dependsOn", "triage", "blank", "gone"),
            tie("availableFrom", "triage", "gone"),
        ),
    )
    assert [each.id for each in found if isinstance(each, Node)] == ["spdx:triage", "Acme"]
    one, other = [each.why for each in found if isinstance(each, Rejected)]
    assert one.startswith("the model 'spdx:triage' is tied by trainedOn to 'urn:x:gone', which")
    assert other == "'urn:x:blank' has no name. Give it one."


def test_a_folder_of_documents(tmp_path):
    (tmp_path / "deep").mkdir()
    for place in (FILE, "deep/x.spdx.json", "package.json"):
        (tmp_path / place).write_text(json.dumps(TRUE))
    files = (tmp_path / "deep/x.spdx.json", tmp_path / FILE)
    assert {each.file for each in SPDX.read(path=tmp_path)} == {"deep/x.spdx.json", FILE}
    assert SPDX.files(path=tmp_path) == files
    found, other = SPDX.recognise(look_round(tmp_path))
    assert (found.path, set(found.also)) == (tmp_path, set(files))
    assert (other.path, other.also) == (tmp_path / "package.json", ())
    for place in (FILE, "package.json"):
        (tmp_path / place).write_text(json.dumps(document()))
    assert [each.path for each in SPDX.recognise(look_round(tmp_path))] == [files[0]]
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"none is there\. Looked for files called"):
        list(SPDX.read(path=tmp_path / "empty"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "it names no context of SPDX 3. Write it as JSON-LD"),
        ('{"spdxVersion": "SPDX-2.3"}', "it is SPDX-2.3, which has no models"),
        ('{"@context": "https://schema.org"}', "it names no context of SPDX 3"),
        ('{"@context": "', "this is no JSON"),
        ('{"@graph":' * 100_000, "stand in one another"),
    ],
)
def test_another_file_fails_the_source(tmp_path, text, said):
    with pytest.raises(SourceError, match=said):
        read(tmp_path, text)


ANY = st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5) | st.lists(st.text())
KEYS = ["type", "spdxId", "name", "from", "to", "relationshipType", "ai_metric", "suppliedBy",
        "software_packageUrl", "software_downloadLocation"]  # fmt: skip


@settings(max_examples=60)
@given(st.lists(st.dictionaries(st.sampled_from(KEYS), ANY), max_size=4))
def test_whatever_stands_where_something_else_should_is_survived(tmp_path_factory, elements):
    packages = [package("ai_AIPackage", "triage") | each for each in elements]
    read(tmp_path_factory.mktemp("spdx"), document(*packages, *elements, *elements[:1]))
