"""What stands where in an object-centric log (OCEL 2.0), and its events as ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ownership_graph.errors import UsageError
from ownership_graph.importing.quoting import shown
from ownership_graph.importing.reading import MOST_SHOWN
from ownership_graph.model import nearest
from ownership_graph.readers.event_logs.events import DOING, Taken
from ownership_graph.readers.event_logs.tabular import USUAL, usual_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


class Reader(Taken):
    """Makes events of what the log tells of each: its attributes, and the objects it is about.

    `objects` are those of the types that matter, each with what its type is for a log.
    """

    def __init__(self, objects: Mapping[str, str], clock: Clock, file: str) -> None:
        """Nothing is read yet."""
        super().__init__(clock, file)
        self._objects = objects

    def take_all(
        self, activity: str, written: str, line: int, said: dict[str, str], about: Iterable[str]
    ) -> None:
        """Take an event of each model that it is about; what is about none is passed over.

        `said` are the values of attributes by what they are for a log; where there is none, the
        first object of such a type is taken.
        """
        models = [said["model"]] if "model" in said else []
        for own_id in about:
            role = self._objects.get(own_id)
            if role == "model":
                models.append(own_id)
            elif role:
                said.setdefault(role, own_id)
        if not models:
            return
        span = self.clock.span(written, said.get("start", ""))
        if isinstance(span, str):
            self.reject(line, span)
            return
        transition = said.get("lifecycle", "")
        person, team = said.get("resource", ""), said.get("group", "")
        for model in dict.fromkeys(models):
            self.take((model, model, activity, transition, *span, person, team, line))
