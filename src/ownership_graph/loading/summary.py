"""What one import did, in numbers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.errors import GuardError, SourceError
from ownership_graph.model import LABELS
from ownership_graph.records import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ownership_graph.importing.checking import Checked
    from ownership_graph.importing.planning import Difference, Planned
    from ownership_graph.records import ImportRun, Key, Partial, Rejected


@dataclass(frozen=True, slots=True)
class Summary:
    """What one import did, or after a dry run what it would do.

    `added`, `changed` and `removed` count facts of the graph, nodes and relationships also by
    themselves; stubs are counted in `stubs` alone. `taken` counts facts that the source
    states. `unchanged` are facts that the source stated before as it does now. `gone_by_kind`
    are what the source no longer states, by label or relationship, also where another source
    still does. `doubles` are facts that it stated again with other content (the last row
    counts; `doubled` names the first of them), `repeated` those with the same. `disputed` are
    written facts on which sources differ, `held` those that are kept off the graph because a
    source that is believed first says no, `departed` nodes that were ended because the source
    lists them no longer. `unusual` are values that were kept though the model does not know
    them. `guard` is the sentence with which the removal guard would stop the import, of a dry
    run. `partial` tells why what was read is not the whole: then nothing was taken for gone.
    `in_part` are facts that went in without values that could not be read.
    `rejects_file` is the folder that holds the rejected rows.
    """

    run: ImportRun
    dry_run: bool
    rows_read: int
    taken: int
    nodes_new: int
    nodes_changed: int
    nodes_removed: int
    relationships_new: int
    relationships_changed: int
    relationships_removed: int
    unchanged: int
    partial: tuple[Partial, ...]
    rejected: tuple[Rejected, ...]
    in_part: int
    rejected_by_reason: Mapping[str, int]
    doubles: int
    doubled: tuple[str, ...]
    repeated: int
    stubs: int
    disputed: int
    held: int
    departed: int
    unusual: Mapping[str, int]
    gone_by_kind: Mapping[str, int]
    guard: str
    seconds: float
    rejects_file: Path | None

    @property
    def exit_code(self) -> int:
        """That of a source at fault, where it was not read whole or would be stopped; else 0."""
        if self.guard:
            return GuardError.exit_code
        return SourceError.exit_code if self.partial else 0

    @property
    def added(self) -> int:
        """Facts that are new on the graph."""
        return self.nodes_new + self.relationships_new

    @property
    def changed(self) -> int:
        """Facts that are on the graph as before, with other content or other sources."""
        return self.nodes_changed + self.relationships_changed

    @property
    def removed(self) -> int:
        """Facts that are no longer on the graph."""
        return self.nodes_removed + self.relationships_removed


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an import ended, beside what was read and planned."""

    run: ImportRun
    dry_run: bool
    guard: str
    seconds: float
    rejects: Path | None


def summarised(
    checked: Checked, difference: Difference, planned: Planned, outcome: Outcome
) -> Summary:
    """The summary of an import."""
    plan = planned.plan
    nodes_new, relationships_new = _counted(each.key for each in plan.create if each.described)
    nodes_changed, relationships_changed = _counted(each.key for each in plan.alter)
    nodes_removed, relationships_removed = _counted(plan.remove)
    return Summary(
        run=outcome.run,
        dry_run=outcome.dry_run,
        rows_read=checked.rows_read,
        taken=len(checked.said),
        nodes_new=nodes_new,
        nodes_changed=nodes_changed,
        nodes_removed=nodes_removed,
        relationships_new=relationships_new,
        relationships_changed=relationships_changed,
        relationships_removed=relationships_removed,
        unchanged=difference.unchanged,
        partial=checked.partial,
        rejected=checked.rejected,
        in_part=len(checked.unread),
        rejected_by_reason=dict(Counter(checked.reasons).most_common()),
        doubles=checked.doubles,
        doubled=checked.doubled,
        repeated=checked.repeated,
        stubs=planned.stubs,
        disputed=planned.disputed,
        held=len(plan.hold),
        departed=len(difference.departed),
        unusual=dict(Counter(checked.unusual).most_common()),
        gone_by_kind=dict(sorted(Counter(map(kind_of, difference.gone)).items())),
        guard=outcome.guard,
        seconds=outcome.seconds,
        rejects_file=outcome.rejects,
    )


def _counted(keys: Iterable[Key]) -> tuple[int, int]:
    """How many are nodes, and how many relationships."""
    kinds = Counter(map(kind_of, keys))
    nodes = sum(count for kind, count in kinds.items() if kind in LABELS)
    return nodes, kinds.total() - nodes
