"""How far a model is, who approves it, and how much is tried on it: the rules by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.readers.model_registry import (
    Registered,
    Run,
    Told,
    Version,
    Words,
    tried_on,
)
from ownership_graph.records import Node, Rejected, Relationship

STAGES = {"champion": "production", "challenger": "pilot", "old": "retired"}
WORDS = Words(
    prefix="",
    stages=STAGES,
    owner="owner",
    team="team",
    approver="approver",
    status="status",
    gate="",
    properties={"autonomy": "autonomy"},
    metrics={"auc": "criterion:auc"},
    system_users=frozenset({"root"}),
    days=90,
    until=100,
)


def version(number, stage="none", run="", day=100, **tags):
    return Version(str(number), day, stage, run, tags)


def model(*versions, name="m", aliases=(), **tags):
    return Registered(name, tags, dict(aliases), list(versions))


def told(of, source=None, tried=None):
    return list(Told(of, WORDS, source, tried).records())


@pytest.mark.parametrize(
    ("of", "stage", "number"),
    [
        (model(), "", None),
        (model(version(1), version(2)), "", "2"),
        (model(version(1), version(2), aliases={"champion": "1"}), "production", "1"),
        (
            model(version(1), version(2), aliases={"challenger": "2", "champion": "1"}),
            "production",
            "1",
        ),
        (model(version(1), aliases={"challenger": "1", "old": "1"}), "pilot", "1"),
        (model(version(1), aliases={"champion": "7"}), "production", None),
        (model(version(1, "production"), version(2, "staging")), "production", "1"),
        (model(version(1, "staging"), version(2)), "pilot", "1"),
        (
            model(version(1, "production"), version(2), aliases={"challenger": "2"}),
            "pilot",
            "2",
        ),
        (model(version(1, "production"), aliases={"mine": "1"}), "production", "1"),
        (model(version(1, "archived"), version(2, "archived")), "retired", "2"),
        (model(version(1, "archived"), version(2)), "", "2"),
    ],
)
def test_aliases_say_the_stage_and_where_none_does_the_former_stages(of, stage, number):
    found, counts = WORDS.standing(of)
    assert (found, counts and counts.number) == (stage, number)


def test_a_tag_is_the_models_own_or_that_of_the_version_that_counts():
    both = model(version(1, autonomy="advises"), version(2), aliases={"champion": "1"})
    [node, *_] = told(both)
    assert node.properties == {
        "name": "m",
        "stage": "production",
        "version": "1",
        "autonomy": "advises",
    }
    both.tags["autonomy"] = "acts_alone"
    [node, *_] = told(both)
    assert node.properties["autonomy"] == "acts_alone"


def test_a_property_may_be_called_as_anything_and_a_blank_tag_says_nothing_of_it():
    words = replace(WORDS, properties={"end": "ends", "version": "release", "stage": "phase"})
    of = model(version(7), aliases={"champion": "7"}, ends="2027", release=" ", phase="idea")

    [node, *_] = Told(of, words, None, None).records()

    assert node.properties == {"name": "m", "end": "2027", "version": "7", "stage": "idea"}


def test_an_approval_is_made_of_what_tags_say_of_a_version():
    of = model(
        version(1, approver="bob; cat", status=" Rejected "),
        version(2, day=50),
        version(3, day=60),
        version(4, status="pending", approver="nobody"),
        aliases={"champion": "3"},
        approver="dan",
    )
    records = told(of)
    made = [each for each in records if isinstance(each, Node) and each.label == "Approval"]
    assert {each.id: each.properties for each in made} == {
        "mlflow:m:v1": {"version": "1", "requested_day": 100, "status": "rejected"},
        "mlflow:m:v3": {"version": "3", "requested_day": 60},
        "mlflow:m:v4": {"version": "4", "requested_day": 100, "status": "pending"},
    }
    ties = [each for each in records if isinstance(each, Relationship)]
    decided = {(each.from_id, each.to_id) for each in ties if each.type == "DECIDED_BY"}
    assert decided == {("mlflow:m:v1", "bob"), ("mlflow:m:v1", "cat"), ("mlflow:m:v3", "dan")}
    assert not [each for each in ties if each.type == "AT"]
    [rejected] = [each for each in records if isinstance(each, Rejected)]
    assert "'approver' says 'nobody'" in rejected.why


def test_a_criterion_of_somebody_elses_is_only_named():
    records = told(model(), Run("r", "e", 90, "", "ann", {"auc": 0.5}))
    assert not [each for each in records if isinstance(each, Node) and each.label == "Criterion"]
    [tie] = [each for each in records if isinstance(each, Relationship)]
    assert (tie.to_id, tie.properties) == ("criterion:auc", {"observed": 0.5})


def run(own_id, experiment="e", day=95, parent="", user="ann"):
    return Run(own_id, experiment, day, parent, user)


def test_a_sweep_is_one_experiment():
    sweep = [run("top")] + [run(f"r{n}", parent="top") for n in range(500)]
    again = [run(f"s{n}") for n in range(500)]
    tried = tried_on([model(version(1, run="r7"))], [*sweep, *again], {})
    assert tried["m"].experiments == {("e", 95)}
    assert tried["m"].per_month(100, 90) == 1.0


def test_a_model_of_whose_runs_none_is_known_has_no_rate():
    assert tried_on([model(version(1, run="gone")), model(name="n")], [run("a")], {}) == {}


def test_older_runs_tell_where_a_model_is_tried_and_count_nothing_themselves():
    tried = tried_on(
        [model(version(1, run="old", day=7))], [run("new")], {"old": run("old", day=5)}
    )
    assert tried["m"].experiments == {("e", 95)}
    assert tried["m"].first_day == 5
    assert tried["m"].per_month(100, 90) == 0.3


def test_of_an_experiment_that_serves_several_models_only_their_own_runs_count():
    one = model(version(1, run="a"), name="one")
    two = model(version(1, run="child"), name="two")
    runs = [run("a", day=91), run("b", day=92), run("child", day=93, parent="b"), run("c", day=94)]
    tried = tried_on([one, two], runs, {})
    assert {name: each.experiments for name, each in tried.items()} == {
        "one": {("e", 91)},
        "two": {("e", 92)},
    }


def test_who_worked_on_it_without_those_who_stand_for_nobody():
    runs = [run("a"), run("b", day=96), run("c", day=97, user="Root"), run("d", day=98, user="")]
    of = model(version(1, run="a"))
    [_, person, tie] = told(of, None, tried_on([of], runs, {})["m"])
    assert (person.id, tie.type, tie.properties) == (
        "ann",
        "WORKED_ON",
        {"events": 2, "share": 0.5},
    )


RUNS = st.lists(st.tuples(st.sampled_from("ef"), st.integers(80, 100), st.booleans()), max_size=12)


@given(RUNS, st.randoms())
def test_neither_the_order_of_runs_nor_runs_under_others_change_what_was_tried(runs, random):
    of = [model(version(1, run="source"))]
    made = [run(f"r{n}", experiment, day, "x" if under else "")
            for n, (experiment, day, under) in enumerate([*runs, ("e", 100, False)])]  # fmt: skip
    made.append(run("source", "e", 100))
    mixed = random.sample(made, len(made))
    assert tried_on(of, made, {}) == tried_on(of, mixed, {})
    assert tried_on(of, made, {}) == tried_on(of, [each for each in made if not each.parent], {})
