"""Round after round: see whose turn it is, send, and mark what became of it.

Each chat is spoken to by one task at a time, many chats at once. What is finished is marked in one
transaction; until it is, its chat is taken, so that nothing is sent again or out of order.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.delivery.channel import Channel
from bot.delivery.fates import Fate, GivenUp, keep
from bot.delivery.pace import Limits, Pace
from bot.delivery.sending import Job, Sender
from bot.failpoints import fail_point
from bot.storage import messages, notes
from bot.storage.errors import Busy
from bot.storage.notes import Recording
from bot.storage.records import Pending
from bot.storage.store import Store, Transaction

log = logging.getLogger(__name__)

ANOTHER_LOOK = 1.0
"""While something is under way, or the disk is busy, look again after so many seconds."""


class Clock(Protocol):
    """What time it is."""

    def now(self) -> int:
        """Unix seconds, UTC."""
        ...


class Delivery:
    """Delivers what ``store`` holds for ``channels`` (by name), no faster than ``limits`` allow.

    ``steady`` counts seconds and never goes back; what the time is, ``clock`` says.
    """

    def __init__(
        self,
        store: Store,
        channels: Mapping[str, Channel],
        clock: Clock,
        limits: Limits | None = None,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limits = limits or Limits()
        self._store = store
        self._clock = clock
        self._sender = Sender(channels, self._begin, self._recording)
        self._pace = Pace(self._limits, steady)
        self._under_way: dict[int, tuple[Pending, asyncio.Task[Fate]]] = {}

    async def run(self) -> None:
        """Deliver until cancelled; then let what is under way end, and mark it."""
        try:
            while True:
                seen = self._store.commits
                try:
                    await self._mark()
                    rest = await self._start()
                except Busy as busy:
                    log.warning("the outbox has to wait: %s", busy)
                    # What has ended stays unmarked until then; it must not wake us before.
                    await self._wait(seen, ANOTHER_LOOK, [])
                else:
                    await self._wait(seen, rest, self._tasks())
        finally:
            await self._finish()

    async def settle(self) -> float | None:
        """Deliver all that may go out now; return when it has.

        Gives the seconds until more may go out, or None when nothing waits.
        """
        while True:
            rest = await self._start()
            if not self._under_way:
                return rest
            await asyncio.wait(self._tasks(), return_when=asyncio.FIRST_COMPLETED)
            await self._mark()

    # --- The round ------------------------------------------------------------------------------

    async def _start(self) -> float | None:
        """Send what may go now. Seconds until another look is worth it; None: after a commit."""
        rest: float | None = self._pace.wait()
        if len(self._under_way) < self._limits.parallel and not rest:
            jobs, rest = await self._store.read(self._look)
            for job in jobs:
                if len(self._under_way) >= self._limits.parallel or self._pace.wait():
                    break
                self._send(job)
        if self._under_way:
            # One that hangs must not keep others from their time.
            return min(rest or ANOTHER_LOOK, self._pace.wait() or ANOTHER_LOOK, ANOTHER_LOOK)
        return rest

    def _send(self, job: Job) -> None:
        self._pace.spend(job.calls, job.row.chat if job.is_new else None)
        sending = asyncio.create_task(self._sender.fate_of(job))
        self._under_way[job.row.id] = job.row, sending

    async def _begin(self, id_: int) -> bool:
        now = self._clock.now()
        return await self._store.write(lambda tx: messages.begin(tx, id_, now))

    async def _recording(self, voice: int, note: int) -> Recording | None:
        return await self._store.read(lambda tx: notes.of_voice(tx, voice, note))

    def _tasks(self) -> list[asyncio.Task[Fate]]:
        return [sending for _, sending in self._under_way.values()]

    async def _wait(
        self, seen: int, rest: float | None, sending: Sequence[asyncio.Task[Fate]]
    ) -> None:
        """Until something was committed, one of ``sending`` has ended, or ``rest`` passed."""
        news = asyncio.create_task(self._store.committed_after(seen))
        try:
            await asyncio.wait([news, *sending], timeout=rest, return_when=asyncio.FIRST_COMPLETED)
        finally:
            news.cancel()

    async def _finish(self) -> None:
        if not self._under_way:
            return
        _, late = await asyncio.wait(self._tasks(), timeout=self._limits.farewell)
        for sending in late:
            sending.cancel()
        await asyncio.gather(*late, return_exceptions=True)
        try:
            await self._mark()
        except Busy as busy:
            log.warning("what was sent last could not be marked: %s", busy)

    # --- Whose turn it is -----------------------------------------------------------------------

    async def _look(self, tx: Transaction) -> tuple[list[Job], float | None]:
        now = self._clock.now()
        taken = {row.chat for row, _ in self._under_way.values()}
        # Those that are taken or tired stand in front: look past them.
        due = await messages.due(tx, now, self._limits.parallel + self._pace.tired)
        free = [row for row in due if row.chat not in taken]
        jobs = [await self._job(tx, row, now) for row in free]
        pauses = [self._pace.wait_for(job.row.chat) if job.is_new else 0.0 for job in jobs]
        ready = [job for job, pause in zip(jobs, pauses, strict=True) if not pause]
        if ready or taken:
            return ready, min(filter(None, pauses), default=None)
        next_due = await messages.next_due(tx)
        if next_due is not None and next_due > now:
            pauses.append(float(next_due - now))
        return [], min(pauses, default=None)

    async def _job(self, tx: Transaction, row: Pending, now: int) -> Job:
        if row.voice is None:
            return Job(row, tuple((ref, False) for ref in row.refs))
        if row.kind in ("close", "redraw"):
            return Job(row, tuple(await messages.refs_of_turn(tx, row.voice, row.turn)))
        if row.kind == "clear":
            refs = await messages.refs_since(tx, row.voice, now - messages.CLEARABLE, before=row.id)
            return Job(row, tuple((ref, False) for ref in refs))
        return Job(row)

    # --- What became of it ----------------------------------------------------------------------

    async def _mark(self) -> None:
        """Keep what became of everything that has ended, in one transaction."""
        ended = {id_: sending for id_, (_, sending) in self._under_way.items() if sending.done()}
        if not ended:
            return
        fates = [sending.result() for sending in ended.values() if not sending.cancelled()]
        fail_point("delivery.before_mark")

        async def work(tx: Transaction) -> int:
            await keep(tx, fates, self._clock.now())
            return await tx.next_id("message")

        next_id = await self._store.write(work)
        for id_ in ended:
            del self._under_way[id_]
        for fate in fates:
            if isinstance(fate, GivenUp) and fate.chat:
                self._sender.leave(fate.row.chat, next_id)
