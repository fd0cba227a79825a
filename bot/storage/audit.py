"""Who did what at the desk and when, without a word of what was there.

A line outlives the page and the professional it is about, and names both by number.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from bot.storage.transaction import Transaction

What: TypeAlias = Literal[
    "page listed",
    "page renewed",
    "page seen",
    "page taken as text",
    "page taken as json",
    "page taken as pdf",
    "circle seen",
    "recording heard",
    "page claimed",
    "page taken over",
    "page read",
    "page answered",
    "page closed",
    "page released",
    "page deleted",
    "page taken back",
    "page asked back",
    "page given back",
    "page passed on",
    "page reopened",
    "family wrote",
    "meeting noted",
    "invited",
    "password reset",
    "joined",
    "logged in",
    "log-in refused",
    "logged out",
    "password changed",
    "telegram linked",
    "telegram unlinked",
    "removed",
]
"""Everything that is noted."""


async def note(
    tx: Transaction,
    what: What,
    now: int,
    *,
    professional: int | None = None,
    page: int | None = None,
) -> None:
    """Write down that ``what`` was done; by nobody, when a program did it."""
    await tx.run(
        "insert into audit (at, professional, what, page) values (?, ?, ?, ?)",
        (now, professional, what, page),
    )


async def readers(tx: Transaction, page: int) -> Sequence[tuple[int, int]]:
    """Who opened the page in any form, and when first: (professional, moment), oldest first."""
    rows = await tx.rows(
        "select professional, min(at) as first from audit"
        " where page = ? and professional is not null"
        " and (what in ('page seen', 'circle seen', 'recording heard')"
        " or what like 'page taken as %')"
        " group by professional order by first",
        (page,),
    )
    return [(row["professional"], row["first"]) for row in rows]
