"""Persons who are likely one: suggestions with a score and a reason, and nothing else.

Persons are compared only within blocks: those with the same bare id, mailbox or stated login, and
those whose names share a word. A word that many share, such as a common first name, makes no
block. Cost: proportional to persons, times the size of a block.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any

from ownership_graph.identities.choosing import CERTAIN, Pair, chosen, describing
from ownership_graph.identities.folding import PERSON, bare, folded, native, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ownership_graph.identities.choosing import Suggestion

MOST_IN_A_BLOCK = 60
"""Persons who share a word; more of them make the word no sign of likeness."""

SHORTEST = 3
"""Letters of a word, or of a login, that can be a sign of likeness."""

SYSTEMS = " in two systems"
SAME_LOGIN = f"the same login{SYSTEMS}"
_SAME = (
    SAME_LOGIN,
    "the login is the mailbox of the address",
    "the same mailbox at two domains",
)
"""What two ids have in common of which none, one or both are addresses."""

SIGNS = " but for signs and accents"

LIKELY = 88.0
"""The least likeness of two names, of 100, that is suggested."""

QUERY = f"""\
MATCH (p:{PERSON})
OPTIONAL MATCH (p)-[r]-()
RETURN p.id AS id, p.name AS name, count(r) AS facts, p.login AS login, p.email AS email,
  p.sources AS sources, p.hashes AS hashes
"""


@dataclass(frozen=True)
class Someone:
    """A person of the graph; `facts` are the relationships that they stand in.

    `stated` is the login, and `email` the address, that a source states beside the id; blank
    where none does. Two whom one source describes are two.
    """

    id: str
    name: str
    facts: int = 0
    stated: str = ""
    described_by: Collection[str] = ()
    email: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Someone:
        """The person of a row of `QUERY`."""
        login, email = str(row["login"] or ""), str(row["email"] or "")
        known = describing(row)
        return cls(row["id"], row["name"] or row["id"], row["facts"], login, known, email)

    @property
    def rank(self) -> tuple[int, bool]:
        """Whose id counts: that of the higher one."""
        return self.facts, bool(self.words)

    @cached_property
    def folded(self) -> str:
        """The id as it is looked up."""
        return folded(PERSON, self.id)

    @cached_property
    def own(self) -> str:
        """The id as it is looked up, without its system."""
        return native(self.folded)

    @cached_property
    def mailbox(self) -> str:
        """The id without its system, and of an address the mailbox alone."""
        return self.own.partition("@")[0]

    @cached_property
    def login(self) -> str:
        """The same, bare."""
        return bare(self.mailbox)

    @cached_property
    def also(self) -> str:
        """The stated login as it is looked up; blank where it is too short to be a sign."""
        login = folded(PERSON, self.stated)
        return login if len(login) >= SHORTEST else ""

    @cached_property
    def address(self) -> str:
        """The stated address as it is looked up."""
        return folded(PERSON, self.email)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of the name; none where it only repeats the id."""
        return () if self.name == self.id else words(self.name)


def suggest(persons: Iterable[Someone]) -> list[Suggestion]:
    """The likely doubles, the likeliest first; of each lot the id that most facts use counts."""
    everybody = {each.id: each for each in sorted(persons, key=lambda each: each.id)}
    found: dict[tuple[str, str], Pair] = {}
    for one, other in _pairs(list(everybody.values())):
        if (one.id, other.id) not in found:
            score, reason = _likeness(one, other)
            if reason:
                found[one.id, other.id] = Pair(one.id, other.id, score, reason)
    described_by = {each.id: each.described_by for each in everybody.values()}
    lines = chosen(found.values(), lambda own_id: everybody[own_id].rank, described_by)
    return [replace(each, alias=each.alias.removeprefix("@")) for each in lines]


def _pairs(everybody: list[Someone]) -> Iterator[tuple[Someone, Someone]]:
    """Those who are worth a look, the same two perhaps more than once."""
    blocks: dict[str, list[Someone]] = defaultdict(list)
    for each in everybody:
        name = each.words
        ids = (each.login, each.own, each.also, each.address)
        signs = {*ids, "".join(name), "".join(reversed(name)), *name}
        for sign in signs:
            if len(sign) >= SHORTEST:
                blocks[sign].append(each)
    for block in blocks.values():
        if 1 < len(block) <= MOST_IN_A_BLOCK:
            yield from combinations(block, 2)


def _likeness(one: Someone, other: Someone) -> tuple[float, str]:
    """How alike two persons are, and in what; a blank reason where they are not."""
    if one.folded == other.folded:
        return CERTAIN, "the same id but for case, blanks and @"
    score, reason = _same_address(one, other)
    if not reason:
        score, reason = _same_login(one, other)
    if reason:
        return score, reason
    if one.words and one.words == other.words:
        return (90.0, "the same name") if len(one.words) > 1 else (0.0, "")
    if _named(one, other) or _named(other, one):
        return 85.0, "the login is the name"
    return _like_names(one, other)


def _same_address(one: Someone, other: Someone) -> tuple[float, str]:
    """Whether an address that a source states joins the two."""
    if one.address and one.address == other.address:
        return 95.0, "the same address"
    if (one.address and one.address == other.own) or (other.address and other.address == one.own):
        return 97.0, "the address that a source states is the other's name"
    return 0.0, ""


def _states(one: Someone, other: Someone) -> bool:
    return bool(one.also) and one.also == other.own


def _same_login(one: Someone, other: Someone) -> tuple[float, str]:
    """Whether a login joins the two, and how much of that is certain."""
    if _states(one, other) or _states(other, one):
        return 97.0, "the login that a source states is the other's name"
    if one.also and one.also == other.also:
        return 95.0, SAME_LOGIN
    if len(one.login) < SHORTEST or one.login != other.login:
        return 0.0, ""
    reason = _SAME[("@" in one.own) + ("@" in other.own)]
    return 95.0, reason if one.mailbox == other.mailbox else reason.replace(SYSTEMS, "") + SIGNS


def _named(one: Someone, other: Someone) -> bool:
    name = other.words
    both = {"".join(name), "".join(reversed(name))}
    return len(name) > 1 and len(one.login) >= SHORTEST and one.login in both


def _like_names(one: Someone, other: Someone) -> tuple[float, str]:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- an extra

    if min(len(one.words), len(other.words)) < 2:  # noqa: PLR2004 -- a first name is no name
        return 0.0, ""
    likeness = ratio(" ".join(one.words), " ".join(other.words))
    return (likeness * 0.9, "nearly the same name") if likeness >= LIKELY else (0.0, "")
