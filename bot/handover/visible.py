"""Shows the characters in someone's words that cannot be seen.

A right-to-left override turns ``exe.txt`` round, a zero-width space hides inside a name: whoever
reads a page must see that they are there. What belongs to writing stays as it is: joiners between
letters that join (Persian, Kurdish, Hindi), and between the parts of one emoji.
"""

import unicodedata
from collections.abc import Iterator

NON_JOINER, JOINER = "\u200c", "\u200d"
EMOJI_PRESENTATION, TAG_BASE = "\ufe0f", "\U0001f3f4"
VISIBLE_CONTROLS = "\n\t"


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, in order: ``(piece, False)`` to show as it is, ``(mark, True)`` to mark.

    A mark is the number of an invisible character, such as ``U+202E``. The pieces hold neither
    controls (line breaks and tabs apart) nor lone surrogates: those become U+FFFD.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    plain = ""
    for place, character in enumerate(text):
        if not _hides(text, place):
            plain += character
            continue
        if plain:
            yield plain, False
            plain = ""
        yield f"U+{ord(character):04X}", True
    if plain:
        yield plain, False


def visible(text: str) -> str:
    """The text with each invisible character written as ``[U+202E]``."""
    return "".join(f"[{piece}]" if mark else piece for piece, mark in spans(text))


def one_line(text: str) -> str:
    """``visible``, with every line break and run of spaces made one space."""
    return " ".join(visible(text).split())


def _hides(text: str, place: int) -> bool:
    character = text[place]
    if character in VISIBLE_CONTROLS:
        return False
    if unicodedata.category(character) not in {"Cc", "Cf", "Zl", "Zp"}:
        return character in _BLANKS
    before = text[place - 1] if place else ""
    after = text[place + 1 : place + 2]
    if character == NON_JOINER:
        return not (_joins(before) and _joins(after))
    if character == JOINER:
        return not (_joins(before) or (_pictures(before) and _pictures(after)))
    if "\U000e0020" <= character <= "\U000e007f":
        return TAG_BASE not in text[max(0, place - 8) : place]
    return True


_BLANKS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Characters that are letters or marks by name and show nothing at all."""

_JOINING = (
    ("\u0600", "\u08ff"),
    ("\u0900", "\u0dff"),
    ("\u1000", "\u109f"),
    ("\u1780", "\u17ff"),
    ("\ufb50", "\ufdff"),
    ("\ufe70", "\ufefc"),
)
"""Scripts in which joiners are part of writing: Arabic, those of India, Burmese and Khmer."""


def _joins(character: str) -> bool:
    return any(first <= character <= last for first, last in _JOINING) if character else False


def _pictures(character: str) -> bool:
    if not character:
        return False
    return character == EMOJI_PRESENTATION or unicodedata.category(character) in {"So", "Sk"}
