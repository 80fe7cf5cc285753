"""What the activities of a log mean: a TOML file about its columns, gates and stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from ownership_graph.importing.quoting import shown
from ownership_graph.model import LABELS
from ownership_graph.readers.addresses import address
from ownership_graph.readers.event_logs.events import BOOKKEEPING, START
from ownership_graph.readers.mapping.places import Place
from ownership_graph.readers.mapping.templates import Template, TemplateError, parse_template
from ownership_graph.readers.patterns import fits
from ownership_graph.readers.people import team_id
from ownership_graph.toml_file import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

COLUMNS = (
    "case", "activity", "time", "start", "resource", "group", "lifecycle", "model",
)  # fmt: skip
"""What a column, an attribute or an object type can be in a log."""

_IDS = {"model": "model", "person": "resource", "team": "group"}
_DEFAULT_IDS: Mapping[str, Callable[[str], str]] = {
    "model": lambda name: name,
    "person": lambda name: address(name) or name,
    "team": team_id,
}
_PARTS = ("columns", "times", "ids", "gate", "stage")
_REQUESTED, _ASSIGNED = "requested", "assigned"
_STATUSES = tuple(
    each for each in LABELS["Approval"].properties["status"].values if each != "pending"
)
_STAGES = LABELS["Model"].properties["stage"].values
_COLUMN = 'case = "Ticket number"'
_TIMES = 'times = "%d.%m.%Y %H:%M"'
_ID = 'team = "team:{group}"'
_GATE = '[gate.legal] requested = "Ask legal"'
_STAGE = 'production = ["Go live", "Roll out*"]'
_ANY_TIME = datetime(2001, 12, 30, 13, 45)  # noqa: DTZ001 -- only how it is written counts


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event does: it asks, assigns or decides at a gate, or brings a model to a stage.

    `what` is the status of the decision, or the stage.
    """

    kind: Literal["requested", "assigned", "decided", "stage"]
    gate: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What an activity with its transition means: whether it is work that was done, or begun."""

    is_work: bool
    begins: bool
    effects: tuple[Effect, ...]

    @property
    def is_only_work(self) -> bool:
        """Whether it is work, and nothing else happens by it."""
        return self.is_work and not self.effects


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is said about a log; without a file, nothing.

    `columns` are the log's own names by ours, `times` how it writes times, `ids` how an id is
    made of a name. `effects` stand each with the test of an activity, as `Legal+complete` where
    the log tells transitions.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    times: tuple[str, ...] = ()
    ids: Mapping[str, Template] = field(default_factory=dict)
    effects: tuple[tuple[Callable[[str], bool], Effect], ...] = ()

    def means(self, activity: str, transition: str) -> Means:
        """What that activity means; one that is not complete does only what names it so."""
        transition = transition.lower()
        is_work = transition not in BOOKKEEPING
        texts = [activity] if is_work else []
        if transition:
            texts.append(f"{activity}+{transition}")
        effects = [effect for fit, effect in self.effects if any(map(fit, texts))]
        return Means(is_work, transition == START, tuple(dict.fromkeys(effects)))

    def id_of(self, kind: str, name: str) -> str:
        """The id of a model, person or team of that name; as other importers make it by itself."""
        template = self.ids.get(kind)
        if template is None:
            return _DEFAULT_IDS[kind](name)
        turned = [name.lower() if hole.way else name for hole in template.holes]
        first, *pieces = template.pieces
        return first + "".join(value + piece for value, piece in zip(turned, pieces, strict=True))


def read_meaning(path: Path | None) -> Meaning:
    """What the TOML file at `path` says; without one, nothing.

    Raises:
        SettingsError: the file cannot be read, or says something that makes no sense.
    """
    if path is None:
        return Meaning()
    doing = "reading what the log's activities mean"
    toml = read_toml(path, doing=doing)
    whole = Place(toml, (), toml.data, doing)
    parts = dict(whole.items(_GATE))
    for name, place in parts.items():
        if name not in _PARTS:
            raise place.unknown("part called", name, _PARTS)
    return Meaning(
        _columns(parts["columns"]) if "columns" in parts else {},
        _times(parts["times"]) if "times" in parts else (),
        dict(_ids(parts["ids"])) if "ids" in parts else {},
        (
            *(_gates(parts["gate"]) if "gate" in parts else ()),
            *(_stages(parts["stage"]) if "stage" in parts else ()),
        ),
    )


def _columns(place: Place) -> dict[str, str]:
    found = {}
    for name, each in place.items(f"[columns] {_COLUMN}"):
        if name not in COLUMNS:
            raise each.unknown("column of a log called", name, COLUMNS)
        found[name] = " ".join(each.text(_COLUMN).split())
    return found


def _times(place: Place) -> tuple[str, ...]:
    written = place.texts(_TIMES)
    for each in written:
        try:
            same = datetime.strptime(_ANY_TIME.strftime(each), each)  # noqa: DTZ007 -- only its date counts
        except ValueError:
            same = None
        if same is None or same.date() != _ANY_TIME.date():
            raise place.fault(
                f"{shown(each)} does not say how a time is written: it needs at least the day"
                f" (%d), the month (%m or %b) and the year (%Y). Write: {_TIMES}"
            )
    return written


def _ids(place: Place) -> Iterator[tuple[str, Template]]:
    for kind, each in place.items(f"[ids] {_ID}"):
        if kind not in _IDS:
            raise each.unknown("kind of id", kind, _IDS)
        try:
            template = parse_template(each.text(_ID))
        except TemplateError as error:
            raise each.fault(str(error)) from error
        wanted = _IDS[kind]
        if {hole.name for hole in template.holes} != {wanted} or any(
            hole.way not in ("", "lower") for hole in template.holes
        ):
            raise each.fault(
                f"the id of a {kind} is made of {{{wanted}}} or {{{wanted}:lower}}. Write:"
                f' {kind} = "{kind}:{{{wanted}}}"'
            )
        yield kind, template


def _gates(place: Place) -> Iterator[tuple[Callable[[str], bool], Effect]]:
    for gate, said in place.items(_GATE):
        for name, each in said.items(_GATE):
            known = (_REQUESTED, _ASSIGNED, *_STATUSES)
            if name not in known:
                raise each.unknown("step of an approval called", name, known)
            fit = fits(each.texts(_GATE))
            if name == _REQUESTED:
                yield fit, Effect("requested", gate)
            elif name == _ASSIGNED:
                yield fit, Effect("assigned", gate)
            else:
                yield fit, Effect("decided", gate, name)


def _stages(place: Place) -> Iterator[tuple[Callable[[str], bool], Effect]]:
    for stage, each in place.items(f"[stage] {_STAGE}"):
        if stage not in _STAGES:
            raise each.unknown("stage", stage, _STAGES)
        yield fits(each.texts(_STAGE)), Effect("stage", what=stage)
