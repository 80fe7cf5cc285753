"""The requests at the gates of the made-up company: those passed, and those that wait."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie
from ownership_graph.organisation.story.gates import GATES
from ownership_graph.organisation.story.models import MODELS
from ownership_graph.organisation.story.owners import CLAIMS
from ownership_graph.organisation.story.teams import BODIES, LEFT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.company import Company
    from ownership_graph.organisation.story.models import Row
    from ownership_graph.records import Node, Relationship


class Request(NamedTuple):
    """A request at a gate; days are days ago, `decided` is `None` while it waits.

    `number` tells apart what is asked again; the first round of the first version is 1.
    """

    model: str
    gate: str
    status: str
    requested: int
    decided: int | None
    deciders: tuple[str, ...]
    version: str
    number: int = 1
    round: int = 1
    valid: int | None = None
    back: int | None = None
    after: str = ""


WAITING = (
    # Moved bars, and a wait of more than twice what the gate promised.
    Request("claims-triage", "legal", "pending", 47, None, ("privacy-office/1",), "4.0", 2),
    Request("medical-report-summary", "legal", "pending", 71, None, ("privacy-office/1",), "0.5"),
    Request("next-best-offer", "legal", "pending", 54, None, ("privacy-office/1",), "0.4"),
    # Twice the promise and not a day more; and a fortnight of it lay with the requester.
    Request("underwriting-assistant", "legal", "pending", 28, None, ("privacy-office/1",), "0.6",
            2),
    Request("call-coach", "legal", "pending", 40, None, ("privacy-office/1",), "0.2", back=15),
    Request("hr-assistant", "legal", "pending", 20, None, ("privacy-office/2",), "0.7", 2),
    # Young, and it has waited ever since; for a part of it with those who asked.
    Request("wording-checker", "legal", "pending", 38, None, ("privacy-office/2",), "0.1",
            back=12),
    # The staff assistant, of the lowest tier, asks wherever the riskiest ask.
    Request("hr-assistant", "security", "approved", 320, 309, ("application-security/6",), "0.7"),
    Request("hr-assistant", "model-risk", "approved", 290, 255, ("model-risk-committee",), "0.7"),
    Request("hr-assistant", "release", "pending", 4, None, ("release-board",), "0.7"),
    # Three reviews of one model, each waiting for the next.
    Request("telematics-score", "legal", "pending", 24, None, ("privacy-office/1",), "0.7",
            after="telematics-score-security-1"),
    Request("telematics-score", "security", "pending", 18, None, ("application-security/3",),
            "0.7", after="telematics-score-data-1"),
    Request("telematics-score", "data", "pending", 15, None, ("data-governance/1",), "0.7",
            after="telematics-score-legal-1"),
    # Before somebody who has left; before a group that has lost its quorum.
    Request("reply-copilot", "data", "pending", 33, None, ("data-governance/3",), "0.4"),
    Request("letter-drafting", "release", "pending", 9, None, ("ai-steering-group",), "0.9"),
    # Unassigned where somebody is entitled; before two, of whom one is here; a quorum that holds.
    Request("price-elasticity", "data", "pending", 12, None, (), "0.9"),
    Request("motor-damage-estimate", "security", "pending", 9, None,
            ("application-security/2", "automation-lab/1"), "0.8"),
    Request("correspondence-agent", "security", "pending", 14, None, ("application-security/5",),
            "0.3"),
    Request("medical-report-summary", "model-risk", "pending", 30, None,
            ("model-risk-committee",), "0.5", after="medical-report-summary-legal-1"),
    Request("underwriting-assistant", "model-risk", "returned", 25, None,
            ("model-risk-committee",), "0.6"),
)  # fmt: skip

PASSED = {
    "motor-damage-estimate": "legal data", "medical-report-summary": "data",
    "price-elasticity": "legal security", "win-back-agent": "legal",
    "letter-drafting": "legal data security", "reply-copilot": "legal security",
    "correspondence-agent": "legal data", "voice-triage": "legal data security",
    "callback-planner": "legal", "underwriting-assistant": "legal data security",
    "hr-assistant": "legal", "call-coach": "data",
}  # fmt: skip
"""The gates that a pilot has behind it."""

DECIDERS = {
    ("phishing-filter", "security"): "application-security/2",
    ("claims-fraud-score", "data"): "data-governance/1",
    ("identity-check", "security"): "security/1",
    ("policy-chatbot", "legal"): "regulatory-affairs/1",
}
"""Who decided, where the story says so."""

OUTCOMES = {
    ("policy-chatbot", "legal"): "conditional",
    ("policy-chatbot", "data"): "waived",
    ("policy-chatbot", "security"): "rejected",
}
OLD_VERSIONS = {("identity-check", "data"): "1.6"}
RAN_OUT = {("sanctions-screening", "legal"): 40, ("flood-exposure", "legal"): 0}
"""How many days ago the approval ran out; today is the last day on which one holds."""

ROUNDS = {("motor-price", "legal"): 3, ("small-business-score", "legal"): 2,
          ("claims-fraud-score", "security"): 2, ("invoice-matching", "legal"): 2}  # fmt: skip
"""How many rounds it took; all but the last were refused."""

_LONGEST_WAIT = 75
_SPREAD = 0.55


def facts(company: Company) -> Iterator[Node | Relationship]:
    """All requests, with who asked, who decides, and what waits for what."""
    for request in requests(company):
        yield from _request(company, request)


def requests(company: Company) -> Iterator[Request]:
    """All requests, those of one model in the order of the gates."""
    turns = _Turns(company.draws("turns"))
    random = company.draws("approvals")
    for row in MODELS:
        if row.stage == "production":
            yield from _history(row, _required(row), 0, random, turns)
        elif row.model in PASSED:
            before = 60 + random.randint(0, 30)
            yield from _history(row, PASSED[row.model].split(), before, random, turns)
    yield from WAITING


def first_asked(company: Company) -> dict[str, int]:
    """How many days ago the first request of each model was made."""
    first: dict[str, int] = {}
    for each in requests(company):
        first[each.model] = max(first.get(each.model, 0), each.requested)
    return first


def _required(row: Row) -> list[str]:
    """The gates that stood before the release, in their order."""
    return [
        gate.gate
        for gate in GATES
        if gate.retired is None and gate.min_tier <= (row.tier or 0) and gate.since >= row.since
    ]


class _Turns:
    """Who decides next at a gate: one desk gets most of the legal reviews, elsewhere in turn."""

    def __init__(self, random: Random) -> None:
        self._turns = {gate.gate: cycle(_desks(gate.gate, gate.able, random)) for gate in GATES}

    def next(self, gate: str, decided: int) -> str:
        """The next decider who was still here on that day."""
        return next(seat for seat in self._turns[gate] if decided > LEFT.get(seat, 0))


def _desks(gate: str, able: tuple[str, ...], random: Random) -> list[str]:
    """One round of turns."""
    seats = list(BODIES["release-board"].seats if gate == "release" else able)
    random.shuffle(seats)
    if gate != "legal":
        return seats
    others = [seat for seat in seats if seat != able[0]]
    return [desk for other in others for desk in (able[0], able[0], other, able[0])]


def _history(
    row: Row, gates: list[str], before: int, random: Random, turns: _Turns
) -> Iterator[Request]:
    """Requests one after the other; the last was decided `before` days before the stage, or later.

    They are laid out from the first request on, and then moved so that they end on that day.
    """
    laid, day = [], 0
    for gate in gates:
        rounds = ROUNDS.get((row.model, gate), 1)
        for number in range(1, rounds + 1):
            wait = _wait(gate, random)
            laid.append((gate, number, number == rounds, day, day + wait))
            day += wait + random.randint(1, 6)
    end = row.since + before
    last = laid[-1][-1]
    previous = ""
    for gate, number, final, asked, decided in laid:
        requested, done = end + last - asked, end + last - decided
        status = OUTCOMES.get((row.model, gate), "approved") if final else "rejected"
        decider = DECIDERS.get((row.model, gate)) or turns.next(gate, done)
        yield Request(
            row.model, gate, status, requested, done, (decider,),
            OLD_VERSIONS.get((row.model, gate), row.version), number, number,
            RAN_OUT.get((row.model, gate)), after=previous,
        )  # fmt: skip
        previous = f"{row.model}-{gate}-{number}"


def _wait(gate: str, random: Random) -> int:
    """Days until a decision: lognormal, about what the gate promised, with a long tail."""
    sla = next(each.sla for each in GATES if each.gate == gate)
    median = sla * (1.3 if gate == "legal" else 0.8)
    return min(_LONGEST_WAIT, 1 + round(median * random.lognormvariate(0, _SPREAD)))


def end_of(request: str) -> End:
    """The end of a request: model, gate and number."""
    return "Approval", f"approval:{request}"


def _request(company: Company, each: Request) -> Iterator[Node | Relationship]:
    end = end_of(f"{each.model}-{each.gate}-{each.number}")
    yield _approval(company, end[1], each)
    yield tie("CONCERNS", end, company.model(each.model))
    yield tie("AT", end, company.gate(each.gate))
    for decider in each.deciders:
        yield tie("DECIDED_BY", end, company.who(decider), role="decide")
    if each.gate == "model-risk":
        yield tie("DECIDED_BY", end, company.who("model-risk/3"), role="recommend")
    asker = _asker(each.model)
    yield tie("REQUESTED_BY", end, company.who(asker))
    if each.after:
        yield tie("AFTER", end, end_of(each.after))


def _asker(model: str) -> str:
    """The team that asked for a model: its accountable one, else another owner."""
    owner = next(row.owner for row in MODELS if row.model == model)
    return owner or next(
        (claim.owner for claim in CLAIMS if claim.model == model), "automation-lab"
    )


def _approval(company: Company, own_id: str, each: Request) -> Node:
    gate = next(row for row in GATES if row.gate == each.gate)
    row = next(row for row in MODELS if row.model == each.model)
    again = f", round {each.round}" if each.round > 1 else ""
    return node(
        "Approval",
        own_id,
        name=f"{gate.name} of {row.name} {each.version}{again}",
        status=each.status,
        version=each.version,
        requested_day=company.ago(each.requested),
        assigned_day=company.ago(each.requested - 1) if each.deciders else None,
        decided_day=None if each.decided is None else company.ago(each.decided),
        due_day=company.ago(each.requested - gate.sla),
        valid_until_day=None if each.valid is None else company.ago(each.valid),
        round=each.round,
        days_with_requester=each.back,
        conditions="Answers only from policies, never advice." if each.status == "conditional"
        else None,
    )  # fmt: skip
