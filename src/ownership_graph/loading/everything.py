"""All sources, each by itself: one that fails changes nothing, and does not stop the others."""

from __future__ import annotations

import time
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from ownership_graph.errors import OwnershipGraphError, StoreError
from ownership_graph.loading.loading import load
from ownership_graph.loading.rejects import folder_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime
    from pathlib import Path

    from ownership_graph.identities import Aliases
    from ownership_graph.loading.order import Order
    from ownership_graph.loading.summary import Summary
    from ownership_graph.stores import Store


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one source: a summary, or the error that left the graph as it was.

    `seconds` is how long it took, either way.
    """

    source: str
    summary: Summary | None = None
    error: OwnershipGraphError | None = None
    seconds: float = 0.0

    @property
    def exit_code(self) -> int:
        """That of the error, or of what was not read whole or would be stopped; else 0."""
        if self.error:
            return self.error.exit_code
        return self.summary.exit_code if self.summary else 0


def load_all(  # noqa: PLR0913 -- each is a switch of the user's
    store: Store,
    orders: Sequence[Order],
    *,
    now: datetime,
    precedence: Sequence[str] = (),
    aliases: Aliases | None = None,
    dry_run: bool = False,
    allow_removals: bool = False,
    strict: bool = False,
    rejects: Path | None = None,
    progress: Callable[[str, int], None] | None = None,
    wait: float = 0.0,
) -> list[Imported]:
    """Bring the store to what each source states, in that order, with no other writer between.

    Rejected rows go to a folder in `rejects` for each source. `progress` is called with the
    source and its stage, and a count. Another import is waited for, `wait` seconds.

    Raises:
        StoreError: the store is away, locked, or did not do what it should; that ends all.
    """
    start = time.perf_counter()

    def one(place: int, order: Order) -> Imported:
        began = time.perf_counter()
        try:
            summary = load(
                store,
                order,
                now=now + timedelta(seconds=began - start),
                precedence=precedence,
                aliases=aliases,
                dry_run=dry_run,
                allow_removals=allow_removals,
                strict=strict,
                rejects=None if rejects is None else folder_for(order.source, rejects),
                progress=_named(progress, f"{order.source} ({place} of {len(orders)})"),
            )
        except StoreError:
            raise
        except OwnershipGraphError as error:
            return Imported(order.source, None, error, time.perf_counter() - began)
        return Imported(order.source, summary, None, time.perf_counter() - began)

    with nullcontext() if dry_run else store.lock(wait=wait):
        return [one(place, order) for place, order in enumerate(orders, 1)]


def _named(
    tell: Callable[[str, int], None] | None, name: str
) -> Callable[[str, int], None] | None:
    """The same, with the source before each stage."""
    return None if tell is None else lambda stage, count: tell(f"{name}: {stage}", count)
