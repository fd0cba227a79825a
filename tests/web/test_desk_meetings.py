"""After a talk: what a professional does at the desk, and what a family sees on its chat page."""

import re
from pathlib import Path
from typing import get_args

import pytest
from playwright.async_api import expect

from bot.professionals.meetings import Outcome
from bot.web import desk_pages
from bot.web.desk import DESK
from bot.web.desk_meetings import MARKED, TOLD
from tests.browser import Browser, browser_page, needs_browser, serve, shots
from tests.web.test_after_pages import Both, both

__all__ = ["both", "browser_page", "shots"]

TODAY = "2027-01-15"
SAID = {"listened": "partly", "understood": "not"}


@pytest.fixture
async def met(both: Both) -> Both:
    """Anna has the page in hand, and noted that they met."""
    await both.tells()
    await both.opens("/pagina/1")
    await both.posts("/pagina/1/oppakken")
    await both.posts("/pagina/1/gesprek", dag=TODAY)
    return both


async def answers(both: Both, label: str = "Ja, helemaal") -> None:
    """The family says how it was, on its chat page."""
    await both.family.opens("/gesprek")
    await both.family.presses("Laat zien")
    for button in ("Ja, dat wil ik", label, label, label, "Ja, dat mag"):
        await both.family.presses(button)


def number(both: Both) -> str:
    """What the form calls the talk."""
    found = re.search(r'name="gesprek" value="(\d+)"', both.desk)
    assert found is not None
    return found[1]


async def test_a_page_nobody_has_in_hand_has_no_talk_to_note(both: Both) -> None:
    await both.tells()

    assert "Gesprek geweest" not in await both.opens("/pagina/1")
    await both.posts("/pagina/1/oppakken")

    assert "Gesprek geweest" in both.desk
    assert f'value="{TODAY}" min="{TODAY}" max="{TODAY}"' in both.desk


async def test_a_talk_is_noted_and_the_family_asked_without_a_word_of_it(met: Both) -> None:
    assert TOLD["met"] in met.desk
    assert "Het gezin heeft nog niets gezegd" in met.desk
    assert "Luisterde ik?" in met.desk
    assert "Gesprek geweest" not in met.desk

    seen = await met.family.opens("/gesprek")

    assert seen.said[-1].strip().startswith("Hoi. Ik heb een korte vraag voor je.")
    assert {"Laat zien", "Opnieuw beginnen"} <= set(seen.labels())


async def test_both_sides_stand_beside_each_other_on_the_desk_and_in_the_chat(met: Both) -> None:
    await answers(met)
    shown = await met.opens("/pagina/1")
    assert "Het gezin heeft geantwoord" in shown
    assert "<table>" not in shown

    await met.posts("/pagina/1/gesprek-zeggen", gesprek=number(met), **SAID)

    assert TOLD["said"] in met.desk
    rows = re.findall(r"<th scope=.row.>(.*?)</th>\s*<td>(.*?)</td>\s*<td>(.*?)</td>", met.desk)
    assert rows == [
        ("Luisteren", "Ja, helemaal", "Een beetje"),
        ("Begrijpen", "Ja, helemaal", "Nee"),
        ("Meetellen", "Ja, helemaal", "Overgeslagen"),
    ]
    await met.family.opens("/gesprek")
    seen = await met.family.presses("Laat zien")
    assert "Anna: Een beetje" in seen.said[-1]
    assert "Schrijf het team" in seen.labels()


async def test_before_both_are_done_the_desk_shows_nothing_that_was_said(met: Both) -> None:
    await answers(met, "Een beetje")

    shown = await met.opens("/pagina/1")

    assert "<td>" not in shown
    await met.posts("/pagina/1/gesprek-niet", gesprek=number(met))
    assert TOLD["passed"] in met.desk
    assert "<td>Een beetje</td>" in met.desk
    assert "Anna vulde niets in." in met.desk


async def test_the_list_and_the_page_say_in_words_what_is_still_for_me(met: Both) -> None:
    (asked, above), (news, ready) = MARKED["say"], MARKED["read"]
    assert f'<span class="flag calm">{asked}</span>' in await met.opens()
    shown = await met.opens("/pagina/1")
    assert above.format(on="15 januari 2027") in shown
    assert shown.count(asked) == 1
    assert '<a href="#na-gesprek">' in shown
    assert 'id="na-gesprek"' in shown

    await met.posts("/pagina/1/gesprek-zeggen", gesprek=number(met), **SAID)
    listed = await met.opens()
    assert not any(words in listed for words in (asked, news))
    await answers(met)

    assert f'<span class="flag calm">{news}</span>' in await met.opens()
    assert ready.format(on="15 januari 2027") in await met.opens("/pagina/1")
    assert news in met.desk
    assert news not in await met.opens()
    assert news not in await met.opens("/pagina/1")


async def test_who_would_rather_not_is_told_to_the_desk_and_no_more(met: Both) -> None:
    await met.family.opens("/gesprek")
    await met.family.presses("Laat zien")
    await met.family.presses("Liever niet")

    shown = await met.opens("/pagina/1")

    assert "het gezin zegt er liever niets over" in shown
    assert "Luisterde ik?" not in shown
    assert "Gesprek geweest" in shown, "a next talk can be noted"


async def test_what_the_professional_said_waits_for_the_family(met: Both) -> None:
    await met.posts("/pagina/1/gesprek-zeggen", gesprek=number(met), **SAID)

    assert "Jij hebt geantwoord." in met.desk
    assert "Luisterde ik?" not in met.desk
    assert "Een beetje" not in met.desk


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("gesprek", {"dag": TODAY}, "waits"),
        ("gesprek-zeggen", {"gesprek": "1"}, "nothing said"),
        ("gesprek-zeggen", {"gesprek": "2", **SAID}, "gone"),
        ("gesprek-zeggen", {"gesprek": "1", **SAID, "weighed": "10"}, "gone"),
        ("gesprek-zeggen", {"gesprek": "9" * 30, **SAID}, "gone"),
        ("gesprek-niet", {"gesprek": "x"}, "gone"),
    ],
)
async def test_what_cannot_be_says_why(
    met: Both, path: str, fields: dict[str, str], told: str
) -> None:
    await met.posts(f"/pagina/1/{path}", **fields)

    assert {done: line for done, line in TOLD.items() if line in met.desk}.keys() == {told}
    assert 'class="notice wrong"' in met.desk


@pytest.mark.parametrize("day", ["", "gisteren", "2027-01-14", "2027-01-16", "2027-02-31"])
async def test_a_day_that_cannot_be_is_asked_again(both: Both, day: str) -> None:
    await both.tells()
    await both.opens("/pagina/1")
    await both.posts("/pagina/1/oppakken")

    await both.posts("/pagina/1/gesprek", dag=day)

    assert TOLD["no day"] in both.desk
    assert "Gesprek geweest" in both.desk


@needs_browser
async def test_a_talk_is_told_from_both_sides_in_a_real_browser(
    both: Both, browser_page: Browser, shots: Path
) -> None:
    await both.tells()
    async with serve(both.app) as address:
        phone, desktop = await browser_page.phone(), await browser_page.desktop()
        await phone.context.add_cookies(
            [{"name": "gesprek", "value": both.family.secret, "url": address}]
        )
        await desktop.context.add_cookies([{"name": "bureau", "value": both.token, "url": address}])
        await desktop.goto(f"{address}{DESK}/pagina/1")
        await desktop.get_by_role("button", name="Ik pak dit op").click()
        await desktop.screenshot(path=shots / "met-0-note.png", full_page=True)
        await desktop.get_by_role("button", name="Gesprek geweest").click()
        await desktop.screenshot(path=shots / "met-0-asked.png", full_page=True)
        await desktop.get_by_role("link", name="Ga erheen").click()
        await expect(desktop.get_by_role("region", name="Na het gesprek")).to_be_focused()
        await desktop.get_by_role("link", name="Alle pagina's").click()
        await expect(desktop.get_by_text("jij nog: hoe was het gesprek?")).to_be_visible()
        await desktop.screenshot(path=shots / "met-0-list.png", full_page=True)

        await phone.goto(f"{address}/gesprek")
        await phone.get_by_role("button", name="Laat zien").click()
        await expect(phone.get_by_role("button", name="Ja, dat wil ik")).to_be_visible()
        await phone.screenshot(path=shots / "met-1-wanted.png", full_page=True)
        await phone.get_by_role("button", name="Ja, dat wil ik").click()
        await expect(phone.locator("#log")).to_contain_text("Luisterde Anna naar je?")
        await phone.screenshot(path=shots / "met-2-question.png", full_page=True)
        for asked in ("Begreep Anna", "Telde mee", "Mogen Anna"):
            await phone.get_by_role("button", name="Een beetje").click()
            await expect(phone.locator("#log")).to_contain_text(asked)
        await phone.screenshot(path=shots / "met-3-check.png", full_page=True)
        await phone.get_by_role("button", name="Ja, dat mag").click()
        await expect(phone.locator("#log")).to_contain_text("Het is nu wachten op Anna")

        await desktop.goto(f"{address}{DESK}/pagina/1")
        for group in ("Luisterde ik?", "Begreep ik", "Telde mee"):
            await desktop.get_by_role("group", name=group).get_by_label("Nee").check()
        await desktop.screenshot(path=shots / "met-4-ours.png", full_page=True)
        await desktop.set_viewport_size({"width": 360, "height": 760})
        await desktop.screenshot(path=shots / "met-5-ours-phone.png", full_page=True)
        await desktop.get_by_role("button", name="Dit mag het gezin lezen").click()
        await expect(desktop.get_by_role("table")).to_contain_text("Een beetje")
        await desktop.screenshot(path=shots / "met-6-both-phone.png", full_page=True)
        await desktop.set_viewport_size({"width": 1280, "height": 900})
        await desktop.screenshot(path=shots / "met-7-both.png", full_page=True)
        await phone.get_by_role("button", name="Laat zien").last.click()
        await expect(phone.locator("#log")).to_contain_text("Anna: Nee")
        await phone.screenshot(path=shots / "met-8-both.png", full_page=True)

    assert browser_page.elsewhere == []
    assert browser_page.ran == []
    assert browser_page.blocked == []


def test_every_outcome_has_a_line_of_its_own() -> None:
    assert set(TOLD) == set(get_args(Outcome))
    assert not set(TOLD) & set(desk_pages.TOLD)
