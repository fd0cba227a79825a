"""Logging in: what opens the door, what does not, and for how long."""

import asyncio
import time

import pytest

from bot.professionals import door, joining
from bot.professionals.door import IDLE, LONGEST, PAUSES, TRIES, WINDOW, LoggedIn, Refused
from bot.storage import professionals
from bot.storage.records import Professional
from tests.web.desk_house import PASSWORD, House

ANNA = "anna@team.example"
WRONG = "vijf losse kamelen drijven"
OTHER = "een bos vol stille geiten"


@pytest.fixture
async def anna(desk: House) -> Professional:
    token = await joining.invite(desk.store, ANNA, ["noord"], desk.clock.now())
    await joining.accept(desk.store, token, "Anna", PASSWORD, desk.clock.now())
    known = await desk.store.read(lambda tx: professionals.by_email(tx, ANNA))
    assert known is not None
    return known


async def logs_in(
    desk: House, password: str = PASSWORD, email: str = ANNA, address: str = "192.0.2.1"
) -> LoggedIn | Refused:
    return await door.log_in(desk.store, email, password, address, desk.clock.now())


async def fails(desk: House, times: int, *, email: str = ANNA, address: str = "192.0.2.1") -> None:
    """Tries in vain, with as much patience as is asked."""
    for _ in range(times):
        refused = await logs_in(desk, WRONG, email, address)
        assert isinstance(refused, Refused)
        if refused.wait < WINDOW // 2:
            desk.clock.time += refused.wait


async def test_the_right_password_opens_the_door(desk: House, anna: Professional) -> None:
    came_in = await logs_in(desk, email=" Anna@TEAM.example ")

    assert isinstance(came_in, LoggedIn)
    assert await door.visitor(desk.store, came_in.token, desk.clock.now()) == anna
    assert came_in.token not in repr(came_in)


async def test_unknown_wrong_and_removed_are_told_alike(desk: House, anna: Professional) -> None:
    unknown = await logs_in(desk, email="niemand@team.example", address="192.0.2.2")
    wrong = await logs_in(desk, WRONG, address="192.0.2.3")
    desk.clock.time += WINDOW
    await joining.remove(desk.store, ANNA, desk.clock.now())
    removed = await logs_in(desk, address="192.0.2.4")

    assert anna.active
    assert unknown == wrong == removed
    assert isinstance(unknown, Refused)


@pytest.mark.usefixtures("anna")
async def test_unknown_takes_as_long_as_wrong(desk: House) -> None:
    """Made of one hash either way; without it an answer takes a fiftieth of the time."""
    took: dict[str, list[float]] = {ANNA: [], "niemand@team.example": []}
    for number in range(3):
        for email, seconds in took.items():
            began = time.perf_counter()
            await logs_in(desk, WRONG, email, f"192.0.2.{number}{len(email)}")
            seconds.append(time.perf_counter() - began)
            desk.clock.time += PAUSES[-1]

    assert min(took["niemand@team.example"]) > min(took[ANNA]) / 5


async def test_whoever_has_no_password_yet_cannot_come_in(desk: House) -> None:
    await joining.invite(desk.store, ANNA, ["noord"], desk.clock.now())

    assert isinstance(await logs_in(desk, ""), Refused)


@pytest.mark.usefixtures("anna")
async def test_after_each_try_in_vain_the_pause_grows_and_is_told(desk: House) -> None:
    pauses = []
    for _ in PAUSES:
        refused = await logs_in(desk, WRONG)
        assert isinstance(refused, Refused)
        assert (f"over {refused.wait} seconde" in refused.line) == (refused.wait > 0)
        pauses.append(refused.wait)
        desk.clock.time += refused.wait

    assert pauses == list(PAUSES)


@pytest.mark.usefixtures("anna")
async def test_within_the_pause_even_the_right_password_waits_and_the_try_does_not_count(
    desk: House,
) -> None:
    await fails(desk, 1)
    await logs_in(desk, WRONG)

    for _ in range(20):
        refused = await logs_in(desk)
        assert isinstance(refused, Refused)
        assert refused.wait == PAUSES[1]
    desk.clock.time += PAUSES[1]

    assert isinstance(await logs_in(desk), LoggedIn)


@pytest.mark.usefixtures("anna")
async def test_after_five_tries_an_account_is_closed_until_the_quarter_is_over(
    desk: House,
) -> None:
    began = desk.clock.time
    for number in range(TRIES):
        await fails(desk, 1, address=f"192.0.2.{number}")

    refused = await logs_in(desk, address="192.0.2.99")

    assert isinstance(refused, Refused)
    assert refused.wait == began + WINDOW - desk.clock.time
    assert "minuten" in refused.line
    desk.clock.time += refused.wait
    assert isinstance(await logs_in(desk, address="192.0.2.99"), LoggedIn)


@pytest.mark.usefixtures("anna")
async def test_after_five_tries_from_one_address_it_waits_whoever_it_says_it_is(
    desk: House,
) -> None:
    for number in range(TRIES):
        await fails(desk, 1, email=f"iemand{number}@team.example")

    assert isinstance(await logs_in(desk), Refused)
    assert isinstance(await logs_in(desk, address="198.51.100.1"), LoggedIn)


@pytest.mark.usefixtures("anna")
async def test_tries_at_the_same_moment_are_counted_too(desk: House) -> None:
    came = await asyncio.gather(*(logs_in(desk, WRONG) for _ in range(10)))

    tried = [each for each in came if isinstance(each, Refused) and "horen niet" in each.line]
    assert len(tried) <= 2


@pytest.mark.usefixtures("anna")
async def test_success_forgives_what_came_before(desk: House) -> None:
    await fails(desk, TRIES - 1, address="192.0.2.7")
    assert isinstance(await logs_in(desk, address="192.0.2.8"), LoggedIn)

    await fails(desk, 1, address="192.0.2.9")

    assert isinstance(await logs_in(desk, address="192.0.2.10"), LoggedIn)


@pytest.mark.usefixtures("anna")
async def test_a_whole_office_can_come_in_through_one_address(desk: House) -> None:
    for _ in range(3 * TRIES):
        assert isinstance(await logs_in(desk), LoggedIn)


@pytest.mark.usefixtures("anna")
async def test_a_log_in_ends_after_half_an_hour_of_nothing(desk: House) -> None:
    came_in = await logs_in(desk)
    assert isinstance(came_in, LoggedIn)
    for _ in range(3):
        desk.clock.time += IDLE - 1
        assert await door.visitor(desk.store, came_in.token, desk.clock.now())

    desk.clock.time += IDLE

    assert await door.visitor(desk.store, came_in.token, desk.clock.now()) is None


@pytest.mark.usefixtures("anna")
async def test_a_log_in_ends_after_twelve_hours_of_work(desk: House) -> None:
    came_in = await logs_in(desk)
    assert isinstance(came_in, LoggedIn)
    for _ in range(LONGEST // 1000):
        desk.clock.time += 1000
        assert await door.visitor(desk.store, came_in.token, desk.clock.now())

    desk.clock.time += 1000

    assert await door.visitor(desk.store, came_in.token, desk.clock.now()) is None


async def test_a_log_in_of_someone_else_or_of_nobody_opens_nothing(desk: House) -> None:
    for token in ("", "a", "\x00", "x" * 60_000):
        assert await door.visitor(desk.store, token, desk.clock.now()) is None


async def test_logging_out_ends_this_log_in_and_no_other(desk: House, anna: Professional) -> None:
    here, there = await logs_in(desk), await logs_in(desk)
    assert isinstance(here, LoggedIn)
    assert isinstance(there, LoggedIn)

    await door.log_out(desk.store, anna, here.token, desk.clock.now())

    assert await door.visitor(desk.store, here.token, desk.clock.now()) is None
    assert await door.visitor(desk.store, there.token, desk.clock.now()) == anna


async def test_another_password_ends_every_log_in_but_this_one(
    desk: House, anna: Professional
) -> None:
    here, there = await logs_in(desk), await logs_in(desk)
    assert isinstance(here, LoggedIn)
    assert isinstance(there, LoggedIn)

    fault = await door.change_password(
        desk.store, anna, here.token, PASSWORD, OTHER, desk.clock.now()
    )

    assert fault is None
    assert await door.visitor(desk.store, here.token, desk.clock.now()) == anna
    assert await door.visitor(desk.store, there.token, desk.clock.now()) is None
    assert isinstance(await logs_in(desk, OTHER), LoggedIn)
    assert isinstance(await logs_in(desk, PASSWORD), Refused)


async def test_the_password_stays_when_the_old_one_is_wrong_or_the_new_one_too_easy(
    desk: House, anna: Professional
) -> None:
    now = desk.clock.now()
    wrong = await door.change_password(desk.store, anna, "", WRONG, OTHER, now)
    easy = await door.change_password(desk.store, anna, "", PASSWORD, "samenspraak", now)

    assert wrong
    assert easy
    assert isinstance(await logs_in(desk), LoggedIn)


async def test_guessing_the_old_password_has_the_same_limit(
    desk: House, anna: Professional
) -> None:
    told = [
        await door.change_password(desk.store, anna, "", WRONG, OTHER, desk.clock.now())
        for _ in range(3)
    ]

    assert told[-1] == f"Probeer het over {PAUSES[1]} seconden nog eens."


async def test_a_reset_while_the_password_is_being_checked_wins(
    desk: House, anna: Professional
) -> None:
    trying = asyncio.create_task(logs_in(desk))
    await desk.store.committed_after(desk.store.commits)  # the try was counted; hashing goes on

    await joining.invite(desk.store, anna.email, ["noord"], desk.clock.now())

    assert isinstance(await trying, Refused)


async def test_a_demonstration_needs_no_password(desk: House, anna: Professional) -> None:
    came_in = await door.enter(desk.store, ANNA, desk.clock.now())

    assert isinstance(came_in, LoggedIn)
    assert await door.visitor(desk.store, came_in.token, desk.clock.now()) == anna
    assert await door.enter(desk.store, "niemand@team.example", desk.clock.now()) is None


@pytest.mark.usefixtures("anna")
async def test_a_wait_of_one_is_said_in_the_singular(desk: House) -> None:
    await fails(desk, 1)
    await logs_in(desk, WRONG)
    desk.clock.time += 1

    refused = await logs_in(desk)

    assert isinstance(refused, Refused)
    assert refused.line == "Probeer het over 1 seconde nog eens."
