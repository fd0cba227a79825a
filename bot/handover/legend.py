"""What the marks in the picture of the circle mean, in the words of whoever reads it."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from bot.handover.cards import Kind, Mark
from bot.handover.flow import flowed
from bot.handover.geometry import Box
from bot.handover.writing import Block, Inks, Writing, block

LETTERS = 25.0
ICON = 32.0
EDGE_SHOWN = 46.0
"""How wide a piece of dotted edge is shown."""

BESIDE, BETWEEN, BELOW = 10.0, 36.0, 12.0

LINE = 0.3
"""How far below the middle of an icon the letters stand, at size 1."""


class Legend(Struct, frozen=True):
    """Icons and what they mean; ``box`` is as wide as there was room, and may be empty."""

    box: Box
    marks: tuple[Mark, ...] = ()
    lines: tuple[Writing, ...] = ()


def legend(
    kinds: Sequence[Kind], words: Mapping[str, str], inks: Inks, room: Box, *, right_to_left: bool
) -> Legend:
    """The legend of ``kinds``, at the bottom of ``room``."""
    if not kinds:
        return Legend(Box(room.x, room.bottom, room.width, 0.0))
    widths = [EDGE_SHOWN if kind == "not_asked" else ICON for kind in kinds]
    texts: list[Block] = []
    for kind, width in zip(kinds, widths, strict=True):
        lines = (words[f"picture_{kind}"],)
        text = block(lines, inks, LETTERS, "soft")
        fitting = min(1.0, (room.width - width - BESIDE) / text.width)
        texts.append(block(lines, inks, LETTERS * fitting, "soft"))
    sizes = [
        (width + BESIDE + text.width, max(ICON, _height(text.lines[0])))
        for width, text in zip(widths, texts, strict=True)
    ]
    items = flowed(sizes, room.width, BETWEEN, BELOW)
    top = room.bottom - max(item.bottom for item in items)
    marks: list[Mark] = []
    meanings: list[Writing] = []
    for kind, width, text, item in zip(kinds, widths, texts, items, strict=True):
        whole = item.placed(room.middle[0], top)
        icon = Box(whole.x, whole.middle[1] - ICON / 2, width, ICON)
        words_at = whole.right - text.width / 2
        if right_to_left:
            icon = icon.mirrored(room.middle[0])
            words_at = 2 * room.middle[0] - words_at
        marks.append(Mark(kind, icon))
        # All on one line, whatever sticks out of it.
        line = text.lines[0]
        meanings.append(line.placed(words_at, whole.middle[1] + LINE * line.size - line.y))
    return Legend(Box(room.x, top, room.width, room.bottom - top), tuple(marks), tuple(meanings))


def _height(line: Writing) -> float:
    """How high a row must be to hold ``line`` where it stands beside an icon."""
    above = line.y - line.box.y - LINE * line.size
    return 2 * max(above, line.box.height - above)
