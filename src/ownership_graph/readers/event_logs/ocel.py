"""What stands where in an object-centric log (OCEL 2.0), and its events as ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN
from ownership_graph.model import nearest
from ownership_graph.readers.event_logs.events import DOING, Event
from ownership_graph.readers.event_logs.tabular import USUAL, usual_name
from ownership_graph.records import Rejected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ownership_graph.readers.event_logs.events import Clock

_ROLES = ("resource", "group", "lifecycle", "start")


class Roles(dict[str, str]):
    """What an object type, or an attribute of an event, is for a log, as `model` or `resource`.

    `named` are the names that were stated; the others are found by their usual names.
    """

    def __init__(self, named: Mapping[str, str]) -> None:
        """Nothing is known but the names that were stated."""
        super().__init__({name: role for role, name in named.items()})
        self._open = [role for role in _ROLES if role not in named]

    def __missing__(self, name: str) -> str:
        """The role of that type or attribute, or an empty text."""
        usual = usual_name(name)
        self[name] = found = next((role for role in self._open if usual in USUAL[role]), "")
        return found


def require_model(named: Mapping[str, str], types: Iterable[str]) -> None:
    """Check that one of the log's object types is the model.

    Raises:
        UsageError: none is named, or one that there is not.
    """
    known, wanted = sorted(types), named.get("model", "")
    if wanted in known:
        return
    listed = ", ".join(shown(each) for each in known[:MOST_SHOWN]) or "none"
    why = (
        f"there is no object type {shown(wanted)}." if wanted else "the object type is not named."
    )
    raise UsageError(
        f"{DOING}: events are about objects, of which one type must be the models: {why}"
        f"{nearest(wanted, known)} Say --model with one of {listed}."
    )


@dataclass(slots=True)
class Happened:
    """One event of the log; each role has the first value that the event has for it."""

    activity: str
    time: str
    line: int
    models: list[str] = field(default_factory=list)
    said: dict[str, str] = field(default_factory=dict)

    def take(self, role: str, value: str) -> None:
        """Take an object or an attribute of the event."""
        if role == "model":
            self.models.append(value)
        elif role:
            self.said.setdefault(role, value)

    def events(self, clock: Clock, file: str) -> Iterator[Event | Rejected]:
        """It as an event of each model that it is about; what is about none is passed over."""
        time = clock.read(self.time)
        begin = self.said.get("start", "")
        begun = clock.read(begin) if begin else None
        if not self.models:
            return
        if time is None or (begin and begun is None):
            yield Rejected(file, self.line, clock.why_not(self.time if time is None else begin))
            return
        for model in dict.fromkeys(self.models):
            yield Event(
                model, model, self.activity, self.said.get("lifecycle", "").lower(), time, begun,
                self.said.get("resource", ""), self.said.get("group", ""), self.line,
            )  # fmt: skip
