"""How much one chat may send, and how many new chats may come, before we ask for patience.

Typed words and all else that is sent count; taps, commands and the way out always work. A picture
takes tens of milliseconds to draw: after so many the same is said in words. What is
counted is kept in memory only: after a restart everyone begins with a full allowance. New chats
are counted in the database too, so that a restart gives no room for another crowd.
"""

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from bot.dialogue.events import Edited, Event, Sent, Shared, Spoke, Started, Wrote
from bot.storage.records import Chat

HOUR = 3600

Verdict: TypeAlias = Literal["taken", "refused", "refused and told"]
"""One that is refused and told is to be answered with a line: it is the first in a while."""


@dataclass(frozen=True, slots=True)
class Limits:
    """``burst`` messages at once in one chat, then ``refill`` a second, and never more than
    ``an_hour``; ``newcomers`` new chats an hour on one channel. ``told_every`` is how many seconds
    lie between two lines that ask for patience. Source: promises, section 4. ``drawings`` pictures
    in one chat in ``drawn_within`` seconds."""

    burst: int = 20
    refill: float = 1.0
    an_hour: int = 300
    newcomers: int = 30
    told_every: int = 600
    drawings: int = 6
    drawn_within: int = 600


@dataclass(frozen=True, slots=True)
class Lately:
    """What came of one chat: what is left of its burst, when messages were taken, when it was told
    to wait, how many were refused since the last one that was taken, and when was ``drawn``."""

    left: float
    at: int
    taken: tuple[int, ...] = ()
    told: int | None = None
    missed: int = 0
    drawn: tuple[int, ...] = ()


class Allowance:
    """Counts what came in, for every chat apart. Who was quiet for an hour is forgotten."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.chats: OrderedDict[Chat, Lately] = OrderedDict()
        self.newcomers: list[tuple[str, int]] = []

    def keep(self, counted: "Counting", now: int) -> None:
        """What was ``counted`` is on the disk: from now on it counts."""
        for chat, lately in counted.chats.items():
            self.chats[chat] = lately
            self.chats.move_to_end(chat)
        while self.chats and next(iter(self.chats.values())).at <= now - HOUR:
            self.chats.popitem(last=False)
        came = (*self.newcomers, *counted.newcomers)
        self.newcomers = [each for each in came if each[1] > now - HOUR]


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts in one transaction, on top of what was kept; if that fails, nothing was counted."""

    allowance: Allowance
    now: int
    chats: dict[Chat, Lately] = field(default_factory=dict)
    newcomers: list[tuple[str, int]] = field(default_factory=list)

    def message(self, chat: Chat, event: Event, at: int | None) -> tuple[Verdict, int]:
        """Whether ``event`` is taken, and how many were not since the last one that was.

        ``at`` is when it was sent, as far as its channel tells: what waited while we were off
        counts at the pace at which it was sent.
        """
        if not isinstance(event, Wrote | Edited | Shared | Sent | Spoke | Started):
            return "taken", 0
        sent = self.now if at is None else min(at, self.now)
        limits, lately = self.allowance.limits, self._lately(chat, sent)
        if lately.left >= 1 and len(lately.taken) < limits.an_hour:
            taken = (*lately.taken, sent)
            self.chats[chat] = replace(lately, left=lately.left - 1, taken=taken, missed=0)
            return "taken", lately.missed
        return self._refused(chat, replace(lately, missed=lately.missed + 1)), 0

    def may_draw(self, chat: Chat) -> bool:
        """Whether one more picture is drawn for ``chat``; it counts when it is."""
        limits, lately = self.allowance.limits, self._lately(chat, self.now)
        drawn = tuple(at for at in lately.drawn if at > self.now - limits.drawn_within)
        is_drawn = len(drawn) < limits.drawings
        self.chats[chat] = replace(lately, drawn=(*drawn, self.now) if is_drawn else drawn)
        return is_drawn

    def newcomer(self, chat: Chat, known: int) -> Verdict:
        """Whether a new chat is taken; ``known`` is how many of its channel the database had of
        this hour before the transaction."""
        kept, since = self.allowance.newcomers, self.now - HOUR
        came = sum(1 for channel, at in kept if channel == chat.channel and at > since)
        coming = sum(1 for channel, _ in self.newcomers if channel == chat.channel)
        if max(came, known) + coming < self.allowance.limits.newcomers:
            self.newcomers.append((chat.channel, self.now))
            return "taken"
        return self._refused(chat, self._lately(chat, self.now))

    def _refused(self, chat: Chat, lately: Lately) -> Verdict:
        """It is told once in a while only."""
        is_told = (
            lately.told is not None and lately.told > self.now - self.allowance.limits.told_every
        )
        self.chats[chat] = lately if is_told else replace(lately, told=self.now)
        return "refused" if is_told else "refused and told"

    def _lately(self, chat: Chat, now: int) -> Lately:
        """What the chat may send. A clock that was put back gives nothing and takes nothing."""
        limits, kept = self.allowance.limits, self.allowance.chats
        lately = self.chats.get(chat) or kept.get(chat) or Lately(limits.burst, now)
        left = min(limits.burst, lately.left + max(now - lately.at, 0) * limits.refill)
        taken = tuple(at for at in lately.taken if at > now - HOUR)
        return replace(lately, left=left, at=max(now, lately.at), taken=taken)
