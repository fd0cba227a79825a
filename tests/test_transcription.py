"""A computer of the house's own writes out what was said, and its speaker has the last word."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.dialogue.events import Asked, Tapped
from bot.storage.notes import Recording
from bot.transcription import LONGEST, PATH, Transcription
from tests.telegram_family import Family
from tests.telegram_http import LoopbackServer, Reply, Request
from tests.telegram_server import telegram_server
from tests.test_logs import stream
from tests.test_recordings import come_to_words, song
from tests.world import House, World

__all__ = ["stream"]

HEARD = "Hij slaapt al weken niet."

SOUND = Recording(b"OggS" + b"x" * 500, "audio/ogg", 42)


@dataclass
class Service:
    """A stand-in for a transcription service: what it was asked, and what it answers."""

    answer: Callable[[Request], Awaitable[Reply | None]]
    asked: list[Request] = field(default_factory=list)
    url: str = ""

    async def respond(self, request: Request) -> Reply | None:
        self.asked.append(request)
        return await self.answer(request)


@asynccontextmanager
async def service(answer: Callable[[Request], Awaitable[Reply | None]]) -> AsyncIterator[Service]:
    there = Service(answer)
    server = LoopbackServer(there.respond)
    await server.start()
    there.url = f"http://127.0.0.1:{server.port}"
    try:
        yield there
    finally:
        await server.stop()


def says(words: str) -> Callable[[Request], Awaitable[Reply | None]]:
    async def answer(_: Request) -> Reply | None:
        return 200, json.dumps({"text": words}).encode()

    return answer


async def hangs(request: Request) -> Reply | None:
    await request.broken_off()
    return None


async def hangs_up(_: Request) -> Reply | None:
    return None


async def fails(_: Request) -> Reply | None:
    return 500, b"{}"


async def raves(_: Request) -> Reply | None:
    return 200, b"<html>"


async def rambles(_: Request) -> Reply | None:
    return 200, b'{"text": "' + b"la " * LONGEST + b'"}'


async def heard(house: House, family: Family) -> None:
    """Come to the question and say something aloud."""
    await come_to_words(house, family)
    family.speaks(song())
    await house.settle()


async def test_the_service_gets_what_its_interface_asks_for() -> None:
    async with service(says(f" {HEARD} ")) as there:
        words = await Transcription(there.url).words_in(SOUND, "nl")

    (asked,) = there.asked
    assert words == HEARD
    assert asked.path == PATH
    assert asked.files == {"file": SOUND.content}
    assert asked.params == {"model": "whisper-1", "language": "nl", "response_format": "json"}


async def test_an_address_with_the_path_behind_it_is_the_same() -> None:
    async with service(says(HEARD)) as there:
        assert await Transcription(there.url + PATH).words_in(SOUND, "nl") == HEARD


@pytest.mark.parametrize("answer", [hangs, hangs_up, fails, raves, rambles])
async def test_one_that_fails_or_takes_too_long_gives_no_words(
    answer: Callable[[Request], Awaitable[Reply | None]],
) -> None:
    async with service(answer) as there:
        assert await Transcription(there.url, patience=0.5).words_in(SOUND, "nl") == ""


async def test_one_that_is_not_there_gives_no_words() -> None:
    assert await Transcription("http://127.0.0.1:9").words_in(SOUND, "nl") == ""


async def test_the_words_count_only_once_their_speaker_says_so(
    tmp_path: Path, stream: io.StringIO
) -> None:
    async with telegram_server() as server, service(says(HEARD)) as there:
        world = World(tmp_path, server=server, writer=Transcription(there.url))
        world.books = world.books.writing_out()
        async with world.on() as house:
            family = Family(server)
            await heard(house, family)
            told = server.said_to(family.number)
            before = (await house.voice("telegram", str(family.number))).conversation.draft
            assert "probeert het ook uit te schrijven" in "\n".join(told)
            assert told[-1] == f"Dit heb ik gehoord:\n\n{HEARD}\n\nKlopt dat?"
            assert family.last.rows[:2] == [["Ja, zo klopt het"], ["Nee, laat alleen de opname"]]
            family.taps("Ja, zo klopt het")
            await house.settle()
            after = (await house.voice("telegram", str(family.number))).conversation.draft

    assert [said.words for said in before] == [""]
    assert [said.words for said in after] == [HEARD]
    assert len(there.asked) == 1
    assert HEARD not in stream.getvalue()


async def test_without_a_yes_only_the_recording_stays(tmp_path: Path) -> None:
    async with telegram_server() as server, service(says("Hij schaapt niet.")) as there:
        world = World(tmp_path, server=server, writer=Transcription(there.url))
        async with world.on() as house:
            family = Family(server)
            await heard(house, family)
            family.taps("Nee, laat alleen de opname")
            await house.settle()
            draft = (await house.voice("telegram", str(family.number))).conversation.draft

    assert [said.words for said in draft] == [""]


async def test_a_service_that_fails_is_asked_once_and_the_recording_stays(tmp_path: Path) -> None:
    async with telegram_server() as server, service(fails) as there:
        world = World(tmp_path, server=server, writer=Transcription(there.url))
        async with world.on() as house:
            family = Family(server)
            await heard(house, family)
            await house.settle()
            draft = (await house.voice("telegram", str(family.number))).conversation.draft
        async with world.on() as house:
            await house.settle()

    assert len(draft) == 1
    assert len(there.asked) == 1


async def test_one_that_takes_its_time_holds_up_nobody(tmp_path: Path) -> None:
    """The next recording is fetched, and the talk goes on, while the service still thinks."""
    thinks = asyncio.Event()

    async def answer(_: Request) -> Reply | None:
        await thinks.wait()
        return 200, json.dumps({"text": HEARD}).encode()

    async with telegram_server() as server, service(answer) as there:
        world = World(tmp_path, server=server, writer=Transcription(there.url))
        async with world.on() as house:
            family = Family(server)
            await come_to_words(house, family)
            for _ in range(2):
                family.speaks(song())
                assert house.telegram is not None
                assert house.fetching is not None
                await house.telegram.came_in.fetch(0)
                await house.fetching.visit()
            rows = await house.store.read(lambda tx: tx.rows("select state from note"))
            thinks.set()
            await house.settle()

    assert [row["state"] for row in rows] == ["here", "here"]
    assert family.last.text.startswith("Dit heb ik gehoord:")


async def test_who_erased_in_the_meantime_is_told_nothing(tmp_path: Path) -> None:
    thinks = asyncio.Event()

    async def answer(_: Request) -> Reply | None:
        await thinks.wait()
        return 200, json.dumps({"text": HEARD}).encode()

    async with telegram_server() as server, service(answer) as there:
        world = World(tmp_path, server=server, writer=Transcription(there.url))
        async with world.on() as house:
            family = Family(server)
            await come_to_words(house, family)
            family.speaks(song())
            assert house.telegram is not None
            assert house.fetching is not None
            await house.telegram.came_in.fetch(0)
            await house.fetching.visit()
            number = str(family.number)
            turn = (await house.voice("telegram", number)).conversation.turn
            await house.happens("telegram", number, Asked("erase"), Tapped(turn + 1, "-erase.yes"))
            thinks.set()
            await house.settle()
            left = await house.store.read(lambda tx: tx.rows("select id from voice"))

    assert left == []
    assert server.said_to(family.number) == ["Alles is gewist."]


async def test_a_mistake_of_ours_leaves_the_recording_as_it_is(
    tmp_path: Path, stream: io.StringIO
) -> None:
    class Broken(Transcription):
        async def words_in(self, recording: Recording, language: str) -> str:
            raise KeyError(HEARD, recording, language)

    async with telegram_server() as server:
        world = World(tmp_path, server=server, writer=Broken("http://127.0.0.1:9"))
        async with world.on() as house:
            family = Family(server)
            await heard(house, family)
            draft = (await house.voice("telegram", str(family.number))).conversation.draft

    assert len(draft) == 1
    assert HEARD not in stream.getvalue()
