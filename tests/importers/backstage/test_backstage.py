"""A Backstage catalog: files, an export, and an API that pages, limps and lies."""

from __future__ import annotations

import json

import pytest
from servers.recorded_answers import Answer, cut_off, expired, failed, moved, too_many

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Partial, Promise, Rejected, Relationship

BACKSTAGE = find_importer("backstage")
FRAUD = "fraud"

CATALOG = """
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: Fraud, title: Fraud score}
spec:
  type: ml-model
  lifecycle: production
  owner: risk
  system: claims
  dependsOn: [resource:history, 'component:scorer']
  dependencyOf: [component:default/portal]
  consumesApis: [policies]
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: history}
spec: {type: dataset, owner: user:jane, dependsOn: [resource:lake]}
---
kind: Group
metadata: {name: Risk}
spec:
  type: team
  profile: {displayName: Risk EMEA}
  parent: insurance
  children: []
  members: [bob]
---
kind: User
metadata: {name: jane}
spec:
  profile: {displayName: Jane Doe, email: Jane@Example.com}
  memberOf: [risk]
"""


@pytest.fixture
def read(tmp_path):
    def read(files, **options):
        files = {"catalog-info.yaml": files} if isinstance(files, str) else files
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return list(BACKSTAGE.read(path=tmp_path / options.pop("at", ""), **options))

    return read


def ties(records):
    return {
        (each.type, each.from_id, each.to_id, each.properties.get("kind", ""))
        for each in records
        if isinstance(each, Relationship)
    }


def nodes(records):
    return {each.id: each for each in records if isinstance(each, Node)}


def whys(records):
    return [each.why for each in records if isinstance(each, Rejected | Partial)]


def component(name="m", **spec):
    spec = {"type": "model", **spec}
    return json.dumps({"kind": "Component", "metadata": {"name": name}, "spec": spec})


def test_the_smallest_true_input(read):
    file = "catalog-info.yaml"
    history, jane = "resource:default/history", "jane@example.com"
    assert read(CATALOG) == [
        Node(
            "Model",
            FRAUD,
            {"name": "Fraud score", "kind": "ml-model", "stage": "production"},
            file,
            2,
        ),
        Node("Dataset", history, {"name": "history", "kind": "dataset"}, file, 14),
        Node("Team", "team:risk", {"name": "Risk EMEA", "kind": "team"}, file, 19),
        Node("Person", jane, {"name": "Jane Doe"}, file, 28),
        *(
            Relationship(*ends, properties, file, line)
            for *ends, properties, line in (
                ("OWNS", "Team", "team:risk", "Model", FRAUD, {"role": "accountable"}, 2),
                (
                    "DEPENDS_ON", "Model", FRAUD, "Dataset", history, {"kind": "requires"}, 2,
                ),
                (
                    "DEPENDS_ON", "Model", FRAUD, "Service", "component:default/scorer",
                    {"kind": "requires"}, 2,
                ),
                (
                    "DEPENDS_ON", "Service", "component:default/portal", "Model", FRAUD,
                    {"kind": "requires"}, 2,
                ),
                (
                    "DEPENDS_ON", "Service", "system:default/claims", "Model", FRAUD,
                    {"kind": "requires"}, 2,
                ),
                (
                    "DEPENDS_ON", "Model", FRAUD, "Service", "api:default/policies",
                    {"kind": "calls"}, 2,
                ),
                ("OWNS", "Person", jane, "Dataset", history, {"role": "accountable"}, 14),
                ("MEMBER_OF", "Person", "user:default/bob", "Team", "team:risk", {}, 19),
                ("PART_OF", "Team", "team:risk", "Team", "team:insurance", {}, 19),
                ("MEMBER_OF", "Person", jane, "Team", "team:risk", {}, 28),
            )
        ),
        Promise("Model"), Promise("OWNS"), Promise("OWNS role accountable"),
        Promise("DEPENDS_ON"), Promise("Team"), Promise("Person"), Promise("MEMBER_OF"),
    ]  # fmt: skip


def test_every_kind_of_backstage(read):
    said = read(
        """
kind: System
metadata: {name: claims, namespace: eu}
spec: {owner: ops, domain: insurance}
---
kind: Domain
metadata: {name: insurance}
spec: {owner: user:default/jane, subdomainOf: company}
---
kind: API
metadata: {name: scores}
spec: {type: openapi, lifecycle: deprecated, owner: eu/ops, system: eu/claims}
---
kind: Component
metadata: {name: scorer}
spec: {type: service, owner: ops, providesApis: [scores], subcomponentOf: portal}
---
kind: Group
metadata: {name: root}
spec: {type: root, children: [ops]}
---
kind: Template
metadata: {name: t}
spec: {type: service, owner: ops}
---
kind: Product
metadata: {name: p}
spec: {owner: ops}
"""
    )

    assert {key: (each.label, each.properties) for key, each in nodes(said).items()} == {
        "system:eu/claims": ("Service", {"name": "claims", "kind": "system"}),
        "domain:default/insurance": ("Service", {"name": "insurance", "kind": "domain"}),
        "api:default/scores": (
            "Service", {"name": "scores", "kind": "api", "status": "deprecated"},
        ),
        "component:default/scorer": ("Service", {"name": "scorer", "kind": "service"}),
        "team:root": ("Team", {"name": "root", "kind": "function"}),
    }  # fmt: skip
    assert ties(said) == {
        ("OWNS", "team:eu/ops", "system:eu/claims", ""),
        ("DEPENDS_ON", "domain:eu/insurance", "system:eu/claims", "requires"),
        ("OWNS", "user:default/jane", "domain:default/insurance", ""),
        ("DEPENDS_ON", "domain:default/company", "domain:default/insurance", "requires"),
        ("OWNS", "team:eu/ops", "api:default/scores", ""),
        ("DEPENDS_ON", "system:eu/claims", "api:default/scores", "requires"),
        ("OWNS", "team:ops", "component:default/scorer", ""),
        ("DEPENDS_ON", "api:default/scores", "component:default/scorer", "hosted_on"),
        ("DEPENDS_ON", "component:default/portal", "component:default/scorer", "requires"),
        ("PART_OF", "team:ops", "team:root", ""),
    }


def test_what_the_catalog_made_of_it_counts_before_the_fields(read):
    relations = [
        {"type": "ownedBy", "targetRef": "user:default/jane"},
        {"type": "dependsOn", "target": {"kind": "Resource", "namespace": "eu", "name": "db"}},
        {"type": "apiProvidedBy", "targetRef": "component:default/x"},
        {"type": "apiConsumedBy", "targetRef": "component:default/y"},
        {"type": "partOf", "targetRef": "system:default/s"},
        {"type": "somethingElse", "targetRef": "system:default/s"},
        "no table",
    ]
    whole = {
        "kind": "Component",
        "metadata": {"name": "m"},
        "spec": {"type": "model", "owner": "risk"},
        "relations": relations,
    }
    own = "m"
    said = read({"export.json": json.dumps({"items": [whole]})}, at="export.json")
    assert ties(said) == {
        ("OWNS", "user:default/jane", own, ""),
        ("DEPENDS_ON", own, "resource:eu/db", "requires"),
        ("DEPENDS_ON", own, "component:default/x", "hosted_on"),
        ("DEPENDS_ON", "component:default/y", own, "calls"),
        ("DEPENDS_ON", "system:default/s", own, "requires"),
    }
    whole["relations"] = []
    assert ties(read({"export.json": json.dumps([whole])}, at="export.json")) == set()


def test_a_tie_that_both_ends_say_is_one(read):
    said = read(
        {
            "catalog-info.yaml": "kind: Group\nmetadata: {name: g}\nspec: {members: [u]}\n---\n"
            "kind: User\nmetadata: {name: u}\nspec: {memberOf: [g]}\n"
        }
    )
    assert [each.type for each in said if isinstance(each, Relationship)] == ["MEMBER_OF"]


def test_which_types_are_models_and_how_they_are_called_are_options(read):
    text = f"{component('a', type='Scorer')}\n---\n{component('b', type='model')}\n---\n"
    text += "kind: AISystem\nmetadata: {name: c, namespace: eu}\nspec: {owner: ops}\n"
    said = read(text, models=["scor*", "aisystem"], model_id="m:{namespace}/{name}")

    assert {key: each.label for key, each in nodes(said).items()} == {
        "m:default/a": "Model", "component:default/b": "Service", "m:eu/c": "Model",
    }  # fmt: skip
    assert ("OWNS", "team:eu/ops", "m:eu/c", "") in ties(said)
    said = read(text, datasets=["scorer"], models=["model"])
    assert nodes(said)["component:default/a"].label == "Dataset"


def test_two_models_with_one_name_keep_their_references(read):
    text = f"{component('m')}\n---\n{component('other')}\n---\n"
    text += "kind: Resource\nmetadata: {name: m}\nspec: {type: model, owner: risk}\n"
    assert set(nodes(read(text))) == {"component:default/m", "resource:default/m", "other"}


def test_without_a_model_the_types_are_told(read):
    text = f"{component(type='service')}\n---\n{component('b', type='website')}\n"
    [why] = whys(read(text))
    assert why.startswith("none of 2 components and resources is a model by its type.")
    assert "The types: 'service' (1), 'website' (1)." in why
    assert Promise("Model") not in read(text)
    assert whys(read(text, models=[])) == []
    assert whys(read("kind: Group\nmetadata: {name: g}\n")) == []


@pytest.mark.parametrize(
    ("lifecycle", "expected"),
    [
        ("Production", {"stage": "production"}),
        ("experimental", {"stage": "experiment"}),
        ("beta", {"stage": "production"}),
        ("deprecated", {"stage": "unknown", "backstage_lifecycle": "deprecated"}),
        ("", {}),
        (["x"], {}),
    ],
)
def test_lifecycles(read, lifecycle, expected):
    [model, *_] = read(component(lifecycle=lifecycle), stages=["Beta = production"])
    assert model.properties == {"name": "m", "kind": "model", **expected}


def test_two_with_one_address_keep_their_own_ids(read):
    user = "kind: User\nmetadata: {{name: {}}}\nspec: {{profile: {{email: team@x.org}}}}\n"
    said = read("---\n".join(user.format(each) for each in "ab"))
    assert set(nodes(said)) == {"user:default/a", "user:default/b"}


def test_what_is_wrong_is_rejected_and_the_rest_goes_in(read):
    text = "\n---\n".join(
        (
            component("a", owner="two words", dependsOn=["db", {"kind": "x"}, None, ""]),
            component("b", owner="component:a"),
            component("c", owner="TBD"),
            component("d", owner="group:default/unknown", dependsOn=["user:jane"]),
            component("a", owner="risk"),
            component("\x1b[31m e"),
            '{"kind": "Component"}',
            "- a list",
            "kind: User\nmetadata: {name: u}\nspec: {memberOf: [system:s]}",
        )
    )
    said = read(text)

    assert set(nodes(said)) == {*"abcd", "user:default/u"}
    assert ties(said) == set()
    told = [(each.line, each.why.split(",")[0]) for each in said if isinstance(each, Rejected)]
    assert told == [
        (9, "'component:default/a' is described in catalog-info.yaml"),
        (11, "an entity has no kind"),
        (13, "an entity has no kind"),
        (15, "an entity has no kind"),
        (1, "spec.owner of 'component:default/a' is 'two words'"),
        (1, "spec.dependsOn of 'component:default/a' is 'db'"),
        (1, "spec.dependsOn of 'component:default/a' is {'kind': 'x'}"),
        (3, "'component:default/b' ties 'component:default/a' to 'component:default/b'"),
        (7, "'component:default/d' ties 'component:default/d' to 'user:default/jane'"),
        (17, "'user:default/u' ties 'user:default/u' to 'system:default/s'"),
    ]


def test_locations_are_followed_within_the_folder(read, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "x.yaml"
    outside.write_text(component("x"))
    said = read(
        {
            "repo/catalog-info.yaml": "kind: Location\nmetadata: {name: all}\nspec:\n"
            "  target: ./more/a.yaml\n"
            f"  targets: [more/*.yaml, ../org.yaml, https://x.org/c.yaml, {outside}, none.yaml]\n",
            "repo/more/a.yaml": component("a"),
            "repo/more/b.yaml": "kind: Location\nmetadata: {name: b}\nspec:\n"
            "  targets: [../catalog-info.yaml, ./b.yaml]\n",
            "org.yaml": component("org"),
            "unused.yaml": component("unused"),
        },
    )
    assert set(nodes(said)) == {"a", "org"}
    away = "leads out of the folder, and was not read. Name a folder that holds both."
    assert whys(said) == [
        f"the target {shown(str(outside))} {away}",
        "the target 'none.yaml' is not there. Mend the target.",
    ]
    alone = read({}, at="repo/catalog-info.yaml")
    assert [each.split("' ")[1][:9] for each in whys(alone)] == [
        "leads out", "leads out", "is not th",
    ]  # fmt: skip


def test_links_that_go_round_in_a_circle_are_told(tmp_path):
    said = "kind: Location\nmetadata: {name: all}\nspec: {target: ./round}\n"
    (tmp_path / "catalog-info.yaml").write_text(said)
    (tmp_path / "round").symlink_to("round")
    (tmp_path / "catalog-info.yml").symlink_to("catalog-info.yml")

    [looped, target] = list(BACKSTAGE.read(path=tmp_path))

    assert "Too many levels of symbolic links" in target.why + looped.why
    assert "the target './round' is not there" in target.why + looped.why


def test_a_file_that_cannot_be_read_makes_a_folder_partial_and_fails_alone(read, tmp_path):
    files = {"a/catalog-info.yaml": component(), "b/catalog-info.yml": "kind: [\n"}
    said = read(files)
    [partial] = [each for each in said if isinstance(each, Partial)]
    assert (partial.file, partial.line) == ("b/catalog-info.yml", 2)
    assert "this is no YAML" in partial.why
    assert "m" in nodes(said)
    with pytest.raises(SourceError, match="this is no YAML"):
        read({}, at="b/catalog-info.yml")
    with pytest.raises(SourceError, match=r"no file is there\. Looked for x\.yaml"):
        list(BACKSTAGE.read(path=tmp_path, files=["x.yaml"]))
    with pytest.raises(SourceError, match="in one another hundreds deep"):
        read({"deep.json": "[" * 100_000}, at="deep.json")


def test_a_json_file_with_one_entity(read):
    assert set(nodes(read({"one.json": component()}, at="one.json"))) == {"m"}


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"url": "https://x.org"}, "give either a file or folder, or --url"),
        ({"model_id": "m"}, "would give every model the same id"),
        ({"stages": ["beta=pliot"]}, r"is not like beta=pilot.*Did you mean 'pilot'\?"),
        ({"stages": ["=pilot"]}, "is not like beta=pilot"),
    ],
)
def test_options_that_cannot_be(read, options, why):
    with pytest.raises(UsageError, match=why):
        read(CATALOG, **options)


@pytest.fixture(autouse=True)
def _no_long_waits(monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.FIRST_WAIT", 0.001)
    monkeypatch.setattr("ownership_graph.readers.web.JITTER", 0.001)


def page(*names, cursor="", total=None):
    items = [json.loads(component(each, owner="risk")) for each in names]
    info = {"nextCursor": cursor} if cursor else {}
    return {"items": items, "totalItems": total, "pageInfo": info}


def asked(server, **options):
    return list(BACKSTAGE.read(url=f"{server.url}/api/catalog", **options))


KEPT_IN = "env:BACKSTAGE_TOKEN"
PATH = "/api/catalog/entities/by-query"


def test_the_api_page_by_page(server, monkeypatch):
    monkeypatch.setenv("BACKSTAGE_TOKEN", "t0ken")
    server.on(PATH, too_many(), failed(), page("a", "b", cursor="c1", total=3))
    server.on(f"{PATH}?cursor=c1", page("c", total=3))

    said = asked(server, token=KEPT_IN, page_size=2)

    assert set(nodes(said)) == {*"abc"}
    assert ("OWNS", "team:risk", "c", "") in ties(said)
    assert whys(said) == []
    assert [each.query.get("cursor") for each in server.requests] == [None, None, None, "c1"]
    assert {each.query["limit"] for each in server.requests} == {"2"}
    assert "relations" in server.requests[-1].query["fields"]
    assert {each.headers["authorization"] for each in server.requests} == {"Bearer t0ken"}
    assert server.unforeseen == []


def test_fewer_than_it_says_make_the_source_partial(server):
    server.on(PATH, page("a", total=2))
    [partial] = [each for each in asked(server) if isinstance(each, Partial)]
    assert "it says that there are 2 entities, and gave 1" in partial.why


def test_an_entity_that_moved_to_the_next_page_meanwhile_is_one(server):
    server.on(PATH, page("a", "b", cursor="c1", total=3))
    server.on(f"{PATH}?cursor=c1", page("b", total=3))
    said = asked(server)
    assert set(nodes(said)) == {"a", "b"}
    [why] = whys(said)
    assert "there are 3 entities, and gave 2" in why


def test_a_cursor_that_comes_again_ends_it(server):
    server.on(PATH, page("a", cursor="c", total=9))
    server.on(f"{PATH}?cursor=c", page("b", cursor="c", total=9))
    assert "gave 2" in whys(asked(server))[-1]
    assert len(server.requests) == 2


def test_what_is_no_entity_is_rejected(server):
    server.on(PATH, {"items": [{"kind": "Group", "metadata": {"name": "a b"}}, 7]})
    assert whys(asked(server)) == [
        "the entity 'a b' has no kind, or no name. Mend it.",
        "the entity '' has no kind, or no name. Mend it.",
    ]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (expired(), "missing, expired"),
        (cut_off(page("a" * 200)), "the line broke"),
        ({"error": "x"}, "the answer is no list of entities. The address is that of"),
        (Answer("<html>"), "no JSON"),
        (Answer({}, 404), "Is this the address of its API"),
    ],
)
def test_answers_that_are_none(server, answer, why, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.web.TRIES", 1)
    server.on(PATH, answer)
    with pytest.raises(SourceError, match=why):
        asked(server)


def test_a_redirect_is_not_followed_and_takes_no_token(server, elsewhere, monkeypatch):
    monkeypatch.setenv("BACKSTAGE_TOKEN", "t0ken")
    server.on(PATH, moved(f"{elsewhere.url}/x"))
    with pytest.raises(SourceError, match="which was not followed") as caught:
        asked(server, token=KEPT_IN)
    assert elsewhere.requests == []
    assert "t0ken" not in str(caught.value)


def test_a_page_needs_a_size(server):
    with pytest.raises(UsageError, match="0 at a time are no page"):
        asked(server, page_size=0)


def test_it_is_recognised(read, tmp_path):
    read({"a/catalog-info.yaml": CATALOG, "b/catalog-info.yml": "no: entity\n"})
    [one] = BACKSTAGE.recognise(look_round(tmp_path))
    assert (one.path, one.what) == (tmp_path / "a", "1 Backstage catalog file")
    read({"c/catalog-info.yaml": CATALOG}, at="c")
    [both] = BACKSTAGE.recognise(look_round(tmp_path))
    assert (both.path, both.what) == (tmp_path, "2 Backstage catalog files")
    assert not both.options
    read({"a/catalog-info.yaml": "x: 1", "c/catalog-info.yaml": "x: 1"})
    assert list(BACKSTAGE.recognise(look_round(tmp_path))) == []


def test_files_that_are_called_otherwise_are_recognised_by_what_they_say(tmp_path):
    own = "apiVersion: backstage.io/v1alpha1\nkind: Resource\nmetadata: {name: granite}\n"
    (tmp_path / "ai-catalog.yaml").write_text(own)
    (tmp_path / "deploy.yaml").write_text("kind: Resource\nmetadata: {name: cluster}\n")
    (tmp_path / "template.yaml").write_text(own.replace("Resource", "Template"))
    [one] = BACKSTAGE.recognise(look_round(tmp_path))
    assert one.also == (tmp_path / "ai-catalog.yaml",)
    files = ["catalog-info.yaml", "catalog-info.yml", "ai-catalog.yaml"]
    assert dict(one.options) == {"files": files}
    said = BACKSTAGE.read(path=one.path, **one.options)
    assert [each.id for each in said if isinstance(each, Node)] == ["resource:default/granite"]


SKELETON = """apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${{ values.component_id | dump }}
  {%- if values.description %}
  description: ${{ values.description | dump }}
  {%- endif %}
spec: {type: website, owner: "${{ values.owner }}"}
"""
NO_ENTITY = "a template, of which entities are made, is none itself. It was passed over."


@pytest.mark.parametrize(
    "text",
    [
        SKELETON,
        "kind: Component\nmetadata:\n  name: ${{ values.name }}\n",
        "kind: Component\nmetadata:\n  name: {{cookiecutter.name}}\n",
    ],
)
def test_the_skeleton_of_a_software_template_is_no_entity_and_no_broken_file(read, text):
    said = read({"a/catalog-info.yaml": CATALOG, "skeleton/catalog-info.yaml": text})
    assert not [each for each in said if isinstance(each, Partial)]
    why = [each.why for each in said if isinstance(each, Rejected) and "skeleton" in each.file]
    assert why == [NO_ENTITY]


def test_a_template_that_is_named_itself_fails(read):
    with pytest.raises(SourceError, match="YAML"):
        read({"catalog-info.yaml": SKELETON}, at="catalog-info.yaml")
