"""What happens after a page was handed over: on Telegram, on the desk, and in between."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.mail import Mail
from bot.conversations import Incoming
from bot.delivery import Channel, Delivery
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Rang, Tapped, Wrote
from bot.families.allowance import Limits
from bot.library import Library
from bot.professionals import joining, notices, reading
from bot.professionals.reading import NotYoursError
from bot.professionals.waiting import Waiting
from bot.storage import voices
from bot.storage.records import Chat, Professional
from bot.texts import Message
from tests.telegram_family import Family
from tests.telegram_rules import units
from tests.telegram_server import Shown, TelegramServer, telegram_server
from tests.world import DESK, NOW, House, World, library

DAY = 86_400
AS_TOLD = ("Begin", "Ja, stuur het", "Alles klopt", "Klaar")
"""What is tapped wherever it stands, on the way to the end."""

STORY = "Hij slaapt niet en ik weet het niet meer."
ADDED = "Mijn moeder weet hier niets van."
ANSWER = "Dank je. Zullen we dinsdag bellen?"


class Post(Mail):
    """The mail: it keeps what is sent."""

    def __init__(self, now: Callable[[], int]) -> None:
        super().__init__("smtp://127.0.0.1:1?from=bureau@example.org", now)
        self.sent: list[tuple[str, Message]] = []

    async def say(self, address: str, message: Message) -> tuple[int, ...]:
        self.sent.append((address, message))
        return ()


@dataclass
class Street:
    """A house that is on, Telegram beside it, and one family."""

    house: House
    server: TelegramServer
    family: Family
    post: "Post"

    async def tells(
        self, family: Family | None = None, story: str = STORY, first: Sequence[str] = ()
    ) -> None:
        """Tell ``story``, skip what can be skipped, send it to De Linde, and go on to the end.

        What is in ``first`` is tapped before sending.
        """
        someone = family or self.family
        someone.starts("t_linde")
        await self.house.settle()
        for _ in range(60):
            before = await self.conversation(someone)
            if before.status == "done":
                return
            if before.at == "vertel" and not before.draft:
                someone.writes(story)
                await self.house.settle()
            elif "Ja, stuur het" in self.buttons(someone) and first:
                for label in first:
                    await self.taps(label, someone)
                first = ()
            elif keys := [key for key in AS_TOLD if key in self.buttons(someone)]:
                await self.taps(keys[0], someone)
            else:
                someone.writes("/overslaan")
                await self.house.settle()
                if (await self.conversation(someone)).at == before.at:
                    await self.taps(self.buttons(someone)[0], someone)
        raise AssertionError(f"no end, but: {self.said}")

    async def conversation(self, family: Family | None = None) -> Conversation:
        """Where someone is."""
        number = str((family or self.family).number)
        return (await self.house.voice("telegram", number)).conversation

    def buttons(self, family: Family | None = None) -> list[str]:
        """What stands under the last message with more than the way out."""
        shown = [each for each in (family or self.family).screen() if len(each.rows) > 1]
        return [label for row in shown[-1].rows for label in row]

    async def taps(self, label: str, family: Family | None = None) -> None:
        (family or self.family).taps(label)
        await self.house.settle()

    async def writes(self, words: str) -> None:
        self.family.writes(words)
        await self.house.settle()

    @property
    def said(self) -> str:
        """The last message of the bot."""
        return self.family.last.text

    async def page(self, me: Professional) -> int:
        """The one page on the list."""
        found = await reading.listed(self.house.store, me)
        (line,) = (line for lines in found.values() for line in lines)
        return line.id

    async def opens(self, me: Professional, page: int) -> reading.Opened:
        return await reading.opened(self.house.store, me, page, self.house.clock.now())

    async def notices(self, me: Professional) -> list[str]:
        """What went to them by mail, oldest first."""
        await self.house.settle()
        return [message.lines[0].text for address, message in self.post.sent if address == me.email]

    async def audited(self) -> list[str]:
        rows = await self.house.store.read(lambda tx: tx.rows("select what from audit order by id"))
        return [row["what"] for row in rows]


@pytest.fixture(scope="module")
def books() -> Library:
    return library()


@pytest.fixture
async def street(tmp_path: Path, books: Library) -> AsyncIterator[Street]:
    async with telegram_server() as server:
        world = World(tmp_path, books, server)
        async with world.on() as house:
            assert house.telegram is not None
            post = Post(house.clock.now)
            channels: dict[str, Channel] = {"telegram": house.telegram.out, "mail": post}
            steady = house.clock.steady
            house.delivery = Delivery(house.store, channels, house.clock, steady=steady)
            yield Street(house, server, Family(server), post)


@pytest.fixture
async def anna(street: Street) -> Professional:
    return await street.house.professional()


@pytest.fixture
async def bea(street: Street) -> Professional:
    return await street.house.professional("bea@example.org")


# --- The talk back ------------------------------------------------------------------------------


async def test_what_a_professional_wrote_stays_when_the_rest_of_the_chat_is_swept(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page, clock, work = await street.page(anna), street.house.clock, street.house.work
    clock.time += DAY // 2
    await work.claim(anna, page, clock.now())
    await work.answer(anna, page, ANSWER, clock.now())
    await street.house.settle()
    assert STORY in "\n".join(shown.text for shown in street.family.screen())

    clock.time += DAY // 2
    await street.house.conversations.ring(clock.now())
    await street.house.settle()

    left = [shown.text for shown in street.family.screen()]
    assert ANSWER in left[-1]
    assert STORY not in "\n".join(left)


def hidden(shown: Shown) -> bool:
    """Whether a notification of Telegram, and its list of chats, show no word of it."""
    spoilers = [each for each in shown.body.get("entities", []) if each["type"] == "spoiler"]
    return [(each["offset"], each["length"]) for each in spoilers] == [(0, units(shown.text))]


async def test_no_word_of_what_comes_by_itself_is_told_by_a_notification(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)
    before = {shown.id for shown in street.family.screen()}
    assert not any(hidden(shown) for shown in street.family.screen())

    await street.house.work.claim(anna, page, NOW)
    await street.house.work.mark_read(anna, page, NOW)
    await street.house.work.answer(anna, page, ANSWER, NOW)
    await street.house.settle()

    came = [shown for shown in street.family.screen() if shown.id not in before]
    assert ANSWER in came[-1].text
    assert len(came) == 2
    assert all(hidden(shown) for shown in came)


async def test_a_family_writes_back_after_the_end_with_one_yes(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)

    await street.writes(ADDED)
    assert "Mag ik dit naar Wijkteam Linde sturen?" in street.said
    assert (await street.opens(anna, page)).thread == ()
    await street.taps("Ja, stuur het")

    assert "Je bericht is nu bij Wijkteam Linde." in street.said
    assert "binnen 3 werkdagen" in street.said
    (letter,) = (await street.opens(anna, page)).thread
    assert (letter.words, letter.from_family, letter.at) == (ADDED, True, NOW)
    assert ADDED not in repr(letter)
    assert (await street.notices(anna))[-1] == notices.FAMILY_WROTE


async def test_the_thread_is_one_talk_in_order_also_when_a_colleague_takes_over(
    street: Street, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page, work, now = await street.page(anna), street.house.work, street.house.clock.now()
    await work.claim(anna, page, now)
    await work.answer(anna, page, ANSWER, now)
    await street.house.settle()
    assert ANSWER in street.said
    await street.taps("Schrijf terug")
    await street.writes("Dinsdag is goed.")
    await street.taps("Ja, stuur het")
    await work.take_over(bea, page, now, holder=anna.id)

    await work.answer(bea, page, "Dan bel ik je.", now)
    await street.house.settle()

    assert "Dan bel ik je." in street.said
    thread = (await street.opens(bea, page)).thread
    assert [(one.name, one.from_family, one.words) for one in thread] == [
        ("Anna", False, ANSWER),
        (None, True, "Dinsdag is goed."),
        ("Anna", False, "Dan bel ik je."),
    ]


async def test_what_nobody_saw_is_marked_on_the_list_until_its_holder_opens_it(
    street: Street, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page, now = await street.page(anna), street.house.clock.now()
    await street.house.work.claim(anna, page, now)
    await street.writes(ADDED)
    await street.taps("Ja, stuur het")

    async def unseen() -> int:
        (line,) = (await reading.listed(street.house.store, bea))["reading"]
        return line.unseen

    assert await unseen() == 1
    assert (await street.opens(bea, page)).thread[0].fresh
    assert await unseen() == 1, "whoever reads along is not who answers"
    assert (await street.opens(anna, page)).thread[0].fresh
    assert await unseen() == 0
    assert not (await street.opens(anna, page)).thread[0].fresh


async def test_a_closed_page_says_so_and_is_new_again_after_a_message(
    street: Street, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page, work, now = await street.page(anna), street.house.work, street.house.clock.now()
    await work.claim(anna, page, now)
    await work.close(anna, page, now)

    await street.writes("Het is weer mis.")
    assert "Wijkteam Linde heeft je pagina gesloten op 21 november, 13:00." in street.said
    assert "088-000 00 01" in street.said
    await street.taps("Ja, stuur het")

    (line,) = (await reading.listed(street.house.store, bea))["new"]
    assert (line.id, line.unseen, line.delete_after, line.read_at) == (page, 1, None, None)
    assert await work.claim(bea, page, now) == "claimed"
    assert "page reopened" in await street.audited()


async def test_a_message_to_an_answered_page_is_never_deleted_unread(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page, work = await street.page(anna), street.house.work
    await work.claim(anna, page, NOW)
    await work.answer(anna, page, ANSWER, NOW)
    street.house.clock.time += 29 * DAY
    await street.writes(ADDED)
    await street.taps("Ja, stuur het")

    assert (await street.opens(anna, page)).listed.delete_after == NOW + 59 * DAY


async def test_a_message_is_sealed_and_goes_with_its_voice(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.writes(ADDED)
    await street.taps("Ja, stuur het")
    (row,) = await street.house.store.read(lambda tx: tx.rows("select body from reply"))
    assert ADDED.encode() not in row["body"]
    assert len(row["body"]) < 400

    voice = await street.house.voice("telegram", str(street.family.number))
    await street.house.store.write(lambda tx: voices.erase(tx, [voice.id]))

    assert await street.house.store.read(lambda tx: tx.rows("select 1 from reply")) == []
    with pytest.raises(NotYoursError):
        await street.opens(anna, page)


async def test_nothing_is_sent_without_a_yes(street: Street, anna: Professional) -> None:
    await street.tells()
    page = await street.page(anna)

    await street.writes(ADDED)
    await street.taps("Nee, gooi het weg")

    assert "niet bewaard" in street.said
    assert (await street.opens(anna, page)).thread == ()
    assert (await street.conversation()).reply == ()


# --- My page ------------------------------------------------------------------------------------


async def test_my_page_tells_what_became_of_it(street: Street, anna: Professional) -> None:
    await street.tells()
    page, work = await street.page(anna), street.house.work
    await street.writes("/pagina")
    assert "Je stuurde je pagina op 21 november, 13:00 naar Wijkteam Linde." in street.said
    assert "Nog niemand van Wijkteam Linde heeft hem geopend." in street.said

    street.house.clock.time += 3600
    await street.opens(anna, page)
    await work.claim(anna, page, street.house.clock.now())
    await work.answer(anna, page, ANSWER, street.house.clock.now())
    await street.writes("/pagina")

    assert "Geopend door Anna: 21 november, 14:00." in street.said
    assert "Het team schreef je op 21 november, 14:00." in street.said
    assert "Ik wis je pagina op 21 december." in street.said


async def test_an_unread_page_is_taken_back_whole_and_can_be_sent_again(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.writes("/pagina")
    await street.taps("Mijn pagina terugnemen")

    await street.taps("Ja, neem hem terug")

    assert "Je pagina is terug." in street.said
    listed = await reading.listed(street.house.store, anna)
    assert not any(listed.values())
    with pytest.raises(NotYoursError):
        await street.opens(anna, page)
    assert await reading.taken_back(street.house.store, anna, page) == NOW
    assert (await street.audited())[-1] == "page taken back"
    rows = await street.house.store.read(lambda tx: tx.rows("select 1 from page"))
    assert rows == []

    while "Ja, stuur het" not in street.buttons():
        await street.taps("Alles klopt")
    await street.taps("Ja, stuur het")
    again = await street.page(anna)
    assert again != page
    items = (await street.opens(anna, again)).page.sections[1].items
    assert STORY in [item.original for item in items]


async def test_a_page_that_was_read_is_asked_back_and_the_holder_hears(
    street: Street, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page, now = await street.page(anna), street.house.clock.now()
    await street.opens(anna, page)
    await street.house.work.claim(anna, page, now)
    before = len(await street.notices(bea))
    await street.writes("/pagina")
    await street.taps("Mijn pagina terugvragen")
    assert "Anna heeft je pagina al geopend." in street.said

    await street.taps("Ja, vraag hem terug")

    assert "Wat het team zelf opschreef, blijft bij het team." in street.said
    opened = await street.opens(anna, page)
    assert opened.listed.asked_back_at == NOW
    assert opened.listed.delete_after == NOW + 30 * DAY
    assert (await street.notices(anna))[-1] == notices.ASKED_BACK
    assert len(await street.notices(bea)) == before

    assert await street.house.work.give_back(bea, page, now) == "given back"
    await street.house.settle()
    assert "Wijkteam Linde heeft je pagina gewist, zoals je vroeg." in street.said
    assert await street.house.store.read(lambda tx: tx.rows("select 1 from page")) == []


async def test_a_page_nobody_asked_back_is_not_given_back(
    street: Street, anna: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)

    assert await street.house.work.give_back(anna, page, NOW) == "too late"
    assert await street.page(anna) == page


async def test_asking_back_a_page_that_nobody_holds_is_told_to_everyone(
    street: Street, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    await street.opens(anna, await street.page(anna))
    await street.writes("/pagina")
    await street.taps("Mijn pagina terugvragen")
    await street.taps("Ja, vraag hem terug")

    assert [(await street.notices(each))[-1] for each in (anna, bea)] == [notices.ASKED_BACK] * 2


@pytest.mark.parametrize("first", ["the family", "the professional"])
async def test_taking_back_races_with_opening_and_there_is_one_truth(
    street: Street, anna: Professional, first: str
) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.writes("/pagina")
    await street.taps("Mijn pagina terugnemen")
    chat = Chat("telegram", str(street.family.number))
    turn = (await street.house.voice(chat.channel, chat.address)).conversation.turn
    tap = Incoming(chat, 10**9, Tapped(turn, "-withdraw.yes"))
    taking = street.house.conversations.receive([tap], NOW)
    opening = street.opens(anna, page)
    deeds = (taking, opening) if first == "the family" else (opening, taking)

    outcomes = await asyncio.gather(*deeds, return_exceptions=True)
    await street.house.settle()

    if first == "the family":
        assert isinstance(outcomes[1], NotYoursError)
        assert "Je pagina is terug." in street.said
    else:
        assert isinstance(outcomes[0], reading.Opened)
        assert "Net voor jou heeft iemand je pagina geopend." in street.said
        assert "Anna heeft je pagina al geopend." in street.said
    pages = await street.house.store.read(lambda tx: tx.rows("select 1 from page"))
    assert len(pages) == (0 if first == "the family" else 1)


async def test_a_mistake_half_way_does_nothing_half(
    street: Street, anna: Professional, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Crashed on purpose after the page was taken back, before the family could hear so."""
    await street.tells()
    page = await street.page(anna)
    await street.writes("/pagina")
    await street.taps("Mijn pagina terugnemen")

    def crash(*_: object) -> None:
        raise RuntimeError("our mistake")

    monkeypatch.setattr("bot.dialogue.handed_over.told", crash)
    await street.taps("Ja, neem hem terug")

    assert "Er ging iets mis bij mij." in street.said
    assert await street.page(anna) == page
    assert "page taken back" not in await street.audited()


# --- All my data --------------------------------------------------------------------------------


async def test_everything_of_mine_comes_as_a_file_once(street: Street, anna: Professional) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.house.work.claim(anna, page, NOW)
    await street.house.work.answer(anna, page, ANSWER, NOW)
    await street.writes(ADDED)
    await street.taps("Ja, stuur het")
    other = Family(street.server, 4002, "Bas")
    await street.tells(other, "iets heel anders")
    await street.writes("/mijngegevens")
    assert "Het bestand blijft op je telefoon" in street.said

    await street.taps("Ja, geef me het bestand")

    (sent,) = [shown for shown in street.family.screen() if shown.document]
    html = sent.document.decode()
    for words in (STORY, ANSWER, ADDED, "Anna", "Wijkteam Linde", "21 november, 13:00"):
        assert words in html
    assert "iets heel anders" not in html
    assert "<script" not in html
    found = re.search(r"<pre>(.*)</pre>", html, re.DOTALL)
    assert found is not None
    kept = json.loads(found[1].replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&"))
    assert [message["words"] for message in kept["pages"][0]["messages"]] == [ANSWER, ADDED]
    assert [row for row in sent.rows if row] == [["🚪"]]

    await street.writes("/weg")
    assert not [shown for shown in street.family.screen() if shown.document]


async def test_what_someone_wants_to_talk_about_arrives_as_it_was_shown(
    street: Street, anna: Professional
) -> None:
    await street.tells(first=("✏️ 1", "💬 Hier wil ik over praten"))
    await street.writes("/mijngegevens")

    await street.taps("Ja, geef me het bestand")

    page = (await street.opens(anna, await street.page(anna))).page
    marked = [item for part in page.sections for item in part.items if item.talk_about]
    assert [item.original for item in marked] == [STORY]
    (sent,) = [shown for shown in street.family.screen() if shown.document]
    html = sent.document.decode()
    assert html.count("<p>💬 Hier wil je over praten.</p>") == 1
    assert html.count("<p>💬 Hier wil ik over praten</p>") == 1


async def test_a_file_that_may_have_arrived_is_not_sent_again(street: Street) -> None:
    await street.tells()
    await street.writes("/mijngegevens")
    street.server.swallows_answer("sendDocument")

    await street.taps("Ja, geef me het bestand")

    assert len(street.server.calls_of("sendDocument")) == 1
    assert "Ik weet niet zeker of het bestand is aangekomen." in street.said


async def test_a_file_that_telegram_refuses_is_told(street: Street) -> None:
    await street.tells()
    await street.writes("/mijngegevens")
    street.server.refuses("sendDocument", 400, description="Bad Request: wrong file")

    await street.taps("Ja, geef me het bestand")

    assert "Ik weet niet zeker of het bestand is aangekomen." in street.said


# --- Unread after a working day -----------------------------------------------------------------


@pytest.fixture
def waiting(street: Street) -> Waiting:
    return Waiting(street.house.store, street.house.library, DESK)


async def looks(street: Street, waiting: Waiting, now: int) -> None:
    """It is ``now``, and somebody looks after the pages."""
    street.house.clock.time = now
    await waiting.visit(now)


async def test_a_page_that_waits_a_working_day_goes_to_everyone_and_the_family_hears(
    street: Street, waiting: Waiting, anna: Professional, bea: Professional
) -> None:
    """It came on Friday at 13:00: the weekend does not count."""
    await street.tells()
    for late in (1, 2, 3):
        await looks(street, waiting, NOW + late * DAY - 1)
        assert notices.PASSED_ON not in await street.notices(anna)

    await looks(street, waiting, NOW + 3 * DAY)
    await looks(street, waiting, NOW + 4 * DAY)
    await street.house.settle()

    for each in (anna, bea):
        assert (await street.notices(each)).count(notices.PASSED_ON) == 1
    assert "Je pagina van 21 november, 13:00 is nog niet gelezen." in street.said
    assert "Ik heb het een collega van Wijkteam Linde laten weten." in street.said
    assert "088-000 00 01" in street.said
    assert (await street.audited()).count("page passed on") == 1


async def test_who_claimed_it_and_did_not_read_it_leaves_it_to_the_others(
    street: Street, waiting: Waiting, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.opens(anna, page)
    await street.house.work.claim(anna, page, NOW)

    await looks(street, waiting, NOW + 3 * DAY)
    await street.house.settle()

    assert notices.PASSED_ON not in await street.notices(anna)
    assert (await street.notices(bea))[-1] == notices.PASSED_ON
    assert "is wel geopend" in street.said
    assert "niemand van Wijkteam Linde is er nu mee bezig" in street.said


@pytest.mark.parametrize("deed", ["mark_read", "answer"])
async def test_a_page_that_was_read_is_not_passed_on(
    street: Street, waiting: Waiting, anna: Professional, deed: str
) -> None:
    await street.tells()
    page, work = await street.page(anna), street.house.work
    await work.claim(anna, page, NOW)
    await (
        work.mark_read(anna, page, NOW)
        if deed == "mark_read"
        else work.answer(anna, page, ANSWER, NOW)
    )

    await looks(street, waiting, NOW + 9 * DAY)

    assert notices.PASSED_ON not in await street.notices(anna)


async def test_a_page_that_nobody_can_read_is_an_alarm_until_someone_joins(
    street: Street, waiting: Waiting, caplog: pytest.LogCaptureFixture
) -> None:
    await street.tells()
    caplog.clear()

    await looks(street, waiting, NOW + 30)
    await looks(street, waiting, NOW + 60)
    assert caplog.text.count("for a team without professionals") == 1
    await looks(street, waiting, NOW + 30 + 3600)
    assert caplog.text.count("for a team without professionals") == 2

    anna = await street.house.professional()
    caplog.clear()
    await looks(street, waiting, NOW + 3 * 3600)
    assert caplog.text == ""
    assert (await street.opens(anna, await street.page(anna))).page.team == "linde"


async def test_with_nobody_there_the_family_is_not_told_that_a_colleague_knows(
    street: Street, waiting: Waiting
) -> None:
    await street.tells()

    await looks(street, waiting, NOW + 3 * DAY)
    await street.house.settle()

    assert "Er is nu niemand van Wijkteam Linde die hier leest." in street.said
    assert "collega" not in street.said


async def test_a_page_of_who_was_removed_is_passed_on_at_once(
    street: Street, waiting: Waiting, anna: Professional, bea: Professional
) -> None:
    await street.tells()
    page = await street.page(anna)
    await street.opens(anna, page)
    await street.house.work.claim(anna, page, NOW)
    street.house.clock.time += 3 * DAY
    await looks(street, waiting, street.house.clock.now())
    await joining.remove(street.house.store, "anna@example.org", street.house.clock.now())

    await looks(street, waiting, street.house.clock.now())

    assert (await street.notices(bea)).count(notices.PASSED_ON) == 2
    with pytest.raises(NotYoursError):
        await street.opens(anna, page)


async def test_a_page_that_cannot_be_opened_stops_no_other(
    street: Street, waiting: Waiting, anna: Professional, caplog: pytest.LogCaptureFixture
) -> None:
    await street.tells()
    broken = await street.page(anna)
    await street.house.store.write(
        lambda tx: tx.run("update page set key = zeroblob(77) where id = ?", (broken,))
    )
    await street.tells(Family(street.server, 4002, "Bas"))

    await looks(street, waiting, NOW + 3 * DAY)

    assert f"page {broken} waits and cannot be opened" in caplog.text
    assert (await street.notices(anna)).count(notices.PASSED_ON) == 1


# --- Limits on what comes in --------------------------------------------------------------------


async def test_twenty_at_once_are_taken_and_the_rest_is_refused_aloud(street: Street) -> None:
    street.family.starts("t_linde")
    await street.house.settle()
    await street.taps("Begin")
    while (await street.conversation()).at != "vertel":
        await street.writes("/overslaan")
    for number in range(25):
        street.family.writes(f"bericht {number}")
    await street.house.settle()

    assert len((await street.conversation()).draft) == 19, "the start counts too"
    refusals = [shown for shown in street.family.screen() if "Dit gaat te snel" in shown.text]
    assert len(refusals) == 1

    street.house.clock.time += 5
    street.server.pass_time(5)
    await street.writes("en nu rustig")
    assert (await street.conversation()).draft[-1].words == "en nu rustig"
    told = [shown.text for shown in street.family.screen() if "heb ik niet bewaard" in shown.text]
    assert told == ["6 berichten van net heb ik niet bewaard. Stuur ze gerust nog eens."]


async def test_what_waited_while_the_bot_was_off_is_counted_as_it_was_sent(
    street: Street,
) -> None:
    """Forty messages in forty minutes are no crowd, also when they are fetched at once."""
    street.family.starts("t_linde")
    await street.house.settle()
    await street.taps("Begin")
    while (await street.conversation()).at != "vertel":
        await street.writes("/overslaan")
    for number in range(40):
        street.server.pass_time(60)
        street.family.writes(f"bericht {number}")
    street.house.clock.time += 2400
    await street.house.settle()

    assert len((await street.conversation()).draft) == 40


async def test_the_way_out_and_help_work_in_any_crowd_and_refused_words_go_with_the_rest(
    street: Street,
) -> None:
    street.family.starts("t_linde")
    await street.house.settle()
    await street.taps("Begin")
    for number in range(40):
        street.family.writes(f"bericht {number}")
    await street.house.settle()

    await street.taps("🆘")
    assert "112" in street.said
    await street.writes("/weg")

    assert [shown.text for shown in street.family.screen()] == ["Tot later."]


async def test_one_noisy_chat_costs_others_nothing(street: Street) -> None:
    others = [Family(street.server, 5000 + n, f"Gezin {n}") for n in range(10)]
    street.family.starts("t_linde")
    await street.house.settle()
    for number in range(60):
        street.family.writes(f"lawaai {number}")
    for other in others:
        other.starts("t_linde")
    before = len(street.server.calls_of("sendMessage"))
    await street.house.settle()

    spoken = street.server.calls_of("sendMessage")[before:]
    to_the_noise = [call for call in spoken if call.chat == street.family.number]
    assert len(to_the_noise) <= 20
    for other in others:
        assert "Begin" in street.buttons(other)


async def test_three_hundred_an_hour_is_the_most(street: Street) -> None:
    chat = ("telegram", "77")
    for _ in range(40):
        street.house.clock.time += 10
        await street.house.happens(*chat, *[Wrote(f"woord {n}", n) for n in range(10)])

    kept = await street.house.store.read(
        lambda tx: tx.rows("select count(*) as n from message where kind = 'notice'")
    )
    assert kept[0]["n"] == 0
    allowance = street.house.conversations._allowance
    assert len(allowance.chats[Chat(*chat)].taken) == Limits().an_hour
    assert allowance.chats[Chat(*chat)].missed == 100


async def test_newcomers_beyond_thirty_an_hour_read_whom_to_call(street: Street) -> None:
    many = [Family(street.server, 6000 + n, f"Gezin {n}") for n in range(32)]
    for each in many:
        each.starts("t_linde")
    await street.house.settle()

    assert "Begin" in street.buttons(many[29])
    for late in many[30:]:
        assert "Het is nu heel druk." in late.last.text
        assert "088-000 00 01" in late.last.text
        assert "0800-2000" in late.last.text
    late.writes("hallo?")
    await street.house.settle()
    assert len([shown for shown in late.screen() if shown.mine]) == 1, "once in ten minutes"
    known = many[0]
    known.writes("/help")
    await street.house.settle()
    assert "112" in known.last.text, "who is known is never turned away"

    street.house.clock.time += 3601
    late.starts("t_linde")
    await street.house.settle()
    assert "Begin" in street.buttons(late)


async def test_after_a_restart_a_crowd_still_has_no_room(tmp_path: Path, books: Library) -> None:
    async with telegram_server() as server:
        world = World(tmp_path, books, server)
        families = [Family(server, 6000 + n, f"Gezin {n}") for n in range(31)]
        async with world.on() as house:
            for each in families[:30]:
                each.starts("t_linde")
            await house.settle()
        async with world.on() as house:
            families[30].starts("t_linde")
            await house.settle()

    assert "Het is nu heel druk." in families[30].last.text


async def test_what_failed_on_the_way_to_the_disk_was_not_counted(street: Street) -> None:
    chat = Chat("telegram", "88")
    await street.house.happens("telegram", "88", Wrote("hallo", 1))
    before = street.house.conversations._allowance.chats[chat]

    with pytest.raises(OverflowError):
        await street.house.conversations.receive([Incoming(chat, 1, Wrote("nog eens", 2))], 2**70)

    assert street.house.conversations._allowance.chats[chat] == before


async def test_an_alarm_is_no_message(street: Street) -> None:
    await street.house.happens("telegram", "99", Rang("remind", 1))

    assert Chat("telegram", "99") not in street.house.conversations._allowance.chats
