"""Finds words that are better left unsaid, and says what to use instead.

Upper case and accents make no difference: ``cliënt`` is found as ``Client`` too. A word is found as
a whole: ``moeten`` is not in ``ontmoeten``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from msgspec import Struct


class Allowed(Struct, frozen=True):
    """Where an avoided word may stand: inside ``words``, and only in texts of ``place``.

    ``place`` begins the key of a text (``ouder``, ``ouder/vertel``); "" stands for every text.
    """

    words: str
    reason: str
    place: str = ""


class Avoided(Struct, frozen=True):
    """Words to leave unsaid: what to ``use`` instead and for what ``reason``, both in Dutch.

    A form is a word or a few; a ``*`` before or behind it stands for any letters.
    """

    id: str
    forms: tuple[str, ...]
    use: str
    reason: str
    allowed: tuple[Allowed, ...] = ()


class Found(NamedTuple):
    """Words that were found, as they were written; ``start`` counts the characters before."""

    start: int
    words: str
    avoided: Avoided

    @property
    def message(self) -> str:
        """What to do about it, in Dutch."""
        return (
            f"Liever niet ‘{' '.join(self.words.split())}’. Schrijf bijvoorbeeld:"
            f" {self.avoided.use}. {self.avoided.reason}"
        )


def plain(text: str) -> str:
    """``text`` in lower case and without accents, each letter in the place where it was."""
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


class Tone:
    """The words that are avoided in one language: one regular expression for all of them."""

    __slots__ = ("_allowed", "_named", "_words", "avoided")

    def __init__(self, avoided: Iterable[Avoided] = ()) -> None:
        """Without any, nothing is ever found."""
        self.avoided = tuple(avoided)
        self._named = {f"r{number}": each for number, each in enumerate(self.avoided)}
        ways = [f"(?P<{name}>{_any_of(each.forms)})" for name, each in self._named.items()]
        self._words = re.compile(rf"(?<![\w{{])(?:{'|'.join(ways) or '(?!)'})(?!\w)")
        self._allowed = {
            each.id: [
                (may.place and f"{may.place}/", re.compile(_pattern(may.words)))
                for may in each.allowed
            ]
            for each in self.avoided
        }

    def may_speak_in(self, text: str) -> bool:
        """Whether one of the words stands in ``text`` at all, allowed there or not."""
        return self._words.search(plain(text)) is not None

    def found(self, key: str, text: str) -> Iterator[Found]:
        """The words that are avoided in ``text``, which is found by ``key``."""
        simple = plain(text)
        written = unicodedata.normalize("NFC", text)
        for match in self._words.finditer(simple):
            avoided = self._named[match.lastgroup or ""]
            start, end = match.span()
            if not any(
                span.start() <= start and end <= span.end()
                for place, words in self._allowed[avoided.id]
                if f"{key}/".startswith(place)
                for span in words.finditer(simple)
            ):
                yield Found(start, written[start:end], avoided)


WordChoice: TypeAlias = Mapping[str, Tone]
"""The words that are avoided, by the code of the language."""


def _any_of(forms: Iterable[str]) -> str:
    # Longer ones first: of ‘eigen’ and ‘eigen kracht’ the second is what someone should hear of.
    return "|".join(_pattern(form) for form in sorted(forms, key=len, reverse=True))


def _pattern(form: str) -> str:
    """What finds ``form`` in a text that was made ``plain``."""
    words = [re.escape(word).replace(r"\*", r"\w*") for word in plain(form).split()]
    return r"\s+".join(words)


def _plain_letter(letter: str) -> str | None:
    """The letter below the accents of ``letter``; None when it has none, or is more than one."""
    signs = unicodedata.normalize("NFD", letter.lower())
    base = [sign for sign in signs if not unicodedata.combining(sign)]
    return base[0] if len(base) == 1 and base[0] != letter else None


_LATIN = range(0x41, 0x250)
_PLAIN = {code: found for code in _LATIN if (found := _plain_letter(chr(code))) is not None} | {
    ord("’"): "'",
    ord("‑"): "-",
}
