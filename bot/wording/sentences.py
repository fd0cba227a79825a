"""Cuts a text that a family reads into sentences and words.

A sentence ends at ``.`` ``!`` ``?`` or ``…`` before white space, and at the end of a line: in our
texts a line break stands where someone takes breath. A word has a letter in it; numbers, signs,
placeholders (``{team}``) and addresses (``113.nl``) are no words, as nobody reads them letter by
letter.
"""

import re

from msgspec import Struct

LONGEST_SENTENCE = 15
"""Words in any sentence that a family reads. Source: the domain notes, §5.3."""

_NO_WORDS = re.compile(r"\{[^{}]*\}|https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b|\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[’”\"')]*(?=\s|$)")
_LISTED = re.compile(r"^\s*[•*–-]\s+")


class Sentence(Struct, frozen=True):
    """One sentence as it stands in the text, and its words.

    ``line`` counts the lines of the text from 0; ``listed`` is one of things below each other.
    """

    text: str
    words: tuple[str, ...]
    line: int
    listed: bool = False

    @property
    def asks(self) -> bool:
        """Whether it ends with a question mark."""
        return self.text.rstrip("’”\"') ").endswith("?")


def words_of(text: str) -> tuple[str, ...]:
    """The words in ``text``."""
    return tuple(_WORD.findall(_NO_WORDS.sub(" ", text)))


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences in ``text`` that have a word, in order."""
    found: list[Sentence] = []
    for number, line in enumerate(text.splitlines()):
        listed = _LISTED.match(line) is not None
        rest = _LISTED.sub("", line)
        begins = 0
        for end in (*(match.end() for match in _END.finditer(rest)), len(rest)):
            piece = rest[begins:end].strip()
            begins = end
            if words := words_of(piece):
                found.append(Sentence(piece, words, number, listed))
    return tuple(found)
