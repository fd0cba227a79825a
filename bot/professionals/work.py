"""What professionals do with the pages of their teams, each deed one transaction.

A page is claimed by one, read, answered once or more, and closed. What the family should hear of
it goes out in the same transaction, in the family's language. Every deed raises ``NotYoursError``
when the page is not one of the professional's teams.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.dialogue.conversation import Button, Part, Quote, Say, Text
from bot.dialogue.tree import ENGINE
from bot.handover.page import decode
from bot.library import Library
from bot.professionals.reading import family_of, own_page
from bot.storage import audit, messages, pages
from bot.storage.records import DONE, PENDING, NewMessage, PageRow, Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction

DAY = 86_400

LONGEST_ANSWER = 2_000
"""Characters of one answer: with its heading it fits in one Telegram message."""

Outcome: TypeAlias = Literal[
    "claimed", "taken over", "read", "answered", "closed", "too late", "empty", "too long"
]
"""What came of a deed. ``too late``: a colleague was first, or it was done before."""


@dataclass(frozen=True, slots=True)
class Work:
    """The deeds, over one store, in the words of one library."""

    store: Store
    library: Library

    async def claim(self, me: Professional, page: int, now: int) -> Outcome:
        """I am going to read it. Exactly one of all who try gets it."""

        async def work(tx: Transaction) -> Outcome:
            await own_page(tx, me, page)
            if not await pages.claim(tx, page, me.id):
                return "too late"
            await audit.note(tx, "page claimed", now, professional=me.id, page=page)
            return "claimed"

        return await self.store.write(work)

    async def take_over(
        self, me: Professional, page: int, now: int, *, holder: int | None
    ) -> Outcome:
        """I go on with what ``holder`` was doing, if they still are."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            if row.professional == me.id or not await pages.take_over(tx, page, me.id, holder):
                return "too late"
            await audit.note(tx, "page taken over", now, professional=me.id, page=page)
            return "taken over"

        return await self.store.write(work)

    async def mark_read(self, me: Professional, page: int, now: int) -> Outcome:
        """I have read what I claimed; the family hears so, once."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            if not await pages.read(tx, page, me.id, now):
                return "too late"
            await audit.note(tx, "page read", now, professional=me.id, page=page)
            await self._tell(tx, row, now, (_from(me, row, "page_read"),))
            return "read"

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
            await self._tell(tx, row, now, (_from(me, row, "page_answered"), quote))
            return "answered"

        return await self.store.write(work)

    async def close(self, me: Professional, page: int, now: int) -> Outcome:
        """Nothing more has to be done with it; the family hears nothing of this."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            if not await pages.close(tx, page, me.id, now, _ends(row, now)):
                return "too late"
            await audit.note(tx, "page closed", now, professional=me.id, page=page)
            return "closed"

        return await self.store.write(work)

    async def _tell(self, tx: Transaction, row: PageRow, now: int, parts: tuple[Part, ...]) -> None:
        """Say ``parts`` in the family's chat, with the way out under it, if there still is one."""
        _, voice = await family_of(tx, row)
        if voice is None:
            return
        conversation = voice.conversation
        leave = Button(Text(f"{ENGINE}/leave"), "-leave")
        say = Say(parts, conversation.turn, rows=((leave,),))
        values = self.library.values(decode(row.body).team, conversation.language)
        message = self.library.texts.say(say, conversation.language, values)
        state = DONE if voice.chat.channel == "web" else PENDING
        new = NewMessage(
            voice, voice.chat, "say", now, message, turn=conversation.turn, state=state
        )
        await messages.enqueue(tx, [new], now)


def _from(me: Professional, row: PageRow, key: str) -> Part:
    """A line that says who it is from. The team is named as it was when the page came in."""
    values: dict[str, int | str | Text] = {"wie": me.name, "team": decode(row.body).team_name}
    return Part((Text(f"{ENGINE}/{key}", values),), "heading")


def _ends(row: PageRow, now: int) -> int:
    return now + decode(row.body).page_days * DAY
