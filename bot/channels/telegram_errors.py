"""What Telegram's errors mean for a message: one verdict for each."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.delivery import DeliveryError, TryLater, Unclear, Undeliverable, Unreachable

NOT_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
"""With these nothing has left this machine yet."""

NOBODY_THERE = ("chat not found", "peer_id_invalid", "user not found")
"""How Telegram describes a chat that is gone, among its other "bad requests"."""

NO_TOKEN_PAUSE = 60.0
"""A token that is refused now is mended by a person, in their own time."""


def verdict(error: TelegramError) -> DeliveryError:
    """What to do about a message after ``error``.

    An answer of Telegram's own, whatever it says, means that the message was not shown; only a
    connection that broke off before there was one leaves that open.
    """
    match error:
        case RetryAfter():
            return TryLater(seconds(error.retry_after))
        case Forbidden() | ChatMigrated():
            return Unreachable()
        case BadRequest() if str(error).lower().startswith(NOBODY_THERE):
            return Unreachable()
        case BadRequest():
            return Undeliverable()
        case InvalidToken():
            return TryLater(NO_TOKEN_PAUSE)
        case NetworkError():
            return _broken(error.__cause__)
        case _:
            # An answer that is no JSON: something between Telegram and us answered in its place.
            return Unclear()


def careful(error: TelegramError) -> DeliveryError:
    """The verdict on what may never be shown twice: after a 5xx nobody knows whether it was."""
    found = verdict(error)
    knows = isinstance(error, RetryAfter | InvalidToken) or isinstance(error.__cause__, NOT_SENT)
    return Unclear() if isinstance(found, TryLater) and not knows else found


def _broken(cause: BaseException | None) -> DeliveryError:
    if isinstance(cause, NOT_SENT) or cause is None or isinstance(cause, TelegramError):
        # Without a cause, or when only its page could not be read, it was an answer: a 5xx.
        return TryLater()
    if isinstance(cause, httpx.HTTPError):
        return Unclear()
    # It could not even be written down as a request: it never can.
    return Undeliverable()


def seconds(pause: int | dt.timedelta) -> float:
    """A pause as the library gives it, which may be either, in seconds."""
    return pause.total_seconds() if isinstance(pause, dt.timedelta) else float(pause)


@contextmanager
def verdicts(
    verdict: Callable[[TelegramError], DeliveryError] = verdict,
) -> Iterator[None]:
    """Every error of Telegram inside leaves as its verdict."""
    try:
        yield
    except TelegramError as error:
        raise verdict(error) from error
