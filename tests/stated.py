"""What the records of an importer state, as tests compare it."""

from ownership_graph.records import Node, Rejected, Relationship


def nodes(records, label="Person"):
    """The properties of the nodes of a label, by their ids."""
    return {
        each.id: each.properties
        for each in records
        if isinstance(each, Node) and each.label == label
    }


def ties(records, type_):
    """The ids of both ends of the relationships of a type."""
    return {
        (each.from_id, each.to_id)
        for each in records
        if isinstance(each, Relationship) and each.type == type_
    }


def whys(records, kind=Rejected):
    """Why something was rejected, or with `Partial` why it is not the whole."""
    return [each.why for each in records if isinstance(each, kind)]
