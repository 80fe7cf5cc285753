"""What `import ownership_graph` offers to programs and notebooks."""

from __future__ import annotations

import base64
import gzip
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import ownership_graph as og
from ownership_graph.importing.importers import find_importer
from ownership_graph.loading import Order, load
from ownership_graph.stores import open_store

EXAMPLE = Path(__file__).parents[1] / "examples" / "organisation"
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def address(tmp_path):
    path = tmp_path / "g.kgl"
    with open_store(str(path)) as store:
        load(store, Order("example", find_importer("tables"), {"path": EXAMPLE}), now=NOW)
    return path


def test_the_names_that_are_promised():
    assert og.__all__ == ["Credentials", "Graph", "OwnershipGraphError", "explore", "open"]
    assert all(hasattr(og, name) for name in og.__all__)


def test_a_graph_is_asked_and_let_go(address):
    with og.open(address) as graph:
        rows = graph.query("MATCH (m:Model {id: $wanted}) RETURN m.id AS model", wanted="none")
        assert rows == []
        counted = graph.query("MATCH (m:Model) RETURN count(m) AS models")
        assert counted[0]["models"] > 10
        with pytest.raises(og.OwnershipGraphError):
            graph.query("CREATE (n:Team {id: 'x'})")


def test_findings_by_name_day_and_threshold(address):
    with og.open(address) as graph:
        everything = graph.check()
        assert len(everything.answers) > 25
        late = graph.check("LAT-02", today=date(2026, 11, 24))
        later = graph.check("LAT-02", today=date(2027, 11, 24))
    assert 0 < len(late.answers[0].findings) <= len(later.answers[0].findings)


def test_the_graph_goes_over_to_networkx(address):
    with og.open(address) as graph:
        network = graph.to_networkx()
        counted = graph.query("MATCH ()-[r:OWNS]->() RETURN count(r) AS owns")
    owns = [kind for *_, kind in network.edges(data="relationship") if kind == "OWNS"]
    assert len(owns) == counted[0]["owns"]
    assert {label for label, _ in network} >= {"Team", "Model", "Person"}


def test_the_page_is_written_from_python(address, tmp_path):
    with og.open(address) as graph:
        summary = og.explore(graph, tmp_path / "page.html", title="Ours")
    assert summary.nodes > 100
    assert "<title>Ours" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_page_from_python_names_nobody_where_that_is_asked(address, tmp_path):
    path = tmp_path / "page.html"
    with og.open(address) as graph:
        names = [row["name"] for row in graph.query("MATCH (p:Person) RETURN p.name AS name")]
        for people in ("named", "roles", "pseudonyms"):
            summary = og.explore(graph, path, people=people)
            assert summary.persons == len(names)
            shown = [name for name in names if name in text_of(path)]
            assert bool(shown) is (people == "named")


def test_a_way_to_show_persons_that_there_is_not_is_refused(address, tmp_path):
    path = tmp_path / "page.html"
    with og.open(address) as graph, pytest.raises(og.OwnershipGraphError, match=r"'role'.*roles"):
        og.explore(graph, path, people="role")
    assert not path.exists()


def text_of(path):
    """What stands in a page, its data unpacked."""
    page = path.read_text(encoding="utf-8")
    packed = re.search(r'data-packed="gzip">([^<]+)<', page)
    return page + (gzip.decompress(base64.b64decode(packed[1])).decode() if packed else "")


@pytest.fixture
def smaller(tmp_path):
    """The store of last quarter, when only the teams were known."""
    path = tmp_path / "quarter.kgl"
    order = Order("example", find_importer("tables"), {"path": EXAMPLE / "nodes_Team.csv"})
    with open_store(str(path)) as store:
        load(store, order, now=NOW)
    return path


def test_a_page_from_python_is_compared_with_another_graph(address, smaller, tmp_path):
    with og.open(address) as graph:
        differing = og.explore(graph, tmp_path / "page.html", compare=smaller).differing
    assert differing.words == "beside quarter.kgl"
    assert differing.nodes["new"] > 100
    assert differing.nodes["gone"] == 0


def test_a_page_from_python_is_compared_with_a_day(address, tmp_path):
    with og.open(address) as graph:
        differing = og.explore(graph, tmp_path / "page.html", compare=NOW.date()).differing
    assert differing.words == "since 2026-11-24"
    assert differing.nodes == {"new": 0, "changed": 0, "gone": 0}


def test_what_is_neither_a_day_nor_a_store_is_not_compared_with(address, tmp_path):
    with og.open(address) as graph, pytest.raises(og.OwnershipGraphError, match="neither a day"):
        og.explore(graph, tmp_path / "page.html", compare="yesterday")
    assert not (tmp_path / "page.html").exists()


def test_credentials_do_not_show_the_password():
    said = repr(og.Credentials(user="me", password="hunter2", database="d"))  # noqa: S106
    assert said == "Credentials(user='me', database='d')"


def test_a_graph_is_seen_as_of_a_day(address):
    with og.open(address) as graph, graph.as_of(NOW.date()) as past:
        asked = "MATCH (m:Model) RETURN count(m) AS n"
        assert past.query(asked) == graph.query(asked)
        assert past.store is not graph.store


def test_what_has_to_be_decided_about_a_model(address):
    with og.open(address) as graph:
        found = graph.decide("model:reply-copilot", today=NOW.date())
    assert found.state == "stuck"
    assert found.today == "2026-11-24"


def test_what_relies_on_a_thing_and_how_two_are_tied(address):
    with og.open(address) as graph:
        rows = graph.query(
            "MATCH (m:Model)-[:DEPENDS_ON]->(n) RETURN m.id AS m, n.id AS n ORDER BY m, n"
        )
        first = rows[0]
        relying = graph.impact(first["n"], hops=1).relying
        ways = graph.path(first["m"], first["n"]).ways
    assert first["m"] in [each.thing.id for each in relying]
    assert [each.thing.id for each in ways[0]] == [first["m"], first["n"]]
