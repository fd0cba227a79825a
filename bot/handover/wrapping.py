"""Breaks a name into lines of about the same length.

No character is lost: only the space at a break is not drawn. Between words first; inside a word
only when it is long, and never between a letter and what belongs to it.
"""

import unicodedata

MOST_LINES, SHORTEST_LINE = 4, 6
"""A name goes on no more lines than this, nor on so many that they are shorter on average."""

LONG_WORD = 18
"""Words up to this long stay whole: ``maatschappelijk`` does."""

SHORTEST_PIECE = 4
"""Of a broken word at least this much stands together."""

_JOINER = "\u200d"
_AFTER_HYPHEN = frozenset("-‐–—/·")


def wrappings(name: str) -> tuple[tuple[str, ...], ...]:
    """The name on one line, on two, and so on, as far as it can be broken that often."""
    signs = letters(name)
    breaks = _breaks(signs)
    found: list[tuple[str, ...]] = [(name,)]
    most = min(MOST_LINES, 1 + len(signs) // SHORTEST_LINE)
    for count in range(2, most + 1):
        places = _spread(breaks, len(signs), count)
        if len(places) == count - 1:
            ends = [*places, len(signs)]
            starts = [0, *places]
            lines = ("".join(signs[a:b]).strip(" ") for a, b in zip(starts, ends, strict=True))
            found.append(tuple(lines))
    return tuple(found)


def letters(text: str) -> list[str]:
    """The text cut wherever a line may end: a letter keeps its accents, an emoji its parts."""
    found: list[str] = []
    for sign in text:
        if found and (_clings(sign) or found[-1][-1] == _JOINER or _half_flag(found[-1], sign)):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _clings(sign: str) -> bool:
    """Whether ``sign`` belongs to the one before it."""
    return (
        unicodedata.category(sign) in {"Mn", "Me", "Mc", "Cf"}
        or "\U0001f3fb" <= sign <= "\U0001f3ff"  # the colour of a skin
    )


def _half_flag(before: str, sign: str) -> bool:
    """Whether ``sign`` is the second letter of a flag."""
    return len(before) == 1 and all("\U0001f1e6" <= half <= "\U0001f1ff" for half in (before, sign))


def _breaks(signs: list[str]) -> dict[int, bool]:
    """Where a line may end, and whether that breaks a word."""
    found: dict[int, bool] = {}
    start = 0
    for place in range(1, len(signs) + 1):
        if place < len(signs) and signs[place - 1] != " " and signs[place - 1] not in _AFTER_HYPHEN:
            continue
        word = place - start - (signs[place - 1] == " ")
        if word > LONG_WORD:
            inside = range(start + SHORTEST_PIECE, start + word - SHORTEST_PIECE + 1)
            found |= dict.fromkeys(inside, True)
        if place < len(signs):
            found[place] = False
        start = place
    return found


def _spread(breaks: dict[int, bool], length: int, count: int) -> list[int]:
    """The places, at most ``count - 1``, that divide ``length`` most evenly."""
    price = length / 4 + 2  # so far from even before a word is broken for it
    places: list[int] = []
    for number in range(1, count):
        even = length * number / count
        left = [place for place in breaks if not places or place > places[-1]]
        if left:
            places.append(min(left, key=lambda place: abs(place - even) + breaks[place] * price))
    return places
