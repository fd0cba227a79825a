"""Lines of text as large as they are drawn.

Only what draws a text knows how large it is: letters join, lean on each other or come from
another font. So the lines are measured first, all at once, and these sums use the measures.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple, Self

from msgspec import Struct
from msgspec.structs import replace

from bot.handover.geometry import Box

Tone = Literal["ink", "soft", "accent", "light"]

UP, DOWN = 0.76, 0.26
"""Room above and below the line that letters stand on, at size 1, for what is usual in Latin."""

LEADING = 1.2
"""From one line to the next at size 1, when nothing sticks out further."""

STACKED = 0.3
"""How much further a second accent on one letter goes, and a third, in whatever direction."""


class Sample(NamedTuple):
    """A line of text to be measured."""

    text: str
    bold: bool

    def __repr__(self) -> str:
        return "Sample(…)"


class Ink(Struct, frozen=True):
    """How large a line is at size 1: its width, and how far it goes above and below the line."""

    width: float
    up: float
    down: float


Inks = Mapping[Sample, Ink]


class Writing(Struct, frozen=True):
    """A line as it is drawn: its middle is ``x``, its letters stand on ``y``, all in ``box``."""

    text: str
    x: float
    y: float
    size: float
    box: Box
    bold: bool
    tone: Tone
    right_to_left: bool

    def __repr__(self) -> str:
        return "Writing(…)"

    def placed(self, x: float, y: float, scale: float = 1.0) -> Self:
        """The same line ``scale`` times as large as seen from (0, 0), which itself goes to x, y."""
        return replace(
            self,
            x=x + scale * self.x,
            y=y + scale * self.y,
            size=scale * self.size,
            box=self.box.placed(x, y, scale),
        )


class Block(Struct, frozen=True):
    """Lines under each other, in the middle of a ``width``: the first begins at the top, at 0."""

    width: float
    height: float
    lines: tuple[Writing, ...]


def block(
    lines: Sequence[str], inks: Inks, size: float, tone: Tone = "ink", *, bold: bool = False
) -> Block:
    """``lines`` at ``size``, each in the direction of the whole, around ``x`` = 0."""
    right_to_left = reads_right_to_left(" ".join(lines))
    found: list[Writing] = []
    bottom = 0.0
    for text in lines:
        ink = inks[Sample(text, bold)]
        more = _stacked(text)
        up, down = (max(ink.up, UP) + more) * size, (max(ink.down, DOWN) + more) * size
        y = bottom + up
        if found:
            y = max(y, found[-1].y + LEADING * size)
        box = Box(-ink.width * size / 2, y - up, ink.width * size, up + down)
        found.append(Writing(text, 0.0, y, size, box, bold, tone, right_to_left))
        bottom = y + down
    return Block(max(line.box.width for line in found), bottom, tuple(found))


def reads_right_to_left(text: str) -> bool:
    """The direction of the first letter that has one."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((way != "L" for way in directions if way in {"L", "R", "AL"}), False)


def _stacked(text: str) -> float:
    """What accents on accents add at size 1: measures leave out how far they are pushed."""
    if not any(map(unicodedata.combining, text)):
        return 0.0
    highest = height = 0
    for sign in unicodedata.normalize("NFC", text):
        if unicodedata.combining(sign):
            height += 1
        else:
            height = int(len(unicodedata.normalize("NFD", sign)) > 1)
        highest = max(highest, height)
    return STACKED * max(highest - 1, 0)
