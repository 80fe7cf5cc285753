"""The explorer as a pyvis network, and the page as a file."""

from __future__ import annotations

import stat
import webbrowser
from threading import Event

import pytest
from page.told import checked_company, company, nothing_asked

from ownership_graph.errors import OwnershipGraphError, QueryError, UsageError
from ownership_graph.page import Chosen, PageSummary, write_page
from ownership_graph.page.network import ExplorerNetwork


@pytest.fixture
def network():
    return ExplorerNetwork(company(), checked_company(), generated="now")


def test_it_is_a_pyvis_network_with_whole_numbers_as_ids(network):
    assert (network.num_nodes(), network.num_edges()) == (16, 23)
    assert network.get_node(0)["label"] == "Ada Lind"
    assert network.get_nodes() == list(range(16))
    assert network.neighbors(0) == {5}
    assert network.directed
    assert not network.options.physics.enabled


def test_the_same_graph_gives_the_same_bytes():
    facts = company()[::-1]
    pages = [
        ExplorerNetwork(each, checked_company(), generated="now").generate_html()
        for each in (company(), facts)
    ]
    assert pages[0] == pages[1]
    assert pages[0] != ExplorerNetwork(facts, nothing_asked()).generate_html()


def test_single_nodes_and_edges_are_refused_with_the_reason(network):
    with pytest.raises(UsageError, match="filled from facts"):
        network.add_node("x", label="X")
    with pytest.raises(UsageError, match="filled from facts"):
        network.add_edge(0, 1)


def test_it_writes_one_file_that_its_owner_alone_can_read(network, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    network.write_html("a.html")
    network.save_graph("b.html")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.html", "b.html"]
    assert stat.S_IMODE((tmp_path / "a.html").stat().st_mode) == 0o600
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == network.html


def test_it_opens_in_the_browser(network, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    network.show(tmp_path / "a.html")
    assert opened == [(tmp_path / "a.html").as_uri()]


def test_the_summary_counts_what_went_in(tmp_path):
    path = tmp_path / "page.html"
    for people in ("named", "roles", "pseudonyms"):
        summary = write_page(
            path, company(), checked_company(), title="x", people=people, generated="now"
        )
        assert summary == PageSummary(16, 23, 4, path.stat().st_size)


def test_the_graph_is_drawn_while_the_answers_are_waited_for(tmp_path):
    read = Event()

    def facts():
        yield from company()
        read.set()

    def check():
        assert read.wait(20), "nothing is read before the answers are there"
        return checked_company()

    for chosen in (Chosen(), Chosen("kind:model"), Chosen(findings_only=True)):
        pages = [tmp_path / "one.html", tmp_path / "other.html"]
        given = {"title": "x", "generated": "now", "chosen": chosen}
        read.clear()
        written = write_page(pages[0], facts(), check, **given)
        assert written == write_page(pages[1], company(), checked_company(), **given)
        assert pages[0].read_bytes() == pages[1].read_bytes()


def test_where_the_answers_or_the_facts_fail_nothing_is_written(tmp_path):
    def fail():
        raise QueryError("the store cannot answer the query")

    def failing():
        yield from company()
        raise QueryError("the store cannot be read")

    for facts, check, told in (
        (company(), fail, "cannot answer"),
        (failing(), checked_company, "be read"),
    ):
        with pytest.raises(QueryError, match=told):
            write_page(tmp_path / "page.html", facts, check, title="x", generated="now")
    assert list(tmp_path.iterdir()) == []


def test_a_page_that_cannot_be_written_leaves_what_was_there(tmp_path):
    for path in (tmp_path / "none" / "page.html", tmp_path):
        with pytest.raises(OwnershipGraphError, match="writing"):
            write_page(path, company(), nothing_asked(), title="x", generated="now")
    assert list(tmp_path.iterdir()) == []


def test_no_secret_of_the_stores_address_gets_in():
    checked = checked_company()
    address = "neo4j+s://neo4j:hun/ter2@graph.example"
    explorer = ExplorerNetwork(company(), type(checked)(address, checked.today, ()))
    assert "ter2" not in explorer.generate_html()
