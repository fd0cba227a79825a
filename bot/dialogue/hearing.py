"""What typed words mean where an answer of one line is asked: a number, a name, a phone number.

Gives the answer, or the kind line that says what would fit.
"""

import re
import unicodedata

from bot.dialogue.answers import Answer, Counted, Reached, Said
from bot.dialogue.message import Part
from bot.dialogue.phrases import line
from bot.dialogue.tree import Contact, Dialogue, Number

LONGEST_ANSWER = 8_000
"""Characters of own words kept for one question, over all its messages. Source: promises, §4."""

LONGEST_NOTE = 5 * 60
LARGEST_NOTE = 5_000_000
"""Seconds and bytes of one recording, at most. Source: promises, §4."""

MOST_NOTES = 6
"""Recordings in one answer, at most: half an hour is as long as anybody listens."""

LONGEST_REPLY = 2_000
"""Characters of one message to the team: as many as the team has for its own."""

TEAMS_SHOWN = 8
"""So many teams are offered as buttons when what someone typed names none of them."""

MOST_PEOPLE = 20
"""People in one circle: more do not fit on a screen of names to tick, nor in its picture."""

LONGEST_PERSON = 40
"""Characters of the name of someone in a circle; a button shows no more."""

LONGEST_NAME = 64
LONGEST_EMAIL = 254

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_INVISIBLE = {"Cc", "Cf", "Cs"}
_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and marks that show nothing at all."""

_BETWEEN_NAMES = re.compile(r"[\n\r,;،؛、]|\s(?:en|and|&|\+)\s", re.IGNORECASE)
_AROUND_A_NAME = " \t.:•*·–—-"
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s().\-/]+(?=\d)")


def heard(node: Number | Contact, words: str, origin: int | None) -> Answer | Part:
    """The answer in ``words``, or the line that says kindly what would fit."""
    if isinstance(node, Number):
        return _number(node, words, origin)
    one_line = " ".join(_visible(words).split())
    match node.of:
        case "phone":
            digits = re.sub(r"[\s().\-/]", "", one_line)
            is_phone = re.fullmatch(r"\+?\d{8,15}", digits)
            return Reached(one_line, origin) if is_phone else line("phone_please")
        case "email":
            is_email = _EMAIL.fullmatch(one_line) and len(one_line) <= LONGEST_EMAIL
            return Reached(one_line, origin) if is_email else line("email_please")
        case _:
            is_name = 0 < len(one_line) <= LONGEST_NAME
            return Reached(one_line, origin) if is_name else line("name_please")


def names_in(words: str) -> tuple[tuple[str, ...], tuple[Part, ...]]:
    """The names in ``words``, and lines that say kindly why some of it was not kept.

    Names stand on a line each, or between commas, semicolons and the words for "and". There is a
    line whenever there is no name.
    """
    names: list[str] = []
    why: list[Part] = []
    for piece in _BETWEEN_NAMES.split(words):
        if not _seen(piece).strip(_AROUND_A_NAME):
            continue
        name = one_name(piece)
        if isinstance(name, str):
            names.append(name)
        elif name not in why:
            why.append(name)
    if not names and not why:
        why.append(line("circle_please"))
    return tuple(names), tuple(why)


def one_name(words: str) -> str | Part:
    """``words`` as the name of one person, or the line that says kindly why they are none.

    A row of three digits or more is no name but a number, and numbers of others are not for here.
    """
    name = " ".join(_seen(words).split()).strip(_AROUND_A_NAME)
    if not name:
        return line("circle_please")
    is_number = any(sign.isdigit() for sign in name) and not any(sign.isalpha() for sign in name)
    if is_number or re.search(r"\d{3}", _BETWEEN_DIGITS.sub("", name)):
        return line("circle_no_numbers")
    if len(name) > LONGEST_PERSON:
        return line("circle_too_long")
    return name


def _number(node: Number, words: str, origin: int | None) -> Answer | Part:
    found = re.findall(r"\d+", words)
    if len(found) == 1 and len(found[0]) <= len(str(node.most)):
        number = int(found[0])
        if node.least <= number <= node.most:
            return Counted(number, origin)
    return line("number_please", van=node.least, tot=node.most)


def fitting(draft: tuple[Said, ...], words: str, longest: int = LONGEST_ANSWER) -> str:
    """As much of ``words`` as still fits beside ``draft``, in ``longest`` characters."""
    room = longest - sum(len(said.words) for said in draft)
    return words[: max(room, 0)]


def teams_named(dialogue: Dialogue, words: str) -> tuple[str, ...]:
    """The teams whose town or postcode is in ``words``, in the order they are offered."""
    plain = _plain(words)
    towns = _spaced(plain)
    postcodes = re.findall(r"\b\d{4}", plain)
    return tuple(
        place.team
        for place in dialogue.around.teams
        if any(_spaced(_plain(town)) in towns for town in place.towns)
        or any(code.startswith(area) for code in postcodes for area in place.postcodes)
    )


def _spaced(plain: str) -> str:
    """The words of ``plain`` with a space around each, so that only whole words are found."""
    found = re.findall(r"[^\W_]+", plain)
    return f" {' '.join(found)} "


def _plain(words: str) -> str:
    """Small letters without accents, so that someone finds their town as they type it."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _seen(words: str) -> str:
    """What anyone can see of ``words``, on one line."""
    shown = (" " if unicodedata.category(sign) == "Cc" else sign for sign in words)
    hidden = (*_INVISIBLE, "Zl", "Zp")
    return "".join(
        sign for sign in shown if unicodedata.category(sign) not in hidden and sign not in _BLANKS
    )


def _visible(words: str) -> str:
    """Without control and direction signs: a name has none, and shows as it is."""
    return "".join(sign if unicodedata.category(sign) not in _INVISIBLE else " " for sign in words)
