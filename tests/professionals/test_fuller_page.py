"""A family tells more after it sent its page: the same page, fuller, to be read again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.events import Event, Started, Tapped, Wrote
from bot.handover.plain import as_text
from bot.library import Library
from bot.professionals import reading
from bot.professionals.reading import Listed, Opened
from bot.storage import family_pages
from bot.storage.records import Professional
from tests.forms_tree import library_with_forms
from tests.world import NOW, House, World

HOUR = 3600
SANNE = "het-geheim-van-sanne"
FIRST = ("fijn", "slapen", "geld", "-done", "geld", "-done")
"""Everything up to the first page."""


@pytest.fixture
def books(tmp_path: Path) -> Library:
    return library_with_forms(tmp_path / "boeken")


@pytest.fixture
async def house(tmp_path: Path, books: Library) -> AsyncIterator[House]:
    async with World(tmp_path / "huis", books).on() as house:
        yield house


@pytest.fixture
async def anna(house: House) -> Professional:
    return await house.professional()


async def turn(house: House) -> int:
    return (await house.voice("web", SANNE)).conversation.turn


async def taps(house: House, *codes: str) -> None:
    for code in codes:
        await house.happens("web", SANNE, Tapped(await turn(house), code))


async def sends(house: House) -> None:
    """Sanne sends her first page."""
    await house.happens("web", SANNE, Started(), link="j_linde")
    await taps(house, *FIRST, "send")


async def tells_more(house: House) -> None:
    """She tells more, an hour later, and sends that too."""
    house.clock.time += HOUR
    await taps(house, "ja")
    await house.happens("web", SANNE, Wrote("Het is thuis nooit stil."))
    await taps(house, "-done", "-agree", "send")


async def only(house: House, anna: Professional) -> Listed:
    """The one page that is on the desk."""
    (found,) = [
        each for lines in (await reading.listed(house.store, anna)).values() for each in lines
    ]
    return found


async def opened(house: House, anna: Professional) -> Opened:
    page = (await only(house, anna)).id
    return await reading.opened(house.store, anna, page, house.clock.now())


def told(listed: Listed) -> list[str]:
    return [item.heading for section in listed.page.sections for item in section.items]


async def notices(house: House) -> list[str]:
    """What professionals were told, without the address of the desk."""
    pending = await house.store.read(
        lambda tx: tx.rows("select count(*) as number from message where kind = 'notice'")
    )
    return ["notice"] * pending[0]["number"]


async def test_a_page_that_nobody_took_up_is_fuller_and_as_new_as_it_was(
    house: House, anna: Professional
) -> None:
    await sends(house)
    before = await only(house, anna)

    await tells_more(house)

    after = await only(house, anna)
    assert (after.id, after.page.code, after.state) == (before.id, before.page.code, "new")
    assert (after.page.came, after.page.renewed) == (NOW, NOW + HOUR)
    assert after.waits_since == before.waits_since
    assert told(before) == ["Hoe het gaat", "Wat zwaar is", "Wat samenhangt"]
    assert told(after) == ["Waar ik mee zit", *told(before)]
    assert len(await notices(house)) == 2


async def test_the_page_shows_the_words_beside_a_picture_and_those_of_the_earlier_question(
    house: House, anna: Professional
) -> None:
    await sends(house)

    page = (await only(house, anna)).page

    chosen = {item.heading: item.dutch for section in page.sections for item in section.items}
    assert chosen["Hoe het gaat"] == "fijn"
    assert chosen["Wat samenhangt"] == "Geld"


async def test_who_has_it_in_hand_keeps_it_to_be_read_again(
    house: House, anna: Professional
) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.work.claim(anna, page, NOW)
    await house.work.mark_read(anna, page, NOW)

    await tells_more(house)

    after = await only(house, anna)
    assert (after.state, after.is_mine, after.read_at) == ("reading", True, None)
    assert after.waits_since == NOW + HOUR
    assert await house.work.mark_read(anna, page, NOW + HOUR) == "read"


async def test_one_that_was_claimed_and_not_read_waits_as_long_as_it_did(
    house: House, anna: Professional
) -> None:
    await sends(house)
    await house.work.claim(anna, (await only(house, anna)).id, NOW)

    await tells_more(house)

    assert (await only(house, anna)).waits_since == NOW


async def test_what_was_answered_is_to_be_read_again_beside_the_earlier_answer(
    house: House, anna: Professional
) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.work.claim(anna, page, NOW)
    await house.work.answer(anna, page, "Zullen we bellen?", NOW)

    await tells_more(house)

    after = await opened(house, anna)
    assert (after.listed.state, after.listed.is_mine) == ("reading", True)
    assert after.listed.delete_after is None
    assert [one.words for one in after.thread] == ["Zullen we bellen?"]
    assert await house.work.answer(anna, page, "Dank je.", NOW + HOUR) == "answered"
    assert (await only(house, anna)).delete_after is not None


async def test_one_that_was_passed_on_and_read_can_be_passed_on_again(
    house: House, anna: Professional
) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.store.write(lambda tx: family_pages.pass_on(tx, page, NOW))
    await house.work.claim(anna, page, NOW)
    await house.work.mark_read(anna, page, NOW)

    await tells_more(house)

    waiting = await house.store.read(lambda tx: family_pages.unread(tx, NOW + HOUR, 9))
    assert waiting == [(page, NOW + HOUR)]


async def test_after_it_was_closed_a_new_page_comes(house: House, anna: Professional) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.work.claim(anna, page, NOW)
    await house.work.close(anna, page, NOW)

    await tells_more(house)

    lists = await reading.listed(house.store, anna)
    assert [each.id for each in lists["closed"]] == [page]
    (new,) = lists["new"]
    assert new.page.renewed is None
    assert "Waar ik mee zit" in told(new)


async def test_after_it_was_asked_back_a_new_page_comes(house: House, anna: Professional) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.store.write(lambda tx: family_pages.ask_back(tx, page, NOW, NOW + HOUR))

    await tells_more(house)

    assert len((await reading.listed(house.store, anna))["new"]) == 2


async def test_after_it_was_destroyed_a_new_page_comes(house: House, anna: Professional) -> None:
    await sends(house)
    page = (await only(house, anna)).id
    await house.store.write(lambda tx: family_pages.take_back(tx, page, NOW))

    await tells_more(house)

    assert (await only(house, anna)).id != page


async def test_what_was_told_arrives_though_the_first_page_is_damaged(
    house: House, anna: Professional
) -> None:
    await sends(house)
    await house.store.write(lambda tx: tx.run("update page set body = zeroblob(60)"))

    await tells_more(house)

    assert "Waar ik mee zit" in told(await only(house, anna))


async def test_both_pages_can_come_in_one_batch(house: House, anna: Professional) -> None:
    await house.happens("web", SANNE, Started(), link="j_linde")
    await taps(house, *FIRST)
    at = await turn(house)
    both: list[Event] = [
        Tapped(at, "send"),
        Tapped(at + 1, "ja"),
        Wrote("Het is thuis nooit stil."),
        Tapped(at + 2, "-done"),
        Tapped(at + 3, "-agree"),
        Tapped(at + 4, "send"),
    ]

    await house.happens("web", SANNE, *both)

    after = await only(house, anna)
    assert after.page.renewed == NOW
    assert "Waar ik mee zit" in told(after)
    assert len(await notices(house)) == 2


async def test_who_begins_again_in_the_same_batch_still_sent_what_was_shown(
    house: House, anna: Professional
) -> None:
    await house.happens("web", SANNE, Started(), link="j_linde")
    await taps(house, *FIRST)
    at = await turn(house)

    await house.happens(
        "web", SANNE, Tapped(at, "send"), Tapped(at + 1, "nee"), Tapped(at + 2, "-again")
    )

    assert (await house.voice("web", SANNE)).conversation.answers == ()
    assert told(await only(house, anna)) == ["Hoe het gaat", "Wat zwaar is", "Wat samenhangt"]


async def test_a_new_story_is_a_new_page_beside_the_first(house: House, anna: Professional) -> None:
    await sends(house)
    await taps(house, "nee", "-again", *FIRST, "send")

    assert len((await reading.listed(house.store, anna))["new"]) == 2


async def test_as_text_it_says_when_it_was_made_fuller(house: House, anna: Professional) -> None:
    await sends(house)
    assert "Aangevuld" not in as_text((await only(house, anna)).page)

    await tells_more(house)

    assert "Aangevuld: " in as_text((await only(house, anna)).page)


async def test_that_it_was_renewed_is_noted_without_a_word_of_it(house: House) -> None:
    await sends(house)
    await tells_more(house)

    rows = await house.store.read(
        lambda tx: tx.rows("select what from audit where page is not null order by id")
    )
    assert [row["what"] for row in rows] == ["page listed", "page renewed"]
