"""Empties the outbox, with patience. Start reading at ``rounds``.

* Every message is delivered at least once, as long as it can be delivered at all.
* Messages to one chat arrive in the order in which they were committed.
* One chat's trouble never holds up another's messages.
* Nothing is sent while a transaction is open.

A crash between sending a message and marking it sends it twice. That is the price of never losing
one: Telegram offers no way to send a message "only if you have not yet".
"""

from bot.delivery.channel import (
    Channel,
    DeliveryError,
    TryLater,
    Unclear,
    Undeliverable,
    Unreachable,
)
from bot.delivery.pace import Limits
from bot.delivery.rounds import Clock, Delivery

__all__ = [
    "Channel",
    "Clock",
    "Delivery",
    "DeliveryError",
    "Limits",
    "TryLater",
    "Unclear",
    "Undeliverable",
    "Unreachable",
]
