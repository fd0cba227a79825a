"""Fits a page on one first sheet, however much was told.

A first sheet is one A4 of at most 450 words, of which 150 are ours; own words that do not fit are
cut there, and stand complete on the sheets after it (promises, S11). How high words are is only
known once they are drawn. So there are several first sheets, each tighter than the one before, and
whoever draws them takes the first that fits. The drawing of the circle is on those that show all
words, and gives way before any of them does.

Own words are cut evenly: short texts stay whole, long ones all get the same room.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from bot.handover.entries import WORD, Entry, Line, Part, Run, is_blank, word_weight, words_in

MOST_WORDS = 450
"""On a first sheet, headings and small print included."""

MOST_OURS = 150
"""Of them, ours and not the family's: headings, labels of voices, questions and small print.

Where the headings of many items are more than that, they are left out as far as they can be."""

MORE = ("… (blad ", ")")
"""Stands where something was cut, around the number of the sheet where all of it is."""

ENOUGH = 60
"""Words of each own text that come before the words that the family only saw."""

LITTLE = 20
"""Words of each own text that come before anything else that was chosen."""

LEAST = 7
"""Words of each own text that stand on any first sheet where something of it stands at all."""

TELLING = ("veiligheid",)
"""Where what was chosen says too little without its heading. What someone wants to talk about keeps
its heading everywhere: by that it is named at the foot of the sheet."""

SPARE = 8
"""Words that are not worth cutting off: saying that there is more takes four itself."""

STEP = 0.9
"""How much of the room for own words stays from one sheet to the next."""


class Sheet(Struct, frozen=True):
    """A first sheet; ``is_dense`` when things stand close together."""

    parts: tuple[Part, ...]
    is_dense: bool
    has_circle: bool = False


class Room(Struct, frozen=True):
    """How much of each thing there is room for; None is all of it.

    ``own`` is the weight of one item's own words, ``choices`` a number of choices in one item,
    ``entries`` a number of items of one voice in one section; ``seen`` is whether the words that
    the family saw stand beside the Dutch, and ``headings`` whether an item has one of its own where
    it is the only one of its voice in a section.
    """

    own: int | None = None
    seen: bool = True
    choices: int | None = None
    entries: int | None = None
    headings: bool = True


ALL = Room()
BRIEF = Room(headings=False)
NOTHING = Room(own=0, seen=False, choices=0, entries=0, headings=False)


class Count(Struct, frozen=True):
    """How many words stand somewhere, and how many of them are ours."""

    words: int
    ours: int


def first_sheets(
    parts: tuple[Part, ...], around: Count, in_circle: Count | None = None
) -> tuple[Sheet, ...]:
    """Ever tighter first sheets for ``parts``, which share a sheet with the words ``around`` them.

    There is always one. The last has only headings left. ``in_circle`` are the words of the drawing
    of the circle, None when there is none.
    """
    most = Count(MOST_WORDS - around.words, MOST_OURS - around.ours)
    fitting = dict.fromkeys(
        tuple(_tightened(part, room) for part in parts) for room in _rooms(parts, most)
    )
    airy = Sheet(next(iter(fitting)), is_dense=False)
    sheets = (airy, *(Sheet(tightened, is_dense=True) for tightened in fitting))
    if in_circle is None:
        return sheets
    whole = dict.fromkeys((parts, tuple(_tightened(part, BRIEF) for part in parts)))
    drawn = [
        Sheet(shown, is_dense, has_circle=True)
        for shown in whole
        if _counted(shown).words + in_circle.words <= most.words
        and (shown is not parts or _counted(shown).ours + in_circle.ours <= most.ours)
        for is_dense in (False, True)
    ]
    return (*drawn, *sheets)


def _rooms(parts: tuple[Part, ...], most: Count) -> Iterator[Room]:
    """Ever less room, none with more than ``most`` words, except the last.

    Our own words give way first, by leaving out headings: nothing of a family's is cut for them.
    """

    def count(room: Room) -> Count:
        return _counted([_tightened(part, room) for part in parts])

    def fits(room: Room) -> bool:
        return count(room).words <= most.words

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

    weights = [_weight(entry) for part in parts for entry in part.entries]
    if fits(ALL) and count(ALL).ours <= most.ours:
        yield ALL
    if fits(BRIEF):
        yield BRIEF
    yield from shrinking(BRIEF, max(weights, default=0), ENOUGH)
    yield from shrinking(replace(BRIEF, seen=False), 2 * ENOUGH, LITTLE)
    scarce = Room(LITTLE, seen=False, choices=4, headings=False)
    for room in (
        *(replace(scarce, entries=entries) for entries in (None, 4, 3, 2, 1)),
        *(replace(scarce, entries=1, own=own, choices=2) for own in (LITTLE // 2, LEAST)),
    ):
        if fits(room):
            yield room
    yield NOTHING


def _tightened(part: Part, room: Room) -> Part:
    """What of ``part`` there is room for. Safety keeps all its items, as long as anything does."""
    if part.name == "veiligheid" and room != NOTHING:
        room = replace(room, choices=None, entries=None)
    kept, left = [], []
    many = Counter(entry.voice for entry in part.entries)
    there = _there(part, room.entries)
    for entry in part.entries:
        if entry.number not in there:
            left.append(entry.number)
        elif room.headings or many[entry.voice] > 1 or part.name in TELLING or entry.wish:
            kept.append(_cut(entry, room))
        else:
            kept.append(_cut(replace(entry, heading=""), room))
    return replace(part, entries=tuple(kept), left=tuple(left))


def _there(part: Part, most: int | None) -> set[int]:
    """Which entries are on the sheet: ``most`` of each voice, their wishes first."""
    met: Counter[str] = Counter()
    there = set()
    for entry in sorted(part.entries, key=lambda entry: not entry.wish):
        met[entry.voice] += 1
        if most is None or met[entry.voice] <= most:
            there.add(entry.number)
    return there


def _cut(entry: Entry, room: Room) -> Entry:
    own, choices = entry.own, entry.choices[: room.choices]
    is_brief = len(choices) == len(entry.choices)
    if room.own is not None and _weight(entry) > room.own + SPARE:
        own, is_brief = _shortened(own, room.own), False
    if not room.seen:
        choices = tuple(replace(each, seen="") if each.dutch else each for each in choices)
    if own is entry.own and choices == entry.choices:
        return entry
    return replace(entry, own=own, choices=choices, is_cut=True, is_brief=is_brief)


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


def _counted(parts: Sequence[Part]) -> Count:
    counts = [_count(part) for part in parts]
    return Count(sum(count.words for count in counts), sum(count.ours for count in counts))


def _count(part: Part) -> Count:
    """The words that are drawn for ``part``."""
    marks = sum(entry.is_cut and not entry.is_brief for entry in part.entries) + bool(part.left)
    labels = {entry.voice for entry in part.entries} if part.marks else ()
    ours = [part.heading, part.missing, *part.unheard, *labels]
    ours += [text for entry in part.entries for text in (entry.heading, entry.tongue, entry.wish)]
    our_words = marks * words_in("2".join(MORE)) + sum(words_in(text) for text in ours)
    told = [text for entry in part.entries for text in _texts(entry)]
    return Count(our_words + sum(words_in(text) for text in told), our_words)


def _texts(entry: Entry) -> Iterator[str]:
    """What the family told."""
    yield from (run.text for line in entry.own for run in line.runs)
    for choice in entry.choices:
        yield from (choice.dutch, choice.seen)
