"""One voice in one batch: where it is now, and what is to be written when the batch ends.

A ``Talk`` is a value. Letting a step happen to it gives a new one, so that a mistake half way
leaves the old one as it was.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

import msgspec.structs

from bot.dialogue.conversation import (
    ClearChat,
    Close,
    Effect,
    Erase,
    GiveOver,
    Redraw,
    Say,
    SetAlarm,
    Step,
)
from bot.dialogue.tree import Dialogue
from bot.storage.records import DONE, PENDING, MessageKind, NewMessage, Voice
from bot.texts import Line, Message, Texts
from bot.wording.languages import DUTCH

DAY = 86_400

Alarm: TypeAlias = tuple[int, str, int, int]


@dataclass(frozen=True, slots=True)
class Talk:
    """One voice, the dialogue it follows, and everything that came of this batch so far.

    ``words`` are those of a stored revision, by language, for what the newest words lack.
    ``handed_over`` is the team consent was given for in this batch.
    """

    voice: Voice
    dialogue: Dialogue
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    out: tuple[NewMessage, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    handed_over: str | None = None
    cleared: bool = False
    erased: bool = False

    @property
    def keeps_log(self) -> bool:
        """Whether its channel shows what we keep, instead of keeping what we showed."""
        return self.voice.chat.channel == "web"


@dataclass(frozen=True, slots=True)
class Scribe:
    """Turns what the core asks for into what is written, in the reader's language.

    ``values`` gives, for a team's id and a language, what the placeholders of a text stand for.
    """

    texts: Texts
    values: Callable[[str | None, str], Mapping[str, str | int]]
    now: int

    def after(self, talk: Talk, step: Step) -> Talk:
        """``talk`` when ``step`` has happened to it."""
        voice = replace(talk.voice, conversation=step.conversation)
        talk = replace(talk, voice=voice)
        for effect in step.effects:
            talk = self._with(talk, effect)
        return talk

    def received(self, talk: Talk, words: str | None, ref: int | None) -> Talk:
        """``talk`` with what someone sent in its chat: the words where we keep the log, and the
        channel's number of the message where we may have to clear it."""
        if words is not None and talk.keeps_log:
            language = talk.voice.conversation.language
            return self._put(talk, "in", Message((Line(words, "own"),), language))
        if ref is not None and not talk.keeps_log:
            return self._put(talk, "in", None, ref=ref)
        return talk

    def _with(self, talk: Talk, effect: Effect) -> Talk:
        match effect:
            case Say():
                return self._put(talk, "say", self._say(talk, effect), asks=effect.asks)
            case Close():
                return self._closed(talk, effect)
            case Redraw(say):
                return self._put(talk, "redraw", self._say(talk, say), asks=True)
            case GiveOver(team):
                return replace(talk, handed_over=team)
            case SetAlarm(kind, days, turn):
                alarm = (talk.voice.id, kind, turn, self.now + days * DAY)
                return replace(talk, alarms=(*talk.alarms, alarm))
            case ClearChat():
                talk = replace(talk, out=_theirs(talk), cleared=True)
                return talk if talk.keeps_log else self._put(talk, "clear", None)
            case Erase():
                return replace(talk, out=_theirs(talk), alarms=(), erased=True)
            case _:
                assert_never(effect)

    def _say(self, talk: Talk, say: Say) -> Message:
        conversation = talk.voice.conversation
        values = self.values(conversation.team, conversation.language)
        stored = talk.words.get(conversation.language) or talk.words.get(DUTCH.code)
        return self.texts.say(say, conversation.language, values, stored)

    def _closed(self, talk: Talk, close: Close) -> Talk:
        conversation = talk.voice.conversation
        values = self.values(conversation.team, conversation.language)
        stored = talk.words.get(conversation.language) or talk.words.get(DUTCH.code)
        message = self.texts.close(close, conversation.language, values, stored)
        if not talk.keeps_log:
            return self._put(talk, "close", message, turn=close.turn)
        own = tuple(line for line in message.lines if line.role == "own")
        return self._put(talk, "in", msgspec.structs.replace(message, lines=own)) if own else talk

    def _put(
        self,
        talk: Talk,
        kind: MessageKind,
        message: Message | None,
        *,
        turn: int | None = None,
        asks: bool = False,
        ref: int | None = None,
    ) -> Talk:
        done = talk.keeps_log or kind == "in"
        row = NewMessage(
            talk.voice,
            talk.voice.chat,
            kind,
            self.now,
            message,
            turn=talk.voice.conversation.turn if turn is None else turn,
            asks=asks,
            ref=ref,
            state=DONE if done else PENDING,
        )
        return replace(talk, out=(*talk.out, row))


def _theirs(talk: Talk) -> tuple[NewMessage, ...]:
    """What they sent in this batch where the channel keeps it: that has to be cleared too."""
    if talk.keeps_log:
        return ()
    return tuple(row for row in talk.out if row.kind == "in")
