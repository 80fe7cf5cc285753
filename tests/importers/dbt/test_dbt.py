"""dbt manifests: the smallest true one, held against dbt's own schemas, and dirty ones."""

from __future__ import annotations

import json
import time
from importlib import import_module

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stated import whys

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.recognising import Found
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Relationship

DBT = find_importer("dbt")
FILE = "manifest.json"
ANN, BOB = "ann@corp.example", "bob@corp.example"


def placed(own_id, /, **said):
    kind, package, *name = own_id.split(".")
    return {
        "unique_id": own_id,
        "resource_type": kind,
        "package_name": package,
        "name": name[-1],
        "path": "x.yml",
        "original_file_path": "models/x.yml",
        "fqn": [package, *name],
        **said,
    }


def model(name, /, **said):
    return placed(
        f"model.shop.{name}",
        **{
            "database": "db",
            "schema": "marts",
            "alias": name,
            "checksum": {"name": "sha256", "checksum": "0"},
            "config": {"materialized": "table"},
            **said,
        },
    )


def source(name, /, **said):
    return placed(
        f"source.shop.raw.{name}",
        **{
            "database": "db",
            "schema": "raw",
            "identifier": name,
            "source_name": "raw",
            "source_description": "",
            "loader": "",
            **said,
        },
    )


def exposure(name, /, **said):
    return placed(
        f"exposure.shop.{name}",
        **{"type": "ml", "owner": {"name": "Ann", "email": "ann@corp.example"}, **said},
    )


def group(name, /, **owner):
    made = placed(f"group.shop.{name}", owner=owner)
    del made["fqn"]
    return made


def manifest(*entries, version=12):
    """What dbt writes of those entries."""
    parts = {
        "exposure": "exposures", "group": "groups", "source": "sources", "metric": "metrics",
        "semantic_model": "semantic_models",
    }  # fmt: skip
    said = {
        "metadata": {"dbt_schema_version": f"https://schemas.getdbt.com/dbt/manifest/v{version}.json"},
        **{part: {} for part in (
            "nodes", "sources", "macros", "docs", "exposures", "metrics", "groups", "selectors",
            "disabled", "parent_map", "child_map", "group_map", "semantic_models",
        )},
        **({"saved_queries": {}} if version > 10 else {}),
        **({"unit_tests": {}} if version > 11 else {}),
    }  # fmt: skip
    for each in entries:
        said[parts.get(each["resource_type"], "nodes")][each["unique_id"]] = each
    return said


def read(folder, said, **options):
    text = said if isinstance(said, str) else json.dumps(said)
    (folder / FILE).write_text(text, encoding="utf-8")
    return list(DBT.read(path=folder, **options))


def person(own_id, name=""):
    return Node("Person", own_id, {"name": name} if name else {}, FILE)


SHOP = (
    exposure(
        "churn",
        label="Churn score",
        maturity="high",
        depends_on={"nodes": ["model.shop.customers"]},
    ),
    model(
        "customers",
        group="crm",
        relation_name='"db"."marts"."customers"',
        deprecation_date="2027-01-31T00:00:00+00:00",
        depends_on={"nodes": ["source.shop.raw.orders"]},
    ),
    source("orders", meta={"owner": "ops@corp.example"}),
    group("crm", name="Bob", email="bob@corp.example"),
)
TRUE = [
    Node("Team", "dbt:group.shop.crm", {"name": "crm", "kind": "team"}, FILE),
    person("bob@corp.example", "Bob"),
    Relationship(
        "MEMBER_OF", "Person", "bob@corp.example", "Team", "dbt:group.shop.crm",
        {"role": "lead"}, FILE,
    ),
    Node(
        "Model", "dbt:exposure.shop.churn",
        {"name": "Churn score", "kind": "ml", "maturity": "high"}, FILE,
    ),
    person("ann@corp.example", "Ann"),
    Relationship(
        "OWNS", "Person", "ann@corp.example", "Model", "dbt:exposure.shop.churn",
        {"role": "accountable"}, FILE,
    ),
    Relationship(
        "DEPENDS_ON", "Model", "dbt:exposure.shop.churn", "Dataset", "dbt:model.shop.customers",
        {}, FILE,
    ),
    Node(
        "Dataset", "dbt:model.shop.customers",
        {
            "name": "customers", "kind": "table", "support_ends_day": "2027-01-31",
            "relation": '"db"."marts"."customers"',
        },
        FILE,
    ),
    Relationship(
        "OWNS", "Team", "dbt:group.shop.crm", "Dataset", "dbt:model.shop.customers",
        {"role": "responsible"}, FILE,
    ),
]  # fmt: skip


@pytest.mark.parametrize("version", [10, 11, 12])
def test_the_smallest_true_manifest_is_one_to_dbt_and_says_this(tmp_path, version):
    said = manifest(*SHOP, version=version)
    schema = import_module(f"dbt_artifacts_parser.parsers.manifest.manifest_v{version}")
    getattr(schema, f"ManifestV{version}").model_validate(said)
    assert read(tmp_path, said) == TRUE


def test_further_up_on_demand(tmp_path):
    found = read(tmp_path, manifest(*SHOP), upstream=True)
    added = [each for each in found if each not in TRUE]
    assert added == [
        Relationship(
            "DEPENDS_ON", "Model", "dbt:exposure.shop.churn", "Dataset",
            "dbt:source.shop.raw.orders", {}, FILE,
        ),
        Node(
            "Dataset", "dbt:source.shop.raw.orders", {"name": "raw.orders", "kind": "source"}, FILE
        ),
        person("ops@corp.example"),
        Relationship(
            "OWNS", "Person", "ops@corp.example", "Dataset", "dbt:source.shop.raw.orders",
            {"role": "responsible"}, FILE,
        ),
    ]  # fmt: skip


def test_metrics_are_looked_through_and_circles_end(tmp_path):
    found = read(
        tmp_path,
        manifest(
            exposure("churn", depends_on={"nodes": ["metric.shop.m", "function.shop.f"]}),
            placed("metric.shop.m", depends_on={"nodes": ["semantic_model.shop.s"]}),
            placed(
                "semantic_model.shop.s",
                depends_on={"nodes": ["model.shop.a", "metric.shop.m", "model.shop.gone"]},
            ),
            model("a", depends_on={"nodes": ["model.shop.a"]}),
        ),
        upstream=True,
    )
    ends = [each.to_id for each in found if isinstance(each, Relationship)]
    assert ends == ["dbt:exposure.shop.churn", "dbt:model.shop.a", "dbt:model.shop.gone"]


def test_types_role_and_teams_can_be_told(tmp_path):
    said = manifest(
        exposure("churn", type="notebook", owner={"email": "Data@corp.example", "name": "Data"}),
        exposure("shop", type="application", owner={"name": "Web team"}),
        exposure("board", type="dashboard"),
        group("crm", name="Web team"),
    )
    found = read(tmp_path, said, models=["notebook"], role="technical", teams=["data@*", "* TEAM"])
    assert found == [
        Node("Team", "dbt:group.shop.crm", {"name": "crm", "kind": "team"}, FILE),
        Node("Team", "Web team", {}, FILE),
        Relationship("PART_OF", "Team", "dbt:group.shop.crm", "Team", "Web team", {}, FILE),
        Node("Model", "dbt:exposure.shop.churn", {"name": "churn", "kind": "notebook"}, FILE),
        Node("Team", "data@corp.example", {"name": "Data"}, FILE),
        Relationship(
            "OWNS", "Team", "data@corp.example", "Model", "dbt:exposure.shop.churn",
            {"role": "technical"}, FILE,
        ),
        Node("Service", "dbt:exposure.shop.shop", {"name": "shop", "kind": "application"}, FILE),
        Relationship(
            "OWNS", "Team", "Web team", "Service", "dbt:exposure.shop.shop",
            {"role": "technical"}, FILE,
        ),
    ]  # fmt: skip


def owners(found):
    return [each.from_id for each in found if isinstance(each, Relationship)]


@pytest.mark.parametrize(
    ("owner", "end"),
    [
        ({"name": "Finance team"}, ("Team", "Finance team")),
        ({"name": "Squad Claims", "email": ANN}, ("Team", ANN)),
        ({"name": "Department of Claims"}, ("Team", "Department of Claims")),
        ({"name": "Team"}, ("Person", "Team")),
        ({"name": "Ann Steam"}, ("Person", "Ann Steam")),
    ],
)
def test_an_owner_that_is_called_a_team_is_one(tmp_path, owner, end):
    found = read(tmp_path, manifest(exposure("churn", owner=owner)))
    ties = [each for each in found if isinstance(each, Relationship)]
    assert [(each.from_label, each.from_id) for each in ties] == [end]


@pytest.mark.parametrize(
    ("owner", "meant", "fault"),
    [
        ({"email": [ANN, "Ann@corp.example", BOB]}, [ANN, BOB], ""),
        ({"email": f"{ANN}; mailto:{BOB}"}, [ANN, BOB], ""),
        ({"name": f"Ann <{ANN}>"}, [ANN], ""),
        ({"name": "Ann", "email": None}, ["Ann"], ""),
        ({"name": "Ann", "email": "https://x.example/a"}, ["Ann"], "a' is no e-mail address"),
        ({"name": "TBD", "email": ""}, [], "nobody is named"),
        ({"name": "n/a", "email": "TBD"}, [], "'TBD' is no e-mail address"),
        (None, [], "nobody is named"),
    ],
)
def test_owners_as_people_write_them(tmp_path, owner, meant, fault):
    found = read(tmp_path, manifest(exposure("churn", owner=owner)))
    assert owners(found) == meant
    assert [each for each in whys(found) if fault in each] == whys(found)
    assert bool(whys(found)) == bool(fault)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ({"config": {"meta": {"owner": ["@data", "n/a", 7]}}, "meta": {"owner": "x"}}, ["@data"]),
        ({"config": {"group": "g"}, "meta": {"owner": "Ann"}}, ["dbt:group.shop.g", "Ann"]),
        ({"config": None, "meta": ["owner"]}, []),
    ],
)
def test_owners_of_tables(tmp_path, said, meant):
    said = manifest(exposure("e", depends_on={"nodes": ["model.shop.t"]}), model("t", **said))
    assert owners(read(tmp_path, said))[2:] == meant


def test_what_is_badly_written_is_rejected_once_and_the_rest_goes_in(tmp_path):
    said = manifest(
        *SHOP,
        exposure("bad", type=7),
        exposure("also", depends_on={"nodes": ["model.shop.bad"]}),
        model("bad", name=["a"], depends_on={"nodes": []}),
        group("broken"),
    )
    said["groups"]["group.shop.broken"]["name"] = None
    found = read(tmp_path, said, upstream=True)
    assert [each for each in TRUE if each not in found] == []
    assert [each.removesuffix(" Mend it in dbt.") for each in whys(found)] == [
        "'exposure.shop.bad' was passed over: Expected `str`, got `int` - at `$.type`.",
        "'group.shop.broken' was passed over: Expected `str`, got `null` - at `$.name`.",
        "'model.shop.bad' was passed over: Expected `str`, got `array` - at `$.name`.",
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (json.dumps(manifest(version=9)), 0, "it is of version 9, older than 10"),
        (json.dumps(manifest(exposure("e", type="dashboard"))), 0, "of its 1 exposures none is"),
        ('{"metadata": {"dbt_schema_version": "…/catalog/v1.json"}}', 0, "no manifest's. Name"),
        (f'{{"metadata": {{"dbt_schema_version": "/manifest/v{"9" * 5_000}"}}}}', 0, "of its 0"),
        ('{"name": "an extension of a browser"}', 0, "Is it another file?"),
        ("[]", 0, "Is it another file?"),
        ('{"metadata": {},\n"nodes": {"a"', 2, "cut off"),
        ('{"metadata": {},\n\n"nodes" \0}', 3, "no JSON"),
        ('{"a":' + "[" * 100_000, 0, "nests hundreds deep"),
        ('{"metadata": {}, "nodes": {"a": ' + '{"b":' * 100_000, 0, "nests hundreds deep"),
        ("", 0, "the file is empty"),
    ],
)
def test_another_file_or_a_broken_one_fails_the_source(tmp_path, text, line, said):
    with pytest.raises(SourceError) as caught:
        read(tmp_path, text)
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == (str(tmp_path / FILE), line)


def test_a_file_too_large_to_hold(tmp_path, monkeypatch):
    monkeypatch.setattr("ownership_graph.readers.json_files.LARGEST", 100)
    with pytest.raises(SourceError, match="the file is larger than"):
        read(tmp_path, manifest(*SHOP))


def test_a_large_manifest_costs_little_more_than_its_text(tmp_path):
    many = [model(f"t{n}", raw_code="select 1 " * 500) for n in range(5_000)]
    said = manifest(*SHOP, *many)
    (tmp_path / FILE).write_text(json.dumps(said), encoding="utf-8")
    begun = time.process_time()
    assert list(DBT.read(path=tmp_path)) == TRUE
    assert time.process_time() - begun < 2  # 0.1 s for 25 MB, without what else the machine does


@settings(max_examples=40)
@given(st.dictionaries(st.text(), st.none() | st.text() | st.lists(st.text()) | st.integers()))
def test_whatever_an_owner_is_it_is_said_or_rejected(tmp_path_factory, owner):
    found = read(tmp_path_factory.mktemp("dbt"), manifest(exposure("churn", owner=owner)))
    assert owners(found) or whys(found)


def test_it_is_recognised_and_names_its_file(tmp_path):
    target = tmp_path / "target"
    target.mkdir()
    read(target, manifest(*SHOP))
    (tmp_path / FILE).write_text('{"manifest_version": 3}', encoding="utf-8")
    assert list(DBT.recognise(look_round(tmp_path))) == [
        Found(target / FILE, "a dbt manifest: exposures, their tables and owners")
    ]
    assert DBT.files(path=target) == DBT.files(path=target / FILE) == (target / FILE,)
