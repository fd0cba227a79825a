"""Keeps that a family and a professional met, and what each says of it, with the page it is about.

Everything that was said is sealed with the key of the page, and goes when the page goes.
"""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from msgspec import Struct

from bot.dialogue.facts import View
from bot.storage import codec
from bot.storage.errors import Damaged
from bot.storage.pages import UNSEEN, opened
from bot.storage.records import PageRow
from bot.storage.transaction import Row, Transaction

log = logging.getLogger(__name__)

Views: TypeAlias = tuple[View, ...]

Told: TypeAlias = Views | None
"""What one side says: a view for each aspect, none at all for rather nothing, None for not yet."""

PASSED: Views = ()


class Body(Struct, frozen=True):
    """What is sealed of a meeting: the day (Unix seconds), and what either side says.

    ``is_news``: what the family said may be read at the desk, and whom it is for did not yet.
    """

    on: int
    family: Told = None
    professional: Told = None
    is_news: bool = False
    schema: int = 1

    def __repr__(self) -> str:
        return "Body(…)"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that was noted, by ``professional`` (None: nobody knows any more)."""

    id: int
    page: int
    professional: int | None
    at: int
    body: Body = field(repr=False)

    @property
    def is_shown(self) -> bool:
        """Whether both sides may see what there is: the family would rather not, or said something
        and the professional is not asked any more either."""
        family, professional = self.body.family, self.body.professional
        return family == PASSED or (family is not None and professional is not None)


async def add(tx: Transaction, page: PageRow, professional: int, on: int, now: int) -> None:
    """Keep that ``professional`` met, on that day, whoever's page it is. Nobody said anything."""
    id_ = await tx.next_id("meeting")
    await tx.run(
        "insert into meeting (id, page, professional, at, body) values (?, ?, ?, ?, ?)",
        (id_, page.id, professional, now, _sealed(tx, page, id_, Body(on))),
    )


async def of_page(tx: Transaction, page: PageRow) -> list[Meeting]:
    """The meetings about this page, the oldest first. Raises ``Damaged``."""
    rows = await tx.rows("select * from meeting where page = ? order by id", (page.id,))
    return [_opened(tx, page, row) for row in rows]


async def of_pages(tx: Transaction, found: Sequence[PageRow]) -> dict[int, list[Meeting]]:
    """The meetings about each of these pages that has any, by its id, the oldest first.

    One that is damaged is left out, and the operator's log says which.
    """
    by_id = {page.id: page for page in found}
    rows = await tx.rows(
        "select * from meeting where page in (select value from json_each(?)) order by id",
        (json.dumps(list(by_id)),),
    )
    meetings: dict[int, list[Meeting]] = {}
    for row in rows:
        try:
            meeting = _opened(tx, by_id[row["page"]], row)
        except Damaged as error:
            # One flipped byte may not hide the list of everything else that waits.
            log.error("meeting %d cannot be opened: %s", row["id"], error)
        else:
            meetings.setdefault(meeting.page, []).append(meeting)
    return meetings


async def newest_of(tx: Transaction, voice: int) -> tuple[PageRow, Meeting] | None:
    """The newest meeting with this voice, of all its pages, with the page. Raises ``Damaged``."""
    rows = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from meeting"  # noqa: S608 - our own
        " join page on page.id = meeting.page where page.voice = ?"
        " order by meeting.id desc limit 1",
        (voice,),
    )
    if not rows:
        return None
    page = opened(tx, rows[0])
    return page, (await of_page(tx, page))[-1]


async def is_there(tx: Transaction, voice: int) -> bool:
    """Whether this voice met anyone, as far as was noted."""
    rows = await tx.rows(
        "select 1 from meeting join page on page.id = meeting.page where page.voice = ? limit 1",
        (voice,),
    )
    return bool(rows)


async def save(tx: Transaction, page: PageRow, meeting: Meeting, body: Body) -> Meeting:
    """From now on this is what was said of the meeting; the meeting as it is then."""
    await tx.run(
        "update meeting set body = ? where id = ?",
        (_sealed(tx, page, meeting.id, body), meeting.id),
    )
    return replace(meeting, body=body)


async def forget(tx: Transaction, meeting: int) -> None:
    """As if it was never noted."""
    await tx.run("delete from meeting where id = ?", (meeting,))


def _sealed(tx: Transaction, page: PageRow, meeting: int, body: Body) -> bytes:
    return tx.vault.seal(page.key, codec.encode(body), "meeting", "body", meeting)


def _opened(tx: Transaction, page: PageRow, row: Row) -> Meeting:
    plain = tx.vault.unseal(page.key, row["body"], "meeting", "body", row["id"])
    body = codec.decode(plain, Body)
    return Meeting(row["id"], row["page"], row["professional"], row["at"], body)
