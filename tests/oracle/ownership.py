"""The oracle's rules of ownership."""

from __future__ import annotations

from oracle.granted import claims, live
from oracle.rules import rule


@rule("OWN-01")
def unowned_models(graph, _, min_dependents=0, min_confidence=0.5):
    return {
        (model.id,)
        for model in graph.all("Model")
        if live(model)
        and model.described
        and not claims(model, min_confidence)
        and len([each for each in model.before("DEPENDS_ON", "Model") if each is not model])
        >= min_dependents
    }
