"""A code that a family chose: on a real phone, in the database, in the log and beside the desk."""

import io
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.library import Library, authored_folders
from bot.professionals import door, joining, reading
from bot.professionals.door import LoggedIn
from bot.professionals.waiting import Waiting
from bot.storage.records import Professional
from tests.telegram_family import Family
from tests.telegram_server import TelegramServer, telegram_server
from tests.test_logs import stream
from tests.world import DESK, PASSWORD, Clock, House, World

__all__ = ["stream"]

DAY, MINUTE = 86_400, 60

STORY = "het gaat niet zo goed met Sem"
ANSWER = "Zullen we dinsdag bellen?"
CODE, OTHER = "٤٠٧١", "٩٩٩٩"
"""Digits as someone types them with an Arabic keyboard: nothing else in a log looks like these."""

CAREFUL = """\
name: Wijkteam Veilig
phone: 088-000 00 09
reply_days: 2
pin: yes
"""


def library(folder: Path) -> Library:
    """All that is authored, with a team of our own that wants a code."""
    authored = authored_folders()
    teams = folder / "teams"
    shutil.copytree(authored.dialogues / "teams", teams)
    (teams / "veilig.yaml").write_text(CAREFUL, encoding="utf-8")
    read = Library.read(authored.dialogues, authored.locales, teams)
    assert isinstance(read, Library), "\n".join(map(str, read))
    return read


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

    async def taps(self, *labels: str) -> None:
        for label in labels:
            self.noor.taps(label)
            await self.settle()

    async def writes(self, *words: str) -> None:
        for one in words:
            self.noor.writes(one)
            await self.settle()

    async def tells(self) -> None:
        """Noor comes by the team's link, writes her story, and chooses a code."""
        self.noor.starts("t_veilig")
        await self.settle()
        await self.taps("Begin", "Ons hele gezin")
        await self.skips_to("vertel")
        await self.writes(STORY)
        await self.taps("Klaar")

    async def chooses(self) -> None:
        await self.taps("Een code kiezen")
        await self.writes(CODE, CODE)

    async def skips_to(self, node: str) -> None:
        while (await self.at()) != node:
            await self.writes("/overslaan")

    async def at(self) -> str:
        return (await self.house.voice("telegram", "4001")).conversation.at

    async def sends(self) -> None:
        """Whatever is asked yet is passed over, and the page is sent."""
        for _ in range(40):
            seen = {label for row in self.noor.last.rows for label in row}
            if self.noor.last.text and (await self.status()) == "done":
                return
            wanted = [key for key in ("Ja, stuur het", "Alles klopt") if key in seen]
            await (self.taps(wanted[0]) if wanted else self.writes("/overslaan"))
        raise AssertionError(self.texts)

    async def status(self) -> str:
        return (await self.house.voice("telegram", "4001")).conversation.status

    async def anna(self) -> Professional:
        """A professional of the team."""
        store, now = self.house.store, self.house.clock.now()
        token = await joining.invite(store, "anna@veilig.example", ["veilig"], now)
        inside = await joining.accept(store, token, "Anna", PASSWORD, now)
        assert isinstance(inside, LoggedIn), inside
        person = await door.visitor(store, inside.token, now)
        assert person is not None
        return person

    @property
    def texts(self) -> str:
        return "\n".join(shown.text for shown in self.noor.screen())


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return library(tmp_path_factory.mktemp("books"))


@pytest.fixture
async def kitchen(tmp_path: Path, books: Library) -> AsyncIterator[Kitchen]:
    clock = Clock()
    async with (
        telegram_server(lambda: float(clock.time)) as server,
        World(tmp_path / "house", books, server, clock).on() as house,
    ):
        yield Kitchen(house, server, Family(server))


async def test_who_comes_back_types_a_code_and_goes_on_where_they_were(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    before = await kitchen.at()

    await kitchen.writes("/weg", "hallo?")
    assert STORY not in kitchen.texts
    assert "Typ je vier cijfers" in kitchen.noor.last.text
    await kitchen.writes(CODE)

    assert (await kitchen.at(), await kitchen.status()) == (before, "open")
    assert "vier cijfers" not in kitchen.noor.last.text


async def test_no_digit_that_was_typed_stays_in_the_chat(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    assert CODE not in kitchen.texts

    await kitchen.writes("/weg", OTHER, "12")
    assert OTHER not in kitchen.texts
    await kitchen.writes(CODE)

    assert CODE not in kitchen.texts
    assert "Gelukt" not in kitchen.texts


async def test_no_digit_that_was_typed_is_in_a_log_or_on_the_disk(
    kitchen: Kitchen, stream: io.StringIO, tmp_path: Path
) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.writes("/weg", OTHER, CODE)

    logged = stream.getvalue()
    stored = b"".join(
        file.read_bytes() for file in (tmp_path / "house").iterdir() if file.is_file()
    )
    for typed in (CODE, OTHER, '"code":"4071"'):
        assert typed not in logged
        assert typed.encode() not in stored
        assert repr(typed.encode())[2:-1] not in logged


async def test_after_a_day_it_is_shut_and_nothing_of_it_stands_in_the_chat(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    await kitchen.chooses()

    await kitchen.later(DAY)
    assert kitchen.texts == ""
    kitchen.noor.starts()
    await kitchen.settle()

    assert kitchen.noor.last.text.startswith("Hoi. Typ je vier cijfers.")
    await kitchen.writes(CODE)
    assert await kitchen.status() == "open"


async def test_what_is_typed_or_said_while_it_is_shut_is_kept_nowhere(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.writes("/weg")
    before = (await kitchen.house.voice("telegram", "4001")).conversation.answers

    await kitchen.writes("nog iets over Sem")
    kitchen.noor.speaks(b"OggS" + b"0" * 100)
    await kitchen.settle()
    await kitchen.writes(CODE)

    after = (await kitchen.house.voice("telegram", "4001")).conversation
    (notes,) = await kitchen.house.store.read(lambda tx: tx.rows("select count(*) as n from note"))
    assert after.answers == before
    assert after.draft == ()
    assert notes["n"] == 0


async def test_five_wrong_codes_cost_a_quarter_of_an_hour_and_nothing_else(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.writes("/weg", *[OTHER] * 5)
    assert "Wacht 15 minuten" in kitchen.noor.last.text

    await kitchen.writes(CODE)
    await kitchen.later(14 * MINUTE)
    await kitchen.writes(CODE)
    assert "Nog even geduld" in kitchen.noor.last.text
    await kitchen.later(MINUTE)
    await kitchen.writes(CODE)

    answers = (await kitchen.house.voice("telegram", "4001")).conversation.answers
    assert await kitchen.status() == "open"
    assert STORY in repr([getattr(old.answer, "words", "") for old in answers])


async def test_a_forgotten_code_is_left_behind_by_erasing_everything_with_a_second_tap(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.writes("/weg", "/start")

    await kitchen.taps("Alles wissen en opnieuw beginnen")
    assert "Weet je het zeker?" in kitchen.noor.last.text
    await kitchen.taps("Ja, wis alles")

    assert kitchen.texts == "Alles is gewist."
    kitchen.noor.starts("t_veilig")
    await kitchen.settle()
    await kitchen.taps("Begin")
    assert "cijfers" not in kitchen.texts


async def test_a_link_of_another_dialogue_opens_nothing_that_is_shut(kitchen: Kitchen) -> None:
    """Also when nothing was answered yet: then a link leads to its own dialogue otherwise."""
    kitchen.noor.starts("t_veilig")
    await kitchen.settle()
    await kitchen.taps("⋯", "Een code kiezen")
    await kitchen.writes(CODE, CODE, "/weg")

    kitchen.noor.starts("j_veilig")
    await kitchen.settle()

    assert kitchen.noor.last.text.startswith("Hoi. Typ je vier cijfers.")
    conversation = (await kitchen.house.voice("telegram", "4001")).conversation
    assert conversation.dialogue == "ouder"


async def test_an_answer_of_the_team_is_shown_after_the_code(kitchen: Kitchen) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.sends()
    anna = await kitchen.anna()
    (line,) = (await reading.listed(kitchen.house.store, anna))["new"]
    await kitchen.writes("/weg")
    now = kitchen.house.clock.now()

    await kitchen.house.work.claim(anna, line.id, now)
    await kitchen.house.work.mark_read(anna, line.id, now)
    await kitchen.house.work.answer(anna, line.id, ANSWER, now)
    await kitchen.settle()
    assert kitchen.noor.last.text.startswith("Er is een bericht voor je.")
    assert "entities" not in kitchen.noor.last.body, "it is neutral, and can be read at once"
    assert "Anna" not in kitchen.texts
    assert "Veilig" not in kitchen.texts
    await kitchen.writes(CODE)

    assert "Anna van Wijkteam Veilig schrijft:" in kitchen.texts
    assert ANSWER in kitchen.texts
    assert "heeft je verhaal gelezen" in kitchen.texts
    await kitchen.taps("Schrijf terug")
    assert "Typ hier wat je Wijkteam Veilig wilt schrijven." in kitchen.noor.last.text


async def test_word_that_a_page_waits_is_neutral_too_and_whole_after_the_code(
    kitchen: Kitchen,
) -> None:
    await kitchen.tells()
    await kitchen.chooses()
    await kitchen.sends()
    await kitchen.writes("/weg")

    kitchen.house.clock.time += 5 * DAY
    waiting = Waiting(kitchen.house.store, kitchen.house.library, DESK)
    await waiting.visit(kitchen.house.clock.now())
    await kitchen.settle()
    assert kitchen.noor.last.text.startswith("Er is een bericht voor je.")
    await kitchen.writes(CODE)

    assert "Er is nu niemand van Wijkteam Veilig die hier leest." in kitchen.texts
    assert "Bellen kan wel: 088-000 00 09" in kitchen.texts


async def test_the_code_is_asked_in_the_language_of_the_family(kitchen: Kitchen) -> None:
    kitchen.noor.person["language_code"] = "en"
    kitchen.noor.starts("t_veilig")
    await kitchen.settle()
    await kitchen.taps("⋯", "Choose a code")

    await kitchen.writes(CODE, CODE, "/leave", "hello?")

    assert "Type your four digits" in kitchen.noor.last.text
    assert "I need your four digits first" in kitchen.noor.last.text


@pytest.mark.parametrize("team", ["linde", "buitengebied"])
async def test_the_examples_keep_their_ways(team: str, kitchen: Kitchen) -> None:
    kitchen.noor.starts(f"t_{team}")
    await kitchen.settle()
    await kitchen.taps("⋯")

    assert "Een code kiezen" not in [key for row in kitchen.noor.last.rows for key in row]
