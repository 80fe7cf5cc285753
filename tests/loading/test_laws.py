from datetime import UTC, datetime

from graph_of_facts import RECORDS, Graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ownership_graph.loading import Order, load
from ownership_graph.stores import open_store

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = (NOW - datetime(1970, 1, 1, tzinfo=UTC)).days
IMPORTS = st.lists(
    st.tuples(st.sampled_from(["a", "b", "manual"]), RECORDS, st.sampled_from(["full", "delta"])),
    min_size=2,
    max_size=5,
)


@given(imports=IMPORTS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_a_store_holds_what_a_plain_dictionary_would(imports, telling, tmp_path_factory):
    importer, says = telling
    file = tmp_path_factory.mktemp("law") / "graph.kgl"
    graph = Graph()

    for source, records, mode in imports:
        says["now"] = records
        with open_store(str(file)) as store:
            order = Order(source, importer, {"what": "now"}, mode=mode)
            summary = load(store, order, now=NOW, precedence=["b"], allow_removals=True)
        planned = graph.load(source, records, mode=mode, precedence=["b"], day=DAY)

        assert summary.added == planned.plan.run.added
        with open_store(str(file)) as store:
            assert {fact.key: fact for fact in store.facts()} == graph.facts
            assert {fact.key: fact for fact in store.held()} == graph.held
