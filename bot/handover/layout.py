"""Where everything in the picture of the circle stands.

Who is very close stands in the inner ring, who is further away in the outer one, and who has no
place yet below them. The same circle with the same measures always gives the same drawing.
"""

from collections.abc import Mapping
from math import hypot

from msgspec import Struct

from bot.dialogue.circle import Circle, Person
from bot.handover import cards
from bot.handover.cards import MARKS, Card, card, marks_of
from bot.handover.crowd import crowd
from bot.handover.geometry import Box, Oval, Size
from bot.handover.legend import Legend, legend
from bot.handover.room import Labels
from bot.handover.wrapping import wrappings
from bot.handover.writing import Block, Inks, Sample, Writing, block

SIDE = 1080.0
"""Width and height of the picture, in pixels."""

EDGE = 30.0
"""What stays free along the edges."""

ABOVE_LEGEND = 24.0

LABELS, WIDEST_LABEL = 23.0, 320.0
"""The letters of what the rings are called, smaller where that would be wider."""

CENTRE_LETTERS = 34.0
"""The letters of the word in the middle, at most."""

RINGS = ("picture_near", "picture_far", "picture_waiting")
WORDS = ("picture_centre", *RINGS, *(f"picture_{kind}" for kind in MARKS))
"""The keys of the words in the picture."""


class Frame(Struct, frozen=True):
    """What a drawing stands in, always ``SIDE`` wide.

    ``edge`` stays free along its edges; ``says_not_asked`` is whether cards may say so in words.
    """

    height: float = SIDE
    edge: float = EDGE
    says_not_asked: bool = True


PICTURE = Frame()


class Label(Struct, frozen=True):
    """What a ring is called, in a box on its line."""

    box: Box
    line: Writing


class Drawing(Struct, frozen=True):
    """Everything where it stands, ``cards`` in the order of the people, on ``height`` pixels.

    ``waiting`` is the place of those in neither ring, None when there are none.
    """

    far: Oval
    near: Oval
    centre: Oval
    centre_lines: tuple[Writing, ...]
    labels: tuple[Label, ...]
    cards: tuple[Card, ...]
    waiting: Box | None
    legend: Legend
    height: float


def samples(circle: Circle, words: Mapping[str, str]) -> frozenset[Sample]:
    """Every line that must be measured before ``lay_out``."""
    found = {Sample(words[word], bold=word in RINGS) for word in WORDS}
    found |= {Sample(text, bold=True) for way in wrappings(words["picture_centre"]) for text in way}
    for person in circle.people:
        found.update(cards.samples(person, words))
    return frozenset(found)


def lay_out(
    circle: Circle,
    words: Mapping[str, str],
    inks: Inks,
    frame: Frame = PICTURE,
    *,
    right_to_left: bool,
) -> Drawing:
    """The drawing of ``circle``, however many there are; ``inks`` measures its ``samples``."""

    def card_of(person: Person, small_lines: int) -> Card:
        lines = small_lines if frame.says_not_asked else 0
        return card(person, words, inks, small_lines=lines, right_to_left=right_to_left)

    def placed(card: Card, box: Box) -> Card:
        return card.placed(*(box.mirrored(SIDE / 2) if right_to_left else box).middle)

    told = {kind for person in circle.people for kind in marks_of(person)}
    edge = frame.edge
    page = Box(edge, edge, SIDE - 2 * edge, frame.height - 2 * edge)
    kinds = [kind for kind in MARKS if kind in told]
    key = legend(kinds, words, inks, page, right_to_left=right_to_left)
    above = Box(page.x, page.y, page.width, key.box.y - page.y - ABOVE_LEGEND)
    near, far, waiting = (_ring_name(words[word], inks) for word in RINGS)
    labels = Labels(_label_size(near), _label_size(far), _label_size(waiting))
    everybody = crowd(circle.people, card_of, labels, above)
    rings, place = everybody.room.rings, everybody.room.waiting
    return Drawing(
        far=rings.far,
        near=rings.near,
        centre=rings.centre,
        centre_lines=_centre_lines(words["picture_centre"], inks, rings.centre),
        labels=(
            _label(far, rings.far_label),
            _label(near, rings.near_label),
            *((_label(waiting, place.label),) if place else ()),
        ),
        cards=tuple(placed(card, box) for card, box in everybody.placed()),
        waiting=place.box if place else None,
        legend=key,
        height=frame.height,
    )


def _ring_name(word: str, inks: Inks) -> Block:
    name = block((word,), inks, LABELS, "accent", bold=True)
    if name.width <= WIDEST_LABEL:
        return name
    return block((word,), inks, LABELS * WIDEST_LABEL / name.width, "accent", bold=True)


def _label_size(name: Block) -> Size:
    return name.width + 1.5 * LABELS, name.height + 0.5 * LABELS


def _label(name: Block, box: Box) -> Label:
    x, y = box.middle
    return Label(box, name.lines[0].placed(x, y - name.height / 2))


def _centre_lines(word: str, inks: Inks, dot: Oval) -> tuple[Writing, ...]:
    """The word in ``dot``, on as many lines as make it largest."""
    blocks = [block(lines, inks, 1.0, "light", bold=True) for lines in wrappings(word)]
    sizes = [dot.across * 1.8 / hypot(it.width, it.height) for it in blocks]
    size, chosen = max(zip(sizes, blocks, strict=True), key=lambda pair: pair[0])
    size = min(size, CENTRE_LETTERS)
    return tuple(
        line.placed(dot.x, dot.y - size * chosen.height / 2, size) for line in chosen.lines
    )
