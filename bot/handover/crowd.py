"""Gives everybody in the circle room, with letters as large as the fullest part allows."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import count

from msgspec import Struct

from bot.dialogue.circle import Person
from bot.handover.cards import SMALL_WORD, Card
from bot.handover.geometry import Box
from bot.handover.room import Groups, Labels, Room, room_for, widened

LARGEST, SMALLER = 32.0, 0.95
"""The letters of names at most, and each next size that is tried."""

FEW, LARGER = 5, 44.0
"""Up to so many people are tried with letters that are larger still."""

SIZES = tuple(LARGEST * SMALLER**step for step in range(40))
"""Down to sizes that no circle of 20 people with names of 40 characters needs."""

LEGIBLE = 16.0
"""Cards get their small word only where its letters are this large: their edge says the same."""

WAYS = (
    (1, 29.0, False),
    (2, LEGIBLE / SMALL_WORD, False),
    (0, 21.0, False),
    (0, 0.0, True),
)
"""What is tried one after the other: lines of small word, least letters, and whether in rows."""


class Crowd(Struct, frozen=True):
    """Everybody's card around (0, 0) at the size it is drawn, and the room they have."""

    people: tuple[Person, ...]
    cards: tuple[Card, ...]
    room: Room

    def placed(self) -> Iterator[tuple[Card, Box]]:
        """Each card with the box where it belongs, in the order of the people."""
        near, far = iter(self.room.near), iter(self.room.far)
        waiting = iter(self.room.waiting.places if self.room.waiting else ())
        for person, card in zip(self.people, self.cards, strict=True):
            yield card, next(waiting if person.near is None else near if person.near else far)


def crowd(
    people: tuple[Person, ...],
    card_of: Callable[[Person, int], Card],
    labels: Labels,
    page: Box,
) -> Crowd:
    """``people`` on ``page``, however many there are.

    ``card_of`` makes someone's card with letters of size 1 and at most so many lines for the small
    word.
    """

    @cache
    def cards(small_lines: int) -> tuple[Card, ...]:
        return tuple(card_of(person, small_lines) for person in people)

    tried = (
        _largest(people, cards(small_lines), sizes, labels, page, rows=rows)
        for small_lines, sizes, rows in _ways(len(people))
    )
    return next(found for found in tried if found is not None)


def _ways(people: int) -> Iterator[tuple[int, Sequence[float], bool]]:
    """``WAYS`` with their sizes; then ever smaller ones, for more people than anyone has."""
    if people <= FEW:
        yield 1, [LARGER], False
        yield 1, [(LARGER + LARGEST) / 2], False
    for small_lines, least, rows in WAYS:
        yield small_lines, [size for size in SIZES if size >= least], rows
    yield from ((0, [LARGEST * SMALLER**step], True) for step in count(len(SIZES)))


def _largest(
    people: tuple[Person, ...],
    cards: tuple[Card, ...],
    sizes: Sequence[float],
    labels: Labels,
    page: Box,
    *,
    rows: bool,
) -> Crowd | None:
    """The crowd with the first of ``sizes`` that leaves room; they go down."""
    found: tuple[float, Room] | None = None
    first, last = 0, len(sizes)
    while first < last:
        # By halving; but the very first comes first, as most circles are small.
        step = (first + last) // 2 if first else 0
        room = room_for(_groups(people, cards, sizes[step]), labels, page, rows=rows)
        if room is None:
            first = step + 1
        else:
            found, last = (sizes[step], room), step
    if found is None:
        return None
    size, room = found
    room = widened(room, _groups(people, cards, size))
    return Crowd(people, tuple(card.placed(0.0, 0.0, size) for card in cards), room)


def _groups(people: tuple[Person, ...], cards: tuple[Card, ...], size: float) -> Groups:
    """How large the cards in each place are with letters of ``size``."""
    near, far, waiting = (
        tuple(
            (size * card.box.width, size * card.box.height)
            for person, card in zip(people, cards, strict=True)
            if person.near is place
        )
        for place in (True, False, None)
    )
    return Groups(near, far, waiting)
