"""Deletes what we promised to delete, when we promised it.

What is deleted is gone from the database: its key first, then the rows. Not promised: the copies
of others, such as Telegram's own.

A clock that is wrong must not delete what is not due. So nothing at all is deleted when the clock
jumped while we ran, nor when so much is due at once that a wrong clock is the likelier reason:
then the operator looks first, and says so (``samenspraak retention --confirm``).
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from bot.storage import (
    access,
    audit,
    expiry,
    family_pages,
    invites,
    seen,
    set_aside,
    shares,
    voices,
)
from bot.storage.errors import Busy
from bot.storage.records import Voice
from bot.storage.store import Store, Transaction
from bot.teams import LONGEST_KEPT

log = logging.getLogger(__name__)

DAY = 86_400

DRAFT_DAYS = LONGEST_KEPT
"""A draft without a team, after the last contact."""

UPDATE_DAYS = 8
"""Update ids: Telegram renumbers after a quiet week, and repeats nothing after a day."""

SET_ASIDE_DAYS = 8
TAKEN_BACK_DAYS = LONGEST_KEPT
"""That a page was there and was taken back, without a word of it."""

AUDIT_DAYS = 5 * 366

ONE_IN = 5
"""Of the drafts, and of the pages, at most one in so many goes at once without a word."""

FEW = 5
"""So many may always go: a share of very little says nothing. Source: security notes, 4.6."""

LARGEST_JUMP = 600
"""Seconds that the clock may run ahead of the time that really passed, or behind it."""

BATCH = 200
"""Drafts or pages in one transaction, so that nobody waits long for the writer."""


@dataclass(frozen=True, slots=True)
class Due:
    """The ids of the drafts and pages that are past their term, and how many there are in all."""

    drafts: tuple[int, ...]
    pages: tuple[int, ...]
    all_drafts: int
    all_pages: int

    def is_suspect(self) -> bool:
        """Whether a wrong clock is likelier than so much being due."""
        return len(self.drafts) > max(FEW, self.all_drafts // ONE_IN) or len(self.pages) > max(
            FEW, self.all_pages // ONE_IN
        )

    def __str__(self) -> str:
        return (
            f"{len(self.drafts)} of {self.all_drafts} drafts,"
            f" {len(self.pages)} of {self.all_pages} pages"
        )


class ClockGuard:
    """Compares the clock on the wall with the time that really passed."""

    def __init__(self, wall: int, passed: float) -> None:
        self._wall = wall
        self._passed = passed

    def jump(self, wall: int, passed: float) -> int:
        """By how many seconds the clock jumped since it was last right; 0 when it is right.

        ``passed`` comes from a clock that nobody sets. After a jump the comparison stays with the
        last moment that was right, so that a clock that was put right is believed again.
        """
        jump = round((wall - self._wall) - (passed - self._passed))
        if abs(jump) >= LARGEST_JUMP:
            return jump
        self._wall, self._passed = wall, passed
        return 0


@dataclass(frozen=True, slots=True)
class Retention:
    """Deletes from ``store``. ``draft_days`` is the term of each team's drafts, by its id."""

    store: Store
    draft_days: Mapping[str, int]

    async def visit(self, guard: ClockGuard, now: int, passed: float) -> None:
        """Delete what is due, if that can be believed; if not, say so in the log."""
        if jump := guard.jump(now, passed):
            log.error("the clock jumped %d seconds: nothing is deleted until it is right", jump)
            return
        try:
            due = await self.due(now)
            if due.is_suspect():
                log.error("past their term at once: %s; the operator decides", due)
                return
            await self.delete(due, now)
        except Busy as error:
            log.warning("nothing is deleted for now: %s", error)
        else:
            if due.drafts or due.pages:
                log.info("past their term and deleted: %s", due)

    async def delete(self, due: Due, now: int) -> None:
        """Delete what is ``due``, and everything past its term that no family told.

        Stopped halfway, the next time does the rest. A draft whose family came back stays.
        """
        for pages in _batches(due.pages):
            await self.store.write(partial(_erase_pages, ids=pages, now=now))
        for drafts in _batches(due.drafts):
            await self.store.write(partial(self._erase_drafts, ids=drafts, now=now))
        await self.store.write(partial(_forget, now=now))
        await self.store.checkpoint()

    async def due(self, now: int) -> Due:
        """What families told that is past its term now."""
        drafts: list[int] = []
        last = (0, 0)
        while True:
            found, past = await self.store.read(partial(self._past_drafts, after=last, now=now))
            drafts += past
            if not found:
                break
            last = found[-1]
        all_drafts, all_pages = await self.store.read(_counts)
        pages = await self.store.read(partial(expiry.expired_pages, now=now))
        return Due(tuple(drafts), tuple(pages), all_drafts, all_pages)

    async def _past_drafts(
        self, tx: Transaction, after: tuple[int, int], now: int
    ) -> tuple[list[tuple[int, int]], list[int]]:
        """The next drafts that may be past their term, and those of them that are."""
        shortest = min((DRAFT_DAYS, *self.draft_days.values()))
        found = await expiry.untouched_drafts(tx, now - shortest * DAY, after, BATCH)
        opened = await voices.by_id(tx, [id_ for _, id_ in found])
        return found, [voice.id for voice in opened.values() if self._is_past(voice, now)]

    async def _erase_drafts(self, tx: Transaction, ids: Sequence[int], now: int) -> None:
        """Erase those of ``ids`` whose family did not come back since they were found."""
        opened = await voices.by_id(tx, ids)
        past = [voice.id for voice in opened.values() if self._is_past(voice, now)]
        await shares.forget(tx, past, now)
        await voices.erase(tx, past)

    def _is_past(self, voice: Voice, now: int) -> bool:
        days = self.draft_days.get(voice.conversation.team or "", DRAFT_DAYS)
        return voice.touched < now - days * DAY


async def _counts(tx: Transaction) -> tuple[int, int]:
    return await expiry.drafts(tx), await expiry.pages(tx)


async def _erase_pages(tx: Transaction, ids: Sequence[int], now: int) -> None:
    await expiry.erase_pages(tx, ids)
    for page in ids:
        await audit.note(tx, "page deleted", now, page=page)


async def _forget(tx: Transaction, now: int) -> None:
    """What no family told: it may go at any rate."""
    await seen.forget_before(tx, now - UPDATE_DAYS * DAY)
    await set_aside.forget_before(tx, now - SET_ASIDE_DAYS * DAY)
    await access.sweep(tx, now)
    await invites.sweep(tx, now)
    await family_pages.forget_taken_back(tx, now - TAKEN_BACK_DAYS * DAY)
    await expiry.forget_audit_before(tx, now - AUDIT_DAYS * DAY)


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), BATCH):
        yield ids[start : start + BATCH]
