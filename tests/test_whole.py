"""A parent's whole way: from /start to a page on the desk, and the answer back in the chat.

The bot is switched off and on again on its database after each deed. Every other example
conversation goes as far as the desk in ``test_transcripts``.
"""

from pathlib import Path

import pytest

from bot.authoring.replay import Replay
from bot.authoring.transcript import Transcript
from bot.professionals import reading
from tests.stages import OnTelegram
from tests.test_transcripts import plays
from tests.visits import ANSWER, STORY
from tests.world import NOW, House, World, library


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_the_answer_to_a_story_comes_back_in_the_chat(language: str, tmp_path: Path) -> None:
    books = library()
    replay = Replay(books, Transcript.read(STORY), language)
    async with OnTelegram.opened(World(tmp_path, books), language, restarts=True) as stage:
        assert await plays(stage, replay, f"the whole way, {language}") is not None
        async with stage.house() as house:
            await answers(house)
        async with stage.house() as house:
            await house.settle()

        assert ANSWER in stage.family.last.text


async def answers(house: House) -> None:
    """A professional claims the page, reads it and answers."""
    anna = await house.professional()
    [page] = (await reading.listed(house.store, anna))["new"]
    assert await house.work.claim(anna, page.id, NOW) == "claimed"
    assert await house.work.mark_read(anna, page.id, NOW) == "read"
    assert await house.work.answer(anna, page.id, ANSWER, NOW) == "answered"
