"""What a change remembers of a fact, and the fact put back from it."""

from __future__ import annotations

from msgspec.structs import asdict, replace

from ownership_graph.records import Before, Fact, Key

_FIELDS = (
    "sources", "hashes", "claims", "disputed", "added_run", "run", "first_seen_day", "described",
    "absent",
)  # fmt: skip


def before(old: Fact, new: Fact) -> Before:
    """What `old` held that `new` does not."""
    names = {**old.properties, **new.properties}
    differing = {
        name: old.properties.get(name)
        for name in names
        if old.properties.get(name) != new.properties.get(name)
    }
    kept = {
        name: getattr(old, name) for name in _FIELDS if getattr(old, name) != getattr(new, name)
    }
    return Before(properties=differing, **kept)


def all_of(old: Fact) -> Before:
    """All that a fact held that is gone."""
    fields = {name: getattr(old, name) for name in _FIELDS if name != "absent" or old.absent}
    return Before(gone=True, properties=dict(old.properties), **fields)


def restored(key: Key, remembered: Before, now: Fact | None) -> Fact:
    """The fact as it was before a change, where `now` is what came of it.

    Where the change took the fact away, what is there now does not matter.
    """
    fields = {
        name: value
        for name, value in asdict(remembered).items()
        if name in _FIELDS and value is not None
    }
    held = {} if remembered.gone or now is None else now.properties
    properties = {**held, **remembered.properties}
    kept = {name: value for name, value in properties.items() if value is not None}
    start = Fact(key) if remembered.gone or now is None else now
    return replace(start, properties=kept, **fields)
