"""Sees to it that no page waits unseen: a second person hears of it, and the family the truth.

A page that nobody has read for a working day is passed on to everyone else of the team, once. A
page that nobody can read, because its team has no active professional, is an alarm in the log for
as long as that lasts (``samenspraak waiting`` shows the same); whoever joins the team finds it.
"""

import logging
from dataclasses import dataclass, field

from bot.dialogue.message import Moment, Part, Text
from bot.dialogue.vocabulary import ENGINE
from bot.handover.page import decode
from bot.library import Library
from bot.professionals import notices
from bot.professionals.telling import tell
from bot.professionals.working_days import working_day_after
from bot.storage import audit, family_pages
from bot.storage.errors import Damaged
from bot.storage.records import PageRow
from bot.storage.store import Store
from bot.storage.transaction import Transaction

log = logging.getLogger(__name__)

DAY = 86_400

AT_ONCE = 100
"""Pages in one look."""

TOLD_AGAIN = 3600
"""Seconds after which an alarm that still holds is in the log again."""


@dataclass
class Waiting:
    """Looks after the pages in ``store``; ``desk_url`` is where they are read."""

    store: Store
    library: Library
    desk_url: str
    _alarmed: dict[int, int] = field(default_factory=dict)

    async def visit(self, now: int) -> None:
        """Pass on what waited too long, and raise the alarm for what nobody can read."""
        if await self.store.read(lambda tx: _overdue(tx, now)):
            await self.store.write(lambda tx: self._pass_on(tx, now))
        self._alarm(await self.store.read(family_pages.of_nobody), now)

    async def _pass_on(self, tx: Transaction, now: int) -> None:
        for page in await _overdue(tx, now):
            try:
                row = await family_pages.pass_on(tx, page, now)
            except Damaged as error:
                log.error("page %d waits and cannot be opened: %s", page, error)
                continue
            team, line = decode(row.body).team, notices.PASSED_ON
            told = await notices.announce(
                tx, team, self.desk_url, now, line=line, but=row.professional
            )
            await audit.note(tx, "page passed on", now, page=page)
            await tell(tx, self.library, row, now, (await _truth(tx, row, told),))

    def _alarm(self, pages: list[tuple[int, int]], now: int) -> None:
        """Say it of each page when it is found, and then once in a while."""
        self._alarmed = {page: self._alarmed[page] for page, _ in pages if page in self._alarmed}
        for page, came in pages:
            if now - self._alarmed.get(page, now - TOLD_AGAIN) < TOLD_AGAIN:
                continue
            self._alarmed[page] = now
            minutes = (now - came) // 60
            log.error("page %d waits %d minutes for a team without professionals", page, minutes)


async def _overdue(tx: Transaction, now: int) -> list[int]:
    """The pages that were not read in a working day. That lasts a day or longer."""
    found = await family_pages.unread(tx, now - DAY // 2, AT_ONCE)
    return [page for page, since in found if working_day_after(since) <= now]


async def _truth(tx: Transaction, row: PageRow, told: int) -> Part:
    """What the family hears: how it is with their page, and whether someone was told."""
    opened = await audit.readers(tx, row.id)
    key = "page_waits_seen" if opened else "page_waits_unread"
    if told == 0:
        key = "page_waits_nobody"
    values: dict[str, int | str | Moment | Text] = {
        "moment": Moment(row.waits_since),
        "team": decode(row.body).team_name,
    }
    return Part((Text(f"{ENGINE}/{key}", values),))
