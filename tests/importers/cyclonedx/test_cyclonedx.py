"""CycloneDX: bills of materials that its own schemas accept, and dirty ones."""

from __future__ import annotations

import json
import time
from functools import cache
from importlib.resources import files

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stated import whys

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Relationship

CYCLONEDX = find_importer("cyclonedx")
FILE = "bom.json"
TRIAGE = "cdx:claims/triage"
BESIDE = ("spdx", "jsf-0.82", "cryptography-defs")


@cache
def validator(version):
    """The official schema of that version, with those that it refers to."""
    folder = files("cyclonedx.schema") / "_res"

    def schema(name):
        return json.loads((folder / name).read_text("utf-8"))

    beside = [
        (f"http://cyclonedx.org/schema/{name}", schema(name))
        for name in (f"{each}.SNAPSHOT.schema.json" for each in BESIDE)
    ]
    return jsonschema_rs.validator_for(
        schema(f"bom-{version}.SNAPSHOT.schema.json"), registry=jsonschema_rs.Registry(beside)
    )


def bom(version="1.6", **said):
    return {"bomFormat": "CycloneDX", "specVersion": version, "version": 1, **said}


def model(name="triage", **said):
    return {"type": "machine-learning-model", "bom-ref": name, "name": name, **said}


def read(folder, said, name=FILE, **options):
    text = said if isinstance(said, str) else json.dumps(said)
    (folder / name).write_text(text, encoding="utf-8")
    return list(CYCLONEDX.read(path=folder / name, **options))


def node(label, own_id, **said):
    return Node(label, own_id, said, FILE)


def tie(type_, start, end, **said):
    return Relationship(type_, *start, *end, said, FILE)


CARD = {
    "modelParameters": {
        "task": "classification",
        "datasets": [
            {"ref": "history"},
            {
                "type": "dataset",
                "name": "SQuAD",
                "contents": {"url": "https://huggingface.co/datasets/rajpurkar/squad"},
                "governance": {
                    "owners": [{"organization": {"name": "Data office"}}],
                    "stewards": [{"contact": {"name": "Ann", "email": "Ann@corp.example"}}],
                },
            },
        ],
    },
    "quantitativeAnalysis": {
        "performanceMetrics": [
            {"type": "recall", "value": "0.91", "slice": "motor"},
            {"type": "precision", "value": "87.5 %"},
        ]
    },
    "considerations": {"performanceTradeoffs": ["Recall wins over precision."]},
}
TRUE = bom(
    metadata={
        "component": {
            "type": "application",
            "bom-ref": "app",
            "name": "Claims desk",
            "version": "9",
        }
    },
    components=[
        model(
            group="claims",
            version="3.2",
            supplier={"name": "Acme"},
            licenses=[{"license": {"id": "Apache-2.0"}}],
            pedigree={
                "ancestors": [
                    model(
                        "bert", purl="pkg:huggingface/google-bert/bert-base@86b5e09", version="1"
                    )
                ]
            },
            modelCard=CARD,
        ),
        {
            "type": "data",
            "bom-ref": "history",
            "name": "Claims history",
            "data": [
                {
                    "type": "dataset",
                    "governance": {"custodians": [{"contact": {"email": "dba@corp.example"}}]},
                }
            ],
        },
        {"type": "library", "bom-ref": "torch", "name": "torch"},
    ],
    services=[{"bom-ref": "gpu", "name": "GPU farm", "provider": {"name": "Cloud Inc"}}],
    dependencies=[
        {"ref": "app", "dependsOn": ["torch", "gpu"]},
        {"ref": "torch", "dependsOn": ["triage", "torch"]},
        {"ref": "triage", "dependsOn": ["history", "gpu", "torch"]},
    ],
)
MODEL, HISTORY = ("Model", TRIAGE), ("Dataset", "cdx:data/Claims history")
BERT, SQUAD = ("Model", "hf:google-bert/bert-base"), ("Dataset", "hf:datasets/rajpurkar/squad")
APP, GPU = ("Service", "cdx:service/Claims desk"), ("Service", "cdx:service/GPU farm")
SAID = [
    node(
        *MODEL, name="triage", version="3.2", kind="classification", licence="Apache-2.0"
    ),
    node("Team", "Acme", kind="vendor"),
    tie("SUPPLIED_BY", MODEL, ("Team", "Acme")),
    tie("DEPENDS_ON", MODEL, HISTORY, kind="trained_on"),
    node(*SQUAD, name="SQuAD"),
    node("Team", "Data office"),
    tie("OWNS", ("Team", "Data office"), SQUAD, role="accountable"),
    node("Person", "ann@corp.example", name="Ann"),
    tie("OWNS", ("Person", "ann@corp.example"), SQUAD, role="responsible"),
    tie("DEPENDS_ON", MODEL, SQUAD, kind="trained_on"),
    node(*BERT, name="bert", version="1"),
    tie("DEPENDS_ON", MODEL, BERT, kind="fine_tuned_from"),
    node(
        "Result", f"cdx:result/{TRIAGE}/3.2/recall/motor",
        name="recall on motor", metric="recall", value=0.91, version="3.2", dataset="motor",
    ),
    tie("MEASURES", ("Result", f"cdx:result/{TRIAGE}/3.2/recall/motor"), MODEL),
    node(
        "Result", f"cdx:result/{TRIAGE}/3.2/precision",
        name="precision", metric="precision", value=0.875, version="3.2",
    ),
    tie("MEASURES", ("Result", f"cdx:result/{TRIAGE}/3.2/precision"), MODEL),
    node(
        "TradeOff", f"cdx:trade-off/{TRIAGE}/9e69914f",
        statement="Recall wins over precision.", status="draft",
    ),
    tie("COVERS", ("TradeOff", f"cdx:trade-off/{TRIAGE}/9e69914f"), MODEL),
    node(*HISTORY, name="Claims history"),
    node("Person", "dba@corp.example"),
    tie("OWNS", ("Person", "dba@corp.example"), HISTORY, role="technical"),
    tie("DEPENDS_ON", APP, MODEL, kind="requires"),
    tie("DEPENDS_ON", MODEL, GPU, kind="requires"),
    node(*APP, name="Claims desk", kind="application"),
    node(*GPU, name="GPU farm", kind="service"),
    node("Team", "Cloud Inc", kind="vendor"),
    tie("SUPPLIED_BY", GPU, ("Team", "Cloud Inc")),
]  # fmt: skip


@pytest.mark.parametrize("version", ["1.5", "1.6", "1.7"])
def test_a_file_that_the_schema_accepts_and_what_it_says(tmp_path, version):
    said = TRUE | {"specVersion": version}
    validator(version).validate(said)
    assert read(tmp_path, said) == SAID


def declared(*scores, third_party=True, targets=("triage",), **evidence):
    """A model with one attestation, a requirement for each score."""
    conformance = [{} if score is None else {"conformance": {"score": score}} for score in scores]
    return bom(
        components=[model(version="3")],
        definitions={
            "standards": [
                {
                    "bom-ref": "s",
                    "name": "Fair use",
                    "version": "2",
                    "requirements": [{"bom-ref": f"r{n}"} for n in range(len(scores))],
                }
            ]
        },
        declarations={
            "assessors": [
                {"bom-ref": "a", "thirdParty": third_party, "organization": {"name": "Audit"}}
            ],
            "claims": [
                {"bom-ref": f"c-{each}", "target": each, "evidence": ["e"]} for each in targets
            ],
            "evidence": [{"bom-ref": "e", **evidence}],
            "targets": {"organizations": [{"bom-ref": "org", "name": "Acme"}]},
            "attestations": [
                {
                    "assessor": "a",
                    "map": [
                        {
                            "requirement": f"r{n}",
                            "claims": [f"c-{each}" for each in targets],
                            **one,
                        }
                        for n, one in enumerate(conformance)
                    ],
                }
            ],
        },
    )


def test_an_attestation_is_an_approval(tmp_path):
    said = declared(1, 1, expires="2027-05-25T00:00:00+00:00")
    validator("1.6").validate(said)
    approval = "Approval", "cdx:attestation/cdx:triage/3/Fair use 2/Audit"
    assert read(tmp_path, said, gate="gate:legal") == [
        node("Model", "cdx:triage", name="triage", version="3"),
        node(
            *approval,
            name="Fair use 2 of triage",
            status="approved",
            version="3",
            valid_until_day="2027-05-25",
        ),
        tie("CONCERNS", approval, ("Model", "cdx:triage")),
        tie("AT", approval, ("Gate", "gate:legal")),
        node("Team", "Audit", kind="vendor"),
        tie("DECIDED_BY", approval, ("Team", "Audit")),
    ]


@pytest.mark.parametrize(
    ("scores", "status"),
    [((1, 1.0), "approved"), ((0,), "rejected"), ((1, 0.4), "conditional"), ((1, None), None)],
)
def test_the_verdict_of_scores(tmp_path, scores, status):
    found = read(tmp_path, declared(*scores, third_party=False))
    [approval] = [each for each in found if isinstance(each, Node) and each.label == "Approval"]
    assert approval.properties.get("status") == status
    assert node("Team", "Audit") in found
    assert "AT" not in str(found)


def test_what_is_attested_of_others_is_no_approval(tmp_path):
    found = read(tmp_path, declared(1, targets=("org", "nowhere")))
    assert found == [node("Model", "cdx:triage", name="triage", version="3")]


def test_an_attestation_that_nobody_signed(tmp_path):
    said = declared(1)
    del said["declarations"]["attestations"][0]["assessor"]
    found = read(tmp_path, said)
    assert [each.type for each in found if isinstance(each, Relationship)] == ["CONCERNS"]


def test_what_is_wrong_in_it_is_rejected_and_the_rest_goes_in(tmp_path):
    card = {
        "modelParameters": {
            "datasets": [{"ref": "gone"}, {"type": "dataset"}, {"ref": "urn:cdx:x"}]
        },
        "quantitativeAnalysis": {
            "performanceMetrics": [{"type": "AUC", "value": "high"}, {"value": "1"}, 7]
        },
    }
    said = bom(
        components=[
            model(modelCard=card),
            {"type": "data", "bom-ref": "d", "name": " "},
            {"type": "machine-learning-model", "name": None},
            model("\x1b[31m", pedigree={"ancestors": [{"type": "library", "name": "x"}]}),
        ],
        dependencies=[{"ref": "triage", "dependsOn": ["nothing", "urn:cdx:a/1#b", "d"]}],
    )
    found = read(tmp_path, said)
    assert [each.id for each in found if isinstance(each, Node)] == ["cdx:triage", "cdx:\x1b[31m"]
    told = whys(found)
    for why, part in zip(
        told,
        (
            "was trained on 'gone', and no component",
            "neither a name nor an address",
            "'AUC' is 'high', and no number",
            "'' is '1', and no number with a name",
            "the component 'd' has no name",
            "the component '' has no name",
            "depends on 'nothing', which nothing in the file has",
        ),
        strict=True,
    ):
        assert part in why
    assert not [why for why in told if "\x1b" in why]


def test_parts_of_parts_and_names_that_are_public(tmp_path):
    said = bom(
        components=[
            {
                "type": "application",
                "name": "outer",
                "components": [
                    model("inner", publisher="Acme", licenses=[{"expression": "MIT OR 0BSD"}])
                ],
            },
            model("a", purl="pkg:huggingface/org/a@1", manufacturer={"name": "Maker"}),
            model(
                "b", purl="pkg:HUGGINGFACE/org/a@2", licenses=[{"license": {"name": "Own"}}, {}]
            ),
        ]
    )
    found = [each for each in read(tmp_path, said) if isinstance(each, Node)]
    assert found == [
        node("Model", "hf:org/a", name="a"),
        node("Team", "Maker", kind="vendor"),
        node("Model", "hf:org/a", name="b", licence="Own"),
        node("Model", "cdx:inner", name="inner", licence="MIT OR 0BSD"),
        node("Team", "Acme", kind="vendor"),
    ]


def test_a_folder_of_files(tmp_path):
    (tmp_path / "deep").mkdir()
    for place in (FILE, "deep/x.cdx.json", "package.json"):
        (tmp_path / place).write_text(json.dumps(bom(components=[model(place[:1])])), "utf-8")
    found = list(CYCLONEDX.read(path=tmp_path))
    assert [(each.id, each.file) for each in found] == [
        ("cdx:b", "bom.json"),
        ("cdx:d", "deep/x.cdx.json"),
    ]
    assert CYCLONEDX.files(path=tmp_path) == (tmp_path / FILE, tmp_path / "deep/x.cdx.json")
    found, other = CYCLONEDX.recognise(look_round(tmp_path))
    assert (found.path, found.also) == (tmp_path, (tmp_path / FILE, tmp_path / "deep/x.cdx.json"))
    assert (other.path, other.also) == (tmp_path / "package.json", ())
    for place in (FILE, "package.json"):
        (tmp_path / place).write_text(json.dumps(bom()), "utf-8")
    [found] = CYCLONEDX.recognise(look_round(tmp_path))
    assert (found.path, found.also) == (tmp_path / "deep/x.cdx.json", ())
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError, match=r"none is there. Looked for files called \*\.cdx\.json"):
        list(CYCLONEDX.read(path=tmp_path / "empty"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no bomFormat with the value CycloneDX"),
        ('{"spdxVersion": "SPDX-2.3"}', "no bomFormat with the value CycloneDX"),
        (json.dumps(bom("1.4")), "it is of version '1.4'. The versions 1.5, 1.6, 1.7 can hold"),
        ('{"bomFormat": "CycloneDX"', "this is no JSON"),
        ('{"components":' * 100_000, "stand in one another"),
    ],
)
def test_another_file_fails_the_source(tmp_path, text, said):
    with pytest.raises(SourceError, match=said):
        read(tmp_path, text)


ANY = st.recursive(
    st.none() | st.booleans() | st.floats(-9, 9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
KEYS = ["components", "services", "dependencies", "metadata", "definitions", "declarations",
        "modelCard", "pedigree", "licenses", "supplier", "purl", "data"]  # fmt: skip


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from(KEYS), ANY), st.dictionaries(st.sampled_from(KEYS), ANY))
def test_whatever_stands_where_something_else_should_is_survived(tmp_path_factory, top, inside):
    said = {"components": [model(**inside)]} | top
    read(tmp_path_factory.mktemp("bom"), bom() | said)


def test_five_thousand_components_in_a_chain_are_read_in_a_moment(tmp_path):
    links = [{"ref": f"l{n}", "dependsOn": [f"l{n + 1}"]} for n in range(5_000)]
    parts = [{"type": "library", "bom-ref": f"l{n}", "name": f"l{n}"} for n in range(5_000)]
    said = bom(
        components=[*parts, *(model(f"m{n}") for n in range(10)), model("end")],
        dependencies=[
            *links,
            *({"ref": f"m{n}", "dependsOn": ["l0"]} for n in range(10)),
            {"ref": "l5000", "dependsOn": ["end"]},
        ],
    )
    begun = time.process_time()
    found = read(tmp_path, said)
    assert sum(isinstance(each, Relationship) for each in found) == 10
    assert time.process_time() - begun < 2  # 0.1 s, without what else the machine does
