"""The gates of the made-up company, and who may decide at them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ownership_graph.organisation.stating import node, tie

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.organisation.story.company import Company
    from ownership_graph.records import Node, Relationship


class Row(NamedTuple):
    """A gate: `since`, `reviewed` and `retired` are days ago; `able` may decide."""

    gate: str
    name: str
    function: str
    seq: int
    min_tier: int
    sla: int
    since: int
    reviewed: int
    owner: str
    able: tuple[str, ...]
    independence: str = "required"
    quorum: int | None = None
    retired: int | None = None


GATES = (
    Row("legal", "Privacy and legal review", "legal", 1, 1, 14, 1500, 700, "legal",
        ("privacy-office/1", "privacy-office/2", "privacy-office/3", "regulatory-affairs/1",
         "regulatory-affairs/2", "regulatory-affairs/3", "legal/1")),
    # Of the two stewards one has left, and nobody noticed.
    Row("data", "Data use", "data", 2, 2, 10, 800, 120, "data-governance",
        ("data-governance/1", "data-governance/3")),
    Row("security", "Security review", "security", 3, 2, 10, 1200, 200, "security",
        ("application-security/1", "application-security/2", "application-security/3",
         "application-security/4", "application-security/5", "application-security/6",
         "security/1")),
    Row("model-risk", "Model risk review", "risk", 4, 3, 30, 760, 90, "risk",
        ("model-risk-committee",), quorum=3),
    Row("release", "Release", "engineering", 5, 1, 5, 1500, 60, "engineering",
        ("release-board",), independence="not_required"),
    Row("ethics", "Ethics sign-off", "leadership", 6, 1, 20, 1300, 1300, "executive-committee",
        (), retired=420),
)  # fmt: skip


def facts(company: Company) -> Iterator[Node | Relationship]:
    """Gates, their owners, who may decide, and who must not."""
    for row in GATES:
        end = company.gate(row.gate)
        yield gate_of(company, row)
        yield tie("OWNS", company.who(row.owner), end, role="accountable")
        for able in row.able:
            yield tie("CAN_DECIDE", company.who(able), end)
    yield tie("SEPARATE_FROM", company.gate("security"), company.gate("release"))
    yield tie("SEPARATE_FROM", company.gate("legal"), company.gate("release"))
    yield tie("RECUSED_FROM", company.who("actuarial-pricing/1"), company.model("motor-price"))
    yield tie(
        "SUBJECT_TO", company.model("call-coach"), company.gate("model-risk"),
        basis="It listens to customers.",
    )  # fmt: skip
    yield tie(
        "DELEGATES_TO", company.who("privacy-office/1"), company.who("privacy-office/2"),
        scope=company.gate("legal")[1], until_day=company.ago(20),
    )  # fmt: skip
    yield tie(
        "DELEGATES_TO", company.who("risk/1"), company.who("model-risk/1"),
        scope="accept_risk", until_day=company.ago(-160),
    )  # fmt: skip


def gate_of(company: Company, row: Row) -> Node:
    """The gate as a node."""
    return node(
        "Gate",
        company.gate(row.gate)[1],
        name=row.name,
        function=row.function,
        seq=row.seq,
        min_tier=row.min_tier,
        sla_days=row.sla,
        quorum=row.quorum,
        independence=row.independence,
        since_day=company.ago(row.since),
        reviewed_day=company.ago(row.reviewed),
        retired_day=None if row.retired is None else company.ago(row.retired),
    )
