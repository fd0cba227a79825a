"""A parent's whole way: from /start to a page on the desk, and the answer back in the chat.

The bot is switched off and on again on its database after each line.
"""

from pathlib import Path

import pytest

from bot.dialogue.conversation import Tapped
from bot.professionals import reading
from bot.rehearsal import Rehearsal, TranscriptLine
from tests.telegram_family import Family
from tests.telegram_server import telegram_server
from tests.test_transcripts import TRANSCRIPTS
from tests.visits import ANSWER, deeds_of
from tests.world import NOW, House, World, library


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
async def test_a_transcript_comes_true_on_telegram(
    path: Path, language: str, tmp_path: Path
) -> None:
    books = library()
    deeds = deeds_of(path)
    dialogue = books.dialogues[path.parent.parent.name]
    dutch, spoken = (Rehearsal(books, dialogue, each, "linde") for each in ("nl", language))
    async with telegram_server() as server:
        world = World(tmp_path, books, server)
        family = Family(server, language=language)
        for deed in deeds:
            event = dutch.event(deed.text)
            dutch.happens(event, NOW)
            said = spoken.happens(event, NOW)
            async with world.on() as house:
                await does(family, house, deed, event)
                await house.settle()
            shown = [line for shown in family.screen() for line in str(shown.text).splitlines()]
            for text in (line.text for message in said for line in message.lines):
                for paragraph in filter(None, text.splitlines()):
                    assert any(paragraph in line for line in shown), (deed, paragraph, shown)

        async with world.on() as house:
            anna = await house.professional()
            waiting = (await reading.listed(house.store, anna))["new"]
            assert len(waiting) == (dutch.page is not None)
            if dutch.page is None:
                return
            await answers(house, waiting[0].id)
        async with world.on() as house:
            await house.settle()
        assert ANSWER in family.last.text


async def does(family: Family, house: House, deed: TranscriptLine, event: object) -> None:
    """Do in the chat what the transcript says: tap the same button, or type the same words."""
    if not isinstance(event, Tapped):
        family.writes("/start t_linde" if deed.text == "/start" else deed.text)
        return
    voice = await house.voice("telegram", str(family.number))
    data = f"{voice.conversation.turn}:{event.code}"
    for shown in reversed(family.screen()):
        rows = shown.markup.get("inline_keyboard", [])
        if any(key["callback_data"] == data for row in rows for key in row):
            family.forges(data, shown)
            return
    raise AssertionError(f"no button for {data} in the chat")


async def answers(house: House, page: int) -> None:
    """A professional reads the page and answers."""
    anna = await house.professional("bea@example.org")
    assert await house.work.claim(anna, page, NOW) == "claimed"
    assert await house.work.mark_read(anna, page, NOW) == "read"
    assert await house.work.answer(anna, page, ANSWER, NOW) == "answered"
