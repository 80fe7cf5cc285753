"""The people and groups that own something in DataHub, as far as they were met."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.readers.datahub.entities import Urn
from ownership_graph.readers.picking import at, text, texts, yes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ownership_graph.readers.datahub.entities import Entities
    from ownership_graph.readers.stating import End, Stating
    from ownership_graph.records import Record

PERSON, GROUP = "corpuser", "corpGroup"


class People:
    """Who was met, and who they are."""

    def __init__(self, entities: Entities, stating: Stating) -> None:
        """Nobody was met yet."""
        self._entities, self._stating = entities, stating
        self._met: dict[str, None] = {}
        self._in_group = defaultdict[str, dict[str, str]](dict)
        for user in entities.of_kind(PERSON):
            for aspect, name in (
                ("groupMembership", "groups"),
                ("nativeGroupMembership", "nativeGroups"),
            ):
                for group in texts(entities.aspect(user.whole, aspect), name):
                    self._in_group[group][user.whole] = ""

    def meet(self, urn: str) -> End | None:
        """The label and id of a person or a group; nothing where it is neither."""
        taken = Urn.of(urn)
        if taken.kind not in (PERSON, GROUP) or not taken.name.strip():
            return None
        self._met[urn] = None
        return self._end(taken)

    def records(self) -> Iterator[Record]:
        """Who they are, who belongs to the groups, and who manages them."""
        told: set[str] = set()
        while waiting := [each for each in self._met if each not in told]:
            told.update(waiting)
            for urn in waiting:
                group = Urn.of(urn).kind == GROUP
                yield from self._group(urn) if group else self._person(urn)

    def _end(self, urn: Urn) -> End:
        if urn.kind == GROUP:
            return "Team", urn.whole
        email = text(self._info(urn.whole), "email")
        return "Person", (urn.name if "@" in urn.name else email or urn.name).strip().lower()

    def _info(self, urn: str) -> dict[str, object]:
        return self._entities.aspect(urn, "corpUserInfo")

    def _person(self, urn: str) -> Iterator[Record]:
        end, said = self._end(Urn.of(urn)), self._info(urn)
        yield self._stating.node(
            end,
            name=text(said, "displayName") or text(said, "fullName"),
            kind="service" if yes(said, "system") else "",
            status=self._status(urn),
        )
        manager = self.meet(text(said, "managerUrn"))
        if manager is not None and manager[0] == "Person":
            yield self._stating.tie("REPORTS_TO", end, manager)

    def _status(self, urn: str) -> str:
        active = at(self._info(urn), "active")
        suspended = text(self._entities.aspect(urn, "corpUserStatus"), "status") == "SUSPENDED"
        if active is False or suspended or self._entities.is_removed(urn):
            return "left"
        return "active" if active is True else ""

    def _group(self, urn: str) -> Iterator[Record]:
        end, said = self._end(Urn.of(urn)), self._entities.aspect(urn, "corpGroupInfo")
        removed = self._entities.is_removed(urn)
        name = text(said, "displayName") or Urn.of(urn).name
        yield self._stating.node(end, name=name, status="archived" if removed else "")
        roles = dict.fromkeys(texts(said, "members"), "") | self._in_group[urn]
        roles |= dict.fromkeys(texts(said, "admins"), "lead")
        for member, role in roles.items():
            person = self.meet(member)
            if person is not None and person[0] == "Person":
                yield self._stating.tie("MEMBER_OF", person, end, role=role)
