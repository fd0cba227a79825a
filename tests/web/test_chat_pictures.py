"""The picture of a circle on the chat page: for whoever tells, and for nobody else."""

import re
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.dialogue.events import Asked, Event
from bot.web.chat_picture import LIMITS
from tests.circle_talk import to_the_picture
from tests.web.chat_house import House, Visitor, house
from tests.world import library

BOOKS = library()
DEEDS = to_the_picture(BOOKS.dialogues["ouder"])

HERE = "Dit is je tekening. Deze mensen staan erop:"


@pytest.fixture
async def there(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, books=BOOKS) as running:
        yield running


async def tells(there: House, visitor: Visitor, deeds: list[Event] = DEEDS) -> str:
    """Do all that leads to the picture; gives its address."""
    await visitor.begins()
    for deed in deeds:
        await there.happens(visitor.secret, deed)
    (address,) = (await visitor.opens("/gesprek")).pictures
    return address


async def test_the_picture_stands_in_the_log_with_all_of_it_in_words(there: House) -> None:
    visitor = there.visitor()

    address = await tells(there, visitor)

    first, *people = visitor.page.pictures[address].splitlines()
    assert first == HERE
    assert [line.partition(":")[0] for line in people] == ["Oma", "juf Els", "Yusuf"]
    assert all("heel dichtbij, geeft kracht" in line for line in people)
    assert visitor.page.said[-2].startswith(HERE)
    assert len(re.findall("<p[^>]*>juf Els", visitor.answer.text)) == 0


async def test_it_is_drawn_for_whoever_has_the_cookie_and_kept_nowhere(there: House) -> None:
    visitor = there.visitor()
    address = await tells(there, visitor)

    drawn = await visitor.client.get(address)

    assert drawn.headers["content-type"] == "image/png"
    assert drawn.headers["cache-control"] == "no-store"
    assert struct.unpack(">II", drawn.content[16:24]) == (1080, 1080)


async def test_who_asks_for_it_without_end_waits_and_others_do_not(there: House) -> None:
    visitor, other = there.visitor(), there.visitor()
    address, theirs = await tells(there, visitor), await tells(there, other)
    seen = [(await visitor.client.get(address)).status_code for _ in range(LIMITS.drawings)]

    refused = await visitor.client.get(address)

    assert set(seen) == {200}
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "600")
    assert (await other.client.get(theirs)).status_code == 200
    assert HERE in (await visitor.opens("/gesprek")).pictures[address], "in words it is there"
    there.clock.time += LIMITS.drawn_within
    assert (await visitor.client.get(address)).status_code == 200


async def test_nobody_else_sees_it(there: House) -> None:
    address = await tells(there, there.visitor())
    stranger, other = there.visitor(), there.visitor()
    await other.begins()

    for who in (stranger, other):
        refused = await who.client.get(address)

        assert refused.status_code == 404
        assert "image" not in refused.headers["content-type"]


@pytest.mark.parametrize("row", ["0", "1", "99999", "9" * 40])
async def test_a_row_without_a_picture_has_none(row: str, there: House) -> None:
    visitor = there.visitor()
    await tells(there, visitor)

    assert (await visitor.client.get(f"/gesprek/tekening/{row}")).status_code == 404


async def test_after_the_way_out_it_is_gone_also_with_the_cookie(there: House) -> None:
    visitor = there.visitor()
    address = await tells(there, visitor)

    await there.happens(visitor.secret, Asked("leave"))

    assert (await visitor.client.get(address)).status_code == 404
    assert (await visitor.opens("/gesprek")).pictures == {}


async def test_after_erasing_it_is_gone_too(there: House) -> None:
    visitor = there.visitor()
    address = await tells(there, visitor)

    await there.happens(visitor.secret, Asked("erase"))
    await visitor.opens("/gesprek")
    await visitor.presses("Ja, wis alles")

    assert (await visitor.client.get(address)).status_code == 404


async def test_the_menu_shows_it_again_without_scripts(there: House) -> None:
    visitor = there.visitor()
    await tells(there, visitor)

    await visitor.presses("Meer")
    page = await visitor.presses("De tekening bekijken")

    first, second = page.pictures
    assert page.pictures[first] == page.pictures[second]
    assert (await visitor.client.get(second)).content == (await visitor.client.get(first)).content
