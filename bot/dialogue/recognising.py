"""Which items of a word list the words of a text are, however they were typed."""

from collections.abc import Iterator
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from bot.dialogue.lexicon import BONES, FORGIVEN, LEAST, SHORT, Lexicon, Wordlist, prepared
from bot.dialogue.spelling import (
    LONGEST_WORD,
    closed,
    key,
    nearly,
    pieces,
    shortened,
    skeleton,
    spellings,
)

MOST_GLUED = 60
"""Long unknown words of one text that are tried as words without spaces between them."""

LONGEST_ENDING = 6

_NOTHING = ("",) * LONGEST_WORD
_GLUED = range(7, LONGEST_WORD)
_LONGEST_GLUED = 14


class Heard(Struct, frozen=True):
    """The words of a text: for each its items, and what stood before it ("", "," or ".")."""

    items: tuple[frozenset[int], ...]
    before: tuple[str, ...]


def ready(words: Wordlist) -> Lexicon:
    """``words``, prepared for reading, the words that stand in every text looked up already.

    Done once, when the files are read.
    """
    bare = prepared(words)
    reader = _Reader(bare)
    common = {item for items in words.roles.values() for item in items if item.isalpha()}
    return replace(bare, known={word: reader.items(word) for word in common - bare.same.keys()})


def heard(text: str, lexicon: Lexicon) -> Heard:
    """Every word of ``text`` with the items it is; an item of two words is at the first of them."""
    reader = _Reader(lexicon)
    before: list[str] = []
    words: list[str] = []
    for piece in pieces(text):
        meant = reader.meant(piece.word)
        words += meant
        before += (piece.before, *_NOTHING[: len(meant) - 1])
    items = [reader.items(word) for word in words]
    sounds = [reader.sound(word) for word in words]
    for at, (first, second) in enumerate(pairwise(sounds)):
        one = first + (second[1:] if first[-1:] == second[:1] else second)
        if one[:FORGIVEN] in lexicon.openings:
            items[at] |= reader.joined(one, longer_than=len(first))
        # From left to right: items of two words are no part of longer ones.
        for item in items[at] & lexicon.pairs.keys():
            items[at] |= {both for other, both in lexicon.pairs[item] if other in items[at + 1]}
    return Heard(tuple(items), tuple(before))


class _Reader:
    """Looks words up; forgets everything after the text, as these are a family's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.known = dict(lexicon.known)
        self.sounds: dict[str, str] = {}
        self.meanings: dict[str, tuple[str, ...]] = {}
        self.glued_left = MOST_GLUED

    def meant(self, word: str) -> tuple[str, ...]:
        """``word``, or the words it stands for: slang spelt out, lost spaces put back."""
        if word not in self.meanings:
            self.meanings[word] = self._meant(word)
        return self.meanings[word]

    def _meant(self, word: str) -> tuple[str, ...]:
        if word in self.lexicon.known:
            return (word,)
        for shape in spellings(word):
            if shape in self.lexicon.same:
                return self.lexicon.same[shape]
        if len(word) in _GLUED and not self.items(word) and self.glued_left:
            self.glued_left -= 1
            return tuple(
                each for part in self._apart(word) for each in self.lexicon.same.get(part, (part,))
            )
        return (word,)

    def items(self, word: str) -> frozenset[int]:
        """The items that ``word`` is; with a slip of the finger only when it is none as it is."""
        if word not in self.known:
            shapes = spellings(word[:LONGEST_WORD])
            found = {item for shape in shapes for item in self._found(shape)}
            if not found:
                found = {item for shape in shapes for item in self._slipped(shape)}
            if not found:
                found = {item for shape in shapes for item in self._boned(shape)}
            if not found and "*" in word:
                found = set(self._starred(word))
            self.known[word] = frozenset(found)
        return self.known[word]

    def sound(self, word: str) -> str:
        """The key of ``word``."""
        if word not in self.sounds:
            self.sounds[word] = key(word[:LONGEST_WORD], self.lexicon.language)
        return self.sounds[word]

    def joined(self, sound: str, longer_than: int) -> frozenset[int]:
        """The items that are one word where someone typed two: ``zelf moord``; by its key."""
        found = set(self.lexicon.stems.get(closed(sound, self.lexicon.language), ()))
        for end in range(max(longer_than + 1, FORGIVEN), min(len(sound), LONGEST_WORD) + 1):
            found.update(self.lexicon.heads.get(sound[:end], ()))
        return frozenset(found)

    def _found(self, word: str) -> Iterator[int]:
        lexicon = self.lexicon
        yield from lexicon.exact.get(word, ())
        sound = self.sound(word)
        if len(word) < SHORT:
            yield from lexicon.heads.get(sound, ())
            return
        for stem in self._stems(sound):
            if stem in lexicon.stems:
                yield from lexicon.stems[stem]
        if sound[:LEAST] in lexicon.openings:
            for end in range(LEAST, len(sound) + 1):
                yield from lexicon.heads.get(sound[:end], ())
        if lexicon.tails:
            last = closed(sound, lexicon.language)
            for start in range(1, len(last) - SHORT):
                yield from lexicon.tails.get(last[start:], ())
        for middle, items in lexicon.middles.items():
            if middle in sound:
                yield from items

    def _stems(self, sound: str) -> Iterator[str]:
        """``sound`` without each of the endings and beginnings it may have."""
        bare = [sound]
        bare += [sound[len(one) :] for one in self.lexicon.beginnings if sound.startswith(one)]
        for each in bare:
            yield closed(each, self.lexicon.language)
            for end in range(max(SHORT - 1, len(each) - LONGEST_ENDING), len(each)):
                if each[end:] in self.lexicon.endings:
                    yield closed(each[:end], self.lexicon.language)

    def _slipped(self, word: str) -> Iterator[int]:
        if len(word) < FORGIVEN or not word.isalpha():
            return
        for stem in dict.fromkeys(self._stems(self.sound(word))):
            if len(stem) < FORGIVEN - 1:
                continue
            near = {one for rest in shortened(stem) for one in self.lexicon.slips.get(rest, ())}
            for one in near:
                if one[0] == stem[0] and nearly(closed(one, self.lexicon.language), stem):
                    yield from self.lexicon.stems.get(one, ())
                    yield from self.lexicon.heads.get(one, ())

    def _boned(self, word: str) -> Iterator[int]:
        """The items that ``word`` is when it lost vowels, as most of its letters are none."""
        sound = closed(self.sound(word), self.lexicon.language)
        bare = skeleton(sound)
        if len(bare) >= BONES and len(sound) - len(bare) <= 1:
            for one in self.lexicon.bones.get(bare, ()):
                yield from self.lexicon.stems.get(one, ())
                yield from self.lexicon.heads.get(one, ())

    def _starred(self, word: str) -> Iterator[int]:
        """The items that fit ``z*lfm**rd``: signs someone put there to dare to type it."""
        sound = word[:LONGEST_WORD]
        for plain in self.lexicon.glued:
            if len(plain) == len(sound) > SHORT and all(
                sign in ("*", letter) for sign, letter in zip(sound, plain, strict=True)
            ):
                yield from self._found(plain)

    def _apart(self, word: str) -> tuple[str, ...]:
        """``word`` as words that may have lost their spaces; itself when it is not all of those.

        The longest word comes first, and one of them has four letters at least.
        """
        ways: list[tuple[str, ...] | None] = [None] * (len(word) + 1)
        ways[len(word)] = ()
        for start in reversed(range(len(word))):
            for end in range(min(len(word), start + _LONGEST_GLUED), start + 1, -1):
                rest = ways[end]
                if rest is not None and word[start:end] in self.lexicon.glued:
                    ways[start] = (word[start:end], *rest)
                    break
        parts = ways[0]
        if parts is None or max(map(len, parts)) < SHORT:
            return (word,)
        return parts
