"""Being invited on the chat page: the link, the picture of it, and who may use it."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
import segno

from bot.handover.qr import EDGE, qr
from bot.storage.invites import LASTS
from tests import gathering
from tests.web.chat_house import HERE, House, Visitor, house


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    books = replace(gathering.library(tmp_path), site=HERE, bot="samen_bot")
    async with house(tmp_path, books=books) as built:
        yield built


@pytest_asyncio.fixture
async def sanne(home: House) -> Visitor:
    """A parent who has begun."""
    parent = home.visitor()
    await parent.begins()
    await parent.presses("Begin")
    await parent.types("Hij slaapt niet.")
    return parent


async def invitation(parent: Visitor, label: str = "De andere ouder") -> str:
    """The address of a fresh invitation."""
    await parent.presses("Meer")
    await parent.presses("Iemand uitnodigen")
    seen = await parent.presses(label)
    (address,) = {link for link in seen.links if "/i/" in link}
    return str(seen.links[address]).removeprefix(HERE)


async def test_who_gives_it_sees_the_link_and_a_picture_of_it(sanne: Visitor) -> None:
    address = await invitation(sanne)

    html = sanne.answer.text
    assert re.fullmatch(r"/i/[\w-]{22}", address)
    assert "https://t.me/samen_bot?start=i_" in html
    assert html.count('<figure class="qr">') == 1
    assert qr(HERE + address).path in html
    assert f'data-copy="{HERE}{address}"' in html


async def test_who_gives_it_away_has_no_link_of_their_own_beside_it(sanne: Visitor) -> None:
    while "Opnieuw beginnen" not in sanne.page.labels():
        ways_on = ("Klaar", "Sla over", "Alles klopt", "Ja, stuur het")
        await sanne.presses(next(way for way in ways_on if way in sanne.page.labels()))
    offered = sanne.page.links
    await invitation(sanne)

    assert any("/verder/" in link for link in offered)
    assert not any("/verder/" in link for link in sanne.page.links)
    assert any("/verder/" in link for link in (await sanne.presses("Meer")).links)


async def test_who_opens_it_is_told_what_it_is_before_anything_begins(
    home: House, sanne: Visitor
) -> None:
    address = await invitation(sanne)
    ben = home.visitor()

    await ben.opens(address)
    await ben.opens(address)
    seen = await ben.opens(address)

    assert seen.heading == "Iemand vraagt je om mee te doen"
    assert "Wijkteam Linde" not in ben.answer.text
    assert "Hij slaapt niet." not in ben.answer.text
    assert seen.links["112"] == "tel:112"
    assert await home.voices() == 1
    assert ben.secret == ""


async def test_who_takes_part_is_in_the_same_case_with_a_secret_of_their_own(
    home: House, sanne: Visitor
) -> None:
    ben = home.visitor()
    await ben.opens(await invitation(sanne))

    seen = await ben.presses("Meedoen")

    one, other = await home.voice(sanne.secret), await home.voice(ben.secret)
    assert one is not None
    assert other is not None
    assert one.case == other.case
    assert sanne.secret != ben.secret
    assert other.conversation.team == "linde"
    assert "Iemand uit je gezin of daarbuiten" in seen.said[-1]
    assert "Hij slaapt niet." not in ben.answer.text


@pytest.mark.parametrize("how", ["used", "too old", "unknown", "long", "strange"])
async def test_one_that_does_not_work_says_so_and_begins_nothing(
    home: House, sanne: Visitor, how: str
) -> None:
    address = await invitation(sanne)
    ben = home.visitor()
    if how == "used":
        eva = home.visitor()
        await eva.opens(address)
        await eva.presses("Meedoen")
    elif how == "too old":
        home.clock.time += LASTS
    else:
        address = {"unknown": "/i/" + "a" * 22, "long": "/i/" + "a" * 4000, "strange": "/i/%00é"}[
            how
        ]
    before = await home.voices()

    seen = await ben.opens(address)
    posted = await ben.client.post(address, data={"taal": "nl"})

    assert ben.answer.status_code == posted.status_code == 404
    assert "Deze uitnodiging werkt niet meer." in ben.answer.text
    assert seen.heading == "Iemand vraagt je om mee te doen"
    assert await home.voices() == before
    assert ben.secret == ""


async def test_ones_own_link_is_not_used_up_in_the_same_browser(
    home: House, sanne: Visitor
) -> None:
    address = await invitation(sanne)
    secret = sanne.secret

    await sanne.opens(address)
    assert "Dit is je eigen uitnodiging." in sanne.answer.text
    posted = await sanne.client.post(address, data={"taal": "nl"})

    assert "Dit is je eigen uitnodiging." in posted.text
    assert sanne.secret == secret
    ben = home.visitor()
    await ben.opens(address)
    await ben.presses("Meedoen")
    assert await home.voices() == 2


async def test_who_has_a_conversation_in_this_browser_is_asked_first_and_keeps_it(
    home: House, sanne: Visitor
) -> None:
    ben = home.visitor()
    await ben.begins()
    own = ben.secret
    address = await invitation(sanne)

    seen = await ben.opens(address)
    assert "In deze browser is al een gesprek open." in ben.answer.text
    assert "Verder waar je was" in seen.links
    await ben.presses("Meedoen")

    assert ben.secret != own
    assert await home.voice(own) is not None
    await ben.opens(f"/verder/{own}")
    assert ben.secret == own


async def test_a_form_from_elsewhere_uses_nothing_up(home: House, sanne: Visitor) -> None:
    address = await invitation(sanne)
    ben = home.visitor(**{"sec-fetch-site": "cross-site"})

    refused = await ben.client.post(address, data={"taal": "nl"})

    assert refused.status_code == 403
    assert await home.voices() == 1
    eva = home.visitor()
    await eva.opens(address)
    await eva.presses("Meedoen")
    assert await home.voices() == 2


async def test_it_begins_in_the_language_that_was_chosen(home: House, sanne: Visitor) -> None:
    ben = home.visitor()
    address = await invitation(sanne)

    await ben.client.post(address, data={"taal": "xx"})

    voice = await home.voice(ben.secret)
    assert voice is not None
    assert voice.conversation.language == "nl"


@pytest.mark.parametrize("address", ["a", "https://samen.example/i/" + "Zz-_" * 6])
def test_the_picture_shows_every_dark_square_and_a_white_edge(address: str) -> None:
    picture = qr(address)
    code = segno.make_qr(address, error="m")

    dark = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)\.5h(\d+)", picture.path):
        dark |= {(int(x) + step - EDGE, int(y) - EDGE) for step in range(int(length))}
    assert dark == {(x, y) for y, row in enumerate(code.matrix) for x, bit in enumerate(row) if bit}
    assert picture.size == len(code.matrix) + 2 * EDGE
