"""How few people must leave for more than half of all decisions to have no decider.

That is the truck factor (Avelino, Passos, Hora and Valente 2016, "A novel approach for estimating
truck factors"): while half is covered, whoever covers most of what is left is taken away, the
first by id where two cover as much. A decision is covered while one of the voices that made it is
able: a person who is here, one person of a team, of a committee as many as its quorum. Cost: each
decision once for everyone behind it, and all people once for each who is taken away.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ownership_graph.measures import Row

TAKES = ("voice", "decided", "entitled", "people", "needed")
GIVES = ("must_leave", "people", "decisions", "undecided", "deciders", "on_paper", "severity")
USES = ("max_people", "min_decisions")

_FEW = 6
"""Where fewer decide at all, few must leave, and that is the size and no fault."""
_LOW, _MEDIUM = 1, 3


class _Voice(NamedTuple):
    """So many of these people decide; where none is needed, nobody can be missed."""

    people: frozenset[str]
    needed: int

    def able(self, gone: Collection[str]) -> bool:
        """Whether enough are left."""
        return len(self.people.difference(gone)) >= self.needed


_Voices = frozenset[_Voice]
"""Any one of them decides."""


def measure(rows: Sequence[Row], parameters: Mapping[str, Any]) -> list[dict[str, object]]:
    """One row where few enough must leave, none otherwise."""
    made = _decisions(rows)
    if not made or made.total() < parameters["min_decisions"]:
        return []
    gone = _leaving(made)
    if gone is None or len(gone) > parameters["max_people"]:
        return []
    on_paper = _leaving(_decisions(rows, entitled=True))
    more_able = on_paper is None or len(on_paper) > parameters["max_people"]
    deciders = {who for voices in made for each in voices for who in each.people}
    return [
        {
            "must_leave": len(gone),
            "people": sorted(gone),
            "decisions": made.total(),
            "undecided": sum(made[each] for each in made if not _able(each, gone)),
            "deciders": len(deciders),
            "on_paper": None if on_paper is None else len(on_paper),
            "severity": _LOW if more_able or len(deciders) < _FEW else _MEDIUM,
        }
    ]


def _decisions(rows: Sequence[Row], *, entitled: bool = False) -> Counter[_Voices]:
    """How many decisions each set of voices made; of those entitled too, if they count as well."""
    own: dict[str, list[_Voice]] = defaultdict(list)
    at_gate: dict[str, list[_Voice]] = defaultdict(list)
    asked: dict[str, Row] = {}
    for row in rows:
        voice = _Voice(frozenset(row["people"]), row["needed"])
        for each in row["decided"]:
            own[each["request"]].append(voice)
            asked[each["request"]] = each
        for gate in row["entitled"] if entitled else ():
            at_gate[gate].append(voice)
    return Counter(
        _together(
            own[request] + at_gate.get(each["gate"], []), each["quorum"] if entitled else None
        )
        for request, each in asked.items()
    )


def _together(voices: list[_Voice], quorum: int | None) -> _Voices:
    """The voices of a decision: single people, as many as the gate wants, or a body by itself.

    A quorum that is larger than what is known of the people says that not all are known.
    """
    single = frozenset(who for each in voices if each.needed == 1 for who in each.people)
    wanted = max(1, min(quorum or 1, len(single)))
    return frozenset({_Voice(single, wanted), *(each for each in voices if each.needed != 1)})


def _able(voices: _Voices, gone: Collection[str]) -> bool:
    return any(each.able(gone) for each in voices)


def _leaving(made: Counter[_Voices]) -> list[str] | None:
    """Who has to leave, in order; `None` where more than half stays decided whoever leaves."""
    covered = {each: count for each, count in made.items() if _able(each, ())}
    weight: Counter[str] = Counter()
    behind: dict[str, list[_Voices]] = defaultdict(list)
    for voices, count in covered.items():
        for who in _people(voices):
            weight[who] += count
            behind[who].append(voices)
    gone: dict[str, None] = {}
    while 2 * sum(covered.values()) >= made.total():
        top = min(weight, key=lambda who: (-weight[who], who), default=None)
        if top is None or not weight.pop(top):
            return None
        gone[top] = None
        for voices in behind[top]:
            if voices in covered and not _able(voices, gone):
                weight.subtract(
                    dict.fromkeys(_people(voices) & weight.keys(), covered.pop(voices))
                )
    return list(gone)


def _people(voices: _Voices) -> frozenset[str]:
    """Everyone whose leaving can matter to the decision."""
    if _able(voices, frozenset().union(*(each.people for each in voices))):
        return frozenset()
    return frozenset().union(*(each.people for each in voices))
