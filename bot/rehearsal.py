"""A talk without a channel or a database, for authors: what is said is rendered and shown.

Used by ``samenspraak play`` and by the transcripts that lie beside each dialogue.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.conversation import (
    CONTROLS,
    Asked,
    ClearChat,
    Close,
    Conversation,
    Erase,
    Event,
    GiveOver,
    Redraw,
    Say,
    SetAlarm,
    Started,
    Tapped,
    Wrote,
)
from bot.dialogue.engine import advance
from bot.dialogue.summary import summarise
from bot.dialogue.tree import Dialogue, Number
from bot.handover.page import Page, as_text, make_page
from bot.library import Library
from bot.texts import Key, Message

BAR = frozenset(("-back", "-help", "-leave", "-menu"))
"""The row that stands under everything, and in no transcript."""


class Rehearsal:
    """One person's talk with one dialogue. ``page`` is what was handed over, if anything was."""

    def __init__(
        self, library: Library, dialogue: Dialogue, language: str = "nl", team: str | None = None
    ) -> None:
        self.library = library
        self.dialogue = dialogue
        self.conversation = Conversation(dialogue.name, dialogue.revision, language)
        self.page: Page | None = None
        self.keys: tuple[Key, ...] = ()
        self._team = team
        self._messages = 0

    @property
    def is_asked_a_number(self) -> bool:
        """Whether a number that is typed is an answer, and not the number of a button."""
        return isinstance(self.dialogue.nodes.get(self.conversation.at), Number)

    def does(self, deed: str, now: int) -> tuple[Message, ...]:
        """What is said when someone types ``deed``, a ``/command``, or taps ``[a button]``.

        Raises ``LookupError`` when there is no such button.
        """
        return self.happens(self.event(deed), now)

    def happens(self, event: Event, now: int) -> tuple[Message, ...]:
        """What is said when ``event`` happens."""
        step = advance(self.dialogue, self.conversation, event)
        self.conversation = step.conversation
        said: list[Message] = []
        for effect in step.effects:
            match effect:
                case Say():
                    said.append(self._rendered(effect))
                case Redraw(say):
                    said.append(self._rendered(say))
                case GiveOver(team):
                    self.page = self._page(team, now)
                case Close() | SetAlarm() | ClearChat() | Erase():
                    pass  # nothing of it is said
        shown = [key for message in said for row in message.rows for key in row]
        if shown:
            self.keys = tuple(shown)
        return tuple(said)

    def event(self, deed: str) -> Event:
        """What someone does who types ``deed``, a ``/command``, or taps ``[a button]``."""
        if deed.startswith("/start"):
            return Started(self._team)
        if deed.startswith("/") and deed[1:] in CONTROLS:
            return Asked(next(control for control in CONTROLS if control == deed[1:]))
        if tap := re.fullmatch(r"\[(.+)\]", deed):
            for key in self.keys:
                if key.label == tap[1]:
                    return Tapped(self.conversation.turn, key.code)
            there = " ".join(f"[{key.label}]" for key in self.keys)
            raise LookupError(f"geen knop [{tap[1]}]; wel {there}")
        self._messages += 1
        return Wrote(deed, self._messages)

    def _rendered(self, say: Say) -> Message:
        values = self.library.values(self.conversation.team, self.conversation.language)
        return self.library.texts.say(say, self.conversation.language, values)

    def _page(self, team: str, now: int) -> Page:
        return make_page(
            summarise(self.dialogue, self.conversation),
            self.library.texts,
            self.library.teams[team],
            now,
            code="Proef",
            values=self.library.values(team, "nl"),
        )


@dataclass(frozen=True, slots=True)
class TranscriptLine:
    """One line of a transcript: its number, its sign (``>`` ``<`` ``=``) and what follows."""

    number: int
    sign: str
    text: str


def read_transcript(text: str) -> tuple[TranscriptLine, ...]:
    """The lines of a transcript. Empty lines and lines with ``#`` are for readers.

    Raises ``ValueError`` for a line that begins with anything else.
    """
    lines = []
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        sign, _, rest = stripped.partition(" ")
        if sign not in ("<", ">", "="):
            raise ValueError(f"regel {number}: begin met >, < of =, niet met {sign!r}")
        lines.append(TranscriptLine(number, sign, rest.strip()))
    return tuple(lines)


def said_lines(message: Message) -> Iterator[str]:
    """A message as it stands in a transcript: its lines, the buttons behind the last.

    Small print (how far someone is) and the row that is always there are left out.
    """
    read = [line.text for line in message.lines if line.role != "small"]
    lines = [text for paragraph in read for text in paragraph.splitlines() if text.strip()]
    yield from lines[:-1]
    yield (lines[-1] if lines else "") + "".join(f"  [{label}]" for label in labels(message))


def labels(message: Message) -> list[str]:
    """What the buttons of a message read, but for the row that is always there."""
    return [key.label for row in message.rows for key in row if key.code not in BAR]


def is_said(expected: str, message: Message) -> bool:
    """Whether ``message`` has the line ``expected`` and every button that stands behind it."""
    text, *buttons = re.split(r"\s+\[(?=[^\]]+\](?:\s|$))", expected)
    lines = [each.strip() for line in message.lines for each in line.text.splitlines()]
    return text.strip() in lines and {each.rstrip("]") for each in buttons} <= set(labels(message))


def page_lines(page: Page) -> Iterator[str]:
    """A page as it stands in a transcript."""
    yield from (line for line in as_text(page).splitlines() if line.strip())
