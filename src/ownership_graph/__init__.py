"""Finds where an organisation, not its models, is the bottleneck."""

from importlib import import_module

__all__ = ["Credentials", "Graph", "OwnershipGraphError", "explore", "open"]

TYPE_CHECKING = False
"""As type checkers know it; the module `typing` takes longer to load than all of this."""

if TYPE_CHECKING:
    from ownership_graph.api import Graph, explore, open  # noqa: A004 -- og.open is like gzip.open
    from ownership_graph.errors import OwnershipGraphError
    from ownership_graph.stores import Credentials
else:
    _HOME = dict.fromkeys(("Graph", "explore", "open"), "api") | {
        "Credentials": "stores",
        "OwnershipGraphError": "errors",
    }

    def __getattr__(name: str) -> object:
        """A promised name, loaded with its first use: the program itself begins without them."""
        if name not in _HOME:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)

    def __dir__() -> list[str]:
        """What is there, and what is promised."""
        return sorted({*globals(), *__all__})
