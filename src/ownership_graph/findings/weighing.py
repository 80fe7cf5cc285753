"""What is at stake in each finding: the models it is about, how risky, how late, how relied on."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import islice
from math import fsum
from typing import TYPE_CHECKING

from ownership_graph.errors import StoreTimeoutError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ownership_graph.findings.answer import Answer, Finding, Urgency
    from ownership_graph.queries.question import Question
    from ownership_graph.stores import Store

AT_ONCE = 10_000
"""Ids in one query."""

HIGH_TIER = 3
TIER_WEIGHTS = {1: 1.0, 2: 2.0, HIGH_TIER: 4.0}
UNCLASSIFIED = 2.0
"""Not classified is not low risk."""

LATEST = 4.0
"""A wait counts by how often it holds the promised time, up to so often."""

RELIED_ON = 10
"""From so many models on that stand on it, directly or not, a model's findings are graver."""

GRAVEST = 4

_MODELS = """\
UNWIND $ids AS id
MATCH (m:Model {id: id})
OPTIONAL MATCH (m)<-[:CONCERNS]-(a:Approval)-[:AT]->(g:Gate)
WHERE a.status = 'pending' AND g.sla_days > 0
WITH m, max(($today - a.requested_day - coalesce(a.days_with_requester, 0)) * 1.0 / g.sla_days)
  AS late
RETURN m.id AS id, m.risk_tier AS tier, m.stage AS stage, late
ORDER BY id"""
_STANDING_ON = """\
MATCH (a:Model)-[:DEPENDS_ON]->(b:Model)
WHERE a.id <> b.id
RETURN a.id AS model, b.id AS relied_on
ORDER BY relied_on, model"""
_RELATED: Mapping[str, str] = {
    "Approval": "-[:CONCERNS]->(m:Model)",
    "Decision": "-[:ABOUT]->(m:Model)",
    "UseCase": "<-[:SERVES]-(m:Model)",
    "Criterion": "<-[:JUDGED_BY]-(m:Model)",
    "Gate": "<-[:AT]-(a:Approval)-[:CONCERNS]->(m:Model) WHERE a.status = 'pending'",
    "Person": "<-[:DECIDED_BY]-(a:Approval)-[:CONCERNS]->(m:Model) WHERE a.status = 'pending'",
    "Team": "<-[:DECIDED_BY]-(a:Approval)-[:CONCERNS]->(m:Model) WHERE a.status = 'pending'",
}
"""The models that a finding about something else is about, where its row names none."""


@dataclass(frozen=True, slots=True)
class Stakes:
    """What is at stake, by finding and by model.

    `models` are those of a finding, by its identity. `weight` of a model is that of its tier (1,
    2, 4) times how often its longest pending request holds the promised time, between 1 and 4.
    `exposed` are those in production at the highest tier, `relied_on` those on which many stand.
    """

    models: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    weight: Mapping[str, float] = field(default_factory=dict)
    exposed: frozenset[str] = frozenset()
    relied_on: frozenset[str] = frozenset()

    def of(self, findings: Iterable[Finding]) -> float:
        """The sum over the distinct models of the findings, the same in any order."""
        models = {model for each in findings for model in self.models.get(each.identity, ())}
        return fsum(self.weight.get(model, 0.0) for model in models)

    def urgency(self, question: Question, finding: Finding) -> Urgency:
        """Which findings come first: A before E."""
        match question.effect:
            case "stopped":
                return "A"
            case "exposed":
                models = self.models.get(finding.identity, ())
                return "D" if self.exposed.isdisjoint(models) else "B"
            case "fragile":
                return "C"
            case "design":
                return "D"
            case "data":
                return "E"

    def severity(self, finding: Finding) -> int:
        """One graver for a live model of the highest tier, or one that many stand on."""
        if finding.labels[:1] != ("Model",) or "severity" in finding.row:
            return finding.severity
        model = finding.subject[0]
        graver = model in self.exposed or model in self.relied_on
        return min(finding.severity + graver, GRAVEST)


def stakes_of(
    store: Store,
    answers: Sequence[Answer],
    names: Mapping[tuple[str, str], str],
    *,
    today: int,
    timeout: float,
) -> Stakes:
    """What is at stake in the findings of the answers; nothing is known where it takes too long.

    `names` tell which ids of a row are models. Cost: a few queries over the models that are
    found and over all dependencies between models; proportional to both.
    """
    found = [(answer.question, each) for answer in answers for each in answer.findings]
    if not found:
        return Stakes()
    models = {each.identity: tuple(_told(question, each, names)) for question, each in found}
    try:
        models |= _related(
            store, [each for _, each in found if not models[each.identity]], timeout
        )
        named = sorted({model for those in models.values() for model in those})
        weight, exposed = _weighed(store, named, today, timeout)
        subjects = {each.subject[0] for _, each in found if each.labels[:1] == ("Model",)}
        return Stakes(models, weight, exposed, _relied_on(store, subjects, timeout))
    except StoreTimeoutError:
        return Stakes()


def _told(
    question: Question, finding: Finding, names: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    """The models that the row names."""
    for column in question.columns:
        if "Model" not in column.labels:
            continue
        held = finding.row.get(column.name)
        for own_id in held if isinstance(held, list) else [held]:
            if ("Model", own_id) in names:
                yield str(own_id)


def _related(
    store: Store, findings: Sequence[Finding], timeout: float
) -> dict[str, tuple[str, ...]]:
    """The models of findings whose rows name none, by the first of their subjects that has any."""
    wanted = defaultdict(set)
    for finding in findings:
        for label, own_id in zip(finding.labels, finding.subject, strict=True):
            if label in _RELATED and own_id:
                wanted[label].add(own_id)
    models = defaultdict(list)
    for label, ids in sorted(wanted.items()):
        cypher = (
            f"UNWIND $ids AS id MATCH (x:{label} {{id: id}}){_RELATED[label]}"
            " WITH DISTINCT id, m.id AS model RETURN id, model ORDER BY id, model"
        )
        for some in _batches(sorted(ids)):
            for about, model in store.read(cypher, {"ids": some}, timeout=timeout).rows:
                models[label, str(about)].append(str(model))
    return {
        finding.identity: tuple(
            next(
                (
                    models[end]
                    for end in zip(finding.labels, finding.subject, strict=True)
                    if end in models
                ),
                (),
            )
        )
        for finding in findings
    }


def _weighed(
    store: Store, models: Sequence[str], today: int, timeout: float
) -> tuple[dict[str, float], frozenset[str]]:
    """The weight of each model, and those that are live at the highest tier."""
    weight: dict[str, float] = {}
    exposed: set[str] = set()
    for some in _batches(models):
        parameters = {"ids": some, "today": today}
        for own_id, tier, stage, late in store.read(_MODELS, parameters, timeout=timeout).rows:
            model = str(own_id)
            times = min(max(late, 1.0), LATEST) if isinstance(late, int | float) else 1.0
            base = TIER_WEIGHTS.get(tier) if isinstance(tier, int) else None
            weight[model] = (base or UNCLASSIFIED) * times
            if stage == "production" and tier == HIGH_TIER:
                exposed.add(model)
    return weight, frozenset(exposed)


def _relied_on(store: Store, models: set[str], timeout: float) -> frozenset[str]:
    """Those of the models on which many others stand, directly or through others."""
    if not models:
        return frozenset()
    standing = defaultdict(list)
    for model, on in store.read(_STANDING_ON, timeout=timeout).rows:
        standing[str(on)].append(str(model))
    return frozenset(model for model in models if _many_reach(model, standing))


def _many_reach(model: str, standing: Mapping[str, Sequence[str]]) -> bool:
    """Whether enough others stand on the model; no more of them are looked at than that."""
    seen, queue = {model}, deque([model])
    while queue:
        for other in standing.get(queue.popleft(), ()):
            if other not in seen:
                seen.add(other)
                queue.append(other)
            if len(seen) > RELIED_ON:
                return True
    return False


def _batches(ids: Sequence[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some
