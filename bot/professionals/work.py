"""What professionals do with the pages of their teams, each deed one transaction.

A page is claimed by one, read, answered once or more, and closed. What the family should hear of
it goes out in the same transaction, in the family's language. Every deed raises ``NotYoursError``
when the page is not one of the professional's teams.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.dialogue.message import Part, Quote, Text
from bot.dialogue.vocabulary import ENGINE
from bot.handover.page import decode
from bot.library import Library
from bot.professionals.cases import parts_of
from bot.professionals.reading import own_page
from bot.professionals.telling import tell
from bot.storage import audit, family_pages, pages
from bot.storage.records import PageRow, Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction

DAY = 86_400

LONGEST_ANSWER = 2_000
"""Characters of one answer: with its heading it fits in one Telegram message."""

Outcome: TypeAlias = Literal[
    "claimed",
    "taken over",
    "read",
    "answered",
    "closed",
    "given back",
    "too late",
    "empty",
    "too long",
]
"""What came of a deed. ``too late``: a colleague was first, or it was done before."""


@dataclass(frozen=True, slots=True)
class Work:
    """The deeds, over one store, in the words of one library."""

    store: Store
    library: Library

    async def claim(self, me: Professional, page: int, now: int) -> Outcome:
        """I am going to read it, with every part of its case that is new. Exactly one of all who
        try gets it."""

        async def work(tx: Transaction) -> Outcome:
            parts = await parts_of(tx, me, page)
            mine = [part for part in parts if await pages.claim(tx, part, me.id)]
            for part in mine:
                await audit.note(tx, "page claimed", now, professional=me.id, page=part)
            return "claimed" if mine else "too late"

        return await self.store.write(work)

    async def take_over(
        self, me: Professional, page: int, now: int, *, holder: int | None
    ) -> Outcome:
        """I go on with what ``holder`` was doing with this case, if they still are."""

        async def work(tx: Transaction) -> Outcome:
            parts = await parts_of(tx, me, page)
            if holder == me.id:
                return "too late"
            mine = [part for part in parts if await pages.take_over(tx, part, me.id, holder)]
            for part in mine:
                await audit.note(tx, "page taken over", now, professional=me.id, page=part)
            return "taken over" if mine else "too late"

        return await self.store.write(work)

    async def mark_read(self, me: Professional, page: int, now: int) -> Outcome:
        """I have read what I claimed; each voice hears so of its own part, once."""

        async def work(tx: Transaction) -> Outcome:
            parts = await parts_of(tx, me, page)
            fresh = [part for part in parts if await pages.read(tx, part, me.id, now)]
            for part in fresh:
                row = await own_page(tx, me, part)
                await audit.note(tx, "page read", now, professional=me.id, page=part)
                await tell(tx, self.library, row, now, (_from(me, row, "page_read"),))
            return "read" if fresh else "too late"

        return await self.store.write(work)

    async def answer(self, me: Professional, page: int, words: str, now: int) -> Outcome:
        """Send the family these words and keep them with the page.

        At most ``LONGEST_ANSWER`` characters, spaces around them apart. From the first answer on
        the page has its term: as many days as the family was told.
        """
        words = words.replace("\r\n", "\n").strip()
        if not words:
            return "empty"
        if len(words) > LONGEST_ANSWER:
            return "too long"

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            if not await pages.answer(tx, row, me.id, words, now, _ends(row, now)):
                return "too late"
            await audit.note(tx, "page answered", now, professional=me.id, page=page)
            quote = Part((Quote(words),), "quote")
            said = (_from(me, row, "page_answered"), quote)
            await tell(tx, self.library, row, now, said, answerable=True)
            return "answered"

        return await self.store.write(work)

    async def close(self, me: Professional, page: int, now: int) -> Outcome:
        """Nothing more has to be done with the case; the family hears nothing of this."""

        async def work(tx: Transaction) -> Outcome:
            closed = False
            for part in await parts_of(tx, me, page):
                row = await own_page(tx, me, part)
                if await pages.close(tx, part, me.id, now, _ends(row, now)):
                    closed = True
                    await audit.note(tx, "page closed", now, professional=me.id, page=part)
            return "closed" if closed else "too late"

        return await self.store.write(work)

    async def give_back(self, me: Professional, page: int, now: int) -> Outcome:
        """Destroy a page that the family asked back; they hear that it is gone."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            if row.asked_back_at is None:
                return "too late"
            team = decode(row.body).team_name
            gone = Part((Text(f"{ENGINE}/page_given_back", {"team": team}),))
            await tell(tx, self.library, row, now, (gone,))
            await family_pages.take_back(tx, page, now)
            await audit.note(tx, "page given back", now, professional=me.id, page=page)
            return "given back"

        return await self.store.write(work)


def _from(me: Professional, row: PageRow, key: str) -> Part:
    """A line that says who it is from. The team is named as it was when the page came in."""
    team = decode(row.body).team_name
    return Part((Text(f"{ENGINE}/{key}", {"wie": me.name, "team": team}),), "heading")


def _ends(row: PageRow, now: int) -> int:
    return now + decode(row.body).page_days * DAY
