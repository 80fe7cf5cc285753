"""The verdict in one sentence, for whoever reads no further."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.rights.telling import NOT_KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ownership_graph.deciding.answer import State, Step
    from ownership_graph.deciding.asked import Asked

RETIRED = "retired"


def sentence(
    asked: Asked, state: State, path: Sequence[Step], stopped: Sequence[str], *, by_right: bool
) -> str:
    """The verdict; `stopped` are the names of the gates that cannot be passed, or not together.

    `by_right` tells that it takes a standing right to get through.
    """
    left = [step for step in path if step.state != "passed"]
    match state:
        case "stuck":
            gates = f"'{stopped[0]}'" if len(stopped) == 1 else f"its gates {_listed(stopped)}"
            return (
                f"No: as rights are written today, nobody can take {asked.name} through {gates}."
            )
        case "clear":
            many = f"the {len(left)} gates" if len(left) > 1 else "the one gate"
            right = [step.gate.name for step in left if step.by_right and not _can(step)]
            at = f" at {_listed(right)}" if right else ""
            but = f",{at} only by a standing right" if by_right else ""
            return f"Yes: {asked.name} can get through {many} left{but}."
        case "nothing ahead":
            return _nothing_ahead(asked, path)
        case _:
            return f"Not known: whether {asked.name} can get through the gates left."


def lacking(missing: Sequence[str]) -> str:
    """Why it is not known whether people can share the gates out."""
    if missing:
        return f"nothing says who may decide at the gates: no data on {', '.join(missing)}"
    return NOT_KNOWN


def late(step: Step) -> str:
    """How long a request waits, against what was promised.

    >>> from ownership_graph.deciding.answer import Request, Step
    >>> from ownership_graph.tracing.things import Thing
    >>> late(Step(Thing("Gate", "g"), "waiting", Request("a", "pending", "", "", (), 41, 10)))
    'waiting for 41 days, promised in 10'
    """
    request = step.request
    if step.state != "waiting" or request is None:
        return "not asked for yet"
    if request.status == "returned":
        return "returned to the requester"
    if request.days is None:
        return "waiting, nobody knows since when"
    days = "1 day" if request.days == 1 else f"{request.days:,} days"
    promised = "" if request.promised is None else f", promised in {request.promised}"
    return f"waiting for {days}{promised}"


def next_step(left: Sequence[Step]) -> Step:
    """What is next: what waits already, the first first, else the first gate."""
    return min(left, key=lambda each: each.state != "waiting")


def _nothing_ahead(asked: Asked, path: Sequence[Step]) -> str:
    if asked.stage == RETIRED:
        return f"Nothing is ahead: {asked.name} is retired."
    if path:
        many = "the one gate" if len(path) == 1 else f"all {len(path)} gates"
        return f"Nothing is ahead: {asked.name} has passed {many} on its way."
    if asked.tier is None:
        return f"No gate is known to be ahead: nobody classified {asked.name}."
    return f"No gate is ahead: none is set for {asked.name}, of risk tier {asked.tier}."


def _can(step: Step) -> bool:
    """Whether enough of those who are entitled can decide, were there no other gate."""
    return len(step.able) >= step.wanted or any(each.has_quorum for each in step.committees)


def _listed(names: Sequence[str]) -> str:
    *first, last = (f"'{each}'" for each in names)
    return f"{', '.join(first)} and {last}" if first else last
