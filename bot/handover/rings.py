"""Stands boxes all around in a ring, so that none touches another or an edge of the ring."""

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

from msgspec import Struct

from bot.handover.geometry import Box, Oval, Size

STARTS = (0.0, 0.5, 0.25, 0.75)
"""Where the first box may stand, as a part of the turn from each to the next."""

OPENINGS = (0.4, 0.5, 0.6, 0.75)
"""How far to each side of the top the ring may stay empty, in radians."""


class Ring(Struct, frozen=True):
    """What lies between ``edge`` and ``hole``, which have one middle, apart from ``taken``.

    ``start`` is where the first box stands if it can, as a part of the turn to the second.
    """

    edge: Oval
    hole: Oval
    taken: tuple[Box, ...]
    start: float = 0.0

    @property
    def area(self) -> float:
        """How much room there is, the taken part included."""
        return pi * (self.edge.across * self.edge.down - self.hole.across * self.hole.down)


def evenly(ring: Ring, sizes: Sequence[Size], gap: float) -> tuple[Box, ...] | None:
    """The boxes with the same angle between them, in this order; None when that leaves no room.

    They begin at ``ring.start``, beside it, or where the ring is no longer taken at the top.
    """
    count = max(len(sizes), 1)
    starts = ((ring.start + start) % 1 for start in STARTS)
    whole = [(2 * pi * start / count, 2 * pi / count) for start in starts]
    open_at_top = [(open, 2 * (pi - open) / (count - 1)) for open in OPENINGS if count > 1]
    for start, turn in (*whole, *open_at_top):
        found: list[Box] = []
        for place, size in enumerate(sizes):
            angle = start + place * turn
            box = _halfway(ring, size, sin(angle), -cos(angle))
            if box is None or not box.clear_of_all((*ring.taken, *found), gap):
                break
            found.append(box)
        else:
            return tuple(found)
    return None


def _halfway(ring: Ring, size: Size, x: float, y: float) -> Box | None:
    """The box of ``size`` in the direction ``x``, ``y``, as far from the hole as from the edge.

    None where it does not fit. The middle of the box lies at a share t of the way to the edge.
    """
    edge, hole = ring.edge, ring.hole
    width, height = size
    # The far corner lies on the edge: (tx + u)² + (ty + v)² = 1, in halves of the edge's size.
    u, v = width / 2 / edge.across, height / 2 / edge.down
    farthest = _root(x * x + y * y, abs(x) * u + abs(y) * v, u * u + v * v - 1)
    # The near corner lies on the hole: (tx - u)² + (ty - v)² = 1, in halves of the hole's size,
    # unless a side of the box comes nearer than its corners.
    u, v = width / 2 / hole.across, height / 2 / hole.down
    c, s = abs(x) * edge.across / hole.across, abs(y) * edge.down / hole.down
    if c * (1 + v) <= s * u:
        nearest = (1 + v) / s
    elif s * (1 + u) <= c * v:
        nearest = (1 + u) / c
    else:
        nearest = _root(c * c + s * s, -c * u - s * v, u * u + v * v - 1)
    if nearest > farthest:
        return None
    share = (nearest + farthest) / 2
    return Box.around(edge.x + share * edge.across * x, edge.y + share * edge.down * y, *size)


def _root(a: float, b: float, c: float) -> float:
    """The larger t for which at² + 2bt + c = 0; 0 when there is none."""
    under = b * b - a * c
    return (sqrt(under) - b) / a if under > 0 else 0.0
