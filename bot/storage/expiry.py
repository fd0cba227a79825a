"""What has been kept long enough: how much there is, which rows those are, and their end.

A draft is a voice without a page. One with a page goes when its page goes: the answer comes to it.
"""

import json
from collections.abc import Collection

from bot.storage.pages import note_gone
from bot.storage.store import Transaction


async def drafts(tx: Transaction) -> int:
    """How many drafts there are."""
    (found,) = await tx.rows(
        """
        select count(*) as number from voice
        where not exists (select 1 from page where page.voice = voice.id)
        """
    )
    return int(found["number"])


async def untouched_drafts(
    tx: Transaction, before: int, after: tuple[int, int], limit: int
) -> list[tuple[int, int]]:
    """The (last contact, id) of at most ``limit`` drafts without contact since ``before``.

    In that order, from the first one past ``after``: so a reader goes on where it was.
    """
    found = await tx.rows(
        """
        select touched, id from voice where touched < ? and (touched, id) > (?, ?)
            and not exists (select 1 from page where page.voice = voice.id)
        order by touched, id limit ?
        """,
        (before, *after, limit),
    )
    return [(row["touched"], row["id"]) for row in found]


async def pages(tx: Transaction) -> int:
    """How many pages there are."""
    (found,) = await tx.rows("select count(*) as number from page")
    return int(found["number"])


async def expired_pages(tx: Transaction, now: int) -> list[int]:
    """The ids of the pages whose term is over."""
    found = await tx.rows("select id from page where delete_after <= ? order by id", (now,))
    return [row["id"] for row in found]


async def erase_pages(tx: Transaction, ids: Collection[int]) -> None:
    """Destroy these pages: their keys, then the rows, and a case nobody is left in."""
    doomed = json.dumps(list(ids))
    await note_gone(tx, ids)
    await tx.run(
        "update page set key = zeroblob(length(key)) where id in (select value from json_each(?))",
        (doomed,),
    )
    await tx.run("delete from page where id in (select value from json_each(?))", (doomed,))
    await tx.run(
        """
        delete from "case" where not exists (select 1 from voice where voice."case" = "case".id)
            and not exists (select 1 from page where page."case" = "case".id)
        """
    )


async def forget_audit_before(tx: Transaction, before: int) -> int:
    """Forget what was noted before ``before``; how many lines those were."""
    return await tx.run("delete from audit where at < ?", (before,))
