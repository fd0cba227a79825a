"""After a page was handed over: the family on the chat page, the team at the desk, one site."""

import json
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import expect
from starlette.applications import Starlette

from bot.conversations import Conversations
from bot.families.allowance import Limits
from bot.library import Library
from bot.professionals import door
from bot.professionals.reception import Reception
from bot.storage import professionals
from bot.storage.keys import DATABASE
from bot.storage.records import Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction
from bot.web.chat import ChatPage
from bot.web.desk import DESK, Desk
from bot.web.site import site
from tests.browser import Browser, browser_page, needs_browser, serve, shots
from tests.web import chat_house
from tests.web.chat_house import House, Visitor

__all__ = ["browser_page", "shots"]

STORY = "Hij slaapt niet."
ADDED = "Mijn moeder weet hier <b>niets</b> van."
ANSWER = "Dank je. Zullen we dinsdag bellen?"


@dataclass
class Both:
    """One site, a family on its chat page, and Anna at its desk."""

    home: House
    app: Starlette
    family: Visitor
    anna: httpx.AsyncClient
    token: str
    desk: str = ""

    async def tells(self) -> None:
        """Tell a little, and send it."""
        family = self.family
        await family.begins()
        await family.presses("Over mijn kind")
        await family.types(STORY)
        await family.presses("Klaar")
        await family.presses("Klaar")
        await family.presses("Sla over")
        await family.presses("Alles klopt")
        await family.presses("Ja, stuur het")

    async def writes(self, words: str) -> None:
        """Write to the team, and say yes."""
        await self.family.types(words)
        await self.family.presses("Ja, stuur het")

    async def opens(self, path: str = "") -> str:
        self.desk = (await self.anna.get(DESK + path)).text
        return self.desk

    async def posts(self, path: str, **fields: str) -> httpx.Response:
        proof = re.search(r'name="csrf" value="([0-9a-f]+)"', self.desk)
        assert proof is not None
        answer = await self.anna.post(DESK + path, data={**fields, "csrf": proof[1]})
        self.desk = answer.text
        return answer


async def a_professional(store: Store, now: int) -> tuple[Professional, str]:
    async def work(tx: Transaction) -> tuple[Professional, str]:
        id_ = await professionals.add(tx, "anna@team.example", now)
        await professionals.set_name(tx, id_, "Anna")
        await professionals.set_teams(tx, id_, ["linde"])
        await professionals.activate(tx, id_)
        token = (await door.open_door(tx, id_, now)).token
        return (await professionals.by_id(tx, [id_]))[id_], token

    return await store.write(work)


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Both]:
    async with chat_house.house(tmp_path, public_url=chat_house.HERE) as home:
        _, token = await a_professional(home.store, home.clock.now())
        chat = ChatPage(home.store, home.conversations, books(home), home.clock, chat_house.HERE)
        desk = Desk(home.store, books(home), home.clock, chat_house.HERE)
        app = site(chat, desk)
        home.app = app
        anna = httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url=chat_house.HERE,
            follow_redirects=True,
            cookies={"bureau": token},
        )
        async with anna:
            yield Both(home, app, home.visitor(), anna, token)


def books(home: House) -> Library:
    return home.conversations._library


async def test_the_thread_stands_beside_the_page_with_who_and_when(both: Both) -> None:
    await both.tells()
    await both.opens("/pagina/1")
    await both.posts("/pagina/1/oppakken")
    await both.writes(ADDED)
    assert "Je bericht is nu bij" in both.family.page.said[-1]

    assert "nieuw bericht" in await both.opens()
    assert "(1) Pagina" in both.desk
    shown = await both.opens("/pagina/1")

    assert "Mijn moeder weet hier &lt;b&gt;niets&lt;/b&gt; van." in shown
    assert "Het gezin, " in shown
    assert ">nieuw</span>" in shown
    assert ">nieuw</span>" not in await both.opens("/pagina/1")
    assert "nieuw bericht" not in await both.opens()
    await both.opens("/pagina/1")
    await both.posts("/pagina/1/antwoord", antwoord=ANSWER)
    assert both.desk.index("niets&lt;/b&gt;") < both.desk.index(ANSWER)
    seen = await both.family.opens("/gesprek")
    assert ANSWER in seen.said[-1]
    assert "Schrijf terug" in seen.labels()
    assert "Schrijf het team" in seen.labels(), "what was on the screen can still be answered"


async def test_a_page_that_was_asked_back_says_so_in_big_letters_and_can_be_given_back(
    both: Both,
) -> None:
    await both.tells()
    await both.opens("/pagina/1")
    await both.family.presses("Meer")
    await both.family.presses("Mijn pagina")
    await both.family.presses("Mijn pagina terugvragen")
    await both.family.presses("Ja, vraag hem terug")

    assert "teruggevraagd</span>" in await both.opens()
    assert "Teruggevraagd op vr 15 januari 2027" in await both.opens("/pagina/1")
    answer = await both.posts("/pagina/1/teruggeven")

    assert answer.url.path == DESK
    assert "De pagina is gewist. Het gezin hoort dat." in answer.text
    assert await both.home.pages() == 0
    seen = await both.family.opens("/gesprek")
    assert "heeft je pagina gewist, zoals je vroeg." in seen.said[-1]


async def test_giving_back_what_nobody_asked_back_does_nothing(both: Both) -> None:
    await both.tells()
    await both.opens("/pagina/1")

    await both.posts("/pagina/1/teruggeven")

    assert "Dat kan niet meer" in both.desk
    assert await both.home.pages() == 1


async def test_who_follows_a_link_to_a_page_that_was_taken_back_hears_what_happened(
    both: Both,
) -> None:
    await both.tells()
    await both.opens()
    await both.family.presses("Meer")
    await both.family.presses("Mijn pagina")
    await both.family.presses("Mijn pagina terugnemen")
    await both.family.presses("Ja, neem hem terug")

    gone = await both.anna.get(f"{DESK}/pagina/1")
    late = await both.anna.get(f"{DESK}/pagina/1/pdf")

    assert (gone.status_code, late.status_code) == (410, 410)
    assert "Deze pagina is terug bij het gezin" in gone.text
    assert STORY not in gone.text
    assert (await both.anna.get(f"{DESK}/pagina/2")).status_code == 404


async def test_all_my_data_is_a_download_of_my_own_alone(both: Both) -> None:
    await both.tells()
    await both.writes(ADDED)
    await both.family.presses("Meer")
    seen = await both.family.presses("Mijn gegevens")
    assert seen.links["Bewaar het bestand"] == "/gesprek/gegevens"
    assert "Ja, geef me het bestand" not in seen.labels()

    mine = await both.family.client.get("/gesprek/gegevens")

    assert mine.headers["content-disposition"] == 'attachment; filename="gegevens.html"'
    assert mine.headers["cache-control"] == "no-store"
    assert STORY in mine.text
    assert "Mijn moeder weet hier &lt;b&gt;niets&lt;/b&gt; van." in mine.text
    found = re.search(r"<pre>(.*)</pre>", mine.text, re.DOTALL)
    assert found is not None
    unescaped = found[1]
    for sign, escaped in ((">", "&gt;"), ("<", "&lt;"), ('"', "&#34;"), ("'", "&#39;")):
        unescaped = unescaped.replace(escaped, sign)
    assert json.loads(unescaped)["pages"][0]["messages"][0]["words"] == ADDED


async def test_nobody_gets_the_data_of_another(both: Both) -> None:
    await both.tells()
    stranger = both.home.visitor()

    refused = await stranger.client.get("/gesprek/gegevens")
    from_elsewhere = await both.family.client.get(
        "/gesprek/gegevens", headers={"sec-fetch-site": "cross-site"}
    )

    assert refused.status_code == 404
    assert STORY not in refused.text
    assert from_elsewhere.status_code == 403


async def test_on_the_chat_page_too_much_at_once_is_refused_aloud(tmp_path: Path) -> None:
    async with chat_house.house(tmp_path) as home:
        family = home.visitor()
        await family.begins()
        await family.presses("Over mijn kind")
        for number in range(24):
            await family.types(f"bericht {number}")

        seen = await family.opens("/gesprek")
        assert sum("Dit gaat te snel voor mij." in said for said in seen.said) == 1
        assert "bericht 23" not in "".join(seen.own)
        seen = await family.presses("Hulp nu")
        assert "112" in seen.links
        home.clock.time += 3
        await family.presses("Verder")
        seen = await family.types("nu rustig")

    assert any("5 berichten van net heb ik niet bewaard." in said for said in seen.said)
    assert seen.own[-1] == "nu rustig"


async def test_a_newcomer_without_room_reads_every_help_number(tmp_path: Path) -> None:
    class Small(Conversations):
        def __init__(self, store: Store, library: Library, readers: Reception) -> None:
            super().__init__(store, library, readers, Limits(newcomers=1))

    async with chat_house.house(tmp_path, conversations=Small) as home:
        await home.visitor().begins()
        late = home.visitor()
        seen = await late.begins()

    assert late.answer.status_code == 429
    assert {"112", "0800-2000", "113"} <= set(seen.links)
    assert "088" in late.answer.text
    assert late.secret == ""
    assert (tmp_path / DATABASE).exists()


@needs_browser
async def test_a_talk_back_and_forth_in_a_real_browser(both: Both, browser_page: Browser) -> None:
    await both.tells()
    async with serve(both.app) as address:
        phone, desktop = await browser_page.phone(), await browser_page.desktop()
        await phone.context.add_cookies(
            [{"name": "gesprek", "value": both.family.secret, "url": address}]
        )
        await desktop.context.add_cookies([{"name": "bureau", "value": both.token, "url": address}])
        await phone.goto(f"{address}/gesprek")
        await desktop.goto(f"{address}{DESK}/pagina/1")
        await desktop.get_by_role("button", name="Ik pak dit op").click()

        await phone.get_by_role("textbox").fill(ADDED)
        await phone.get_by_role("button", name="Zet in het gesprek", exact=True).click()
        await phone.get_by_role("button", name="Ja, stuur het").click()
        await expect(phone.locator("#log")).to_contain_text("Je bericht is nu bij")
        await desktop.goto(f"{address}{DESK}/pagina/1")
        await expect(desktop.locator(".answer.family blockquote")).to_have_text(ADDED)
        await desktop.get_by_label("Bericht aan het gezin").fill(ANSWER)
        await desktop.get_by_role("button", name="Verstuur").click()

        await expect(phone.locator("#log")).to_contain_text(ANSWER)
        await phone.get_by_role("button", name="Schrijf terug").click()
        await expect(phone.get_by_role("button", name="Schrijf terug")).to_have_count(0)
        await phone.get_by_role("button", name="Meer").click()
        await phone.get_by_role("button", name="Mijn gegevens").click()
        async with phone.expect_download() as saving:
            await phone.get_by_role("link", name="Bewaar het bestand").click()
        saved = await (await saving.value).path()
        assert ANSWER in saved.read_text("utf-8")

    assert browser_page.elsewhere == []
    assert browser_page.ran == []
    assert browser_page.blocked == []
