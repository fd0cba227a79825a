"""Puts the parts together and keeps them running; owns the only clock.

The loops run side by side: Telegram's updates come in, the outbox goes out, the web pages are
served, alarms go off, what is past its term is deleted. None of them holds anything that is not on
the disk, so each may stop at any moment. When one fails all stop, and the next start goes on.
"""

import asyncio
import logging
import os
import resource
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeAlias

from bot.channels import telegram
from bot.channels.mail import Mail
from bot.conversations import Conversations, Incoming
from bot.delivery import Channel, Delivery
from bot.families.allowance import Limits
from bot.fetching import Fetching, Source
from bot.library import Library
from bot.logs import named
from bot.professionals.reception import Reception
from bot.professionals.waiting import Waiting
from bot.retention import ClockGuard, Retention
from bot.settings import Settings
from bot.storage import alarms
from bot.storage.errors import Busy
from bot.storage.store import Store
from bot.transcription import Transcription
from bot.web.chat import ChatPage
from bot.web.desk import DESK, Demo, Desk
from bot.web.server import serve
from bot.web.site import site

log = logging.getLogger(__name__)

SWEEP_EVERY = 3600
"""Seconds between two looks at what is past its term."""

LOOK_EVERY = 30
"""Seconds between two looks at pages that wait: an alarm comes within a minute (promises, O1)."""

LATEST = 60
"""Seconds that an alarm may be late: they are set in days, and a clock may be put right."""

Loop: TypeAlias = Callable[[], Awaitable[None]]


class Clock(Protocol):
    """The clock on the wall, and beside it one that nobody sets."""

    def now(self) -> int:
        """Unix seconds, UTC."""
        ...

    def passed(self) -> float:
        """Seconds since a moment that never moves while this machine is on, asleep or not."""
        ...


class SystemClock:
    """The clocks of this machine."""

    def now(self) -> int:
        """Unix seconds, UTC."""
        return int(time.time())

    def passed(self) -> float:
        """Seconds since this machine was switched on."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)


def harden_process() -> None:
    """Leave no memory behind when we crash, and no file that others may read."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.umask(0o077)


@dataclass(frozen=True, slots=True)
class App:
    """Everything put together: the loops by name. ``bot`` is its name on Telegram, if any."""

    loops: Mapping[str, Loop]
    bot: str = ""

    @classmethod
    @asynccontextmanager
    async def build(
        cls,
        settings: Settings,
        store: Store,
        library: Library,
        listener: socket.socket,
        *,
        clock: Clock | None = None,
        demo: Demo | None = None,
    ) -> AsyncIterator["App"]:
        """The app for ``settings``, with its web pages on ``listener``.

        ``store`` and ``listener`` stay the caller's to close.
        """
        clock = clock or SystemClock()
        url = settings.public_url
        library = replace(library, site=url)
        if settings.transcription_url is not None:
            library = library.writing_out()
        channels: dict[str, Channel] = {}
        loops: dict[str, Loop] = {}
        bot = ""
        sources: dict[str, Source] = {}
        async with AsyncExitStack() as stack:
            if settings.smtp is not None:
                channels["mail"] = Mail(settings.smtp.get_secret_value(), clock.now)
            if settings.telegram_token is not None:
                token, api = settings.telegram_token.get_secret_value(), settings.telegram_api

                async def receive(batch: Sequence[Incoming], now: int) -> None:
                    await conversations.receive(batch, now)

                texts = library.texts
                there = await stack.enter_async_context(
                    telegram.connected(token, api, receive, store, clock, texts)
                )
                bot = there.name
                channels["telegram"], sources["telegram"] = there.out, there.files
                loops |= {"telegram": there.came_in.run, "announcement": there.announce}
            # Once the bot's name is known: the links of invitations have it in them.
            library = replace(library, bot=bot)
            conversations = Conversations(
                store,
                library,
                Reception(library, url + DESK),
                Limits(newcomers=settings.new_chats),
            )
            await conversations.open()
            chat = ChatPage(store, conversations, library, clock, url, settings.leave_to)
            has_mail = "mail" in channels
            desk = Desk(store, library, clock, url, bot, demo=demo, has_mail=has_mail)
            endpoint = settings.transcription_url
            writer = Transcription(endpoint) if endpoint else None
            fetching = Fetching(store, conversations.tell, sources, clock, writer)
            terms = {team.id: team.draft_days for team in library.teams.values()}
            loops |= {
                "outbox": Delivery(store, channels, clock).run,
                "web": partial(serve, site(chat, desk), listener),
                "recordings": fetching.run,
                "alarms": partial(let_alarms_ring, store, conversations, clock),
                "waiting": partial(look_after_pages, Waiting(store, library, url + DESK), clock),
                "retention": partial(keep_terms, Retention(store, terms), clock),
            }
            yield cls(loops, bot)

    async def run(self, stop: asyncio.Event) -> bool:
        """Run until ``stop`` is set; False when a loop failed, which is in the log by then."""
        try:
            async with asyncio.TaskGroup() as group:
                running = [
                    group.create_task(_told(name, loop), name=name)
                    for name, loop in self.loops.items()
                ]
                await stop.wait()
                for task in running:
                    task.cancel()
        except ExceptionGroup:
            return False
        return True


async def _told(name: str, loop: Loop) -> None:
    """Run ``loop``; when it fails, say so in one line, and below it where."""
    try:
        await loop()
    except Exception as error:
        log.critical("all stops, as this failed: %s: %s", name, named(error), exc_info=error)
        raise


async def let_alarms_ring(store: Store, conversations: Conversations, clock: Clock) -> None:
    """Let each alarm go off when it is due, until cancelled."""
    while True:
        now, rest = clock.now(), LATEST
        try:
            due = await store.read(alarms.next_due)
            if due is not None and due <= now:
                await conversations.ring(now)
        except Busy as busy:
            log.warning("the alarms have to wait: %s", busy)
        else:
            # Below zero after a ring: there may be more, or one that was just set.
            rest = LATEST if due is None else min(LATEST, due - now)
        await asyncio.sleep(rest)


async def look_after_pages(waiting: Waiting, clock: Clock) -> None:
    """See to it that no page waits unseen, until cancelled."""
    while True:
        try:
            await waiting.visit(clock.now())
        except Busy as busy:
            log.warning("nobody looks after the pages for now: %s", busy)
        await asyncio.sleep(LOOK_EVERY)


async def keep_terms(retention: Retention, clock: Clock) -> None:
    """Delete what is past its term, every hour, until cancelled."""
    guard = ClockGuard(clock.now(), clock.passed())
    while True:
        await retention.visit(guard, clock.now(), clock.passed())
        await asyncio.sleep(SWEEP_EVERY)
