"""Names in OWNERS files, to the persons and teams that they are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ownership_graph.importing.quoting import shown
from ownership_graph.readers.addresses import address
from ownership_graph.readers.kubernetes.owners_files import ALIASES
from ownership_graph.readers.people import stated
from ownership_graph.records import Node, Rejected, Relationship

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ownership_graph.readers.stating import End
    from ownership_graph.records import Record

_LOGIN = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?(?:\[bot\])?")


class Names:
    """Looks names up among the aliases, and keeps in mind which were met and which are none."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        """`aliases` are the members by the name that stands for them, in small letters."""
        self._aliases = aliases
        self._met: dict[str, None] = {}
        self._wrong: dict[tuple[str, str], None] = {}
        self._told: set[tuple[str, str]] = set()

    def of(self, written: str, file: str) -> End | None:
        """The label and id of a name in that file; `None` where it is no name."""
        alias = written.casefold()
        if alias in self._aliases:
            self._met[alias] = None
            return "Team", f"alias:{alias}"
        return self._person(alias, written, file)

    def teams(self) -> Iterator[Record]:
        """The aliases that were met, with their members: Kubernetes expands none in another."""
        for alias in self._met:
            team = f"alias:{alias}"
            yield Node("Team", team, {"name": alias, "kind": "team"}, ALIASES)
            for member in self._aliases[alias]:
                if end := self._person(member.casefold(), member, ALIASES):
                    yield Relationship("MEMBER_OF", *end, "Team", team, {}, ALIASES)
        yield from self.rejected()

    def rejected(self) -> Iterator[Rejected]:
        """What turned out to be no name since this was last asked, each once."""
        for file, written in self._wrong:
            if (file, written) not in self._told:
                self._told.add((file, written))
                why = f"{shown(written)} is neither a login, an alias nor an address. Mend it."
                yield Rejected(file, 0, why)
        self._wrong.clear()

    def _person(self, folded: str, written: str, file: str) -> End | None:
        login = folded.removeprefix("@")
        if mail := address(folded):
            return "Person", mail
        if stated(login) and _LOGIN.fullmatch(login):
            return "Person", f"gh:{login}"
        self._wrong[file, written] = None
        return None
