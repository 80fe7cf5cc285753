"""The file in which an organisation writes down what no system of record holds.

What each function is rewarded for, where rewards pull apart and who settles it, who may make which
decision, and the work that no register knows. Every mistake is told at once, with its line and
with what would be right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from ownership_graph.errors import SettingsError, SourceError
from ownership_graph.importing.quoting import shown
from ownership_graph.model import LABELS, nearest
from ownership_graph.model.labels import DECISION_KINDS, FUNCTIONS, REWARDS
from ownership_graph.readers.stages import stage_of
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from ownership_graph.toml_file import TomlFile

DOING = "reading the operating model"
MOST_TOLD = 50
"""Mistakes of one file that are told at once; with more it is another file."""

TIERS = ("1", "2", "3")
STAGES = LABELS["Model"].properties["stage"].values
RESULTS = LABELS["Approval"].properties["status"].values

_CONFIRMED = 'confirmed_by = "Ada Lovelace"'
_TEAMS = '[teams] and under it legal = ["*legal*", "*privacy*"]'
_REWARD = '[reward] and under it product = ["speed", "differentiation"]'
_TENSION = '[[tension]] and under it between = ["speed", "defensibility"]'
_WINS = 'wins = "speed", or by tier: wins = {1 = "speed", 3 = "defensibility"}'
_DECIDES = '[decides] and under it merge_pilots = "AI board"'
_WORK = '[[work]] and under it model = "claims triage", owner = "product", stage = "pilot"'
_PAIR = 2

At: TypeAlias = "tuple[str | int, ...]"


@dataclass(frozen=True, slots=True)
class Tension:
    """Two rewards that pull apart; `wins` in words."""

    between: tuple[str, str]
    line: int
    wins: str = ""
    settled_by: str = ""
    written_in: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """Who may make every decision of a kind; any one of several."""

    kind: str
    line: int
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A model that no register knows; all as texts, days as 2026-08-01, blank where not said."""

    model: str
    line: int
    owner: str = ""
    stage: str = ""
    tier: str = ""
    waits_at: str = ""
    since: str = ""
    result: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class OperatingModel:
    """All of the file; rewards and patterns by function."""

    file: str
    confirmed_by: str
    teams: Mapping[str, tuple[str, ...]]
    rewards: Mapping[str, tuple[str, ...]]
    tensions: tuple[Tension, ...]
    rights: tuple[Right, ...]
    work: tuple[Work, ...]
    lines: Mapping[str, int] = field(default_factory=dict)


def read_operating_model(path: Path) -> OperatingModel:
    """What the file says.

    Raises:
        SourceError: it cannot be read, is no TOML, or holds mistakes; the first one by its
            line, the others as its notes.
    """
    try:
        toml = read_toml(path, doing=DOING)
    except SettingsError as error:
        raise SourceError(
            error.message, file=error.file, line=error.line, column=error.column
        ) from error
    reading = _Reading(toml)
    found = reading.model()
    reading.raise_mistakes()
    return found


class _Reading:
    """One file being read; mistakes are gathered, and what is right is taken."""

    def __init__(self, toml: TomlFile) -> None:
        self.toml = toml
        self.mistakes: list[tuple[int, str]] = []
        self.line = toml.line

    def raise_mistakes(self) -> None:
        """All mistakes as one error, in the order of their lines."""
        order = [
            SourceError(f"{DOING}: {what}", file=self.toml.file, line=line)
            for line, what in sorted(dict.fromkeys(self.mistakes))[:MOST_TOLD]
        ]
        for each in order[1:]:
            order[0].add_note(str(each))
        if order:
            raise order[0]

    def model(self) -> OperatingModel:
        """What is right in the file."""
        data = self.toml.data
        parts = ("confirmed_by", "teams", "reward", "tension", "decides", "work")
        self._known_keys(data, parts, (), "")
        return OperatingModel(
            Path(self.toml.file).name,
            self._text(data, (), "confirmed_by", _CONFIRMED),
            dict(self._patterns()),
            dict(self._rewards()),
            tuple(self._tensions()),
            tuple(self._rights()),
            tuple(self._work()),
            {each: self.line("reward", each) for each in self._table("reward", _REWARD)},
        )

    def _patterns(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for function in self._table("teams", _TEAMS):
            self._near(function, FUNCTIONS, ("teams", function), "function")
            yield function, self._texts(("teams", function), _TEAMS)

    def _rewards(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        functions = (*FUNCTIONS, *self._table("teams", _TEAMS))
        for function in self._table("reward", _REWARD):
            self._near(function, functions, ("reward", function), "function")
            rewards = self._texts(("reward", function), _REWARD)
            for each in rewards:
                self._near(each, REWARDS, ("reward", function), "reward")
            yield function, tuple(dict.fromkeys(rewards))

    def _tensions(self) -> Iterator[Tension]:
        pairs: dict[frozenset[str], int] = {}
        for place, entry in self._tables("tension", _TENSION):
            at = ("tension", place)
            self._known_keys(entry, Tension.__slots__, at, _TENSION)
            between = self._texts((*at, "between"), _TENSION)
            line = self.line(*at)
            if len(set(between)) != _PAIR:
                self._fault(
                    (*at, "between"), f"a tension is between two rewards. Write: {_TENSION}"
                )
                continue
            for each in between:
                self._near(each, REWARDS, (*at, "between"), "reward")
            earlier = pairs.setdefault(frozenset(between), line)
            if earlier != line:
                self._fault(at, f"these two stand on line {earlier} already. Keep one of them.")
            yield Tension(
                (between[0], between[1]),
                line,
                self._wins(entry, at, between),
                self._text(entry, at, "settled_by", 'settled_by = "AI board"'),
                self._text(entry, at, "written_in", 'written_in = "https://wiki/policy"'),
            )

    def _wins(self, entry: Mapping[str, Any], at: At, between: Sequence[str]) -> str:
        """Which of the two wins, in words: always the same one, or by tier."""
        written = entry.get("wins", "")
        tiers = written if isinstance(written, dict) else {"": written}
        for tier, winner in tiers.items():
            if tier not in (*TIERS, "") or winner not in (*between, ""):
                what = f"{shown(winner)} cannot win" if tier in (*TIERS, "") else f"tier {tier}"
                self._fault((*at, "wins"), f"{what}: it is none. Write: {_WINS}")
                return ""
        if not isinstance(written, dict):
            return str(written)
        return "; ".join(f"tier {tier}: {tiers[tier]}" for tier in sorted(tiers) if tiers[tier])

    def _rights(self) -> Iterator[Right]:
        for kind in self._table("decides", _DECIDES):
            if kind not in DECISION_KINDS:
                hint = nearest(kind, DECISION_KINDS) or f" One of {', '.join(DECISION_KINDS)}."
                self._fault(("decides", kind), f"{shown(kind)} is no kind of decision.{hint}")
            deciders = self._texts(("decides", kind), _DECIDES)
            if deciders:
                yield Right(kind, self.line("decides", kind), deciders)

    def _work(self) -> Iterator[Work]:
        for place, entry in self._tables("work", _WORK):
            at = ("work", place)
            self._known_keys(entry, Work.__slots__, at, _WORK)
            model = self._text(entry, at, "model", _WORK)
            if not model:
                self._fault(at, f"which model? Write: {_WORK}")
            yield Work(
                model,
                self.line(*at),
                owner=self._text(entry, at, "owner", 'owner = "product"'),
                stage=self._one_of(entry, at, "stage", STAGES, stage_of),
                tier=self._one_of(entry, at, "tier", TIERS),
                waits_at=self._text(entry, at, "waits_at", 'waits_at = "legal"'),
                since=self._day(entry, at, "since"),
                result=self._one_of(entry, at, "result", RESULTS),
                decided=self._day(entry, at, "decided"),
            )

    def _table(self, name: str, right: str) -> Mapping[str, Any]:
        found = self.toml.data.get(name, {})
        if isinstance(found, dict):
            return found
        self._fault((name,), f"{shown(name)} is no table. Write: {right}")
        return {}

    def _tables(self, name: str, right: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
        found = self.toml.data.get(name, [])
        if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
            self._fault((name,), f"{name} stands in two pairs of brackets. Write: {right}")
            return
        yield from enumerate(found)

    def _known_keys(
        self, entry: Mapping[str, Any], keys: Collection[str], at: At, right: str
    ) -> None:
        for key in entry:
            if key not in keys or key == "line":
                known = [each for each in keys if each != "line"]
                hint = nearest(key, known) or f" Known: {', '.join(known)}."
                example = f" Write: {right}" if right else ""
                self._fault((*at, key), f"the key {shown(key)} is not known.{hint}{example}")

    def _text(self, entry: Mapping[str, Any], at: At, key: str, right: str) -> str:
        found = entry.get(key, "")
        if isinstance(found, str):
            return found.strip()
        self._fault((*at, key), f"'{key}' is {shown(found)}, and no text. Write: {right}")
        return ""

    def _texts(self, at: At, right: str) -> tuple[str, ...]:
        """The texts at that place, one alone too; blank ones left out."""
        found: Any = self.toml.data
        for part in at:
            found = found[part] if isinstance(part, int) else found.get(part, ())
        each = [found] if isinstance(found, str) else found
        if isinstance(each, list | tuple) and all(isinstance(one, str) for one in each):
            return tuple(stripped for one in each if (stripped := one.strip()))
        self._fault(at, f"{shown(at[-1])} is no text, nor a list of texts. Write: {right}")
        return ()

    def _one_of(
        self,
        entry: Mapping[str, Any],
        at: At,
        key: str,
        values: Sequence[str],
        meant: Callable[[str], str] = str,
    ) -> str:
        found = entry.get(key, "")
        if (said := meant(str(found))) in ("", *values):
            return said
        hint = nearest(str(found), values)
        self._fault(
            (*at, key), f"the {key} {shown(found)} is not one of {', '.join(values)}.{hint}"
        )
        return ""

    def _day(self, entry: Mapping[str, Any], at: At, key: str) -> str:
        found = entry.get(key, "")
        if isinstance(found, date) and not isinstance(found, datetime):
            return found.isoformat()
        if found != "":
            self._fault(
                (*at, key), f"'{key}' is {shown(found)}, and no day. Write: {key} = 2026-08-01"
            )
        return ""

    def _near(self, written: str, known: Sequence[str], at: At, what: str) -> None:
        """A slip of the pen; a word that is near to none is one of your own."""
        if written not in known and (hint := nearest(written, known)):
            self._fault(at, f"{shown(written)} is no {what} that is known.{hint}")

    def _fault(self, at: At, what: str) -> None:
        self.mistakes.append((self.line(*at), what))
