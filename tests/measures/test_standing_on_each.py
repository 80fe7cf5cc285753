"""LST-06: what stands on each model, against what `impact` tells of one at a time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graphs import fill

from ownership_graph.findings import check
from ownership_graph.queries.catalogue import load_questions
from ownership_graph.stores import open_store
from ownership_graph.tracing import impact

[QUESTION] = [each for each in load_questions() if each.code == "LST-06"]
ENDS = st.sampled_from(
    ["Model m1", "Model m2", "Model m3", "Model m4", "Service s1", "Service s2"]
)
RETIRED = st.sets(st.sampled_from(["m1", "m2", "m3", "m4"]), max_size=2)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("standing")


@given(st.sets(st.tuples(ENDS, ENDS), max_size=12), RETIRED)
@settings(max_examples=30, deadline=None)
def test_it_tells_of_all_models_what_impact_tells_of_each(place, ties, retired):
    lines = [f"Model m{at} stage=pilot" for at in range(1, 5) if f"m{at}" not in retired]
    lines += [f"Model {each} stage=retired" for each in retired]
    lines += [f"{one} DEPENDS_ON {other}" for one, other in ties]
    file = place / "graph.kgl"
    file.unlink(missing_ok=True)
    with open_store(str(file)) as store:
        fill(store, "\n".join(lines), provides=[need.text for need in QUESTION.needs])
        [answer] = check(store, [QUESTION], today=20_000).answers
        told = {row["model"]: row["relying"] for row in answer.rows.dicts()}
        for own_id in {"m1", "m2", "m3", "m4"} - retired:
            relying = impact(store, own_id).relying
            assert told.get(own_id, 0) == sum(each.thing.label == "Model" for each in relying)
