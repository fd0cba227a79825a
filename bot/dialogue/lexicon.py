"""The signal words of one language, prepared so that a long text is read in milliseconds.

A ``Wordlist`` is what people wrote in ``dialogen/signaalwoorden.yaml``; a ``Lexicon`` is the same
with every word under the keys by which it is found.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias, TypeVar, get_args

from msgspec import Struct

from bot.dialogue.spelling import closed, key, pieces, shortened, skeleton

Reach: TypeAlias = Literal["close", "in_order", "anywhere"]
"""How near the parts of a pattern stand: in one breath, in that order too, or thereabouts."""

REACHES: Final[tuple[Reach, ...]] = get_args(Reach)

Role: TypeAlias = Literal[
    "NIET",
    "TOCH",
    "MENEN",
    "ALS",
    "VOEGWOORD",
    "BIJZIN",
    "ONDERWERP",
    "KAN",
    "DOET",
    "WEER",
    "GEWOON",
]
"""Groups with a meaning of their own.

``NIET`` denies; ``TOCH`` beside it takes that back ("niet stoppen met"); ``MENEN`` beside it
carries it into what follows ("ik denk niet dat"); right behind ``ALS`` and an ``ONDERWERP`` it
denies nothing ("als ik niet luister"); ``VOEGWOORD`` begins a new part of a sentence
when an ``ONDERWERP`` follows, ``BIJZIN`` always; ``WEER`` says that what is over is back;
``GEWOON`` are words that are no slip of the finger of another.
"""

ROLES: Final[tuple[Role, ...]] = get_args(Role)

SHORT = 4
"""A word with fewer letters is found only as it is written: endings would make it another word."""

LEAST = 3
"""Letters that stand before a ``*`` at least."""

BONES = 5
"""A word whose key has so many letters without vowels is found without them."""

_K = TypeVar("_K", str, int)

FORGIVEN = 6
"""A word whose key is as long as this is found with a slip of the finger too."""


class Pattern(Struct, frozen=True):
    """Words that mean something together: one of each of ``parts``, within ``reach``."""

    parts: tuple[tuple[str, ...], ...]
    reach: Reach = "close"


class Wordlist(Struct, frozen=True):
    """What people wrote about one language, its groups filled in. An item is one or two words.

    ``word`` is found with ``endings`` and ``beginnings`` too, ``=word`` only as it is, ``word*``
    with anything behind it, ``*word`` before it. ``same`` are other ways to write a word or two.
    """

    language: str
    signals: dict[str, tuple[Pattern, ...]]
    endings: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()
    same: dict[str, tuple[str, ...]] = {}
    roles: dict[str, tuple[str, ...]] = {}
    harmless: tuple[Pattern, ...] = ()
    over: tuple[Pattern, ...] = ()


HARMLESS = "harmless"
OVER = "over"
"""What a pattern says that is no signal: it is a way of speaking; it has been, and is no more."""


class Sought(Struct, frozen=True):
    """A pattern by the numbers of its parts, and what it says: a signal, or one of the above.

    ``denies``: saying "not" is part of what it means.
    """

    says: str
    parts: tuple[int, ...]
    reach: Reach
    denies: bool


class Lexicon(Struct, frozen=True):
    """A word list by the keys under which a word of a text is looked up.

    Values are numbers of items. ``exact`` is by the word as it is written, ``stems``, ``heads``,
    ``tails`` and ``middles`` by key. To find a word that was typed another way: ``slips`` are keys
    by what remains when a letter is left out, ``bones`` when all vowels are; ``glued`` are words
    that may have lost the spaces between them. ``openings`` are how keys begin: of long items in
    ``FORGIVEN`` letters, of ``heads`` in ``LEAST``. ``pairs`` are the items of two words, by the
    first. ``parts`` gives for each item the parts of patterns it belongs to; ``patterns`` are by
    one of their parts, ``says`` is what they say in the order of the file. ``known`` are words
    that were looked up already.
    """

    language: str
    exact: dict[str, tuple[int, ...]]
    stems: dict[str, tuple[int, ...]]
    heads: dict[str, tuple[int, ...]]
    tails: dict[str, tuple[int, ...]]
    middles: dict[str, tuple[int, ...]]
    slips: dict[str, tuple[str, ...]]
    bones: dict[str, tuple[str, ...]]
    openings: frozenset[str]
    pairs: dict[int, tuple[tuple[int, int], ...]]
    parts: dict[int, tuple[int, ...]]
    roles: dict[str, frozenset[int]]
    patterns: dict[int, tuple[Sought, ...]]
    says: tuple[str, ...]
    endings: frozenset[str]
    beginnings: tuple[str, ...]
    same: dict[str, tuple[str, ...]]
    glued: frozenset[str]
    known: dict[str, frozenset[int]] = {}


def prepared(words: Wordlist) -> Lexicon:
    """``words`` under all their keys."""
    return _Binder(words).bound()


class _Binder:
    """Gives every item and every part a number."""

    def __init__(self, words: Wordlist) -> None:
        self.words = words
        self.items: dict[str, int] = {}
        self.part_ids: dict[tuple[int, ...], int] = {}
        self.sizes: dict[int, int] = {}
        self.exact: dict[str, list[int]] = defaultdict(list)
        self.stems: dict[str, list[int]] = defaultdict(list)
        self.heads: dict[str, list[int]] = defaultdict(list)
        self.tails: dict[str, list[int]] = defaultdict(list)
        self.middles: dict[str, list[int]] = defaultdict(list)
        self.pairs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.glued: set[str] = set()

    def bound(self) -> Lexicon:
        words = self.words
        roles = {name: frozenset(map(self.item, items)) for name, items in words.roles.items()}
        denying = roles.get("NIET", frozenset())
        says = {HARMLESS: words.harmless, OVER: words.over} | words.signals
        patterns: dict[int, list[Sought]] = defaultdict(list)
        for name, written in says.items():
            for sought in self.sought(name, written, denying):
                patterns[min(sought.parts, key=self.sizes.__getitem__)].append(sought)
        same = {
            _plain(typed): tuple(meant.split())
            for meant, others in words.same.items()
            for typed in others
        }
        slips: dict[str, list[str]] = defaultdict(list)
        bones: dict[str, list[str]] = defaultdict(list)
        for found in {**self.stems, **self.heads}:
            if len(found) >= FORGIVEN:
                for rest in shortened(closed(found, words.language)):
                    slips[rest].append(found)
                bare = skeleton(closed(found, words.language))
                if len(bare) >= BONES:
                    bones[bare].append(found)
        parts: dict[int, list[int]] = defaultdict(list)
        for items, number in self.part_ids.items():
            for item in items:
                parts[item].append(number)
        return Lexicon(
            words.language,
            _fixed(self.exact),
            _fixed(self.stems),
            _fixed(self.heads),
            _fixed(self.tails),
            _fixed(self.middles),
            {rest: tuple(keys) for rest, keys in slips.items()},
            {rest: tuple(keys) for rest, keys in bones.items()},
            frozenset(
                [each[:FORGIVEN] for each in (*self.stems, *self.heads) if len(each) >= FORGIVEN]
                + [each[:LEAST] for each in self.heads]
            ),
            {first: tuple(rest) for first, rest in self.pairs.items()},
            _fixed(parts),
            roles,
            {part: tuple(dict.fromkeys(found)) for part, found in patterns.items()},
            tuple(says),
            frozenset(key(ending, words.language) for ending in words.endings),
            tuple(key(beginning, words.language) for beginning in words.beginnings),
            same,
            frozenset(self.glued | same.keys()),
        )

    def sought(
        self, says: str, patterns: Iterable[Pattern], denying: frozenset[int]
    ) -> Iterator[Sought]:
        for pattern in patterns:
            parts = [tuple(sorted({self.item(item) for item in part})) for part in pattern.parts]
            numbers = [self.part_ids.setdefault(part, len(self.part_ids)) for part in parts]
            self.sizes.update({n: len(part) for n, part in zip(numbers, parts, strict=True)})
            denies = any(denying.issuperset(part) for part in parts)
            yield Sought(says, tuple(numbers), pattern.reach, denies)

    def item(self, item: str) -> int:
        """The number of ``item``, under all its keys."""
        if item in self.items:
            return self.items[item]
        number = self.items[item] = len(self.items)
        if " " in item:
            first, second = item.split()
            self.pairs[self.item(first)].append((self.item(second), number))
            return number
        word = _plain(item.strip("=*"))
        self.glued.add(word)
        sound = key(word, self.words.language)
        if item.startswith("=") or (len(word) < SHORT and "*" not in item):
            self.exact[word].append(number)
        elif item.startswith("*") and item.endswith("*"):
            self.middles[sound].append(number)
        elif item.endswith("*"):
            self.heads[sound].append(number)
        elif item.startswith("*"):
            self.tails[closed(sound, self.words.language)].append(number)
        else:
            self.stems[closed(sound, self.words.language)].append(number)
        return number


def _plain(word: str) -> str:
    """``word`` as ``pieces`` gives it."""
    return "".join(piece.word for piece in pieces(word))


def _fixed(found: dict[_K, list[int]]) -> dict[_K, tuple[int, ...]]:
    return {each: tuple(numbers) for each, numbers in found.items()}
