"""VerifyWise: use cases and models, who owns them, the gates they pass, and what was decided.

Read from saved answers of its API. A use case is a model of its own that stands on models of the
inventory, since accountability belongs to the use.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.importing.recognising import in_folders
from ownership_graph.readers.gathering import gathered
from ownership_graph.readers.picking import at, tables, text, texts, yes
from ownership_graph.readers.stating import Stating
from ownership_graph.readers.verifywise.export import (
    MODEL,
    ROLE,
    THRESHOLD,
    USE_CASE,
    USER,
    WORKFLOW,
    Export,
    exported,
    files_of,
)
from ownership_graph.readers.verifywise.requests import approvals, gate_of, gates
from ownership_graph.records import Promise

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ownership_graph.importing.recognising import Found
    from ownership_graph.importing.surroundings import Surroundings
    from ownership_graph.records import Record

PROVIDES = ("Model",)

_KEY = re.compile(r'"(\w+)"\s*:')
_SURE = frozenset({"project_title", "security_assessment"})
_SIGNS = _SURE | {"workflow_title", "request_name", "model_inventory_id", "surname"}
_TIERS = {"minimal risk": 1, "limited risk": 2, "high risk": 3, "prohibited": 3}
_ROLES = {"owner": "accountable", "developer": "technical", "validator": "oversight"}
_WORSE = {
    "gt": ("min", "at most"),
    "gte": ("min", "below"),
    "lt": ("max", "at least"),
    "lte": ("max", "above"),
}
"""Of each comparison that is a breach, which way is better, and what is no breach."""


def inputs(path: Path, **_: object) -> list[Path]:
    """The files that are all that `read` looks at."""
    return files_of(path)


def read(path: Path) -> Iterator[Record]:
    """The use cases, models, gates and requests.

    Args:
        path: A file in JSON, or a folder of them: what the API answers at /projects,
            /model-inventories, /users, /approval-workflows, /approval-requests/…, and at
            /mrm/thresholds and /mrm/models/…/roles.
    """
    export, stating = exported(path), Stating(path.name)
    yield from gathered(_records(export, stating))
    for name in export.unknown:
        yield stating.rejected(f"nothing in {shown(name)} is known. Take the file out.")
    for kind, need in ((USE_CASE, "OWNS"), (WORKFLOW, "CAN_DECIDE")):
        if export.entries[kind]:
            yield Promise(need)


def found(surroundings: Surroundings) -> Iterator[Found]:
    """The files that begin with what its API answers, by their folders."""
    files = surroundings.named("*.json")
    keys = {file: {*_KEY.findall(surroundings.start(file))} for file in files}
    if any(not _SURE.isdisjoint(each) for each in keys.values()):
        files = [file for file in files if not _SIGNS.isdisjoint(keys[file])]
        yield from in_folders(files, "use cases, models and approvals out of VerifyWise")


def _records(export: Export, stating: Stating) -> Iterator[Record]:
    for each in export.of(MODEL):
        yield from _model(each, stating)
    for each in export.of(USE_CASE):
        if not yes(each, "is_organizational"):
            yield from _use_case(each, export, stating)
    yield from _owners(export, stating)
    for each in export.of(THRESHOLD):
        yield from _threshold(each, stating)
    yield from gates(export, stating)
    yield from approvals(export, stating)


def _owners(export: Export, stating: Stating) -> Iterator[Record]:
    """All users, and the roles that they have on models of the inventory."""
    for each in export.of(USER):
        person = export.person(text(each, "id"))
        name = " ".join(filter(None, (text(each, "name"), text(each, "surname"))))
        if person is not None:
            yield stating.node(person, name=name)
    for each in export.of(ROLE):
        owner, role = export.person(text(each, "user_id")), _ROLES.get(text(each, "role"))
        if owner is not None and role is not None:
            model = "Model", f"vw:model/{text(each, 'model_inventory_id')}"
            yield stating.tie("OWNS", owner, model, role=role)


def _model(said: dict[str, object], stating: Stating) -> Iterator[Record]:
    """An entry of the inventory."""
    model, provider = ("Model", f"vw:model/{text(said, 'id')}"), text(said, "provider")
    yield stating.node(
        model,
        name=text(said, "model") or text(said, "provider_model"),
        version=text(said, "version"),
        vendor=provider,
        environment=text(said, "hosting_provider"),
        mrm_tier=text(said, "mrm_tier"),
    )
    if provider:
        yield stating.node(("Team", provider), kind="vendor")
        yield stating.tie("SUPPLIED_BY", model, ("Team", provider))
    for project in texts(said, "projects"):
        use = "Model", f"vw:use-case/{project}"
        yield stating.tie("DEPENDS_ON", use, model, kind="requires")


def _use_case(said: dict[str, object], export: Export, stating: Stating) -> Iterator[Record]:
    use, risk = ("Model", f"vw:use-case/{text(said, 'id')}"), text(said, "ai_risk_classification")
    yield stating.node(
        use,
        name=text(said, "project_title"),
        kind="use_case",
        risk_tier=_TIERS.get(risk.lower()),
        classification=risk,
        project_status=text(said, "status"),
    )
    owner = export.person(text(said, "owner"))
    if owner is not None:
        yield stating.tie("OWNS", owner, use, role="accountable")
    workflow = text(said, "approval_workflow_id")
    for each in export.of(WORKFLOW):
        if workflow and text(each, "id") == workflow:
            for step in tables(each, "steps"):
                gate = gate_of(workflow, text(step, "step_number"))
                yield stating.tie("SUBJECT_TO", use, gate, basis=text(each, "workflow_title"))


def _threshold(said: dict[str, object], stating: Stating) -> Iterator[Record]:
    """The bar that a metric must keep; one that is switched off is none."""
    metric, part = text(said, "metric"), text(said, "segment")
    number, low, high = (at(said, each) for each in ("value_num", "value_lo", "value_hi"))
    direction, words = _WORSE.get(text(said, "op"), ("", ""))
    if at(said, "active") is False:
        return
    if words and isinstance(number, int | float):
        words, bar = f"{words} {number:g}", float(number)
    elif not words and isinstance(low, int | float) and isinstance(high, int | float):
        words, bar = f"{low:g} to {high:g}", None
    else:
        yield stating.rejected(f"the threshold of {shown(metric)} has no value. Set one.")
        return
    criterion = "Criterion", f"vw:threshold/{text(said, 'id')}"
    yield stating.node(
        criterion,
        name=f"{metric}{f' of {part}' if part else ''}: {words}",
        metric=metric,
        direction=direction,
        threshold=bar,
        threshold_text=words,
    )
    model = "Model", f"vw:model/{text(said, 'model_inventory_id')}"
    yield stating.tie("JUDGED_BY", model, criterion)
