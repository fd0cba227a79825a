"""Answers what a family asks about the page it handed over, and does what it wants with it.

Every request is answered inside the transaction in which it came, so that a family and a
professional who act at the same moment hear the same truth.
"""

from dataclasses import dataclass
from typing import assert_never

from bot.dialogue.effects import AskPage, PageRequest, TakeBack, WriteTeam
from bot.dialogue.events import Outcome, PageTold
from bot.dialogue.facts import PageFacts
from bot.handover.page import decode
from bot.library import Library
from bot.professionals import notices
from bot.storage import audit, family_pages, meetings, professionals
from bot.storage.records import PageRow, Voice
from bot.storage.transaction import Transaction

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Requests:
    """What families ask, in the words of ``library``; ``desk_url`` goes in notices to teams."""

    library: Library
    desk_url: str

    async def answer(
        self, tx: Transaction, voice: Voice, request: PageRequest, now: int
    ) -> PageTold:
        """What came of ``request`` of ``voice``, and how its newest page is after that."""
        row = await family_pages.newest(tx, voice.id)
        if row is None:
            return PageTold("gone", None)
        match request:
            case AskPage(screen):
                return PageTold("looked", await self._now(tx, voice), screen)
            case WriteTeam(words):
                await self._write(tx, row, words, now)
                return PageTold("written", await self._now(tx, voice))
            case TakeBack(though_read):
                outcome = await self._take_back(tx, row, now, though_read=though_read)
                return PageTold(outcome, await self._now(tx, voice))
            case _:
                assert_never(request)

    async def _write(self, tx: Transaction, row: PageRow, words: str, now: int) -> None:
        page = decode(row.body)
        await family_pages.write(tx, row, words, now, now + page.page_days * DAY)
        await audit.note(tx, "family wrote", now, page=row.id)
        if row.state == "closed":
            await audit.note(tx, "page reopened", now, page=row.id)
        await notices.announce(tx, page.team, self.desk_url, now, line=notices.FAMILY_WROTE)

    async def _take_back(
        self, tx: Transaction, row: PageRow, now: int, *, though_read: bool
    ) -> Outcome:
        """Who opens a page notes so before they see it: in a transaction before or after this."""
        if row.asked_back_at is not None:
            return "looked"
        if not await audit.readers(tx, row.id):
            await family_pages.take_back(tx, row.id, now)
            await audit.note(tx, "page taken back", now, page=row.id)
            return "taken_back"
        if not though_read:
            return "read_first"
        page = decode(row.body)
        await family_pages.ask_back(tx, row.id, now, now + page.page_days * DAY)
        await audit.note(tx, "page asked back", now, page=row.id)
        line, holder = notices.ASKED_BACK, row.professional
        if not await notices.announce(tx, page.team, self.desk_url, now, line=line, only=holder):
            # Nobody holds it, or not any more: then it is for everyone of the team.
            await notices.announce(tx, page.team, self.desk_url, now, line=line)
        return "asked_back"

    async def _now(self, tx: Transaction, voice: Voice) -> PageFacts | None:
        """How the newest page is, as far as the family may know; None when there is none."""
        row = await family_pages.newest(tx, voice.id)
        if row is None:
            return None
        page = decode(row.body)
        profile = self.library.teams.get(page.team)
        opened = await audit.readers(tx, row.id)
        names = await professionals.by_id(tx, [person for person, _ in opened])
        return PageFacts(
            team=page.team_name,
            sent=row.came,
            days=page.page_days,
            phone=profile.phone if profile else None,
            reply_days=profile.reply_days if profile else None,
            readers=tuple(
                (names[person].name if person in names else "", at) for person, at in opened
            ),
            answered=row.answered_at,
            closed=row.closed_at,
            asked_back=row.asked_back_at,
            ends=row.delete_after,
            unseen=row.unseen,
            others=await family_pages.count(tx, voice.id) - 1,
            meeting=await meetings.is_there(tx, voice.id),
        )
