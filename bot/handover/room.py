"""Makes room in the picture of the circle: two rings, and a place below for who is in neither."""

from collections.abc import Callable
from itertools import chain
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from bot.handover.flow import flowed
from bot.handover.geometry import Box, Oval, Size
from bot.handover.rings import Ring, evenly
from bot.handover.rows import in_rows

GAP = 14.0
"""Between two cards, at least."""

WIDER = (90.0, 64.0, 44.0, 30.0, 21.0)
"""What is tried between two cards that have room to spare."""

CLEAR = 12.0
"""Between a card and a line, at least."""

CENTRE = 60.0
"""Half the width of the dot in the middle."""

NEAR = (0.42, 0.46, 0.5, 0.54, 0.58, 0.62, 0.66, 0.7, 0.74, 0.78, 0.82)
USUAL = NEAR.index(0.58)
"""How large the inner ring can be in the outer one, and is when both have room."""

DENSEST = 0.8
"""Of a ring no more than this is ever filled; saves trying."""

LOWEST = 190.0
"""Half the height of the outer ring, at least."""


class Groups(NamedTuple):
    """The sizes of the cards in each of the three places."""

    near: tuple[Size, ...]
    far: tuple[Size, ...]
    waiting: tuple[Size, ...]


class Labels(NamedTuple):
    """The sizes of what the three places are called."""

    near: Size
    far: Size
    waiting: Size


class Rings(Struct, frozen=True):
    """Both rings, the dot in their middle, and where it says what they are called."""

    far: Oval
    near: Oval
    centre: Oval
    far_label: Box
    near_label: Box

    def outer(self, gap: float) -> Ring:
        """Where cards that are ``gap`` apart may stand in the outer ring."""
        # Half a turn on, so that both rings do not fill the same line.
        clear = _clear(gap)
        return Ring(self.far.grown(-clear), self.near.grown(clear), self._labels, start=0.5)

    def inner(self, gap: float) -> Ring:
        """Where cards that are ``gap`` apart may stand in the inner ring."""
        clear = _clear(gap)
        return Ring(self.near.grown(-clear), self.centre.grown(clear), self._labels)

    @property
    def _labels(self) -> tuple[Box, ...]:
        return self.far_label, self.near_label


class Waiting(Struct, frozen=True):
    """The place for who is in neither ring, where it says so, and each one's box."""

    box: Box
    label: Box
    places: tuple[Box, ...]


class Room(Struct, frozen=True):
    """Room for everybody: the box of every card, in the groups they came in.

    ``waiting`` is None when nobody is.
    """

    rings: Rings
    near: tuple[Box, ...]
    far: tuple[Box, ...]
    waiting: Waiting | None


def room_for(groups: Groups, labels: Labels, page: Box, *, rows: bool) -> Room | None:
    """Room on ``page`` for these cards; None when there is too little.

    In the rings they stand all around, or, where ``rows`` may be, in rows when they are many. The
    rings are round when all have room all around in round ones, else as wide as the page.
    """
    waiting, bottom = None, page.bottom
    if groups.waiting:
        waiting = _waiting(groups.waiting, labels.waiting, page)
        if waiting.box.width > page.width:
            return None
        bottom = waiting.label.y - CLEAR
    top = page.y + labels.far[1] / 2
    down = (bottom - top) / 2
    if down < LOWEST:
        return None
    half = page.width / 2
    # Rows never have less room in wide rings than in round ones.
    wide_only = rows and (groups.near or groups.far)
    for across in (half,) if wide_only else (min(down, half), half):
        far = Oval(page.middle[0], top + down, across, down)
        found = _Sought(groups, labels, far, rows=rows).found()
        if found is not None:
            return Room(*found, waiting)
    return None


def widened(room: Room, groups: Groups) -> Room:
    """``room`` with the cards of each ring as far apart as they can be in it."""
    return replace(
        room,
        near=_widest(room.rings.inner, groups.near) or room.near,
        far=_widest(room.rings.outer, groups.far) or room.far,
    )


def _widest(ring: Callable[[float], Ring], sizes: tuple[Size, ...]) -> tuple[Box, ...] | None:
    """The boxes all around or else in rows, for the widest gap that leaves room, if any does."""
    round_about = (evenly(ring(gap), sizes, gap) for gap in (*WIDER, GAP))
    rows = (in_rows(ring(gap), sizes, gap) for gap in WIDER)
    return next(filter(None, chain(round_about, rows)), None)


def _waiting(sizes: tuple[Size, ...], label: Size, page: Box) -> Waiting:
    """The place at the bottom of ``page``; wider than that when someone does not fit on it."""
    side = 2 * CLEAR
    found = flowed(sizes, page.width - 2 * side, GAP, GAP)
    widest = max(size[0] for size in sizes)
    width = max(page.width, widest + 2 * side)
    height = label[1] / 2 + CLEAR + max(box.bottom for box in found) + side
    box = Box.around(page.middle[0], page.bottom - height / 2, width, height)
    return Waiting(
        box,
        Box.around(page.middle[0], box.y, *label),
        tuple(it.placed(page.middle[0], box.y + label[1] / 2 + CLEAR) for it in found),
    )


class _Sought:
    """Rings inside ``far``, of which the inner one is as large as it must be, or may be."""

    def __init__(self, groups: Groups, labels: Labels, far: Oval, *, rows: bool) -> None:
        self.groups, self.labels, self.far, self.rows = groups, labels, far, rows

    def found(self) -> tuple[Rings, tuple[Box, ...], tuple[Box, ...]] | None:
        """The rings and the boxes in both; None when there is no room whatever the inner one is."""
        step, way = USUAL, 1 if self._inside(USUAL) is None else -1
        while 0 <= step < len(NEAR):
            near, far = self._inside(step), self._outside(step)
            if near is not None and far is not None:
                return self._rings(step), near, far
            if (way > 0 and far is None) or (way < 0 and near is None):
                return None
            step += way
        return None

    def _inside(self, step: int) -> tuple[Box, ...] | None:
        ring = self._rings(step).inner(GAP)
        return _spread(ring, self.groups.near, rows=self.rows)

    def _outside(self, step: int) -> tuple[Box, ...] | None:
        rings = self._rings(step)
        if not rings.far_label.clear_of(rings.near_label, CLEAR):
            return None
        return _spread(rings.outer(GAP), self.groups.far, rows=self.rows)

    def _rings(self, step: int) -> Rings:
        far = self.far
        near = far.scaled(NEAR[step])
        return Rings(
            far,
            near,
            Oval(far.x, far.y, CENTRE, CENTRE),
            Box.around(far.x, far.y - far.down, *self.labels.far),
            Box.around(near.x, near.y - near.down, *self.labels.near),
        )


def _clear(gap: float) -> float:
    """What stays between a card and a line where cards are ``gap`` apart."""
    return CLEAR + (gap - GAP) / 2


def _spread(ring: Ring, sizes: tuple[Size, ...], *, rows: bool) -> tuple[Box, ...] | None:
    """The boxes all around when they can be, else, where ``rows`` may be, in rows."""
    if sum((width + GAP) * (height + GAP) for width, height in sizes) > ring.area * DENSEST:
        return None
    found = evenly(ring, sizes, GAP)
    return in_rows(ring, sizes, GAP) if found is None and rows else found
