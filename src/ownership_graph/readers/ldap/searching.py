"""Searches in a directory: in pages, with long attributes put together, and what was cut off."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from ownership_graph.errors import SourceError, UsageError
from ownership_graph.importing.quoting import brief, shown
from ownership_graph.readers.ldap.connecting import DOING, Asking, ldap3, leave, new_answer, told
from ownership_graph.records import Partial

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType

    from ownership_graph.readers.ldap.connecting import Server

PAGE = 500
_PAGED = "1.2.840.113556.1.4.319"
_CUT_OFF = {
    3: "its time limit is over",
    4: "its size limit is exceeded",
    11: "its administrative limit is exceeded",
}
_REFERRAL, _NOT_THERE = 10, 32
_NOT_SEEN = frozenset({_NOT_THERE, 34, 50})
"""Not there, a name that can be none, and no right to see it."""

_RANGE = re.compile(r"range=([0-9]{1,12})-([0-9]{1,12}|\*)", re.ASCII)
_OF_EVERY_DOMAIN = re.compile(
    r"/(dc=(domain|forest)dnszones|cn=configuration|cn=schema),", re.IGNORECASE
)
"""What a search from the top of Active Directory points to each time: no people are there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry; the names of its attributes are in small letters."""

    dn: str
    attributes: Mapping[str, Sequence[str]]

    def all(self, name: str) -> Sequence[str]:
        """The values of the attribute."""
        return self.attributes.get(name.casefold(), ())

    def first(self, *names: str) -> str:
        """The first value of the first of the attributes that has one."""
        return next(
            (each.strip() for name in names for each in self.all(name) if each.strip()), ""
        )

    def kinds(self) -> set[str]:
        """Its object classes."""
        return {each.casefold() for each in self.all("objectClass")}


@dataclass
class Tree:
    """A directory that can be searched; use it as a context, which connects and leaves.

    `cut` says why what was read is not the whole, for each place where that is so.
    """

    server: Server
    page: int = PAGE
    cut: list[Partial] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look at the size of a page.

        Raises:
            UsageError: it is none.
        """
        if self.page < 1:
            raise UsageError(
                f"{DOING}: {self.page} entries at a time are no page. Ask for 500, the usual."
            )

    def __enter__(self) -> Self:
        """Connect.

        Raises:
            SourceError: the server is away, not who it should be, or refuses.
        """
        self._connection = self.server.connected()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave."""
        leave(self._connection)

    def below(self, base: str, wanted: str, attributes: Sequence[str]) -> Iterator[Entry]:
        """The entries at and below `base` that fit the filter `wanted`.

        Raises:
            SourceError: the search failed.
        """
        cookie = None
        while cookie != b"":
            result = self._asked(
                search_base=base,
                search_filter=wanted,
                search_scope=ldap3.SUBTREE,
                attributes=list(dict.fromkeys(filter(None, attributes))),
                paged_size=self.page,
                paged_cookie=cookie,
            )
            self._look_at(result, base, wanted)
            for each in self._connection.response:
                if each["type"] == "searchResEntry":
                    yield _entry(each)
                else:
                    self._elsewhere(each["uri"], base)
            paged = result.get("controls", {}).get(_PAGED, {}).get("value", {})
            cookie = paged.get("cookie") or b""

    def at(self, dn: str, attributes: Sequence[str]) -> Entry | None:
        """The entry of that name; None where there is none, or none that we may see.

        Raises:
            SourceError: the search failed.
        """
        result = self._asked(
            search_base=dn,
            search_filter="(objectClass=*)",
            search_scope=ldap3.BASE,
            attributes=list(attributes),
        )
        if result["result"] in _NOT_SEEN:
            return None
        self._look_at(result, dn, "(objectClass=*)")
        found = [each for each in self._connection.response if each["type"] == "searchResEntry"]
        return _entry(found[0]) if found else None

    def values(self, entry: Entry, name: str) -> Sequence[str]:
        """The values of an attribute, also of one that the server gives out in ranges."""
        values = list(entry.all(name))
        piece = _piece(entry, name)
        while piece and piece.first == len(values) and (piece.values or piece.is_last):
            values += piece.values
            if piece.is_last:
                return values
            more = self.at(entry.dn, [f"{name};range={len(values)}-*"])
            piece = _piece(more, name) if more else None
        if piece or len(values) > len(entry.all(name)):
            why = (
                f"of {shown(entry.dn)} only the first {len(values):,} values of {name} were given"
            )
            self.cut.append(Partial(f"{DOING}: {why}.", entry.dn))
        return values

    def _asked(self, **search: object) -> dict[str, Any]:
        with Asking(self.server.url):
            new_answer(self._connection)
            self._connection.search(**search)
        result: dict[str, Any] = self._connection.result
        return result

    def _look_at(self, result: dict[str, Any], base: str, wanted: str) -> None:
        """Let only an answer pass that is one, or note that it is not the whole."""
        code = result["result"]
        where = f"below {shown(base)}, looking for {shown(wanted)}"
        if code in _CUT_OFF:
            self.cut.append(
                Partial(
                    f"{DOING}: {where}: the server gave out only a part, since {_CUT_OFF[code]}."
                    " Ask with a user that has higher limits, or for less.",
                    self.server.url,
                )
            )
        elif code == _NOT_THERE:
            raise SourceError(
                f"{DOING}: {self.server.url} has no entry {shown(base)}, or does not show it to"
                " this user. Check the base."
            )
        elif code == _REFERRAL:
            raise SourceError(
                f"{DOING}: {shown(base)} is kept by another server, {brief(result['referrals'])},"
                " which was not asked. If that is the right one, state it as the address."
            )
        elif code:
            raise SourceError(f"{DOING}: {where}: the server answers {told(result)}.")

    def _elsewhere(self, places: Sequence[str], base: str) -> None:
        """Note that a part of the tree is kept by a server that was not asked."""
        if not any(map(_OF_EVERY_DOMAIN.search, places)):
            self.cut.append(
                Partial(
                    f"{DOING}: a part of {shown(base)} is kept elsewhere, at"
                    f" {shown(', '.join(places))}, and was not asked for. Make it a source of its"
                    " own, and choose a base beside it.",
                    self.server.url,
                )
            )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A range of an attribute's values."""

    first: int
    values: Sequence[str]
    is_last: bool


def _piece(entry: Entry, name: str) -> _Piece | None:
    for each, values in entry.attributes.items():
        plain, _, option = each.partition(";")
        found = _RANGE.fullmatch(option)
        if plain == name.casefold() and found:
            return _Piece(int(found[1]), values, found[2] == "*")
    return None


def _entry(found: Mapping[str, Any]) -> Entry:
    attributes = {
        str(name).casefold(): tuple(each.decode(errors="replace") for each in values or ())
        for name, values in found["raw_attributes"].items()
    }
    return Entry(found["dn"], attributes)
