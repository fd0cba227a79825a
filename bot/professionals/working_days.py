"""Which days are working days in the Netherlands, and when one has passed.

The holidays are few and follow rules, so they are here, each with its rule, and held against a
reviewed table (``tests/professionals/test_working_days.py``), instead of in a package that knows a
hundred countries.
"""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

SATURDAY = 5
LUSTRUM = 5
"""Liberation Day is a day off once in so many years (1945 + 5n). Source: the collective agreements
that follow the advice of the Stichting van de Arbeid. For terms in law (Algemene termijnenwet, art.
3) it counts every year; here the question is whether someone is at work."""

AFTER_EASTER = {"Tweede Paasdag": 1, "Hemelvaartsdag": 39, "Tweede Pinksterdag": 50}
"""Days after Easter Sunday. Good Friday is no day off in most offices, and Sundays never count."""


def working_day_after(moment: int) -> int:
    """When one working day has passed since ``moment`` (Unix seconds): the same time of day, on the
    next working day. What comes on a day off counts from the start of the first working day."""
    when = datetime.fromtimestamp(moment, DUTCH_TIME)
    if not is_working_day(when.date()):
        when = datetime.combine(_next_working_day(when.date()), time(), DUTCH_TIME)
    later = datetime.combine(_next_working_day(when.date()), when.timetz())
    return int(later.timestamp())


def is_working_day(day: date) -> bool:
    """Whether someone may be expected at work: no Saturday, Sunday or holiday."""
    return day.weekday() < SATURDAY and day not in holidays(day.year)


@cache
def holidays(year: int) -> frozenset[date]:
    """The days off of ``year`` in the Netherlands that can fall on a weekday."""
    kings_day = date(year, 4, 27)
    if kings_day.isoweekday() == 7:  # then it is celebrated on the Saturday before
        kings_day = date(year, 4, 26)
    days = {date(year, 1, 1), kings_day, date(year, 12, 25), date(year, 12, 26)}
    days |= {easter(year) + timedelta(after) for after in AFTER_EASTER.values()}
    if year % LUSTRUM == 0:
        days.add(date(year, 5, 5))
    return frozenset(days)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar. Source: Meeus, Astronomical Algorithms, ch. 8."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leaps, century_rest = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon_shift + 15) % 30
    years, years_rest = divmod(rest, 4)
    weekday = (32 + 2 * century_rest + 2 * years - epact - years_rest) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _next_working_day(day: date) -> date:
    day += timedelta(1)
    while not is_working_day(day):
        day += timedelta(1)
    return day
