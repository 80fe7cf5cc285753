"""The oracle's rules of trade-offs."""

from __future__ import annotations

from oracle.rules import rule


@rule("TOF-01")
def no_agreed_trade_off(graph, _):
    found = set()
    for model in graph.all("Model"):
        covered = [model, *model.after("SERVES", "UseCase")]
        agreed = [
            trade_off
            for each in covered
            for trade_off in each.before("COVERS", "TradeOff")
            if trade_off.get("status", "agreed") == "agreed"
        ]
        if model.get("stage") in {"pilot", "production"} and not agreed:
            found.add((model.id,))
    return found
