"""Signals in someone's own words: what calls for a person now, and a question coloured already.

A mechanism over word lists, made to find more than it was shown: words are found however they are
typed, and together in any order. Nothing is weighed or scored: a signal is there or it is not, and
what follows from a false one costs a tap.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.dialogue.clauses import Clauses
from bot.dialogue.lexicon import HARMLESS, OVER, Lexicon, Sought
from bot.dialogue.recognising import heard

STEP = 5
"""Words from one part of a pattern to the next, at most, in one breath."""

OVER_WITHIN = 20
"""Words from a pattern to what says that it is over; people write without full stops."""

AROUND = 30
"""Words within which the parts of a pattern lie that may stand anywhere."""

MOST_TRIED = 100
"""Places where one pattern is tried in one text."""


def spotted(signals: Mapping[str, Lexicon], words: str, language: str) -> tuple[str, ...]:
    """The names of the signals in ``words``, each once, in the order of the word lists.

    ``language`` is the one they were typed in; words in a language without lists are held against
    all of them. Takes time in proportion to the length of ``words``, whatever they are.
    """
    lexicons = [signals[language]] if language in signals else list(signals.values())
    found = [name for lexicon in lexicons for name in _signals(words, lexicon)]
    return tuple(dict.fromkeys(found))


def _signals(words: str, lexicon: Lexicon) -> Iterator[str]:
    """The signals that are there, and neither a way of speaking, denied nor over."""
    read = heard(words, lexicon)
    places: dict[int, list[int]] = defaultdict(list)
    for place, items in enumerate(read.items):
        for part in {part for item in items for part in lexicon.parts.get(item, ())}:
            places[part].append(place)
    patterns: dict[str, list[Sought]] = defaultdict(list)
    for part in places:
        for pattern in lexicon.patterns.get(part, ()):
            if all(other in places for other in pattern.parts):
                patterns[pattern.says].append(pattern)
    if patterns.keys() <= {HARMLESS, OVER}:
        return
    text = _Text(places, Clauses(read, lexicon.roles))
    spoken = {place for hit in text.hits(patterns[HARMLESS]) for place in hit}
    for name in lexicon.says:
        sought = () if name in (HARMLESS, OVER) else patterns.get(name, ())
        if any(text.means(pattern, patterns[OVER], spoken) for pattern in sought):
            yield name


class _Text:
    """One text while patterns are sought in it. ``places`` are those of each part of a pattern."""

    def __init__(self, places: Mapping[int, list[int]], clauses: Clauses) -> None:
        self.places = places
        self.clauses = clauses
        self._over: frozenset[int] | None = None

    def means(self, pattern: Sought, over: Iterable[Sought], spoken: Collection[int]) -> bool:
        """Whether ``pattern`` is there, outside ``spoken``, and someone means it."""
        return any(
            (pattern.denies or not self.clauses.denies(hit)) and not self._is_over(hit, over)
            for hit in self._of(pattern, spoken)
        )

    def hits(self, patterns: Iterable[Sought]) -> Iterator[tuple[int, ...]]:
        """Where ``patterns`` are: for each the places of its parts, from first to last."""
        for pattern in patterns:
            yield from self._of(pattern, ())

    def _of(self, pattern: Sought, without: Collection[int]) -> Iterator[tuple[int, ...]]:
        places = [
            [place for place in self.places[part] if place not in without] for part in pattern.parts
        ]
        if not all(places):
            return
        in_order = pattern.reach == "in_order"
        first = 0 if in_order else min(range(len(places)), key=lambda part: len(places[part]))
        for anchor in places[first][:MOST_TRIED]:
            hit = self._around(pattern, places, first, anchor)
            if hit is not None:
                yield hit

    def _around(
        self, pattern: Sought, places: list[list[int]], first: int, anchor: int
    ) -> tuple[int, ...] | None:
        """The nearest places of the other parts to ``anchor``, when all are within reach."""
        anywhere = pattern.reach == "anywhere"
        breaths = self.clauses.breaths
        most = AROUND if anywhere else STEP * (len(places) - 1) + 1
        hit = [anchor]
        for number, others in enumerate(places):
            if number == first:
                continue
            least = hit[-1] + 1 if pattern.reach == "in_order" else anchor - most
            there = others[bisect_left(others, least) : bisect_right(others, anchor + most)]
            fit = [
                place
                for place in there
                if place not in hit and (anywhere or breaths[place] == breaths[anchor])
            ]
            if not fit:
                return None
            hit.append(min(fit, key=lambda place: abs(place - anchor)))
        return tuple(sorted(hit)) if max(hit) - min(hit) <= most else None

    def _is_over(self, hit: tuple[int, ...], patterns: Iterable[Sought]) -> bool:
        """Whether it has been, and someone says in this sentence or next to it that it is over."""
        if self._over is None:
            self._over = frozenset(place for one in self.hits(patterns) for place in one)
        beside = self.clauses.beside(hit, OVER_WITHIN)
        return not self._over.isdisjoint(beside) and not self.clauses.any_has("WEER", beside)
