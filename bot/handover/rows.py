"""Stands boxes in rows in a ring, where there are too many to stand all around."""

from collections.abc import Sequence

from bot.handover.geometry import Box, Size
from bot.handover.rings import Ring

NUDGE = 10.0
"""A row that finds no room moves so far from the middle, and looks again."""


def in_rows(ring: Ring, sizes: Sequence[Size], gap: float) -> tuple[Box, ...] | None:
    """The boxes in rows, the tallest in the middle ones; None when that leaves no room."""
    return _Rows(ring, sizes, gap).filled(straddling=False) or _Rows(ring, sizes, gap).filled(
        straddling=True
    )


class _Rows:
    """Rows that are filled from the middle of a ring, upwards and downwards in turn."""

    def __init__(self, ring: Ring, sizes: Sequence[Size], gap: float) -> None:
        self.ring, self.sizes, self.gap = ring, sizes, gap
        self.left = sorted(range(len(sizes)), key=lambda place: -sizes[place][1])
        self.found: dict[int, Box] = {}

    def filled(self, *, straddling: bool) -> tuple[Box, ...] | None:
        """Every box in its place, in the order of the sizes; None when some find none.

        The first row lies across the middle, or two rows lie on either side of it.
        """
        down = self.ring.edge.down
        above = below = self.gap / 2
        if not straddling:
            above = below = self._fill(0.0, 0) / 2 + self.gap / 2
        while self.left and min(above, below) < down:
            if above < below:
                above += self._fill(-above, -1)
            else:
                below += self._fill(below, 1)
        if self.left:
            return None
        return tuple(self.found[place] for place in range(len(self.sizes)))

    def _fill(self, start: float, way: int) -> float:
        """Fills a row that begins ``start`` below the middle; how far on the next one begins.

        The row goes up or down as ``way`` is -1 or 1, and to both sides when it is 0.
        """
        rooms: list[_Room] = []
        y, height = start, 0.0
        for leader in self.left:
            width, tall = self.sizes[leader]
            if tall != height:
                y, height = start + way * tall / 2, tall
                rooms = self._rooms(y, height)
            if rooms and rooms[0].take(leader, width, self.gap):
                self.left.remove(leader)
                break
        else:
            return NUDGE
        # Each room one in turn, so that left and right get as many.
        turns = [*rooms[1:], rooms[0]]
        while turns:
            room = turns.pop(0)
            for place in self.left:
                size = self.sizes[place]
                if size[1] <= height and room.take(place, size[0], self.gap):
                    self.left.remove(place)
                    turns.append(room)
                    break
        for room in rooms:
            for place, x in room.spread(self.sizes, self.gap):
                self.found[place] = Box.around(x, self.ring.edge.y + y, *self.sizes[place])
        return height + self.gap

    def _rooms(self, y: float, height: float) -> list["_Room"]:
        """The free stretches of a row of ``height`` around ``y``, the longest first."""
        edge, hole = self.ring.edge, self.ring.hole
        outer = edge.half_width(abs(y) + height / 2)
        if outer == 0:
            return []
        inner = hole.half_width(max(abs(y) - height / 2, 0.0))
        if inner:
            inner = max(inner, self.gap / 2)
        stretches = [(-outer, -inner), (inner, outer)] if inner else [(-outer, outer)]
        for box in self.ring.taken:
            x, middle = box.middle
            if abs(middle - edge.y - y) < (box.height + height) / 2 + self.gap:
                half = box.width / 2 + self.gap
                start, end = x - edge.x - half, x - edge.x + half
                stretches = [
                    part
                    for left, right in stretches
                    for part in ((left, min(right, start)), (max(left, end), right))
                ]
        rooms = [_Room(edge.x + left, edge.x + right) for left, right in stretches if left < right]
        return sorted(rooms, key=lambda room: room.start - room.end)


class _Room:
    """A free stretch of a row."""

    def __init__(self, start: float, end: float) -> None:
        self.start, self.end = start, end
        self.widths = 0.0
        self.places: list[int] = []

    def take(self, place: int, width: float, gap: float) -> bool:
        """Whether a box of this width still fits; then it is in."""
        if self.widths + width + gap * len(self.places) > self.end - self.start:
            return False
        self.widths += width
        self.places.append(place)
        return True

    def spread(self, sizes: Sequence[Size], gap: float) -> list[tuple[int, float]]:
        """The middle of each box, with about the same space before, between and after them."""
        left = self.end - self.start - self.widths
        between = max(left / (len(self.places) + 1), gap)
        x = self.start + (left - between * (len(self.places) - 1)) / 2
        found: list[tuple[int, float]] = []
        for place in self.places:
            width = sizes[place][0]
            found.append((place, x + width / 2))
            x += width + between
        return found
