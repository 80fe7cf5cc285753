"""The people and teams that own something in OpenMetadata, as far as they were met."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ownership_graph.readers.openmetadata.catalogue import TEAM, USER
from ownership_graph.readers.picking import tables, text, yes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ownership_graph.readers.openmetadata.catalogue import Catalogue
    from ownership_graph.readers.stating import End, Stating
    from ownership_graph.records import Record


class People:
    """Who was met, and who they are."""

    def __init__(self, catalogue: Catalogue, stating: Stating) -> None:
        """Nobody was met yet."""
        self._catalogue, self._stating = catalogue, stating
        self._met: dict[End, dict[str, object]] = {}
        self._owning: dict[End, None] = {}
        self._users = defaultdict[str, list[dict[str, object]]](list)
        for user in catalogue.entities[USER].values():
            for team in tables(user, "teams"):
                self._users[text(team, "id")].append({**user, "type": USER})

    def meet(self, reference: Mapping[str, object]) -> End | None:
        """The label and id of a user or a team; nothing where it is neither."""
        kind, known = text(reference, "type"), self._catalogue.of(reference)
        name = text(known, "name") or text(reference, "name")
        if kind == USER:
            own_id = (text(known, "email") or text(reference, "email") or name).lower()
        else:
            own_id = f"om:team/{name}" if name and kind == TEAM else ""
        if not own_id:
            return None
        end = "Team" if kind == TEAM else "Person", own_id
        self._met.setdefault(end, {**reference, **known})
        return end

    def owner(self, reference: Mapping[str, object]) -> End | None:
        """The same, for one that owns something: of such a team the members count, too."""
        end = self.meet(reference)
        if end is not None:
            self._owning[end] = None
        return end

    def records(self) -> Iterator[Record]:
        """Who they are, who belongs to the teams, and what the teams are part of."""
        told: set[End] = set()
        while waiting := [each for each in self._met if each not in told]:
            told.update(waiting)
            for end in waiting:
                is_team = end[0] == "Team"
                yield from (self._team if is_team else self._person)(end, self._met[end])

    def _person(self, end: End, said: dict[str, object]) -> Iterator[Record]:
        yield self._stating.node(
            end,
            name=text(said, "displayName"),
            kind="service" if yes(said, "isBot") else "",
            status="left" if yes(said, "deleted") else "",
        )

    def _team(self, end: End, said: dict[str, object]) -> Iterator[Record]:
        status = "archived" if yes(said, "deleted") else ""
        name = text(said, "displayName") or text(said, "name")
        yield self._stating.node(end, name=name, status=status)
        for parent in tables(said, "parents"):
            above = self.meet({"type": TEAM, **parent})
            if above is not None:
                yield self._stating.tie("PART_OF", end, above)
        if end in self._owning:
            yield from self._members(end, said)

    def _members(self, end: End, said: dict[str, object]) -> Iterator[Record]:
        leads = [each for each in tables(said, "owners") if text(each, "type") == USER]
        roles: dict[End, str] = {}
        for role, people in (
            ("lead", leads),
            ("", [{"type": USER, **each} for each in tables(said, "users")]),
            ("", self._users[text(said, "id")]),
        ):
            for each in people:
                person = self.meet(each)
                if person is not None:
                    roles.setdefault(person, role)
        for person, role in roles.items():
            yield self._stating.tie("MEMBER_OF", person, end, role=role)
