"""What the bot says about itself on Telegram, and the commands that work there."""

import logging
from collections.abc import Awaitable, Iterator

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from bot.dialogue.events import Control
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.texts import Texts

log = logging.getLogger(__name__)

START = "start"

DUTCH: dict[str, Control] = {
    "hulp": "help",
    "weg": "leave",
    "terug": "back",
    "overslaan": "skip",
    "waarom": "why",
    "pauze": "pause",
    "taal": "language",
    "menu": "menu",
    "tekening": "circle",
    "pagina": "page",
    "schrijf": "write",
    "gesprek": "meeting",
    "mijngegevens": "mine",
    "wis": "erase",
}
ENGLISH: dict[str, Control] = {
    "help": "help",
    "leave": "leave",
    "back": "back",
    "skip": "skip",
    "why": "why",
    "pause": "pause",
    "language": "language",
    "menu": "menu",
    "drawing": "circle",
    "page": "page",
    "write": "write",
    "meeting": "meeting",
    "mydata": "mine",
    "erase": "erase",
}
"""Telegram takes only a to z in a command, so every other language has the English ones."""

COMMANDS: dict[str, Control] = DUTCH | ENGLISH
"""All of them, without the slash; each works in every language."""

AT_HOME = "nl"
"""The language of whoever uses Telegram in one we do not speak."""


async def announce(bot: Bot, texts: Texts) -> None:
    """Tell Telegram the bot's name, what it is and its commands, in every language we speak.

    A part that Telegram does not take now keeps what it was; the bot works without.
    """
    for language in texts.languages:
        shown_to = None if language.code == AT_HOME else language.code
        for telling in _tellings(bot, texts, language.code, shown_to):
            try:
                await telling
            except TelegramError as refusal:
                log.warning("not announced in %s: %s", language.code, type(refusal).__name__)


def _tellings(
    bot: Bot, texts: Texts, language: str, shown_to: str | None
) -> Iterator[Awaitable[bool]]:
    def word(name: str) -> str:
        return texts.text(Text(f"{ENGINE}/{name}"), language, {})

    commands = DUTCH if language == AT_HOME else ENGLISH
    yield bot.set_my_commands(
        [
            BotCommand(START, word("command_start")),
            *(BotCommand(name, word(f"command_{control}")) for name, control in commands.items()),
        ],
        language_code=shown_to,
    )
    yield bot.set_my_name(word("bot_name"), language_code=shown_to)
    yield bot.set_my_short_description(word("bot_short"), language_code=shown_to)
    yield bot.set_my_description(word("bot_about"), language_code=shown_to)
