"""Sharing on the chat page, in a real browser: both sides of it, beside a question that waits."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Page, expect

from bot.web.chat import ChatPage
from bot.web.desk import Desk
from bot.web.site import site
from tests.browser import Browser, browser_page, needs_browser, serve
from tests.gathering import HERE, Person, library
from tests.world import World

__all__ = ["browser_page"]

TOLD, HOPE = "Hij slaapt al weken niet.", "Een nacht doorslapen."


@dataclass
class Home:
    """Two parents of one case, and a browser at the page of each of them."""

    sanne: Person
    ben: Person
    browser: Browser
    address: str

    async def page_of(self, person: Person, *, scripts: bool = True) -> Page:
        page = await self.browser.phone(scripts=scripts)
        await page.goto(f"{self.address}/verder/{person.address}")
        return page


@pytest_asyncio.fixture
async def home(tmp_path: Path, browser_page: Browser) -> AsyncIterator[Home]:
    async with World(tmp_path, replace(library(tmp_path), site=HERE)).on() as house:
        sanne, ben = Person(house, "sanne"), Person(house, "ben")
        await sanne.starts()
        await sanne.tells(TOLD, "oma", hope=HOPE)
        await sanne.sends()
        await ben.opens(await sanne.invites("parent"))
        await ben.taps("begin")
        chat = ChatPage(house.store, house.conversations, house.library, house.clock, HERE, None)
        desk = Desk(house.store, house.library, house.clock, HERE)
        async with serve(site(chat, desk)) as address:
            yield Home(sanne, ben, browser_page, address)
            for context in browser_page.chromium.contexts:
                await context.close()


async def taps(page: Page, *names: str) -> None:
    for name in names:
        await page.get_by_role("button", name=name, exact=True).first.click()


@needs_browser
async def test_someone_ticks_what_to_share_and_reads_all_of_it_before_the_yes(home: Home) -> None:
    page = await home.page_of(home.sanne)
    await taps(page, "Meer", "Delen met een ander", "Deel met de andere ouder")
    box = page.get_by_role("button", name="Waar ik mee zit", exact=True)
    await expect(box).to_have_attribute("aria-pressed", "false")
    await box.click()
    await expect(box).to_have_attribute("aria-pressed", "true")

    await taps(page, "Laat zien wat ik deel")

    last = page.locator("#log > :last-child")
    await expect(last).to_contain_text("Dit deel je met de andere ouder")
    await expect(last).to_contain_text(TOLD)
    await expect(last).not_to_contain_text(HOPE)
    await taps(page, "Deel dit")
    await expect(last).to_contain_text("Je hebt het gedeeld.")
    assert "Iemand heeft iets met je gedeeld." in await home.ben.said()


@needs_browser
async def test_the_notice_stands_beside_the_question_and_leads_to_the_words(home: Home) -> None:
    await home.sanne.shares(1)
    page = await home.page_of(home.ben)
    await expect(page.get_by_text("Iemand heeft iets met je gedeeld.")).to_be_visible()
    await expect(page.locator("textarea")).to_be_visible()  # the question still waits
    await expect(page.get_by_text(TOLD)).to_have_count(0)

    await taps(page, "Bekijken")
    await expect(page.get_by_text("Wil je kijken?")).to_be_visible()
    await taps(page, "Ja, laat het zien")
    await expect(page.get_by_text(TOLD)).to_be_visible()
    await taps(page, "Weg bij mij")

    await expect(page.get_by_text("Het is weg bij jou.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_text(TOLD)).to_have_count(0)


@needs_browser
async def test_it_works_without_scripts_too(home: Home) -> None:
    await home.sanne.shares(1)
    page = await home.page_of(home.ben, scripts=False)

    await taps(page, "Bekijken", "Ja, laat het zien")

    await expect(page.get_by_text(TOLD)).to_be_visible()
