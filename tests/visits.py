"""A parent and a professional with a browser each: the whole way on the web pages.

The site is switched off and on again on its database after each deed. With a folder to keep them
in, every screen is photographed; ``python -m tests.visits FOLDER`` does that for phone and desktop.
"""

import asyncio
import re
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import playwright.async_api as playwright
from playwright.async_api import Page, expect

from bot.authoring.transcript import Line, Transcript
from bot.dialogue.events import Asked, Event, Started, Tapped, Wrote
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.library import authored_folders
from bot.professionals import joining
from bot.rehearsal import Rehearsal
from bot.storage.records import Voice
from bot.web.chat import ChatPage
from bot.web.desk import DESK, Desk
from bot.web.site import site
from tests.browser import ARGUMENTS, CHROMIUM, Browser, serve
from tests.world import NOW, PASSWORD, House, World

ANSWER = "Dank je voor je verhaal. Zullen we dinsdag bellen?"

BUSY = re.compile("busy")
"""What the page is called while it sends something; it takes nothing else then."""

STORY = authored_folders().dialogues / "ouder" / "gesprekken" / "alles_verteld.txt"


def deeds_of(transcript: Path) -> list[Line]:
    """What the family does in a transcript."""
    return [beat.deed for beat in Transcript.read(transcript).beats]


@dataclass
class Visit:
    """The site on one database and one port, and who looks at it.

    ``shots`` is where pictures go; None keeps none.
    """

    world: World
    browser: Browser
    language: str = "nl"
    shots: Path | None = None
    size: str = "phone"
    _port: int = 0
    _shown: list[str] = field(default_factory=list)

    @asynccontextmanager
    async def on(self) -> AsyncIterator[House]:
        """The site, switched on."""
        async with self.world.on() as house:
            url = self.address if self._port else "http://127.0.0.1"
            chat = ChatPage(
                house.store, house.conversations, house.library, house.clock, url, longest_wait=0.3
            )
            desk = Desk(house.store, house.library, house.clock, url)
            async with serve(site(chat, desk), port=self._port) as address:
                self._port = urlsplit(address).port or 0
                yield house

    @property
    def address(self) -> str:
        """Where the site is; known once it was switched on."""
        return f"http://127.0.0.1:{self._port}"

    async def photographs(self, page: Page, name: str) -> None:
        """Keep a picture of the whole page."""
        self._shown.append(name)
        if self.shots is not None:
            file = f"{self.language}-{self.size}-{len(self._shown):02}-{name}.png"
            await page.screenshot(path=self.shots / file, full_page=True)

    # --- The parent ------------------------------------------------------------------------------

    async def opens(self, page: Page) -> None:
        """Follow the team's link, and begin."""
        async with self.on() as house:
            await page.goto(f"{self.address}/t/linde")
            await self.photographs(page, "landing")
            begin = house.library.texts.text(Text(f"{ENGINE}/chat_begin"), self.language, {})
            await page.get_by_role("button", name=begin).click()
            await page.wait_for_url("**/gesprek")

    async def does(self, page: Page, event: Event, until: str) -> None:
        """Do what ``event`` is on the page, and wait until it says ``until``."""
        async with self.on() as house:
            match event:
                case Wrote(words):
                    await page.locator("textarea[name=words]").fill(words)
                    await page.locator("#write button").click()
                case Tapped(_, code):
                    await self.taps(page, house, code)
                case Asked(control):
                    there = page.locator(f'button[value$=":-{control}"]')
                    if await there.count() == 0:
                        await page.locator("#bar button").last.click()
                    await there.click()
                case _:
                    raise AssertionError(event)
            if until:
                await expect(page.get_by_text(until).last).to_be_visible()
            await expect(page.locator("body")).not_to_have_class(BUSY)

    async def taps(self, page: Page, house: House, code: str) -> None:
        """Tap the button with ``code`` that is live now, and see that it did something."""
        before = await self.voice(page, house)
        value = f"{before.conversation.turn}:{code}"
        await page.locator(f'button[value="{value}"]').click()

    async def voice(self, page: Page, house: House) -> Voice:
        """Who is in this browser."""
        cookies = await page.context.cookies(self.address)
        secret = next(each["value"] for each in cookies if each["name"].endswith("gesprek"))
        return await house.voice("web", secret)

    async def tells(self, page: Page, transcript: Path) -> Rehearsal:
        """Tell a whole transcript; gives how it should have gone, in Dutch."""
        books = self.world.books
        dialogue = books.dialogues[transcript.parent.parent.name]
        spoken = Rehearsal(books, dialogue, self.language, "linde")
        dutch = Rehearsal(books, dialogue, "nl", "linde")
        for line in deeds_of(transcript):
            event = dutch.event(line.text)
            dutch.happens(event, NOW)
            said = spoken.happens(event, NOW)
            if isinstance(event, Started):
                await self.opens(page)
                continue
            ticks = said[-1].asks and spoken.conversation.ticked and isinstance(event, Tapped)
            until = "" if ticks else next(iter(said[-1].lines[0].text.splitlines()))
            await self.does(page, event, until)
            await self.photographs(page, spoken.conversation.at.replace("/", "-"))
        return dutch

    # --- The professional ------------------------------------------------------------------------

    async def is_invited(self, desk: Page, email: str = "anna@example.org") -> None:
        """Follow an invitation, and choose a name and a password."""
        async with self.on() as house:
            token = await joining.invite(house.store, email, ["linde"], NOW)
            await desk.goto(f"{self.address}{DESK}/uitnodiging/{token}")
            await self.photographs(desk, "desk-invitation")
            await desk.get_by_label("Je naam").fill("Anna")
            await desk.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
            await desk.get_by_role("button", name="Verder").click()
            await desk.wait_for_url(f"**{DESK}")
            await self.photographs(desk, "desk-list")

    async def reads_and_answers(self, desk: Page) -> str:
        """Open the new page, claim it, read it and answer; gives the page's text."""
        async with self.on():
            await desk.goto(f"{self.address}{DESK}")
            await desk.locator(f'main a[href*="{DESK}/pagina/"]').first.click()
            await self.photographs(desk, "desk-page")
            await desk.get_by_role("button", name="Ik pak dit op").click()
            told = await desk.locator("main").inner_text()
            await desk.get_by_role("button", name="Ik heb het gelezen").click()
            await desk.get_by_label("Bericht aan het gezin").fill(ANSWER)
            await self.photographs(desk, "desk-answering")
            await desk.get_by_role("button", name="Verstuur").click()
            await desk.get_by_text(ANSWER).wait_for()
            await self.photographs(desk, "desk-answered")
            return told

    async def hears(self, page: Page) -> None:
        """The answer comes into the chat by itself."""
        async with self.on():
            await expect(page.get_by_text(ANSWER)).to_be_visible()
            await self.photographs(page, "answer")


async def photograph_everything(folder: Path) -> None:
    """Every screen of a whole talk, in each language, as on a phone and on a screen."""
    async with playwright.async_playwright() as engine:
        chromium = await engine.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        browser = Browser(chromium)
        for language in ("nl", "en"):
            for size in ("phone", "desktop"):
                with tempfile.TemporaryDirectory() as data:
                    visit = Visit(World(Path(data)), browser, language, folder, size)
                    page = await browser.visitor(language, is_phone=size == "phone")
                    desk = await browser.visitor("nl", is_phone=size == "phone")
                    await visit.tells(page, STORY)
                    await visit.is_invited(desk)
                    await visit.reads_and_answers(desk)
                    await visit.hears(page)
        await chromium.close()


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(parents=True, exist_ok=True)
    asyncio.run(photograph_everything(Path(sys.argv[1])))
