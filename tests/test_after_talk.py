"""After a talk: a professional notes that they met, and both sides may say how it was.

Row 32 of what Samenspraak is for (``dialogen/README.md``). A family in its chat and a professional,
over one store; what stands on the desk is in ``tests/web/test_desk_meetings.py``.
"""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from bot.delivery import Channel, Delivery
from bot.dialogue.events import Asked, Tapped
from bot.failpoints import VARIABLE
from bot.library import Library, authored_folders
from bot.professionals import cases, joining, notices, reading
from bot.professionals.meetings import Meetings, Outcome
from bot.professionals.met import DAY, Mark, Met
from bot.professionals.reading import NotYoursError
from bot.retention import ClockGuard, Retention
from bot.storage import family_pages
from bot.storage.records import Professional
from bot.storage.vault import Vault
from tests.gathering import Person, library
from tests.storage.test_canaries import Unsealed
from tests.telegram_family import Family
from tests.telegram_server import telegram_server
from tests.test_after import Post
from tests.world import NOW, House, World

TODAY = date(2025, 11, 21)
FULLY, PARTLY = ("fully", "fully", "fully"), ("partly", "not", "unsure")
NEUTRAL = "Hoi. Ik heb een korte vraag voor je. Kijken mag, het hoeft niet."
ROOT = Path(__file__).parents[1]
NEWS = "Hoi. Er is iets nieuws voor je om te lezen."


def names_in(text: str) -> set[str]:
    return {name for name in ("Anna", "Bea", "Wijkteam", "gesprek") if name in text}


@dataclass
class Street:
    """A house that is on, with a professional who has the page of a family in hand."""

    house: House = field(repr=False)
    anna: Professional
    sanne: Person = field(repr=False)
    post: Post = field(repr=False)

    @property
    def now(self) -> int:
        return self.house.clock.now()

    @property
    def deeds(self) -> Meetings:
        return Meetings(self.house.store, self.house.library)

    async def tells(self, name: str, *, kind: str = "") -> Person:
        """Someone else who tells and sends; with ``kind`` in the same case."""
        person = Person(self.house, name)
        if kind:
            await person.opens(await self.sanne.invites(kind))
        else:
            await person.starts()
        await person.tells(f"verhaal van {name}")
        await person.sends()
        return person

    async def met(self, page: int = 1, me: Professional | None = None) -> Outcome:
        """Note that we met today."""
        return await self.deeds.note(me or self.anna, page, TODAY, self.now)

    async def says(self, *views: str, page: int = 1, me: Professional | None = None) -> Outcome:
        """Say how it was, of the newest talk."""
        (*_, talk) = await self.beside(page)
        return await self.deeds.say(me or self.anna, page, talk.id, views or PARTLY, self.now)

    async def leaves(self, *, me: Professional | None = None) -> Outcome:
        """Rather not."""
        (*_, talk) = await self.beside()
        return await self.deeds.leave(me or self.anna, 1, talk.id, self.now)

    async def opens(self, page: int = 1, me: Professional | None = None) -> reading.Opened:
        return await reading.opened(self.house.store, me or self.anna, page, self.now)

    async def beside(self, page: int = 1, me: Professional | None = None) -> tuple[Met, ...]:
        """The talks that stand beside the page."""
        return (await self.opens(page, me)).met

    async def marks(self, me: Professional | None = None) -> tuple[Mark, ...]:
        """What the list says is still for me, of the one page on it."""
        listed = await cases.listed(self.house.store, me or self.anna)
        ((case,),) = [found for found in listed.values() if found]
        return case.marks

    async def bea(self) -> Professional:
        return await self.house.professional("bea@example.org")

    async def notices_of(self, me: Professional) -> list[str]:
        """What went to them by mail, oldest first."""
        await self.house.settle()
        return [message.lines[0].text for address, message in self.post.sent if address == me.email]


async def answers(person: Person, views: tuple[str, ...] = FULLY) -> None:
    """From the message in the chat to a yes at the last look."""
    await person.taps("-meeting", "-meeting.yes", *(f"-meeting.{view}" for view in views))
    await person.taps("-meeting.give")


async def has_told(house: House, anna: Professional, sanne: Person) -> Street:
    """Sanne told something and gave it; Anna took it up."""
    post = Post(house.clock.now)
    house.delivery = Delivery(house.store, {"mail": post}, house.clock, steady=house.clock.steady)
    await sanne.starts()
    await sanne.tells("Hij slaapt niet.")
    await sanne.sends()
    await house.work.claim(anna, 1, NOW)
    return Street(house, anna, sanne, post)


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Street]:
    async with World(tmp_path, library(tmp_path)).on() as house:
        anna = await house.professional()
        sanne = Person(house, "sanne")
        yield await has_told(house, anna, sanne)


# --- The whole of it ----------------------------------------------------------------------------


async def test_after_a_talk_both_sides_may_say_how_it_was_and_read_each_other(
    street: Street,
) -> None:
    """Row 32. Nobody reads anything before both are done."""
    assert await street.met() == "met"
    assert await street.sanne.last() == NEUTRAL
    assert await street.sanne.offers() == {"-meeting", "-leave"}

    await street.sanne.taps("-meeting")
    first = await street.sanne.last()
    assert "Anna van Wijkteam Linde schreef op dat jullie elkaar spraken: 21 november." in first
    assert "Anna en het team lezen wat jij zegt. Jij leest wat Anna zegt." in first
    await street.sanne.taps("-meeting.yes")
    assert "Luisterde Anna naar je?" in await street.sanne.last()
    await street.sanne.taps(*["-meeting.fully"] * 3)
    assert "Mogen Anna en het team dit lezen?" in await street.sanne.last()
    await street.sanne.taps("-meeting.give")
    assert "Tot dan leest niemand wat jij zei." in await street.sanne.last()
    (talk,) = await street.beside()
    assert (talk.family, talk.family_views, talk.is_shown) == ("said", (), False)

    assert await street.says() == "said"

    (talk,) = await street.beside()
    assert (talk.family_views, talk.our_views) == (FULLY, PARTLY)
    assert await street.sanne.last() == NEWS
    await street.sanne.taps("-meeting")
    both = await street.sanne.last()
    assert "Of Anna naar je luisterde\nJij: Ja, helemaal\nAnna: Een beetje" in both
    assert "Of Anna je begreep\nJij: Ja, helemaal\nAnna: Nee" in both
    assert "belangrijk vindt\nJij: Ja, helemaal\nAnna: Weet ik niet" in both


async def test_who_answers_last_sees_both_at_once(street: Street) -> None:
    await street.met()
    await street.says()
    (talk,) = await street.beside()
    assert (talk.our_views, talk.may_say, talk.may_leave) == (PARTLY, False, False)
    await street.sanne.taps("-meeting")
    assert "Een beetje" not in await street.sanne.said()

    await street.sanne.taps("-meeting.yes", *["-meeting.fully"] * 3, "-meeting.give")

    assert "Jij: Ja, helemaal\nAnna: Een beetje" in await street.sanne.last()
    assert NEWS not in await street.sanne.said()


async def test_what_stands_in_a_preview_says_nothing(street: Street) -> None:
    await street.met()
    first = await street.sanne.last()
    await answers(street.sanne)
    await street.says()

    assert names_in(first) == set()
    assert names_in(await street.sanne.last()) == set()


async def test_on_telegram_it_is_asked_once_and_a_tap_away(tmp_path: Path) -> None:
    async with (
        telegram_server() as server,
        World(tmp_path, library(tmp_path), server).on() as house,
    ):
        assert house.telegram is not None
        channels: dict[str, Channel] = {
            "telegram": house.telegram.out,
            "mail": Post(house.clock.now),
        }
        steady = house.clock.steady
        house.delivery = Delivery(house.store, channels, house.clock, steady=steady)
        family = Family(server)
        person = Person(house, str(family.number), "telegram")
        anna = await house.professional()
        family.starts("t_linde")
        await house.settle()
        await person.tells("Hij slaapt niet.")
        await person.sends()
        await house.settle()
        await house.work.claim(anna, 1, NOW)
        await Meetings(house.store, house.library).note(anna, 1, TODAY, NOW)
        await house.settle()
        assert family.last.text == NEUTRAL

        family.taps("Laat zien")
        await house.settle()
        for label in ("Ja, dat wil ik", "Nee", "Een beetje", "Sla over", "Ja, dat mag"):
            family.taps(label)
            await house.settle()

    assert "Het is nu wachten op Anna." in family.last.text
    assert sum(NEUTRAL in str(call.params) for call in server.calls_of("sendMessage")) == 1


# --- Rather not ---------------------------------------------------------------------------------


async def test_a_family_that_would_rather_not_is_left_alone(street: Street) -> None:
    await street.met()

    await street.sanne.taps("-meeting", "-meeting.no")

    assert "Dat mag altijd." in await street.sanne.last()
    (talk,) = await street.beside()
    assert (talk.family, talk.is_shown, talk.may_say) == ("passed", True, False)
    assert await street.says() == "gone"
    assert await street.leaves() == "gone"
    assert NEWS not in await street.sanne.said()


async def test_what_the_professional_said_already_is_shown_to_who_says_nothing(
    street: Street,
) -> None:
    await street.met()
    await street.says()

    await street.sanne.taps("-meeting", "-meeting.no")

    assert "Of Anna je begreep\nAnna: Nee" in await street.sanne.last()
    assert "Jij:" not in await street.sanne.last()


async def test_a_professional_may_rather_not_and_the_family_knows_first(street: Street) -> None:
    await street.met()
    assert await street.leaves() == "passed"
    assert await street.says() == "gone"

    await street.sanne.taps("-meeting")
    assert "Anna zegt er zelf liever niets over." in await street.sanne.last()
    assert "Wat jij zegt, lezen Anna en het team dan meteen." in await street.sanne.last()
    await street.sanne.taps("-meeting.yes", *["-meeting.not"] * 3, "-meeting.give")

    (talk,) = await street.beside()
    assert (talk.ours, talk.family_views) == ("passed", ("not", "not", "not"))
    assert "Anna zegt er zelf liever niets over." in await street.sanne.last()


async def test_until_it_is_shown_a_family_can_take_its_answers_away(street: Street) -> None:
    await street.met()
    await answers(street.sanne)
    turn = (await street.sanne.voice()).conversation.turn

    await street.sanne.taps("-meeting.drop")
    await street.sanne.does(Tapped(turn, "-meeting.drop"))

    (talk,) = await street.beside()
    assert (talk.family, talk.family_views) == ("passed", ())


async def test_taking_away_is_too_late_once_the_other_has_read_it(street: Street) -> None:
    await street.met()
    await answers(street.sanne)
    await street.says()

    await street.sanne.taps("-meeting.drop")

    assert "Dat kan nu niet meer." in await street.sanne.last()
    assert "Anna: Een beetje" in await street.sanne.last()
    assert (await street.beside())[0].family_views == FULLY


# --- Once, and from who was there ---------------------------------------------------------------


async def test_nobody_says_it_twice(street: Street) -> None:
    await street.met()
    await street.sanne.taps("-meeting", "-meeting.yes", *["-meeting.fully"] * 3)
    turn = (await street.sanne.voice()).conversation.turn
    await street.sanne.does(Tapped(turn, "-meeting.give"), Tapped(turn, "-meeting.give"))
    assert "Die knop hoort bij een eerdere vraag." in await street.sanne.last()
    await street.says()

    assert await street.says("fully", "fully", "fully") == "gone"

    assert (await street.beside())[0].our_views == PARTLY
    assert (await street.sanne.said()).count(NEWS) == 1


async def test_a_colleague_reads_along_and_says_nothing_of_it(street: Street) -> None:
    bea = await street.bea()
    await street.met()
    await street.says()
    (talk,) = await street.beside(me=bea)
    assert (talk.our_views, talk.ours, talk.may_say, talk.may_leave) == ((), "said", False, False)

    assert await street.says(me=bea) == "gone"
    assert await street.leaves(me=bea) == "gone"
    assert await street.met(me=bea) == "gone"


async def test_a_talk_is_noted_by_who_has_the_page_on_a_day_that_can_be(street: Street) -> None:
    note, now = street.deeds.note, street.now

    for day in (None, date(2025, 11, 20), date(2025, 11, 22)):
        assert await note(street.anna, 1, day, now) == "no day"

    assert await street.beside() == ()
    assert await note(street.anna, 1, TODAY, now) == "met"
    with pytest.raises(NotYoursError):
        await note(street.anna, 2, TODAY, now)


async def test_a_next_talk_is_noted_when_nothing_waits(street: Street) -> None:
    await street.met()
    assert not (await street.opens()).may_meet
    assert await street.met() == "waits"
    await answers(street.sanne)
    street.house.clock.time += 2 * DAY
    assert await street.met() == "waits", "the family said something, and that comes first"
    await street.says()
    assert (await street.opens()).may_meet

    assert await street.met() == "met"

    first, second = await street.beside()
    assert (first.is_shown, second.family) == (True, "open")
    await street.sanne.taps("-meeting")
    assert "Wil je er iets over zeggen?" in await street.sanne.last()


async def test_a_talk_of_which_nothing_was_said_makes_way_for_the_next_a_day_later(
    street: Street,
) -> None:
    await street.met()
    await street.says()
    await street.sanne.taps("-meeting", "-meeting.yes", *["-meeting.not"] * 3)
    street.house.clock.time += DAY

    assert await street.met() == "met"
    await street.sanne.taps("-meeting.give")

    assert len(await street.beside()) == 1
    assert "Dat kan nu niet meer." in await street.sanne.last()
    assert "Wil je er iets over zeggen?" in await street.sanne.last()


@pytest.mark.parametrize(
    ("views", "outcome"),
    [
        (("skipped",) * 3, "nothing said"),
        (("skipped", "skipped", "fully"), "said"),
        (("fully", "fully"), "gone"),
        (("fully", "fully", "10"), "gone"),
        ((), "gone"),
    ],
)
async def test_what_is_said_is_one_of_a_few_words(
    street: Street, views: tuple[str, ...], outcome: Outcome
) -> None:
    await street.met()
    (talk,) = await street.beside()

    said = await street.deeds.say(street.anna, 1, talk.id, views, street.now)

    assert said == outcome
    assert await street.deeds.say(street.anna, 1, talk.id + 1, FULLY, street.now) == "gone"
    assert await street.deeds.leave(street.anna, 1, talk.id + 1, street.now) == "gone"


# --- What is still for me, in the list ----------------------------------------------------------


async def test_the_list_says_that_i_can_still_say_how_it_was_until_i_did(street: Street) -> None:
    assert await street.marks() == ()
    await street.met()
    assert await street.marks() == ("say",)
    await street.opens()
    await answers(street.sanne)
    assert await street.marks() == ("say",), "looking is not answering"

    await street.says()
    await street.opens()

    assert await street.marks() == ()


async def test_rather_not_is_an_answer_too(street: Street) -> None:
    await street.met()

    await street.leaves()

    assert await street.marks() == ()


async def test_the_list_says_that_both_can_be_read_until_who_was_there_did(street: Street) -> None:
    bea = await street.bea()
    await street.met()
    await street.says()
    assert await street.marks() == (), "the family said nothing yet"
    await answers(street.sanne)
    assert await street.marks(bea) == ()
    await street.opens(me=bea)
    await reading.opened(street.house.store, street.anna, 1, street.now, "page taken as text")
    assert await street.marks() == ("read",), "neither a colleague nor a copy is a look at it"

    first, second = [(await street.beside())[0].is_news for _ in range(2)]

    assert (first, second) == (True, False)
    assert await street.marks() == ()


async def test_a_family_that_would_rather_not_leaves_nothing_to_say_or_to_read(
    street: Street,
) -> None:
    await street.met()
    await street.sanne.taps("-meeting", "-meeting.no")

    assert await street.marks() == ()


async def test_what_is_to_be_read_goes_to_who_has_the_page_when_who_was_there_is_gone(
    street: Street,
) -> None:
    bea = await street.bea()
    await street.met()
    await answers(street.sanne)
    await street.house.work.take_over(bea, 1, street.now, holder=street.anna.id)
    assert await street.marks(bea) == ()
    await joining.remove(street.house.store, street.anna.email, street.now)
    assert await street.marks(bea) == ("leave",)
    (talk,) = await street.beside(me=bea)

    await street.deeds.leave(bea, 1, talk.id, street.now)

    assert await street.marks(bea) == ("read",)
    await street.opens(me=bea)
    assert await street.marks(bea) == ()


async def test_of_an_earlier_talk_and_a_later_one_both_are_told(street: Street) -> None:
    await street.met()
    await street.says()
    await answers(street.sanne)

    assert await street.met() == "met"

    assert await street.marks() == ("say", "read")


async def test_a_damaged_talk_hides_nothing_of_the_list(
    street: Street, caplog: pytest.LogCaptureFixture
) -> None:
    await street.met()
    await street.house.store.write(lambda tx: tx.run("update meeting set body = x'00'"))

    assert await street.marks() == ()

    assert "meeting 1 cannot be opened" in caplog.text


# --- Several voices -----------------------------------------------------------------------------


async def test_of_several_voices_each_is_asked_apart_and_sees_its_own(street: Street) -> None:
    noor = await street.tells("noor", kind="young")
    bouke = await street.tells("bouke", kind="parent")
    await street.house.work.claim(street.anna, 2, NOW)
    await street.met(1)
    await street.met(2)
    assert NEUTRAL not in await bouke.said()
    assert (await street.opens(1)).met != (await street.opens(2)).met

    await noor.taps("-meeting", "-meeting.yes")
    assert "Luisterde Anna echt naar je?" in await noor.last()
    await noor.taps(*["-meeting.not"] * 3, "-meeting.give")
    await answers(street.sanne)
    await street.says(*FULLY, page=1)
    await street.says(*PARTLY, page=2)
    await street.sanne.taps("-meeting")
    await noor.taps("-meeting")

    assert "Jij: Ja, helemaal\nAnna: Ja, helemaal" in await street.sanne.last()
    assert "Jij: Nee\nAnna: Een beetje" in await noor.last()
    assert "Jij: Nee" not in await street.sanne.said()
    assert "Jij: Ja" not in await noor.said()
    await bouke.asks("meeting")
    assert "Er is nu geen gesprek om iets over te zeggen." in await bouke.last()


async def test_a_forged_number_of_anothers_talk_changes_nothing(street: Street) -> None:
    noor = await street.tells("noor")
    await street.house.work.claim(street.anna, 2, NOW)
    await street.met(1)
    await street.met(2)
    (other,) = await street.beside(2)

    assert await street.deeds.say(street.anna, 1, other.id, FULLY, street.now) == "gone"
    await noor.taps("-meeting", "-meeting.no")

    assert (await street.beside(1))[0].family == "open"
    assert (await street.beside(2))[0].family == "passed"


# --- What becomes of it -------------------------------------------------------------------------


async def test_who_erases_themselves_takes_the_talk_along(street: Street) -> None:
    await street.met()
    await answers(street.sanne)
    await street.sanne.asks("erase")
    await street.sanne.taps("-erase.yes")

    with pytest.raises(NotYoursError):
        await street.deeds.say(street.anna, 1, 1, FULLY, street.now)
    rows = await street.house.store.read(lambda tx: tx.rows("select 1 from meeting"))
    assert rows == []


async def test_a_page_that_goes_takes_the_talk_along(street: Street) -> None:
    await street.met()
    await street.sanne.taps("-meeting", "-meeting.yes", *["-meeting.fully"] * 3)
    await street.house.work.close(street.anna, 1, street.now)
    retention = Retention(street.house.store, {})
    street.house.clock.time += 31 * DAY

    await retention.visit(ClockGuard(street.now, 0.0), street.now, 0.0)
    await street.sanne.taps("-meeting.give")

    rows = await street.house.store.read(lambda tx: tx.rows("select 1 from meeting"))
    assert rows == []


async def test_a_page_that_is_gone_leaves_nothing_to_say(street: Street) -> None:
    await street.met()
    await street.sanne.taps("-meeting", "-meeting.yes", *["-meeting.fully"] * 3)
    await street.house.store.write(lambda tx: family_pages.take_back(tx, 1, street.now))

    await street.sanne.taps("-meeting.give")

    assert "Er is nu geen gesprek om iets over te zeggen." in await street.sanne.last()


async def test_a_page_that_was_asked_back_takes_no_new_talk(street: Street) -> None:
    await street.opens()
    await street.sanne.asks("page")
    await street.sanne.taps("-withdraw", "-withdraw.yes")

    assert await street.met() == "gone"
    assert not (await street.opens()).may_meet


async def test_without_a_chat_there_is_nobody_to_ask(street: Street) -> None:
    await street.house.store.write(lambda tx: tx.run("update voice set key = zeroblob(72)"))

    assert await street.met() == "gone"
    assert not (await street.opens()).may_meet


async def test_when_who_was_there_is_gone_a_colleague_can_let_it_be(street: Street) -> None:
    bea = await street.bea()
    await street.met()
    await answers(street.sanne)
    await street.house.work.take_over(bea, 1, street.now, holder=street.anna.id)
    (talk,) = await street.beside(me=bea)
    assert (talk.may_say, talk.may_leave) == (False, False)
    await joining.remove(street.house.store, street.anna.email, street.now)
    (talk,) = await street.beside(me=bea)
    assert (talk.may_say, talk.may_leave) == (False, True)

    assert await street.deeds.leave(bea, 1, talk.id, street.now) == "passed"

    (talk,) = await street.beside(me=bea)
    assert talk.family_views == FULLY
    await street.sanne.taps("-meeting")
    assert "Anna zegt er zelf liever niets over." in await street.sanne.last()


async def test_someone_whose_name_is_gone_is_the_team(street: Street) -> None:
    await street.met()
    await street.house.store.write(lambda tx: tx.run("delete from professional"))

    await street.sanne.taps("-meeting", "-meeting.yes")

    assert "Luisterde Wijkteam Linde naar je?" in await street.sanne.last()


async def test_who_was_there_gets_word_and_their_colleagues_do_not(street: Street) -> None:
    bea = await street.bea()
    await street.met()
    before = len(await street.notices_of(bea))

    await answers(street.sanne)

    assert (await street.notices_of(street.anna))[-1] == notices.MEETING
    assert len(await street.notices_of(bea)) == before
    assert names_in(notices.MEETING) <= {"gesprek"}


async def test_word_goes_to_who_has_the_page_when_who_was_there_is_gone(street: Street) -> None:
    bea = await street.bea()
    await street.met()
    await street.house.work.take_over(bea, 1, street.now, holder=street.anna.id)
    await joining.remove(street.house.store, street.anna.email, street.now)

    await answers(street.sanne)

    assert (await street.notices_of(bea))[-1] == notices.MEETING


# --- Coming back --------------------------------------------------------------------------------


async def test_who_stopped_half_way_goes_on_there_after_a_restart(tmp_path: Path) -> None:
    world = World(tmp_path, library(tmp_path))
    async with world.on() as house:
        anna, sanne = await house.professional(), Person(house, "sanne")
        street = await has_told(house, anna, sanne)
        await street.met()
        await sanne.taps("-meeting", "-meeting.yes", "-meeting.fully")
    async with world.on() as house:
        sanne = Person(house, "sanne")
        await sanne.taps("-meeting.not")
        await sanne.does(Asked("leave"))
        await sanne.taps("-meeting")
        assert "Telde mee wat jij belangrijk vindt?" in await sanne.last()
        await sanne.taps("-meeting.skipped", "-meeting.give")
        street = Street(house, anna, sanne, Post(house.clock.now))
        await street.says()

        (talk,) = await street.beside()

    assert talk.family_views == ("fully", "not", "skipped")


async def test_my_page_leads_to_it_when_the_message_is_gone(street: Street) -> None:
    await street.sanne.asks("page")
    assert "-meeting" not in await street.sanne.offers()
    await street.met()

    await street.sanne.asks("page")

    assert "-meeting" in await street.sanne.offers()


async def test_all_my_data_has_what_i_said_and_what_was_shown_to_me(street: Street) -> None:
    async def mine() -> str:
        voice = await street.sanne.voice()
        readers = street.house.conversations._readers
        return await street.house.store.read(lambda tx: readers.mine(tx, voice, street.now))

    await street.met()
    await street.sanne.taps("-meeting", "-meeting.yes", "-meeting.unsure")
    assert "Of Anna naar je luisterde: Weet ik niet" in await mine()
    await street.sanne.taps("-meeting.fully", "-meeting.fully", "-meeting.give")
    await street.leaves()
    kept = await mine()

    assert "Jullie gesprek van 21 november" in kept
    assert "Jij: Weet ik niet" in kept
    assert "Anna:" not in kept


async def test_all_my_data_has_nothing_of_the_other_before_it_is_shown(street: Street) -> None:
    async def mine() -> str:
        voice = await street.sanne.voice()
        readers = street.house.conversations._readers
        return await street.house.store.read(lambda tx: readers.mine(tx, voice, street.now))

    await street.met()
    await street.says()
    assert "Een beetje" not in await mine()
    await answers(street.sanne)

    assert "Jij: Ja, helemaal\nAnna: Een beetje" in await mine()


# --- On the disk --------------------------------------------------------------------------------


@pytest.mark.parametrize(("vault", "is_found"), [(Vault, False), (Unsealed, True)])
async def test_nothing_that_was_said_can_be_read_on_the_disk(
    tmp_path: Path, vault: type[Vault], *, is_found: bool
) -> None:
    vault.create(tmp_path)
    async with World(tmp_path, library(tmp_path), vault=vault).on() as house:
        anna, sanne = await house.professional(), Person(house, "sanne")
        street = await has_told(house, anna, sanne)
        await street.met()
        await answers(sanne)
        await street.says()
        disk = on_disk(tmp_path)

    assert (b'"partly"' in disk) == is_found


def on_disk(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("samenspraak.db*"))


DEED = """
import asyncio, sys
from pathlib import Path
from bot.library import Library, authored_folders
from tests.gathering import Person
from tests.test_after_talk import here
from tests.world import NOW, World
from bot.storage import professionals

async def live(folder, who):
    async with World(folder, here(folder)).on() as house:
        if who == "family":
            await Person(house, "sanne").taps("-meeting.give")
        else:
            from bot.professionals.meetings import Meetings
            found = await house.store.read(lambda tx: professionals.by_id(tx, [1]))
            said = ("partly", "not", "unsure")
            await Meetings(house.store, house.library).say(found[1], 1, 1, said, NOW)

asyncio.run(live(Path(sys.argv[1]), sys.argv[2]))
"""


def here(folder: Path) -> Library:
    """What was authored in ``folder`` before."""
    read = Library.read(
        folder / "dialogen", folder / "locales", authored_folders().dialogues / "teams"
    )
    assert isinstance(read, Library)
    return read


@pytest.mark.parametrize("who", ["family", "professional"])
@pytest.mark.parametrize("point", ["write.before_commit", "write.after_commit"])
async def test_killed_at_the_worst_moment_it_was_said_whole_or_not_at_all(
    tmp_path: Path, who: str, point: str
) -> None:
    world = World(tmp_path, library(tmp_path))
    async with world.on() as house:
        anna, sanne = await house.professional(), Person(house, "sanne")
        street = await has_told(house, anna, sanne)
        await street.met()
        await sanne.taps("-meeting", "-meeting.yes", *["-meeting.fully"] * 3)
        if who == "family":
            await street.says()
        else:
            await sanne.taps("-meeting.give")
    environment = {**os.environ, VARIABLE: f"{point}:2"}  # the first write opens the house

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", DEED, str(tmp_path), who), env=environment, cwd=ROOT
    )

    assert await process.wait() == -signal.SIGKILL
    async with world.on() as house:
        sanne = Person(house, "sanne")
        street = Street(house, anna, sanne, Post(house.clock.now))
        was_said = point == "write.after_commit"
        (talk,) = await street.beside()
        assert talk.is_shown == was_said
        assert (NEWS in await sanne.said()) == (was_said and who == "professional")
        if not was_said:
            await (sanne.taps("-meeting.give") if who == "family" else street.says())
        (talk,) = await street.beside()
        assert (talk.family_views, talk.our_views) == (FULLY, PARTLY)
