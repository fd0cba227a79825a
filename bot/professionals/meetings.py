"""What both sides do after a talk: a professional notes it, and each says how it was, or would
rather not.

What one side says is shown to neither before the other said something too, or would rather not.
Then what there is, is shown to both. Nothing of it is counted, for anyone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, TypeAlias, assert_never

from msgspec.structs import replace

from bot.dialogue.effects import AskMeeting, MeetingRequest, SayMeeting
from bot.dialogue.events import MeetingTold
from bot.dialogue.facts import ASPECTS, VIEWS, MeetingFacts
from bot.dialogue.phrases import line
from bot.handover.moments import DUTCH_TIME
from bot.handover.page import decode
from bot.library import Library
from bot.professionals import met, notices
from bot.professionals.reading import family_of, own_page
from bot.professionals.telling import tell
from bot.storage import audit, meetings, professionals
from bot.storage.meetings import PASSED, Meeting, Views
from bot.storage.records import PageRow, Professional, Voice
from bot.storage.store import Store
from bot.storage.transaction import Transaction

Outcome: TypeAlias = Literal["met", "no day", "waits", "said", "passed", "nothing said", "gone"]
"""What came of a deed. ``waits``: of an earlier talk something is still to be said."""


@dataclass(frozen=True, slots=True)
class Meetings:
    """The deeds of professionals, over one store, in the words of one library."""

    store: Store
    library: Library

    async def note(self, me: Professional, page: int, on: date | None, now: int) -> Outcome:
        """We met, on that day: whoever's page it is, is asked once whether they want to say how it
        was. The day is not before the page came, and not to come."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            before = await meetings.of_page(tx, row)
            _, voice = await family_of(tx, row)
            if voice is None or not met.may_note(me, row):
                return "gone"
            if met.waits(before, now):
                return "waits"
            if on is None or not _day(row.came) <= on <= _day(now):
                return "no day"
            if before and not before[-1].is_shown:
                await meetings.forget(tx, before[-1].id)
            noon = datetime.combine(on, time(12), DUTCH_TIME)
            await meetings.add(tx, row, me.id, int(noon.timestamp()), now)
            await audit.note(tx, "meeting noted", now, professional=me.id, page=page)
            await tell(tx, self.library, row, now, (line("meeting_asked"),), met=True)
            return "met"

        return await self.store.write(work)

    async def say(
        self, me: Professional, page: int, meeting: int, views: Sequence[str], now: int
    ) -> Outcome:
        """This is how it was for me: a view for each aspect, in their order; once, and only from
        who was there."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            found = await _of(tx, row, meeting)
            known = tuple(view for said in views for view in VIEWS if view == said)
            if found is None or found.professional != me.id or len(known) != len(ASPECTS):
                return "gone"
            if set(known) == {"skipped"}:
                return "nothing said"
            return "said" if await self._close(tx, row, found, known, now) else "gone"

        return await self.store.write(work)

    async def leave(self, me: Professional, page: int, meeting: int, now: int) -> Outcome:
        """Our side says nothing of it: I would rather not, or who was there cannot any more."""

        async def work(tx: Transaction) -> Outcome:
            row = await own_page(tx, me, page)
            found = await _of(tx, row, meeting)
            if found is None:
                return "gone"
            if not await met.is_for(tx, me, row, found):
                return "gone"
            return "passed" if await self._close(tx, row, found, PASSED, now) else "gone"

        return await self.store.write(work)

    async def _close(
        self, tx: Transaction, row: PageRow, meeting: Meeting, views: Views, now: int
    ) -> bool:
        """Our side is closed. False when it was, or is not asked any more."""
        if meeting.body.professional is not None or meeting.is_shown:
            return False
        is_news = meeting.body.family is not None
        body = replace(meeting.body, professional=views, is_news=is_news)
        await meetings.save(tx, row, meeting, body)
        if is_news:
            await tell(tx, self.library, row, now, (line("meeting_news"),), met=True)
        return True


async def answered(
    tx: Transaction, voice: Voice, request: MeetingRequest, desk_url: str, now: int
) -> MeetingTold:
    """What came of ``request`` of ``voice``, and how its newest meeting is after that."""
    found = await meetings.newest_of(tx, voice.id)
    if found is None:
        return MeetingTold(None)
    row, meeting = found
    match request:
        case AskMeeting():
            return MeetingTold(await _facts(tx, row, meeting))
        case SayMeeting(number, views):
            told = PASSED if views is None else views
            if number != meeting.id or not _may_still(meeting, told):
                return MeetingTold(await _facts(tx, row, meeting), late=True)
            is_news = told != PASSED and meeting.body.professional is not None
            body = replace(meeting.body, family=told, is_news=is_news)
            after = await meetings.save(tx, row, meeting, body)
            if told != PASSED:
                await _announce(tx, row, meeting, desk_url, now)
            return MeetingTold(await _facts(tx, row, after))
        case _:
            assert_never(request)


def _may_still(meeting: Meeting, told: Views) -> bool:
    """What a family said is taken away as long as it is not shown; it is not said twice."""
    return not meeting.is_shown and (meeting.body.family is None or told == PASSED)


async def _announce(
    tx: Transaction, row: PageRow, meeting: Meeting, desk_url: str, now: int
) -> None:
    """Word to who was there; when they are gone, to whoever has the page in hand."""
    is_there = await met.is_there_still(tx, meeting)
    only = meeting.professional if is_there else row.professional
    team = decode(row.body).team
    await notices.announce(tx, team, desk_url, now, line=notices.MEETING, only=only)


async def _facts(tx: Transaction, row: PageRow, meeting: Meeting) -> MeetingFacts:
    """How it is, as far as the family may know."""
    noted = meeting.professional
    names = await professionals.by_id(tx, set() if noted is None else {noted})
    body = meeting.body
    return MeetingFacts(
        number=meeting.id,
        who=names[noted].name if noted in names else "",
        team=decode(row.body).team_name,
        on=body.on,
        mine=met.side(body.family),
        theirs=met.side(body.professional),
        is_shown=meeting.is_shown,
        my_views=body.family or PASSED if meeting.is_shown else PASSED,
        their_views=body.professional or PASSED if meeting.is_shown else PASSED,
    )


async def _of(tx: Transaction, row: PageRow, meeting: int) -> Meeting | None:
    return next((one for one in await meetings.of_page(tx, row) if one.id == meeting), None)


def _day(at: int) -> date:
    return datetime.fromtimestamp(at, DUTCH_TIME).date()
