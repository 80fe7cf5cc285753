from __future__ import annotations

import math
from collections import Counter
from itertools import islice

import pytest

from ownership_graph import organisation as organisation_module
from ownership_graph.model import LABELS, RELATIONSHIPS, sharing_an_end
from ownership_graph.organisation import organisation
from ownership_graph.records import Node

TODAY = 20_781
STORY = 396
FRAME = 29


def parted(**arguments):
    """Nodes and relationships of an organisation."""
    records = list(organisation(today=TODAY, **arguments))
    nodes = [each for each in records if isinstance(each, Node)]
    return nodes, [each for each in records if not isinstance(each, Node)]


@pytest.fixture(
    scope="module",
    params=[
        {"seed": 7}, {"seed": 8}, {"size": 3_000}, {"size": 100, "story": False},
        {"size": 6_000, "story": False, "defects": 2},
    ],
    ids=str,
)  # fmt: skip
def facts(request):
    return parted(**request.param)


def wrong(properties, known):
    """The properties that the model does not allow, each with its value."""
    python = {"text": str, "int": int, "float": float, "bool": bool, "day": int, "list": list}
    for name, value in properties.items():
        allowed = known.get(name)
        if (
            allowed is None
            or name == "id"
            or type(value) is not python[allowed.kind]
            or value in ("", [])
            or (allowed.values and value not in allowed.values)
            or (allowed.kind == "day" and not 0 < value < 40_000)
            or (allowed.low is not None and value < allowed.low)
            or (allowed.high is not None and value > allowed.high)
        ):
            yield name, value


def test_every_node_is_one_that_the_model_knows(facts):
    nodes, _ = facts
    known = {label: each.properties for label, each in LABELS.items()}
    assert [
        (each.label, each.id, fault)
        for each in nodes
        for fault in wrong(each.properties, known[each.label])
    ] == []


def test_every_relationship_is_one_that_the_model_knows(facts):
    _, ties = facts
    assert [
        (each.type, each.from_id, each.to_id, fault)
        for each in ties
        for fault in wrong(each.properties, RELATIONSHIPS[each.type].properties)
    ] == []
    assert {
        (each.type, each.from_label, each.to_label)
        for each in ties
        if each.from_label not in RELATIONSHIPS[each.type].starts
        or each.to_label not in RELATIONSHIPS[each.type].ends
    } == set()


def test_every_end_is_described_by_exactly_one_node(facts):
    nodes, ties = facts
    described = Counter((each.label, each.id) for each in nodes)
    assert [key for key, count in described.items() if count > 1] == []
    ends = {(each.from_label, each.from_id) for each in ties}
    ends |= {(each.to_label, each.to_id) for each in ties}
    assert [end for end in ends - set(described) if "own-11-stranger" not in end[1]] == []


def test_no_id_stands_under_two_labels_that_share_an_end(facts):
    nodes, _ = facts
    labels = {}
    for each in nodes:
        labels.setdefault(each.id, set()).add(each.label)
    assert [
        own_id
        for own_id, found in labels.items()
        if any(sharing_an_end(label) & found for label in found)
    ] == []


def test_no_relationship_is_stated_twice(facts):
    _, ties = facts
    stated = Counter(
        (
            each.type, each.from_label, each.from_id, each.to_label, each.to_id,
            *(each.properties.get(name, "") for name in RELATIONSHIPS[each.type].identity),
        )
        for each in ties
    )  # fmt: skip
    assert [key for key, count in stated.items() if count > 1] == []


def test_all_numbers_are_finite(facts):
    values = (value for part in facts for each in part for value in each.properties.values())
    assert all(math.isfinite(each) for each in values if isinstance(each, float))


def test_the_story_holds_every_label_and_nearly_every_relationship():
    nodes, ties = parted()
    assert {each.label for each in nodes} == set(LABELS)
    assert set(RELATIONSHIPS) - {each.type for each in ties} == {"SAME_AS"}


def test_the_same_day_seed_and_size_give_the_same_facts():
    assert parted(seed=3, size=900) == parted(seed=3, size=900)


def test_another_seed_gives_other_people_in_the_same_story():
    one, other = parted(seed=1)[0], parted(seed=2)[0]
    assert {each.id for each in one if each.label == "Model"} == {
        each.id for each in other if each.label == "Model"
    }
    names = [{each.properties["name"] for each in nodes if each.label == "Person"}
             for nodes in (one, other)]  # fmt: skip
    assert len(names[0] - names[1]) > 50


def test_all_days_move_with_today():
    def on(day):
        return organisation(today=day, size=900)

    for early, late in zip(on(TODAY), on(TODAY + 400), strict=True):
        for name, value in early.properties.items():
            moved = 400 if name == "day" or name.endswith("_day") else 0
            assert late.properties[name] == (value + moved if moved else value)


def test_people_of_the_story_have_names_of_their_own():
    nodes, _ = parted()
    names = [each.properties["name"] for each in nodes if each.label == "Person"]
    assert len(names) == len(set(names)) > 60


@pytest.mark.parametrize("size", [1, 300, STORY])
def test_the_story_is_told_whole_or_not_at_all(size):
    assert len(parted(size=size)[0]) == STORY == organisation_module.STORY
    assert len(parted(size=1, story=False)[0]) == FRAME


@pytest.mark.parametrize("size", [1_000, 20_000])
def test_it_is_about_as_large_as_was_asked_for(size):
    nodes, ties = parted(size=size)
    assert size <= len(nodes) < size + 60
    assert 1.7 < len(ties) / len(nodes) < 2.4


def test_a_larger_one_begins_with_the_story():
    story = list(organisation(today=TODAY))
    assert list(islice(organisation(today=TODAY, size=5_000), len(story))) == story
