"""A question tried out before it is relied on: put to a made-up organisation, or to a real one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ownership_graph.errors import QueryError, StoreTimeoutError
from ownership_graph.findings.asking import counted, rows_of
from ownership_graph.findings.choosing import values_in_force
from ownership_graph.findings.subjects import findings_of, ids_of
from ownership_graph.measures import fitting_measure
from ownership_graph.model import RELATIONSHIPS
from ownership_graph.organisation import organisation
from ownership_graph.queries.mistakes import in_file
from ownership_graph.records import (
    Fact,
    ImportRun,
    Node,
    Plan,
    RelationshipKey,
    node_key,
    parse_key,
    relationship_key,
)
from ownership_graph.stores import open_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ownership_graph.queries.question import Question
    from ownership_graph.records import Key, Properties, Relationship
    from ownership_graph.stores import Store


def mistakes_in_answers(
    store: Store, questions: Iterable[Question], *, today: int, timeout: float = 30.0
) -> Iterator[QueryError]:
    """What only shows when a question is asked: its measure, its syntax, what its columns hold.

    Whether the store has the facts that a question needs does not matter here. `today` counts
    days since 1970-01-01; `timeout` is in seconds, for each query.
    """
    for question in questions:
        try:
            measure = fitting_measure(question)
            (values,) = values_in_force([question], {}, today=today)
            counted(store, question, values, timeout=timeout)
            rows = rows_of(store, question, measure, values, timeout=timeout)
            for _ in ids_of(question, rows):
                pass  # each cell that holds ids is looked at
            findings_of(question, rows, {})
        except QueryError as error:
            yield error
        except StoreTimeoutError:
            yield _too_slow(question, timeout)


def _too_slow(question: Question, timeout: float) -> QueryError:
    """That there was no answer, at the line where the Cypher begins."""
    lines = enumerate(question.cypher.split("\n"), 1)
    first = next(number for number, line in lines if not line.startswith("//"))
    return in_file(
        f"asking {question.code}: it is not answered in {timeout:g} s. Right is a pattern that"
        " begins at what is bound already, as in `MATCH (m:Model) MATCH (m)<-[:OWNS]-(o)`, and"
        " never two that nothing ties.",
        str(question.file),
        question.cypher,
        line=first,
    )


def made_up_store(*, today: int) -> Store:
    """A store in memory that holds the made-up organisation."""
    run = ImportRun(id="made-up#1", seq=1, source="made-up", importer="", started="")
    facts = [
        Fact(_key(each), cast("Properties", each.properties), ("made-up",), ("",), {}, (), 1, 1)
        for each in organisation(today=today)
    ]
    facts.sort(key=lambda each: isinstance(parse_key(each.key), RelationshipKey))
    store = open_store("made-up").copy_in_memory()
    store.apply(Plan(run, create=tuple(facts)))
    return store


def _key(record: Node | Relationship) -> Key:
    if isinstance(record, Node):
        return node_key(record.label, record.id)
    identity = RELATIONSHIPS[record.type].identity
    return relationship_key(
        record.type,
        record.from_label,
        record.from_id,
        record.to_label,
        record.to_id,
        tuple(str(record.properties.get(name, "")) for name in identity),
    )
