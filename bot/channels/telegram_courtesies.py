"""Small courtesies on Telegram: best effort, outside the outbox, and nothing waits for them."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from telegram import Bot
from telegram.error import TelegramError

log = logging.getLogger(__name__)

AT_ONCE = 8
"""So many are under way at the same moment; delivery needs connections too."""


class Courtesies:
    """What ``bot`` does besides messages. ``only_private`` is what it says in a group it leaves."""

    def __init__(self, bot: Bot, only_private: str) -> None:
        self._bot = bot
        self._only_private = only_private
        self._under_way: set[asyncio.Task[None]] = set()
        self._leaving: set[int] = set()
        self._free = asyncio.Semaphore(AT_ONCE)

    def answer(self, tap: str) -> None:
        """Let the button that was tapped stop glowing."""
        self._begin(partial(self._bot.answer_callback_query, tap))

    def leave(self, group: int) -> None:
        """Say why, and go, once however often we are asked."""
        if group not in self._leaving:
            self._leaving.add(group)
            self._begin(partial(self._leave, group))

    def take_back_webhook(self) -> None:
        """Ask for updates to be kept for us, instead of being sent to a web address."""
        self._begin(partial(self._bot.delete_webhook, drop_pending_updates=False))

    async def settle(self) -> None:
        """Wait until all that was begun has ended, well or not."""
        while self._under_way:
            await asyncio.wait(self._under_way)

    async def stop(self) -> None:
        """Break off what is under way."""
        for courtesy in self._under_way:
            courtesy.cancel()
        await self.settle()

    async def _leave(self, group: int) -> None:
        try:
            with suppress(TelegramError):  # in a channel it may not speak, but it can leave
                await self._bot.send_message(group, self._only_private)
            await self._bot.leave_chat(group)
        finally:
            self._leaving.discard(group)

    def _begin(self, deed: Callable[[], Awaitable[object]]) -> None:
        courtesy = asyncio.create_task(self._do(deed))
        self._under_way.add(courtesy)
        courtesy.add_done_callback(self._under_way.discard)

    async def _do(self, deed: Callable[[], Awaitable[object]]) -> None:
        async with self._free:
            try:
                await deed()
            except TelegramError as refusal:
                log.info("a courtesy was refused: %s", type(refusal).__name__)
