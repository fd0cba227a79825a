"""Draws all there is to look at: ``python -m tests.handover.draw <folder>``.

The circle of 1, 3, 8 and 20 people, in other scripts, and as full as it can be, each with its words
and the time it took; and the page (``draw_pages``) as HTML and PDF, empty, ordinary and overfull.
"""

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter

from bot.dialogue.circle import Circle
from bot.handover.in_words import alternative
from bot.handover.picture import picture
from tests.handover import draw_pages
from tests.handover.circles import (
    ARABIC,
    ARABIC_NAMES,
    DUTCH,
    LATIN_NAMES,
    MIXED_NAMES,
    full_circle,
    some_circle,
)

LONG = "de moeder van Sophie-Charlotte, groep 8b"

CIRCLES: Mapping[str, tuple[Circle, Mapping[str, str], bool]] = {
    "1": (some_circle(1, LATIN_NAMES, 1), DUTCH, False),
    "3": (some_circle(3, LATIN_NAMES, 3), DUTCH, False),
    "8": (some_circle(8, LATIN_NAMES, 8), DUTCH, False),
    "20": (some_circle(20, LATIN_NAMES, 20), DUTCH, False),
    "arabic": (some_circle(12, ARABIC_NAMES, 4), ARABIC, True),
    "mixed": (some_circle(12, MIXED_NAMES, 5), DUTCH, False),
    "fullest": (full_circle(LONG, near=False), DUTCH, False),
    "nobody": (Circle(), DUTCH, False),
}


def draw_circles(folder: Path) -> None:
    """Writes each circle to ``folder``, as a picture and in words."""
    for name, (circle, words, right_to_left) in CIRCLES.items():
        picture(circle, words, right_to_left=right_to_left)
        began = perf_counter()
        body = picture(circle, words, right_to_left=right_to_left)
        took = (perf_counter() - began) * 1000
        folder.joinpath(f"circle_{name}.png").write_bytes(body)
        folder.joinpath(f"circle_{name}.txt").write_text(alternative(circle, words), "utf-8")
        print(f"circle_{name}.png: {took:.0f} ms, {len(body) // 1024} KiB")


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    draw_circles(target)
    draw_pages.on_paper(target)
    asyncio.run(draw_pages.at_the_desk(target))
