"""Revisions of dialogues: structure and words, kept for whoever is still in them."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from bot.storage.errors import StorageError
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Kept:
    """One revision that is kept: its ``row``, and how many voices follow it.

    ``revision`` is the fingerprint of its structure. One that was ``recalled`` is no longer
    followed by anyone who does something; ``empty`` says that its body is gone.
    """

    row: int
    dialogue: str
    revision: str
    recalled: bool
    empty: bool
    voices: int


async def keep(tx: Transaction, dialogue: str, revision: str, body: bytes) -> int:
    """Keep ``body`` for this revision, and return its row.

    The same revision again keeps its row, is still recalled when it was, and takes the newest
    words.
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


async def recalled(tx: Transaction) -> frozenset[int]:
    """The rows of every revision that was recalled."""
    found = await tx.rows("select id from revision where recalled = 1")
    return frozenset(row["id"] for row in found)


async def latest(tx: Transaction, dialogue: str, but: int) -> int | None:
    """The row of the newest revision of ``dialogue`` that can be followed, not counting ``but``."""
    found = await tx.rows(
        """
        select id from revision
        where dialogue = ? and id <> ? and recalled = 0 and length(body) > 0
        order by id desc limit 1
        """,
        (dialogue, but),
    )
    return found[0]["id"] if found else None


async def all_(tx: Transaction) -> list[Kept]:
    """Every revision that is kept, the newest of each dialogue first."""
    found = await tx.rows(
        """
        select id, dialogue, revision, recalled, length(body) as size,
            (select count(*) from voice where voice.revision = revision.id) as voices
        from revision order by dialogue, id desc
        """
    )
    return [
        Kept(
            row["id"],
            row["dialogue"],
            row["revision"],
            bool(row["recalled"]),
            not row["size"],
            row["voices"],
        )
        for row in found
    ]


async def mark(tx: Transaction, row: int, *, recalled: bool) -> None:
    """This revision is recalled from now on, or is not any more. Twice is the same as once."""
    await tx.run("update revision set recalled = ? where id = ?", (int(recalled), row))


async def forget_unused(tx: Transaction, keep: Collection[int]) -> int:
    """Forget every revision nobody is in, but those of ``keep``; how many they were.

    Of one that was recalled only the mark stays.
    """
    rows = json.dumps(list(keep))
    gone = await tx.run(
        """
        delete from revision where id not in (select value from json_each(?)) and recalled = 0
            and not exists (select 1 from voice where voice.revision = revision.id)
        """,
        (rows,),
    )
    return gone + await tx.run(
        """
        update revision set body = x'' where id not in (select value from json_each(?))
            and length(body) > 0
            and recalled = 1
            and not exists (select 1 from voice where voice.revision = revision.id)
        """,
        (rows,),
    )
