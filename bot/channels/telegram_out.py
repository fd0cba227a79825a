"""Shows messages on Telegram: one of the channels of ``bot.delivery``.

Texts go as they are, with their looks beside them (``telegram_text``), never through a parse mode.
Under a message stand the buttons it was given; one that asks for a phone number also brings
Telegram's own button for sharing it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.constants import BulkRequestLimit, InlineKeyboardMarkupLimit
from telegram.error import BadRequest

from bot.channels.telegram_errors import careful, verdict, verdicts
from bot.channels.telegram_text import LONGEST_CAPTION, Piece, caption, first_piece, pieces
from bot.delivery import DeliveryError, Undeliverable, Unreachable
from bot.storage.notes import Recording
from bot.texts import Message

DOOR, LEAVE = "🚪", "-leave"
"""The way out that every message keeps: its label, the same in all languages, and its code."""

SHARE_HERE = "👇"
PUT_AWAY = "✓"
"""What the messages say that bring Telegram's phone button, and that take it away again."""

PICTURE = "tekening.png"
"""What a picture is called, for whoever keeps it."""

SOUND = "opname"
ENDING = {"audio/mpeg": ".mp3", "audio/mp4": ".m4a", "audio/wav": ".wav", "audio/webm": ".webm"}
"""What a recording is called, for whoever keeps it."""

WIDEST = InlineKeyboardMarkupLimit.BUTTONS_PER_ROW.value
MOST_AT_ONCE = BulkRequestLimit.MAX_LIMIT.value

LEFT_AS_IT_IS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
)
"""How Telegram describes an edit that changes nothing, or that cannot be made."""

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)

Markup: TypeAlias = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


@dataclass(frozen=True, slots=True)
class _Post:
    """One message of Telegram. ``asks`` is the one that carries the buttons of ours."""

    piece: Piece
    markup: Markup | None = None
    asks: bool = False


@dataclass(frozen=True, slots=True)
class _Begun:
    """What of ``message`` stands in a chat already, while the rest did not get through.

    ``stray`` is what stands there of earlier messages whose rest never came.
    """

    message: Message
    refs: tuple[int, ...]
    stray: tuple[int, ...]

    def before(self, message: Message) -> "_Begun":
        """Where ``message`` can go on."""
        if message == self.message:
            return self
        return _Begun(message, (), (*self.stray, *self.refs))


class TelegramOut:
    """Shows messages through ``bot``. Addresses are chat ids."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._begun: dict[str, _Begun] = {}

    async def say(self, address: str, message: Message) -> tuple[int, ...]:
        """Show ``message``, in as many messages as it needs; the one with the buttons comes last.

        When not all of it gets through and it is tried again, it goes on where it was.
        """
        posts = tuple(_posts(message))
        if not posts:
            raise Undeliverable
        begun = self._begun.pop(address, _Begun(message, (), ())).before(message)
        refs = list(begun.refs)
        try:
            for post in posts[len(refs) :]:
                refs.append(await self._post(address, post))
        except DeliveryError:
            self._begun[address] = _Begun(message, tuple(refs), begun.stray)
            raise
        asking = refs.pop([post.asks for post in posts].index(True))
        return (*begun.stray, *refs, asking)

    async def show(self, address: str, picture: bytes, message: Message) -> tuple[int, ...]:
        """Show ``picture`` with the words of ``message`` under it, and the way out."""
        piece = caption(message)
        with verdicts(careful):
            sent = await self._bot.send_photo(
                address,
                picture,
                caption=piece.text,
                caption_entities=piece.entities,
                reply_markup=_door(message.turn),
                filename=PICTURE,
            )
        return (sent.message_id,)

    async def hand(
        self, address: str, name: str, content: bytes, message: Message
    ) -> tuple[int, ...]:
        """Give a file with the words of ``message`` under it, and the way out."""
        piece = first_piece(message, LONGEST_CAPTION)
        with verdicts(careful):
            sent = await self._bot.send_document(
                address,
                content,
                filename=name,
                caption=piece.text if piece else None,
                caption_entities=piece.entities if piece else None,
                reply_markup=_door(message.turn),
                disable_content_type_detection=True,
            )
        return (sent.message_id,)

    async def sound(self, address: str, recording: Recording, message: Message) -> tuple[int, ...]:
        """Play back a recording with the words of ``message`` under it, and the way out.

        What is no voice message by Telegram's rules stands there as music, or as a file.
        """
        piece = first_piece(message, LONGEST_CAPTION)
        caption_ = piece.text if piece else None
        entities = piece.entities if piece else None
        door = _door(message.turn)
        seconds = recording.seconds or None
        with verdicts(careful):
            match recording.mime:
                case "audio/ogg":
                    sent = await self._bot.send_voice(
                        address,
                        recording.content,
                        duration=seconds,
                        caption=caption_,
                        caption_entities=entities,
                        reply_markup=door,
                        filename=f"{SOUND}.ogg",
                    )
                case "audio/mpeg" | "audio/mp4":
                    sent = await self._bot.send_audio(
                        address,
                        recording.content,
                        duration=seconds,
                        caption=caption_,
                        caption_entities=entities,
                        reply_markup=door,
                        filename=f"{SOUND}{ENDING[recording.mime]}",
                    )
                case mime:
                    sent = await self._bot.send_document(
                        address,
                        recording.content,
                        filename=f"{SOUND}{ENDING.get(mime, '')}",
                        caption=caption_,
                        caption_entities=entities,
                        reply_markup=door,
                        disable_content_type_detection=True,
                    )
        return (sent.message_id,)

    async def redraw(
        self, address: str, refs: Sequence[tuple[int, bool]], message: Message
    ) -> None:
        """Show ``message`` in the place of those that ask; of a long one its last piece."""
        found = pieces(message)
        for ref in [ref for ref, asks in refs if asks]:
            await self._edit(address, ref, found[-1] if found else None, _keyboard(message))

    async def close(self, address: str, refs: Sequence[tuple[int, bool]], message: Message) -> None:
        """Let those that ask show ``message``; all keep only the way out."""
        piece = first_piece(message)
        for ref, asks in refs:
            await self._edit(address, ref, piece if asks else None, _door(message.turn))

    async def clear(self, address: str, refs: Sequence[int]) -> None:
        """Delete these messages, newest first. What Telegram does not delete any more stays."""
        begun = self._begun.pop(address, None)
        begun_refs = (*begun.stray, *begun.refs) if begun else ()
        doomed = sorted({*refs, *begun_refs}, reverse=True)
        for start in range(0, len(doomed), MOST_AT_ONCE):
            await self._delete(address, doomed[start : start + MOST_AT_ONCE])

    async def _post(self, address: str, post: _Post) -> int:
        with verdicts():
            sent = await self._bot.send_message(
                address,
                post.piece.text,
                entities=post.piece.entities,
                reply_markup=post.markup,
                link_preview_options=NO_PREVIEW,
            )
        return sent.message_id

    async def _edit(
        self, address: str, ref: int, piece: Piece | None, markup: InlineKeyboardMarkup
    ) -> None:
        """Change one message, and only its buttons without a ``piece``.

        One that looks like that already, is gone, or cannot be changed is left as it is: a family
        can delete a message, and the message with the phone button has no other buttons.
        """
        with verdicts():
            try:
                if piece is None:
                    await self._bot.edit_message_reply_markup(address, ref, reply_markup=markup)
                else:
                    await self._bot.edit_message_text(
                        piece.text,
                        address,
                        ref,
                        entities=piece.entities,
                        reply_markup=markup,
                        link_preview_options=NO_PREVIEW,
                    )
            except BadRequest as refusal:
                if not str(refusal).lower().startswith(LEFT_AS_IT_IS):
                    raise

    async def _delete(self, address: str, refs: Sequence[int]) -> None:
        """Delete at most a hundred; when one of them keeps the others back, without that one.

        Telegram passes over messages that are gone, but one that may not be deleted (it is too old,
        or a die that still rolls) makes it refuse them all (tdlib/td, delete_messages).
        """
        with verdicts():
            try:
                await self._bot.delete_messages(address, refs)
            except BadRequest as refusal:
                if isinstance(verdict(refusal), Unreachable):
                    raise
                if len(refs) > 1:
                    half = len(refs) // 2
                    await self._delete(address, refs[:half])
                    await self._delete(address, refs[half:])


def _posts(message: Message) -> Iterator[_Post]:
    found = pieces(message)
    keyboard: Markup | None = _keyboard(message) if message.rows else None
    if message.phone == "done":
        if keyboard is None:
            keyboard = ReplyKeyboardRemove()
        elif found:
            yield _Post(Piece(PUT_AWAY), ReplyKeyboardRemove())
    for number, piece in enumerate(found, 1):
        is_last = number == len(found)
        yield _Post(piece, keyboard if is_last else None, asks=is_last)
    if message.phone == "ask" and found:
        share = KeyboardButton(message.phone_label, request_contact=True)
        shared = ReplyKeyboardMarkup([[share]], resize_keyboard=True, one_time_keyboard=True)
        yield _Post(Piece(SHARE_HERE), shared)


def _keyboard(message: Message) -> InlineKeyboardMarkup:
    rows = [
        row[start : start + WIDEST] for row in message.rows for start in range(0, len(row), WIDEST)
    ]
    return InlineKeyboardMarkup(
        [[_button(key.label, message.turn, key.code) for key in row] for row in rows]
    )


def _door(turn: int) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[_button(DOOR, turn, LEAVE)]])


def _button(label: str, turn: int, code: str) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"{turn}:{code}")
