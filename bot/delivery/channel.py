"""What delivery asks of a channel, and what a channel may answer when it cannot."""

from collections.abc import Sequence
from typing import Protocol, TypeAlias

from bot.storage.notes import Recording
from bot.texts import Message

Ref: TypeAlias = tuple[int, bool]
"""The channel's own number of a message that was said, and whether that message asks something."""


class DeliveryError(Exception):
    """Something was not delivered; each kind says what to do."""


class TryLater(DeliveryError):
    """Not now, and it did not arrive: the same may go through after ``pause`` seconds.

    Without a pause the channel does not know how long: ever longer, for about a day.
    """

    def __init__(self, pause: float | None = None) -> None:
        super().__init__("later")
        self.pause = pause


class Unclear(DeliveryError):
    """It may have arrived, and it may not: nobody can tell."""


class Undeliverable(DeliveryError):
    """Never: the channel refuses this message."""


class Unreachable(Undeliverable):
    """Never: nothing arrives in this chat. It was blocked, or it is gone."""


class Channel(Protocol):
    """A way to reach someone. What goes wrong it tells as a ``DeliveryError``."""

    async def say(self, address: str, message: Message) -> tuple[int, ...]:
        """Show ``message``; its numbers, last the one with the buttons. May be none."""
        ...

    async def show(self, address: str, picture: bytes, message: Message) -> tuple[int, ...]:
        """Show ``picture`` (PNG) with the words of ``message``, and no button but the way out.

        Its numbers, as ``say``. Anything but a clear no is ``Unclear``, also an error of theirs.
        """
        ...

    async def hand(
        self, address: str, name: str, content: bytes, message: Message
    ) -> tuple[int, ...]:
        """Give a file called ``name``, with ``message`` under it, and no button but the way out.

        Its numbers, as ``say``. Anything but a clear no is ``Unclear``, as with ``show``.
        """
        ...

    async def sound(self, address: str, recording: Recording, message: Message) -> tuple[int, ...]:
        """Play back what someone said, with ``message`` under it and no button but the way out.

        Its numbers, as ``say``. Anything but a clear no is ``Unclear``, as with ``show``.
        """
        ...

    async def redraw(self, address: str, refs: Sequence[Ref], message: Message) -> None:
        """Show ``message`` in the place of those that ask."""
        ...

    async def close(self, address: str, refs: Sequence[Ref], message: Message) -> None:
        """Let those that ask show ``message``; leave all of them no button but the way out.

        Without any lines in ``message`` the words stay as they are.
        """
        ...

    async def clear(self, address: str, refs: Sequence[int]) -> None:
        """Take these messages away. What is not there any more is fine."""
        ...
