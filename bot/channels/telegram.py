"""Telegram as one part of the house: what comes in, what goes out, and what the bot is called."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot
from telegram.error import TelegramError

from bot.channels import telegram_commands
from bot.channels.telegram_bot import connection
from bot.channels.telegram_courtesies import Courtesies
from bot.channels.telegram_files import TelegramFiles, telegram_files
from bot.channels.telegram_in import Receive, TelegramIn
from bot.channels.telegram_out import TelegramOut
from bot.delivery import Clock
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.storage.store import Store
from bot.texts import Texts

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Telegram:
    """A connected bot. ``name`` is what people find it by; nothing while Telegram is out of reach.

    ``came_in`` brings what people do, ``out`` is the channel for ``bot.delivery``, ``files`` has
    what people sent that is more than words, for ``bot.fetching``.
    """

    name: str
    came_in: TelegramIn
    out: TelegramOut
    files: TelegramFiles
    _bot: Bot
    _texts: Texts

    async def announce(self) -> None:
        """Tell Telegram what the bot is called, what it is and which commands it has."""
        await telegram_commands.announce(self._bot, self._texts)


@asynccontextmanager
async def connected(
    token: str, api: str, receive: Receive, store: Store, clock: Clock, texts: Texts
) -> AsyncIterator[Telegram]:
    """The bot with ``token``; what comes in goes to ``receive``."""
    async with connection(token, api) as bot:
        only_private = texts.text(Text(f"{ENGINE}/only_private"), "nl", {})
        courtesies = Courtesies(bot, only_private)
        came_in = TelegramIn(bot, receive, store, clock, courtesies)
        try:
            async with telegram_files(bot) as files:
                yield Telegram(await _name(bot), came_in, TelegramOut(bot), files, bot, texts)
        finally:
            await courtesies.stop()


async def _name(bot: Bot) -> str:
    try:
        return (await bot.get_me()).username or ""
    except TelegramError as trouble:
        log.warning("Telegram does not tell the bot's name: %s", type(trouble).__name__)
        return ""
