"""Models that nobody describes, and the described ones whose name was likely meant.

What a dependency names need not be written as the catalogue does it: with a slip, another ending,
or a word more that says only that it is a model, or runs. Numbers are no slips, and neither is
another beginning: `gpt-4` is not `gpt-4o`, and `cased` not `uncased`. Cost: proportional to the
models, times the size of a block.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ownership_graph.identities.choosing import Pair
from ownership_graph.identities.folding import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_IN_A_BLOCK = 60
"""Described models that share a word; more of them make the word no sign of likeness."""

SHORTEST = 5
"""Letters that must be left of a name without what says nothing."""

LIKELY, LIKELY_WORD = 85.0, 75.0
"""The least likeness of two names, and of the one word in which they differ, of 100."""

SAME_BUT_FOR, NEARLY = 76.0, 0.75
"""The score of a name with a word more; what the likeness of two that differ counts."""

_BETWEEN = re.compile(r"[\W_]+")
_SAYS_NOTHING = re.compile(r"models?|prod|prd|production|live|latest|v\d+", re.ASCII)
_DIGIT = re.compile(r"\d")
_END = 3
"""Letters at either end of a name, by which a slip in the other is found."""


@dataclass(frozen=True)
class Written:
    """One way in which a model's name is written, and the id of that model."""

    id: str
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words, bare, without those that say nothing."""
        return tuple(each for each in self._all if not _SAYS_NOTHING.fullmatch(each))

    @cached_property
    def besides(self) -> tuple[str, ...]:
        """Those that say nothing."""
        return tuple(each for each in self._all if _SAYS_NOTHING.fullmatch(each))

    @cached_property
    def joined(self) -> str:
        """The words in one."""
        return "".join(self.words)

    @property
    def keys(self) -> set[tuple[object, ...]]:
        """The blocks in which it stands: of as many words, with the same numbers, and one sign."""
        numbers = tuple(each for each in self.words if _DIGIT.search(each))
        signs = {*self.words, self.joined[:_END], self.joined[-_END:]}
        return {(len(self.words), numbers, each) for each in signs}

    @cached_property
    def _all(self) -> tuple[str, ...]:
        return tuple(filter(None, map(bare, _BETWEEN.split(self.text))))


def slips(nameless: Iterable[Written], described: Iterable[Written]) -> Iterator[Pair]:
    """For each model that nobody describes the one that was likely meant; none where two are."""
    blocks: dict[tuple[object, ...], list[Written]] = defaultdict(list)
    for each in described:
        if len(each.joined) >= SHORTEST:
            for key in each.keys:
                blocks[key].append(each)
    for stub in nameless:
        if len(stub.joined) >= SHORTEST:
            yield from _meant(stub, blocks)


def _meant(stub: Written, blocks: dict[tuple[object, ...], list[Written]]) -> Iterator[Pair]:
    """The likeliest, if it is one model."""
    near = (blocks.get(key, ()) for key in stub.keys)
    others = {each for block in near if len(block) <= MOST_IN_A_BLOCK for each in block}
    told = [(*_likeness(stub, each), each.id) for each in others]
    score = max((each[0] for each in told), default=0.0)
    best = {(reason, own_id) for each, reason, own_id in told if score and each == score}
    if len({own_id for _, own_id in best}) == 1:
        reason, own_id = min(best)
        yield Pair(stub.id, own_id, score, reason)


def _likeness(stub: Written, other: Written) -> tuple[float, str]:
    """How alike two names are, and in what; 0 where they are not."""
    if stub.words == other.words:
        more = ", ".join(stub.besides or other.besides)
        said = more and not (stub.besides and other.besides)
        return (SAME_BUT_FOR, f"the same name but for {more}") if said else (0.0, "")
    unlike = [two for two in zip(stub.words, other.words, strict=True) if two[0] != two[1]]
    if stub.besides != other.besides or len(unlike) > 1 or not _near_words(*unlike[0]):
        return 0.0, ""
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- an extra

    likeness = ratio(stub.joined, other.joined)
    return (likeness * NEARLY, "nearly the same name") if likeness >= LIKELY else (0.0, "")


def _near_words(one: str, other: str) -> bool:
    from rapidfuzz.fuzz import ratio  # noqa: PLC0415 -- an extra

    numbers = _DIGIT.search(one) or _DIGIT.search(other)
    return not numbers and one[0] == other[0] and ratio(one, other) >= LIKELY_WORD
