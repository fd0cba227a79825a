"""Boxes and ovals on a page, and whether they keep clear of each other.

Everything is in picture units, with ``y`` going down.
"""

from collections.abc import Iterable
from math import sqrt
from typing import Self

from msgspec import Struct

Size = tuple[float, float]
"""Width and height."""


class Box(Struct, frozen=True):
    """An upright rectangle; ``x`` and ``y`` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> Self:
        """The box of this size that has its middle at ``x``, ``y``."""
        return cls(x - width / 2, y - height / 2, width, height)

    @property
    def right(self) -> float:
        """Where it ends to the right."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends below."""
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    def placed(self, x: float, y: float, scale: float = 1.0) -> Self:
        """The same box ``scale`` times as large as seen from (0, 0), which itself goes to x, y."""
        return type(self)(
            x + scale * self.x, y + scale * self.y, scale * self.width, scale * self.height
        )

    def mirrored(self, x: float) -> Self:
        """The box on the other side of the upright line at ``x``."""
        return type(self)(2 * x - self.right, self.y, self.width, self.height)

    def clear_of(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether there is at least ``gap`` between the two, sideways or upwards."""
        return (
            self.x + self.width + gap <= other.x
            or other.x + other.width + gap <= self.x
            or self.y + self.height + gap <= other.y
            or other.y + other.height + gap <= self.y
        )

    def clear_of_all(self, others: Iterable["Box"], gap: float = 0.0) -> bool:
        """Whether there is at least ``gap`` between this box and each of ``others``."""
        return all(self.clear_of(other, gap) for other in others)


class Oval(Struct, frozen=True):
    """An upright oval round ``x``, ``y``; ``across`` and ``down`` are half its width and height."""

    x: float
    y: float
    across: float
    down: float

    def scaled(self, share: float) -> Self:
        """The oval round the same middle that is ``share`` times as large."""
        return type(self)(self.x, self.y, self.across * share, self.down * share)

    def grown(self, by: float) -> Self:
        """The oval that lies ``by`` outside this one at its four ends."""
        return type(self)(self.x, self.y, self.across + by, self.down + by)

    def half_width(self, away: float) -> float:
        """Half its width at a height that is ``away`` from its middle; 0 outside of it."""
        return self.across * sqrt(max(1 - (away / self.down) ** 2, 0.0))
