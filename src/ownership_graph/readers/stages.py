"""The stages of a model, by the words that people have for them."""

from __future__ import annotations

from ownership_graph.importing.known import alike

_MEANT = {
    "live": "production", "prod": "production", "in production": "production",
    "poc": "experiment", "prototype": "experiment", "proof of concept": "experiment",
    "retired": "retired", "switched off": "retired",
}  # fmt: skip


def stage_of(text: str) -> str:
    """The stage that is meant; another word as it is, for whoever checks it.

    >>> stage_of("Live"), stage_of("Proof of concept"), stage_of("Pilot"), stage_of("soon")
    ('production', 'experiment', 'pilot', 'soon')
    """
    return _MEANT.get(alike(text), alike(text))
