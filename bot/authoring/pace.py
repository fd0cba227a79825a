"""How long a way through a dialogue takes: screens, taps, letters, words read, minutes.

What is assumed is written here and nowhere else. Thinking and typing are left out: how much someone
tells is theirs, and nobody should feel a clock.
"""

from collections.abc import Iterator

from msgspec import Struct

from bot.authoring.extremes import Stop, Stretch, Ways
from bot.dialogue.answers import Chosen, Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.engine import advance
from bot.dialogue.events import Wrote
from bot.dialogue.message import Say
from bot.dialogue.moves import statements
from bot.dialogue.nearby import MOST, Pointer, Remark, each_alone
from bot.dialogue.screens import draw
from bot.dialogue.tree import Dialogue, Elsewhere, Ending, Nearby
from bot.library import Library
from bot.rehearsal import BAR
from bot.wording.sentences import words_of

WORDS_A_MINUTE = 180
"""How fast someone reads on a screen who reads with some effort: adults at ease read about 240
words of Dutch a minute, so this leaves a third more time (our own assumption, to be measured)."""

SECONDS_A_TAP = 2
"""From having read to having found and tapped a button (our own assumption)."""

START = 1
"""Opening the talk is a tap: START in Telegram, or Begin on the chat page."""


class Pace(Struct, frozen=True):
    """One way through a dialogue. ``questions`` are the screens that wait and ask something."""

    questions: int
    taps: int
    letters: int
    words: int

    @property
    def minutes(self) -> float:
        """Reading and tapping, without thinking and typing."""
        return self.words / WORDS_A_MINUTE + self.taps * SECONDS_A_TAP / 60


class Paces(Struct, frozen=True):
    """What a dialogue asks of someone.

    ``longest`` is the way with most words to read and ``most_questions`` how many screens ask on
    the way that has most of them. ``shortest`` is the way to a page that is sent with the fewest
    letters typed, and then the fewest taps; None when no page is ever sent. ``near`` are the words
    of a message with people and places nearby, at most: like the help numbers it is there to look
    things up in, so no way has it in its words.
    """

    longest: Pace
    most_questions: int
    shortest: Pace | None
    near: int = 0


def paces(library: Library, dialogue: Dialogue, language: str, team: str | None = None) -> Paces:
    """The extremes of ``dialogue`` for someone who reads ``language`` and came by a team's link."""
    reader = _Reader(library, dialogue, language)
    ways = Ways(dialogue, language, team)
    # Of ways with as much to read, the one where most was answered: its review is longest.
    longest = ways.longest(lambda stretch: (reader.words(stretch), _told(stretch)))
    asking = ways.longest(lambda stretch: (_asks(stretch.stop),))
    shortest = ways.shortest(_typed)
    return Paces(
        reader.pace(longest),
        reader.pace(asking).questions,
        None if shortest is None else reader.pace(shortest),
        reader.near(team),
    )


def _typed(stretch: Stretch) -> tuple[float, ...]:
    return (0, 0) if stretch.leg is None else (stretch.leg.letters, stretch.leg.taps)


def _told(stretch: Stretch) -> int:
    """How much was answered: choices, or one for anything else that was not passed over."""
    given = [old.answer for old in (stretch.leg.answers if stretch.leg else ())]
    return sum(
        len(answer.codes) if isinstance(answer, Chosen) else not isinstance(answer, Skipped)
        for answer in given
    )


def _asks(stop: Stop) -> int:
    return not isinstance(stop.node, Ending | Elsewhere)


class _Reader:
    """Reads what stands on each screen, as it is rendered, in one language."""

    def __init__(self, library: Library, dialogue: Dialogue, language: str) -> None:
        self._library = library
        self._dialogue = dialogue
        self._language = language

    def pace(self, way: tuple[Stretch, ...]) -> Pace:
        """All of ``way`` together, from opening the talk."""
        legs = [stretch.leg for stretch in way if stretch.leg is not None]
        return Pace(
            sum(_asks(stretch.stop) for stretch in way),
            START + sum(leg.taps for leg in legs),
            sum(leg.letters for leg in legs),
            sum(self.words(stretch) for stretch in way),
        )

    def words(self, stretch: Stretch) -> int:
        """The words read at a stop: what was said before it, its screen, and what it answers."""
        stop = stretch.stop
        said = [Remark(remark.node) for remark in stop.said]  # without what is near: see Paces
        says = statements(said, stop.conversation.turn)
        if not isinstance(stop.node, Elsewhere):
            says.append(draw(self._dialogue, stop.conversation))
        says += self._heard(stretch)
        return sum(self._said(say, stop.conversation) for say in says)

    def near(self, team: str | None) -> int:
        """The most words in one message about what is near, to who came by ``team``."""
        here = Conversation(self._dialogue.name, "", self._language, team)

        def read(remark: Remark) -> int:
            return sum(self._said(say, here) for say in statements([remark], 0))

        most = 0
        for node in self._dialogue.nodes.values():
            if isinstance(node, Nearby):
                ranked = sorted(each_alone(self._dialogue, team, node), key=read, reverse=True)
                longest: dict[str, Pointer] = {}
                for (pointer,) in (one.pointers for one in ranked):
                    longest.setdefault(pointer.place.context, pointer)
                most = max(most, read(Remark(node, tuple(longest.values())[:MOST])))
        return most

    def _heard(self, stretch: Stretch) -> Iterator[Say]:
        """What is said back while someone is still writing: own words, or name after name."""
        conversation = stretch.stop.conversation
        for number, words in enumerate(stretch.leg.messages if stretch.leg else (), 1):
            step = advance(self._dialogue, conversation, Wrote(words, number))
            conversation = step.conversation
            yield from (effect for effect in step.effects if isinstance(effect, Say))

    def _said(self, say: Say, here: Conversation) -> int:
        values = self._library.values(here.team, self._language)
        message = self._library.texts.say(say, self._language, values)
        lines = [line.text for line in message.lines]
        labels = [key.label for row in message.rows for key in row if key.code not in BAR]
        return sum(len(words_of(text)) for text in (*lines, *labels))
