"""Draws an address as a QR picture, so that a phone beside this one can open it."""

from dataclasses import dataclass
from io import BytesIO

import segno


@dataclass(frozen=True, slots=True)
class Qr:
    """A picture of ``size`` × ``size`` squares, the white edge included; ``path`` is its SVG path,
    one stroke of height 1 for every run of dark squares."""

    size: int
    path: str


EDGE = 4
"""Squares of white around it that a camera needs (ISO/IEC 18004)."""

SCALE = 10
"""Pixels of one square in a PNG: some 400 across, sharp on any telephone."""

STURDY = "m"
"""About a seventh of it may be damaged, and it can still be read."""


def qr(address: str) -> Qr:
    """The picture of ``address``, to draw in a page."""
    code = segno.make_qr(address, error=STURDY)
    runs = []
    for y, row in enumerate(code.matrix):
        start = None
        for x, dark in enumerate((*row, 0)):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start + EDGE} {y + EDGE}.5h{x - start}")
                start = None
    return Qr(len(code.matrix) + 2 * EDGE, "".join(runs))


def png(address: str) -> bytes:
    """The same as a PNG, to send."""
    made = BytesIO()
    segno.make_qr(address, error=STURDY).save(made, kind="png", scale=SCALE, border=EDGE)
    return made.getvalue()
