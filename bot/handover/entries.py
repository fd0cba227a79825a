"""Turns what is told on a page into lines that can be drawn on paper.

Characters that cannot be shown become marks, every line gets the direction of its first letter, and
a word that is longer than a line gets places where it may be broken: zero-width spaces, which show
nothing.
"""

import re
import unicodedata
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from bot.handover import headings
from bot.handover.page import DUTCH, Page, PageItem, PagePiece, name_in
from bot.handover.visible import spans, visible

LONGEST_WORD = 30
"""Characters that fit on a line of any sheet, however wide they are."""

BREAK = "\u200b"

WORD = re.compile(rf"[^\s{BREAK}]+")
"""What a reader counts as a word; a word that was broken counts for each of its pieces."""

LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")

PRIVATE = re.compile("([\ue000-\uf8ff\U000f0000-\U0010ffff])")
"""Characters that mean something else in every font, and may not stand in a PDF that is kept."""

ISOLATES = re.compile("([\u2068\u2069])")

SHORTEST_LINE = 7
"""A line takes as much of a sheet as this many words, however short it is."""


class Run(Struct, frozen=True):
    """Text to draw as it is, or the number of what cannot be shown (``is_mark``)."""

    text: str
    is_mark: bool = False


class Line(Struct, frozen=True):
    """A line as someone wrote it. ``weight`` is how much of a sheet it takes, in words."""

    runs: tuple[Run, ...]
    is_right_to_left: bool
    weight: int


class Choice(Struct, frozen=True):
    """Something chosen: in Dutch, beside it what the family saw; one of the two can be "".

    ``name`` is what ``dutch`` begins with when it tells about somebody; it stands out.
    """

    dutch: str
    seen: str
    name: str = ""


class Entry(Struct, frozen=True):
    """An item, whole or ``is_cut`` to what fits on a sheet; it has either own words or choices.

    One of which only the words that the family saw are gone is ``is_brief`` too: its Dutch is all
    there, so nothing has to say that there is more.

    ``number`` tells it from all others of its page, ``tongue`` says in which language its own words
    are, when that is not Dutch, and ``voice`` whose it is, on a page of several voices. ``wish``
    says that it is what they want to talk about.
    """

    number: int
    heading: str
    tongue: str
    language: str
    own: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    is_cut: bool = False
    is_brief: bool = False
    voice: str = ""
    wish: str = ""


class Part(Struct, frozen=True):
    """A section. ``left`` are the numbers of the entries that found no place on the sheet, and
    ``unheard`` lines about whose words are missing from it. ``marks`` is whether the labels of
    voices stand in it, and not once above all sections."""

    name: str
    heading: str
    missing: str
    entries: tuple[Entry, ...]
    left: tuple[int, ...] = ()
    unheard: tuple[str, ...] = ()
    marks: bool = True


def parts_of(page: Page, *, marks: bool = True) -> tuple[Part, ...]:
    """The whole page in the sections it shows, its items numbered throughout."""
    numbers = iter(range(sum(len(section.items) for section in page.sections)))
    return tuple(
        Part(
            section.name,
            headings.ON_PAPER.get(section.name) or plain(section.heading),
            plain(section.missing),
            tuple(_entry(page, item, next(numbers)) for item in section.items),
            unheard=tuple(plain(line) for line in section.unheard),
            marks=marks,
        )
        for section in page.shown_sections
    )


def plain(text: str) -> str:
    """Any text on one line, with the numbers of characters that cannot be shown."""
    return " ".join(_shown(text).split())


def spelled(page: Page) -> Page:
    """The page with the number of each sign that is drawn on another one, such as an accent."""

    def spell(value: object) -> object:
        match value:
            case str():
                return spelled_out(value)
            case tuple() | list():
                return [spell(each) for each in value]
            case dict():
                return {key: spell(each) for key, each in value.items()}
            case _:
                return value

    return msgspec.convert(spell(msgspec.to_builtins(page)), Page)


def spelled_out(text: str) -> str:
    """``text`` with the number of each sign that is drawn on another one."""
    return "".join(f"[{_number(sign)}]" if _belongs(sign) else sign for sign in text)


def words_in(text: str) -> int:
    """How many words a reader counts in ``text``: pieces with a letter or a digit in them."""
    return sum(any(sign.isalnum() for sign in word) for word in WORD.findall(text))


def word_weight(word: str) -> int:
    """How much of a sheet a word takes: more than one when it is long, as names of places are."""
    return 1 + len(word) // 12


def is_blank(line: Line) -> bool:
    """Whether there is nothing to see on ``line``."""
    return all(run.text.isspace() for run in line.runs)


def _entry(page: Page, item: PageItem, number: int) -> Entry:
    heading = plain(item.heading)
    voice = plain(item.voice) if page.is_shared else ""
    wish = f"{headings.SIGN} {headings.TALK_ABOUT_ON_PAPER}" if item.talk_about else ""
    # What the header says of a voice is not said again at each of its words.
    known = {DUTCH, *(each.language for each in page.voices if each.label == item.voice)}
    # Only codes that we know are codes: paper must not fail on a language that is none.
    language = item.language if item.language in headings.LANGUAGE else "und"
    if item.own_words:
        name = headings.language_name(item.language)
        tongue = "" if item.language in known else plain(f"in het {name}")
        own = tuple(line for piece in item.told() for line in _told(piece))
        return Entry(number, heading, tongue, language, own=own, voice=voice, wish=wish)
    names = {person.name for person in page.circle}
    choices = tuple(
        Choice(_ours(dutch), _breakable(plain(seen)), _ours(name_in(dutch, names)))
        for dutch, seen in item.pairs()
    )
    return Entry(number, heading, "", language, choices=choices, voice=voice, wish=wish)


def _ours(line: str) -> str:
    """A line of ours; the signs around a name, which keep its direction, stay as they are."""
    pieces = (each if ISOLATES.fullmatch(each) else _shown(each) for each in ISOLATES.split(line))
    return _breakable(" ".join("".join(pieces).split()))


def _told(piece: PagePiece) -> Iterator[Line]:
    """What was typed, or that something was said aloud, with its words when it has any."""
    if piece.note is not None:
        yield _line((Run(piece.on_paper()),))
    yield from _lines(piece.words)


def _lines(text: str) -> tuple[Line, ...]:
    """What someone wrote, without the empty lines above and below it."""
    lines: list[list[Run]] = [[]]
    for piece, is_mark in spans(text):
        for place, line in enumerate(piece.split("\n")):
            if place:
                lines.append([])
            lines[-1] += [Run(line, is_mark=True)] if is_mark else _runs(line)
    made = [_line(tuple(runs)) for runs in lines]
    full = [place for place, line in enumerate(made) if not is_blank(line)]
    return tuple(made[full[0] : full[-1] + 1]) if full else ()


def _shown(text: str) -> str:
    return PRIVATE.sub(lambda sign: f"[{_number(sign[0])}]", visible(text))


def _runs(line: str) -> Iterator[Run]:
    for place, piece in enumerate(PRIVATE.split(line)):
        is_mark = place % 2 == 1
        if piece:
            yield Run(_number(piece) if is_mark else _breakable(piece), is_mark)


def _number(sign: str) -> str:
    return f"U+{ord(sign):04X}"


def _line(runs: tuple[Run, ...]) -> Line:
    text = "".join(run.text for run in runs if not run.is_mark)
    words = sum(word_weight(word) for run in runs for word in WORD.findall(run.text))
    return Line(runs, _is_right_to_left(text), max(words, SHORTEST_LINE))


def _breakable(text: str) -> str:
    return LONG_WORD.sub(lambda word: BREAK.join(_pieces(word[0])), text)


def _pieces(word: str) -> Iterator[str]:
    """A word in pieces that fit on a line; none begins in the middle of what is one sign."""
    start = 0
    for place in range(1, len(word)):
        is_apart = not _belongs(word[place]) and word[place - 1] != "\u200d"
        if is_apart and place - start >= LONGEST_WORD:
            yield word[start:place]
            start = place
    yield word[start:]


def _belongs(sign: str) -> bool:
    """Whether ``sign`` is drawn on the one before it: an accent, a joiner, a shade of skin."""
    return unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"} or "🏻" <= sign <= "🏿"


def _is_right_to_left(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left."""
    directions = (unicodedata.bidirectional(sign) for sign in text)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"
