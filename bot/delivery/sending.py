"""Sends one message, and says what became of it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.delivery.channel import Channel, Ref, TryLater, Unclear, Undeliverable, Unreachable
from bot.delivery.fates import Arrived, Fate, GivenUp, Postponed
from bot.failpoints import fail_point
from bot.storage.records import Chat, Pending

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
        return self.row.kind in ("say", "notice")

    @property
    def calls(self) -> int:
        """About how many requests to the channel it takes."""
        return len(self.refs) if self.row.kind in ("redraw", "close") else 1


class Sender:
    """Speaks to ``channels``, by name. Remembers of which messages it is unclear what became."""

    def __init__(self, channels: Mapping[str, Channel]) -> None:
        self._channels = channels
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
        fail_point("delivery.before_send")
        try:
            refs = await self._send(job)
        except TryLater as later:
            return _later(row, later.pause)
        except Unclear:
            return self._unclear_of(row)
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
            case "redraw" if message is not None:
                await channel.redraw(address, job.refs, message)
            case "close" if message is not None:
                await channel.close(address, job.refs, message)
            case "clear":
                await channel.clear(address, [ref for ref, _ in job.refs])
                if message is not None:
                    return await channel.say(address, message)
            case "say" | "notice" | "redraw" | "close" | "in":
                raise Undeliverable
            case _:
                assert_never(row.kind)
        return ()

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


def _later(row: Pending, pause: float | None) -> Fate:
    if pause is not None:
        return Postponed(row, pause)
    if row.attempts >= TRIES:
        log.warning("message %d is given up after %d tries", row.id, row.attempts)
        return GivenUp(row)
    return Postponed(row, min(LONGEST_PAUSE, 2 ** min(row.attempts, 10)))
