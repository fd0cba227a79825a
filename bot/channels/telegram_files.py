"""Fetches what people sent on Telegram that is more than words, such as a voice message."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram_bot import ANSWER_SECONDS, CONNECT_SECONDS
from bot.channels.telegram_errors import verdict
from bot.delivery import TryLater, Unclear, Undeliverable

GONE = (400, 403, 404, 410)
"""Answers after which a file will not be there later either."""


class TelegramFiles:
    """The files of ``bot``, downloaded through ``client``."""

    def __init__(self, bot: Bot, client: httpx.AsyncClient) -> None:
        self._bot = bot
        self._client = client

    async def fetch(self, source: str, most: int) -> bytes:
        """The file with this id, whole, in memory only.

        Raises ``TryLater`` when it may come later, and ``Undeliverable`` when it never will: it is
        gone, or has more than ``most`` bytes. Of such a one no more than that is read.
        """
        try:
            there = await self._bot.get_file(source)
        except TelegramError as error:
            found = verdict(error)
            raise (TryLater() if isinstance(found, Unclear) else found) from error
        if there.file_path is None or (there.file_size or 0) > most:
            raise Undeliverable
        try:
            return await self._downloaded(there.file_path, most)
        except httpx.HTTPError as error:
            # What httpx says has the address in it, and that has the token in it.
            raise TryLater from _silent(error)

    async def _downloaded(self, address: str, most: int) -> bytes:
        content = bytearray()
        async with self._client.stream("GET", address) as answer:
            if answer.status_code in GONE:
                raise Undeliverable
            if not answer.is_success:
                raise TryLater
            async for chunk in answer.aiter_bytes():
                content += chunk
                if len(content) > most:
                    raise Undeliverable
        return bytes(content)


@asynccontextmanager
async def telegram_files(bot: Bot) -> AsyncIterator[TelegramFiles]:
    """The files of ``bot``, over connections of their own: a download holds up no message."""
    timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    async with httpx.AsyncClient(timeout=timeout) as client:
        yield TelegramFiles(bot, client)


def _silent(error: httpx.HTTPError) -> Exception:
    return ConnectionError(type(error).__name__)
