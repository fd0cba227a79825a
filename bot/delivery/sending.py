"""Sends one message, and says what became of it.

A picture of the people around a family, a file of what they told and a recording of what they said
are never sent twice by themselves. That it is under way is committed before the call
(``Sender.begin``): when nobody knows whether it arrived, because we were stopped or the answer was
lost, something else is said in its place.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.delivery.channel import Channel, Ref, TryLater, Unclear, Undeliverable, Unreachable
from bot.delivery.fates import Arrived, Doubtful, Fate, GivenUp, Postponed
from bot.failpoints import fail_point
from bot.handover.drawing import drawn
from bot.storage.errors import Busy
from bot.storage.notes import Recording
from bot.storage.records import Chat, Pending
from bot.texts import File, Message, Picture, Sound

log = logging.getLogger(__name__)

LONGEST_PAUSE = 60
"""Seconds between two tries at most; they begin at one and double."""

TRIES = 24 * 3600 // LONGEST_PAUSE
"""After so many tries, about a day, a message that cannot be sent is given up."""


@dataclass(frozen=True, slots=True)
class Job:
    """A message whose turn it is, and the messages in the chat that it is about."""

    row: Pending
    refs: tuple[Ref, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether it puts something new in the chat, instead of changing what stands there."""
        return self.row.kind in ("say", "picture", "file", "sound", "notice")

    @property
    def calls(self) -> int:
        """About how many requests to the channel it takes."""
        return len(self.refs) if self.row.kind in ("redraw", "close") else 1


class Sender:
    """Speaks to ``channels``, by name. Remembers of which messages it is unclear what became.

    ``begin`` commits that the message with this id is under way; False when it is not to be sent
    any more. ``recording`` finds what the voice of this number said, by the number of that.
    """

    def __init__(
        self,
        channels: Mapping[str, Channel],
        begin: Callable[[int], Awaitable[bool]],
        recording: Callable[[int, int], Awaitable[Recording | None]],
    ) -> None:
        self._channels = channels
        self._begin = begin
        self._recording = recording
        self._unclear: set[int] = set()
        self._left: dict[Chat, int] = {}

    def leave(self, chat: Chat, before: int) -> None:
        """Nothing arrives in ``chat``: let its messages with ids below ``before`` go in peace."""
        self._left[chat] = before

    async def fate_of(self, job: Job) -> Fate:
        """Send it. Never raises: a mistake of ours costs this message and no other."""
        row = job.row
        if row.damaged or row.id < self._left.get(row.chat, 0):
            return GivenUp(row)
        self._left.pop(row.chat, None)
        lost = row.message.lost if row.message else None
        if lost and row.is_begun:
            return Doubtful(row, lost)
        fail_point("delivery.before_send")
        try:
            refs = await self._send(job)
        except TryLater as later:
            return _later(row, later.pause)
        except Unclear:
            return Doubtful(row, lost) if lost else self._unclear_of(row)
        except _Gone:
            return GivenUp(row)
        except Busy:
            return Postponed(row, 1)
        except Undeliverable as never:
            log.warning("message %d is given up: %s", row.id, type(never).__name__)
            return GivenUp(row, chat=isinstance(never, Unreachable))
        except Exception:
            log.exception("message %d is given up by a mistake of ours", row.id)
            return GivenUp(row)
        fail_point("delivery.after_send")
        self._unclear.discard(row.id)
        return Arrived(row, refs)

    async def _send(self, job: Job) -> tuple[int, ...]:
        row, address, message = job.row, job.row.chat.address, job.row.message
        channel = self._channels.get(row.chat.channel)
        if channel is None:
            raise TryLater
        match row.kind:
            case "say" | "notice" if message is not None:
                return await channel.say(address, message)
            case "picture" if message is not None and message.picture is not None:
                return await self._show(row, channel, message, message.picture)
            case "file" if message is not None and message.file is not None:
                return await self._hand(row, channel, message, message.file)
            case "sound" if message is not None and message.sound is not None:
                return await self._play(row, channel, message, message.sound)
            case "redraw" if message is not None:
                await channel.redraw(address, job.refs, message)
            case "close" if message is not None:
                await channel.close(address, job.refs, message)
            case "clear":
                await channel.clear(address, [ref for ref, _ in job.refs])
                if message is not None:
                    return await channel.say(address, message)
            case "say" | "picture" | "file" | "sound" | "notice" | "redraw" | "close" | "in":
                raise Undeliverable
            case _:
                assert_never(row.kind)
        return ()

    async def _show(
        self, row: Pending, channel: Channel, message: Message, drawing: Picture
    ) -> tuple[int, ...]:
        """Show the picture, or only say what is in it when the channel does not take it."""
        shown = await drawn(drawing)
        if not await self._begin(row.id):
            raise _Gone
        fail_point("delivery.under_way")
        try:
            if shown is not None:
                return await channel.show(row.chat.address, shown, message)
        except Unreachable:
            raise
        except Undeliverable:
            log.warning("picture %d is refused, and said in words", row.id)
        return await channel.say(row.chat.address, message)

    async def _hand(
        self, row: Pending, channel: Channel, message: Message, file: File
    ) -> tuple[int, ...]:
        """Give the file, or say that it may not be there when the channel does not take it."""
        if not await self._begin(row.id):
            raise _Gone
        fail_point("delivery.under_way")
        try:
            return await channel.hand(row.chat.address, file.name, file.content.encode(), message)
        except Unreachable:
            raise
        except Undeliverable:
            log.warning("file %d is refused, and that is said", row.id)
        return await channel.say(row.chat.address, file.lost)

    async def _play(
        self, row: Pending, channel: Channel, message: Message, sound: Sound
    ) -> tuple[int, ...]:
        """Play back a recording, or say that it is not here, or not to be played."""
        found = await self._recording(row.voice or 0, sound.note)
        if not await self._begin(row.id):
            raise _Gone
        fail_point("delivery.under_way")
        try:
            if found is not None:
                return await channel.sound(row.chat.address, found, message)
        except Unreachable:
            raise
        except Undeliverable:
            log.warning("recording %d is refused, and that is said", row.id)
        return await channel.say(row.chat.address, sound.missing or message)

    def _unclear_of(self, row: Pending) -> Fate:
        """Do it again. What would then stand there twice is sent twice at most."""
        says = row.kind != "redraw" and row.kind != "close" and row.message is not None
        if says and row.id in self._unclear:
            log.warning("message %d was sent twice, and it is unclear whether it arrived", row.id)
            self._unclear.discard(row.id)
            return Arrived(row)
        if says:
            self._unclear.add(row.id)
        return _later(row, None)


class _Gone(Exception):
    """A message was taken out of the outbox before it went."""


def _later(row: Pending, pause: float | None) -> Fate:
    if pause is not None:
        return Postponed(row, pause)
    if row.attempts >= TRIES:
        log.warning("message %d is given up after %d tries", row.id, row.attempts)
        return GivenUp(row)
    return Postponed(row, min(LONGEST_PAUSE, 2 ** min(row.attempts, 10)))
