"""Empties the outbox, with patience. Start reading at ``rounds``.

* Every message is delivered at least once, as long as it can be delivered at all; a picture of the
  people around a family at most once.
* Messages to one chat arrive in the order in which they were committed.
* One chat's trouble never holds up another's messages.
* Nothing is sent while a transaction is open.

A crash between sending a message and marking it sends it twice. That is the price of never losing
one: Telegram offers no way to send a message "only if you have not yet". A picture is marked before
it goes instead; when nobody knows whether it arrived, the family is told how to ask for it again.
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
