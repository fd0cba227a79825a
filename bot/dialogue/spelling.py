"""Words as people type them on a phone, made comparable: one key for many ways to write a word.

Nothing here knows what a word means. Every pattern is linear in the length of the text.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST_WORD = 40
"""Letters of a word that are looked at; a longer run of letters is no word."""

_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff]")
_PICTURES = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_PIECES = re.compile(
    rf"(?P<word>[^\W_]+(?:['’‘`´*@$][^\W_]+|\*+[^\W_]+)*)|(?P<picture>[{_PICTURES}])"
    r"|(?P<dots>\.{2,}|…)|(?P<end>[.!?]+)|(?P<comma>[,;:\n–—()]|\s-\s)"
)
_SPELT_OUT = re.compile(r"\b[^\W\d_](?:[ .\-_*][^\W\d_]){2,}\b")
_ACCENTS = re.compile("[\u0300-\u036f]+")
_VOWELS = re.compile("[aeiou]+")
_RUN = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1+")
_NUMBER_WITH_UNIT = re.compile(r"\d+[a-z]{0,3}")
_DIGITS = str.maketrans("034578@$", "oeastbas")
_BETWEEN = re.compile("['’‘`´]")

# What sounds the same is spelt the same, so that a mistake of ear is no mistake. In this order.
_SOUNDS: dict[str, tuple[tuple[str, str], ...]] = {
    "nl": (
        ("sch", "sg"),
        ("ch", "g"),
        ("ck", "k"),
        ("ce", "se"),
        ("ci", "si"),
        ("c", "k"),
        ("x", "ks"),
        ("q", "k"),
        ("ph", "f"),
        ("th", "t"),
        ("v", "f"),
        ("z", "s"),
        ("ij", "y"),
        ("ei", "y"),
        ("au", "ou"),
        ("dt", "d"),
    ),
    "en": (("ph", "f"), ("ck", "k"), ("y", "i"), ("ie", "i"), ("our", "or"), ("ght", "t")),
}
_HARD_ENDS = {"nl": ("d", "t"), "en": ("", "")}


class Piece(NamedTuple):
    """One word of a text, and what stands right before it.

    ``before``: "" nothing but space, "," the end of a part of a sentence, "." of a whole one.
    """

    word: str
    before: str


def pieces(text: str) -> list[Piece]:
    """The words and pictures of ``text``, in small letters without accents."""
    apart = unicodedata.normalize("NFKD", _HIDDEN.sub("", text.replace("\r", "\n")).casefold())
    plain = apart if apart.isascii() else _ACCENTS.sub("", apart)
    plain = _SPELT_OUT.sub(lambda letters: re.sub(r"[ .\-_*]", "", letters[0]), plain)
    found: list[Piece] = []
    before = "."
    for match in _PIECES.finditer(plain):
        match match.lastgroup:
            case "word" | "picture":
                found.append(Piece(_BETWEEN.sub("", match[0]), before))
                before = ""
            case "end":
                before = "."
            case "comma" if before != ".":
                before = ","
            case _:  # three dots say that more comes; they end nothing
                pass
    return found


def spellings(word: str) -> tuple[str, ...]:
    """``word`` as it was typed, and as it was probably meant: ``d00d`` dood, ``neeee`` nee."""
    if word.isalpha() and not _RUN.search(word):
        return (word,)
    shapes = [word]
    has_digits = any(sign.isdigit() for sign in word) and not word.isdigit()
    if "@" in word or "$" in word or (has_digits and not _NUMBER_WITH_UNIT.fullmatch(word)):
        meant = word.translate(_DIGITS)
        shapes += [meant.replace("1", "i"), meant.replace("1", "l")]
    for shape in tuple(shapes):
        if _RUN.search(shape):
            shapes += [_RUN.sub(r"\1\1", shape), _RUN.sub(r"\1", shape)]
    return tuple(dict.fromkeys(shapes))


def key(word: str, language: str) -> str:
    """How ``word`` sounds, roughly: the same for most ways of writing it. Doubles count once."""
    for written, heard in _SOUNDS.get(language, ()):
        if written in word:
            word = word.replace(written, heard)
    return _DOUBLE.sub(r"\1", word)


def closed(key_: str, language: str) -> str:
    """``key_`` as the last part of a word sounds: in Dutch ``moord`` ends like ``moort``."""
    soft, hard = _HARD_ENDS.get(language, ("", ""))
    return key_[: -len(soft)] + hard if soft and key_.endswith(soft) else key_


def skeleton(key_: str) -> str:
    """``key_`` without its vowels: how people write who are in a hurry, or do not dare to."""
    return key_[:1] + _VOWELS.sub("", key_[1:])


def nearly(one: str, other: str) -> bool:
    """Whether one slip of the finger turns ``one`` into ``other``, or two in a long word.

    A slip is a letter too many, too few, a wrong one, or two that changed places.
    """
    most = 2 if min(len(one), len(other)) >= 9 else 1
    if abs(len(one) - len(other)) > most:
        return False
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, left in enumerate(one, 1):
        here = [row]
        for column, right in enumerate(other, 1):
            cost = min(above[column] + 1, here[-1] + 1, above[column - 1] + (left != right))
            swapped = row > 1 and column > 1 and (left, right) == (other[column - 2], one[row - 2])
            here.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, above = above, here
    return above[-1] <= most


def shortened(word: str) -> tuple[str, ...]:
    """``word`` and every way to leave one letter out of it."""
    return (word, *{word[:at] + word[at + 1 :] for at in range(len(word))})
