"""The stages of a model, by the words that people have for them."""

from __future__ import annotations

from ownership_graph.importing.known import alike

WORDS = {
    "idea": "idea", "planned": "idea", "concept": "idea",
    "experimental": "experiment", "experiment": "experiment", "development": "experiment",
    "poc": "experiment", "proof of concept": "experiment", "prototype": "experiment",
    "research": "experiment",
    "pilot": "pilot", "alpha": "pilot", "beta": "pilot", "preview": "pilot", "trial": "pilot",
    "production": "production", "prod": "production", "in production": "production",
    "live": "production", "ga": "production", "stable": "production",
    "retired": "retired", "decommissioned": "retired", "archived": "retired",
    "switched off": "retired", "end of life": "retired", "sunset": "retired",
}  # fmt: skip
"""What words mean, as `alike` writes them; not deprecated: it may be in use or never have been."""


def stage_of(text: str) -> str:
    """The stage that is meant; another word as it is, for whoever checks it.

    >>> stage_of("Live"), stage_of("Proof of concept"), stage_of("Pilot"), stage_of("soon")
    ('production', 'experiment', 'pilot', 'soon')
    """
    return WORDS.get(alike(text), alike(text))
