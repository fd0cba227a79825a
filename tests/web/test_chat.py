"""The chat page without a browser: what it says, what it keeps, and what it refuses."""

import asyncio
import html
import re
from collections.abc import AsyncIterator, Collection, Sequence
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.conversations import Conversations, Incoming
from bot.dialogue.events import Asked
from bot.web.chat_calls import with_calls
from bot.web.chat_here import as_here
from bot.web.chat_view import LONGEST_TEXT, is_too_long, is_update, new_update
from tests.web.chat_house import House, Visitor, house

PAGE = "https://samenspraak.voorbeeld.nl/t/linde"
MONTH = 30 * 86_400
ANSWER_BY_LINK = "Met deze link lees je ook het antwoord van het team."
ATTACK = """<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7 * 7 }} &amp;"""


@pytest_asyncio.fixture
async def home(tmp_path: Path) -> AsyncIterator[House]:
    async with house(tmp_path) as home:
        yield home


@pytest.fixture
def family(home: House) -> Visitor:
    return home.visitor()


# --- Coming in ----------------------------------------------------------------------------------


async def test_the_first_page_says_what_this_is_and_has_one_button_to_begin(
    family: Visitor,
) -> None:
    seen = await family.opens("/t/linde")

    assert seen.heading == "Vertel waar je mee zit"
    assert "Wijkteam Linde" in family.answer.text
    assert "Een mens leest het pas als jij het stuurt." in family.answer.text
    assert seen.links["112"] == "tel:112"
    assert seen.labels() == ["Weg", "Beginnen"]


async def test_looking_at_the_first_page_begins_nothing(home: House, family: Visitor) -> None:
    await family.opens("/t/linde")
    await family.opens("/")

    assert await home.voices() == 0
    assert family.secret == ""


async def test_a_link_of_a_team_begins_a_conversation_for_that_team(
    home: House, family: Visitor
) -> None:
    seen = await family.begins("/t/linde")

    voice = await home.voice(family.secret)
    assert voice is not None
    assert voice.conversation.team == "linde"
    assert seen.said == ["Fijn dat je er bent.", "Over wie gaat het?\nNog ongeveer 4 vragen."]


@pytest.mark.parametrize("address", ["/", "/t/bestaat-niet"])
async def test_without_a_known_team_the_conversation_begins_without_one(
    home: House, family: Visitor, address: str
) -> None:
    await family.begins(address)

    voice = await home.voice(family.secret)
    assert voice is not None
    assert voice.conversation.team is None


async def test_a_letter_that_starts_no_dialogue_is_no_page(family: Visitor) -> None:
    await family.opens("/q/linde")

    assert family.answer.status_code == 404


async def test_the_cookie_is_out_of_reach_of_scripts_and_lasts_as_long_as_a_draft(
    family: Visitor,
) -> None:
    await family.begins()

    (cookie,) = [answer.headers["set-cookie"] for answer in family.answer.history]
    assert re.fullmatch(
        rf"gesprek=[\w-]{{43}}; HttpOnly; Max-Age={MONTH}; Path=/; SameSite=lax", cookie
    )


async def test_over_https_the_cookie_is_secure_and_of_this_host_only(tmp_path: Path) -> None:
    async with house(tmp_path, public_url="https://gesprek.voorbeeld.nl") as home:
        family = home.visitor()
        family.client.base_url = "https://gesprek.voorbeeld.nl"
        await family.begins()

    (cookie,) = [answer.headers["set-cookie"] for answer in family.answer.history]
    assert cookie.startswith("__Host-gesprek=")
    assert "Secure" in cookie


async def test_two_families_never_share_a_conversation(home: House) -> None:
    one, other = home.visitor(), home.visitor()
    await one.begins()
    await other.begins()
    await one.presses("Over mijn kind")

    seen = await other.opens("/gesprek")

    assert one.secret != other.secret
    assert seen.own == []


async def test_who_opens_the_first_page_again_can_go_on_or_begin_anew(family: Visitor) -> None:
    await family.begins()
    first = family.secret

    seen = await family.opens("/t/linde")
    await family.presses("Opnieuw beginnen")

    assert seen.links["Verder waar je was"] == "/gesprek#nu"
    assert family.secret != first


async def test_beginning_anew_leaves_the_older_conversation_to_its_own_link(
    family: Visitor,
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    first = family.secret
    await family.opens("/t/linde")
    await family.presses("Opnieuw beginnen")

    seen = await family.opens(f"/verder/{first}")

    assert seen.own == ["✓ Over mijn kind"]


async def test_when_no_newcomers_are_taken_a_page_says_so_and_whom_to_call(
    tmp_path: Path,
) -> None:
    class Full(Conversations):
        async def receive(self, batch: Sequence[Incoming], now: int) -> None:
            """Takes nobody."""

    async with house(tmp_path, conversations=Full) as home:
        family = home.visitor()
        seen = await family.begins()

    assert family.answer.status_code == 429
    assert "Het is nu heel druk." in family.answer.text
    assert seen.links["112"] == "tel:112"
    assert family.secret == ""


# --- Languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("ar", "ar"),
        ("ar-MA,ar;q=0.9,nl;q=0.5", "ar"),
        ("nl;q=0.2, ar;q=0.8", "ar"),
        ("nl-NL", "nl"),
        ("tlh, xx;q=oops", "nl"),
        ("", "nl"),
    ],
)
async def test_the_first_page_is_in_the_language_of_the_browser(
    home: House, accepts: str, language: str
) -> None:
    family = home.visitor(**{"accept-language": accepts})

    seen = await family.opens("/t/linde")

    assert seen.language == language
    assert seen.direction == ("rtl" if language == "ar" else "ltr")


async def test_the_language_that_was_chosen_is_the_language_of_the_conversation(
    home: House, family: Visitor
) -> None:
    seen = await family.opens("/t/linde?taal=ar")
    begin = seen.buttons[-1]
    await family.client.post(begin.form.action, data=begin.form.hidden)
    seen = await family.opens("/gesprek")

    assert (seen.language, seen.direction) == ("ar", "rtl")
    assert seen.languages == [("ar", "rtl"), ("ar", "rtl")]
    voice = await home.voice(family.secret)
    assert voice is not None
    assert voice.conversation.language == "ar"


async def test_what_has_no_translation_is_marked_as_dutch_and_runs_as_dutch(
    home: House,
) -> None:
    family = home.visitor(**{"accept-language": "ar"})
    await family.client.post("/t/linde", data={"taal": "ar"})
    await family.opens("/gesprek")
    seen = await family.presses("عن طفلي")

    assert seen.direction == "rtl"
    assert seen.languages[-1] == ("nl", "ltr")


async def test_a_language_nobody_offers_becomes_dutch(home: House, family: Visitor) -> None:
    await family.client.post("/t/linde", data={"taal": "xx"})

    voice = await home.voice(family.secret)
    assert voice is not None
    assert voice.conversation.language == "nl"


# --- Talking ------------------------------------------------------------------------------------


async def test_only_the_last_question_has_buttons(family: Visitor) -> None:
    await family.begins()
    seen = await family.presses("Over mijn kind")

    assert seen.own == ["✓ Over mijn kind"]
    assert seen.said[-1] == "Waar zit je mee?\nNog ongeveer 3 vragen."
    buttons = [
        "Weg",
        "Terug",
        "Hulp nu",
        "Meer",
        "Sla over",
        "Stuur de opname",
        "Zet in het gesprek",
    ]
    assert seen.labels() == buttons


async def test_a_page_that_is_looked_through_stands_once_in_the_log(family: Visitor) -> None:
    await family.begins()
    for label in ("Over mezelf", "Sla over", "Klaar", "Sla over"):
        await family.presses(label)

    for label in ("✏️ 1", "💬 Hier wil ik over praten", "✏️ 1", "Zo laten"):
        await family.presses(label)

    said = family.page.said
    assert sum("Dit heb je verteld." in each for each in said) == 1
    assert not any("Wat wil je hiermee doen?" in each for each in said)


async def test_a_question_that_was_answered_stays_when_it_is_asked_again(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    seen = await family.presses("Terug")

    assert sum("Over wie gaat het?" in said for said in seen.said) == 2
    assert sum("Waar zit je mee?" in said for said in seen.said) == 1


async def test_what_called_for_help_stays_when_someone_goes_on(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    await family.presses("Hulp nu")
    seen = await family.presses("Verder")

    assert any("0800-2000" in said for said in seen.said)


async def test_texts_call_the_buttons_what_this_page_calls_them(family: Visitor) -> None:
    await family.begins()
    for label in ("Over mezelf", "Sla over", "Klaar", "Sla over", "Alles klopt", "Ja, stuur het"):
        await family.presses(label)
    await family.presses("Meer")
    seen = await family.presses("Schrijf het team")

    assert "Bel 112 of druk op ‘Hulp nu’." in seen.said[-1]


def test_our_own_address_becomes_here_and_someones_own_words_stay() -> None:
    here = as_here(lambda name: {"chat_here": "daar ben je nu.", "chat_menu": "Meer"}[name], PAGE)

    assert here(f"Onze eigen chatpagina niet: {PAGE}") == (
        "Onze eigen chatpagina niet: daar ben je nu."
    )
    assert here(f"Kies ⋯. \u2068⋯ {PAGE}\u2069") == f"Kies ‘Meer’. \u2068⋯ {PAGE}\u2069"


async def test_own_words_stand_in_the_log_as_they_were_typed(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    seen = await family.types("Hij slaapt slecht.\r\nEn ik ook.")

    assert seen.own[-1] == "Hij slaapt slecht.\nEn ik ook."


async def test_own_words_never_become_part_of_the_page(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    seen = await family.types(ATTACK)

    assert seen.own[-1] == ATTACK
    assert seen.scripts == ["/static/chat.js", "/static/chat_speak.js"]


async def test_the_same_form_sent_twice_counts_once(family: Visitor) -> None:
    await family.begins()
    seen = await family.presses("Over mijn kind")
    write = seen.button("Zet in het gesprek")
    form = {**write.form.hidden, "words": "Hij slaapt slecht"}

    await family.client.post(write.form.action, data=form)
    await family.client.post(write.form.action, data=form)

    seen = await family.opens("/gesprek")
    assert seen.own == ["✓ Over mijn kind", "Hij slaapt slecht"]


async def test_two_forms_never_have_the_same_number(family: Visitor) -> None:
    first = await family.begins()
    again = await family.opens("/gesprek")

    numbers = {
        button.form.hidden["update"] for seen in (first, again) for button in seen.buttons[1:]
    }
    assert len(numbers) == 6


async def test_ticking_a_choice_redraws_the_question_and_says_nothing_new(
    family: Visitor,
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    await family.presses("Sla over")
    before = family.page

    seen = await family.presses("Slapen")

    assert seen.said == before.said
    assert seen.own == before.own
    pressed = re.findall(r'aria-pressed="(\w+)"', family.answer.text)
    assert pressed == ["true", "false", "false"]


async def test_digits_are_offered_where_a_telephone_number_is_asked(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    assert "inputmode" not in family.answer.text

    await family.presses("Sla over")
    await family.presses("Klaar")

    assert 'inputmode="tel"' in family.answer.text


@pytest.mark.parametrize("fields", [{}, {"words": " \r\n\0 "}, {"tap": "x"}, {"ask": "fly"}])
async def test_a_form_that_says_nothing_changes_nothing(
    family: Visitor, fields: dict[str, str]
) -> None:
    before = await family.begins()
    family.answer = await family.client.post("/gesprek", data=fields)

    assert family.page.said == before.said
    assert family.page.own == []


@pytest.mark.parametrize("update", ["", "-1", "x", str(2**62), "9" * 40, "٣"])
async def test_words_count_also_when_the_number_of_the_form_is_broken(
    family: Visitor, update: str
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    await family.client.post("/gesprek", data={"update": update, "words": "Hoi"})
    await family.client.post("/gesprek", data={"update": update, "words": "Hoi"})

    seen = await family.opens("/gesprek")
    assert seen.own[1:] == ["Hoi", "Hoi"]


async def test_what_is_too_long_for_one_message_stays_in_the_field_and_is_said_kindly(
    family: Visitor,
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    words = "\nHij slaapt slecht. " + "z" * LONGEST_TEXT

    seen = await family.types(words)

    assert family.answer.status_code == 422
    assert seen.typed == words.strip()
    assert seen.notice == "Dit is te lang voor één bericht. Stuur het in twee stukken."
    assert seen.own == ["✓ Over mijn kind"]


async def test_what_just_fits_is_taken(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    seen = await family.types("z" * LONGEST_TEXT)

    assert seen.own[-1] == "z" * LONGEST_TEXT


def test_length_is_counted_as_telegram_counts_it() -> None:
    assert not is_too_long("😀" * (LONGEST_TEXT // 2))
    assert is_too_long("😀" * (LONGEST_TEXT // 2) + "!")
    assert is_too_long("\ud800" * (LONGEST_TEXT + 1))


async def test_a_request_with_a_large_body_is_refused(family: Visitor) -> None:
    await family.begins()
    family.answer = await family.client.post("/gesprek", data={"words": "z" * 70_000})

    assert family.answer.status_code == 413


async def test_help_and_the_rest_are_there_also_when_nothing_is_asked(
    home: House, family: Visitor
) -> None:
    await family.begins()
    await home.happens(family.secret, Asked("leave"))
    seen = await family.opens("/gesprek")
    assert seen.labels() == ["Weg", "Hulp nu", "Meer", "Verder", "Zet in het gesprek"]

    seen = await family.presses("Hulp nu")

    assert seen.links["112"] == "tel:112"


# --- Coming back --------------------------------------------------------------------------------


@pytest.mark.parametrize("screens", [["Meer"], ["Meer", "Later verder gaan"]])
async def test_the_link_to_come_back_opens_the_same_conversation_elsewhere(
    home: House, family: Visitor, screens: list[str]
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    for screen in screens:
        await family.presses(screen)
    (link,) = [link for link in family.page.links if "/verder/" in link]

    other = home.visitor()
    seen = await other.opens(link)

    assert seen.own == ["✓ Over mijn kind"]
    assert str(other.answer.url) == "http://127.0.0.1/gesprek#nu"
    assert other.answer.history[0].headers["referrer-policy"] == "no-referrer"
    assert other.secret == family.secret


async def test_who_sent_their_story_is_offered_the_link_to_come_back_for_the_answer(
    home: House, family: Visitor
) -> None:
    await family.begins()
    for label in ("Over mezelf", "Sla over", "Klaar", "Sla over", "Alles klopt", "Ja, stuur het"):
        await family.presses(label)

    assert await home.pages() == 1
    assert any("/verder/" in link for link in family.page.links)
    assert ANSWER_BY_LINK in family.answer.text


async def test_who_sent_nothing_is_promised_no_answer_beside_that_link(
    home: House, family: Visitor
) -> None:
    await family.begins()
    for label in ("Over mezelf", "Sla over", "Klaar", "Sla over", "Alles klopt", "Nee, nu niet"):
        await family.presses(label)

    assert await home.pages() == 0
    assert any("/verder/" in link for link in family.page.links)
    assert ANSWER_BY_LINK not in family.answer.text


async def test_the_link_stands_on_no_other_screen(family: Visitor) -> None:
    seen = await family.begins()
    assert not any("/verder/" in link for link in seen.links)

    seen = await family.presses("Hulp nu")

    assert not any("/verder/" in link for link in seen.links)


async def test_an_unknown_an_erased_and_a_broken_link_get_the_same_kind_page(
    home: House, family: Visitor
) -> None:
    await family.begins()
    erased = family.secret
    await family.presses("Meer")
    await family.presses("Alles wissen")
    await family.presses("Ja, wis alles")

    answers, other = [], home.visitor()
    for secret in (erased, "A" * 43, "A" * 20_000, "<script>"):
        await other.opens(f"/verder/{secret}")
        answers.append((other.answer.status_code, other.answer.text, other.secret))

    assert len(set(answers)) == 1
    assert answers[0][0] == 404
    assert "Hier staat niets" in answers[0][1]
    assert other.page.links["Naar het begin"] == "/"


async def test_a_link_that_no_longer_works_takes_nothing_from_who_is_talking(
    family: Visitor,
) -> None:
    await family.begins()
    secret = family.secret

    await family.opens(f"/verder/{'A' * 43}")

    assert family.secret == secret


@pytest.mark.parametrize("secret", ["", "A" * 43, "A" * 5_000])
async def test_without_a_conversation_nothing_can_be_said_and_none_begins(
    home: House, secret: str
) -> None:
    stranger = home.visitor(cookie=f"gesprek={secret}")

    for ask in (
        stranger.client.get("/gesprek"),
        stranger.client.get("/gesprek/nieuw"),
        stranger.client.post("/gesprek", data={"words": "Hoi", "update": "1"}),
    ):
        answer = await ask
        assert answer.status_code == 404

    assert await home.voices() == 0


# --- Leaving and erasing ------------------------------------------------------------------------


async def test_leaving_empties_the_chat_and_the_browser_and_shows_an_empty_page(
    home: House, family: Visitor
) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    secret = family.secret

    seen = await family.presses("Weg")

    left = family.answer.history[0]
    assert left.headers["clear-site-data"] == '"cache", "cookies", "storage"'
    assert family.secret == ""
    assert str(family.answer.url) == "http://127.0.0.1/leeg"
    assert seen.title == "Nieuw tabblad"
    assert seen.buttons == []
    voice = await home.voice(secret)
    assert voice is not None
    assert voice.conversation.status == "left"
    assert voice.conversation.answers


async def test_after_leaving_the_page_of_the_conversation_tells_nothing(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    await family.presses("Weg")

    seen = await family.opens("/gesprek")

    assert family.answer.status_code == 404
    assert seen.heading == "Hier staat niets"
    assert (seen.said, seen.own) == ([], [])


async def test_who_left_goes_on_with_their_own_link_where_they_were(family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    secret = family.secret
    await family.presses("Weg")

    seen = await family.opens(f"/verder/{secret}")
    assert seen.own == []
    seen = await family.presses("Verder")

    assert seen.said[-1].startswith("Waar zit je mee?")


async def test_leaving_without_a_conversation_also_ends_at_the_empty_page(
    home: House, family: Visitor
) -> None:
    await family.opens("/t/linde")
    await family.presses("Weg")

    assert family.answer.url.path == "/leeg"
    assert await home.voices() == 0


async def test_leaving_works_also_when_nothing_can_be_written(
    home: House, family: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    await family.begins()
    await home.store.close()

    await family.presses("Weg")

    assert family.answer.url.path == "/leeg"
    assert family.secret == ""
    assert "left, but the chat was not cleared" in caplog.text


async def test_who_leaves_goes_on_to_the_address_of_the_operator(tmp_path: Path) -> None:
    async with house(tmp_path, leave_to="https://weer.voorbeeld.nl/") as home:
        family = home.visitor()
        await family.begins()
        assert 'data-leave="https://weer.voorbeeld.nl/"' in family.answer.text

        await family.presses("Weg")

    assert 'content="0; url=https://weer.voorbeeld.nl/"' in family.answer.text


async def test_erasing_asks_twice_and_then_nothing_is_left(home: House, family: Visitor) -> None:
    await family.begins()
    await family.presses("Over mijn kind")
    secret = family.secret
    await family.presses("Meer")
    await family.presses("Alles wissen")
    assert await home.voice(secret) is not None

    seen = await family.presses("Ja, wis alles")

    assert seen.heading == "Alles is gewist."
    assert family.secret == ""
    assert await home.voice(secret) is None


async def test_an_old_button_to_erase_erases_nothing(home: House, family: Visitor) -> None:
    await family.begins()
    await family.presses("Meer")
    await family.presses("Alles wissen")
    button = family.page.button("Ja, wis alles")
    await family.presses("Nee, bewaar het")

    await family.client.post("/gesprek", data={"tap": button.value, "update": str(new_update())})

    assert await home.voice(family.secret) is not None


# --- From elsewhere -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elders.voorbeeld.nl"},
    ],
)
@pytest.mark.parametrize("address", ["/t/linde", "/gesprek", "/weg"])
async def test_a_form_that_another_site_posts_is_refused(
    home: House, family: Visitor, address: str, headers: dict[str, str]
) -> None:
    await family.begins()
    secret = family.secret

    answer = await family.client.post(address, data={"tap": "1:kind"}, headers=headers)

    assert answer.status_code == 403
    assert family.secret == secret
    assert (await family.opens("/gesprek")).own == []
    assert await home.voices() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"sec-fetch-site": "none"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1"},
    ],
)
async def test_our_own_forms_are_taken_from_every_browser(
    family: Visitor, headers: dict[str, str]
) -> None:
    await family.begins()
    family.answer = await family.client.post("/gesprek", data={"tap": "1:kind"}, headers=headers)

    assert family.page.own == ["✓ Over mijn kind"]


# --- News ---------------------------------------------------------------------------------------


def newest(family: Visitor) -> str:
    (number,) = re.findall(r'data-last="(\d+)"', family.answer.text)
    return str(number)


async def test_a_page_that_waits_hears_what_comes_by_itself(home: House, family: Visitor) -> None:
    await family.begins()
    waits = asyncio.create_task(family.client.get(f"/gesprek/nieuw?na={newest(family)}"))
    other = home.visitor()
    await other.begins()
    assert not waits.done()

    await home.happens(family.secret, Asked("help"))

    family.answer = await waits
    assert len(family.page.said) == 1
    assert family.page.links["112"] == "tel:112"


async def test_what_was_missed_is_told_at_once(family: Visitor) -> None:
    await family.begins()
    await family.opens("/gesprek/nieuw?na=onzin")

    assert len(family.page.said) == 2


async def test_a_page_that_waited_long_enough_is_told_to_ask_again(tmp_path: Path) -> None:
    async with house(tmp_path, longest_wait=0.01) as home:
        family = home.visitor()
        await family.begins()
        answer = await family.client.get(f"/gesprek/nieuw?na={newest(family)}")

    assert answer.status_code == 204
    assert answer.content == b""


async def test_a_page_that_waits_hears_that_the_conversation_was_erased_elsewhere(
    home: House, family: Visitor
) -> None:
    await family.begins()
    other = home.visitor()
    await other.opens(f"/verder/{family.secret}")
    await other.presses("Meer")
    await other.presses("Alles wissen")
    number = newest(other)
    waits = asyncio.create_task(family.client.get(f"/gesprek/nieuw?na={number}"))

    await other.presses("Ja, wis alles")

    assert (await waits).status_code == 404


async def test_a_script_that_sends_a_form_gets_only_what_is_new(family: Visitor) -> None:
    await family.begins()
    number = newest(family)
    family.answer = await family.client.post("/gesprek", data={"tap": "1:kind", "na": number})

    assert family.answer.url.path == "/gesprek/nieuw"
    assert family.page.own == ["✓ Over mijn kind"]
    assert len(family.page.said) == 1


# --- Every page ---------------------------------------------------------------------------------


async def every_page(family: Visitor) -> AsyncIterator[str]:
    for address in ("/", "/t/linde?taal=ar", "/gesprek", "/leeg", "/gewist"):
        await family.opens(address)
        yield family.answer.text
    await family.begins()
    yield family.answer.text
    for button in ("Meer", "Later verder gaan", "Hulp nu", "Verder", "Over mijn kind"):
        await family.presses(button)
        yield family.answer.text
    await family.opens("/t/linde")
    yield family.answer.text


async def test_no_page_has_a_script_or_style_in_it_or_anything_of_another_host(
    family: Visitor,
) -> None:
    async for text in every_page(family):
        assert "<style" not in text
        assert " style=" not in text
        assert not re.search(r"\son\w+=", text)
        assert set(re.findall(r"<script[^>]*>([^<]*)<", text)) <= {""}
        loaded = re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', text)
        assert {address.split("/")[1] for address in loaded} == {"static"}


async def test_no_page_tells_in_its_title_what_it_is_about(family: Visitor) -> None:
    async for text in every_page(family):
        (title,) = re.findall(r"<title>(.*)</title>", text)
        assert title in {"Gesprek", "Nieuw tabblad"}


async def test_no_page_is_kept_by_the_browser_or_told_to_another(family: Visitor) -> None:
    async for _ in every_page(family):
        headers = family.answer.headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["content-security-policy"].startswith("default-src 'none'; connect-src")


async def test_the_way_out_comes_first_on_every_page_of_the_conversation(
    family: Visitor,
) -> None:
    async for text in every_page(family):
        if 'class="talk"' in text or 'class="landing"' in text:
            found = re.findall(r'<(?:button|a|input(?! type="hidden")|textarea|summary)\b', text)
            assert found[0] == "<button"
            assert text.index("<button") > text.index('action="/weg"')
            assert text.index('action="/weg"') < text.index('action="', text.index("/weg") + 5)


# --- Telephone numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("Is er nu gevaar? Bel 112.", ["112"]),
        ("Bel 113 of chat op 113.nl", ["113"]),
        ("Bel 0800-0113, 0800-2000 of 0900-8844.", ["08000113", "08002000", "09008844"]),
        ("Bel Wijkteam Linde: 030 123 45 67.", ["0301234567"]),
        ("Mobiel 06-12345678, of 088-0767 000", ["0612345678", "0880767000"]),
        ("Bel 14 030", ["14030"]),
        ("Vraag 1 van 12, in 2025, 1120 keer, 112-1", []),
        ("Je schreef: \u2068bel 06-12345678\u2069", []),
        ("", []),
    ],
)
def test_telephone_numbers_can_be_called_but_not_those_in_own_words(
    text: str, calls: Collection[str]
) -> None:
    assert re.findall(r'<a href="tel:(\d+)">', with_calls(text)) == calls


@given(st.text(alphabet=st.sampled_from("0123456789 -.<>&\"'\u2068\u2069\nab")))
def test_making_numbers_callable_changes_no_word(text: str) -> None:
    shown = re.sub(r'<a href="tel:\d+">|</a>', "", with_calls(text))

    assert html.unescape(shown) == text


def test_a_number_for_a_form_is_always_one_that_is_accepted() -> None:
    assert all(is_update(str(new_update())) for _ in range(1000))
