"""Fetches what people do on Telegram, and confirms it when it is on the disk.

Telegram is the inbox: it keeps an update until we ask for what comes after it. So the loop asks,
lets ``bot.conversations`` commit the whole batch, and only then asks for more. Nothing is lost
whenever we stop; what comes twice is known by its number. That number, the offset, is never
stored: after a quiet week Telegram goes on with another one (Bot API, type Update).
"""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

import msgspec
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram_bot import ANSWER_SECONDS, POLL_SECONDS
from bot.channels.telegram_courtesies import Courtesies
from bot.channels.telegram_errors import seconds
from bot.channels.telegram_update import (
    CHANNEL,
    KINDS,
    GroupUpdate,
    Json,
    has_number,
    read_update,
    tap_of,
)
from bot.conversations import Incoming
from bot.delivery import Clock
from bot.failpoints import fail_point
from bot.storage import seen, set_aside
from bot.storage.errors import Busy
from bot.storage.store import Store, Transaction

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60.0
"""Seconds between two tries at most; they begin at one and double."""

Receive: TypeAlias = Callable[[Sequence[Incoming], int], Awaitable[None]]
"""Takes a batch and the time; what it took is on the disk when it returns."""

Pause: TypeAlias = Callable[[float], Awaitable[None]]
"""Waits so many seconds."""


class TelegramIn:
    """Brings all that happens in the chats of ``bot`` to ``receive`` (``Conversations.receive``).

    What cannot be read is set aside in ``store``. ``pause`` is waited with between two tries.
    """

    def __init__(
        self,
        bot: Bot,
        receive: Receive,
        store: Store,
        clock: Clock,
        courtesies: Courtesies,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._bot = bot
        self._receive = receive
        self._store = store
        self._clock = clock
        self._courtesies = courtesies
        self._pause = pause
        self._offset: int | None = None
        self._trouble: type[Exception] | None = None
        self._tries = 0

    async def run(self) -> None:
        """Fetch until cancelled, with patience when the network or the disk is in trouble.

        Passes every other ``StorageError``: then the operator must act.
        """
        try:
            while True:
                try:
                    await self.fetch()
                    self._is_well()
                except (TelegramError, Busy) as trouble:
                    await self._pause(self._after(trouble))
        finally:
            await self._courtesies.stop()

    async def fetch(self, patience: int = POLL_SECONDS) -> int:
        """Fetch once, waiting at most ``patience`` seconds for something; how many updates came.

        When this returns they are on the disk. Raises ``TelegramError`` when Telegram cannot be
        asked, and ``StorageError`` when they could not be kept: then they will come again.
        """
        updates = await self._updates(patience)
        batch = [incoming for update in updates if (incoming := await self._read(update))]
        if batch:
            fail_point("fetch.before_commit")
            await self._receive(batch, self._clock.now())
            fail_point("fetch.after_commit")
        for update in updates:
            self._offset = update["update_id"] + 1
        return len(updates)

    async def _updates(self, patience: int) -> Sequence[Json]:
        """The oldest updates that are not confirmed, as they came.

        Not ``Bot.get_updates``: it fails for the whole batch when one of them cannot be read.
        """
        asked = {"offset": self._offset, "timeout": patience, "allowed_updates": KINDS}
        updates: Sequence[Json] = await self._bot._post(
            "getUpdates", asked, read_timeout=patience + ANSWER_SECONDS
        )
        if not all(has_number(update) for update in updates):
            raise TelegramError("updates without a number")
        return updates

    async def _read(self, update: Json) -> Incoming | None:
        tap = tap_of(update)
        if tap is not None:
            self._courtesies.answer(tap)
        try:
            found = read_update(update)
        except msgspec.ValidationError as error:
            await self._set_aside(update, error)
            return None
        if isinstance(found, GroupUpdate):
            self._courtesies.leave(found.chat)
            return None
        return found and replace(found, raw=_raw(update))

    async def _set_aside(self, update: Json, error: Exception) -> None:
        """Keep an update that cannot be read, sealed, so that we can see what it was."""
        number, now = update["update_id"], self._clock.now()
        log.error("update %d of %s cannot be read and is set aside", number, CHANNEL)

        async def work(tx: Transaction) -> None:
            if await seen.first_sight_of(tx, CHANNEL, [number], now):
                await set_aside.put(tx, CHANNEL, number, _raw(update), str(error), now)

        await self._store.write(work)

    def _after(self, trouble: TelegramError | Busy) -> float:
        """Seconds until the next try. Each kind of trouble is logged once, until it is over."""
        if type(trouble) is not self._trouble:
            self._trouble, self._tries = type(trouble), 0
            log.error("no updates from Telegram: %s", _told(trouble))
        self._tries += 1
        if isinstance(trouble, RetryAfter):
            return seconds(trouble.retry_after)
        if isinstance(trouble, InvalidToken):
            return LONGEST_PAUSE
        if isinstance(trouble, Conflict):
            # A webhook may be in the way; another bot is not touched by this.
            self._courtesies.take_back_webhook()
        return min(LONGEST_PAUSE, 2.0 ** min(self._tries - 1, 10))

    def _is_well(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            log.info("updates from Telegram come again")


def _told(trouble: TelegramError | Busy) -> str:
    match trouble:
        case InvalidToken():
            return "it refuses the token of the bot"
        case Conflict():
            return "another bot asks for them with this token, or a webhook is set"
        case _:
            return type(trouble).__name__


def _raw(update: Json) -> bytes:
    return json.dumps(update).encode()
