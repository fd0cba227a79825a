"""What stands in a chat goes: at once when someone leaves, after a day when nobody comes."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pytest

from tests.telegram_family import Family
from tests.telegram_server import TelegramServer, telegram_server
from tests.world import Clock, House, World, library

DAY = 86_400

STORY = "het gaat niet zo goed met Sem"


@dataclass
class Kitchen:
    """Noor with her phone at the kitchen table, and the bot."""

    house: House
    server: TelegramServer
    noor: Family

    async def settle(self) -> None:
        await self.house.settle()

    async def later(self, seconds: int) -> None:
        """So much time passes, and what was to happen then happens."""
        self.house.clock.time += seconds
        await self.house.conversations.ring(self.house.clock.now())
        await self.settle()

    async def tells(self) -> None:
        """Noor comes by the team's link and writes the first words of her story."""
        self.noor.starts("t_linde")
        await self.settle()
        for label in ("Begin", "Ons hele gezin"):
            self.noor.taps(label)
            await self.settle()
        self.noor.writes(STORY)
        await self.settle()

    @property
    def texts(self) -> str:
        return "\n".join(shown.text for shown in self.noor.screen())


@pytest.fixture
async def kitchen(tmp_path: Path) -> AsyncIterator[Kitchen]:
    clock = Clock()
    async with (
        telegram_server(lambda: float(clock.time)) as server,
        World(tmp_path, library(), server, clock).on() as house,
    ):
        yield Kitchen(house, server, Family(server))


async def test_leaving_clears_two_hundred_messages_within_five_seconds(
    kitchen: Kitchen, counted: Callable[[str], None]
) -> None:
    await kitchen.tells()
    while len(kitchen.noor.screen()) < 200:
        kitchen.house.clock.time += 30
        kitchen.noor.writes(STORY)
        await kitchen.settle()
    there = len(kitchen.noor.screen())
    waited, began = kitchen.house.clock.steady(), perf_counter()

    kitchen.noor.writes("/weg")
    await kitchen.settle()

    took = kitchen.house.clock.steady() - waited + perf_counter() - began
    assert kitchen.texts == "Tot later."
    assert took < 5
    counted(f"/weg: {there} messages cleared in {took:.2f} s, pauses for Telegram counted")


async def test_after_a_day_without_contact_nothing_of_a_talk_stands_in_the_chat(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    before = kitchen.house.clock.now()
    assert STORY in kitchen.texts

    await kitchen.later(DAY)

    assert kitchen.house.clock.now() - before == DAY
    assert kitchen.texts == ""


async def test_before_a_day_has_passed_everything_still_stands_there(kitchen: Kitchen) -> None:
    await kitchen.tells()

    await kitchen.later(DAY - 1)

    assert STORY in kitchen.texts


async def test_each_contact_begins_the_day_again(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.later(DAY - 60)
    kitchen.noor.taps("Klaar")
    await kitchen.settle()

    await kitchen.later(DAY - 60)

    assert STORY in kitchen.texts


async def test_who_comes_back_after_the_sweep_goes_on_where_they_were(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.later(DAY)

    kitchen.noor.starts()
    await kitchen.settle()
    kitchen.noor.taps("Verder")
    await kitchen.settle()

    assert "Wat is er fijn bij jullie?" in kitchen.noor.last.text
    draft = (await kitchen.house.voice("telegram", "4001")).conversation.draft
    assert [said.words for said in draft] == [STORY]


async def test_words_typed_after_the_sweep_are_no_answer_to_a_question_nobody_sees(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    await kitchen.later(DAY)

    kitchen.noor.writes("hallo?")
    await kitchen.settle()

    assert "Je bericht is nog niet bewaard." in kitchen.noor.last.text
    draft = (await kitchen.house.voice("telegram", "4001")).conversation.draft
    assert [said.words for said in draft] == [STORY]


async def test_a_reminder_that_was_asked_for_comes_after_the_sweep_too(kitchen: Kitchen) -> None:
    await kitchen.tells()
    for label in ("⋯", "Later verder gaan", "Ja, over een week"):
        kitchen.noor.taps(label)
        await kitchen.settle()
    await kitchen.later(DAY)
    assert kitchen.texts == ""

    await kitchen.later(6 * DAY)

    assert kitchen.texts.startswith("Hoi. Wil je verder waar je was?")


async def test_what_is_too_old_to_delete_does_not_keep_the_rest_there(kitchen: Kitchen) -> None:
    await kitchen.tells()
    for _ in range(2):
        await kitchen.later(DAY - 60)
        kitchen.noor.writes(STORY)
        await kitchen.settle()
    assert kitchen.texts.count(STORY) == 3

    await kitchen.later(DAY)

    left = kitchen.texts
    assert left.count(STORY) == 1, "only what was said more than two days ago is out of reach"
