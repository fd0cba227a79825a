"""The chat page in a real browser: with scripts and without, by finger and by keyboard."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import playwright.async_api as playwright
import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.dialogue.events import Asked
from tests.browser import Browser, browser_page, needs_browser, serve
from tests.web.chat_house import House, house

__all__ = ["browser_page"]

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])

NARROW: playwright.ViewportSize = {"width": 360, "height": 740}

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</p></div><script src=//elders.voorbeeld.nl/x.js></script>",
    "\"><button name=tap value='1:-erase.yes' autofocus onfocus=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% include 'error.html' %}",
    "<meta http-equiv=refresh content='0;url=https://elders.voorbeeld.nl'>",
    "<style>*{background:url(https://elders.voorbeeld.nl/x)}</style>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<form action=https://elders.voorbeeld.nl><button>Verder</button></form>",
    "<base href=https://elders.voorbeeld.nl>",
    "\u202egnp.exe\u202c <!-- --!><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]


@dataclass
class Street:
    """A house with its address, and a browser to visit it with."""

    home: House
    address: str
    browser: Browser

    async def visit(self, page: Page, to: str = "/t/linde") -> Page:
        await page.goto(self.address + to)
        return page

    async def begun(self, *, scripts: bool = True) -> Page:
        page = await self.visit(await self.browser.phone(scripts=scripts))
        await tap(page, "Beginnen")
        await asks(page, "Over wie gaat het?")
        return page

    async def answered(self, *, scripts: bool = True) -> Page:
        """Someone who is at the question they answer in their own words."""
        page = await self.begun(scripts=scripts)
        await tap(page, "Over mijn kind")
        await asks(page, "Waar zit je mee?")
        return page

    async def secret(self, page: Page) -> str:
        for cookie in await page.context.cookies(self.address):
            if cookie["name"] == "gesprek":
                return cookie["value"]
        return ""


@pytest_asyncio.fixture
async def street(tmp_path: Path, browser_page: Browser) -> AsyncIterator[Street]:
    """Nothing that was ever opened here asked another host, ran a stranger's script, or broke the
    content security policy."""
    async with house(tmp_path) as home, serve(home.app) as address:
        yield Street(home, address, browser_page)
        for context in browser_page.chromium.contexts:
            await context.close()

    assert browser_page.elsewhere == []
    assert browser_page.ran == []
    assert browser_page.blocked == []


# --- What someone does --------------------------------------------------------------------------


async def tap(page: Page, label: str) -> None:
    await page.get_by_role("button", name=label, exact=True).click()


async def write(page: Page, words: str) -> None:
    await page.get_by_label("Typ hier").fill(words)
    await tap(page, "Zet in het gesprek")


async def asks(page: Page, words: str) -> None:
    await expect(page.locator(".entry.said").last).to_contain_text(words)


async def own(page: Page) -> list[str]:
    return await page.locator(".entry.own p").all_inner_texts()


# --- The whole conversation ---------------------------------------------------------------------


@needs_browser
@SCRIPTS
async def test_a_whole_conversation_ends_with_a_page_for_the_team(
    street: Street, *, scripts: bool
) -> None:
    page = await street.begun(scripts=scripts)
    await tap(page, "Over mijn kind")
    await asks(page, "Waar zit je mee?")
    await write(page, "Hij slaapt slecht.\nEn ik ook.")
    await asks(page, "Ik heb het.")
    await tap(page, "Klaar")
    await asks(page, "Wat is nu zwaar?")
    await tap(page, "Slapen")
    await expect(page.get_by_role("button", name="Slapen")).to_have_attribute(
        "aria-pressed", "true"
    )
    await tap(page, "School")
    await expect(page.get_by_role("button", name="School")).to_have_attribute(
        "aria-pressed", "true"
    )
    await tap(page, "Klaar")
    await asks(page, "Op welk nummer")
    await write(page, "06 12345678")
    await asks(page, "Dit heb je verteld.")
    await tap(page, "Alles klopt")
    await asks(page, "Mag ik dit naar Wijkteam Linde sturen?")
    await tap(page, "Ja, stuur het")
    await asks(page, "Dank je wel.")

    assert await street.home.pages() == 1
    assert "Hij slaapt slecht.\nEn ik ook." in await own(page)


@needs_browser
async def test_with_scripts_nothing_is_loaded_twice(street: Street) -> None:
    page = await street.begun()
    await page.evaluate("window.stayed = true")
    await tap(page, "Over mijn kind")
    await asks(page, "Waar zit je mee?")
    await write(page, "Hij slaapt slecht")
    await asks(page, "Ik heb het.")

    assert await page.evaluate("window.stayed")
    ids = await page.locator(".entry").evaluate_all("all => all.map(one => one.dataset.id)")
    assert len(ids) == len(set(ids)) == 6


@needs_browser
async def test_a_whole_conversation_needs_only_a_keyboard(street: Street) -> None:
    page = await street.visit(await street.browser.desktop())
    keys = page.keyboard
    focus = page.locator(":focus")
    await keys.press("Tab")
    await expect(focus).to_have_text("Weg")
    await keys.press("Tab")
    await expect(focus).to_contain_text("Nederlands")
    await keys.press("Tab")
    await expect(focus).to_have_text("Beginnen")
    await keys.press("Enter")
    await asks(page, "Over wie gaat het?")

    await keys.press("Tab")
    await expect(focus).to_have_text("Weg")
    for label in ("Hulp nu", "Meer"):
        await keys.press("Tab")
        await expect(focus).to_have_text(label)
    while await focus.inner_text() != "Over mijn kind":
        await keys.press("Tab")
    await keys.press("Enter")
    await expect(focus).to_contain_text("Waar zit je mee?")

    while await focus.get_attribute("name") != "words":
        await keys.press("Tab")
    await keys.type("Hij slaapt")
    await keys.press("Shift+Enter")
    await keys.type("slecht")
    await keys.press("Enter")
    await asks(page, "Ik heb het.")

    assert (await own(page))[-1] == "Hij slaapt\nslecht"
    await expect(page.get_by_label("Typ hier")).to_be_focused()
    await expect(page.get_by_label("Typ hier")).to_have_value("")


@needs_browser
async def test_the_new_question_gets_the_focus_and_comes_into_view(street: Street) -> None:
    page = await street.begun()
    await tap(page, "Over mijn kind")

    question = page.locator(".entry.said").last
    await expect(question).to_be_focused()
    await expect(question).to_contain_text("Waar zit je mee?")
    await expect(question).to_be_in_viewport(ratio=1)


@needs_browser
async def test_ticking_keeps_the_focus_on_what_was_ticked(street: Street) -> None:
    page = await street.answered()
    await tap(page, "Sla over")
    await asks(page, "Wat is nu zwaar?")
    choice = page.get_by_role("button", name="Geld of werk")
    await choice.focus()
    await page.keyboard.press("Enter")

    await expect(choice).to_have_attribute("aria-pressed", "true")
    await expect(choice).to_be_focused()


@needs_browser
@SCRIPTS
async def test_pressing_twice_counts_once(street: Street, *, scripts: bool) -> None:
    page = await street.answered(scripts=scripts)
    await page.get_by_label("Typ hier").fill("Hij slaapt slecht")
    await page.get_by_role("button", name="Zet in het gesprek").dblclick()
    await asks(page, "Ik heb het.")

    await page.goto(street.address + "/gesprek")
    assert await own(page) == ["✓ Over mijn kind", "Hij slaapt slecht"]


# --- What comes by itself -----------------------------------------------------------------------


@needs_browser
async def test_what_comes_by_itself_is_added_and_leaves_focus_and_typing_alone(
    street: Street,
) -> None:
    page = await street.answered()
    field = page.get_by_label("Typ hier")
    await field.fill("Ik ben nog aan het typen")

    await street.home.happens(await street.secret(page), Asked("help"))

    await asks(page, "112")
    await expect(field).to_be_focused()
    await expect(field).to_have_value("Ik ben nog aan het typen")
    await expect(page.get_by_role("button", name="Verder", exact=True)).to_be_visible()


@needs_browser
async def test_who_reads_further_up_is_left_there_when_something_comes(street: Street) -> None:
    page = await street.answered()
    await page.emulate_media(reduced_motion="reduce")
    for number in range(12):
        await write(page, f"Nog iets {number}")
        await expect(page.locator(".entry.own")).to_have_count(number + 2)
    await page.evaluate("scrollTo(0, 0)")

    await street.home.happens(await street.secret(page), Asked("help"))

    await asks(page, "112")
    assert await page.evaluate("scrollY") == 0


@needs_browser
async def test_what_was_typed_waits_for_the_connection_and_is_sent_once(street: Street) -> None:
    page = await street.answered()
    await page.context.set_offline(True)
    await write(page, "Hij slaapt slecht")
    await expect(page.get_by_role("alert")).to_contain_text("Je bent even niet verbonden.")
    await expect(page.get_by_label("Typ hier")).to_have_value("Hij slaapt slecht")

    await page.context.set_offline(False)

    await asks(page, "Ik heb het.")
    assert await own(page) == ["✓ Over mijn kind", "Hij slaapt slecht"]
    await expect(page.get_by_role("alert")).to_be_empty()


@needs_browser
@SCRIPTS
async def test_too_long_a_text_is_said_kindly_and_nothing_of_it_is_lost(
    street: Street, *, scripts: bool
) -> None:
    page = await street.answered(scripts=scripts)
    await write(page, "z" * 5000)

    await expect(page.get_by_role("alert")).to_have_text(
        "Dit is te lang voor één bericht. Stuur het in twee stukken."
    )
    await expect(page.get_by_label("Typ hier")).to_have_value("z" * 5000)


@needs_browser
async def test_a_button_leaves_what_was_being_typed(street: Street) -> None:
    page = await street.answered()
    await page.get_by_label("Typ hier").fill("Ik was nog")
    await tap(page, "Hulp nu")
    await asks(page, "112")

    await expect(page.get_by_label("Typ hier")).to_have_value("Ik was nog")


# --- Leaving and coming back --------------------------------------------------------------------


async def leave_by_button(page: Page) -> None:
    await tap(page, "Weg")


async def leave_by_key(page: Page) -> None:
    for _ in range(3):
        await page.keyboard.press("Escape")


@needs_browser
@pytest.mark.parametrize("leave", [leave_by_button, leave_by_key])
async def test_after_leaving_no_way_back_leads_to_the_conversation(
    street: Street, leave: Callable[[Page], Awaitable[None]]
) -> None:
    page = await street.answered()
    secret = await street.secret(page)
    await leave(page)
    await page.wait_for_url("**/leeg")
    assert await page.title() == "Nieuw tabblad"
    assert await page.locator("body").inner_text() == ""
    assert await street.secret(page) == ""

    await page.go_back()

    assert page.url == "about:blank"
    voice = await street.home.voice(secret)
    assert voice is not None
    assert voice.conversation.status == "left"


@needs_browser
async def test_without_scripts_the_way_back_shows_nothing_either(street: Street) -> None:
    page = await street.answered(scripts=False)
    await tap(page, "Weg")
    await page.wait_for_url("**/leeg")

    while urlsplit(page.url).path != "/t/linde":
        await page.go_back()
        assert await page.locator(".entry").count() == 0


@needs_browser
async def test_leaving_blanks_the_page_before_the_server_has_answered(street: Street) -> None:
    page = await street.answered()
    await page.route("**/weg", lambda _route: None)
    await tap(page, "Weg")

    await expect(page.locator("html")).to_have_css("visibility", "hidden")
    await page.wait_for_url("**/leeg")


@needs_browser
async def test_escape_twice_or_slowly_does_not_leave(street: Street) -> None:
    page = await street.answered()
    for _ in range(2):
        await page.keyboard.press("Escape")
    await tap(page, "Hulp nu")

    await asks(page, "112")


@needs_browser
@SCRIPTS
async def test_the_link_to_come_back_goes_on_where_someone_was(
    street: Street, *, scripts: bool
) -> None:
    page = await street.answered(scripts=scripts)
    await tap(page, "Meer")
    await expect(page.get_by_role("heading", name="Jouw eigen link")).to_be_visible()
    link = await page.locator(".keep .link a").inner_text()
    await tap(page, "Weg")
    await page.wait_for_url("**/leeg")

    other = await street.browser.desktop(scripts=scripts)
    await other.goto(street.address + urlsplit(link).path)
    assert urlsplit(other.url).path == "/gesprek"
    await tap(other, "Verder")

    await asks(other, "Waar zit je mee?")


@needs_browser
async def test_the_link_can_be_copied(street: Street) -> None:
    page = await street.answered()
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await tap(page, "Meer")
    await tap(page, "Kopieer mijn eigen link")
    await expect(page.get_by_role("button", name="De link is gekopieerd.")).to_be_visible()

    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied == await page.locator(".keep .link a").inner_text()


@needs_browser
async def test_erasing_in_one_window_empties_the_other(street: Street) -> None:
    page = await street.answered()
    other = await page.context.new_page()
    await other.goto(street.address + "/gesprek")
    await tap(other, "Meer")
    await tap(other, "Alles wissen")
    await tap(other, "Ja, wis alles")

    await expect(other.get_by_role("heading", name="Alles is gewist.")).to_be_visible()
    await expect(page.get_by_role("heading", name="Hier staat niets")).to_be_visible()


# --- Strangers ----------------------------------------------------------------------------------


@needs_browser
async def test_nothing_that_is_typed_ever_runs(street: Street) -> None:
    page = await street.answered()
    for number, attack in enumerate(ATTACKS, 1):
        await write(page, attack)
        await expect(page.locator(".entry.own")).to_have_count(number + 1)
    assert (await own(page))[1:] == [" ".join(attack.split()) for attack in ATTACKS]

    await page.goto(street.address + "/gesprek")

    assert len(await own(page)) == len(ATTACKS) + 1
    assert await page.locator("iframe, img, style, base, object").count() == 0


# --- For every eye and finger -------------------------------------------------------------------


async def screens(street: Street, page: Page) -> AsyncIterator[str]:
    """Every screen someone can come across, one after the other."""
    await street.visit(page)
    yield "the first page"
    await page.locator("summary").click()
    yield "the languages"
    await tap(page, "Beginnen")
    await asks(page, "Over wie gaat het?")
    yield "a choice"
    await street.visit(page)
    yield "the first page again"
    await page.get_by_role("link", name="Verder waar je was").click()
    await tap(page, "Over mijn kind")
    await asks(page, "Waar zit je mee?")
    yield "own words"
    await write(page, "Hij slaapt slecht en " + "slaapwandelt" * 9)
    await asks(page, "Ik heb het.")
    await page.get_by_label("Typ hier").fill("z" * 5000)
    yield "too long"
    await page.get_by_label("Typ hier").fill("")
    await tap(page, "Klaar")
    await asks(page, "Wat is nu zwaar?")
    await tap(page, "Slapen")
    await expect(page.get_by_role("button", name="Slapen")).to_have_attribute(
        "aria-pressed", "true"
    )
    yield "ticks"
    await tap(page, "Klaar")
    await asks(page, "Op welk nummer")
    await tap(page, "Sla over")
    await asks(page, "Dit heb je verteld.")
    yield "the review"
    await tap(page, "Hulp nu")
    await asks(page, "112")
    yield "help"
    await tap(page, "Meer")
    await asks(page, "Wat wil je doen?")
    yield "the menu, with the link"
    await tap(page, "Alles wissen")
    await asks(page, "Weet je het zeker?")
    await tap(page, "Ja, wis alles")
    await expect(page.get_by_role("heading", name="Alles is gewist.")).to_be_visible()
    await page.wait_for_load_state()  # its style as well
    yield "erased"
    await street.visit(page, "/gesprek")
    yield "nothing here"


FAINT = """() => {
  const parts = (colour) => {
    const found = colour.match(/[\\d.]+/g).map(Number);
    return found.length === 3 ? [...found, 1] : found;
  };
  const light = ([red, green, blue]) => {
    const linear = [red, green, blue].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = parts(getComputedStyle(at).backgroundColor);
      if (colour[3] === 1) return colour;
      if (colour[3] > 0) throw new Error("half transparent");
    }
    return [255, 255, 255];
  };
  const faint = [];
  const compare = (what, text, back) => {
    const [more, less] = [light(text), light(back)].sort((a, b) => b - a);
    const contrast = (more + 0.05) / (less + 0.05);
    if (contrast < 4.5) faint.push(`${what}: ${contrast.toFixed(2)}`);
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const words = texts.currentNode.textContent.trim();
    const element = texts.currentNode.parentElement;
    if (!words || !element.checkVisibility() || element.closest(".heard, .unseen-title")) continue;
    compare(words, parts(getComputedStyle(element).color), behind(element));
  }
  for (const field of document.querySelectorAll("textarea")) {
    compare("typed", parts(getComputedStyle(field).color), behind(field));
    compare("hint", parts(getComputedStyle(field, "::placeholder").color), behind(field));
  }
  for (const box of document.querySelectorAll("[aria-pressed=true]")) {
    const drawn = getComputedStyle(box, "::before");
    compare("tick", parts(drawn.color), parts(drawn.backgroundColor));
  }
  return faint;
}"""

SMALL = """() => [...document.querySelectorAll("a, button, summary, textarea")]
  .filter((target) => target.checkVisibility())
  .map((target) => [target.textContent.trim(), target.getBoundingClientRect()])
  .filter(([, box]) => box.width < 44 || box.height < 44)
  .map(([words, box]) => `${words}: ${box.width} × ${box.height}`)"""

WIDE = """() => document.documentElement.scrollWidth - document.documentElement.clientWidth"""


@needs_browser
@pytest.mark.parametrize("colours", ["light", "dark"])
async def test_every_word_stands_out_and_every_target_can_be_hit(
    street: Street, colours: Literal["light", "dark"]
) -> None:
    page = await street.browser.phone()
    await page.emulate_media(color_scheme=colours, reduced_motion="reduce")

    async for screen in screens(street, page):
        assert await page.evaluate(FAINT) == [], screen
        assert await page.evaluate(SMALL) == [], screen


@needs_browser
@pytest.mark.parametrize("width", [1280, 360, 320, 180])
async def test_no_screen_is_wider_than_the_window(street: Street, width: int) -> None:
    """180 is a phone of 360 at 200 %, 320 a screen of 1280 at 400 %."""
    page = await street.browser.desktop()
    await page.set_viewport_size({"width": width, "height": 740})

    async for screen in screens(street, page):
        assert await page.evaluate(WIDE) <= 0, screen


@needs_browser
async def test_the_way_out_stays_in_view_however_long_the_conversation_is(
    street: Street,
) -> None:
    page = await street.browser.phone()
    async for screen in screens(street, page):
        if screen in {"erased", "nothing here"}:
            continue
        leave = page.get_by_role("button", name="Weg", exact=True)
        await expect(leave).to_be_in_viewport(ratio=1)
        await page.evaluate("scrollTo(0, 0)")
        await expect(leave).to_be_in_viewport(ratio=1)


@needs_browser
async def test_in_arabic_everything_runs_from_right_to_left_and_nothing_sticks_out(
    street: Street,
) -> None:
    page = await street.visit(await street.browser.phone())
    await page.locator("summary").click()
    await page.get_by_role("link", name="العربية").click()
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert await page.evaluate(WIDE) <= 0
    assert await page.evaluate(SMALL) == []
    await page.locator(".begin button").click()

    first = page.locator(".entry.said").first
    await expect(first).to_be_visible()
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")
    await expect(first).to_have_attribute("lang", "ar")
    assert await page.evaluate(WIDE) <= 0
    assert await page.evaluate(FAINT) == []
    bubble = await first.bounding_box()
    assert bubble is not None
    assert bubble["x"] + bubble["width"] > NARROW["width"] - 20


@needs_browser
async def test_nothing_moves_for_who_asked_for_stillness(street: Street) -> None:
    page = await street.browser.phone()
    await page.emulate_media(reduced_motion="reduce")
    await street.visit(page)
    await tap(page, "Beginnen")
    await tap(page, "Over mijn kind")
    await asks(page, "Waar zit je mee?")

    assert await page.evaluate("document.getAnimations().length") == 0


@needs_browser
async def test_the_log_is_announced_and_everything_has_a_name(street: Street) -> None:
    page = await street.answered()

    log = page.get_by_role("log", name="Het gesprek")
    await expect(log).to_have_attribute("aria-live", "polite")
    nameless = await page.locator("button, textarea, a, h1").evaluate_all(
        "all => all.filter(one => !(one.ariaLabel || one.textContent.trim())).length"
    )
    assert nameless == 0
