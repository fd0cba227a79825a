"""Draws all there is to look at: ``python -m tests.handover.draw <folder>``.

The circle of 1, 3, 8 and 20 people, in other scripts, and as full as it can be, each with its words
and the time it took; and the page (``draw_pages``) as HTML and PDF, empty, ordinary and overfull.
Last, how long drawing takes on this machine beside what is promised (S8).
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bot.dialogue.circle import Circle
from bot.handover.in_words import alternative
from bot.handover.pdf import Pdf, page_pdf
from bot.handover.picture import picture
from tests.handover import draw_pages
from tests.handover.circles import (
    ARABIC,
    ARABIC_NAMES,
    DUTCH,
    LATIN_NAMES,
    MIXED_NAMES,
    full_circle,
    random_circle,
    some_circle,
)
from tests.handover.pages import WORDS, ordinary

TIMED = 40

_LATER = count(0, 86_400)
"""Every page goes on another day, so that none was laid out before."""

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


def time_drawing() -> None:
    """Prints how long a picture and a page take, each time of somebody else, and the promise.

    In time of the processor, so that whatever else this machine does counts as little as it can.
    """
    usual = [some_circle(1 + seed % 20, LATIN_NAMES, seed) for seed in range(TIMED)]
    random = [random_circle(seed) for seed in range(TIMED)]
    eight = [some_circle(8, LATIN_NAMES, seed) for seed in range(TIMED)]
    pictures = partial(picture, words=DUTCH, right_to_left=False)
    for what, most, draw, circles in (
        ("picture, up to 20 people", 60, pictures, usual),
        ("picture, names in any script", 60, pictures, random),
        ("page on paper, nobody named", 50, _page, [Circle()] * TIMED),
        ("page on paper, eight people", 50, _page, eight),
    ):
        took = median(_time_of(draw, circle) for circle in circles)
        print(f"{what}: median {took:.0f} ms, {took / most:.2f} of the {most} ms that are promised")


def _page(circle: Circle) -> Pdf:
    return page_pdf(ordinary(circle), WORDS, next(_LATER))


def _time_of(draw: Callable[[Circle], object], circle: Circle) -> float:
    began = process_time()
    draw(circle)
    return (process_time() - began) * 1000


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    draw_circles(target)
    time_drawing()
    draw_pages.on_paper(target)
    asyncio.run(draw_pages.at_the_desk(target))
