"""Counts syllables, when the development package ``pyphen`` is installed.

Pyphen knows where a word may be broken at the end of a line, which is nearly where its syllables
part. One kind it never parts, as nobody would break a line there: a first syllable of one vowel
(``o-ma``, ``a-bout``). That one is counted here, so that a text never seems easier than it is.
"""

import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Protocol, TypeAlias

Count: TypeAlias = Callable[[str], int]
"""The number of syllables of a word."""

_HYPHENATION = {"nl": "nl_NL", "en": "en_US"}
_ONE_VOWEL = {
    "nl": re.compile(r"[aeiouéëïö][^\W\daeiouyéëïö][aeiouyéëïö]"),
    # ‘are’ and ‘use’ are one syllable: their last letter is not heard.
    "en": re.compile(r"[aeiou][^\W\daeiouy](?!e$)[aeiouy]"),
}


class _Pyphen(Protocol):
    def positions(self, word: str) -> list[int]:
        """Where ``word`` may be broken."""
        ...


def is_installed() -> bool:
    """Whether syllables can be counted here."""
    return find_spec("pyphen") is not None


@cache
def counter(language: str) -> Count | None:
    """How syllables are counted in ``language``; None where nobody can: see ``is_installed``."""
    if language not in _HYPHENATION or not is_installed():
        return None
    breaks: _Pyphen = import_module("pyphen").Pyphen(lang=_HYPHENATION[language])
    one_vowel = _ONE_VOWEL[language]

    @cache
    def count(word: str) -> int:
        word = word.lower()
        parts = [part for part in re.split(r"['’-]", word) if part] or [word]
        return sum(
            len(breaks.positions(part)) + 1 + (one_vowel.match(part) is not None)
            for part in parts
            if len(part) > 1 or len(parts) == 1
        )

    return count
