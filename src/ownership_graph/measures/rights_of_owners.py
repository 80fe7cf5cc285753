"""Which accountable owners lack a right that is recorded over their models, and who has it.

A row is an owner with its models, a standing right with who holds it, or somebody who holds one;
`teams` are a person's own, `above` those above them or above a team. An owner has a right that it
holds, that somebody of its people or of the people of a team below holds, or that a team above it
in its line holds. Of a person whose teams nobody wrote down nobody knows in whose line it stands,
so it proves nothing against an owner. Cost: proportional to owners, models and rights.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("part", "id", "facts")
GIVES = ("owner", "lacks", "held_by", "models", "for_example")

KINDS = ("stop", "roll_back", "retire", "accept_risk")
_SHOWN = 10


@dataclass(slots=True)
class _Right:
    """The right of one kind over the same models: by whom, and in whose lines it is held.

    `under` are all in whose line a holder stands, `teams` the teams that hold it; `strays` tells
    that a person holds it whose teams nobody wrote down.
    """

    holders: set[str] = field(default_factory=set)
    under: set[str] = field(default_factory=set)
    teams: set[str] = field(default_factory=set)
    strays: bool = False

    def add(self, own_id: str, holder: Mapping[str, Any]) -> None:
        """One more who holds it."""
        self.holders.add(own_id)
        self.under |= {own_id, *holder["teams"], *holder["above"]}
        if not holder["person"]:
            self.teams.add(own_id)
        elif not holder["teams"]:
            self.strays = True

    def is_of(self, own_id: str, owner: Mapping[str, Any]) -> bool:
        """Whether that owner has it, as far as anybody knows."""
        if own_id in self.under or not self.teams.isdisjoint((*owner["teams"], *owner["above"])):
            return True
        if owner["person"]:
            return bool(self.teams) and not owner["teams"]
        return self.strays


def measure(
    rows: Sequence[Row],
    parameters: Mapping[str, object],  # noqa: ARG001 -- a measure is called with both
) -> list[dict[str, object]]:
    """One row for each owner that lacks a right; who answers for most such models comes first."""
    parts: dict[str, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        parts[row["part"]][row["id"]] = row["facts"]
    everywhere, over = _rights(parts["right"].values(), parts["holder"])
    found = [
        _row(own_id, _lacking(own_id, owner, everywhere, over))
        for own_id, owner in sorted(parts["owner"].items())
    ]
    return sorted((each for each in found if each["lacks"]), key=lambda each: -each["models"])


_ByKind = dict[str, _Right]


def _rights(
    rights: Iterable[Mapping[str, Any]], holders: Mapping[str, Mapping[str, Any]]
) -> tuple[_ByKind, dict[str, _ByKind]]:
    """The rights by kind: those that hold everywhere, and those over a model."""
    everywhere: _ByKind = {}
    over: dict[str, _ByKind] = defaultdict(dict)
    for each in rights:
        places = [everywhere] if each["everywhere"] else [over[model] for model in each["over"]]
        for place in places:
            right = place.setdefault(each["kind"], _Right())
            for own_id in (*each["holders"], *each["deputies"]):
                right.add(own_id, holders[own_id])
    return everywhere, over


def _lacking(
    own_id: str,
    owner: Mapping[str, Any],
    everywhere: _ByKind,
    over: Mapping[str, _ByKind],
) -> dict[tuple[str, str], list[_Right]]:
    """By model and kind the rights that are recorded there, where none of them is the owner's."""
    here = {kind for kind, right in everywhere.items() if right.is_of(own_id, owner)}
    found = {}
    for model in owner["models"]:
        own = over.get(model, {})
        for kind in KINDS:
            rights = [each[kind] for each in (everywhere, own) if kind in each]
            if (
                rights
                and kind not in here
                and not (kind in own and own[kind].is_of(own_id, owner))
            ):
                found[model, kind] = rights
    return found


def _row(own_id: str, lacking: Mapping[tuple[str, str], Sequence[_Right]]) -> dict[str, Any]:
    kinds = {kind for _, kind in lacking}
    models = list(dict.fromkeys(model for model, _ in lacking))
    return {
        "owner": own_id,
        "lacks": [kind for kind in KINDS if kind in kinds],
        "held_by": sorted(
            {who for rights in lacking.values() for each in rights for who in each.holders}
        ),
        "models": len(models),
        "for_example": models[:_SHOWN],
    }
