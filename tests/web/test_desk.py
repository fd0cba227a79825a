"""The desk as a professional uses it, in a browser without scripts."""

import json
import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
from msgspec.structs import replace

from bot.dialogue import circle as circles
from bot.dialogue.answers import Chosen, Named, Person
from bot.dialogue.circle import Circle
from bot.dialogue.summary import Item
from bot.professionals import joining
from bot.professionals.door import IDLE, WINDOW
from bot.professionals.work import Outcome
from bot.web.desk import DESK, Demo
from bot.web.desk_pages import TOLD
from tests.web.desk_house import (
    HERE,
    NOON,
    PASSWORD,
    House,
    Visitor,
    house,
    item,
    told,
)

ANNA = "anna@team.example"
OTHER = "een bos vol stille geiten"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path, telegram="samen_bot") as built:
        yield built


def shown(html: str) -> str:
    """What is read on the screen: without tags, entities resolved, one space between words."""
    inside = html.partition("<body")[2].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", inside)).split())


async def invited(desk: House, *teams: str) -> str:
    token = await joining.invite(desk.store, ANNA, teams or ("noord",), desk.clock.now())
    return f"/uitnodiging/{token}"


async def reader(desk: House, page: int) -> Visitor:
    """Anna, who claimed the page and has it open."""
    anna = await desk.member("Anna")
    await anna.opens(f"/pagina/{page}")
    await anna.posts(f"/pagina/{page}/oppakken")
    return anna


# --- Coming in --------------------------------------------------------------------------------


async def test_an_invitation_becomes_a_name_a_password_and_the_list(desk: House) -> None:
    link, anna = await invited(desk), desk.visitor()

    await anna.opens(link)
    assert ANNA in anna.html
    await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)

    assert anna.answer.url.path == DESK
    assert "Er wacht niemand." in shown(anna.html)


async def test_what_is_wrong_with_a_name_or_password_is_said_and_the_name_stays(
    desk: House,
) -> None:
    link, anna = await invited(desk), desk.visitor()
    await anna.opens(link)

    await anna.posts(link, naam="Anna B", wachtwoord="samenspraak123")

    assert anna.status == 422
    assert 'role="alert"' in anna.html
    assert "makkelijk te raden" in anna.html
    assert 'value="Anna B"' in anna.html
    assert "samenspraak123" not in anna.html


async def test_a_link_that_is_used_or_made_up_says_so_kindly(desk: House) -> None:
    link, anna, other = await invited(desk), desk.visitor(), desk.visitor()
    await anna.opens(link)
    await other.opens(link)
    await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)

    await other.posts(link, naam="Anna", wachtwoord=PASSWORD)
    made_up = await desk.visitor().opens("/uitnodiging/verzonnen")

    assert other.status == 404
    assert "Deze link werkt niet meer" in other.html
    assert "Deze link werkt niet meer" in made_up


async def test_logging_in_and_out(desk: House) -> None:
    link, anna = await invited(desk), desk.visitor()
    await anna.opens(link)
    await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)

    await anna.posts("/uitloggen")
    assert "Je bent uitgelogd." in anna.html
    await anna.opens()
    assert anna.answer.url.path == f"{DESK}/inloggen"

    await anna.posts("/inloggen", email=ANNA, wachtwoord=PASSWORD)
    assert anna.answer.url.path == DESK


async def test_a_reset_link_says_that_it_is_one(desk: House) -> None:
    await desk.professional("Anna", "noord")

    html = await desk.visitor().opens(await invited(desk))

    assert "Kies een nieuw wachtwoord" in html
    assert 'value="Anna"' in html


async def test_a_wrong_password_says_no_more_than_that_and_then_to_wait(desk: House) -> None:
    await desk.professional("Anna", "noord")
    visitor = desk.visitor()
    await visitor.opens("/inloggen")

    await visitor.posts("/inloggen", email=ANNA, wachtwoord="onjuist")
    assert visitor.status == 422
    assert "horen niet bij elkaar" in visitor.html
    assert f'value="{ANNA}"' in visitor.html
    await visitor.posts("/inloggen", email=ANNA, wachtwoord="onjuist")
    await visitor.posts("/inloggen", email=ANNA, wachtwoord="onjuist")

    assert (visitor.status, visitor.answer.headers["retry-after"]) == (429, "2")
    assert "Probeer het over 2 seconden nog eens." in visitor.html


async def test_one_address_that_guesses_does_not_keep_others_out(desk: House) -> None:
    link, anna, guesser = await invited(desk), desk.visitor(), desk.visitor("203.0.113.9")
    await anna.opens(link)
    await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)
    await anna.posts("/uitloggen")
    await guesser.opens("/inloggen")
    for number in range(5):
        await guesser.posts("/inloggen", email=f"wie{number}@team.example", wachtwoord="onjuist")
        desk.clock.time += 20

    await guesser.posts("/inloggen", email=ANNA, wachtwoord=PASSWORD)
    await anna.posts("/inloggen", email=ANNA, wachtwoord=PASSWORD)

    assert guesser.status == 429
    assert int(guesser.answer.headers["retry-after"]) <= WINDOW
    assert anna.answer.url.path == DESK


async def test_on_https_the_cookie_is_bound_to_the_host(tmp_path: Path) -> None:
    async with house(tmp_path, public_url="https://samen.example") as desk:
        link, anna = await invited(desk), desk.visitor()
        await anna.opens(link)
        before = anna.answer.headers["set-cookie"]
        await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)

        after = anna.answer.history[0].headers["set-cookie"]
        for cookie in (before, after):
            assert cookie.startswith("__Host-bureau")
            assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} <= set(cookie.split("; "))
            assert "Domain" not in cookie
        assert anna.answer.url.path == DESK


async def test_following_a_link_from_web_mail_asks_nobody_to_log_in_again(desk: House) -> None:
    """A strict cookie stays away from a request that another site caused."""
    visitor = desk.visitor(**{"sec-fetch-site": "cross-site"})

    html = await visitor.opens("/pagina/7")

    assert visitor.status == 200
    assert f'content="0; url={DESK}/pagina/7"' in html


async def test_a_demonstration_is_one_click_and_only_when_it_was_asked_for(
    tmp_path: Path,
) -> None:
    async with house(tmp_path / "with", demo=Demo("klik", ANNA)) as desk:
        visitor = desk.visitor()
        await visitor.opens("/demo/klik")
        assert visitor.status == 404, "nobody works here yet"
        await desk.professional("Anna", "noord")
        await visitor.opens("/demo/klak")
        assert visitor.status == 404
        await visitor.opens("/demo/klik")
        assert visitor.answer.url.path == DESK
    async with house(tmp_path / "without") as desk:
        await desk.professional("Anna", "noord")
        visitor = desk.visitor()
        await visitor.opens("/demo/klik")
        assert visitor.status == 404


# --- The list ---------------------------------------------------------------------------------


async def test_the_list_tells_what_waits_how_long_and_who_reads_what(desk: House) -> None:
    desk.clock.time = NOON - 3 * 3600
    waiting = await desk.hands_over()
    desk.clock.time = NOON
    taken = await desk.hands_over(language="nl")
    await reader(desk, taken)
    bram = await desk.member("Bram", "noord", "zuid")

    html = await bram.opens()

    assert "Wijkteam Noord en Wijkteam Zuid" in shown(html)
    assert "ouder of verzorger · Turks · Wijkteam Noord wacht 3 uur" in shown(html)
    assert "ouder of verzorger · Wijkteam Noord bij Anna" in shown(html)
    assert html.index(f"/pagina/{waiting}") < html.index(f"/pagina/{taken}")
    assert "<title>(1) Pagina&#39;s" in html or "<title>(1) Pagina's" in html


async def test_answered_and_closed_pages_say_until_when_they_are_there(desk: House) -> None:
    page = await desk.hands_over()
    anna = await reader(desk, page)
    await anna.posts(f"/pagina/{page}/antwoord", antwoord="Dank je wel.")

    assert "Beantwoord 1" in shown(await anna.opens())
    assert "bij jou, wordt gewist op 21 december 2025" in shown(anna.html)
    await anna.opens(f"/pagina/{page}")
    await anna.posts(f"/pagina/{page}/sluiten")
    assert "Gesloten 1" in shown(await anna.opens())


async def test_who_belongs_to_no_team_is_told_so(desk: House) -> None:
    nobody = await desk.browser_of(await desk.professional("Nieuw"))

    assert "Je hoort nog bij geen team." in await nobody.opens()
    assert "Je hoort nog bij geen team." in await nobody.opens("/instellingen")


# --- One page ---------------------------------------------------------------------------------


async def test_a_page_shows_everything_that_was_told(desk: House) -> None:
    page = await desk.hands_over()
    anna = await desk.member("Anna")

    text = shown(await anna.opens(f"/pagina/{page}"))

    for words in (
        "Wijkteam Noord",
        "vr 21 november 2025, 12:30",
        "ouder of verzorger, knoppen en eigen woorden",
        "Alleen Wijkteam Noord leest dit.",
        "Over mijn kind Çocuğum hakkında",
        "Uyuyamıyor. Okula gitmek istemiyor. Ben de çok yoruldum.",
        "Slapen Uyku",
        "06 12 34 56 78",
        "Nog niet gevraagd of overgeslagen: hoop, mensen om hen heen.",
        "Nog niet gehoord: kind of jongere, andere ouder.",
        "Geen diagnose",
        "Wordt gewist 30 dagen na antwoord of sluiten.",
        "Geopend door Anna",
    ):
        assert words in text
    assert '<blockquote lang="tr" dir="auto">Uyuyamıyor.' in anna.html
    assert '<bdi class="beside" lang="tr">Uyku</bdi>' in anna.html


async def test_a_page_shows_what_the_family_wants_to_talk_about(desk: House) -> None:
    story = (
        replace(told("Hij slaapt niet."), talk_about=True),
        replace(item("zwaar", "wat_speelt", Chosen(("slapen",))), talk_about=True),
        told("Samen eten.", question="goed"),
    )
    page = await desk.hands_over(story, language="nl")
    anna = await desk.member("Anna")

    text = shown(await anna.opens(f"/pagina/{page}"))

    assert "Hierover praten ‘Waar je mee zit’, ‘Hier wil ik over praten’ Naar wat" in text
    assert "Waar je mee zit Hier wil ik over praten Hij slaapt niet." in text
    assert "Wil praten over: ‘Waar je mee zit’, ‘Hier wil ik over praten’." in text
    assert anna.html.count('<span class="wish">') == 2
    assert "Waarover wil je het eerst praten? Wie wil je erbij hebben?" in text


async def test_a_page_without_wishes_says_nothing_of_them(desk: House) -> None:
    page = await desk.hands_over((told("Hij slaapt niet."),), language="nl")
    anna = await desk.member("Anna")

    html = await anna.opens(f"/pagina/{page}")

    assert "wish" not in html
    assert "over praten" not in html


async def test_a_page_is_claimed_read_answered_and_closed(desk: House) -> None:
    page = await desk.hands_over()
    anna = await desk.member("Anna")
    await anna.opens(f"/pagina/{page}")

    await anna.posts(f"/pagina/{page}/oppakken")
    assert "Je leest deze pagina nu." in anna.html
    await anna.posts(f"/pagina/{page}/gelezen")
    assert "Het gezin hoort dat je het gelezen hebt." in anna.html
    await anna.posts(f"/pagina/{page}/antwoord", antwoord="Zullen we <dinsdag> bellen?")
    assert "Je bericht gaat naar het gezin." in anna.html
    assert "Zullen we &lt;dinsdag&gt; bellen?" in anna.html
    assert "Wordt gewist op 21 december 2025." in anna.html
    await anna.posts(f"/pagina/{page}/sluiten")
    assert "De pagina is gesloten." in anna.html
    assert "<textarea" not in anna.html


async def test_a_colleague_sees_whose_it_is_and_can_take_it_over(desk: House) -> None:
    page = await desk.hands_over()
    anna, bram = await reader(desk, page), await desk.member("Bram")

    html = await bram.opens(f"/pagina/{page}")
    assert "Van Anna" in html
    assert "<textarea" not in html
    holder = re.search(r'name="houder" value="(\d+)"', html)
    assert holder
    await bram.posts(f"/pagina/{page}/overnemen", houder=holder[1])
    assert "De pagina is nu van jou." in bram.html

    await anna.posts(f"/pagina/{page}/antwoord", antwoord="Nog een woord van Anna")
    assert anna.status == 422
    assert "een collega was je voor" in anna.html


async def test_taking_over_from_someone_it_is_not_of_any_more_does_nothing(desk: House) -> None:
    page = await desk.hands_over()
    await reader(desk, page)
    bram = await desk.member("Bram")
    await bram.opens(f"/pagina/{page}")

    for holder in ("", "999", "x", "9" * 40):
        await bram.posts(f"/pagina/{page}/overnemen", houder=holder)
        assert "een collega was je voor" in bram.html


async def test_an_answer_that_will_not_do_stays_in_its_field(desk: House) -> None:
    page = await desk.hands_over()
    anna = await reader(desk, page)

    await anna.posts(f"/pagina/{page}/antwoord", antwoord="lang " * 500)
    assert anna.status == 422
    assert "langer dan 2000 tekens" in anna.html
    assert "lang lang" in anna.html
    await anna.posts(f"/pagina/{page}/antwoord", antwoord="  ")

    assert "Schrijf eerst een bericht." in anna.html


async def test_who_was_away_too_long_hears_that_nothing_was_sent(desk: House) -> None:
    page = await desk.hands_over()
    anna = await reader(desk, page)
    desk.clock.time += IDLE

    await anna.posts(f"/pagina/{page}/antwoord", antwoord="Een lang en goed antwoord")

    assert anna.status == 403
    assert "er is niets verstuurd" in anna.html


async def test_the_family_being_out_of_reach_is_said_before_someone_writes(desk: House) -> None:
    hidden, blocked = await desk.hands_over(status="left"), await desk.hands_over()
    anna = await reader(desk, hidden)
    assert "Het gezin heeft de chat leeggemaakt." in anna.html

    await anna.posts(f"/pagina/{blocked}/oppakken")
    await anna.posts(f"/pagina/{blocked}/gelezen")
    await desk.store.write(
        lambda tx: tx.run("update message set state = 2 where voice is not null")
    )
    assert "Het vorige bericht kwam niet aan." in await anna.opens(f"/pagina/{blocked}")
    assert "<textarea" in anna.html


async def test_when_the_conversation_is_gone_nobody_is_asked_to_write_into_it(
    desk: House,
) -> None:
    page = await desk.hands_over()
    anna = await reader(desk, page)
    await desk.store.write(lambda tx: tx.run("update voice set key = zeroblob(60)"))

    await anna.posts(f"/pagina/{page}/gelezen")

    assert "dus het hoort dit niet" in anna.html
    assert "Een antwoord komt niet aan." in anna.html
    assert "<textarea" not in anna.html


async def test_a_line_that_was_not_ours_is_not_repeated(desk: House) -> None:
    page = await desk.hands_over()
    anna = await desk.member("Anna")

    html = await anna.opens(f"/pagina/{page}?gedaan=<b>gehackt</b>")

    assert "gehackt" not in html
    assert "gehackt" not in await anna.opens("/instellingen?gedaan=<b>gehackt</b>")


# --- Taking it along --------------------------------------------------------------------------


async def test_a_page_can_be_taken_along_as_text(desk: House) -> None:
    page = await desk.hands_over([told("Rustig \u202eniet & <b>goed</b>")])
    anna = await desk.member("Anna")

    html = await anna.opens(f"/pagina/{page}/tekst")

    assert "| Rustig [U+202E]niet &amp; &lt;b&gt;goed&lt;/b&gt;" in html
    assert ("page taken as text", 1, page) in await desk.audited()


async def test_a_page_can_be_taken_along_as_json(desk: House) -> None:
    page = await desk.hands_over([told('Rustig </script> "x"')])
    anna = await desk.member("Anna")

    await anna.opens(f"/pagina/{page}/json")

    answer = anna.answer
    code = json.loads(answer.content)["code"]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"] == f'attachment; filename="{code}.json"'
    assert json.loads(answer.content)["sections"][1]["items"][0]["original"] == (
        'Rustig </script> "x"'
    )
    assert ("page taken as json", 1, page) in await desk.audited()


async def test_a_page_can_be_taken_along_as_pdf(desk: House) -> None:
    page = await desk.hands_over([told("Rustig")])
    anna = await desk.member("Anna")

    await anna.opens(f"/pagina/{page}/pdf")

    assert anna.answer.headers["content-type"] == "application/pdf"
    assert anna.answer.content.startswith(b"%PDF-")
    assert ("page taken as pdf", 1, page) in await desk.audited()


async def test_the_circle_of_a_page_is_drawn_and_told(desk: House) -> None:
    named = Named((Person("p1", "Oma Truus"),))
    circle = Circle((circles.Person("p1", "Oma Truus", near=True, gives=True),))
    who = Item("kring", "ouder/kring", "kring", named, circle=circle)
    page = await desk.hands_over([who])
    anna = await desk.member("Anna")

    html = await anna.opens(f"/pagina/{page}")
    await anna.opens(f"/pagina/{page}/kring")

    assert f'src="/bureau/pagina/{page}/kring"' in html
    assert "Oma Truus\u2069: geeft kracht" in html
    assert anna.answer.headers["content-type"] == "image/png"
    assert anna.answer.content.startswith(b"\x89PNG")


async def test_a_page_without_a_circle_shows_no_drawing(desk: House) -> None:
    page = await desk.hands_over([told("Rustig")])
    anna = await desk.member("Anna")

    assert "/kring" not in await anna.opens(f"/pagina/{page}")


# --- Settings ---------------------------------------------------------------------------------


async def test_the_settings_name_the_colleagues_and_nothing_else_of_them(desk: House) -> None:
    anna = await desk.member("Anna", "noord", "weg")
    await desk.professional("Bram", "noord")

    text = shown(await anna.opens("/instellingen"))

    assert "Wijkteam Noord Anna Bram" in text
    assert "weg Anna" in text
    assert "bram@team.example" not in text


async def test_a_password_is_changed_with_the_old_one(desk: House) -> None:
    link, anna = await invited(desk), desk.visitor()
    await anna.opens(link)
    await anna.posts(link, naam="Anna", wachtwoord=PASSWORD)
    await anna.opens("/instellingen")

    await anna.posts("/instellingen/wachtwoord", oud="onjuist", nieuw=OTHER)
    assert anna.status == 422
    assert "Je oude wachtwoord klopt niet." in anna.html
    await anna.posts("/instellingen/wachtwoord", oud=PASSWORD, nieuw=OTHER)

    assert "Je wachtwoord is veranderd." in anna.html
    await anna.opens()
    assert anna.answer.url.path == DESK


async def test_a_telegram_chat_is_linked_with_a_link_that_is_shown_once(desk: House) -> None:
    anna = await desk.member("Anna")
    await anna.opens("/instellingen")
    assert "t.me" not in anna.html

    await anna.posts("/instellingen/telegram")
    assert re.search(r'href="https://t\.me/samen_bot\?start=p_[\w-]{43}"', anna.html)
    assert "t.me" not in await anna.opens("/instellingen")
    await anna.posts("/instellingen/telegram-los")

    assert "geen berichten meer in Telegram" in anna.html


async def test_without_telegram_nothing_of_it_is_shown(tmp_path: Path) -> None:
    async with house(tmp_path) as desk:
        anna = await desk.member("Anna")

        assert "Telegram" not in await anna.opens("/instellingen")
        await anna.posts("/instellingen/telegram")
        assert anna.status == 404


async def test_the_addresses_are_where_the_notices_point(desk: House) -> None:
    anna = await desk.member("Anna")

    await anna.opens()

    assert str(anna.answer.url) == HERE + DESK


def test_every_outcome_of_a_deed_has_its_line() -> None:
    assert set(TOLD) == set(get_args(Outcome))
