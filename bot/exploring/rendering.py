"""Every message in every language, held against what a channel can show."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import msgspec
from msgspec.structs import replace

from bot.dialogue.effects import Close
from bot.dialogue.message import Part, Piece, Say, Text
from bot.dialogue.vocabulary import ENGINE
from bot.exploring.findings import Finding, finding
from bot.texts import Message, MissingTextError, Texts
from bot.wording.languages import DUTCH, Language
from bot.wording.words import Values

LONGEST_MESSAGE = 4096
"""UTF-16 code units Telegram takes in one message (Bot API, sendMessage)."""

MOST_BUTTONS = 100
"""Buttons Telegram takes under one message (limit of its server)."""

LONGEST_DATA = 64
"""Bytes of ``callback_data`` (Bot API, InlineKeyboardButton): ``<turn>:<code>``."""

HIGHEST_TURN = 9_999_999
"""No talk has more turns; what the longest code is tried with."""

LONGEST_LABEL = 60
"""Characters of a label that a narrow phone still shows in full, on two lines."""

FAMILYS_OWN = frozenset(("quote", "own"))
"""Lines with someone's own words: a channel cuts those, and their length is no author's."""

_BRACES = re.compile(r"[{}]\w*\}?")

ValuesOf: TypeAlias = Callable[[str | None, str], Values]


class Longest(NamedTuple):
    """The longest message so far, in UTF-16 units, and where it is said."""

    units: int = 0
    context: str = ""


class Renderer:
    """Renders messages, each different one once; ``count`` how many in each language."""

    def __init__(self, texts: Texts, values: ValuesOf) -> None:
        self.languages = texts.languages
        self.count = {language.code: 0 for language in texts.languages}
        self.longest = {language.code: Longest() for language in texts.languages}
        self._texts = texts
        self._values = values
        self._seen: set[tuple[bytes, str | None]] = set()

    def faults(self, say: Say | Close, team: str | None, at: str) -> Iterator[Finding]:
        """What is wrong with ``say`` in any language; ``at`` is the context of the node on top."""
        key = (msgspec.json.encode(replace(say, turn=0)), team)
        if key in self._seen:
            return
        self._seen.add(key)
        context = spoken(say) or at
        for language in self.languages:
            try:
                message = self._rendered(say, language, team)
            except MissingTextError as missing:
                yield finding("no-words", context, what=str(missing))
                continue
            self.count[language.code] += 1
            if message.language != language.code:
                what = self._untranslated(say, language, team)
                yield finding("not-translated", context, language=named(language), what=what)
                continue
            size = units(message)
            if size > self.longest[language.code].units:
                self.longest[language.code] = Longest(size, context)
            yield from _faults(message, language, context, size)

    def label(self, piece: Piece, team: str | None) -> str:
        """What a button reads in Dutch."""
        say = Say((Part((piece,)),), 0)
        return self._texts.say(say, DUTCH.code, self._values(team, DUTCH.code)).lines[0].text

    def _rendered(self, say: Say | Close, language: Language, team: str | None) -> Message:
        values = self._values(team, language.code)
        if isinstance(say, Close):
            return self._texts.close(say, language.code, values)
        return self._texts.say(say, language.code, values)

    def _untranslated(self, say: Say | Close, language: Language, team: str | None) -> str:
        """The first text of ``say`` that is not there in ``language``."""
        for text in texts_of(say):
            alone = Say((Part((text,)),), 0)
            if self._rendered(alone, language, team).language != language.code:
                return text.key
        return "?"


def units(message: Message) -> int:
    """The length of ``message`` without anyone's own words, as Telegram counts."""
    lines = [line.text for line in message.lines if line.role not in FAMILYS_OWN]
    return len("\n\n".join(lines).encode("utf-16-le", "surrogatepass")) // 2


def named(language: Language) -> str:
    """How a language is called in a Dutch sentence."""
    return "Nederlands" if language == DUTCH else f"{language.name}"


def texts_of(say: Say | Close) -> Iterator[Text]:
    """Every text in ``say``, those inside others apart."""
    pieces = [piece for part in say.parts for piece in part.pieces]
    if isinstance(say, Say):
        pieces += [button.label for row in say.rows for button in row]
    else:
        pieces += say.shown
    yield from (piece for piece in pieces if isinstance(piece, Text))


def spoken(say: Say | Close) -> str:
    """The context of what an author wrote in ``say``; of the engine's words when that is all."""
    keys = [text.key for text in texts_of(say) if text in _of_parts(say)]
    own = [key for key in keys if not key.startswith((f"{ENGINE}/", "hulplijnen/"))]
    if own:
        return re.sub(r"/(text|why|short|send|keep|choices/[^/]+)$", "", own[0])
    return keys[0] if keys else ""


def _of_parts(say: Say | Close) -> list[Piece]:
    return [piece for part in say.parts for piece in part.pieces]


def _faults(message: Message, language: Language, context: str, size: int) -> Iterator[Finding]:
    name = named(language)
    if size > LONGEST_MESSAGE:
        yield finding("message-too-long", context, language=name, what=size, most=LONGEST_MESSAGE)
    for line in message.lines:
        if line.role in FAMILYS_OWN:
            continue
        if not line.text.strip():
            yield finding("empty", context, language=name)
        for braces in _BRACES.findall(line.text):
            yield finding("unfilled", context, language=name, what=braces)
    yield from _buttons(message, name, context)


def _buttons(message: Message, name: str, context: str) -> Iterator[Finding]:
    keys = [key for row in message.rows for key in row]
    if len(keys) > MOST_BUTTONS:
        yield finding("too-many-buttons", context, what=len(keys), most=MOST_BUTTONS)
    labels: set[str] = set()
    for key in keys:
        if not key.label.strip():
            yield finding("empty", context, language=name)
        if len(key.label) > LONGEST_LABEL:
            yield finding(
                "label-too-long", context, language=name, what=key.label, most=LONGEST_LABEL
            )
        for braces in _BRACES.findall(key.label):
            yield finding("unfilled", context, language=name, what=braces)
        if len(f"{HIGHEST_TURN}:{key.code}".encode()) > LONGEST_DATA:
            yield finding("code-too-long", context, what=key.label)
        if key.label in labels:
            yield finding("two-buttons-alike", context, language=name, what=key.label)
        labels.add(key.label)
