"""What the chat page shows: one conversation and its log, as values for the templates."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.dialogue.conversation import Conversation
from bot.dialogue.hearing import LARGEST_NOTE, LONGEST_NOTE
from bot.dialogue.lock import is_shut
from bot.dialogue.message import Text
from bot.dialogue.pictures import parted
from bot.dialogue.vocabulary import ENGINE
from bot.handover.qr import qr
from bot.storage.records import MessageKind, Voice
from bot.texts import Key, Message, Texts
from bot.web.chat_calls import with_calls
from bot.web.chat_here import Words, as_here

LONGEST_TEXT = 4096
"""UTF-16 units in one message, the same as on Telegram (promises, section 4)."""

HELD_BY_THE_BAR = {"-back": "back", "-help": "help", "-menu": "menu", "-leave": "leave"}
"""Buttons of a message that the fixed bar shows, and the words they go by."""

BOXES = "☐☑ "
"""What the label of a choice begins with that can be ticked; the page draws its own box."""

FROM_SOMEONE = {"-write", "-meeting", "-shared", "-leave"}
"""The buttons under what comes from a professional, and under word that another voice shared
something; every other message has more of them."""

OF_A_CODE = {"code_again", "locked"}
"""The screens on which nothing but a code is typed."""

KEEPS_A_LINK = {"menu", "pause", "reminded"}
"""The screens on which someone thinks of coming back later; who is done comes for the answer."""

PASSING = {"-keep", "-mine"}
"""Buttons of screens that are only passed through: what to do with an item, and the menu."""

LogRow: TypeAlias = tuple[int, MessageKind, int, Message]
"""Id, kind, turn and message of one row of the log (``storage.messages.log_of``)."""


def fixed_words(texts: Texts, language: str) -> Words:
    """The fixed words in ``language``, for use in a template as ``w("back")``."""
    return lambda name: texts.text(Text(f"{ENGINE}/{name}"), language, {})


def reads_from_the_right(texts: Texts, language: str) -> bool:
    """Whether ``language`` is written from right to left."""
    return any(known.right_to_left for known in texts.languages if known.code == language)


def new_update() -> int:
    """A number no other form has: the same form sent twice counts once. 62 bits fit in SQLite."""
    return secrets.randbits(62)


def is_update(sent: str) -> bool:
    """Whether ``sent`` can be such a number."""
    return sent.isascii() and sent.isdecimal() and len(sent) < 20 and int(sent) < 2**62


def is_too_long(words: str) -> bool:
    """Whether ``words`` are more than fit in one message."""
    return len(words.encode("utf-16-le", "replace")) // 2 > LONGEST_TEXT


def pictures_of(row: Sequence[Key]) -> list[tuple[str, str]]:
    """The picture and the words of each button, when all of ``row`` are pictures; else nothing."""
    found = [parted(key.label) for key in row]
    are_choices = not any(key.code.startswith("-") for key in row)
    are_pictures = len(row) > 1 and all(picture for picture, _ in found)
    return found if are_choices and are_pictures else []


# --- The page -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One bubble of the log. ``now`` marks where someone reads on."""

    id: int
    own: bool
    message: Message
    right_to_left: bool
    now: bool


def _is_from_someone(message: Message) -> bool:
    codes = [key.code for row in message.rows for key in row]
    return all(code.partition(".")[0] in FROM_SOMEONE for code in codes)


def _is_passed_through(message: Message) -> bool:
    return any(key.code in PASSING for row in message.rows for key in row)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation as its page shows it: the log, and what can be tapped at this moment."""

    texts: Texts
    conversation: Conversation
    log: Sequence[LogRow]

    @property
    def last(self) -> int:
        """The id of the newest row, 0 when there is none."""
        return self.log[-1][0] if self.log else 0

    def entries(self, after: int = 0) -> Iterator[Entry]:
        """The bubbles that are newer than ``after``."""
        now, passed = self._reads_on_at(), self.passed()
        for id_, kind, _turn, message in self.log:
            if id_ > after and kind != "redraw" and id_ not in passed:
                backwards = reads_from_the_right(self.texts, message.language)
                yield Entry(id_, kind == "in", message, backwards, id_ == now)

    def passed(self) -> frozenset[int]:
        """The bubbles that went: screens passed through, and what was asked again unanswered.

        So a page that is looked through stands here once, however often something in it changes.
        """
        gone: set[int] = set()
        unanswered: list[tuple[int, Message]] = []
        for id_, kind, _turn, message in self.log:
            if kind == "in":
                unanswered = []
            elif kind != "redraw" and message.asks:
                gone.update(
                    earlier
                    for earlier, asked in unanswered
                    if asked.lines[:1] == message.lines[:1] or _is_passed_through(asked)
                )
                unanswered.append((id_, message))
        return frozenset(gone)

    def _reads_on_at(self) -> int:
        """The first bubble of this turn that came after someone's own last one."""
        place, passed = self.last, self.passed()
        for id_, kind, turn, _message in reversed(self.log):
            if kind == "in" or turn != self.conversation.turn:
                break
            place = place if id_ in passed else id_
        return place

    def asking(self) -> Message | None:
        """The message whose buttons can be tapped. What comes from someone else asks nothing."""
        for message in self._with_buttons():
            if not _is_from_someone(message):
                return message
        return None

    def _with_buttons(self) -> Iterator[Message]:
        """The messages of this turn that have any, the newest first."""
        for _id, kind, turn, message in reversed(self.log):
            if kind != "in" and turn == self.conversation.turn and message.rows:
                yield message

    def rows(self) -> Iterator[list[Key]]:
        """The buttons under the question, without those that the bar holds."""
        asking = self.asking()
        newest = next(self._with_buttons(), None)
        from_someone = newest.rows if newest and _is_from_someone(newest) else ()
        for row in (*from_someone, *(asking.rows if asking else ())):
            if keys := [key for key in row if key.code not in HELD_BY_THE_BAR]:
                yield keys

    def bar(self) -> Mapping[str, Key]:
        """The buttons of the question that the bar holds, by the words they go by."""
        message = self.asking()
        return {
            HELD_BY_THE_BAR[key.code]: key
            for row in (message.rows if message else ())
            for key in row
            if key.code in HELD_BY_THE_BAR
        }

    @property
    def offers_a_link(self) -> bool:
        """Whether this is a moment to keep the link to come back by.

        That is where someone thinks of coming back, where nothing is left to ask, and right after
        something was sent (there is no way back from there): the answer comes here. It is no such
        moment when a link to give away is on the screen, as one could be taken for the other.
        """
        talk = self.conversation
        now = [message for _, kind, turn, message in self.log if turn == talk.turn and kind != "in"]
        if any(line.role == "link" for message in now for line in message.lines):
            return False
        is_sent = talk.given and talk.screen == "question" and "back" not in self.bar()
        return talk.status in {"paused", "done"} or talk.screen in KEEPS_A_LINK or is_sent

    @property
    def takes_recordings(self) -> bool:
        """Whether the question can be answered aloud."""
        message = self.asking()
        return message is not None and message.aloud

    @property
    def is_shut(self) -> bool:
        """Whether nothing of it is shown until the code was typed."""
        return is_shut(self.conversation)

    @property
    def asks_for_a_code(self) -> bool:
        """Whether what will be typed is for nobody's eyes, not of who looks along either."""
        return self.conversation.screen in OF_A_CODE

    @property
    def asks_for_a_phone(self) -> bool:
        """Whether digits are what will be typed."""
        message = self.asking()
        return message is not None and message.phone == "ask"


def talk_values(
    texts: Texts,
    voice: Voice,
    log: Sequence[LogRow],
    *,
    after: int = 0,
    typed: str = "",
    link: str,
    page: str = "",
) -> dict[str, Any]:
    """The values of ``chat_talk.html``; bubbles up to ``after`` are left out.

    ``typed`` is what was too long to send; ``link``, to come back by, is in the page
    only on the screens where it is offered. ``page`` is the address of this page in our texts.
    """
    talk = Talk(texts, voice.conversation, log)
    conversation = voice.conversation
    return {
        "talk": talk,
        "entries": list(talk.entries(after)),
        "first": log[0][0] if log else 0,
        "rows": list(talk.rows()),
        "bar": talk.bar(),
        "typed": typed,
        "link": link if talk.offers_a_link else "",
        "new_update": new_update,
        "longest": LONGEST_TEXT,
        "longest_note": LONGEST_NOTE,
        "largest_note": LARGEST_NOTE,
        "boxes": BOXES,
        "pictures_of": pictures_of,
        **page_values(texts, conversation.language, page),
    }


def page_values(texts: Texts, language: str, page: str = "") -> dict[str, Any]:
    """What every page of the chat needs: its language, and the words in it."""
    words = fixed_words(texts, language)
    return {
        "language": language,
        "right_to_left": reads_from_the_right(texts, language),
        "w": words,
        "here": as_here(words, page),
        "with_calls": with_calls,
        "qr": qr,
    }
