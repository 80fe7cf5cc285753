"""What every rule takes for granted: the words of cypher/README.md, one function each."""

from __future__ import annotations

GONE = {"left", "archived"}


def live(model):
    """Not retired; a stage that nobody states is not `retired`."""
    return model.get("stage") != "retired"


def here(node):
    """A person who did not leave, a team that was not dissolved; unknown is here."""
    return node.get("status") not in GONE


def is_claim(owns, min_confidence):
    """Whether it is more than a hint: no confidence is stated, or it is high enough."""
    return owns.get("confidence", 1.0) >= min_confidence


def claims(thing, min_confidence):
    """The ties by which teams and persons claim to own the thing; hints are left out."""
    return [each for each in thing.into("OWNS") if is_claim(each, min_confidence)]


def accountable(thing, min_confidence):
    """The claims to be accountable for the thing."""
    return [each for each in claims(thing, min_confidence) if each.get("role") == "accountable"]


def decides(tie):
    """Whether who is asked decides: the role is decide or agree, and blank is decide."""
    return tie.get("role", "decide") in {"decide", "agree"}
