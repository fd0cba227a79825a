"""Fits a page on one first sheet, however much was told.

A first sheet is one A4 of at most 450 words; own words that do not fit are cut there, and stand
complete on the sheets after it (promises, S11). How high words are is only known once they are
drawn. So there are several first sheets, each tighter than the one before, and whoever draws them
takes the first that fits.

Own words are cut evenly: short texts stay whole, long ones all get the same room.
"""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from bot.handover.entries import WORD, Entry, Line, Part, Run, is_blank, word_weight, words_in

MOST_WORDS = 450
"""On a first sheet, headings and small print included."""

MORE = ("… (verder op blad ", ")")
"""Stands where something was cut, around the number of the sheet where all of it is."""

ENOUGH = 60
"""Words of each own text that come before the words that the family only saw."""

LITTLE = 20
"""Words of each own text that come before anything else that was chosen."""

SPARE = 8
"""Words that are not worth cutting off: saying that there is more takes four itself."""

STEP = 0.9
"""How much of the room for own words stays from one sheet to the next."""


class Sheet(Struct, frozen=True):
    """A first sheet; ``is_dense`` when things stand close together."""

    parts: tuple[Part, ...]
    is_dense: bool


class Room(Struct, frozen=True):
    """How much of each thing there is room for; None is all of it.

    ``own`` is the weight of one item's own words, ``choices`` a number of choices in one item,
    ``entries`` a number of items in one section; ``seen`` is whether the words that the family saw
    stand beside the Dutch.
    """

    own: int | None = None
    seen: bool = True
    choices: int | None = None
    entries: int | None = None


ALL = Room()
NOTHING = Room(own=0, seen=False, choices=0, entries=0)


def first_sheets(parts: tuple[Part, ...], other_words: int) -> tuple[Sheet, ...]:
    """Ever tighter first sheets for ``parts``, which share a sheet with ``other_words`` words.

    There is always one. The last has only headings left.
    """
    fitting = dict.fromkeys(
        tuple(_tightened(part, room) for part in parts)
        for room in _rooms(parts, MOST_WORDS - other_words)
    )
    airy = Sheet(next(iter(fitting)), is_dense=False)
    return (airy, *(Sheet(tightened, is_dense=True) for tightened in fitting))


def _rooms(parts: tuple[Part, ...], most: int) -> Iterator[Room]:
    """Ever less room, none with more than ``most`` words, except the last."""

    def fits(room: Room) -> bool:
        return sum(_words(_tightened(part, room)) for part in parts) <= most

    def shrinking(room: Room, most_own: int, least_own: int) -> Iterator[Room]:
        """``room`` with as much of the own words as fits, and then with less of them."""
        low, high = least_own, most_own
        while low < high:
            middle = (low + high + 1) // 2
            low, high = (middle, high) if fits(replace(room, own=middle)) else (low, middle - 1)
        while low > least_own:
            yield replace(room, own=low)
            low = max(least_own, int(low * STEP))
        if fits(replace(room, own=least_own)):
            yield replace(room, own=least_own)

    if fits(ALL):
        yield ALL
    weights = [_weight(entry) for part in parts for entry in part.entries]
    yield from shrinking(ALL, max(weights, default=0), ENOUGH)
    yield from shrinking(Room(seen=False), 2 * ENOUGH, LITTLE)
    for entries in (None, 4, 2, 1):
        room = Room(LITTLE, seen=False, choices=4, entries=entries)
        if fits(room):
            yield room
    yield NOTHING


def _tightened(part: Part, room: Room) -> Part:
    """What of ``part`` there is room for. Safety keeps all its items, as long as anything does."""
    if part.name == "veiligheid" and room != NOTHING:
        room = replace(room, choices=None, entries=None)
    kept = part.entries[: room.entries]
    left = tuple(entry.number for entry in part.entries[len(kept) :])
    return replace(part, entries=tuple(_cut(entry, room) for entry in kept), left=left)


def _cut(entry: Entry, room: Room) -> Entry:
    own, choices = entry.own, entry.choices[: room.choices]
    if room.own is not None and _weight(entry) > room.own + SPARE:
        own = _shortened(own, room.own)
    if not room.seen:
        choices = tuple(replace(each, seen="") if each.dutch else each for each in choices)
    if own is entry.own and choices == entry.choices:
        return entry
    return replace(entry, own=own, choices=choices, is_cut=True)


def _shortened(lines: tuple[Line, ...], room: int) -> tuple[Line, ...]:
    """The first of ``lines`` as far as ``room`` goes, without empty ones at the end."""
    kept: list[Line] = []
    for line in lines:
        if room <= 0:
            break
        runs = line.runs if line.weight <= room else tuple(_first_words(line, room))
        kept.append(replace(line, runs=runs))
        room -= line.weight
    while kept and is_blank(kept[-1]):
        kept.pop()
    return tuple(kept)


def _first_words(line: Line, room: int) -> Iterator[Run]:
    for run in line.runs:
        for word in WORD.finditer(run.text):
            room -= word_weight(word[0])
            if room < 0:
                if before := run.text[: word.start()].rstrip():
                    yield replace(run, text=before)
                return
        yield run


def _weight(entry: Entry) -> int:
    return sum(line.weight for line in entry.own)


def _words(part: Part) -> int:
    """How many words are drawn for ``part``."""
    marks = sum(entry.is_cut for entry in part.entries) + bool(part.left)
    texts = [part.heading, part.missing]
    texts += [text for entry in part.entries for text in _texts(entry)]
    return marks * words_in("2".join(MORE)) + sum(words_in(text) for text in texts)


def _texts(entry: Entry) -> Iterator[str]:
    yield from (entry.heading, entry.tongue)
    yield from (run.text for line in entry.own for run in line.runs)
    for choice in entry.choices:
        yield from (choice.dutch, choice.seen)
