"""Who you are, pictures, and sending what you see: on the chat page, in a real browser."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from bot.texts import Key
from bot.web.chat_view import pictures_of
from tests.browser import Browser, browser_page, needs_browser, serve
from tests.forms_tree import library_with_forms
from tests.web.chat_house import house
from tests.web.test_chat_browser import SCRIPTS, SMALL, WIDE, Street, asks, tap

__all__ = ["browser_page"]


@pytest_asyncio.fixture
async def street(tmp_path: Path, browser_page: Browser) -> AsyncIterator[Street]:
    books = library_with_forms(tmp_path / "boeken")
    async with house(tmp_path / "huis", books=books) as home, serve(home.app) as address:
        yield Street(home, address, browser_page)
        for context in browser_page.chromium.contexts:
            await context.close()

    assert browser_page.blocked == []


async def at_the_pictures(street: Street, *, scripts: bool = True) -> Page:
    page = await street.browser.phone(scripts=scripts)
    await street.visit(page, "/s/linde")
    await tap(page, "Beginnen")
    await asks(page, "Wie ben je?")
    await tap(page, "Een jongere")
    await asks(page, "Hoe gaat het?")
    return page


@needs_browser
@SCRIPTS
async def test_who_chooses_who_they_are_goes_on_in_their_own_dialogue(
    street: Street, *, scripts: bool
) -> None:
    page = await at_the_pictures(street, scripts=scripts)

    voice = await street.home.voice(await street.secret(page))

    assert voice is not None
    assert voice.conversation.dialogue == "jongere"
    assert voice.conversation.team == "linde"


@needs_browser
async def test_without_a_team_the_first_page_asks_who_someone_is_too(street: Street) -> None:
    page = await street.visit(await street.browser.phone(), "/")

    await tap(page, "Beginnen")

    await asks(page, "Wie ben je?")


@needs_browser
@SCRIPTS
async def test_a_picture_is_a_big_face_with_its_word_under_it(
    street: Street, *, scripts: bool
) -> None:
    page = await at_the_pictures(street, scripts=scripts)
    row = page.locator(".pictures button")

    assert await row.all_inner_texts() == ["😀\nfijn", "😐\ngaat wel", "😢\nniet fijn"]
    tops = await row.evaluate_all("all => all.map((each) => each.getBoundingClientRect().top)")
    assert len(set(tops)) == 1
    # Both at one moment: the page may still be scrolling.
    face, word = await row.first.evaluate(
        "it => [...it.children].map((each) => each.getBoundingClientRect().toJSON())"
    )
    assert face["height"] >= 40
    assert word["top"] >= face["bottom"]
    skip = page.locator("#keys .row").last.get_by_role("button")
    assert await skip.all_inner_texts() == ["Sla over"]


@needs_browser
async def test_a_screen_reader_hears_the_word_and_not_the_face(street: Street) -> None:
    page = await at_the_pictures(street)

    names = await page.locator("#keys").aria_snapshot()

    assert '- button "gaat wel"' in names
    assert "😐" not in names


@needs_browser
async def test_a_picture_is_chosen_with_the_keyboard(street: Street) -> None:
    page = await at_the_pictures(street)

    await page.get_by_role("button", name="gaat wel", exact=True).focus()
    await page.keyboard.press("Enter")

    await asks(page, "Wat is zwaar?")
    await expect(page.locator(".entry.own").last).to_contain_text("gaat wel")


@needs_browser
@pytest.mark.parametrize("width", [1280, 360, 320, 180])
async def test_pictures_fit_in_the_window_and_can_be_hit(street: Street, width: int) -> None:
    page = await at_the_pictures(street)

    await page.set_viewport_size({"width": width, "height": 740})

    assert await page.evaluate(WIDE) <= 0
    assert await page.evaluate(SMALL) == []


@needs_browser
@SCRIPTS
async def test_what_is_sent_is_seen_changed_and_sent_on_one_screen(
    street: Street, *, scripts: bool
) -> None:
    page = await at_the_pictures(street, scripts=scripts)
    await tap(page, "niet fijn")
    await asks(page, "Wat is zwaar?")
    for words in ("Slapen", "Geld"):
        await tap(page, words)
        ticked = page.get_by_role("button", name=words, exact=True)
        await expect(ticked).to_have_attribute("aria-pressed", "true")
    await tap(page, "Klaar")
    await asks(page, "Wat hangt samen?")
    await tap(page, "Klaar")
    await asks(page, "Mag dit naar Wijkteam Linde?")

    await tap(page, "✏️ 1")
    await asks(page, "Wat wil je hiermee doen?")
    await tap(page, "Weglaten")
    await asks(page, "Dit laat je weg. Het team ziet het niet.")
    await tap(page, "Ja")
    await asks(page, "Wil je meer vertellen?")

    assert await street.home.pages() == 1


def test_only_a_whole_row_of_choices_with_a_picture_is_drawn_big() -> None:
    faces = [Key("😀 fijn", "fijn"), Key("😢 niet fijn", "naar")]

    assert pictures_of(faces) == [("😀", "fijn"), ("😢", "niet fijn")]
    assert pictures_of(faces[:1]) == []
    assert pictures_of([faces[0], Key("Klaar", "klaar")]) == []
    assert pictures_of([Key("✏️ 1", "-item.1"), Key("✏️ 2", "-item.2")]) == []
