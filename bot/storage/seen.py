"""Which updates were seen before: an update counts once, however often a channel repeats it."""

import json
from collections.abc import Sequence

from bot.storage.transaction import Transaction


async def first_sight_of(tx: Transaction, channel: str, ids: Sequence[int], now: int) -> set[int]:
    """Those of ``ids`` that were never seen on ``channel``; from now on they are."""
    new = await tx.rows(
        """
        insert into seen (channel, update_id, at) select ?, value, ? from json_each(?) where true
        on conflict do nothing returning update_id
        """,
        (channel, now, json.dumps(list(ids))),
    )
    return {row["update_id"] for row in new}


async def forget_before(tx: Transaction, before: int) -> int:
    """Forget the updates seen before ``before``; how many they were."""
    return await tx.run("delete from seen where at < ?", (before,))
