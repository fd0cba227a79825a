"""Voices: who is in a conversation, and where in it.

A voice that cannot be opened comes back ``damaged`` instead of raising, so that one flipped byte
costs one family its answer and nobody else theirs.
"""

import json
import logging
from collections.abc import Collection, Sequence

from bot.dialogue.conversation import Conversation
from bot.failpoints import fail_point
from bot.storage import codec
from bot.storage.errors import Damaged
from bot.storage.records import Chat, Voice
from bot.storage.transaction import Row, Transaction, Value
from bot.storage.vault import Vault

log = logging.getLogger(__name__)

BLANK = Conversation(dialogue="", revision="", language="nl")
"""Stands for a conversation that cannot be opened."""


SAME_CHAT = """
    select ?1 as id union select before.id from voice as me
    join voice as before on before.channel = me.channel and before.chat = me.chat
    where me.id = ?1 and before.current = 0
"""
"""The voice ?1, and those its chat had before it: clearing a chat is about all of them."""


def chat_hash(vault: Vault, chat: Chat) -> bytes:
    """How a chat is found again: the keyed hash in ``voice.chat`` and ``message.chat``."""
    return vault.lookup(f"chat/{chat.channel}", chat.address)


async def of_chats(tx: Transaction, chats: Collection[Chat]) -> dict[Chat, Voice]:
    """The current voice of each chat that has one."""
    asked = list(chats)
    # SQLite of Debian 12 cannot read blobs from JSON: the hashes go as one blob, cut by place.
    hashes = b"".join(chat_hash(tx.vault, chat) for chat in asked)
    found = await tx.rows(
        """
        select asked.key as place, voice.id, "case", voice.key, revision, touched, conversation
        from json_each(?) as asked
        cross join voice on channel = asked.value
            and chat = substr(?, 1 + 32 * asked.key, 32) and current = 1
        """,
        (json.dumps([chat.channel for chat in asked]), hashes),
    )
    return {(chat := asked[row["place"]]): _opened(tx.vault, row, chat) for row in found}


async def by_id(tx: Transaction, ids: Collection[int]) -> dict[int, Voice]:
    """The voices that still exist of ``ids``, current or not."""
    found = await tx.rows(
        """
        select id, "case", channel, key, revision, touched, address, conversation
        from voice where id in (select value from json_each(?))
        """,
        (json.dumps(list(ids)),),
    )
    return {row["id"]: _opened(tx.vault, row) for row in found}


async def following(tx: Transaction, revision: int) -> list[int]:
    """The ids of the current voices that follow the revision in this row."""
    found = await tx.rows(
        "select id from voice where revision = ? and current = 1 order by id", (revision,)
    )
    return [row["id"] for row in found]


async def begin(
    tx: Transaction, chats: Sequence[tuple[Chat, Conversation, int]], now: int
) -> dict[Chat, Voice]:
    """A new voice in a new case for each (chat, conversation, revision row); no chat twice.

    A voice the chat had is no longer its current one; it stays until its own term is over.
    """
    case = await tx.next_id("case")
    await tx.run_many(
        'insert into "case" (id, began) values (?, ?)',
        [(case + place, now) for place in range(len(chats))],
    )
    return await _begun(tx, [(*new, case + place) for place, new in enumerate(chats)], now)


async def join(
    tx: Transaction, case: int, chat: Chat, conversation: Conversation, revision: int, now: int
) -> Voice:
    """A new voice in a case that is there already; a voice the chat had as with ``begin``."""
    return (await _begun(tx, [(chat, conversation, revision, case)], now))[chat]


async def of_same_chat(tx: Transaction, voice: int) -> list[int]:
    """The ids of this voice and of those its chat had before it, the oldest first."""
    found = await tx.rows(f"select id from ({SAME_CHAT}) order by id", (voice,))  # noqa: S608 - our own
    return [row["id"] for row in found]


async def _begun(
    tx: Transaction, chats: Sequence[tuple[Chat, Conversation, int, int]], now: int
) -> dict[Chat, Voice]:
    """A new voice for each (chat, conversation, revision row, case)."""
    await tx.run_many(
        "update voice set current = 0 where channel = ? and chat = ? and current = 1",
        [(chat.channel, chat_hash(tx.vault, chat)) for chat, *_ in chats],
    )
    voice = await tx.next_id("voice")
    begun: dict[Chat, Voice] = {}
    rows = []
    for place, (chat, conversation, revision, case) in enumerate(chats):
        key, wrapped = tx.vault.new_key("voice", "key", voice + place)
        started = Voice(voice + place, case, chat, key, conversation, revision, now)
        begun[chat] = started
        rows.append(_row(tx.vault, started, wrapped))
    await tx.run_many(
        """
        insert into voice (id, "case", channel, chat, revision, began, touched, key, address,
            conversation, current)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
        rows,
    )
    return begun


async def begun_since(tx: Transaction, channel: str, since: int, most: int) -> int:
    """How many voices began on ``channel`` after ``since``, ``most`` at most.

    Looks at the newest ones only, so that it costs as much however many there are.
    """
    (found,) = await tx.rows(
        "select count(*) as number from"
        " (select began, channel from voice order by id desc limit ?)"
        " where channel = ? and began > ?",
        (most, channel, since),
    )
    return int(found["number"])


async def save(tx: Transaction, voices: Sequence[Voice], now: int | None) -> None:
    """Keep where these voices are now: their conversation and revision.

    ``now`` is the moment of contact; None when time made the change and nobody made contact, which
    leaves the term of the draft as it was. Raises ``Damaged`` for a damaged one: it would overwrite
    what may still be repaired.
    """
    if any(voice.damaged for voice in voices):
        raise Damaged("een beschadigd gesprek wordt niet overschreven")
    await tx.run_many(
        "update voice set revision = ?, touched = ?, conversation = ? where id = ?",
        [
            (
                voice.revision,
                voice.touched if now is None else now,
                _sealed(tx.vault, voice.key, voice.conversation, voice.id),
                voice.id,
            )
            for voice in voices
        ],
    )


async def erase(tx: Transaction, ids: Collection[int]) -> None:
    """Destroy these voices: their keys, then everything of theirs, and a case nobody is left in.

    Erasing what does not exist is nothing. What was in the write-ahead log is ciphertext without
    its key from then on; ``Store.checkpoint`` takes that away too.
    """
    doomed = json.dumps(list(ids))
    cases = await tx.rows(
        'select distinct "case" from voice where id in (select value from json_each(?))', (doomed,)
    )
    await tx.run(
        """
        insert or ignore into part_gone ("case", team)
        select page."case", page.team from page where voice in (select value from json_each(?1))
            and exists (
                select 1 from page as other where other."case" = page."case"
                and other.team = page.team
                and other.voice not in (select value from json_each(?1)))
        """,
        (doomed,),
    )
    await tx.run(
        "update page set key = zeroblob(length(key)) "
        "where voice in (select value from json_each(?))",
        (doomed,),
    )
    await tx.run(
        "update voice set key = zeroblob(length(key)) where id in (select value from json_each(?))",
        (doomed,),
    )
    fail_point("erase.before_rows")
    await tx.run("delete from voice where id in (select value from json_each(?))", (doomed,))
    await tx.run(
        """
        delete from "case" where id in (select value from json_each(?))
            and not exists (select 1 from voice where voice."case" = "case".id)
            and not exists (select 1 from page where page."case" = "case".id)
        """,
        (json.dumps([row["case"] for row in cases]),),
    )


def _row(vault: Vault, new: Voice, wrapped: bytes) -> tuple[Value, ...]:
    """The columns of a voice that begins, up to its conversation."""
    return (
        new.id,
        new.case,
        new.chat.channel,
        chat_hash(vault, new.chat),
        new.revision,
        new.touched,
        new.touched,
        wrapped,
        vault.seal(new.key, new.chat.address.encode(), "voice", "address", new.id),
        _sealed(vault, new.key, new.conversation, new.id),
    )


def _sealed(vault: Vault, key: bytes, conversation: Conversation, voice: int) -> bytes:
    return vault.seal(key, codec.encode(conversation), "voice", "conversation", voice)


def _opened(vault: Vault, row: Row, chat: Chat | None = None) -> Voice:
    """The voice of ``row``; its address is opened only when ``chat`` is not known yet."""
    id_, key, damaged = row["id"], b"", False
    conversation = BLANK
    known = chat or Chat(row["channel"], "")
    try:
        key = vault.unwrap(row["key"], "voice", "key", id_)
        if chat is None:
            address = vault.unseal(key, row["address"], "voice", "address", id_)
            known = Chat(row["channel"], address.decode())
        plain = vault.unseal(key, row["conversation"], "voice", "conversation", id_)
        conversation = codec.decode(plain, Conversation)
    except Damaged as error:
        log.warning("voice %d cannot be opened: %s", id_, error)
        damaged = True
    return Voice(
        id_, row["case"], known, key, conversation, row["revision"], row["touched"], damaged
    )
