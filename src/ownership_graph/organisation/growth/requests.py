"""The requests at the gates: lognormal waits, several rounds, and what still waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.organisation.story.gates import GATES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.organisation.growth.site import Drawn, Site
    from ownership_graph.organisation.stating import End
    from ownership_graph.organisation.story.gates import Row
    from ownership_graph.records import Properties

MEDIAN = 0.8
"""The median of the waits, as a share of what the gate promised."""

_STANDING = tuple(gate for gate in GATES if gate.retired is None)
_ROUNDS = ((1, 0.88), (2, 0.97), (3, 1.0))
_ENDS = (("approved", 0.93), ("conditional", 0.99), ("waived", 1.0))


def state(site: Site, model: Drawn) -> None:
    """A model in production passed its gates, with few gaps; a pilot stands at its first."""
    if model.tier is None or model.stage not in {"pilot", "production"}:
        return
    gates = [
        gate
        for gate in _STANDING
        if gate.min_tier <= model.tier and gate.since >= model.since and not site.draw.chance(0.02)
    ]
    if model.stage == "pilot":
        gates = gates[:1]
        if gates and site.draw.chance(0.3):
            asked = site.draw.wait(gates[0].sla * MEDIAN)
            _request(site, _end(model, gates[0], 1), model, gates[0], {
                "requested_day": site.ago(asked), "round": 1, "status": "pending",
            })  # fmt: skip
            return
    _passed(site, model, gates)


def _passed(site: Site, model: Drawn, gates: Sequence[Row]) -> None:
    """Requests one after the other, the last decided when the model reached its stage."""
    draw = site.draw
    many = [draw.shared_out(_ROUNDS) for _ in gates]
    rounds = [
        (gate, number, number == last)
        for gate, last in zip(gates, many, strict=True)
        for number in range(1, last + 1)
    ]
    waits = [draw.wait(gate.sla * MEDIAN) for gate, *_ in rounds]
    asked = model.since + sum(waits)
    previous: End | None = None
    for (gate, number, final), wait in zip(rounds, waits, strict=True):
        end = _end(model, gate, number)
        status = draw.shared_out(_ENDS) if final else "rejected"
        _request(site, end, model, gate, {
            "requested_day": site.ago(asked), "decided_day": site.ago(asked - wait),
            "round": number, "status": status,
        })  # fmt: skip
        if previous and draw.chance(0.3):
            site.tie("AFTER", end, previous)
        asked, previous = asked - wait, end


def _end(model: Drawn, gate: Row, number: int) -> End:
    return "Approval", f"approval:b{model.number}-{gate.gate}-{number}"


def _request(site: Site, end: End, model: Drawn, gate: Row, held: Properties) -> None:
    draw = site.draw
    if draw.chance(0.1):
        held["days_with_requester"] = draw.whole(1, 5)
    site.node(end, name=f"{gate.name} of {model.name}", **held)
    site.tie("CONCERNS", end, model.end)
    site.tie("AT", end, site.company.gate(gate.gate))
    if held["status"] != "pending" or draw.chance(0.8):
        site.tie("DECIDED_BY", end, site.decider(gate.gate), role="decide")
