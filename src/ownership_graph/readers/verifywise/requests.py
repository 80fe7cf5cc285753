"""Requests for approval in VerifyWise, each step of one a request at a gate of its own."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.approvals.requests import Answer, Request, in_rounds, stated
from ownership_graph.readers.moments import day_of
from ownership_graph.readers.picking import at, tables, text, yes
from ownership_graph.readers.verifywise.export import MODEL, REQUEST, WORKFLOW, Export

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.stating import End, Stating
    from ownership_graph.records import Record

SUBJECTS = {"use_case": "vw:use-case/{}", "model_inventory": "vw:model/{}"}
"""The ids of what workflows are about, as far as these are models."""

INVENTORY = "Gate", "vw:gate/model-inventory"
"""Where the one approver of an entry of the inventory decides."""

_OF_STEP = {"Pending": "pending", "Completed": "approved", "Rejected": "rejected"}
_OF_ANSWER = {"Pending": "pending", "Approved": "approved", "Rejected": "rejected"}
_OF_ENTRY = {
    "Approved": "approved",
    "Restricted": "conditional",
    "Pending": "pending",
    "Blocked": "rejected",
    "Rejected": "rejected",
}


def gate_of(workflow: str, step: str) -> End:
    """The gate of a step of a workflow."""
    return "Gate", f"vw:gate/{workflow}/{step}"


def gates(export: Export, stating: Stating) -> Iterator[Record]:
    """The steps of workflows on models, and who can decide there."""
    for workflow in export.of(WORKFLOW):
        if text(workflow, "entity_type") not in SUBJECTS:
            continue
        for step in tables(workflow, "steps"):
            gate = gate_of(text(workflow, "id"), text(step, "step_number"))
            approvers = [text(each, "approver_id") for each in tables(step, "approvers")]
            hours = at(step, "sla_hours")
            yield stating.node(
                gate,
                name=f"{text(workflow, 'workflow_title')}: {text(step, 'step_name')}",
                seq=text(step, "step_number"),
                sla_days=ceil(hours / 24) if isinstance(hours, int | float) else None,
                quorum=len(approvers) if yes(step, "requires_all_approvers") else 1,
            )
            for each in filter(None, map(export.person, approvers)):
                yield stating.tie("CAN_DECIDE", each, gate)


def approvals(export: Export, stating: Stating) -> Iterator[Record]:
    """The steps of requests that were reached, and the entries of the inventory."""
    requests: list[Request] = []
    for each in export.of(REQUEST):
        subject = SUBJECTS.get(text(each, "entity_type"))
        if subject is None or not text(each, "entity_id"):
            continue
        if not tables(each, "steps"):
            yield stating.rejected(
                f"the request {shown(text(each, 'request_name'))} has no steps: a list of requests"
                " holds none. Save /approval-requests/… of each."
            )
        requests += _steps(each, subject.format(text(each, "entity_id")), export, stating)
    for each in export.of(MODEL):
        requests += _entry(each, export, stating)
    if any(each.gate == INVENTORY[1] for each in requests):
        yield stating.node(INVENTORY, name="Model inventory")
    for decider in dict.fromkeys(
        answer.decider
        for each in requests
        if each.gate == INVENTORY[1]
        for answer in each.answers
        if answer.decider is not None
    ):
        yield stating.tie("CAN_DECIDE", decider, INVENTORY)
    for request in in_rounds(requests):
        yield from stated(request)


def _steps(
    said: dict[str, object], model: str, export: Export, stating: Stating
) -> Iterator[Request]:
    """The steps up to the one where the request stands; the later ones were not asked for yet.

    Every step says that it was assigned when the request was made: that is no day on which
    somebody was asked.
    """
    asked = at(said, "created_at")
    after: tuple[str, ...] = ()
    by_itself = bool(text(said, "auto_approved_at"))
    who = export.person(text(said, "requested_by"))
    for step in sorted(tables(said, "steps"), key=lambda each: text(each, "step_number").zfill(9)):
        status = _OF_STEP.get(text(step, "status"), text(step, "status"))
        if status == "pending" and text(said, "status") in ("Rejected", "Withdrawn"):
            status = "withdrawn"
        gate = gate_of(text(said, "workflow_id"), text(step, "step_number"))
        own_id = f"vw:approval/{text(said, 'id')}/{text(step, 'step_number')}"
        yield Request(
            id=own_id,
            gate=gate[1],
            models=(model,),
            answers=() if by_itself else tuple(_answers(step, export)),
            status="waived" if by_itself else status,
            step=text(step, "step_number"),
            name=f"{text(said, 'request_name')}: {text(step, 'step_name')}",
            requested=day_of(asked),
            assigned=day_of(asked),
            decided=day_of(at(step, "date_completed")),
            due=day_of(at(step, "due_at")),
            requested_by=(who,) if who else (),
            after=after,
            file=stating.file,
        )
        if status != "approved":
            return
        asked, after = at(step, "date_completed"), (own_id,)


def _answers(step: dict[str, object], export: Export) -> Iterator[Answer]:
    for each in tables(step, "approvals"):
        said = text(each, "approval_result")
        decider = export.person(text(each, "approver_id"))
        yield Answer(decider, _OF_ANSWER.get(said, said), day_of(at(each, "approved_at")))


def _entry(said: dict[str, object], export: Export, stating: Stating) -> Iterator[Request]:
    """What its one approver says of an entry of the inventory."""
    approver, status = export.person(text(said, "approver")), text(said, "status")
    if not status:
        return
    found = _OF_ENTRY.get(status, status)
    day = None if found == "pending" else day_of(at(said, "status_date"))
    name = " ".join(filter(None, (text(said, "model"), text(said, "version"))))
    yield Request(
        id=f"vw:approval/model/{text(said, 'id')}/{text(said, 'version')}",
        gate=INVENTORY[1],
        models=(f"vw:model/{text(said, 'id')}",),
        answers=(Answer(approver, found, day),) if approver else (),
        status=found,
        name=f"Model inventory: {name}",
        version=text(said, "version"),
        decided=day,
        file=stating.file,
    )
