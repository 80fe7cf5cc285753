"""Whether those who are named can decide: an owner, or whoever has a standing right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from ownership_graph.rights.superiors import read_lines

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ownership_graph.rights.reading import Parts, Row
    from ownership_graph.rights.superiors import Lines

    Told: TypeAlias = "Sequence[Any]"

State: TypeAlias = Literal["open", "escalates", "contested", "impossible"]
Claims: TypeAlias = "Sequence[tuple[str, str]]"
"""Who answers for a thing, and for which part of it; blank is all of it."""

STATES: tuple[State, ...] = ("open", "escalates", "contested", "impossible")
"""From what is best to what is worst: the best way to a decision is the one that counts."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a decision: its state, and in words why it is no better.

    `behind` is what stands behind that, blank where nobody is named, `rival` who claims it too;
    `deciders` are those who can decide or, where nobody can, those who are named. What escalates
    ends on the desk of a `post` that is so many `levels` up.
    """

    state: State
    behind: str = ""
    rival: str = ""
    why: str = ""
    deciders: tuple[str, ...] = ()
    post: str = ""
    levels: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """A person or a team with a part in a right: so many of its people must be here.

    None must be where nobody wrote down who they are.
    """

    id: str
    wanted: int
    people: frozenset[str]

    def is_here(self, away: Collection[str] = ()) -> bool:
        """Whether it can act while these people are away."""
        return len(self.people.difference(away)) >= self.wanted


@dataclass(frozen=True, slots=True)
class Right:
    """A standing right: who decides a kind of decision, everywhere or about some things."""

    kind: str
    about: frozenset[str]
    rule: str
    quorum: int | None
    deciders: tuple[Party, ...]
    consents: tuple[Party, ...]

    @property
    def people(self) -> frozenset[str]:
        """Everyone behind it."""
        return frozenset[str]().union(*(each.people for each in self.deciders + self.consents))

    @property
    def named(self) -> tuple[str, ...]:
        """Those who are named to decide."""
        return tuple(each.id for each in self.deciders)

    def here(self, away: Collection[str] = ()) -> tuple[str, ...]:
        """Those of them who can while these people are away."""
        return tuple(each.id for each in self.deciders if each.is_here(away))

    def fault(self, away: Collection[str] = ()) -> tuple[str, str]:
        """Why it cannot be used while these people are away, and who holds it up; else blank."""
        deciding = len(self.deciders), len(self.here(away))
        consenting = len(self.consents), sum(each.is_here(away) for each in self.consents)
        own = fault(self.rule, self.quorum, deciding, (0, 0))
        parties = self.deciders if own else self.consents
        missing = (each.id for each in parties if not each.is_here(away))
        why = own or fault(self.rule, self.quorum, deciding, consenting)
        return (why, next(missing, self.deciders[0].id)) if why else ("", "")


@dataclass(frozen=True)
class Holders:
    """Everyone who answers for something or has a standing right.

    People who are `away` take no part in a right.
    """

    lines: Lines
    gone: Mapping[str, bool]
    rights: tuple[Right, ...]
    away: frozenset[str] = frozenset()

    def owners(self, claims: Claims) -> Outlook:
        """What those who answer for a thing can do."""
        named = tuple(sorted({who for who, _ in claims}))
        if not named:
            return Outlook("impossible", why="nobody is named who answers for the model")
        here = tuple(who for who in named if not self.gone[who])
        if not here:
            return Outlook("impossible", named[0], "", "whoever answers for it has gone", named)
        clashing = {
            who
            for (one, first), (two, second) in combinations(sorted(set(claims)), 2)
            if one in here and two in here and self._clash(one, first, two, second)
            for who in (one, two)
        }
        return (
            self.settled(sorted(clashing), "answer for it")
            if clashing
            else Outlook("open", deciders=here)
        )

    @cached_property
    def _about(self) -> Mapping[str, tuple[int, ...]]:
        """The numbers of the rights about each thing; those about everything have no id."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, right in enumerate(self.rights):
            for each in right.about or ("",):
                found[each].append(number)
        return {thing: tuple(numbers) for thing, numbers in found.items()}

    def about(self, thing: str) -> tuple[int, ...]:
        """The numbers of the rights that are about a thing, and not about everything."""
        return self._about.get(thing, ())

    def over(self, kind: str, about: Collection[str]) -> list[Right]:
        """The standing rights to such decisions about one of these, or about everything."""
        numbers = {number for each in ("", *about) for number in self.about(each)}
        return [
            each for each in map(self.rights.__getitem__, sorted(numbers)) if each.kind == kind
        ]

    def standing(self, kind: str, about: Collection[str]) -> list[Outlook]:
        """What those can do who have a standing right to such decisions about one of these."""
        return [self._by_right(each) for each in self.over(kind, about)]

    def settled(self, parties: Sequence[str], what: str) -> Outlook:
        """Several who each say that it is theirs: their common superior can settle it."""
        superior = self.lines.superior(parties)
        deciders = tuple(parties)
        if superior is None:
            why = f"{len(parties)} {what}, no rule says who decides, and nobody known stands above"
            return Outlook("contested", parties[0], parties[1], why, deciders)
        if superior.team in parties:
            return Outlook("open", deciders=(superior.team,))
        levels = "1 level" if superior.levels == 1 else f"{superior.levels} levels"
        why = f"{len(parties)} {what}, and only {superior.post} can settle it, {levels} up"
        return Outlook(
            "escalates", superior.desk, "", why, deciders, superior.post, superior.levels
        )

    def _by_right(self, right: Right) -> Outlook:
        why, behind = right.fault(self.away)
        if why:
            return Outlook("impossible", behind, "", why, right.named)
        here = right.here(self.away)
        many = not right.rule and any(
            not self.lines.are_one_line(one, two) for one, two in combinations(here, 2)
        )
        if many:
            return self.settled(here, "have the right to")
        return Outlook("open", deciders=here)

    def _clash(self, one: str, first: str, two: str, second: str) -> bool:
        """Whether two claim the same part, neither above the other.

        Several may each answer for their own use. A person who is named beside a team is no
        rival of it, and of people who sit in no team that is known nothing can be said.
        """
        if one == two or (first and second and first != second) or first == second == "use":
            return False
        sits = self.lines.sits
        if (one in sits) != (two in sits):
            return False
        if one in sits and not (sits[one] and sits[two]):
            return False
        return not self.lines.are_one_line(one, two)


def best(outlooks: Iterable[Outlook]) -> Outlook:
    """The best of several ways to a decision; who can decide is named from all that are as good.

    Of two that are impossible the one that names somebody tells more.
    """
    several = tuple(outlooks)
    first = min(several, key=lambda each: (STATES.index(each.state), not each.behind))
    if first.state != "open":
        return first
    able = {who for each in several if each.state == "open" for who in each.deciders}
    return Outlook("open", deciders=tuple(sorted(able)))


def read_holders(parts: Parts, away: frozenset[str] = frozenset()) -> Holders:
    """What the rows tell, by what they are; where these people are away."""
    rights = tuple(parts["right"])
    owners = [*parts["owner"], *map(_sitting, _parties(rights))]
    return Holders(
        read_lines(parts["team"], owners, parts["manager"]),
        {row["id"]: row["gone"] for row in parts["owner"]},
        tuple(map(_right, rights)),
        away,
    )


def _right(row: Row) -> Right:
    """A standing right; about a use case is about the models that serve it as well."""
    return Right(
        row["kind"] or "",
        frozenset(row["about"]) | frozenset(row["served"]),
        row["rule"] or "",
        row["quorum"],
        tuple(map(_party, row["deciders"])),
        tuple(map(_party, row["consents"])),
    )


def _party(told: Told) -> Party:
    own_id, wanted, people, *_ = told
    return Party(own_id, wanted, frozenset(people))


def _parties(rights: Iterable[Row]) -> Iterator[Told]:
    return (told for row in rights for told in (*row["deciders"], *row["consents"]))


def _sitting(told: Told) -> Row:
    """Where a party sits, told as of an owner."""
    own_id, _, _, team, teams = told
    return {"id": own_id, "team": team, "teams": teams}


def fault(
    rule: str | None, quorum: int | None, deciders: tuple[int, int], consents: tuple[int, int]
) -> str:
    """Why those who are here cannot decide by the rule, blank where they can.

    Both pairs are how many there are, and how many of them are here.
    """
    total, here = deciders
    if not total:
        return "nobody is named to decide"
    if not here:
        return "everyone who decides has gone"
    if rule == "all" and here < total:
        return f"all {total} who decide must agree, and {here} can"
    if rule == "k_of_n" and here < (quorum or 1):
        return f"{quorum} of {total} who decide must agree, and {here} can"
    if consents[1] < consents[0]:
        return "somebody whose consent it needs has gone"
    return ""
