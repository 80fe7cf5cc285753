"""A person taken out of all that a store holds, the past included."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ownership_graph.errors import UsageError
from ownership_graph.importing.statements import statement_hash
from ownership_graph.model import nearest
from ownership_graph.plans.beginning import broken_off, new_run, timestamp
from ownership_graph.plans.drafting import ends_of
from ownership_graph.records import (
    ABSENT,
    Change,
    Fact,
    ImportRun,
    NodeKey,
    Plan,
    node_key,
    parse_key,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from ownership_graph.records import Before, Key, Properties, Value
    from ownership_graph.stores import Store

PERSON = "Person"
INSTEAD = "[forgotten]"
"""What stands in a longer text where somebody was named."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was taken out, and how much was altered because it named the person."""

    facts: int
    altered: int
    changes: int
    findings: int


def forget(store: Store, own_id: str, *, now: datetime, wait: float = 0.0) -> Forgotten:
    """Take a person out of facts, changes, runs and findings; no undo brings them back.

    The run that is recorded does not name the person. `now` is in UTC.

    Raises:
        UsageError: no such person is known; the nearest id is offered.
        StoreError: the store did not do what it should.
    """
    with store.lock(wait=wait):
        facts, changes = [*store.facts(), *store.held()], list(store.changes(0))
        person = _Person.known(own_id, facts, changes)
        plan = person.plan(facts, changes)
        runs, findings = store.runs(), [each.id for each in store.findings()]
        run = replace(
            new_run(runs, "forget", "forget", now, "forget"),
            finished=timestamp(now),
            removed=len(plan.remove) + len(plan.release),
            changed=len(plan.alter),
        )
        broken = {each.id: each for each in broken_off(runs, run)}
        seen = [broken.get(each.id, each) for each in runs]
        cleaned = [replace(each, why=person.text(each.why) or "") for each in seen]
        plan = replace(
            plan,
            run=run,
            runs=tuple(each for each in cleaned if each not in runs),
            drop_findings=tuple(each for each in findings if person.is_in(each)),
        )
        store.apply(plan)
        return Forgotten(
            len(plan.remove) + len(plan.release),
            len(plan.alter) + len(plan.hold),
            len(plan.drop_changes),
            len(plan.drop_findings),
        )


@dataclass(frozen=True, slots=True)
class _Person:
    """Who is forgotten: `words` are the id and the names, `named` finds them in a text."""

    key: Key
    own_id: str
    words: frozenset[str]
    named: re.Pattern[str]

    @classmethod
    def known(cls, own_id: str, facts: Sequence[Fact], changes: Sequence[Change]) -> _Person:
        """The person of that id, with every name that they are known to have had."""
        key = node_key(PERSON, own_id)
        said: list[Mapping[str, object]] = []
        for fact in facts:
            if fact.key == key:
                said += [fact.properties, *fact.claims.values()]
        for change in changes:
            if change.key == key:
                said += [change.before.properties, *(change.before.claims or {}).values()]
        keys = [*(each.key for each in facts), *(each.key for each in changes)]
        if key not in keys and not any(key in ends_of(each) for each in keys):
            raise _unknown(own_id, facts)
        names = {str(each["name"]) for each in said if each.get("name")}
        # One word of a name is a word of the language, too: only whole values are taken for it.
        long = sorted(({own_id} | {each for each in names if " " in each}), key=len, reverse=True)
        pattern = "|".join(map(re.escape, long))
        named = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
        return cls(key, own_id, frozenset({own_id, *names}), named)

    def text(self, text: str) -> str | None:
        """The text, or the list in it, without the person; None where nothing else was in it."""
        parts = [part for part in text.split(";") if part.strip() not in self.words]
        return self.named.sub(INSTEAD, ";".join(parts)) if parts else None

    def is_in(self, identity: str) -> bool:
        """Whether a finding's identity names the person."""
        own_id = self.own_id.replace("\\", "\\\\").replace("|", "\\|")
        return f"|{own_id}|" in f"{identity}|"

    def plan(self, facts: Sequence[Fact], changes: Sequence[Change]) -> Plan:
        """All but the run, and what is not of facts."""
        gone = [fact for fact in facts if self._is_of(fact.key)]
        stay = [(fact, self._fact(fact)) for fact in facts if not self._is_of(fact.key)]
        altered = [new for old, new in stay if new != old]
        past = [(change, self._change(change)) for change in changes]
        others = [(old, new) for old, new in past if new != old]
        return Plan(
            ImportRun("", 0, "", "", ""),
            alter=tuple(fact for fact in altered if not fact.absent),
            remove=tuple(fact.key for fact in gone if not fact.absent),
            hold=tuple(fact for fact in altered if fact.absent),
            release=tuple(fact.key for fact in gone if fact.absent),
            changes=tuple(new for _, new in others if new is not None),
            drop_changes=tuple(old.id for old, _ in others),
        )

    def _is_of(self, key: Key) -> bool:
        identity = getattr(parse_key(key), "identity", ())
        return key == self.key or self.key in ends_of(key) or self.own_id in identity

    def _fact(self, fact: Fact) -> Fact:
        properties = self._properties(fact.properties)
        claims = {source: self._properties(said) for source, said in fact.claims.items()}
        if (properties, claims) == (fact.properties, fact.claims):
            return fact
        stated = claims or dict.fromkeys(fact.sources, properties)
        hashes = [
            digest if stated[source] == fact.claims.get(source) else statement_hash(stated[source])
            for source, digest in zip(fact.sources, fact.hashes, strict=True)
        ]
        return replace(
            fact,
            properties=properties,
            claims=claims,
            hashes=tuple(hashes),
            disputed=tuple(x for x in fact.disputed if x in properties or x == ABSENT),
        )

    def _change(self, change: Change) -> Change | None:
        if self._is_of(change.key):
            return None
        before: Before = change.before
        claims = before.claims and {
            source: self._properties(said) for source, said in before.claims.items()
        }
        properties = {
            name: None if value is None else self._value(value)
            for name, value in before.properties.items()
        }
        return replace(change, before=replace(before, properties=properties, claims=claims))

    def _properties(self, properties: Properties) -> Properties:
        cleaned = {name: self._value(value) for name, value in properties.items()}
        return {name: value for name, value in cleaned.items() if value is not None}

    def _value(self, value: Value) -> Value | None:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [text for text in map(self.text, value) if text is not None]
        return value


def _unknown(own_id: str, facts: Sequence[Fact]) -> UsageError:
    people: dict[str, str] = {}
    for fact in facts:
        match parse_key(fact.key):
            case NodeKey(label, known) if label == PERSON:
                people[known] = str(fact.properties.get("name", ""))
    named = [each for each, name in people.items() if name == own_id]
    hint = f" The id is '{named[0]}'." if named else nearest(own_id, people)
    return UsageError(f"forgetting '{own_id}': no person of that id is known.{hint}")
