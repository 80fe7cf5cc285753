"""Teams and models that are likely one: the same name, out of systems that give ids of their own.

A catalogue, a registry and a code host each know a model by an id of theirs. Suggested are those
that are called the same; two that one source describes are two things to that source, and so are
they here. What it only mentions can be one thing in two spellings, unless it stands in two
folders. A model that nobody describes is also held against the names of those described: a
dependency may name it with a slip, or with its version.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from ownership_graph.identities.choosing import Pair, chosen, describing
from ownership_graph.identities.folding import bare
from ownership_graph.identities.slips import Written, slips

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ownership_graph.identities.choosing import Suggestion

LABELS = ("Team", "Model")
"""The labels that are looked through; persons are compared by more than their names."""

SHORTEST = 3
"""Letters of a name that can be a sign of likeness."""

MOST_ALIKE = 12
"""Things of one name; more of them make it a word such as "model", and no sign."""

QUERY = """\
MATCH (n:{label})
OPTIONAL MATCH (n)-[r]-()
RETURN n.id AS id, n.name AS name, n.sources AS sources, n.hashes AS hashes, count(r) AS facts
"""
_PARTS = re.compile(r"[:/]")
_OF_DBT = re.compile(r"dbt:\w+\.[^.]+\.(.+)", re.DOTALL)
"""What, of which package, and the name. In all other ids, dots belong to the name."""
SAME_NAME, SAME_ID = 90.0, 80.0


@dataclass(frozen=True)
class Something:
    """A team or a model of the graph; `facts` are the relationships that it stands in.

    `sources` state it; those that state no more of it than the id only mention it.
    """

    id: str
    name: str
    sources: Collection[str] = ()
    facts: int = 0
    mentioned_by: Collection[str] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Something:
        """The thing of a row of `QUERY`."""
        sources, known = tuple(row["sources"] or ()), describing(row)
        mentioning = tuple(each for each in sources if each not in known)
        return cls(row["id"], row["name"] or row["id"], sources, row["facts"], mentioning)

    @cached_property
    def named(self) -> str:
        """Its name, bare; blank where it only repeats the id."""
        return bare(self.name) if self.name != self.id else ""

    @cached_property
    def last(self) -> str:
        """The last part of its id, bare: what stands behind the system and the folders."""
        return bare(_last(self.id))

    @cached_property
    def folder(self) -> str:
        """What stands before that; blank where nothing does."""
        return self.id.removesuffix(_last(self.id))

    @cached_property
    def described_by(self) -> frozenset[str]:
        """The sources that state more of it than the id."""
        return frozenset(self.sources).difference(self.mentioned_by)

    @property
    def rank(self) -> tuple[bool, bool, int, int]:
        """Which id counts: that of the higher one."""
        return bool(self.described_by), bool(self.named), self.facts, len(self.sources)

    @property
    def signs(self) -> set[str]:
        """What it can be known by."""
        return {each for each in (self.named, self.last) if len(each) >= SHORTEST}


def _last(own_id: str) -> str:
    of_dbt = _OF_DBT.fullmatch(own_id)
    return of_dbt[1] if of_dbt else _PARTS.split(own_id)[-1]


def namesakes(things: Iterable[Something], *, near: bool = False) -> list[Suggestion]:
    """The likely doubles, the likeliest first; of each lot the one that more facts use counts.

    With `near`, who is called nearly as one that is described is told, too.
    """
    by_id = {each.id: each for each in sorted(things, key=lambda each: each.id)}
    by_sign: dict[str, list[Something]] = defaultdict(list)
    for each in by_id.values():
        for sign in each.signs:
            by_sign[sign].append(each)
    pairs = [
        pair
        for sign, alike in by_sign.items()
        if 1 < len(alike) <= MOST_ALIKE
        for pair in _told(sign, alike)
    ]
    if near:
        paired = {own_id for each in pairs for own_id in (each.one, each.other)}
        pairs += _near(
            [each for each in by_id.values() if each.id not in paired or each.described_by]
        )
    described_by = {each.id: each.described_by for each in by_id.values()}
    return chosen(pairs, lambda own_id: by_id[own_id].rank, described_by)


def _near(things: Iterable[Something]) -> Iterator[Pair]:
    """Those that nobody describes, each with the one of the others that was likely meant."""
    nameless, described = [], []
    for each in things:
        if each.described_by:
            texts = dict.fromkeys((each.name, _last(each.id)))
            described += [Written(each.id, text) for text in texts]
        else:
            nameless.append(Written(each.id, _last(each.id)))
    return slips(nameless, described)


def _told(sign: str, alike: list[Something]) -> Iterator[Pair]:
    """Each of a lot that may be the one that counts; two of one source leave it open which."""
    apart = _telling_apart(alike)
    clear = [each for each in alike if apart.isdisjoint(each.sources)]
    kept = max(clear, key=lambda each: each.rank, default=None)
    for each in clear:
        if kept is not None and each is not kept:
            same = sign in (each.named, kept.named)
            reason = "the same name" if same else "the same last part of the id"
            yield Pair(each.id, kept.id, SAME_NAME if same else SAME_ID, reason)


def _telling_apart(alike: list[Something]) -> set[str]:
    """The sources to which the lot is several things: described ones, or such in other folders."""
    described = Counter(source for each in alike for source in each.described_by)
    folders = {(source, each.folder) for each in alike for source in each.mentioned_by}
    mentioned = Counter(source for source, folder in folders if folder)
    return {source for found in (described, mentioned) for source in found if found[source] > 1}
