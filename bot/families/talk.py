"""One voice in one batch: where it is now, and what is to be written when the batch ends.

A ``Talk`` is a value. Letting a step happen to it gives a new one, so that a mistake half way
leaves the old one as it was.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

import msgspec.structs

from bot.dialogue import showing
from bot.dialogue.answers import Said
from bot.dialogue.circle import Circle
from bot.dialogue.effects import (
    Begin,
    ClearChat,
    Close,
    Deed,
    Erase,
    GiveMine,
    GiveOver,
    Invite,
    Join,
    Meet,
    Play,
    Redraw,
    Request,
    SetAlarm,
    Show,
    Step,
    Sweep,
    Unsay,
)
from bot.dialogue.events import Spoke
from bot.dialogue.inviting_screens import given
from bot.dialogue.message import Say
from bot.dialogue.phrases import line
from bot.dialogue.speaking import notes_of
from bot.dialogue.summary import Summary, circle_of, summarise
from bot.dialogue.summary import recording as in_words
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import VoiceKind
from bot.handover.circle_message import circle_message
from bot.library import Library
from bot.storage.records import DONE, PENDING, Chat, MessageKind, NewMessage, Voice
from bot.texts import File, Line, Message, Picture, Sound, Texts

DAY, MINUTE = 86_400, 60

TOKEN_BYTES = 16
"""128 bits: nobody guesses an invitation, and its link fits in Telegram's 64 signs."""

Alarm: TypeAlias = tuple[int, str, int, int]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What consent was given for: this ``summary``, for this team. ``fuller`` as in ``GiveOver``.

    It is made at that moment: whatever happens later in the batch, this is what was agreed to.
    """

    team: str
    summary: Summary = field(repr=False)
    fuller: bool = False


@dataclass(frozen=True, slots=True)
class Talk:
    """One voice, the dialogue it follows, and everything that came of this batch so far.

    ``words`` are those of a stored revision, by language, for what the newest words lack.
    ``handed_over`` is what consent was given for in this batch; ``invitations`` are made in it,
    and ``joins`` is the one that this chat wants to use. ``asks`` is what the world has to answer
    before anything else happens (``bot.families.answering``), ``gives_mine`` that a file of
    all that is theirs goes into the chat, ``begins`` the dialogue in which it goes on
    (``bot.families.elsewhere``). ``unsaid`` are the channel's numbers of what they typed and has to
    go from the chat at once. ``meets``: they came by an invitation just now.
    """

    voice: Voice
    dialogue: Dialogue
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    out: tuple[NewMessage, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    handed_over: tuple[HandedOver, ...] = ()
    cleared: bool = False
    swept: bool = False
    unsaid: tuple[int, ...] = ()
    erased: bool = False
    invitations: tuple[tuple[str, VoiceKind], ...] = field(default=(), repr=False)
    joins: str | None = field(default=None, repr=False)
    asks: Request | None = None
    gives_mine: bool = False
    begins: str | None = None
    meets: bool = False
    notes: frozenset[int] = frozenset()

    @property
    def keeps_log(self) -> bool:
        """Whether its channel shows what we keep, instead of keeping what we showed."""
        return self.voice.chat.channel == "web"


@dataclass(frozen=True, slots=True)
class Scribe:
    """Turns what the core asks for into what is written, in the reader's language.

    ``values`` gives, for a team's id and a language, what the placeholders of a text stand for;
    ``doors`` where a fresh invitation is opened: on the chat page, and on Telegram ("" without).
    ``may_draw`` says whether one more picture is drawn for a chat now (None: always).
    """

    texts: Texts
    values: Callable[[str | None, str], Mapping[str, str | int]]
    now: int
    doors: Callable[[str], tuple[str, str]]
    may_draw: Callable[[Chat], bool] | None = None

    @classmethod
    def of(
        cls, library: Library, now: int, may_draw: Callable[[Chat], bool] | None = None
    ) -> "Scribe":
        """One who writes in the words of ``library``."""
        return cls(library.texts, library.values, now, library.doors, may_draw)

    def after(self, talk: Talk, step: Step) -> Talk:
        """``talk`` when ``step`` has happened to it."""
        notes = talk.notes | notes_of(talk.voice.conversation)
        voice = replace(talk.voice, conversation=step.conversation)
        talk = replace(talk, voice=voice, notes=notes)
        for effect in step.effects:
            if isinstance(effect, Request):
                talk = replace(talk, asks=effect)
            else:
                talk = self._with(talk, effect)
        return talk

    def given(self, talk: Talk, name: str, content: str) -> Talk:
        """``talk`` with a file in it that is never sent twice by itself."""
        turn = talk.voice.conversation.turn
        lost = self._say(talk, Say((line("mine_lost"),), turn))
        message = self._say(talk, Say((line("mine_file"),), turn))
        file = File(name, content, lost)
        return self._put(talk, "file", msgspec.structs.replace(message, file=file))

    def received(self, talk: Talk, words: str | None, ref: int | None) -> Talk:
        """``talk`` with what someone sent in its chat: the words where we keep the log, and the
        channel's number of the message where we may have to clear it."""
        if words is not None and talk.keeps_log:
            language = talk.voice.conversation.language
            return self._put(talk, "in", Message((Line(words, "own"),), language))
        if ref is not None and not talk.keeps_log:
            return self._put(talk, "in", None, ref=ref)
        return talk

    def spoken(self, talk: Talk, event: Spoke, ref: int | None, *, kept: bool) -> Talk:
        """``talk`` with what someone said aloud in its chat, to hear it again when it was kept."""
        if not talk.keeps_log:
            return self.received(talk, None, ref)
        conversation = talk.voice.conversation
        said = in_words(Said("", note=event.note, seconds=event.seconds))
        text = self.texts.text(said, conversation.language, {}, talk.words)
        sound = Sound(event.note, event.seconds) if kept else None
        return self._put(
            talk, "in", Message((Line(text, "own"),), conversation.language, sound=sound)
        )

    def _with(self, talk: Talk, effect: Deed) -> Talk:
        match effect:
            case Say() | Show() | Play() | Close() | Redraw():
                return self._told(talk, effect)
            case GiveOver(team, fuller):
                summary = summarise(talk.dialogue, talk.voice.conversation)
                given_over = HandedOver(team, summary, fuller)
                return replace(talk, handed_over=(*talk.handed_over, given_over))
            case Begin(dialogue):
                return replace(talk, begins=dialogue)
            case Invite(kind):
                return self._invited(talk, kind)
            case Join(invitation):
                return replace(talk, joins=invitation)
            case Meet():
                return replace(talk, meets=True)
            case GiveMine():
                return replace(talk, gives_mine=not talk.keeps_log)
            case SetAlarm(kind, days, turn, minutes):
                alarm = (talk.voice.id, kind, turn, self.now + days * DAY + minutes * MINUTE)
                return replace(talk, alarms=(*talk.alarms, alarm))
            case ClearChat():
                talk = replace(talk, out=_theirs(talk), cleared=True)
                return talk if talk.keeps_log else self._put(talk, "clear", None)
            case Unsay(origin):
                gone = () if origin is None or talk.keeps_log else (origin,)
                return replace(talk, unsaid=(*talk.unsaid, *gone))
            case Sweep():
                return replace(talk, swept=not talk.keeps_log)
            case Erase():
                return replace(talk, out=_theirs(talk), alarms=(), erased=True)
            case _:
                assert_never(effect)

    def _told(self, talk: Talk, effect: Say | Show | Play | Close | Redraw) -> Talk:
        match effect:
            case Say():
                message = self._say(talk, effect)
                return self._put(talk, "say", message, asks=effect.asks, share=effect.share)
            case Show():
                if self.may_draw is None or self.may_draw(talk.voice.chat):
                    return self._put(talk, "picture", self._circle(talk))
                return self._put(talk, "say", self._say(talk, self._in_words(talk)))
            case Play():
                return self._put(talk, "sound", self._recording(talk, effect))
            case Close():
                return self._closed(talk, effect)
            case Redraw(say):
                return self._put(talk, "redraw", self._say(talk, say), asks=True)
            case _:
                assert_never(effect)

    def _invited(self, talk: Talk, kind: VoiceKind) -> Talk:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        page, telegram = self.doors(token)
        say = Say(given(page, telegram), talk.voice.conversation.turn)
        talk = replace(talk, invitations=(*talk.invitations, (token, kind)))
        talk = self._put(talk, "say", self._say(talk, say))
        # The chat page draws it beside the link itself.
        return talk if talk.keeps_log else self._put(talk, "picture", self._qr(talk, page))

    def _qr(self, talk: Talk, address: str) -> Message:
        """The picture of an invitation. It is not sent again unasked: the link says the same."""
        turn = talk.voice.conversation.turn
        message = self._say(talk, Say((line("chat_qr"),), turn))
        lost = self._say(talk, Say((line("invite_picture_lost"),), turn))
        drawing = Picture(
            Circle(), {}, right_to_left=False, short=message.lines, lost=lost, address=address
        )
        return msgspec.structs.replace(message, picture=drawing)

    def _say(self, talk: Talk, say: Say) -> Message:
        conversation = talk.voice.conversation
        values = self.values(conversation.team, conversation.language)
        return self.texts.say(say, conversation.language, values, talk.words)

    def _recording(self, talk: Talk, play: Play) -> Message:
        turn = talk.voice.conversation.turn
        missing = self._say(talk, Say((line("note_not_yet"),), turn))
        lost = self._say(talk, Say((line("note_doubt"),), turn))
        sound = Sound(play.note, play.seconds, missing, lost)
        message = self._say(talk, Say((line("note_here"),), turn))
        return msgspec.structs.replace(message, sound=sound)

    def _circle(self, talk: Talk) -> Message:
        conversation = talk.voice.conversation
        return circle_message(
            talk.dialogue, conversation, self.texts, lambda say: self._say(talk, say)
        )

    def _in_words(self, talk: Talk) -> Say:
        conversation = talk.voice.conversation
        return Say(showing.later(circle_of(talk.dialogue, conversation)), conversation.turn)

    def _closed(self, talk: Talk, close: Close) -> Talk:
        conversation = talk.voice.conversation
        values = self.values(conversation.team, conversation.language)
        message = self.texts.close(close, conversation.language, values, talk.words)
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
        share: int | None = None,
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
            share=share,
        )
        return replace(talk, out=(*talk.out, row))


def _theirs(talk: Talk) -> tuple[NewMessage, ...]:
    """What they sent in this batch where the channel keeps it: that has to be cleared too."""
    if talk.keeps_log:
        return ()
    return tuple(row for row in talk.out if row.kind == "in")
