"""The plan that brings the facts of aliases to the ids that they stand for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.identities.renaming import restated
from ownership_graph.importing.statements import statement_hash
from ownership_graph.plans.denying import move_all
from ownership_graph.plans.drafting import Draft
from ownership_graph.plans.merging import merged, stated_by
from ownership_graph.records import (
    NodeKey,
    kind_of,
    node_key,
    parse_key,
    relationship_key,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ownership_graph.identities.aliases import Aliases
    from ownership_graph.plans.denying import Surroundings
    from ownership_graph.plans.merging import Rank, Stated
    from ownership_graph.records import Change, Fact, ImportRun, Key, Plan, Properties


def key_under(key: Key, aliases: Aliases) -> Key:
    """The key of the same fact under the ids that its names stand for."""
    found = parse_key(key)
    if isinstance(found, NodeKey):
        own_id = aliases.id_of(found.label, found.id)
        return key if own_id == found.id else node_key(found.label, own_id)
    from_id = aliases.id_of(found.from_label, found.from_id)
    to_id = aliases.id_of(found.to_label, found.to_id)
    if from_id == found.from_id and to_id == found.to_id:
        return key
    return relationship_key(
        found.type, found.from_label, from_id, found.to_label, to_id, found.identity
    )


@dataclass(frozen=True, slots=True)
class Joining:
    """How facts are joined: under which ids, who is believed first, and on which day.

    `logged` are the changes that the run wrote before it was cut off.
    """

    aliases: Aliases
    rank: Rank
    day: int
    logged: tuple[Change, ...] = ()


def join_plan(
    facts: Iterable[Fact],
    lost: Sequence[Fact],
    run: ImportRun,
    joining: Joining,
    surroundings: Surroundings,
) -> Plan:
    """The plan that brings each fact under the key that it belongs to.

    `facts` are those that stand under a name, with those that already stand under its id, held
    ones too; `lost` such that the same run took out of the store before it was cut off. What
    several sources state is merged as ever; of what one source states of both, what it states
    of the id counts.
    """
    known = {fact.key: fact for fact in facts}
    groups: dict[Key, list[Fact]] = defaultdict(list)
    for fact in (*lost, *known.values()):
        groups[key_under(fact.key, joining.aliases)].append(fact)
    ends: dict[Key, Fact | None] = dict.fromkeys(known)
    for key, group in groups.items():
        new = _joined(key, group, known.get(key), run, joining)
        if new is None:
            del ends[key]
        else:
            ends[key] = new
    draft = Draft(run, joining.logged)
    move_all(draft, ends, known, surroundings, joining.day)
    if lost:  # stubs at their other ends may have been tidied away
        draft.complete(list(draft.create), surroundings.facts, joining.day)
    return draft.plan()


def _joined(
    key: Key, group: list[Fact], there: Fact | None, run: ImportRun, joining: Joining
) -> Fact | None:
    """What the facts of a group come to; None where it is there as it should be."""
    stated: Stated = {}
    for fact in sorted(group, key=lambda each: each.key == key):
        stated |= _restated(key, stated_by(fact), joining.aliases)
    made = merged(key, stated, joining.rank, run=run.seq, day=joining.day)
    day = min(fact.first_seen_day for fact in group)
    if there is None:
        return replace(made, first_seen_day=day)
    same = replace(
        made, added_run=there.added_run, run=there.run, first_seen_day=day, absent=there.absent
    )
    return None if same == there else replace(same, run=run.seq, absent=made.absent)


def _restated(key: Key, stated: Stated, aliases: Aliases) -> Stated:
    return {source: _statement(key, each, aliases) for source, each in stated.items()}


def _statement(
    key: Key, stated: tuple[str, Properties], aliases: Aliases
) -> tuple[str, Properties]:
    properties = restated(kind_of(key), stated[1], aliases)
    found = parse_key(key)
    if isinstance(found, NodeKey) and properties.get("name") == found.id:
        properties = {name: each for name, each in properties.items() if name != "name"}
    return stated if properties is stated[1] else (statement_hash(properties), properties)
