"""Rows as the questions about gates return them, from a few words."""

from __future__ import annotations

from ownership_graph.rights.passing import Passing
from ownership_graph.rights.reading import by_part, read_rights


def gate(own_id, entitled="", **facts):
    """A gate; `entitled` are ids, parted by blanks."""
    known = {
        "name": own_id.capitalize(), "seq": 1, "quorum": None, "independence": None,
        "recused": [], "separate": [], "same": [],
    }  # fmt: skip
    return row("gate", own_id, known | {"entitled": entitled.split()} | facts)


def entitled(own_id, members="", **facts):
    known = {"name": own_id, "status": None, "quorum": None, "body": False, "team": bool(members)}
    return row("entitled", own_id, known | {"members": members.split()} | facts)


def person(own_id, **facts):
    known = {"name": own_id, "status": "active", "teams": [], "deputies": []}
    return row("person", own_id, known | facts)


def people(ids):
    """People who are each entitled by themselves."""
    return [make(own_id) for own_id in ids.split() for make in (entitled, person)]


def models(ids, ahead, **facts):
    known = {"owners": [], "recused": [], "decided": [], "wanted": [], "requests": []}
    told = {"models": ids.split(), "ahead": ahead.split()}
    return row("models", ids.split()[0], known | told | facts)


def row(part, own_id, facts):
    return {"part": part, "id": own_id, "facts": facts}


def passing(*rows):
    """All that is asked about the gates, and where the models of the last row stand."""
    found = Passing(read_rights(by_part(rows)))
    return found, found.rights.standings[-1]
