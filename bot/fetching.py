"""Fetches what people said aloud from where their channel has it, with patience.

That a recording came in is on the disk before this knows of it, so a stop at any moment loses
nothing: what waits is found again. What does not come within a day is given up, and the family
hears so. Then, if the house has a computer that writes out, it is asked for the words.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from typing import Protocol, TypeAlias

from bot.delivery import Clock, DeliveryError, TryLater
from bot.dialogue.events import Event, NoteLost, WrittenOut
from bot.dialogue.hearing import LARGEST_NOTE
from bot.dialogue.speaking import notes_of
from bot.sounds import kind_of
from bot.storage import notes, voices
from bot.storage.errors import Busy
from bot.storage.notes import Fetch, Recording
from bot.storage.store import Store, Transaction
from bot.transcription import Transcription

log = logging.getLogger(__name__)

DAY = 86_400
"""Seconds after which a recording that did not come is given up."""

LONGEST_PAUSE = 600
"""Seconds between two tries at most; they begin at one and double."""

AT_ONCE = 4
"""Recordings under way at the same time."""

ANOTHER_LOOK = 5.0
"""When the disk is busy, look again after so many seconds."""

FRESH = 600
"""Seconds after which nobody waits any more to read what they said."""

Tell: TypeAlias = Callable[[int, Event, int], Awaitable[None]]
"""Lets an event happen to the voice of this number, at this time (``Conversations.tell``)."""


class Source(Protocol):
    """A channel that keeps recordings for us until we fetch them."""

    async def fetch(self, source: str, most: int) -> bytes:
        """What it has under this name. ``TryLater``; any other ``DeliveryError``: it never will.

        So is one of more than ``most`` bytes.
        """
        ...


class Fetching:
    """Fetches for ``store`` from ``sources`` (by channel), and tells what came of it.

    ``writer`` makes words of recordings; without it that does not happen.
    """

    def __init__(
        self,
        store: Store,
        tell: Tell,
        sources: Mapping[str, Source],
        clock: Clock,
        writer: Transcription | None = None,
    ) -> None:
        self._store = store
        self._tell = tell
        self._sources = sources
        self._clock = clock
        self._writer = writer
        self._writing: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Fetch until cancelled."""
        try:
            while True:
                seen = self._store.commits
                try:
                    rest = await self.visit()
                except Busy as busy:
                    log.warning("recordings have to wait: %s", busy)
                    rest = ANOTHER_LOOK
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._store.committed_after(seen), rest)
        finally:
            for writing in self._writing:
                writing.cancel()

    async def visit(self) -> float | None:
        """Fetch what is due now; the seconds until there is more to do, None when nothing waits."""
        while due := await self._store.read(lambda tx: notes.due(tx, self._clock.now(), AT_ONCE)):
            await asyncio.gather(*(self._fetch(one) for one in due))
        await self._have_written_out()
        next_due = await self._store.read(notes.next_due)
        return None if next_due is None else max(1.0, next_due - self._clock.now())

    async def settle(self) -> float | None:
        """Like ``visit``, and wait until all that was given to be written out has come back."""
        rest = await self.visit()
        while self._writing:
            await asyncio.wait(self._writing)
        return rest

    async def _fetch(self, one: Fetch) -> None:
        """Fetch one recording. Never raises but ``StorageError``."""
        now = self._clock.now()
        try:
            content = await self._content(one)
        except TryLater as later:
            if now - one.at >= DAY:
                await self._give_up(one)
                return
            pause = later.pause or min(LONGEST_PAUSE, 2.0 ** min(one.attempts, 10))
            until = now + max(1, round(pause))
            await self._store.write(lambda tx: notes.postpone(tx, one.id, until))
            return
        except DeliveryError as never:
            log.warning("recording %d will not come: %s", one.id, type(never).__name__)
            await self._give_up(one)
            return
        kind = kind_of(content)
        if kind is None:
            log.warning("recording %d is no sound that we take", one.id)
            await self._give_up(one)
            return
        await self._store.write(lambda tx: _arrived(tx, one, content, kind))

    async def _content(self, one: Fetch) -> bytes:
        source = self._sources.get(one.channel)
        if source is None:
            raise TryLater
        return await source.fetch(one.source, LARGEST_NOTE)

    async def _give_up(self, one: Fetch) -> None:
        # First the family, then our own mark: stopped in between, it is told again, and a
        # recording that is lost already is told of no more.
        await self._tell(one.voice, NoteLost(one.id), self._clock.now())
        await self._store.write(lambda tx: notes.lose(tx, one.id))

    async def _have_written_out(self) -> None:
        if self._writer is None:
            return
        since = self._clock.now() - FRESH
        if not await self._store.read(lambda tx: notes.is_to_write_out(tx, since)):
            return
        found = await self._store.write(lambda tx: notes.to_write_out(tx, since, AT_ONCE))
        for note, voice in found:
            writing = asyncio.create_task(self._write_out(self._writer, note, voice))
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)

    async def _write_out(self, writer: Transcription, note: int, voice: int) -> None:
        try:
            recording, language = await self._store.read(lambda tx: _to_hear(tx, voice, note))
            words = await writer.words_in(recording, language) if recording else ""
            if words:
                await self._tell(voice, WrittenOut(note, words), self._clock.now())
        except Exception as mistake:
            # It stays a recording; what is in the exception may be someone's words.
            log.error("recording %d is not written out: %s", note, type(mistake).__name__)


async def _arrived(tx: Transaction, one: Fetch, content: bytes, kind: str) -> None:
    if not await notes.fetched(tx, one.id, content, kind):
        return
    # It may have been handed over and let go of while it was under way.
    for voice in (await voices.by_id(tx, [one.voice])).values():
        if not voice.damaged:
            await notes.keep_only(tx, voice.id, notes_of(voice.conversation))


async def _to_hear(tx: Transaction, voice: int, note: int) -> tuple[Recording | None, str]:
    found = (await voices.by_id(tx, [voice])).get(voice)
    if found is None or found.damaged:
        return None, ""
    return await notes.of_voice(tx, voice, note), found.conversation.language
