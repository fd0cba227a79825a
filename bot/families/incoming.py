"""What people did, as it comes in: each thing once, however often a channel repeats it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.dialogue.events import Event
from bot.storage import seen
from bot.storage.notes import About
from bot.storage.records import Chat
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording that came in, whole or (without ``content``) as what it takes to fetch it."""

    about: About
    content: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that happened in one chat. ``update`` counts once for its channel.

    ``link`` is what came with the deep link someone followed (``t_linde``), ``ref`` the channel's
    number of their message, for clearing the chat later, ``raw`` what to set aside when we fail,
    ``at`` when the channel says it was sent (it may have waited there while we were off).
    ``recorded`` is what was said aloud (``Spoke``), which gets its number when it is kept.
    """

    chat: Chat
    update: int
    event: Event = field(repr=False)
    language: str | None = None
    link: str | None = None
    ref: int | None = None
    raw: bytes = field(default=b"", repr=False)
    at: int | None = None
    recorded: Recorded | None = field(default=None, repr=False)


async def never_seen(tx: Transaction, batch: Iterable[Incoming], now: int) -> list[Incoming]:
    """What in ``batch`` comes for the first time, in order; from now on it was seen."""
    by_channel: dict[str, dict[int, Incoming]] = {}
    for each in batch:
        by_channel.setdefault(each.chat.channel, {}).setdefault(each.update, each)
    fresh: list[Incoming] = []
    for channel, updates in by_channel.items():
        new = await seen.first_sight_of(tx, channel, list(updates), now)
        fresh += [each for update, each in updates.items() if update in new]
    return fresh
