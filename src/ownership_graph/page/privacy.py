"""What of persons a page may hold: their names, their roles, or pseudonyms; never an e-mail.

Everything that goes into a page passes through `Privacy`. Identity is removed here, before
anything is serialised, so that no later step can let it through.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from msgspec import structs

from ownership_graph.errors import UsageError
from ownership_graph.model import LABELS
from ownership_graph.page.cleaning import LONGEST_TEXT, clean
from ownership_graph.page.graph import PageNode, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ownership_graph.page.graph import PageGraph
    from ownership_graph.records import Properties, Value

People: TypeAlias = Literal["named", "roles", "pseudonyms"]

LONGEST_NAME = 200
"""How far beyond the cut a person's name is still looked for."""
_LARGEST_EXACT = 2**53
"""Beyond it a browser does not hold a whole number exactly."""
_WORD = re.compile(r"\w+")
_FEWEST_LETTERS = 4
_PERSON_PROPERTIES = frozenset(LABELS["Person"].properties) - {"id", "name", "left_day", "fte"}


@dataclass(frozen=True, slots=True)
class Privacy:
    """How the texts and nodes of one graph are shown.

    `ids` and `names` are what stands in a node's place, by label and own id. `spelled` holds,
    by their first word, the words of every name and id that must not be read anywhere, with
    what is written instead; it is empty where persons are named.
    """

    people: People
    ids: Mapping[tuple[str, str], str]
    names: Mapping[tuple[str, str], str]
    spelled: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    whole: Mapping[str, str]
    """What is written instead of a text that is a person's id or name from end to end."""
    _known: dict[str, str] = field(default_factory=dict, init=False, repr=False, compare=False)

    def text(self, text: str, longest: int = LONGEST_TEXT) -> str:
        """The text, with nobody in it who is not to be read, at most `longest` characters."""
        if not self.whole:
            return clean(text, longest)
        if text in self.whole:
            return clean(self.whole[text])
        rest = text[longest + LONGEST_NAME :]
        return clean(self._unnamed(text[: longest + LONGEST_NAME]) + rest, longest)

    def often(self, text: str) -> str:
        """The same for what is said again and again: a source, the name of a property."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self.text(text)
        return known

    def value(self, value: object) -> Value | None:
        """A property or a cell of an answer; what JSON cannot hold becomes text."""
        match value:
            case str():
                return self.text(value)
            case int() if abs(value) > _LARGEST_EXACT:
                return str(value)
            case None | bool() | int():
                return value
            case float():
                return value if value - value == 0 else str(value)
            case list() | tuple():
                return [self.text(str(each)) for each in value]
            case _:
                return self.text(str(value))

    def properties(self, said: Mapping[str, Value], label: str) -> Properties:
        """The properties of a fact, names and all; of a person not named only what is harmless."""
        hidden = label == "Person" and self.people != "named"
        return {
            self.often(name): shown
            for name, value in said.items()
            if not (hidden and name not in _PERSON_PROPERTIES)
            and (shown := self.value(value)) is not None
        }

    def statement(self, said: Statement, label: str = "") -> Statement:
        """A statement, with its sources and claims."""
        properties = self.properties(said.properties, label)
        sources = tuple([self.often(source) for source in said.sources])
        if not said.claims:
            return Statement(properties, sources)
        claims = {self.text(by): self.properties(each, label) for by, each in said.claims.items()}
        stated = {name for each in claims.values() for name in each}
        disputed = tuple(name for each in said.disputed if (name := self.text(each)) in stated)
        return Statement(properties, sources, claims, disputed)

    def shown(self, graph: PageGraph) -> PageGraph:
        """The graph as the page holds it; its `places` go on answering to the true ids."""
        nodes = tuple(self._node(node) for node in graph.nodes)
        ties = tuple(
            structs.replace(tie, said=self.statement(tie.said)) for tie in graph.relationships
        )
        return replace(graph, nodes=nodes, relationships=ties)

    def _node(self, node: PageNode) -> PageNode:
        at = (node.label, node.id)
        said = self.statement(node.said, node.label)
        return structs.replace(node, id=self.ids[at], name=self.names[at], said=said)

    def _unnamed(self, text: str) -> str:
        """The text with every known name and id in it written otherwise."""
        words = list(_WORD.finditer(text))
        folded = [word.group().casefold() for word in words]
        parts: list[str] = []
        begin = at = 0
        while at < len(words):
            found = next(
                (
                    (len(spelling), instead)
                    for spelling, instead in self.spelled.get(folded[at], ())
                    if tuple(folded[at : at + len(spelling)]) == spelling
                ),
                None,
            )
            if found is None:
                at += 1
                continue
            parts += [text[begin : words[at].start()], found[1]]
            at += found[0]
            begin = words[at - 1].end()
        return "".join([*parts, text[begin:]])


def privacy_for(graph: PageGraph, people: People, once: Iterable[PageNode] = ()) -> Privacy:
    """How this graph's persons are shown; the same person has the same pseudonym everywhere.

    `once` are nodes as they once were: persons among them may have had another name.

    Raises:
        UsageError: there is no such way to show persons.
    """
    if people not in get_args(People):
        raise UsageError(
            f"making the page: persons cannot be shown as '{people}'."
            f" Say one of {', '.join(get_args(People))}."
        )
    persons = [node for node in graph.nodes if node.label == "Person"]
    aliases = {} if people == "named" else _pseudonyms(node.id for node in persons)
    persons += [node for node in once if node.label == "Person"]
    bare = _without_ids(people, persons, {at: (aliases[at], aliases[at]) for at in aliases})
    titles = _roles(graph, bare) if people == "roles" else aliases
    bare = _without_ids(people, persons, {at: (aliases[at], titles[at]) for at in aliases})
    ids: dict[tuple[str, str], str] = {}
    names: dict[tuple[str, str], str] = {}
    taken: Counter[tuple[str, str]] = Counter()
    for node in graph.nodes:
        hidden = node.label == "Person" and node.id in aliases
        shown = aliases[node.id] if hidden else bare.text(node.id)
        taken[node.label, shown] += 1
        again = taken[node.label, shown]
        ids[node.label, node.id] = shown if again == 1 else f"{shown}~{again}"
        names[node.label, node.id] = titles[node.id] if hidden else bare.text(node.name)
    return replace(bare, ids=ids, names=names)


def _without_ids(
    people: People, persons: Iterable[PageNode], instead: Mapping[str, tuple[str, str]]
) -> Privacy:
    """How texts are shown, where `instead` gives each hidden person's alias and title."""
    spelled, whole = _spellings(persons, instead)
    return Privacy(people, {}, {}, spelled, whole)


def _pseudonyms(ids: Iterable[str]) -> dict[str, str]:
    """`person-1f3a` for each id: as few digits of its hash, from four, as no other shares."""
    digits = {own: hashlib.blake2b(own.encode("utf-8", "replace")).hexdigest() for own in ids}
    shared: Counter[str] = Counter()
    for each in digits.values():
        shared.update(each[:length] for length in range(4, 17))
    return {
        own: f"person-{next((each[:n] for n in range(4, 17) if shared[each[:n]] == 1), each)}"
        for own, each in digits.items()
    }


def _roles(graph: PageGraph, hidden: Privacy) -> dict[str, str]:
    """`lead of Model Risk` for each person, numbered where several are the same."""
    found: dict[int, str] = {}
    for tie in graph.relationships:
        if tie.type == "MEMBER_OF" and tie.start not in found:
            role = str(tie.said.properties.get("role", "")) or "member"
            found[tie.start] = hidden.text(f"{role} of {graph.nodes[tie.end].name}")
    titles = {
        node.id: found.get(place, "person without a team")
        for place, node in enumerate(graph.nodes)
        if node.label == "Person"
    }
    many = Counter(titles.values())
    met: Counter[str] = Counter()
    for own_id, title in titles.items():
        met[title] += 1
        titles[own_id] = f"{title} {met[title]}" if many[title] > 1 else title
    return titles


def _spellings(
    persons: Iterable[PageNode], instead: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, tuple[tuple[tuple[str, ...], str], ...]], dict[str, str]]:
    """What must not be read: within a text (by its first word, longest first), and as a whole.

    Within a text only what cannot be a word of the language: names of two words or more, and
    ids with letters in them that are not short.
    """
    within: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    whole: dict[str, str] = {}
    for node in persons:
        if node.id not in instead:
            continue
        alias, title = instead[node.id]
        whole.setdefault(node.name, title)
        whole[node.id] = alias
        for text, new in ((node.name, title), (node.id, alias)):
            words = tuple(word.casefold() for word in _WORD.findall(text))
            letters = sum(each.isalpha() for each in text)
            if len(words) > 1 or (text == node.id and words and letters >= _FEWEST_LETTERS):
                within.setdefault(words[0], []).append((words, new))
    return {
        first: tuple(sorted(each, key=lambda spelling: (-len(spelling[0]), spelling)))
        for first, each in within.items()
    }, whole
