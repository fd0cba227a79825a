"""Alarms: when time itself must do something in a conversation.

An alarm carries the turn it was set in. Whoever lets it ring compares that with the conversation's
turn: someone who went on in the meantime is not reminded of an old question.
"""

import json
from collections.abc import Collection, Sequence

from bot.storage.transaction import Transaction


async def set_(tx: Transaction, alarms: Sequence[tuple[int, str, int, int]]) -> None:
    """Set an alarm for each (voice, kind, turn, due). A voice has one of a kind: the last set."""
    await tx.run_many(
        """
        insert into alarm (voice, kind, turn, due) values (?, ?, ?, ?)
        on conflict (voice, kind) do update set turn = excluded.turn, due = excluded.due
        """,
        alarms,
    )


async def due(tx: Transaction, now: int, limit: int) -> list[tuple[int, str, int]]:
    """The (voice, kind, turn) of at most ``limit`` alarms whose time has come, oldest first."""
    found = await tx.rows(
        "select voice, kind, turn from alarm where due <= ? order by due, voice, kind limit ?",
        (now, limit),
    )
    return [(row["voice"], row["kind"], row["turn"]) for row in found]


async def next_due(tx: Transaction) -> int | None:
    """When the next alarm is due, or None when there is none."""
    (found,) = await tx.rows("select min(due) as due from alarm")
    due_at: int | None = found["due"]
    return due_at


async def done(tx: Transaction, alarms: Collection[tuple[int, str, int]]) -> None:
    """Take away these (voice, kind, turn). One that was set again in a later turn stays."""
    await tx.run(
        """
        delete from alarm where (voice, kind, turn) in (
            select value ->> 0, value ->> 1, value ->> 2 from json_each(?)
        )
        """,
        (json.dumps(list(alarms)),),
    )
