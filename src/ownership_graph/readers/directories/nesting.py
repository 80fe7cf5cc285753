"""Groups inside groups: those that are no teams are opened, and their members count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def opened(
    own: str,
    listed: Iterable[str],
    *,
    is_known: Callable[[str], bool],
    inside: Callable[[str], Iterable[str] | None],
) -> Iterator[str]:
    """The members of the group `own` that are known, each once, or of which there is nothing.

    `listed` are the members as they stand there. `inside` gives the members of one that is not
    known: nobody in what is no group, None where it is gone. Circles do not matter.

    >>> groups = {"all": ["ann", "more"], "more": ["bob", "all", "gone"]}
    >>> list(opened("team", ["all"], is_known={"ann", "bob"}.__contains__, inside=groups.get))
    ['ann', 'bob', 'gone']
    """
    seen, waiting = {own}, [*listed][::-1]
    while waiting:
        ref = waiting.pop()
        if ref in seen:
            continue
        seen.add(ref)
        found = () if is_known(ref) else inside(ref)
        if found is None or is_known(ref):
            yield ref
        else:
            waiting += [*found][::-1]
