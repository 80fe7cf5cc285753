"""What runs: the smallest true input of each kind, what does not count, and what is no listing."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ownership_graph
from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.loading import Order, load
from ownership_graph.records import Node, Partial, Promise, Relationship
from ownership_graph.stores import open_store

RUNNING = find_importer("running")


def read(path, **options):
    return list(RUNNING.read(path=path, **options))


@pytest.fixture
def listing(tmp_path):
    def listing(*items, name="listing.json", **options):
        text = json.dumps({"apiVersion": "v1", "kind": "List", "items": list(items)})
        (tmp_path / name).write_text(text)
        return read(tmp_path / name, **options)

    return listing


@pytest.fixture
def document(tmp_path):
    def document(said, **options):
        (tmp_path / "listing.json").write_text(said if isinstance(said, str) else json.dumps(said))
        return read(tmp_path / "listing.json", **options)

    return document


def deployment(name="ranker", namespace="shop-prod", kind="Deployment", containers=(), **spec):
    pods = {
        "metadata": {"labels": {"model": name}, "annotations": {"team": "search"}},
        "spec": {"containers": list(containers)},
    }
    return {
        "apiVersion": "apps/v1",
        "kind": kind,
        "metadata": {"name": f"{name}-v2", "namespace": namespace},
        "spec": {"replicas": 2, "template": pods, **spec},
    }


def endpoint(**more):
    served = [{"name": "ads-1", "entity_name": "main.ads.ranker", "entity_version": "3"}]
    return {"name": "ads", "config": {"served_entities": served}, **more}


def models(records):
    return {each.id: each.properties for each in records if isinstance(each, Node)}


def test_a_placeholder_in_a_label_names_no_model_and_no_team(listing):
    nobody = deployment("TBD")
    nobody["spec"]["template"]["metadata"]["annotations"]["team"] = "n/a"
    said = listing(nobody, deployment(), owner=["annotation:team"])
    assert list(models(said)) == ["ranker"]
    said = listing(nobody, model=["name=TBD-{model}"], owner=["annotation:team"])
    assert not [each for each in said if isinstance(each, Relationship)]


def test_the_smallest_true_input(listing):
    assert listing(deployment(), prefix="mlflow:", owner=["annotation:team"]) == [
        Node(
            "Model",
            "mlflow:ranker",
            {"name": "ranker", "environment": "production"},
            "listing.json, Deployment shop-prod/ranker-v2",
        ),
        Relationship(
            "OWNS",
            "Team",
            "search",
            "Model",
            "mlflow:ranker",
            {"role": "technical", "scope": "operation"},
            "listing.json, Deployment shop-prod/ranker-v2",
        ),
        Promise("Model"),
        Promise("OWNS"),
    ]


def test_a_serving_endpoint_of_a_cluster_serves_a_model_whatever_its_labels_say(tmp_path):
    (tmp_path / "serving.yaml").write_text("""
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: fraud, namespace: ml-live}
spec: {predictor: {model: {storageUri: "models:/fraud-scoring/12"}}}
---
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: {name: churn, namespace: staging}
spec: {predictor: {sklearn: {storageUri: "s3://models/churn"}}}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: ranker, labels: {model: ranker}}
---
apiVersion: machinelearning.seldon.io/v1
kind: SeldonDeployment
metadata: {name: rank, labels: {model: ranker}}
spec:
  predictors:
  - componentSpecs: [{metadata: {labels: {env: Prod}}, spec: {containers: [{image: a/b:1}]}}]
    graph: {name: c, modelUri: "models:/other@champion"}
""")
    assert models(read(tmp_path / "serving.yaml")) == {
        "fraud-scoring": {"name": "fraud-scoring", "environment": "production", "version": "12"},
        "churn": {"name": "churn", "environment": "staging"},
        "ranker": {"name": "ranker", "environment": "production"},
    }


def test_a_workload_counts_only_where_a_place_names_its_model(listing):
    bare = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "redis"}, "spec": {}}
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"labels": {"model": "x"}}}
    assert models(listing(bare, service, deployment())).keys() == {"ranker"}
    with pytest.raises(SourceError) as caught:
        listing(bare, {**bare, "metadata": {"name": "x", "labels": {"app\x1b[31m": "shop"}}})
    assert str(caught.value).endswith(
        "none of 2 workloads says which model it runs. Say where the name stands, with --model."
        " Most have: 'name', 'label:app\\x1b[31m'."
    )


CONTAINER = {
    "image": "registry.example:5000/ml/fraud@sha256:1f",
    "env": [{"name": "MODEL_NAME", "value": " claims "}, {"name": "TOKEN", "valueFrom": {}}],
    "command": ["serve", "--model=a/llama", "-v"],
    "args": ["--name", "tuned", 7],
}


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("env:MODEL_NAME", "claims"),
        ("arg:--model", "a/llama"),
        ("arg:--model=*/{model}", "llama"),
        ("arg:--name", "tuned"),
        ("image", "registry.example:5000/ml/fraud"),
        ("image=*/{model}", "fraud"),
        ("name=ra{model}-v*", "nker"),
        ("namespace", "shop-prod"),
        ("label:model", "ranker"),
        ("annotation:team", "search"),
    ],
)
def test_where_the_model_is_named_is_an_option(listing, written, name):
    said = listing(deployment(containers=[CONTAINER]), model=["label:none", "env:TOKEN", written])
    assert models(said).keys() == {name}


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("lable:model", "'lable:model' is no place"),
        ("label", "'label' is no place"),
        ("name:x", "'name:x' is no place"),
        ("name=ranker", r"the pattern 'ranker' says \{model\} not once"),
        ("name={model}{model}", ".* not once"),
    ],
)
def test_a_place_that_is_none(listing, written, told):
    with pytest.raises(UsageError, match=f"reading the option 'model': {told}"):
        listing(deployment(), model=[written])


def test_a_value_too_long_for_a_pattern_fits_none(listing):
    with pytest.raises(SourceError, match="none of 1 workloads"):
        listing(deployment(containers=[{"image": "a/" * 500}]), model=["image=*/*/*/{model}"])


@pytest.mark.parametrize(
    "item",
    [
        deployment(replicas=0),
        deployment(kind="CronJob", suspend=True, jobTemplate={"spec": {}}),
        {**deployment(kind="Job"), "status": {"completionTime": "2026-11-01T00:00:00Z"}},
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {"name": "x", "labels": {"model": "x"}},
            "status": {"phase": "Failed"},
        },
        {**deployment(), "metadata": {"deletionTimestamp": "2026-11-01T00:00:00Z"}},
    ],
)
def test_what_is_switched_off_does_not_run(listing, item):
    assert listing(item) == [Promise("Model")]


def test_one_model_in_several_places_is_one_and_production_stands_for_the_others(listing):
    said = listing(
        deployment(namespace="dev"), deployment(), deployment(namespace="pre-prod"),
        deployment("claims", "zeta"), deployment("claims", "beta"), deployment("x", ""),
    )  # fmt: skip
    assert {own_id: each["environment"] for own_id, each in models(said).items()} == {
        "ranker": "production",
        "claims": "beta",
        "x": "not said",
    }


def test_where_it_runs_can_be_said(listing):
    labelled = deployment("x", "serving")
    labelled["metadata"]["labels"] = {"environment": "test"}
    said = {"production": ["serv*"]}
    assert models(listing(labelled, **said))["x"]["environment"] == "test"
    assert models(listing(deployment("x", "serving"), **said))["x"]["environment"] == "production"
    everywhere = listing(labelled, **said, environment="cluster 7")
    assert models(everywhere)["x"]["environment"] == "cluster 7"


def test_the_raw_answer_of_the_cluster_names_the_kind_once(document):
    item = {key: value for key, value in deployment().items() if key != "kind"}
    said = {"apiVersion": "apps/v1", "kind": "DeploymentList", "items": [item], "metadata": {}}
    assert models(document(said)).keys() == {"ranker"}
    cut = document({**said, "metadata": {"continue": "eyJ"}})
    assert [each.file for each in cut if isinstance(each, Partial)] == ["listing.json"]


def test_endpoints_of_databricks(document):
    external = {"name": "chat", "provider": "openai"}
    said = {
        "endpoints": [
            endpoint(tags=[{"key": "env", "value": "live"}]),
            endpoint(name="off", state={"suspend": "SUSPENDED"}),
            {
                "name": "old",
                "config": {"served_models": [{"model_name": "m", "model_version": 2}]},
            },
            {"name": "chatbot", "config": {"served_entities": [{"external_model": external}]}},
        ]
    }
    found = document(said)
    assert models(found) == {
        "main.ads.ranker": {
            "name": "main.ads.ranker",
            "environment": "production",
            "version": "3",
        },
        "m": {"name": "m", "environment": "databricks", "version": "2"},
        "chatbot": {"name": "chatbot", "environment": "databricks"},
        "chat": {"vendor": "openai"},
    }
    [tie] = [each for each in found if isinstance(each, Relationship)]
    assert (tie.type, tie.from_id, tie.to_id) == ("DEPENDS_ON", "chatbot", "chat")
    assert tie.properties == {"kind": "calls"}
    assert models(document([endpoint()])) == models(document(endpoint()))


def test_endpoints_of_a_gateway(document):
    said = [
        {
            "name": "chat",
            "endpoint_type": "llm/v1/chat",
            "model": {"name": "gpt", "provider": "x"},
        },
        {"name": "same", "endpoint_type": "llm/v1/chat", "model": {"name": "same"}},
    ]
    assert models(document({"endpoints": said})) == {
        "chat": {"name": "chat", "environment": "gateway"},
        "gpt": {"vendor": "x"},
        "same": {"name": "same", "environment": "gateway"},
    }


def test_endpoints_of_sagemaker(document):
    one = {"EndpointName": "fraud-endpoint", "EndpointArn": "arn:1", "EndpointStatus": "InService"}
    said = {
        "Endpoints": [one, {"EndpointName": "gone", "EndpointStatus": "Deleting"}],
        "NextToken": "x",
    }
    found = document(said, model=["name={model}-endpoint"], environment="production")
    assert models(found) == {"fraud": {"name": "fraud", "environment": "production"}}
    assert [type(each) for each in found] == [Partial, Node, Promise]
    tagged = {**one, "Tags": [{"Key": "Env", "Value": "Prod"}]}
    assert models(document(tagged))["fraud-endpoint"]["environment"] == "production"
    assert models(document({**one, "Tags": {"model": "x"}})).keys() == {"x"}


def test_a_folder_of_manifests_and_listings(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.yml").write_text(json.dumps(deployment("a")))
    (tmp_path / "b.json").write_text(json.dumps(endpoint()))
    (tmp_path / "package.json").write_text('{"name": "x", "dependencies": {"apiVersion": "1"}}')
    (tmp_path / "notes.txt").write_text("passed over")
    assert models(read(tmp_path)).keys() == {"a", "main.ads.ranker"}
    (tmp_path / "out.yaml").symlink_to(tmp_path.parent)
    (tmp_path / "in" / "out.yaml").symlink_to("/etc/hostname")
    with pytest.raises(SourceError, match="leads out of the folder"):
        read(tmp_path)


@pytest.mark.parametrize(
    "said",
    ["{}", "[]", '"x"', '{"kind": "List", "items": 7, "apiVersion": "v1"}', '{"endpoints": {}}'],
)
def test_what_is_no_listing(document, said):
    with pytest.raises(SourceError, match="nothing that could run a model is there"):
        document(said)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.json", b'{"endpoints": [{"name": "x"'),
        ("deep.json", b"[" * 100_000),
        ("deep.yaml", b"a: " + b"[" * 100_000),
        ("nul.yaml", b"kind: \0"),
        ("bomb.yaml", b"a: &a [x, x]\n" + b"\n".join(
            b"%c: &%c [*%c, *%c, *%c, *%c]" % (n, n, n - 1, n - 1, n - 1, n - 1)
            for n in range(98, 118)
        )),
        ("template.yaml", b"kind: {{ .Values.kind }}\n"),
        ("none.json", None),
    ],
)  # fmt: skip
def test_hostile_files_are_refused_in_a_moment(tmp_path, name, content):
    if content is not None:
        (tmp_path / name).write_bytes(content)
    begun = time.monotonic()
    with pytest.raises(SourceError) as caught:
        read(tmp_path / name)
    assert caught.value.file == str(tmp_path / name)
    assert time.monotonic() - begun < 5


def test_specifications_in_one_another_are_not_followed_for_ever(document):
    spec = "x"
    for _ in range(60):
        spec = {"a": [spec]}
    item = {
        "apiVersion": "v1",
        "kind": "InferenceService",
        "metadata": {"name": "m"},
        "spec": spec,
    }
    assert models(document(item)) == {"m": {"name": "m", "environment": "not said"}}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(
            ["kind", "apiVersion", "metadata", "spec", "name", "labels", "template", "containers",
             "env", "args", "image", "endpoints", "config", "served_entities", "items", "tags"]
        ),
        inner,
        max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(ANYTHING)
def test_whatever_stands_in_a_document_only_a_sentence_comes_of_it(tmp_path_factory, said):
    file = tmp_path_factory.mktemp("running") / "x.json"
    file.write_text(json.dumps(said))
    try:
        assert read(file)
    except SourceError as error:
        assert "its own code failed" not in str(error)  # noqa: PT017 -- both may come


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["dev", "prod", "x"]))), st.data()
)
def test_neither_the_order_nor_the_files_matter(tmp_path_factory, pairs, data):
    items = [deployment(name, where) for name, where in [*pairs, ("a", "y")]]
    mixed = data.draw(st.permutations(items))
    cut = data.draw(st.integers(0, len(mixed)))
    one, two = tmp_path_factory.mktemp("one"), tmp_path_factory.mktemp("two")
    (one / "all.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": items}))
    for name, part in (("1.json", mixed[:cut]), ("2.json", mixed[cut:])):
        (two / name).write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": part}))
    assert models(read(one)) == models(read(two))


def test_it_is_recognised_in_a_folder(tmp_path):
    (tmp_path / "deploy").mkdir()
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / "deploy" / name).write_text("apiVersion: x\nkind: InferenceService\n")
    (tmp_path / "endpoints.json").write_text(json.dumps({"endpoints": [endpoint()]}))
    (tmp_path / "other.json").write_text('{"kind": "Deployment"}')
    for name in ("model", "app"):
        text = json.dumps({"items": [{"kind": "Pod", "metadata": {"labels": {name: "x"}}}]})
        (tmp_path / f"{name}s.json").write_text(text)
    (tmp_path / "other.yaml").write_text("kind: Deployment\n")
    found = {each.path.name: (each.also, each.ask[:14]) for each in
             RUNNING.recognise(look_round(tmp_path))}  # fmt: skip
    assert found == {
        "apps.json": ((), "Say with model"),
        "endpoints.json": ((), ""),
        "models.json": ((), ""),
        "deploy": ((tmp_path / "deploy" / "a.yaml", tmp_path / "deploy" / "b.yaml"), ""),
    }


def test_what_runs_and_what_the_inventory_says_are_held_against_each_other(tmp_path):
    """The two questions that this is for; one model runs on trial, and is no finding of either."""
    (tmp_path / "nodes_Model.csv").write_text(
        "id,name,stage\nranker,Ranker,production\nclaims,Claims,pilot\nold,Old,retired\n"
    )
    items = [deployment(), deployment("chat", "ml-live"), deployment("draft", "dev")]
    listing = json.dumps({"apiVersion": "v1", "kind": "List", "items": items})
    (tmp_path / "listing.json").write_text(listing)
    sources = {"inventory": ("tables", "nodes_Model.csv"), "cluster": ("running", "listing.json")}
    with open_store(str(tmp_path / "graph.kgl")) as store:
        for name, (importer, file) in sources.items():
            order = Order(name, find_importer(importer), {"path": tmp_path / file})
            load(store, order, now=datetime(2026, 11, 20, tzinfo=UTC))

    with ownership_graph.open(tmp_path / "graph.kgl") as graph:
        checked = graph.check("INV-01", "INV-02", inventory_of_record="inventory")

    found = {each.question.code: [found.row["model"] for found in each.findings]
             for each in checked.answers}  # fmt: skip
    assert found == {"INV-01": ["chat"], "INV-02": ["claims"]}
