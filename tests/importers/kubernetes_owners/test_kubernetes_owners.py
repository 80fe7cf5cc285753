"""OWNERS to owners of models: the smallest true input, each rule, dirty and hostile input."""

from __future__ import annotations

import sys

import pytest

from ownership_graph.errors import SourceError
from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.surroundings import look_round
from ownership_graph.records import Node, Promise, Rejected, Relationship

OWNERS = find_importer("kubernetes_owners")
MODEL = Node("Model", "fraud", {}, "OWNERS")


@pytest.fixture
def checkout(tmp_path):
    def checkout(files):
        for name, text in {"models/fraud/train.py": "x", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text)
        return tmp_path

    return checkout


def read(path, **options):
    return list(OWNERS.read(path=path, **options))


def owners(records):
    """Who owns in which role, and how sure that is."""
    return {
        (each.from_id, each.properties["role"]): each.properties.get("confidence", 1)
        for each in records
        if isinstance(each, Relationship) and each.type == "OWNS"
    }


def rejected(records):
    return [(each.file, each.line, each.why) for each in records if isinstance(each, Rejected)]


def test_a_name_that_is_none_is_told_without_a_line_that_would_be_guessed(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers:\n- ann\n- TBD\n- sig\n",
            "OWNERS_ALIASES": "aliases:\n  sig:\n  - bob\n  - n/a\n",
        }
    )
    assert rejected(read(path)) == [
        ("models/fraud/OWNERS", 0, "'TBD' is neither a login, an alias nor an address. Mend it."),
        ("OWNERS_ALIASES", 0, "'n/a' is neither a login, an alias nor an address. Mend it."),
    ]


def test_the_smallest_true_input(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers:\n- Ann  # who began it\nreviewers: [sig-ml, ann]\n",
            "OWNERS_ALIASES": "aliases:\n  SIG-ML:\n  - bob\n  - '@Carl'\n  unused: [dora]\n",
        }
    )

    file = "models/fraud/OWNERS"
    assert read(path) == [
        MODEL,
        Relationship(
            "OWNS", "Person", "gh:ann", "Model", MODEL.id, {"role": "responsible"}, file, 1
        ),
        Relationship(
            "OWNS", "Person", "gh:ann", "Model", MODEL.id, {"role": "technical"}, file, 1
        ),
        Relationship(
            "OWNS", "Team", "alias:sig-ml", "Model", MODEL.id, {"role": "technical"}, file, 1
        ),
        Node("Team", "alias:sig-ml", {"name": "sig-ml", "kind": "team"}, "OWNERS_ALIASES"),
        Relationship(
            "MEMBER_OF", "Person", "gh:bob", "Team", "alias:sig-ml", {}, "OWNERS_ALIASES"
        ),
        Relationship(
            "MEMBER_OF", "Person", "gh:carl", "Team", "alias:sig-ml", {}, "OWNERS_ALIASES"
        ),
        Promise("OWNS"),
    ]


def test_those_of_the_folders_above_are_hints_and_so_is_the_root(checkout):
    path = checkout(
        {
            "OWNERS": "approvers: [root]\nreviewers: [root]\nemeritus_approvers: [old]\n",
            "models/OWNERS": "approvers: [ml]\n",
        }
    )

    assert owners(read(path)) == {
        ("gh:ml", "responsible"): 1,
        ("gh:root", "responsible"): 0.25,
        ("gh:root", "technical"): 0.25,
    }


def test_a_file_without_parents_ends_the_way_up(checkout):
    path = checkout(
        {
            "OWNERS": "approvers: [root]\n",
            "models/OWNERS": "approvers: [ml]\nemeritus_approvers: [old]\n",
            "models/fraud/OWNERS": "options:\n  no_parent_owners: true\napprovers: [ann, ANN]\n",
        }
    )

    assert owners(read(path)) == {("gh:ann", "responsible"): 1}


def test_who_approves_less_than_half_of_the_files_is_a_hint(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers: [ann]\n",
            "models/fraud/a.py": "",
            "models/fraud/docs/OWNERS": "approvers: [docs]\noptions: {no_parent_owners: yes}\n",
            "models/fraud/docs/a.md": "",
        }
    )

    said = read(path)
    assert owners(said) == {("gh:ann", "responsible"): 1, ("gh:docs", "responsible"): 0.25}
    assert said[1].file == "models/fraud/OWNERS"


def test_emeritus_is_no_owner_unless_the_name_is_also_active(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers: [ann]\n"
            "emeritus_approvers: [Old, ann]\nemeritus_reviewers: [older]\n"
        }
    )

    said = read(path)
    assert owners(said) == {
        ("gh:ann", "responsible"): 1,
        ("gh:old", "responsible"): 0,
        ("gh:older", "technical"): 0,
    }
    assert [each.properties.get("emeritus") for each in said[1:4]] == [None, True, True]


def test_filters_hold_for_what_their_expression_finds(checkout):
    path = checkout(
        {
            "models/OWNERS": r"""
filters:
  ".*": {reviewers: [all]}
  "\\.py$": {approvers: [coder]}
  "^fraud/docs/": {approvers: [writer], required_reviewers: [writer]}
  "(?i)README": {approvers: [reader]}
""",
            "models/fraud/docs/a.md": "",
            "models/fraud/readme": "",
        }
    )

    third = 0.25  # of three files each approves one
    assert owners(read(path)) == {
        ("gh:all", "technical"): 1,
        ("gh:coder", "responsible"): third,
        ("gh:writer", "responsible"): third,
        ("gh:writer", "technical"): third,
        ("gh:reader", "responsible"): third,
    }


def test_filters_beside_approvers_do_not_count_and_a_wrong_one_is_told(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers: [ann]\nfilters:\n  '.*': {approvers: [bob]}\n",
            "models/OWNERS": "filters:\n  '(': {approvers: [bob]}\n  '.*': {approvers: [carl]}\n",
        }
    )

    said = read(path)
    assert owners(said) == {("gh:ann", "responsible"): 1, ("gh:carl", "responsible"): 0.25}
    assert [(file, why.split(".")[0].split(":")[0]) for file, _, why in rejected(said)] == [
        (
            "models/fraud/OWNERS",
            "filters beside approvers, reviewers or labels do not count",
        ),
        ("models/OWNERS", "the filter '(' is no expression"),
    ]


def test_no_expression_takes_long(checkout):
    text = "filters:\n  '(a+)+$': {approvers: [ann]}\n"
    text += f"  ? '{'a' * 10_001}'\n  : {{approvers: [bob]}}\n"
    path = checkout({"models/OWNERS": text, f"models/fraud/{'a' * 200}b": ""})

    said = read(path)
    assert owners(said) == {}
    assert "it has 10,001 characters" in rejected(said)[0][2]


def test_a_filter_needs_a_package(checkout, monkeypatch):
    monkeypatch.setitem(sys.modules, "re2", None)
    path = checkout({"OWNERS": "filters:\n  '.*': {approvers: [a]}\n"})
    assert owners(read(path)) == {("gh:a", "responsible"): 0.25}
    checkout({"OWNERS": "filters:\n  'needs re2': {approvers: [a]}\n"})
    with pytest.raises(SourceError, match=r"pip install 'ownership-graph\[kubernetes\]'"):
        read(path)


def test_names_that_are_none_are_rejected_once(checkout):
    path = checkout(
        {
            "models/fraud/OWNERS": "approvers: [TBD, n/a, '@ann - for the API', '@Bob',"
            " Docs@Example.com, k8s-ci-robot, 'app[bot]', '', {github: x}, -a]\n",
            "models/OWNERS": "reviewers: ['both told']\n",
            "models/churn/x": "",
            "models/churn/OWNERS": 'approvers: [tbd, loop]\nemeritus_approvers: ["\\e[31m x"]\n',
            "OWNERS_ALIASES": "aliases:\n  loop: ['not one', loop]\n",
        }
    )

    said = read(path)
    assert {each for each, _ in owners(said)} == {
        "gh:bob", "docs@example.com", "gh:k8s-ci-robot", "gh:app[bot]", "alias:loop",
    }  # fmt: skip
    members = [each.from_id for each in said if getattr(each, "type", "") == "MEMBER_OF"]
    assert members == ["gh:loop"]
    told = rejected(said)
    assert sorted((file, why.split(" is neither")[0]) for file, _, why in told) == [
        ("OWNERS_ALIASES", "'not one'"),
        ("models/OWNERS", "'both told'"),
        ("models/churn/OWNERS", "'\\x1b[31m x'"),
        ("models/churn/OWNERS", "'tbd'"),
        ("models/fraud/OWNERS", "'-a'"),
        ("models/fraud/OWNERS", "'@ann - for the API'"),
        ("models/fraud/OWNERS", "'TBD'"),
        ("models/fraud/OWNERS", "'n/a'"),
    ]


def test_a_file_that_cannot_be_read_counts_as_none_and_is_told(checkout, tmp_path_factory):
    path = checkout(
        {
            "models/OWNERS": "approvers: [ml]\n",
            "models/fraud/OWNERS": "approvers: [ann\n",
            "models/churn/OWNERS": "- ann\n",
            "models/churn/x": "",
            "models/bomb/OWNERS": "[" * 100_000,
            "models/bomb/x": "",
            "models/link/x": "",
        }
    )
    secret = tmp_path_factory.mktemp("outside") / "OWNERS"
    secret.write_text("approvers: [secret]\n")
    (path / "models/link/OWNERS").symlink_to(secret)

    said = read(path)
    assert owners(said) == {("gh:ml", "responsible"): 1}
    assert [file for file, _, _ in rejected(said)] == [
        "models/bomb/OWNERS", "models/churn/OWNERS", "models/fraud/OWNERS",
    ]  # fmt: skip
    assert all(
        "reading OWNERS files: " not in why or "Mend" in why for _, _, why in rejected(said)
    )


def test_a_folder_without_any_is_a_mistake_and_links_are_not_followed(checkout, tmp_path_factory):
    path = checkout({})
    with pytest.raises(
        SourceError, match=r"neither a file called OWNERS is there, nor sigs\.yaml"
    ):
        read(path)
    outside = tmp_path_factory.mktemp("outside") / "sigs.yaml"
    outside.write_text("sigs: []\n")
    (path / "sigs.yaml").symlink_to(outside)
    with pytest.raises(SourceError, match="a link is not followed"):
        read(path)
    (path / "sigs.yaml").unlink()
    checkout({"OWNERS": "approvers: [ann]\n"})
    (path / "OWNERS_ALIASES").symlink_to(outside)
    with pytest.raises(SourceError, match="a link is not followed"):
        read(path)
    (path / "OWNERS_ALIASES").unlink()
    with pytest.raises(SourceError, match="no file fits"):
        read(path, models=["src/{model}"])


def test_the_groups_of_a_community(checkout):
    path = checkout({"sigs.yaml": "sigs:\n- dir: sig-ml\n", "OWNERS": "approvers: [ann]\n"})

    both, alone = read(path), read(path / "sigs.yaml")
    assert alone == [each for each in both if each in alone]
    assert alone[0].id == "community:sig-ml"
    assert MODEL in both
    (path / "OWNERS").unlink()
    assert read(path) == alone


def test_ids_and_roles_are_options(checkout):
    path = checkout({"models/OWNERS": "approvers: [ann]\nreviewers: [bob]\n"})

    said = read(
        path, model_id="mlflow:{model}", approver_role="accountable", reviewer_role="oversight"
    )
    assert said[0].id == "mlflow:fraud"
    assert set(owners(said)) == {("gh:ann", "accountable"), ("gh:bob", "oversight")}


def test_it_is_recognised(checkout):
    path = checkout(
        {
            "repo/OWNERS": "",
            "repo/OWNERS_ALIASES": "",
            "repo/models/fraud/OWNERS": "",
            "repo/sigs.yaml": "",
            "other/src/OWNERS": "",
            "community/sigs.yaml": "",
        }
    )

    found = OWNERS.recognise(look_round(path))

    assert [(each.path.relative_to(path).as_posix(), bool(each.ask)) for each in found] == [
        ("repo", False),
        ("other/src", True),
        ("community/sigs.yaml", False),
    ]
    assert [each.relative_to(path / "repo").as_posix() for each in found[0].also] == [
        "OWNERS",
        "OWNERS_ALIASES",
        "models/fraud/OWNERS",
        "sigs.yaml",
    ]
    assert dict(found[1].options) == {"models": ["models/{model}/**"]}
