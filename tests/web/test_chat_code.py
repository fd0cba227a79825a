"""A code on the chat page: what is shut shows nothing, and opens with four digits."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import msgspec.structs
import pytest
import pytest_asyncio

from bot.dialogue.message import Part, Quote
from bot.library import Library
from bot.professionals import telling
from bot.storage import family_pages
from bot.storage.transaction import Transaction
from tests.web.chat_house import LINDE, House, Visitor, house, library

STORY = "Hij slaapt slecht sinds de verhuizing."
CODE = "4071"
DAY = 86_400


def asking() -> Library:
    """The small library, with a team that wants a code."""
    books = library()
    careful = msgspec.structs.replace(LINDE, pin=True)
    around = msgspec.structs.replace(books.around, teams=(careful.place,))
    dialogues = {name: each.furnished(around) for name, each in books.dialogues.items()}
    return replace(books, dialogues=dialogues, teams={careful.id: careful}, around=around)


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, books=asking(), longest_wait=0.01) as built:
        yield built


@pytest_asyncio.fixture
async def family(home: House) -> Visitor:
    """Someone who told something and chose a code."""
    family = home.visitor()
    await family.begins()
    await family.presses("Over mezelf")
    await family.types(STORY)
    await family.presses("Klaar")
    await family.presses("Een code kiezen")
    await family.types(CODE)
    await family.types(CODE)
    return family


async def comes_back(home: House, family: Visitor) -> Visitor:
    """They left with the door, and open their own link on another day."""
    link = f"/verder/{family.secret}"
    await family.presses("Weg")
    other = home.visitor()
    await other.opens(link)
    return other


async def test_no_digit_stands_on_the_page_or_in_its_log(home: House, family: Visitor) -> None:
    assert "Gelukt." in family.answer.text
    assert not re.search(rf"\b{CODE}\b", family.answer.text)

    back = await comes_back(home, family)
    await back.types("9999")

    assert "Dat zijn andere cijfers dan je koos." in back.answer.text
    assert "9999" not in back.answer.text


async def test_who_comes_back_by_their_link_is_asked_for_the_code(
    home: House, family: Visitor
) -> None:
    back = await comes_back(home, family)
    assert "Typ je vier cijfers." in back.answer.text
    assert STORY not in back.answer.text
    assert 'inputmode="numeric"' in back.answer.text

    seen = await back.types(CODE)

    assert "Wat is nu zwaar?" in "\n".join(seen.said)
    assert 'inputmode="numeric"' not in back.answer.text


async def test_the_buttons_of_what_is_shut_are_within_reach(home: House, family: Visitor) -> None:
    back = await comes_back(home, family)

    seen = await back.presses("Verder")

    assert {"Alles wissen en opnieuw beginnen", "Hulp nu", "Weg"} <= set(seen.labels())
    assert "Over mezelf" not in seen.labels()
    await back.presses("Hulp nu")
    assert "112" in back.answer.text


@pytest.mark.parametrize("address", ["/gesprek/gegevens", "/gesprek/samen", "/gesprek/opname/1"])
async def test_no_address_gives_anything_of_what_is_shut(
    home: House, family: Visitor, address: str
) -> None:
    back = await comes_back(home, family)

    await back.opens(address)

    assert back.answer.status_code == 404
    assert STORY not in back.answer.text


async def test_after_a_day_the_page_is_shut_and_the_code_brings_it_back_whole(
    home: House, family: Visitor
) -> None:
    """Nothing is swept here, as nothing lies about: it is only not shown."""
    home.clock.time += DAY
    await home.conversations.ring(home.clock.now())

    await family.opens("/gesprek")
    assert STORY not in family.answer.text
    await family.opens("/gesprek/nieuw?na=0&nu=1")
    assert STORY not in family.answer.text
    await family.opens("/gesprek")
    await family.types(CODE)

    assert STORY in family.answer.text
    assert "Wat is nu zwaar?" in family.answer.text


async def test_without_a_code_the_page_stays_as_it_is(home: House) -> None:
    family = home.visitor()
    await family.begins()
    await family.presses("Over mezelf")

    home.clock.time += DAY
    await home.conversations.ring(home.clock.now())
    await family.opens("/gesprek")

    assert "Waar zit je mee?" in family.answer.text


async def test_a_message_of_the_team_waits_for_the_code(home: House, family: Visitor) -> None:
    for label in ("Klaar", "Sla over", "Alles klopt", "Ja, stuur het"):
        await family.presses(label)
    home.clock.time += DAY
    await home.conversations.ring(home.clock.now())
    voice = await home.voice(family.secret)
    assert voice is not None

    async def say(tx: Transaction) -> None:
        page = await family_pages.newest(tx, voice.id)
        assert page is not None
        said = (Part((Quote("Zullen we bellen?"),), "quote"),)
        await telling.tell(tx, asking(), page, home.clock.now(), said, answerable=True)

    await home.store.write(say)
    await family.opens("/gesprek")
    assert "Er is een bericht voor je." in family.answer.text
    assert "Zullen we bellen?" not in family.answer.text
    await family.types(CODE)

    assert "Zullen we bellen?" in family.answer.text
