"""The registry of the oracle: every rule by its code, once its module was imported.

A rule is `(graph, today, **parameters) -> subjects`: the set of tuples of ids that findings of
that code would have as their subject. It is written from the words of the design and of the
question's header, never from its Cypher, so that a disagreement means something.
"""

from __future__ import annotations

import importlib
import inspect
from pathlib import Path

_RULES = {}


def rule(code):
    """Register a rule under its code; a second one of that code is a mistake."""

    def register(function):
        # A module may be imported under two names, as pytest does to look for doctests.
        assert _RULES.setdefault(code, function).__name__ == function.__name__, code
        return function

    return register


def rules():
    """Every rule by its code; all modules of the oracle are imported first."""
    for file in sorted(Path(__file__).parent.glob("*.py")):
        importlib.import_module(f"oracle.{file.stem}")
    return dict(sorted(_RULES.items()))


def parameters_of(code):
    """The names of the parameters that the rule has."""
    return list(inspect.signature(rules()[code]).parameters)[2:]


def subjects(code, graph, today, parameters=()):
    """The subjects that the rule finds; parameters that it does not have are left out."""
    known = parameters_of(code)
    given = {name: value for name, value in dict(parameters).items() if name in known}
    return rules()[code](graph, today, **given)
