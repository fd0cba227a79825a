"""Which days somebody may be expected at work, held against a reviewed table."""

from datetime import date, datetime

import pytest

from bot.professionals.working_days import (
    DUTCH_TIME,
    easter,
    holidays,
    is_working_day,
    working_day_after,
)

OFF = {
    2025: ["01-01", "04-21", "04-26", "05-05", "05-29", "06-09", "12-25", "12-26"],
    2026: ["01-01", "04-06", "04-27", "05-14", "05-25", "12-25", "12-26"],
    2027: ["01-01", "03-29", "04-27", "05-06", "05-17", "12-25", "12-26"],
    2028: ["01-01", "04-17", "04-27", "05-25", "06-05", "12-25", "12-26"],
    2030: ["01-01", "04-22", "04-27", "05-05", "05-30", "06-10", "12-25", "12-26"],
}
"""Written down by date, apart from any rule.

27 April 2025 is a Sunday: King's Day is the 26th. 5 May counts in 2025 and 2030 only.
"""


def at(moment: str) -> int:
    """Unix seconds of a moment in Dutch time: ``2025-11-21 13:00``."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=DUTCH_TIME).timestamp())


@pytest.mark.parametrize("year", OFF)
def test_the_holidays_are_those_of_the_reviewed_table(year: int) -> None:
    assert holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in OFF[year]}


def test_easter_is_where_the_church_has_it() -> None:
    """The earliest and the latest it can be, and the exceptions of the Gregorian reckoning."""
    known = ("1818-03-22", "1943-04-25", "1954-04-18", "1981-04-19", "2000-04-23", "2038-04-25")

    assert [easter(date.fromisoformat(day).year).isoformat() for day in known] == list(known)


@pytest.mark.parametrize(
    ("came", "due"),
    [
        ("2025-11-19 09:15", "2025-11-20 09:15"),  # an ordinary Wednesday
        ("2025-11-21 13:00", "2025-11-24 13:00"),  # Friday: the weekend does not count
        ("2025-11-22 10:00", "2025-11-25 00:00"),  # Saturday: Monday is the first working day
        ("2025-11-23 23:59", "2025-11-25 00:00"),  # Sunday night, the same
        ("2025-12-24 16:00", "2025-12-29 16:00"),  # Christmas on Thursday and Friday
        ("2026-04-03 12:00", "2026-04-07 12:00"),  # Good Friday is worked, Easter Monday is not
        ("2026-04-04 12:00", "2026-04-08 00:00"),  # Holy Saturday
        ("2026-05-13 12:00", "2026-05-15 12:00"),  # the day before Ascension
        ("2026-05-04 12:00", "2026-05-05 12:00"),  # no lustrum: Liberation Day is worked
        ("2025-05-02 12:00", "2025-05-06 12:00"),  # a lustrum
        ("2025-03-28 12:00", "2025-03-31 12:00"),  # over the change to summer time
        ("2025-10-24 12:00", "2025-10-27 12:00"),  # and back
        ("2026-12-31 12:00", "2027-01-04 12:00"),  # New Year's Day on Friday
    ],
)
def test_a_working_day_has_passed_at_the_same_time_on_the_next_one(came: str, due: str) -> None:
    assert working_day_after(at(came)) == at(due)


def test_a_weekend_is_no_working_day() -> None:
    assert [is_working_day(date(2025, 11, day)) for day in range(21, 25)] == [
        True,
        False,
        False,
        True,
    ]
