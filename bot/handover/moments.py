"""How a moment and a length of time read in Dutch, in Dutch time."""

from math import inf
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_datetime, format_timedelta

DUTCH = "nl"
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

_SPANS: tuple[tuple[Literal["day", "hour", "minute"], int], ...] = (
    ("day", 86_400),
    ("hour", 3_600),
    ("minute", 60),
)


def day(when: int) -> str:
    """The day ``when`` (Unix seconds) falls on: ``21 november 2025``."""
    return format_datetime(when, "d MMMM y", tzinfo=DUTCH_TIME, locale=DUTCH)


def moment(when: int) -> str:
    """Day and time of ``when`` (Unix seconds): ``vr 21 november 2025, 14:05``."""
    return format_datetime(when, "EEE d MMMM y, HH:mm", tzinfo=DUTCH_TIME, locale=DUTCH)


def span(seconds: int) -> str:
    """A length of time, rounded down: ``3 uur``, ``2 dagen``, ``minder dan een minuut``."""
    for unit, length in _SPANS:
        if seconds >= length:
            whole = seconds // length * length
            # No threshold: with one, Babel makes weeks of days.
            return format_timedelta(whole, granularity=unit, threshold=inf, locale=DUTCH)
    return "minder dan een minuut"
