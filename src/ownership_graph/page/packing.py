"""Circles put side by side without overlap, those that belong together near each other."""

from __future__ import annotations

import heapq
import math
import statistics
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Point: TypeAlias = tuple[float, float]
Gap: TypeAlias = tuple[int, int, int]
"""Two circles, and on which side of the line from one to the other (1 or -1)."""

_PULL_TO_MIDDLE = 0.6
_ROOM = 1e-6
_NEXT_TO = 1.25
"""Circles no farther apart than so many times their radii together have a gap between them."""
_FINEST = 32
"""A cell's side is at least the largest radius divided by this, so that no circle touches many."""


def pack(radii: Sequence[float], ties: Sequence[Mapping[int, float]]) -> list[Point]:
    """The centre of each circle.

    `ties[i]` says how strongly circle `i` is drawn to the others, both ways. One circle after
    the other, the one with the strongest ties to those that lie already, goes into the free
    place, touching two of them, that is nearest to those it is tied to and to the middle.
    """
    lying = _Lying(radii)
    gaps: dict[Gap, None] = {}
    for circle in _order(radii, ties):
        place = _place(circle, radii, lying, gaps, ties[circle])
        for other in lying.next_to(place, radii[circle]):
            gaps[other, circle, 1] = gaps[other, circle, -1] = None
        lying.put(circle, place)
    return [lying.at[circle] for circle in range(len(radii))]


class _Lying:
    """The circles that lie already, found again by where they are: each in all cells it touches.

    So a look for what is near does not grow with what is far.
    """

    def __init__(self, radii: Sequence[float]) -> None:
        self.radii = radii
        self.at: dict[int, Point] = {}
        self.side = 1.0
        if radii:
            self.side = max(2 * statistics.median(radii), max(radii) / _FINEST) or 1.0
        self._cells: dict[tuple[int, int], list[int]] = defaultdict(list)

    def put(self, circle: int, at: Point) -> None:
        """Lay a circle down."""
        self.at[circle] = at
        for cell in self._under(at, self.radii[circle] * _NEXT_TO):
            self._cells[cell].append(circle)

    def next_to(self, at: Point, radius: float) -> set[int]:
        """The circles that have a gap to a circle there."""
        return {
            other
            for cell in self._under(at, radius * _NEXT_TO)
            for other in self._cells.get(cell, ())
            if math.dist(self.at[other], at) < (self.radii[other] + radius) * _NEXT_TO
        }

    def is_free(self, at: Point, radius: float) -> bool:
        """Whether a circle there overlaps none."""
        x, y = at
        return all(
            (x - self.at[other][0]) ** 2 + (y - self.at[other][1]) ** 2
            >= (radius + self.radii[other]) ** 2 * (1 - _ROOM)
            for cell in self._under(at, radius)
            for other in self._cells.get(cell, ())
        )

    def _under(self, at: Point, reach: float) -> Iterator[tuple[int, int]]:
        """The cells of the square round a circle."""
        (left, right), (low, high) = (
            (math.floor((middle - reach) / self.side), math.floor((middle + reach) / self.side))
            for middle in at
        )
        return ((column, row) for column in range(left, right + 1) for row in range(low, high + 1))


def around(circles: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """A circle (x, y, radius) that holds all of the given ones; near the smallest."""
    x = (min(x - r for x, _, r in circles) + max(x + r for x, _, r in circles)) / 2
    y = (min(y - r for _, y, r in circles) + max(y + r for _, y, r in circles)) / 2
    return x, y, max(math.dist((x, y), (cx, cy)) + r for cx, cy, r in circles)


def rings(count: int, first: int, step: float) -> list[Point]:
    """`count` points on rings `step` apart round the origin, ring `k` holding up to `6 k`.

    `first` 0 begins in the middle, 1 leaves it free. The last ring is spread evenly.

    >>> len(rings(20, 1, 10.0))
    20
    """
    points: list[Point] = []
    ring = first
    while len(points) < count:
        on_ring = min(6 * ring or 1, count - len(points))
        for place in range(on_ring):
            angle = math.tau * (place / on_ring - 0.25)
            points.append((ring * step * math.cos(angle), ring * step * math.sin(angle)))
        ring += 1
    return points


def _order(radii: Sequence[float], ties: Sequence[Mapping[int, float]]) -> Iterator[int]:
    """The strongest tied circle first, then always the one most tied to those before it."""
    strength = [sum(each.values()) for each in ties]
    pulled = [0.0] * len(radii)
    waiting = [(0.0, -strength[c], -radii[c], c) for c in range(len(radii))]
    heapq.heapify(waiting)
    done: set[int] = set()
    while waiting:
        *_, circle = heapq.heappop(waiting)
        if circle in done:
            continue
        done.add(circle)
        yield circle
        for other, weight in ties[circle].items():
            if other not in done:
                pulled[other] += weight
                again = (-pulled[other], -strength[other], -radii[other], other)
                heapq.heappush(waiting, again)


def _place(
    circle: int,
    radii: Sequence[float],
    lying: _Lying,
    gaps: dict[Gap, None],
    ties: Mapping[int, float],
) -> Point:
    """The best free place for `circle`; gaps in which it does not fit are forgotten."""
    if len(lying.at) < 2:  # noqa: PLR2004 -- the first lies in the middle, the second beside it
        return (sum(radii[other] for other in lying.at) + radii[circle] if lying.at else 0.0, 0.0)
    wanted = _middle({other: ties[other] for other in ties if other in lying.at}, lying.at)
    offers = [
        (math.dist(at, wanted) + _PULL_TO_MIDDLE * math.hypot(*at), at, gap)
        for gap in gaps
        if (at := _touching(circle, gap, radii, lying.at))
    ]
    for _, at, gap in sorted(offers):
        if lying.is_free(at, radii[circle]):
            return at
        del gaps[gap]
    # Every gap is taken: beside all of them, where there is always room.
    return (max(at[0] + radii[other] for other, at in lying.at.items()) + radii[circle], 0.0)


def _middle(weights: Mapping[int, float], lying: Mapping[int, Point]) -> Point:
    """The weighted middle of those circles, the origin where there are none."""
    total = sum(weights.values())
    if not total:
        return (0.0, 0.0)
    x = sum(lying[other][0] * weight for other, weight in weights.items())
    y = sum(lying[other][1] * weight for other, weight in weights.items())
    return (x / total, y / total)


def _touching(
    circle: int, gap: Gap, radii: Sequence[float], lying: Mapping[int, Point]
) -> Point | None:
    """Where `circle` touches both circles of the gap on its side, if it can."""
    first, second, side = gap
    (ax, ay), (bx, by) = lying[first], lying[second]
    to_a, to_b = radii[first] + radii[circle], radii[second] + radii[circle]
    apart = math.hypot(bx - ax, by - ay)
    along = (to_a**2 - to_b**2 + apart**2) / (2 * apart)
    height = to_a**2 - along**2
    if height < 0:
        return None
    ux, uy, off = (bx - ax) / apart, (by - ay) / apart, side * math.sqrt(height)
    return (ax + ux * along - uy * off, ay + uy * along + ux * off)
