"""What names mean, by what other sources know."""

from __future__ import annotations

import pytest

from ownership_graph.importing.importers import find_importer
from ownership_graph.importing.known import AmbiguousNameError, Known, Names
from ownership_graph.records import Node

NODES = [
    Node("Team", "team:risk", {"name": "Risk and audit"}),
    Node("Team", "team:ops", {"name": "Operations"}),
    Node("Person", "gh:ada", {"name": "Ada  Lovelace"}),
    Node("Team", "t1", {"name": "gh:ada"}),
    Node("Team", "a:x"),
    Node("Person", "b:x"),
]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("team:risk", "team:risk"),
        ("risk", "team:risk"),
        ("RISK and  Audit ", "team:risk"),
        ("ada-lovelace", "gh:ada"),
        ("gh:ada", "gh:ada"),  # an id stands before a name
        ("t1", "t1"),
        ("nobody", None),
        ("", None),
    ],
)
def test_a_node_is_found_by_id_by_name_and_by_its_own_part(written, found):
    node = Names(NODES).find(written)

    assert (node and node.id) == found


def test_several_of_one_name_are_told_and_none_is_taken():
    with pytest.raises(AmbiguousNameError, match=r"^'x' can be Team a:x, Person b:x\. Write the"):
        Names(NODES).find("x")
    many = [Node("Team", f"t{number}", {"name": "one"}) for number in range(9)]
    with pytest.raises(AmbiguousNameError, match=r"Team t2, …\. Write the id\.$"):
        Names(many).find("One")


def test_names_are_those_of_the_labels_that_are_asked_for():
    known = Known(lambda label: [each for each in NODES if each.label == label])

    assert known.names("Person").find("t1") is None
    assert known.names("Person", "Team").find("t1") == NODES[3]
    assert Known().names("Person").find("x") is None
    assert Known().ties("OWNS") == ()


def test_an_importer_is_handed_what_is_known_and_it_is_no_option(tmp_path):
    (tmp_path / "own.py").write_text(
        "from pathlib import Path\nfrom ownership_graph.importing.known import Known\n"
        "PROVIDES = ()\ndef inputs(path): return [path]\n"
        "def read(path: Path, known: Known):\n    yield from known.nodes('Team')"
    )
    own = find_importer("own", [tmp_path])

    assert [each.name for each in own.options] == ["path"]
    assert list(own.read(path="x")) == []
    assert list(own.read(Known(lambda _: NODES), path="x")) == NODES
    # What it reads depends on more than its files, so these tell nothing.
    assert own.files(path="x") == ()
