"""Around the table on the chat page: a page to print, for nobody but whoever told."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests import gathering
from tests.web.chat_house import House, Visitor, house

SAMEN = "/gesprek/samen"


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, books=gathering.library(tmp_path)) as built:
        yield built


@pytest.fixture
async def sanne(home: House) -> Visitor:
    """A parent who told what it is about and who would think along."""
    parent = home.visitor()
    await parent.begins()
    await parent.presses("Begin")
    await parent.types("Hij slaapt <b>niet</b>.")
    await parent.presses("Klaar")
    await parent.types("Oma, juf Els")
    await parent.presses("Klaar")
    await parent.types("Dat we weer samen eten.")
    await parent.presses("Klaar")
    return parent


async def test_it_is_one_tap_from_the_menu_to_a_page_to_print(sanne: Visitor) -> None:
    await sanne.presses("Meer")
    seen = await sanne.presses("Samen aan tafel")
    assert "oma" not in seen.said[-1]
    assert "Oma: wil meedenken" in seen.said[-1]
    assert seen.links["Bekijk dit als bladzijde om te printen"] == SAMEN

    await sanne.opens(SAMEN)

    html = sanne.answer.text
    for words in (
        "Samen aan tafel",
        "familiegroepsplan",
        "Oma: wil meedenken",
        "juf Els: wil meedenken",
        "Hij slaapt &lt;b&gt;niet&lt;/b&gt;.",
        "Dat we weer samen eten.",
        "Dag en tijd: ……………",
        "Wie doet wat, en wanneer?",
        "Ik stuur niemand iets.",
    ):
        assert words in html
    invitation = html.split('data-copy="')[1].split('"')[0]
    assert "Wil je erbij zijn" in invitation
    for told in ("Oma", "slaapt", "Sanne", "Linde"):
        assert told not in invitation


async def test_it_is_for_nobody_else(home: House, sanne: Visitor) -> None:
    await sanne.opens(SAMEN)
    assert "Oma" in sanne.answer.text
    stranger, other = home.visitor(), home.visitor()
    await other.begins()

    for who in (stranger, other):
        await who.opens(SAMEN)
        assert who.answer.status_code == 404
        assert "Oma" not in who.answer.text


async def test_another_voice_of_the_case_has_its_own_only(home: House, sanne: Visitor) -> None:
    await sanne.presses("Meer")
    await sanne.presses("Iemand uitnodigen")
    seen = await sanne.presses("De andere ouder")
    (address,) = {link for link in seen.links if "/i/" in link}
    ben = home.visitor()
    await ben.opens(seen.links[address])
    await ben.presses("Meedoen")
    await ben.presses("Begin")
    await ben.types("Ik zie het anders.")
    await ben.presses("Klaar")

    await ben.opens(SAMEN)

    assert "Ik zie het anders." in ben.answer.text
    assert "Oma" not in ben.answer.text
    assert "slaapt" not in ben.answer.text
