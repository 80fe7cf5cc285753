"""Tables of approvals that others keep: which of their columns is which of ours, and their words.

Ours are found under their own names, then as somebody says (`Approver=decider`), then under the
names that are usual for them. Results likewise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.known import alike
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN
from ownership_graph.importing.values import near
from ownership_graph.readers.approvals.rows import COLUMNS, NEEDED, STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_USUAL: Mapping[str, tuple[str, ...]] = {
    "model": ("model id", "model name", "ml model", "ai model", "use case"),
    "gate": (
        "approval gate", "approval stage", "approval step", "approval type", "review type",
        "gate name", "stage gate", "review",
    ),
    "result": ("decision", "outcome", "verdict", "approval status", "status"),
    "version": ("model version",),
    "decider": (
        "approver", "approvers", "reviewer", "reviewers", "decision maker", "decided by",
        "approved by",
    ),
    "requested_by": ("requester", "requestor", "submitted by", "submitter"),
    "requested_at": (
        "requested on", "requested", "request date", "requested date", "date requested",
        "submitted on", "submitted at", "submission date",
    ),
    "decided_at": (
        "decided on", "decision date", "date decided", "date of decision", "approved on",
        "approved at", "approval date",
    ),
    "forum": ("committee", "board"),
    "due_at": ("due", "due on", "due date", "deadline"),
    "valid_until": ("valid to", "expires", "expires on", "expiry date", "expiration date"),
}  # fmt: skip
_TELLING = frozenset({"decider", "requested_at", "decided_at"})

_RESULTS: Mapping[str, tuple[str, ...]] = {
    "pending": (
        "open", "new", "waiting", "requested", "submitted", "in progress", "in review",
        "under review",
    ),
    "returned": (
        "more information needed", "more information required", "more info required",
        "changes requested",
    ),
    "approved": ("yes", "ok", "okay", "accepted", "granted", "passed", "signed off"),
    "conditional": (
        "approved with conditions", "approved with condition", "conditionally approved",
        "conditional approval",
    ),
    "rejected": ("no", "declined", "denied", "refused", "failed", "not approved"),
    "withdrawn": ("cancelled", "canceled"),
    "waived": ("exempt", "exempted", "not required"),
    "expired": ("lapsed",),
}  # fmt: skip


def folded(name: str) -> str:
    """A name of ours as it is written here: without regard to case, blanks and hyphens."""
    return name.strip().casefold().replace(" ", "_").replace("-", "_")


def columns_in(header: Sequence[str], told: Mapping[str, str]) -> tuple[str, ...]:
    """The header with our names for what is ours in it; `told` are ours by the others' names.

    Raises:
        UsageError: what is told is none of ours, or not in the header.
    """
    names = [folded(each) for each in header]
    theirs = list(names)
    for written, ours in told.items():
        own, at = folded(ours), folded(written)
        if own not in COLUMNS:
            known = ", ".join(COLUMNS)
            raise UsageError(
                f"reading the option 'columns': {shown(ours)} is not one of {known}."
                f"{near(own, COLUMNS)}"
            )
        if at not in theirs:
            some = ", ".join(shown(each) for each in header[:MOST_SHOWN])
            raise UsageError(
                f"reading the option 'columns': no column is called {shown(written)}. The header"
                f" names {some}."
            )
        names = ["" if each == own else each for each in names]
        names[theirs.index(at)] = own
    for own, usual in _USUAL.items():
        place = next((names.index(at) for each in usual if (at := folded(each)) in names), None)
        if own not in names and place is not None:
            names[place] = own
    return tuple(names)


def is_approvals(header: Sequence[str]) -> bool:
    """Whether a table has what a table of approvals must have.

    Under usual names alone, it must also say who decided, or when something was asked.

    >>> is_approvals(["Model name", "Approval stage", "Decision", "Approver"])
    True
    >>> is_approvals(["gate", "model", "result"]), is_approvals(["Use case", "Review", "Status"])
    (True, False)
    """
    found = set(columns_in(header, {}))
    if not found.issuperset(NEEDED):
        return False
    return bool(found & _TELLING) or set(map(folded, header)).issuperset(NEEDED)


def require(
    header: Sequence[str], names: Sequence[str], *, file: str, line: int, doing: str
) -> None:
    """Check that the columns are there that must be, and none has almost a name of ours.

    Raises:
        SourceError: one is missing, or nearly there.
    """
    missing = [each for each in COLUMNS if each not in names]
    for written, name in zip(header, names, strict=True):
        hint = near(name, missing) if name not in COLUMNS else ""
        if hint:
            raise SourceError(
                f"{doing}: the column {shown(written)} is not known.{hint} Rename it, or say with"
                " --columns which of ours it is.",
                file=file,
                line=line,
            )
    needed = [each for each in NEEDED if each in missing]
    if needed:
        some = ", ".join(shown(each) for each in header[:MOST_SHOWN])
        more = " and more" if len(header) > MOST_SHOWN else ""
        raise SourceError(
            f"{doing}: no column was found for {' and '.join(needed)}. The header names"
            f" {some}{more}. Say which is which, as in --columns 'Sign-off={needed[0]}'.",
            file=file,
            line=line,
        )


def results(told: Mapping[str, str]) -> dict[str, str]:
    """What words for a result mean, the usual ones and those that are told, as `alike` has them.

    Raises:
        UsageError: what one is told to mean is no result.
    """
    found = {word: status for status, words in _RESULTS.items() for word in words}
    for word, status in told.items():
        if status.casefold() not in STATUSES:
            raise UsageError(
                f"reading the option 'results': {shown(status)} is not one of"
                f" {', '.join(STATUSES)}.{near(status.casefold(), STATUSES)}"
            )
        found[alike(word)] = status.casefold()
    return found
