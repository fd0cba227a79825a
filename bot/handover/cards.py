"""What stands on the card of each person in the circle, and how large that makes the card."""

from collections.abc import Iterator, Mapping
from typing import Literal, Self, get_args

from msgspec import Struct

from bot.dialogue.circle import Person
from bot.handover.geometry import Box
from bot.handover.visible import one_line
from bot.handover.wrapping import wrappings
from bot.handover.writing import Block, Inks, Sample, Writing, block

Kind = Literal["gives", "costs", "important", "thinks_along", "not_asked"]
MARKS: tuple[Kind, ...] = get_args(Kind)

# Lengths, where the letters of a name are of size 1.
NARROW = 6.6
"""A name goes on more lines to stay within this."""
WIDEST = 9.2
"""A name that is wider, on any number of lines, gets smaller letters than the others."""
ICON = 1.0
ICON_GAP = 0.24
SMALL_WORD = 0.6
SIDE, ABOVE, BETWEEN = 0.55, 0.4, 0.18


class Mark(Struct, frozen=True):
    """An icon and where it stands."""

    kind: Kind
    box: Box

    def placed(self, x: float, y: float, scale: float = 1.0) -> Self:
        """The same icon ``scale`` times as large as seen from (0, 0), which itself goes to x, y."""
        return type(self)(self.kind, self.box.placed(x, y, scale))


class Card(Struct, frozen=True):
    """One person: a name, the marks below it, and a dotted edge when nobody asked them yet."""

    box: Box
    not_asked: bool
    lines: tuple[Writing, ...]
    marks: tuple[Mark, ...]

    def placed(self, x: float, y: float, scale: float = 1.0) -> Self:
        """The same card ``scale`` times as large as seen from (0, 0), which itself goes to x, y."""
        return type(self)(
            self.box.placed(x, y, scale),
            self.not_asked,
            tuple(line.placed(x, y, scale) for line in self.lines),
            tuple(mark.placed(x, y, scale) for mark in self.marks),
        )


def marks_of(person: Person) -> tuple[Kind, ...]:
    """What was told of ``person``, in the order it is shown."""
    not_asked = person.asked is False
    told = (person.gives, person.costs, person.important, person.thinks_along, not_asked)
    return tuple(kind for kind, so in zip(MARKS, told, strict=True) if so)


def samples(person: Person, words: Mapping[str, str]) -> Iterator[Sample]:
    """Every line that may stand on the card."""
    for lines in wrappings(one_line(person.name)):
        yield from (Sample(line, bold=True) for line in lines)
    for lines in wrappings(words["picture_not_asked"]):
        yield from (Sample(line, bold=False) for line in lines)


def card(
    person: Person,
    words: Mapping[str, str],
    inks: Inks,
    *,
    small_lines: int,
    right_to_left: bool,
) -> Card:
    """The card of ``person`` with letters of size 1, around (0, 0).

    On at most ``small_lines`` it says that nobody asked them yet; the dotted edge does so anyway.
    """
    name = _name(one_line(person.name), inks)
    kinds = [kind for kind in marks_of(person) if kind != "not_asked"]
    icons = len(kinds) * (ICON + ICON_GAP) - ICON_GAP if kinds else 0.0
    widest = max(name.width, icons)
    y = ABOVE
    lines = [line.placed(0.0, y) for line in name.lines]
    y += name.height
    marks: list[Mark] = []
    if kinds:
        y += BETWEEN
        for place, kind in enumerate(reversed(kinds) if right_to_left else kinds):
            marks.append(Mark(kind, Box(place * (ICON + ICON_GAP) - icons / 2, y, ICON, ICON)))
        y += ICON
    not_asked = person.asked is False
    if small_lines and not_asked:
        y += BETWEEN
        small = _small(words["picture_not_asked"], inks, widest, small_lines)
        lines += [line.placed(0.0, y) for line in small.lines]
        y += small.height
        widest = max(widest, small.width)
    height = y + ABOVE
    return Card(
        Box.around(0.0, 0.0, widest + 2 * SIDE, height),
        not_asked,
        tuple(line.placed(0.0, -height / 2) for line in lines),
        tuple(mark.placed(0.0, -height / 2) for mark in marks),
    )


def _name(name: str, inks: Inks) -> Block:
    """The name on as few lines as keep it narrow, else as few as do not make it too wide."""
    blocks = [block(lines, inks, 1.0, bold=True) for lines in wrappings(name)]
    for widest in (NARROW, WIDEST):
        for found in blocks:
            if found.width <= widest:
                return found
    narrowest = min(blocks, key=lambda found: found.width)
    texts = [line.text for line in narrowest.lines]
    return block(texts, inks, WIDEST / narrowest.width, bold=True)


def _small(word: str, inks: Inks, width: float, lines: int) -> Block:
    """The small word on one line where the card is ``width`` anyway, else on ``lines``."""
    blocks = [block(way, inks, SMALL_WORD, "soft") for way in wrappings(word)[:lines]]
    return blocks[0] if blocks[0].width <= width else blocks[-1]
