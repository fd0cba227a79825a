"""The updates Telegram keeps until the bot confirms them, and the long poll that waits for more."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from tests.telegram_http import Request
from tests.telegram_rules import Json, Refused

UPDATE_LIFE = 24 * 3600
TAP_LIFE = 150
"""How long Telegram keeps an update, and a tap, for a bot that does not fetch it."""


@dataclass(frozen=True)
class _Queued:
    update: Json
    expires: float


class Updates:
    """What one bot has yet to hear."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.next_id = 5_000_001
        self._now = now
        self._queue: list[_Queued] = []
        self._allowed: frozenset[str] | None = None
        self._poll: asyncio.Future[bool] | None = None
        self._idle = asyncio.Event()

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of what the bot has not confirmed."""
        return [queued.update["update_id"] for queued in self._queue]

    async def idle(self) -> None:
        """Wait until the bot polls and everything is confirmed. ``TimeoutError`` after 60 s."""
        async with asyncio.timeout(60):
            await self._idle.wait()

    def put(self, kind: str, content: Json) -> Json | None:
        """Queue something that happened; gives the update, or None for what is not asked for.

        What the bot does not ask for gets no id either: a gap between ids means something expired.
        """
        if self._allowed is not None and kind not in self._allowed:
            return None
        update = {"update_id": self.next_id, kind: content}
        self.next_id += 1
        self.again(update)
        return update

    def again(self, update: Json) -> None:
        """Queue ``update`` under the id it has."""
        life = TAP_LIFE if "callback_query" in update else UPDATE_LIFE
        self._queue.append(_Queued(update, self._now() + life))
        self._idle.clear()
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(True)

    def allow(self, kinds: list[str]) -> None:
        """From now on queue these kinds only; all when there are none."""
        self._allowed = frozenset(kinds) or None

    def forget(self) -> None:
        """Drop everything."""
        self._queue.clear()

    def confirm(self, offset: int) -> None:
        """Drop what lies before ``offset``; a negative one counts from the end."""
        kept = [queued for queued in self._queue if queued.expires > self._now()]
        if offset < 0:
            kept = kept[offset:]
        elif offset:
            kept = [queued for queued in kept if queued.update["update_id"] >= offset]
        self._queue = kept

    async def next(self, request: Request, limit: int, patience: int) -> list[Json]:
        """The oldest updates; none come within ``patience`` seconds: an empty list.

        Another poll that is still waiting loses its turn: it is refused with 409.
        """
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(False)
        if not self._queue and patience:
            await self._wait(request, patience)
        return [queued.update for queued in self._queue[:limit]]

    async def _wait(self, request: Request, patience: int) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        gone = asyncio.ensure_future(request.broken_off())
        self._idle.set()
        try:
            await asyncio.wait((poll, gone), timeout=patience, return_when="FIRST_COMPLETED")
        finally:
            gone.cancel()
            # Until it has ended nobody else may read from this connection.
            await asyncio.gather(gone, return_exceptions=True)
            if self._poll is poll:
                self._idle.clear()
        if poll.done() and not poll.result():
            raise Refused(
                409,
                "Conflict: terminated by other getUpdates request;"
                " make sure that only one bot instance is running",
            )
