"""Where the parts of a text begin and end, and what is denied in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping

from bot.dialogue.lexicon import Role
from bot.dialogue.recognising import Heard

DENIED_WITHIN = 7
"""Words from "not" to what it denies, at most."""

_NOT_BEHIND = 2
"""Words to look back from "not" for what takes it back or carries it on; twice as far ahead."""

_SUPPOSED_WITHIN = 3
"""Words from "if" to a "not" that only says when something happens."""


class Clauses:
    """One text as sentences, and as parts of sentences that each tell of someone or something.

    ``sentences`` and ``breaths`` give for each word the number of its sentence, and of the stretch
    of it in which words belong together: a new one begins where someone else comes into it.
    """

    def __init__(self, heard: Heard, roles: Mapping[str, frozenset[int]]) -> None:
        self._items = heard.items
        self._kinds = frozenset(heard.items)
        self._roles = roles
        self._known: dict[Role, list[bool]] = {}
        self.sentences: list[int] = []
        self.breaths: list[int] = []
        self._clauses: list[int] = []
        self._cut(heard.before)

    def _cut(self, signs: tuple[str, ...]) -> None:
        joins, opens = self.has("VOEGWOORD"), self.has("BIJZIN")
        subjects, nots = self.has("ONDERWERP"), self.has("NIET")
        turned, can = self.has("DOET"), self.has("KAN")
        breath = clause = sentence = 0
        for place, sign in enumerate(signs):
            joined = joins[place] and any(subjects[place + 1 : place + 3])
            goes_on = joins[place] and any(turned[place + 1 : place + 2])  # "en hebben geen plek"
            # Behind a verb it is the same part of the sentence: "weglopen zou ze nooit".
            inverted = bool(place) and turned[place - 1] and not sign
            subject = subjects[place] and not inverted
            cannot = can[place] and any(nots[place + 1 : place + 2])
            sentence += sign == "."
            breath += sign == "." or (sign == "," and subject) or joined
            clause += bool(sign) or joined or goes_on or opens[place] or subject or cannot
            self.sentences.append(sentence)
            self.breaths.append(breath)
            self._clauses.append(clause)

    def has(self, role: Role) -> list[bool]:
        """For each word whether it has ``role``."""
        if role not in self._known:
            marked = self._roles.get(role, frozenset())
            having = {items for items in self._kinds if not marked.isdisjoint(items)}
            self._known[role] = [items in having for items in self._items]
        return self._known[role]

    def beside(self, hit: tuple[int, ...], most: int) -> range:
        """The places around ``hit``: ``most`` words away, and one sentence, at most."""
        low, high = max(0, hit[0] - most), min(len(self.sentences), hit[-1] + most + 1)
        here = self.sentences[hit[0]]
        low = bisect_left(self.sentences, here - 1, low, high)
        return range(low, bisect_right(self.sentences, here + 1, low, high))

    def any_has(self, role: Role, places: range) -> bool:
        """Whether a word at one of ``places`` has ``role``."""
        return any(self.has(role)[places.start : places.stop])

    def denies(self, hit: tuple[int, ...]) -> bool:
        """Whether someone says that what stands at the places ``hit`` is not so."""
        low, high = hit[0], hit[-1]
        nots = self.has("NIET")
        around = range(max(0, low - DENIED_WITHIN), min(len(nots), high + DENIED_WITHIN + 1))
        return any(
            nots[place]
            and place not in hit
            and self.sentences[place] == self.sentences[low]
            and not self._taken_back(place)
            and not self._supposed(place)
            and self._reaches(place, low, high)
            for place in around
        )

    def _reaches(self, place: int, low: int, high: int) -> bool:
        """Whether the "not" at ``place`` is said of what stands from ``low`` to ``high``."""
        if place > low:
            return not self._parted(range(high + 1, place + 1))
        if self._carried(place):
            return True
        # A verb begins what has no sign before it: "gaat niet goed heb mezelf gesneden".
        verbs = self.has("DOET")[place + _NOT_BEHIND : low]
        return not any(verbs) and not self._parted(range(place + 1, low + 1))

    def _parted(self, between: range) -> bool:
        """Whether a new part of the sentence begins somewhere in ``between``."""
        clauses = self._clauses
        return any(clauses[place] != clauses[place - 1] for place in between)

    def _taken_back(self, place: int) -> bool:
        """Whether "not" is said of something else than what it seems: ``niet stoppen met``."""
        near = range(max(0, place - _NOT_BEHIND), min(len(self._clauses), place + 4))
        backs = self.has("TOCH")
        return any(backs[at] and self._clauses[at] == self._clauses[place] for at in near)

    def _supposed(self, place: int) -> bool:
        """Whether "not" only says when it happens: ``als ik niet luister slaat hij``."""
        subjects, ifs = self.has("ONDERWERP"), self.has("ALS")
        return any(
            ifs[at]
            and self.sentences[at] == self.sentences[place]
            and any(subjects[at : place + 1])
            for at in range(max(0, place - _SUPPOSED_WITHIN), place)
        )

    def _carried(self, place: int) -> bool:
        """Whether what follows is what is not thought or said: ``ik denk niet dat hij …``."""
        means = self.has("MENEN")[max(0, place - _NOT_BEHIND) : place + 2]
        ahead = slice(place + 1, place + 4)
        return any(means) and any((*self.has("BIJZIN")[ahead], *self.has("ONDERWERP")[ahead]))
