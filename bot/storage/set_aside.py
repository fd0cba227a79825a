"""Updates that met a mistake of ours, kept sealed so that we can see what they were."""

import json
import re
from dataclasses import dataclass, field

from bot.storage.errors import Damaged
from bot.storage.records import Chat
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SetAside:
    """An update that was set aside: when, and the error's kind and place, never its message."""

    id: int
    channel: str
    update: int
    at: int
    error: str = field(repr=False)
    body: bytes = field(repr=False)


async def put(
    tx: Transaction, channel: str, update: int, body: bytes, error: str, now: int
) -> None:
    """Keep ``body``, the update as it came, with what went wrong; both sealed."""
    id_ = await tx.next_id("set_aside")
    key = tx.vault.key("inbox")
    await tx.run(
        """
        insert into set_aside (id, channel, update_id, at, error, body) values (?, ?, ?, ?, ?, ?)
        """,
        (
            id_,
            channel,
            update,
            now,
            tx.vault.seal(key, error.encode(errors="replace"), "set_aside", "error", id_),
            tx.vault.seal(key, body, "set_aside", "body", id_),
        ),
    )


async def all_(tx: Transaction) -> list[SetAside]:
    """Everything that is set aside, oldest first; what is damaged left out."""
    found = await tx.rows("select * from set_aside order by id")
    key = tx.vault.key("inbox")
    opened = []
    for row in found:
        try:
            error = tx.vault.unseal(key, row["error"], "set_aside", "error", row["id"]).decode()
            body = tx.vault.unseal(key, row["body"], "set_aside", "body", row["id"])
        except Damaged:
            continue
        opened.append(SetAside(row["id"], row["channel"], row["update_id"], row["at"], error, body))
    return opened


async def forget_of(tx: Transaction, chat: Chat) -> int:
    """Forget what was set aside of this chat; how many they were.

    It is known by the address in the update as it came. What is damaged names nobody any more, and
    goes at its own term.
    """
    address = re.compile(rb"(?<!\w)" + re.escape(chat.address.encode()) + rb"(?!\w)")
    theirs = [
        one.id
        for one in await all_(tx)
        if one.channel == chat.channel and address.search(one.body) is not None
    ]
    return await tx.run(
        "delete from set_aside where id in (select value from json_each(?))", (json.dumps(theirs),)
    )


async def forget_before(tx: Transaction, before: int) -> int:
    """Forget what was set aside before ``before``; how many they were."""
    return await tx.run("delete from set_aside where at < ?", (before,))
