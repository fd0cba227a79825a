"""What is kept, as values: one record a table that the rest of the house knows.

Nobody's words, addresses or keys show in a ``repr``.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.dialogue.conversation import Conversation
from bot.texts import Message

MessageKind: TypeAlias = Literal[
    "say", "picture", "file", "sound", "redraw", "close", "clear", "in", "notice"
]
"""A message; a picture; a file; a recording; a screen that changed, or is to be closed; a chat to
be cleared; what someone sent; word to a professional that there is something to read."""

PageState: TypeAlias = Literal["new", "reading", "answered", "closed"]

PENDING = 0
DONE = 1
GIVEN_UP = 2
"""The three fates of a message (``message.state``)."""


@dataclass(frozen=True, slots=True)
class Chat:
    """Where someone can be reached: a channel and an address on it.

    ``channel`` is ``telegram`` (the address is the chat's number as text), ``web`` (the secret of
    the chat page) or, for professionals only, ``mail``.
    """

    channel: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Voice:
    """One person's share in a case, with the key that opens everything of it.

    ``revision`` is the row of the stored revision its conversation follows; ``touched`` the moment
    of the last contact. One that is ``damaged`` could not be opened: its conversation is a blank
    one that is never saved, so that one broken row stops nobody else and nothing is overwritten.
    """

    id: int
    case: int
    chat: Chat
    key: bytes = field(repr=False)
    conversation: Conversation = field(repr=False)
    revision: int
    touched: int
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message about to enter the outbox.

    With a ``voice`` it is sealed with that voice's key and goes when the voice goes; without one
    ``chat`` is kept in the sealed body. ``state`` is ``PENDING`` when it is still to be delivered,
    and ``DONE`` for what only has to be remembered. ``share`` is what it is said because of, and
    goes with (``bot.storage.shares``).
    """

    voice: Voice | None
    chat: Chat
    kind: MessageKind
    due: int
    message: Message | None = field(default=None, repr=False)
    professional: int | None = None
    turn: int = 0
    asks: bool = False
    ref: int | None = None
    state: int = PENDING
    share: int | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """A message whose turn it is.

    ``refs`` is filled for a farewell only (``messages.farewell``). What is ``damaged`` cannot be
    opened any more: there is nothing to deliver, only to give up. ``is_begun`` says of what may not
    be sent twice that it was sent once already, and nobody knows whether it arrived.
    """

    id: int
    voice: int | None
    professional: int | None
    chat: Chat
    kind: MessageKind
    turn: int
    message: Message | None = field(repr=False)
    refs: tuple[int, ...]
    attempts: int
    damaged: bool = False
    is_begun: bool = False
    share: int | None = None


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page that was handed over; ``body`` is the encoded page (``bot.handover.page``).

    ``waits_since`` is when it was new for the last time, ``unseen`` how many messages of the family
    nobody who may answer has seen yet.
    """

    id: int
    case: int
    voice: int | None
    state: PageState
    body: bytes = field(repr=False)
    professional: int | None
    came: int
    read_at: int | None
    answered_at: int | None
    delete_after: int | None
    key: bytes = field(repr=False)
    closed_at: int | None
    asked_back_at: int | None
    waits_since: int
    unseen: int


@dataclass(frozen=True, slots=True)
class Professional:
    """Someone who reads pages for one or more teams (their ids)."""

    id: int
    email: str = field(repr=False)
    name: str = field(repr=False)
    teams: tuple[str, ...]
    active: bool
