"""How a moment is said to a family: a day, and perhaps a time, in Dutch time and their language."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")


def said_moment(at: int, language: str, *, clock: bool, year: bool = False) -> str:
    """The day that ``at`` (Unix seconds) falls on, with ``clock`` the time too: 21 november, 14:05.

    Without ``year`` for what is never longer ago, nor further ahead, than a page is kept.
    """
    # Unicode's English is that of the United States: November 21.
    locale = Locale("en", "GB") if language == "en" else Locale(language)
    when = datetime.fromtimestamp(at, DUTCH_TIME)
    if year:
        day = format_date(when, "long", locale=locale)
    else:
        day = format_skeleton("MMMMd", when, tzinfo=DUTCH_TIME, locale=locale)
    if not clock:
        return day
    return f"{day}, {format_time(when, 'HH:mm', tzinfo=DUTCH_TIME, locale=locale)}"
