"""What is near, on the chat page: small, callable, and readable on a small telephone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import expect

from bot.dialogue.events import Tapped
from tests.browser import Browser, browser_page, needs_browser, serve
from tests.web.chat_house import House, Visitor, house
from tests.world import library

__all__ = ["browser_page"]

TAPS = ("zestien", "gaat_wel", "geld", "hier", "keep")
"""A young person's signal about money, that is not sent after all."""

LOKET = "Geldloket Lindedorp"


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, books=library()) as found:
        yield found


async def tells(home: House) -> Visitor:
    """Somebody who came to the end, and reads it back."""
    visitor = home.visitor()
    await visitor.begins("/j/linde")
    for code in TAPS:
        voice = await home.voice(visitor.secret)
        assert voice is not None
        await home.happens(visitor.secret, Tapped(voice.conversation.turn, code))
    await visitor.opens("/gesprek")
    return visitor


async def test_a_number_near_is_called_with_one_tap(home: House) -> None:
    visitor = await tells(home)

    html = visitor.answer.text
    assert f"Geld en schulden: {LOKET}" in html
    assert '<a href="tel:0880000011">088-000 00 11</a> · Lindeplein 3' in html
    assert "Dit komt erbij, niet in de plaats van Wijkteam Linde." in html


@needs_browser
async def test_what_is_near_fits_on_a_small_telephone(home: House, browser_page: Browser) -> None:
    visitor = await tells(home)
    async with serve(home.app) as address:
        page = await browser_page.phone(scripts=False)
        await page.context.add_cookies(
            [{"name": "gesprek", "value": visitor.secret, "url": address}]
        )
        await page.goto(f"{address}/gesprek")

        near = page.locator(".entry.said", has_text=LOKET)
        await expect(near).to_have_count(1)
        box = await near.bounding_box()
        await page.context.close()

    assert box is not None
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    assert browser_page.elsewhere == browser_page.blocked == []
