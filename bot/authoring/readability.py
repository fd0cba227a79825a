"""How hard a text is to read, and what makes it so: the measures that our texts are held to.

Source of the measures and their limits: the domain notes, §5.3 and §5.4. They do not tell how to
improve a text, only where to look; the real test is to ask people.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from bot.authoring.syllables import Count
from bot.wording.sentences import LONGEST_SENTENCE, Sentence, sentences

AVERAGE_SENTENCE = 12
"""Words in the sentences of one message, on average."""

EASY = 80
"""Reading ease of all that a dialogue says together: ‘easy’ begins here."""

EASY_ENOUGH = 60
"""Reading ease of one message. That of a single sentence says nothing, so it needs two."""

LONGEST_MESSAGE = 280
"""Characters of a message that most people still read at once: worth a look, and no fault."""

_EASE: Mapping[str, tuple[float, float, float]] = {
    "nl": (206.835, 0.93, 77.0),  # Flesch-Douma
    "en": (206.835, 1.015, 84.6),  # Flesch Reading Ease
}

_TAKEN_UP = {
    "nl": r"(?:Dan|Daar|Zo|Bel|Druk|Kies|Typ|Stuur|Ga|Kijk|Schrijf|Begin|Je hoort|Dat kan)\b",
    "en": r"(?:Then|That|This|Call|Press|Tap|Choose|Type|Send|Go|Look|Write|Start|You can)\b",
}
"""How a sentence begins with which the bot itself takes up a question of its own."""

_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"")


class Measured(Struct, frozen=True):
    """One or more texts, counted. ``syllables`` is None where they cannot be counted."""

    sentences: tuple[Sentence, ...]
    syllables: int | None = None

    @property
    def words(self) -> int:
        """How many words there are."""
        return sum(len(sentence.words) for sentence in self.sentences)

    @property
    def average(self) -> float:
        """Words in a sentence, on average; 0 without sentences."""
        return self.words / len(self.sentences) if self.sentences else 0.0

    @property
    def longest(self) -> Sentence | None:
        """The sentence with most words."""
        return max(self.sentences, key=lambda sentence: len(sentence.words), default=None)

    def ease(self, language: str) -> float | None:
        """Reading ease: 60 to 70 ordinary, 80 and more easy; None when it cannot be known."""
        if self.syllables is None or not self.words or language not in _EASE:
            return None
        most, of_words, of_syllables = _EASE[language]
        return most - of_words * self.average - of_syllables * self.syllables / self.words


def measured(texts: Iterable[str], count: Count | None) -> Measured:
    """``texts`` counted together."""
    found = tuple(sentence for text in texts for sentence in sentences(text))
    if count is None:
        return Measured(found)
    return Measured(found, sum(count(word) for each in found for word in each.words))


def asked(text: str, language: str) -> tuple[Sentence, ...]:
    """The questions in ``text`` that are for the reader to answer.

    What stands between quotes or in a list is an example, and a question that the bot takes up
    itself (‘Is er gevaar? Bel 112.’, ‘Stuur je niets? Dan wis ik alles.’) asks nothing.
    """
    found = sentences(_QUOTED.sub("", text))
    taken_up = re.compile(_TAKEN_UP.get(language, "(?!)"))
    return tuple(
        each
        for number, each in enumerate(found)
        if each.asks
        and not each.listed
        and not (
            number + 1 < len(found)
            and found[number + 1].line == each.line
            and taken_up.match(found[number + 1].text)
        )
    )


def faults(
    text: str, language: str, count: Count | None = None, questions: int | None = None
) -> Iterator[str]:
    """What makes ``text`` hard to read, in Dutch, with the sentence and its count.

    ``questions`` is how many it may ask; None when that is held elsewhere.
    """
    found = measured([text], count)
    for sentence in found.sentences:
        if len(sentence.words) > LONGEST_SENTENCE:
            yield (
                f"‘{sentence.text}’ heeft {len(sentence.words)} woorden; hoogstens"
                f" {LONGEST_SENTENCE}. Maak er twee zinnen van."
            )
    if found.average > AVERAGE_SENTENCE:
        yield (
            f"De zinnen van ‘{found.sentences[0].text}’ hebben gemiddeld"
            f" {_told(found.average)} woorden; hoogstens {AVERAGE_SENTENCE}. Maak ze korter."
        )
    ease = found.ease(language)
    if ease is not None and ease < EASY_ENOUGH and len(found.sentences) > 1:
        yield (
            f"‘{text.strip()}’ leest moeilijk: {ease:.0f}, en minstens {EASY_ENOUGH} is goed."
            " Neem kortere woorden."
        )
    if questions is not None and len(put := asked(text, language)) > questions:
        yield (
            f"‘{put[-1].text}’ is een vraag te veel: hier kan iemand er {questions} beantwoorden."
            " Maak er een eigen stap van, of antwoord er zelf op in de zin erachter."
        )


def _told(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
