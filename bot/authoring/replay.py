"""Leads a transcript through the real engine, in any language, and says where it goes otherwise.

What an author wrote in one language is expected in every other one by reference: the same place of
the same message, in the words of that language.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.authoring.expecting import Expected, not_said, on_page, place_of, translated
from bot.authoring.shown import Place, read_lines
from bot.authoring.transcript import Beat, Transcript
from bot.dialogue.events import Event, Tapped, Wrote
from bot.dialogue.message import Button, Say, Text
from bot.handover.page import Page
from bot.library import Library
from bot.rehearsal import Rehearsal
from bot.texts import Message
from bot.wording.languages import LANGUAGES

AT = 1_763_726_400
"""The moment at which every transcript is played (a Friday at noon), so that it stays true."""

TEAM = "linde"
"""The example team that a bare /start belongs to."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What did not come true: at which line of the file, and what came instead, in Dutch."""

    file: str
    line: int
    told: str = field(repr=False)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.told}"


@dataclass(frozen=True, slots=True)
class Passage:
    """One beat that was played: ``deed`` is what someone does, in their language.

    ``said`` is all that was said then, ``expected`` what the author wanted to come true of it, and
    ``page`` of the page; ``mismatches`` what did not. ``talk`` is how things stand after it.
    """

    beat: Beat
    deed: str = field(repr=False)
    event: Event
    said: tuple[Message, ...]
    expected: tuple[Expected, ...]
    page: tuple[Expected, ...]
    mismatches: tuple[Mismatch, ...]
    talk: Rehearsal = field(repr=False)
    given: Page | None = field(default=None, repr=False)


class Replay:
    """One transcript in one language. It stops at the first deed that cannot be done."""

    def __init__(self, library: Library, transcript: Transcript, language: str) -> None:
        dialogue = library.dialogues[transcript.dialogue]
        self.transcript = transcript
        self.language = language
        self.native = Rehearsal(library, dialogue, transcript.language, TEAM)
        self.talk = self.native
        if language != transcript.language:
            self.talk = Rehearsal(library, dialogue, language, TEAM)

    def passages(self, now: int = AT) -> Iterator[Passage]:
        """Play every beat at ``now``."""
        for beat in self.transcript.beats:
            passage = self._played(beat, now)
            yield passage
            if any(each.line == beat.deed.number for each in passage.mismatches):
                return

    def _played(self, beat: Beat, now: int) -> Passage:
        try:
            event = self.native.event(beat.deed.text)
        except LookupError as problem:
            return self._stopped(beat, beat.deed.text, Wrote(""), str(problem))
        deed = beat.instead.get(self.language, beat.deed.text)
        if isinstance(event, Tapped):
            deed = next((f"[{key.label}]" for key in self.talk.keys if key.code == event.code), "")
        written = self._happens(self.native, event, now)
        if self.talk is self.native:
            return self._compared(beat, deed, event, written, written)
        if isinstance(event, Wrote):
            event = Wrote(deed, event.origin)
        heard = self._happens(self.talk, event, now)
        if written.shapes != heard.shapes:
            told = " ".join(line for _, line in read_lines(heard.said)) or "niets"
            return self._stopped(beat, deed, event, f"het gesprek gaat anders: {told}")
        return self._compared(beat, deed, event, written, heard)

    @staticmethod
    def _happens(talk: Rehearsal, event: Event, now: int) -> "_Came":
        before = talk.page
        said = talk.happens(event, now)
        given = talk.page if talk.page is not before else None
        return _Came(said, given, tuple(_shape(say) for say in talk.says))

    def _compared(
        self, beat: Beat, deed: str, event: Event, written: "_Came", heard: "_Came"
    ) -> Passage:
        said, wrong = self._said(beat, written, heard)
        page: list[Expected] = []
        for line, found in on_page(beat.page, written.given, heard.given):
            if found is None:
                told = "staat niet op de pagina" if written.given else "er is geen pagina gestuurd"
                wrong.append(self._wrong(line.number, f"‘{line.text}’: {told}"))
            else:
                page.append(Expected(line, (found,)))
        return Passage(
            beat,
            deed,
            event,
            heard.said,
            tuple(said),
            tuple(page),
            tuple(wrong),
            self.talk,
            heard.given,
        )

    def _said(
        self, beat: Beat, written: "_Came", heard: "_Came"
    ) -> tuple[list[Expected], list[Mismatch]]:
        wrong: list[Mismatch] = []
        for message in heard.said:
            if message.language != self.talk.conversation.language:
                first = next((text for _, text in read_lines((message,))), "")
                wrong.append(self._wrong(beat.deed.number, f"dit is nog niet vertaald: {first}"))
        expected: list[Expected] = []
        after = Place(0, 0, 0)
        for line in beat.said:
            place = place_of(line, written.said, after)
            if place is None:
                wrong.append(self._wrong(line.number, not_said(line, written.said, after)))
                continue
            after = place
            expected.append(translated(line, place, written.said, heard.said))
        return expected, wrong

    def _stopped(self, beat: Beat, deed: str, event: Event, told: str) -> Passage:
        wrong = self._wrong(beat.deed.number, told)
        return Passage(beat, deed, event, (), (), (), (wrong,), self.talk)

    def _wrong(self, line: int, told: str) -> Mismatch:
        if self.talk is not self.native:
            told = f"in het {LANGUAGES[self.language].name}: {told}"
        file = "/".join(self.transcript.path.parts[-3:])
        return Mismatch(file, line, told)


@dataclass(frozen=True, slots=True)
class _Came:
    """What came of one event in one language; ``given`` is the page if it was handed over."""

    said: tuple[Message, ...] = field(repr=False)
    given: Page | None = field(repr=False)
    shapes: tuple[object, ...]


def _shape(say: Say) -> tuple[object, ...]:
    """What is said, apart from the language and from anybody's own words."""
    parts = [
        [piece.key if isinstance(piece, Text) else None for piece in part.pieces]
        for part in say.parts
    ]
    return parts, [[_code(button) for button in row] for row in say.rows], say.asks, say.turn


def _code(button: Button) -> tuple[str, bool]:
    return button.code, button.ticked
