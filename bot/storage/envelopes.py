"""The sealed body of a message.

With a voice it is the message alone, sealed with the voice's key: the address is the voice's.
Without one it is an envelope with all that delivery needs, sealed with the notice key.
"""

import logging

from msgspec import Struct

from bot.storage import codec
from bot.storage.errors import Damaged
from bot.storage.records import Chat, NewMessage, Pending
from bot.storage.transaction import Row
from bot.storage.vault import Vault
from bot.texts import Message

log = logging.getLogger(__name__)


class Envelope(Struct, frozen=True):
    """A message with the address it goes to, and what is to be taken out of that chat first."""

    address: str
    refs: tuple[int, ...] = ()
    message: Message | None = None
    schema: int = 1

    def __repr__(self) -> str:
        return "Envelope(…)"


def closed(vault: Vault, id_: int, new: NewMessage, refs: tuple[int, ...] = ()) -> bytes | None:
    """The body of row ``id_``; None when its voice has nothing to say."""
    if new.voice is None:
        plain = codec.encode(Envelope(new.chat.address, refs, new.message))
        return vault.seal(vault.key("notice"), plain, "message", "body", id_)
    if new.message is None:
        return None
    return vault.seal(new.voice.key, codec.encode(new.message), "message", "body", id_)


def said(vault: Vault, key: bytes, id_: int, body: bytes) -> Message:
    """The message of a voice that has this ``key``. Raises ``Damaged``."""
    return codec.decode(vault.unseal(key, body, "message", "body", id_), Message)


def opened(vault: Vault, row: Row) -> Pending:
    """The message in ``row``, a row of ``message`` with ``key`` and ``address`` of its voice.

    Never raises for what is in it: what is damaged says so, because it must not hold up the rest.
    """
    damaged = False
    envelope = Envelope("")
    try:
        envelope = _envelope(vault, row)
    except Damaged as error:
        log.warning("message %d cannot be opened: %s", row["id"], error)
        damaged = True
    return Pending(
        id=row["id"],
        voice=row["voice"],
        professional=row["professional"],
        chat=Chat(row["channel"], envelope.address),
        kind=row["kind"],
        turn=row["turn"],
        message=envelope.message,
        refs=envelope.refs,
        attempts=row["attempts"],
        damaged=damaged,
        is_begun=row["under_way"] is not None,
        share=row["share"],
    )


def _envelope(vault: Vault, row: Row) -> Envelope:
    id_, voice, body = row["id"], row["voice"], row["body"]
    if voice is None:
        plain = vault.unseal(vault.key("notice"), body or b"", "message", "body", id_)
        return codec.decode(plain, Envelope)
    key = vault.unwrap(row["key"], "voice", "key", voice)
    address = vault.unseal(key, row["address"], "voice", "address", voice).decode()
    return Envelope(address, (), None if body is None else said(vault, key, id_, body))
