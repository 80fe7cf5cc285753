"""The decisions about a model that follow from where it stands, beside its gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ownership_graph.deciding.answer import Other
from ownership_graph.deciding.naming import somebody
from ownership_graph.model.labels import DECISION_KINDS
from ownership_graph.rights.by_right import PROMOTE
from ownership_graph.rights.implied import OF_OWNERS
from ownership_graph.tracing.things import Thing

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from ownership_graph.rights.holders import Outlook
    from ownership_graph.rights.implied import Implied, Situation

POLICY = "change_policy"
_UNKNOWN = "nothing says who is accountable for models"


@dataclass(frozen=True, slots=True)
class Others:
    """What the rows of the question tell of one model and of the gates ahead of it."""

    situation: Situation
    implied: Sequence[Implied]
    model: str
    gates: Collection[str]

    def all(self) -> tuple[Other, ...]:
        """Each kind in the order in which the model lists them, without the gates themselves."""
        return tuple(
            each for kind in DECISION_KINDS if kind != PROMOTE for each in self._of_kind(kind)
        )

    def _of_kind(self, kind: str) -> Iterator[Other]:
        found = [each for each in self.implied if each.kind == kind and self._is_ours(each)]
        yield from (self._told(each) for each in found)
        raised = list(self._raised(kind))
        yield from raised
        if not found and not raised and kind in OF_OWNERS:
            yield Other(kind, "not known", (), _UNKNOWN)

    def _is_ours(self, each: Implied) -> bool:
        return each.about in self.gates if each.kind == POLICY else self.model in each.models

    def _told(self, each: Implied) -> Other:
        outlook = each.outlook
        by = tuple(map(somebody, takers(outlook)))
        return Other(each.kind, outlook.state, by, outlook.why, self._about(each.about))

    def _about(self, own_id: str) -> Thing | None:
        if own_id in ("", self.model):
            return None
        return Thing("Gate" if own_id in self.gates else "UseCase", own_id)

    def _raised(self, kind: str) -> Iterator[Other]:
        """The recorded decisions of that kind about the model, or a gate ahead."""
        ours = [*self.gates] if kind == POLICY else [self.model]
        for row in self.situation.parts["recorded"]:
            for about in ours:
                if row["kind"] == kind and about in row["about"]:
                    why = f"it is raised, and open as '{row['id']}'"
                    yield Other(kind, "raised", (), why, self._about(about))


def takers(outlook: Outlook) -> tuple[str, ...]:
    """Who can take a decision with that outlook: nobody, those who are named, or one desk."""
    if outlook.state == "open":
        return outlook.deciders
    return (outlook.behind,) if outlook.state == "escalates" else ()
