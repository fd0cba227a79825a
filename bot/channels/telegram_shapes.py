"""The shapes of Telegram's updates, as far as we use them (Bot API, type Update)."""

from typing import Annotated, Any, TypeAlias

from msgspec import Meta, Struct, field

HIGHEST = 2**52
"""No id of Telegram's is higher (Bot API, type Chat: at most 52 significant bits)."""

Number: TypeAlias = Annotated[int, Meta(ge=-HIGHEST, le=HIGHEST)]


class User(Struct, frozen=True):
    """Someone, or a bot."""

    id: Number
    is_bot: bool = False
    language_code: str | None = None


class Place(Struct, frozen=True):
    """A chat: ``private``, or a group or channel."""

    id: Number
    type: str


class Contact(Struct, frozen=True):
    """A phone number that was shared; ``user_id`` is whose it is, when they are on Telegram."""

    phone_number: str
    user_id: Number | None = None


class Sound(Struct, frozen=True):
    """A voice message, or a file with sound in it. How long it is, is what the sender says."""

    file_id: str
    duration: Annotated[int, Meta(ge=0, le=HIGHEST)] = 0
    mime_type: str = ""
    file_size: Annotated[int, Meta(ge=0, le=HIGHEST)] = 0


class Message(Struct, frozen=True):
    """A message; ``sender`` is missing in channels. ``date`` is in Unix seconds."""

    message_id: Number
    chat: Place
    sender: User | None = field(default=None, name="from")
    text: str | None = None
    contact: Contact | None = None
    voice: Sound | None = None
    audio: Sound | None = None
    forward_origin: dict[str, Any] | None = None
    date: Number | None = None


class Tap(Struct, frozen=True):
    """A tap on a button; ``message`` is where it stands, missing in inline mode."""

    id: str
    sender: User = field(name="from")
    data: str = ""
    message: Message | None = None


class Member(Struct, frozen=True):
    """Somebody's place in a chat."""

    status: str


class Membership(Struct, frozen=True):
    """The bot's own place in a chat has changed."""

    chat: Place
    new_chat_member: Member


class Update(Struct, frozen=True):
    """One of the fields but the first is there; other kinds of updates have none of them."""

    update_id: Number
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Tap | None = None
    my_chat_member: Membership | None = None
