"""Revisions of dialogues: structure and words, kept for whoever is still in them."""

import json
from collections.abc import Collection

from bot.storage.errors import StorageError
from bot.storage.transaction import Transaction


async def keep(tx: Transaction, dialogue: str, revision: str, body: bytes) -> int:
    """Keep ``body`` for this revision, and return its row.

    The same revision again keeps its row and takes the newest words.
    """
    await tx.run(
        """
        insert into revision (dialogue, revision, body) values (?, ?, ?)
        on conflict (dialogue, revision) do update set body = excluded.body
            where body <> excluded.body
        """,
        (dialogue, revision, body),
    )
    (row,) = await tx.rows(
        "select id from revision where dialogue = ? and revision = ?", (dialogue, revision)
    )
    return int(row["id"])


async def body(tx: Transaction, row: int) -> bytes:
    """What was kept in this row. Raises ``StorageError`` when there is no such row."""
    found = await tx.rows("select body from revision where id = ?", (row,))
    if not found:
        raise StorageError(f"De database mist revisie {row} van een gesprek.")
    return bytes(found[0]["body"])


async def forget_unused(tx: Transaction, keep: Collection[int]) -> int:
    """Forget every revision nobody is in, but those of ``keep``; how many they were."""
    return await tx.run(
        """
        delete from revision where id not in (select value from json_each(?))
            and not exists (select 1 from voice where voice.revision = revision.id)
        """,
        (json.dumps(list(keep)),),
    )
