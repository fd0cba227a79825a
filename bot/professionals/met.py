"""What stands beside a page of the talks that a professional had about it, for whom it is opened.

What one side said is not in here before both may see it, but for what someone said themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec.structs import replace

from bot.dialogue.facts import Side
from bot.storage import meetings, pages
from bot.storage.meetings import PASSED, Meeting, Told, Views
from bot.storage.records import PageRow, Professional
from bot.storage.transaction import Transaction

DAY = 86_400

HELD = ("reading", "answered", "closed")
"""The states of a page that somebody has in hand, or had when it was closed."""

Names: TypeAlias = dict[int, str]

Mark: TypeAlias = Literal["say", "leave", "read"]
"""What of a talk is still for me: to say how it was, to close our side of one whose colleague is
gone, or to read what both sides said."""

MARKS: tuple[Mark, ...] = ("say", "leave", "read")
"""In the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Met:
    """A talk about a page, as it is for me. ``who`` noted it (None: nobody knows any more).

    ``family`` and ``ours`` are how far either side is. ``may_say``: I was there, and am asked;
    ``may_leave``: I can close our side, of my own or because who was there is gone. ``is_news``:
    I see for the first time what both sides said.
    """

    id: int
    on: int
    who: str | None = field(repr=False)
    family: Side
    ours: Side
    is_shown: bool
    may_say: bool
    may_leave: bool
    is_news: bool
    family_views: Views = field(repr=False)
    our_views: Views = field(repr=False)

    @property
    def mark(self) -> Mark | None:
        """What of it is still for me."""
        if self.may_leave:
            return "say" if self.may_say else "leave"
        return "read" if self.is_news else None


def side(told: Told) -> Side:
    """How far the side is that says ``told``."""
    if told is None:
        return "open"
    return "passed" if told == PASSED else "said"


async def seen(
    tx: Transaction, me: Professional, row: PageRow, meeting: Meeting, names: Names
) -> Met:
    """How ``meeting`` about ``row``, a page of one of my teams, is for me."""
    body, is_mine = meeting.body, meeting.professional == me.id
    is_open = body.professional is None and not meeting.is_shown
    is_for_me = (is_open or body.is_news) and await is_for(tx, me, row, meeting)
    return Met(
        id=meeting.id,
        on=body.on,
        who=None if meeting.professional is None else names.get(meeting.professional),
        family=side(body.family),
        ours=side(body.professional),
        is_shown=meeting.is_shown,
        may_say=is_open and is_mine,
        may_leave=is_open and is_for_me,
        is_news=body.is_news and is_for_me,
        family_views=body.family or PASSED if meeting.is_shown else PASSED,
        our_views=body.professional or PASSED if meeting.is_shown or is_mine else PASSED,
    )


async def marks(
    tx: Transaction, me: Professional, rows: Sequence[PageRow]
) -> dict[int, tuple[Mark, ...]]:
    """What of the talks about these pages of my teams is still for me, by the page; without those
    of which nothing is."""
    known = {row.id: row for row in rows}
    found: dict[int, tuple[Mark, ...]] = {}
    for page, talks in (await meetings.of_pages(tx, rows)).items():
        seen_now = [await seen(tx, me, known[page], talk, {}) for talk in talks]
        mine = {talk.mark for talk in seen_now}
        if mine != {None}:
            found[page] = tuple(mark for mark in MARKS if mark in mine)
    return found


async def read(tx: Transaction, row: PageRow, talks: Sequence[tuple[Meeting, Met]]) -> None:
    """What was news of these talks about ``row``, as they were for me, is read."""
    for meeting, talk in talks:
        if talk.is_news:
            await meetings.save(tx, row, meeting, replace(meeting.body, is_news=False))


def may_note(me: Professional, row: PageRow) -> bool:
    """Whether I may note that we met: the page is mine, and nobody asked it back."""
    return row.professional == me.id and row.state in HELD and row.asked_back_at is None


def waits(before: list[Meeting], now: int) -> bool:
    """Whether something is still to be said of an earlier talk, before a next one is noted.

    One that the family said nothing of, a day after it was noted, makes way for the next.
    """
    if not before or before[-1].is_shown:
        return False
    return before[-1].body.family is not None or before[-1].at > now - DAY


async def is_for(tx: Transaction, me: Professional, row: PageRow, meeting: Meeting) -> bool:
    """Whether I was there; when who was is gone, whether I have the page in hand."""
    if meeting.professional == me.id:
        return True
    return row.professional == me.id and not await is_there_still(tx, meeting)


async def is_there_still(tx: Transaction, meeting: Meeting) -> bool:
    """Whether who noted it can still open the page."""
    noted = meeting.professional
    return noted is not None and await pages.of_professional(tx, meeting.page, noted) is not None
