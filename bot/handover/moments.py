"""How a moment and a length of time read in Dutch, in Dutch time."""

from datetime import datetime
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

DAYS = ("ma", "di", "wo", "do", "vr", "za", "zo")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def day(when: int) -> str:
    """The day ``when`` (Unix seconds) falls on: ``21 november 2025``."""
    local = datetime.fromtimestamp(when, DUTCH_TIME)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def moment(when: int) -> str:
    """Day and time of ``when`` (Unix seconds): ``vr 21 november 2025, 14:05``."""
    local = datetime.fromtimestamp(when, DUTCH_TIME)
    return f"{DAYS[local.weekday()]} {day(when)}, {local:%H:%M}"


def span(seconds: int) -> str:
    """A length of time, rounded down: ``3 uur``, ``2 dagen``, ``minder dan een minuut``."""
    minutes = seconds // 60
    if minutes < 1:
        return "minder dan een minuut"
    if minutes < 60:
        return "1 minuut" if minutes == 1 else f"{minutes} minuten"
    hours = minutes // 60
    if hours < 24:
        return f"{hours} uur"
    days = hours // 24
    return "1 dag" if days == 1 else f"{days} dagen"
