"""A page that became fuller, on the desk of who reads it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.summary import Summary
from bot.families.talk import HandedOver
from bot.professionals.reception import Reception
from bot.web.desk import DESK
from tests.web.desk_house import A_STORY, House, Visitor, house
from tests.web.test_desk import shown


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as built:
        yield built


async def becomes_fuller(desk: House, page: int) -> None:
    """The family hands all of it over again, a few minutes later."""
    voice = await desk.voice_of(page)
    summary = Summary("ouder", voice.conversation.language, tuple(A_STORY))
    given = HandedOver("noord", summary, fuller=True)
    desk.clock.time += 300
    reception = Reception(desk.library, DESK)
    await desk.store.write(lambda tx: reception.list_page(tx, voice, given, desk.clock.now()))


async def reads(desk: House, page: int) -> Visitor:
    anna = await desk.member("Anna")
    await anna.opens(f"/pagina/{page}")
    await anna.posts(f"/pagina/{page}/oppakken")
    await anna.posts(f"/pagina/{page}/gelezen")
    return anna


async def test_who_read_it_sees_that_there_is_more_until_it_is_read_again(desk: House) -> None:
    page = await desk.hands_over(A_STORY[:2])
    anna = await reads(desk, page)

    await becomes_fuller(desk, page)

    assert "aangevuld op" in shown(await anna.opens(""))
    opened = shown(await anna.opens(f"/pagina/{page}"))
    assert "Het gezin vertelde meer. Lees de pagina nog een keer." in opened
    await anna.posts(f"/pagina/{page}/gelezen")
    assert "aangevuld op" not in shown(await anna.opens(""))
    opened = shown(await anna.opens(f"/pagina/{page}"))
    assert "Het gezin vertelde meer." not in opened
    assert "Aangevuld" in opened


async def test_one_that_nobody_took_up_is_new_and_nothing_else(desk: House) -> None:
    page = await desk.hands_over(A_STORY[:2])
    anna = await desk.member("Anna")

    await becomes_fuller(desk, page)

    assert "aangevuld op" not in shown(await anna.opens(""))
    assert "nog een keer" not in shown(await anna.opens(f"/pagina/{page}"))


async def test_it_is_one_page_with_the_name_it_had(desk: House) -> None:
    page = await desk.hands_over(A_STORY[:2])
    me = await desk.professional("Anna", "noord")
    code = (await desk.page(page, me)).page.code

    await becomes_fuller(desk, page)

    after = (await desk.page(page, me)).page
    assert after.code == code
    told = [item for section in after.sections for item in section.items]
    assert len(told) == len(A_STORY)


async def test_the_paper_says_so_too(desk: House) -> None:
    page = await desk.hands_over(A_STORY[:2])
    anna = await desk.member("Anna")

    await becomes_fuller(desk, page)

    assert "Aangevuld: " in shown(await anna.opens(f"/pagina/{page}/tekst"))
    await anna.opens(f"/pagina/{page}/pdf")
    assert anna.status == 200
