"""What something stands on, with what is no node looked through."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


def under(
    start: str, on: Mapping[str, Sequence[str]], is_node: Callable[[str], bool]
) -> Iterator[str]:
    """The nodes that it stands on, directly or through what is no node; each once, without itself.

    >>> on = {"app": ["library"], "library": ["model", "app"], "model": ["data"]}
    >>> list(under("app", on, {"model", "data"}.__contains__))
    ['model']
    """
    waiting, seen = deque(on.get(start, ())), {start}
    while waiting:
        each = waiting.popleft()
        if each in seen:
            continue
        seen.add(each)
        if is_node(each):
            yield each
        else:
            waiting.extend(on.get(each, ()))
