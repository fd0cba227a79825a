"""How fast messages may go out: so many a second to everyone, and a few at once to one chat.

Telegram asks for at most 30 a second overall and about one a second in a chat
(``telegram.constants.FloodLimit``); staying below it costs less than being told to wait.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``overall`` messages a second; ``burst`` at once to one chat, then ``refill`` a second.

    ``parallel`` is how many chats are spoken to at the same moment; ``farewell`` how many seconds
    what is under way may still take when the bot stops.
    """

    overall: float = 25
    burst: float = 4
    refill: float = 1
    parallel: int = 16
    farewell: float = 10


class _Bucket:
    """Holds at most ``size`` tokens and gains ``rate`` a second. It may go into debt."""

    __slots__ = ("_at", "_rate", "_size", "_tokens")

    def __init__(self, size: float, rate: float, now: float) -> None:
        self._size = size
        self._rate = rate
        self._tokens = size
        self._at = now

    def missing(self, now: float) -> float:
        """Seconds until there is a whole token; 0 when there is one."""
        self._gain(now)
        # A hair less than one is one: the time to wait is rounded, and must not come out as zero.
        return max(0.0, (1 - self._tokens) / self._rate) if self._tokens < 1 - 1e-9 else 0.0

    def take(self, tokens: float, now: float) -> None:
        """Take ``tokens``, also when there are fewer: then the next has to wait longer."""
        self._gain(now)
        self._tokens -= tokens

    def is_full(self, now: float) -> bool:
        """Whether nothing was taken lately."""
        self._gain(now)
        return self._tokens >= self._size

    def _gain(self, now: float) -> None:
        self._tokens = min(self._size, self._tokens + (now - self._at) * self._rate)
        self._at = now


class Pace:
    """Says when the next message may go, by a clock that only counts up (``steady``, seconds)."""

    def __init__(self, limits: Limits, steady: Callable[[], float]) -> None:
        self._limits = limits
        self._steady = steady
        # A fifth of a second's worth at once: more, and a busy second would come on top of a quiet
        # one. So in no second more than 1.2 times ``overall`` goes out.
        self._overall = _Bucket(max(1, limits.overall / 5), limits.overall, steady())
        self._chats: dict[Hashable, _Bucket] = {}

    @property
    def tired(self) -> int:
        """How many chats have to wait for their own turn."""
        now = self._steady()
        for chat in [chat for chat, bucket in self._chats.items() if bucket.is_full(now)]:
            del self._chats[chat]
        return sum(1 for bucket in self._chats.values() if bucket.missing(now))

    def wait(self) -> float:
        """Seconds until anything may go to anyone; 0 for now."""
        return self._overall.missing(self._steady())

    def wait_for(self, chat: Hashable) -> float:
        """Seconds until another message may go to ``chat``; 0 for now."""
        bucket = self._chats.get(chat)
        return bucket.missing(self._steady()) if bucket else 0.0

    def spend(self, calls: int, chat: Hashable | None = None) -> None:
        """``calls`` requests go out now; with ``chat`` they are new messages in it."""
        now = self._steady()
        self._overall.take(calls, now)
        if chat is not None:
            bucket = self._chats.get(chat)
            if bucket is None:
                bucket = self._chats[chat] = _Bucket(self._limits.burst, self._limits.refill, now)
            bucket.take(calls, now)
