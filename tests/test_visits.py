"""A parent's whole way on the chat page, in a real browser, and the answer back."""

from pathlib import Path

import pytest

from tests.browser import Browser, browser_page, needs_browser
from tests.test_transcripts import TRANSCRIPTS
from tests.visits import STORY, Visit
from tests.world import World

__all__ = ["browser_page"]


@needs_browser
@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_story_goes_from_the_chat_page_to_the_desk_and_the_answer_comes_back(
    language: str, tmp_path: Path, browser_page: Browser
) -> None:
    visit = Visit(World(tmp_path), browser_page, language)
    parent = await browser_page.visitor(language, is_phone=True)
    desk = await browser_page.visitor("nl", is_phone=False)

    told = await visit.tells(parent, STORY)
    assert told.page is not None
    await visit.is_invited(desk)
    page = await visit.reads_and_answers(desk)
    await visit.hears(parent)

    for section in told.page.sections:
        for item in section.items:
            for line in (item.dutch or item.original or "").splitlines():
                assert line in page, (section.name, line)
    assert browser_page.elsewhere == []
    assert browser_page.blocked == []


@needs_browser
async def test_who_does_not_say_yes_sends_nothing(tmp_path: Path, browser_page: Browser) -> None:
    kept = next(path for path in TRANSCRIPTS if path.stem == "zo_bedoel_ik_het_niet")
    visit = Visit(World(tmp_path), browser_page)

    told = await visit.tells(await browser_page.visitor("nl", is_phone=True), kept)

    assert told.page is None
    async with visit.on() as house:
        rows = await house.store.read(lambda tx: tx.rows("select count(*) as n from page"))
    assert rows[0]["n"] == 0
