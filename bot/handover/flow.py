"""Puts boxes side by side in rows, as words stand on lines."""

from collections.abc import Sequence
from itertools import count

from bot.handover.geometry import Box, Size


def flowed(sizes: Sequence[Size], width: float, between: float, below: float) -> tuple[Box, ...]:
    """A box for each of ``sizes``, in this order, in centred rows of about the same length.

    There is one at least. The rows begin at y = 0 around x = 0. They are as few as ``width``
    allows, and no wider, unless
    one box alone is; ``between`` two boxes and ``below`` a row stays that much free.
    """
    fewest = len(_rows(sizes, width, between))
    even = sum(size[0] + between for size in sizes) / fewest
    limits = (min(even * (1 + step / 20), width) for step in count())
    ways = (_rows(sizes, limit, between) for limit in limits)
    rows = next(way for way in ways if len(way) == fewest)
    found: list[Box] = []
    y = 0.0
    for row in rows:
        height = max(size[1] for size in row)
        x = -(sum(size[0] + between for size in row) - between) / 2
        for size in row:
            found.append(Box(x, y + (height - size[1]) / 2, *size))
            x += size[0] + between
        y += height + below
    return tuple(found)


def _rows(sizes: Sequence[Size], width: float, between: float) -> list[list[Size]]:
    rows: list[list[Size]] = []
    used = width
    for size in sizes:
        used += between + size[0]
        if used > width:
            rows.append([])
            used = size[0]
        rows[-1].append(size)
    return rows
