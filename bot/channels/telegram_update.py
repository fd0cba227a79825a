"""Reads one update of Telegram: what someone did, and where.

Only what we use is read, so nothing Telegram adds later can stop us; what is there but has another
shape than Telegram promises makes this one update unreadable (``msgspec.ValidationError``).
Source of all shapes: the Bot API, type Update.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

import msgspec
from msgspec import Struct

from bot.channels.telegram_commands import COMMANDS, START
from bot.channels.telegram_shapes import HIGHEST, Contact, Membership, Message, Tap, Update, User
from bot.conversations import Incoming
from bot.dialogue.events import Asked, Edited, Event, Sent, Shared, Spoke, Started, Tapped, Wrote
from bot.families.incoming import Recorded
from bot.storage.notes import About
from bot.storage.records import Chat

CHANNEL = "telegram"

KINDS = ("message", "edited_message", "callback_query", "my_chat_member")
"""The updates we ask Telegram for."""

THINGS = (
    "animation",
    "audio",
    "checklist",
    "contact",
    "dice",
    "document",
    "game",
    "paid_media",
    "photo",
    "poll",
    "sticker",
    "story",
    "venue",
    "location",
    "video",
    "video_note",
    "voice",
)
"""What a message can hold instead of text; where two stand in one, the first tells what it is.

What is in none of these is a notice of Telegram's own, such as a message that was pinned.
"""

Json: TypeAlias = Mapping[str, Any]


class GroupUpdate(Struct, frozen=True):
    """The bot is in a group or channel, where it does not belong."""

    chat: int


def has_number(update: object) -> bool:
    """Whether this can be confirmed, and known when it comes again."""
    if not isinstance(update, Mapping):
        return False
    number = update.get("update_id")
    return isinstance(number, int) and 0 <= number <= HIGHEST


def tap_of(update: Json) -> str | None:
    """The id of the tap on a button that ``update`` tells of, or None when it tells of none."""
    tap = update.get("callback_query")
    found = tap.get("id") if isinstance(tap, Mapping) else None
    return found if isinstance(found, str) else None


def read_update(update: Json) -> Incoming | GroupUpdate | None:
    """What ``update`` means to us; None for what needs no answer.

    Raises ``msgspec.ValidationError`` when it is no update as Telegram promises them.
    """
    found = msgspec.convert(update, Update)
    if found.message is not None:
        return _read_message(found.update_id, found.message, update["message"])
    if found.edited_message is not None:
        return _read_edit(found.update_id, found.edited_message)
    if found.callback_query is not None:
        return _read_tap(found.update_id, found.callback_query)
    if found.my_chat_member is not None:
        return _read_membership(found.my_chat_member)
    return None


def _read_membership(change: Membership) -> GroupUpdate | None:
    """Blocked or let in again in a private chat needs nothing: delivery finds out by itself."""
    is_in = change.new_chat_member.status not in ("left", "kicked")
    return GroupUpdate(change.chat.id) if change.chat.type != "private" and is_in else None


def _read_tap(update: int, tap: Tap) -> Incoming | GroupUpdate | None:
    if tap.message is None:
        return None
    if tap.message.chat.type != "private":
        return GroupUpdate(tap.message.chat.id)
    if tap.message.chat.id != tap.sender.id:
        return None
    found = re.fullmatch(r"(\d{1,9}):(\S{1,64})", tap.data, re.ASCII)
    event = Tapped(int(found[1]), found[2]) if found else Tapped(-1, "")
    return Incoming(_chat(tap.message), update, event, _language(tap.sender))


def _read_message(update: int, message: Message, held: Json) -> Incoming | GroupUpdate | None:
    if message.chat.type != "private":
        return GroupUpdate(message.chat.id)
    if message.sender is None or message.sender.is_bot:
        return None
    event, link = _event(message, held)
    if event is None:
        return None
    language = _language(message.sender)
    chat, ref, at = _chat(message), message.message_id, message.date
    came = Incoming(chat, update, event, language, link, ref, at=at)
    sound = message.voice or message.audio
    if sound is None or not isinstance(event, Spoke):
        return came
    # It is fetched later: nothing that takes time stands between an update and the disk.
    return replace(came, recorded=Recorded(About(event.seconds, sound.mime_type, sound.file_id)))


def _read_edit(update: int, message: Message) -> Incoming | GroupUpdate | None:
    if message.chat.type != "private":
        return GroupUpdate(message.chat.id)
    if message.sender is None or message.text is None:
        return None
    event = Edited(_clean(message.text), message.message_id)
    return Incoming(_chat(message), update, event, _language(message.sender))


def _event(message: Message, held: Json) -> tuple[Event | None, str | None]:
    """What a message does, and what came with the link when it starts the bot."""
    if message.text is not None:
        return _said(_clean(message.text), message.message_id)
    if message.contact is not None and _is_their_own(message.contact, message):
        return Shared(_clean(message.contact.phone_number), message.message_id), None
    if (sound := message.voice or message.audio) is not None:
        return Spoke(0, sound.duration, sound.file_size, message.message_id), None
    thing = next((thing for thing in THINGS if thing in held), None)
    return (Sent(thing) if thing else None), None


def _said(text: str, origin: int) -> tuple[Event, str | None]:
    if command := re.match(r"/(\w{1,32})(?:@\w+)?(?:\s+(.*))?\Z", text, re.ASCII | re.DOTALL):
        name, rest = command[1].lower(), command[2] or ""
        if name == START:
            return Started(), rest if re.fullmatch(r"[\w-]{1,64}", rest, re.ASCII) else None
        if name in COMMANDS:
            return Asked(COMMANDS[name]), None
    return Wrote(text, origin), None


def _is_their_own(contact: Contact, message: Message) -> bool:
    """Whether it is the sender's own number, and not someone else's or passed on."""
    return (
        message.sender is not None
        and contact.user_id == message.sender.id
        and message.forward_origin is None
    )


def _chat(message: Message) -> Chat:
    return Chat(CHANNEL, str(message.chat.id))


def _language(person: User) -> str | None:
    """The language of someone's Telegram, without the country: ``pt`` of ``pt-BR``."""
    return (person.language_code or "").partition("-")[0].lower() or None


_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\n\t"}


def _clean(words: str) -> str:
    """``words`` without control signs; half a sign outside the basic plane becomes a mark."""
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.translate(_CONTROLS)
