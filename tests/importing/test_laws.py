import math

from graph_of_facts import RECORDS, told_apart
from hypothesis import given
from hypothesis import strategies as st

from ownership_graph.importing.statements import statement_hash
from ownership_graph.plans.denying import denies
from ownership_graph.records import Node, NodeKey, parse_key


@given(RECORDS)
def test_loading_twice_is_loading_once(new_graph, records):
    graph = new_graph()
    graph.load("a", records)
    once = dict(graph.kept())

    graph.load("a", records)

    assert graph.kept() == once


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(new_graph, records, random):
    one, other = new_graph(), new_graph()
    one.load("a", records)
    shuffled = list(records)
    random.shuffle(shuffled)

    other.load("a", shuffled)

    assert one.kept() == other.kept()


@given(RECORDS, st.integers(0, 12))
def test_splitting_an_import_in_two_does_not_matter(new_graph, records, at):
    whole, parts = new_graph(), new_graph()
    whole.load("a", records, mode="delta")

    parts.load("a", records[:at], mode="delta")
    parts.load("a", records[at:], mode="delta")

    assert whole.merged() == parts.merged()


THREE = st.fixed_dictionaries(dict.fromkeys(("a", "b", "manual"), RECORDS))


@given(THREE, st.permutations(["a", "b", "manual"]))
def test_the_order_of_sources_does_not_matter(new_graph, says, turned):
    one, other = new_graph(), new_graph()
    for source, records in says.items():
        one.load(source, records, precedence=["b"])

    for source in turned:
        other.load(source, says[source], precedence=["b"])

    assert one.merged() == other.merged()


@given(THREE, THREE, st.permutations(["a", "b", "manual"]))
def test_what_was_stated_once_leaves_no_trace_but_events(new_graph, once, says, turned):
    graph, fresh = new_graph(), new_graph()
    for source, records in once.items():
        stated = records if source == "manual" else no_events(records)
        graph.load(source, stated, precedence=["b"])

    for source in turned:
        graph.load(source, says[source], precedence=["b"])
        fresh.load(source, says[source], precedence=["b"])

    assert graph.merged() == fresh.merged()


@given(RECORDS, RECORDS, RECORDS)
def test_no_import_changes_what_a_person_stated(new_graph, people, before, after):
    graph, alone = new_graph(), new_graph()
    alone.load("manual", people)
    graph.load("a", before)
    graph.load("manual", people)

    graph.load("a", after)

    kept = graph.kept()
    for key, fact in alone.kept().items():
        if "manual" in fact.sources:
            assert kept[key].absent >= fact.absent
            assert denies(kept[key]) == denies(fact)
            assert denies(fact) or fact.properties.items() <= kept[key].properties.items()


def no_events(records):
    return [each for each in records if told_apart(each)[0] not in ("Approval", "CONCERNS")]


@given(RECORDS, RECORDS)
def test_a_removal_takes_exactly_what_went(new_graph, before, after):
    graph, fresh = new_graph(), new_graph()
    graph.load("a", before)
    events = [each for each in before if told_apart(each)[0] in ("Approval", "CONCERNS")]
    said = {told_apart(each) for each in after}

    graph.load("a", after)

    fresh.load("a", [*after, *(each for each in events if told_apart(each) not in said)])
    assert graph.merged() == fresh.merged()


@given(RECORDS, RECORDS)
def test_what_another_source_states_is_never_removed(new_graph, mine, yours):
    graph, alone = new_graph(), new_graph()
    graph.load("b", yours)
    graph.load("a", no_events(mine))

    graph.load("a", [])

    alone.load("b", yours)
    assert graph.stated("b") == alone.stated("b")
    for key, fact in alone.merged().items():
        if fact.described and "a" not in graph.kept()[key].sources:
            assert graph.merged()[key] == fact


@given(RECORDS, RECORDS)
def test_a_change_holds_what_the_fact_was(new_graph, before, after):
    graph = new_graph()
    graph.load("b", before[::2])
    graph.load("a", before)
    old = graph.kept()

    planned = graph.load("a", after)

    for change in planned.plan.changes:
        fact = old[change.key]
        for name in ("sources", "hashes", "claims", "disputed", "run", "described"):
            remembered = getattr(change.before, name)
            assert remembered is None or remembered == getattr(fact, name)
        for name, value in change.before.properties.items():
            assert fact.properties.get(name) == value
    now = graph.kept()
    altered = {key for key, fact in old.items() if fact.described and now.get(key) != fact}
    assert altered <= {change.key for change in planned.plan.changes}


@given(RECORDS)
def test_every_relationship_has_both_its_ends(new_graph, records):
    graph = new_graph()
    graph.load("a", records)

    for key in map(parse_key, graph.facts):
        if not isinstance(key, NodeKey):
            assert any(
                isinstance(end, NodeKey) and end.id == key.from_id
                for end in map(parse_key, graph.facts)
            )


VALUES = st.one_of(
    st.text(), st.integers(), st.booleans(), st.floats(allow_nan=True), st.none(),
    st.lists(st.text()), st.binary(), st.characters(categories=["Cs"]),
)  # fmt: skip


@given(st.sampled_from(["Model", "Team", "Gate", "Result", "Zzz"]), st.data())
def test_whatever_a_row_holds_it_is_taken_or_rejected_with_a_reason(new_graph, label, data):
    names = st.sampled_from(["name", "stage", "risk_tier", "value", "day", "reported", "mine"])
    properties = data.draw(st.dictionaries(st.one_of(names, st.text()), VALUES, max_size=4))
    graph = new_graph()

    graph.load("a", [Node(label, data.draw(VALUES), properties)])

    for fact in graph.facts.values():
        for value in fact.properties.values():
            assert isinstance(value, str | int | float | list)
            assert not isinstance(value, float) or math.isfinite(value)


@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(0, 9)), max_size=6))
def test_a_hash_does_not_depend_on_the_order_of_properties(properties):
    turned = dict(reversed(properties.items()))

    assert statement_hash(properties) == statement_hash(turned)
