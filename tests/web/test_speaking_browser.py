"""Saying an answer aloud in a real browser, with a microphone that beeps; and being read to."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import playwright.async_api as playwright
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.storage import notes
from bot.storage.transaction import Transaction
from tests.browser import ARGUMENTS, CHROMIUM, Browser, needs_browser, serve
from tests.web.chat_house import House, house
from tests.web.test_chat_browser import tap

MICROPHONE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]

VOICES = """
  const said = [];
  class Utterance { constructor(text) { this.text = text; } }
  const synthesis = {
    pending: false,
    getVoices: () => %s,
    speak: (utterance) => said.push(utterance),
    cancel: () => said.push("cancel"),
    addEventListener: () => {},
  };
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = Utterance;
  window.said = said;
"""
"""A device with these voices, that remembers what it was asked to say."""

ON_THIS_DEVICE = '[{lang: "nl-NL", localService: true, name: "Anna"}]'
ELSEWHERE = '[{lang: "nl-NL", localService: false, name: "Google Nederlands"}]'
OF_ANOTHER_LANGUAGE = '[{lang: "de-DE", localService: true, name: "Anna"}]'


@dataclass
class Street:
    """A house with its address, and a browser with a microphone to visit it with."""

    home: House
    address: str
    browser: Browser

    async def at_words(self, *, scripts: bool = True, voices: str = "") -> Page:
        """Someone who is asked for their own words, on a device with these ``voices``."""
        page = await self.browser.phone(scripts=scripts)
        if voices:
            await page.add_init_script(VOICES % voices)
        await page.goto(self.address + "/t/linde")
        await tap(page, "Beginnen")
        await tap(page, "Over mijn kind")
        await expect(page.locator(".entry.said").last).to_contain_text("Waar zit je mee?")
        return page

    async def recordings(self) -> list[notes.Recording]:
        """Everything that was ever sent."""

        async def look(tx: Transaction) -> list[notes.Recording]:
            rows = await tx.rows("select id, voice from note order by id")
            found = [await notes.of_voice(tx, row["voice"], row["id"]) for row in rows]
            return [one for one in found if one is not None]

        return await self.home.store.read(look)


@pytest_asyncio.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    """Nothing asked another host, ran a stranger's script, or broke the content security policy."""
    async with playwright.async_playwright() as engine:
        chromium = await engine.chromium.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, *MICROPHONE]
        )
        browser = Browser(chromium)
        async with house(tmp_path) as home, serve(home.app) as address:
            yield Street(home, address, browser)
            for context in chromium.contexts:
                await context.close()
        await chromium.close()

    assert browser.elsewhere == []
    assert browser.ran == []
    assert browser.blocked == []


async def records(page: Page, until: str = "0:01") -> None:
    """Record until the length that is shown says so."""
    await tap(page, "🎤 Inspreken")
    await expect(page.locator("[data-part=length]")).to_have_text(until)
    await tap(page, "■ Stop met opnemen")
    await expect(page.locator("[data-part=heard]")).to_be_visible()


@needs_browser
async def test_someone_records_listens_throws_away_records_again_and_sends(street: Street) -> None:
    page = await street.at_words()
    await records(page)
    first = await page.locator("[data-part=heard]").get_attribute("src")
    await tap(page, "Weggooien")
    await expect(page.get_by_role("button", name="🎤 Inspreken")).to_be_focused()
    assert await street.recordings() == []

    await records(page, "0:02")
    heard = page.locator("[data-part=heard]")
    assert await heard.get_attribute("src") != first
    await heard.evaluate("(sound) => sound.play()")
    await tap(page, "Stuur de opname")

    await expect(page.locator(".entry.own").last).to_contain_text("🎤 opname, 0:02")
    (sent,) = await street.recordings()
    assert (sent.mime, sent.seconds) == ("audio/webm", 2)
    await page.locator(".entry.own audio").evaluate("(sound) => sound.play()")
    await expect(page.get_by_role("button", name="🎤 Inspreken")).to_be_visible()
    await tap(page, "Klaar")
    await expect(page.locator(".entry.said").last).to_contain_text("Wat is nu zwaar?")
    await expect(page.get_by_role("button", name="🎤 Inspreken")).to_have_count(0)


@needs_browser
async def test_what_is_recorded_stays_when_something_is_typed_first(street: Street) -> None:
    page = await street.at_words()
    await records(page)
    await page.get_by_label("Typ hier").fill("Eerst dit.")
    await tap(page, "Zet in het gesprek")
    await expect(page.locator(".entry.own").last).to_contain_text("Eerst dit.")
    await tap(page, "Stuur de opname")

    await expect(page.locator(".entry.own").last).to_contain_text("🎤 opname, 0:01")
    assert len(await street.recordings()) == 1


@needs_browser
async def test_leaving_stops_the_microphone_and_keeps_nothing(street: Street) -> None:
    page = await street.at_words()
    await tap(page, "🎤 Inspreken")
    await expect(page.locator("[data-part=length]")).to_have_text("0:01")
    await page.get_by_role("button", name="Weg", exact=True).click()
    await page.wait_for_url("**/leeg")

    assert await street.recordings() == []


@needs_browser
async def test_without_scripts_a_file_is_picked(street: Street, tmp_path: Path) -> None:
    sound = tmp_path / "opname.ogg"
    sound.write_bytes(b"OggS" + b"x" * 2_000)
    page = await street.at_words(scripts=False)
    assert await page.get_by_role("button", name="🎤 Inspreken").count() == 0
    await page.get_by_label("Of spreek het in:").set_input_files(sound)
    await tap(page, "Stuur de opname")

    await expect(page.locator(".entry.own").last).to_contain_text("🎤 opname")
    (sent,) = await street.recordings()
    assert sent.content == sound.read_bytes()


@needs_browser
async def test_one_that_is_too_big_is_told_before_it_is_sent(
    street: Street, tmp_path: Path
) -> None:
    """Where a browser cannot record, a file is picked with scripts too."""
    sound = tmp_path / "opname.ogg"
    sound.write_bytes(b"OggS".ljust(5_000_001, b"x"))
    page = await street.at_words()
    await page.evaluate("document.querySelector('[data-speak] label').hidden = false")
    await page.get_by_label("Of spreek het in:").set_input_files(sound)
    await page.evaluate("document.querySelector('[data-part=send]').hidden = false")
    await tap(page, "Stuur de opname")

    await expect(page.get_by_role("alert")).to_contain_text("te groot")
    assert await street.recordings() == []


@needs_browser
async def test_a_message_is_read_aloud_by_a_voice_of_this_device_and_stops(street: Street) -> None:
    page = await street.at_words(voices=ON_THIS_DEVICE)
    question = page.locator(".entry.said").last
    await question.get_by_role("button", name="Lees voor").click()
    await expect(question.get_by_role("button", name="Stop met voorlezen")).to_be_visible()

    said = await page.evaluate("said.map((one) => [one.text, one.lang])")
    assert ["Waar zit je mee?", "nl-NL"] in said
    await question.get_by_role("button", name="Stop met voorlezen").click()
    assert await page.evaluate("said.at(-1)") == "cancel"
    await expect(question.get_by_role("button", name="Lees voor")).to_be_visible()
    assert await page.locator(".entry.own").get_by_role("button").count() == 0


@needs_browser
async def test_leaving_silences_the_voice(street: Street) -> None:
    page = await street.at_words(voices=ON_THIS_DEVICE)
    await page.expose_function("hushed", lambda: hushed.append(True))
    hushed: list[bool] = []
    await page.evaluate("speechSynthesis.cancel = () => hushed()")
    await page.get_by_role("button", name="Weg", exact=True).click()
    await page.wait_for_url("**/leeg")

    assert hushed


@needs_browser
async def test_no_text_is_ever_given_to_a_voice_that_is_not_on_this_device(street: Street) -> None:
    for voices in (ELSEWHERE, OF_ANOTHER_LANGUAGE, "[]"):
        page = await street.at_words(voices=voices)

        assert await page.get_by_role("button", name="Lees voor").count() == 0
