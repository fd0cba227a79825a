"""The circle as it stands on paper: the picture, no higher than it has to be."""

from bisect import bisect_left
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot.dialogue.circle import Circle
from bot.handover.entries import plain, words_in
from bot.handover.in_words import alternative
from bot.handover.layout import SIDE, Drawing, Frame, lay_out, samples
from bot.handover.picture import measured

HEIGHTS = (640.0, 740.0, 900.0, SIDE)
FITTING = (4, 8, 12)
"""How high a drawing can be, and how many people fit on all but the highest, as a rule."""

LEGIBLE = 21.0
"""A drawing is higher where its letters would be smaller: seven points, in a column of a sheet."""

EDGE = 2.0
"""Half of the widest line; the sheet has a margin of its own."""


class Figure(Struct, frozen=True):
    """A drawing, what it shows in words (``alternative``), and how many ``words`` stand in it."""

    drawing: Drawing
    alternative: str
    words: int


def figure_of(circle: Circle, words: Mapping[str, str]) -> Figure:
    """The figure of ``circle``, its names as they stand on the page.

    On every card the edge alone says that nobody was asked yet: the list beside it has the words.
    May raise typst's panic, as everything does that measures what someone typed.
    """
    people = tuple(replace(each, name=plain(each.name)) for each in circle.people)
    shown = Circle(people)
    drawing = _drawing(shown, words)
    return Figure(drawing, alternative(shown, words), sum(map(words_in, _texts(drawing))))


def _drawing(circle: Circle, words: Mapping[str, str]) -> Drawing:
    inks = measured(samples(circle, words))

    def drawing_of(height: float) -> Drawing:
        frame = Frame(height, EDGE, says_not_asked=False)
        return lay_out(circle, words, inks, frame, right_to_left=False)

    *lower, highest = HEIGHTS[bisect_left(FITTING, len(circle.people)) :]
    tried = (drawing_of(height) for height in lower)
    return next(filter(_is_legible, tried), None) or drawing_of(highest)


def _is_legible(drawing: Drawing) -> bool:
    return all(line.size >= LEGIBLE for card in drawing.cards for line in card.lines)


def _texts(drawing: Drawing) -> list[str]:
    lines = [line for card in drawing.cards for line in card.lines]
    lines += [label.line for label in drawing.labels]
    lines += [*drawing.legend.lines, *drawing.centre_lines]
    return [line.text for line in lines]
