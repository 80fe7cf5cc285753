"""Whether those who are named can decide: an owner, or whoever has a standing right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from ownership_graph.rights.reading import Row
    from ownership_graph.rights.superiors import Lines

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
class Right:
    """A standing right: who decides a kind of decision, everywhere or about some things.

    Where there is a `fault`, `behind` is who has gone, and holds it up.
    """

    kind: str
    about: frozenset[str]
    rule: str
    fault: str
    behind: str
    deciders: tuple[str, ...]
    here: tuple[str, ...]


@dataclass(frozen=True)
class Holders:
    """Everyone who answers for something or has a standing right."""

    lines: Lines
    gone: Mapping[str, bool]
    rights: tuple[Right, ...]

    @cached_property
    def _rights_over(self) -> Mapping[tuple[str, str], list[Right]]:
        """The rights by kind and by what they are about; what is about everything has no id."""
        found: dict[tuple[str, str], list[Right]] = defaultdict(list)
        for right in self.rights:
            for each in right.about or ("",):
                found[right.kind, each].append(right)
        return found

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

    def standing(self, kind: str, about: Collection[str]) -> list[Outlook]:
        """What those can do who have a standing right to such decisions about one of these."""
        things = dict.fromkeys(("", *about))
        found = (right for each in things for right in self._rights_over.get((kind, each), ()))
        return [self._by_right(each) for each in dict.fromkeys(found)]

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
        if right.fault:
            return Outlook("impossible", right.behind, "", right.fault, right.deciders)
        many = not right.rule and any(
            not self.lines.are_one_line(one, two) for one, two in combinations(right.here, 2)
        )
        if many:
            return self.settled(right.here, "have the right to")
        return Outlook("open", deciders=right.here)

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


def read_right(row: Row) -> Right:
    """A standing right; about a use case is about the models that serve it as well."""
    deciders, consents = (
        (len(row[part]), len(row[f"{part}_here"])) for part in ("deciders", "consents")
    )
    why = fault(row["rule"], row["quorum"], deciders, (0, 0))
    gone = _gone(row, "deciders" if why else "consents")
    return Right(
        row["kind"] or "",
        frozenset(row["about"]) | frozenset(row["served"]),
        row["rule"] or "",
        why or fault(row["rule"], row["quorum"], deciders, consents),
        [*gone, *row["deciders"]][0],
        tuple(row["deciders"]),
        tuple(row["deciders_here"]),
    )


def _gone(row: Row, part: str) -> list[str]:
    """Those who have a part in it and have gone."""
    return [who for who in row[part] if who not in row[f"{part}_here"]]


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
