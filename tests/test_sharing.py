"""One voice shares some of its own answers with another, item by item, in the whole house."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from bot.conversations import Incoming
from bot.dialogue.events import Tapped
from bot.dialogue.shareable import shareable
from bot.families.sharing import MOST
from bot.families.talk import DAY
from bot.retention import Retention
from bot.storage import shares
from bot.storage import store as the_store
from tests.gathering import HERE, Person, library
from tests.telegram_family import Family
from tests.telegram_server import telegram_server
from tests.test_theft import CANARIES_TALK, Canaries, answers_everything
from tests.world import House, World

TOLD, HOPE = "Hij slaapt al weken niet.", "Een nacht doorslapen."
NOTICE = "Iemand heeft iets met je gedeeld."


class StoppedError(Exception):
    """The machine stops here."""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    books = replace(library(tmp_path), site=HERE, bot="samen_bot")
    async with World(tmp_path, books).on() as built:
        yield built


@pytest.fixture
async def sanne(house: House) -> Person:
    """A parent who told and sent."""
    person = Person(house, "sanne")
    await person.starts()
    await person.tells(TOLD, "oma", hope=HOPE)
    await person.sends()
    return person


@pytest.fixture
async def ben(house: House, sanne: Person) -> Person:
    """The other parent, who came by her invitation and told nothing yet."""
    person = Person(house, "ben")
    await person.opens(await sanne.invites("parent"))
    return person


async def test_what_was_chosen_is_read_by_the_other_and_nothing_else(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)

    assert NOTICE in await ben.said()
    assert TOLD not in await ben.said()
    await ben.looks()

    read = await ben.said()
    assert TOLD in read
    assert HOPE not in read
    assert "oma" not in read


async def test_the_reader_reads_what_the_sharer_saw_before_saying_yes(
    sanne: Person, ben: Person
) -> None:
    await sanne.sees_the_list()
    await sanne.picks("-give")
    await sanne.taps("-give_item.1", "-give_item.3", "-give_show")
    shown = [line.text for line in (await sanne.heard())[-1].lines]
    await sanne.taps("-give_yes")
    await ben.looks()

    theirs = (await ben.heard())[-2]
    assert [line.text for line in theirs.lines][1:] == shown[1:-2]
    assert {line.role for line in theirs.lines[1:]} == {"heading", "quote"}


async def test_the_reader_knows_before_looking_that_it_is_told(sanne: Person, ben: Person) -> None:
    await sanne.shares(1)
    await ben.taps(await ben.offered("-shared"))
    assert "Dan ziet de ander dat je keek." in await ben.last()
    await sanne.sees_the_list()
    assert "Nog niet bekeken." in await sanne.last()

    await ben.taps("-on")
    await sanne.sees_the_list()
    assert "Nog niet bekeken." in await sanne.last()
    assert TOLD not in await ben.said()

    await ben.looks()
    await sanne.sees_the_list()
    assert "Bekeken op " in await sanne.last()
    assert not any(code.startswith("-unshare") for code in await sanne.offers())


async def test_the_store_shows_a_share_to_its_reader_alone(
    house: House, sanne: Person, ben: Person
) -> None:
    """Whatever the screens offer: whoever it is not for gets nothing, and looked at nothing."""
    await sanne.shares(1)
    stranger = Person(house, "joop")
    await stranger.starts()
    reader, others = await ben.voice(), (await sanne.voice(), await stranger.voice())
    (share,) = await house.store.read(lambda tx: shares.got(tx, reader.id))

    for other in others:
        seen = await house.store.write(partial(shares.look, reader=other, share=share.share, now=1))
        assert seen is None
    (unlooked,) = await house.store.read(lambda tx: shares.got(tx, reader.id))
    assert unlooked.looked is None
    body = await house.store.write(partial(shares.look, reader=reader, share=share.share, now=1))
    assert body is not None


async def test_it_can_be_taken_back_until_it_was_looked_at(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await sanne.takes_back()

    assert (await sanne.last()).startswith("Het is terug.")
    assert NOTICE not in await ben.said()
    await ben.sees_the_list()
    assert "Met jou gedeeld" not in await ben.last()
    (row,) = await house.store.read(lambda tx: tx.rows("select own, body, taken_back from share"))
    assert tuple(row) == (None, None, 1)


async def test_who_looks_while_it_is_taken_back_has_looked(sanne: Person, ben: Person) -> None:
    await sanne.shares(1)
    await sanne.sees_the_list()
    await sanne.picks("-unshare")

    await ben.looks()
    await sanne.taps("-unshare_yes")

    assert (await sanne.last()).startswith("De ander keek net al.")
    assert TOLD in await ben.said()


async def test_who_looks_after_it_was_taken_back_reads_that_it_is_gone(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    notice = await ben.offered("-shared")
    await ben.taps(notice)
    await sanne.takes_back()

    await ben.taps("-look")
    assert (await ben.last()).startswith("Dit is er niet meer.")
    await ben.taps(notice)
    assert (await ben.last()).startswith("Dit is er niet meer.")
    assert TOLD not in await ben.said()


async def test_who_came_by_an_invitation_shares_with_whoever_invited_them(
    sanne: Person, ben: Person
) -> None:
    await ben.tells("Ik zie het anders.")
    await ben.sends()

    await ben.shares(1)
    await sanne.looks()

    assert "wie jou uitnodigde" in await ben.said()
    assert "Gedeeld door de andere ouder." in await sanne.said()
    assert "Ik zie het anders." in await sanne.said()


async def test_nobody_learns_whether_an_invitation_was_used(house: House, sanne: Person) -> None:
    """Whatever became of the invitation, who made it reads the same at every step."""

    async def reads() -> list[str]:
        await sanne.sees_the_list()
        read = [await sanne.last(), *sorted(await sanne.offers())]
        await sanne.shares(1)
        read.append(await sanne.last())
        await sanne.takes_back()
        return [*read, await sanne.last()]

    token = await sanne.invites("parent")
    unused = await reads()
    house.clock.time += DAY
    ben = Person(house, "ben")
    await ben.opens(token)
    came = await reads()
    await ben.tells("Ik zie het anders.")
    await ben.sends()
    house.clock.time += DAY
    sent = await reads()
    await ben.asks("erase")
    await ben.taps("-erase.yes")
    house.clock.time += DAY
    erased = await reads()

    def without(read: list[str]) -> list[str]:
        """Without the day, and the number of what was shared."""
        return [re.sub(r"\d+ november|\.\d+", "", line) for line in read]

    assert without(unused) == without(came) == without(sent) == without(erased)


async def test_what_is_shared_before_the_other_comes_waits_for_them(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("young")
    await sanne.shares(1)
    await sanne.shares(3)
    mila = Person(house, "mila")

    await mila.opens(token)

    heard = [message.lines[0].text for message in await mila.heard()]
    assert heard[0].startswith("Ik ben een computerprogramma")
    assert heard[-1].startswith(NOTICE)
    assert sum(each.startswith(NOTICE) for each in heard) == 1
    await mila.sees_the_list()
    assert (await mila.last()).count("Met jou gedeeld door wie jou uitnodigde") == 2
    await mila.looks()
    assert TOLD in await mila.said()


async def test_what_waited_and_was_taken_back_is_not_there_for_who_comes(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("young")
    await sanne.shares(1)
    await sanne.takes_back()
    mila = Person(house, "mila")

    await mila.opens(token)

    assert NOTICE not in await mila.said()
    await mila.sees_the_list()
    assert "Met jou gedeeld" not in await mila.last()


async def test_two_who_were_invited_do_not_meet_each_other(
    house: House, sanne: Person, ben: Person
) -> None:
    mila = Person(house, "mila")
    await mila.opens(await sanne.invites("young"))
    await mila.tells("Ik wil rust.")
    await mila.sends()

    await mila.sees_the_list()
    assert len([code for code in await mila.offers() if code.startswith("-give.")]) == 1
    await mila.shares(2)

    assert NOTICE not in await ben.said()
    assert NOTICE in await sanne.said()


async def test_who_shares_with_two_who_are_called_alike_sees_them_apart(
    house: House, sanne: Person
) -> None:
    tokens = []
    for _ in range(2):
        tokens.append(await sanne.invites("child"))
        house.clock.time += DAY
    await sanne.sees_the_list()

    buttons = [
        key.label
        for row in (await sanne.heard())[-1].rows
        for key in row
        if key.code.startswith("-give.")
    ]
    assert len(set(buttons)) == 2
    assert all(label.startswith("Deel met je kind, uitgenodigd op ") for label in buttons)


async def test_who_erases_takes_away_what_they_shared(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await ben.looks()
    assert TOLD in await ben.said()

    await sanne.asks("erase")
    await sanne.taps("-erase.yes")

    assert TOLD not in await ben.said()
    assert NOTICE not in await ben.said()
    await ben.sees_the_list()
    assert "Met jou gedeeld" not in await ben.last()
    assert await count(house, "share") == 0


async def test_who_got_something_and_erases_leaves_no_word_of_it_and_no_trace(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await sanne.sees_the_list()
    before = await sanne.last()

    await ben.asks("erase")
    await ben.taps("-erase.yes")

    (row,) = await house.store.read(lambda tx: tx.rows("select reader, body from share"))
    assert tuple(row) == (None, None)
    await sanne.sees_the_list()
    assert await sanne.last() == before


async def test_who_is_past_their_term_takes_along_what_they_shared(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await ben.looks()
    await house.store.write(lambda tx: tx.run("delete from page"))
    house.clock.time += 40 * DAY
    await ben.writes("Ik ben er nog.")

    retention = Retention(house.store, {})
    await retention.delete(await retention.due(house.clock.now()), house.clock.now())

    assert not await sanne.is_known()
    assert TOLD not in await ben.said()
    assert await count(house, "share") == 0


async def test_who_took_their_page_back_shares_nothing_new(sanne: Person, ben: Person) -> None:
    await sanne.shares(1)
    await sanne.asks("page")
    await sanne.taps("-withdraw", "-withdraw.yes")

    await sanne.sees_the_list()

    assert "Daarvan is nu niets om te delen." in await sanne.last()
    assert not any(code.startswith("-give") for code in await sanne.offers())
    await sanne.takes_back()
    assert NOTICE not in await ben.said()


async def test_who_does_not_want_it_puts_it_away_without_the_other_knowing(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await sanne.sees_the_list()
    before = await sanne.last()
    await ben.taps(await ben.offered("-shared"))

    await ben.taps("-drop")

    assert NOTICE not in await ben.said()
    assert "Met jou gedeeld" not in await ben.last()
    (row,) = await house.store.read(lambda tx: tx.rows("select body from share"))
    assert row["body"] is None
    await sanne.sees_the_list()
    assert await sanne.last() == before


async def test_what_was_read_goes_out_of_the_chat_when_it_is_put_away(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await ben.looks()

    await ben.taps("-drop")

    assert TOLD not in await ben.said()


async def test_looking_and_putting_away_in_one_batch_leaves_nothing_in_the_chat(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await ben.taps(await ben.offered("-shared"))
    turn = (await ben.voice()).conversation.turn

    await ben.does(Tapped(turn, "-look"), Tapped(turn + 1, "-drop"))

    assert TOLD not in await ben.said()


@pytest.mark.usefixtures("ben")
@pytest.mark.parametrize("code", ["-look", "-drop", "-unshare_yes", "-give_yes", "-shared.1"])
async def test_what_is_not_theirs_is_nothing_to_them(
    house: House, sanne: Person, code: str
) -> None:
    """A stranger, and another voice of the case, with the codes of who it is for."""
    await sanne.shares(1)
    eva, mila = Person(house, "eva"), Person(house, "mila")
    await eva.starts()
    await mila.opens(await sanne.invites("young"))
    before = await house.store.read(lambda tx: tx.rows("select * from share"))

    for person in (eva, mila):
        await person.taps("-shared.1")
        await person.taps(code)
        assert TOLD not in await person.said()

    after = await house.store.read(lambda tx: tx.rows("select * from share"))
    assert [tuple(row) for row in before] == [tuple(row) for row in after]


async def test_over_a_tie_that_is_not_there_nothing_is_shared(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.sees_the_list()
    await sanne.picks("-give")
    await sanne.taps("-give_item.1", "-give_show")
    await house.store.write(lambda tx: tx.run("delete from tie"))

    await sanne.taps("-give_yes")

    assert (await sanne.last()).startswith("Dit is er niet meer.")
    assert NOTICE not in await ben.said()


async def test_what_was_taken_back_can_be_put_away_without_a_word(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await ben.taps(await ben.offered("-shared"))
    await sanne.takes_back()

    await ben.taps("-drop")

    assert (await ben.last()).startswith("Dit is er niet meer.")


async def test_what_cannot_be_opened_keeps_nobody_out(house: House, sanne: Person) -> None:
    token = await sanne.invites("young")
    await sanne.shares(1)
    await house.store.write(lambda tx: tx.run("update share set own = zeroblob(300)"))
    mila = Person(house, "mila")

    await mila.opens(token)

    assert await mila.is_known()
    assert NOTICE not in await mila.said()


async def test_so_much_can_be_shared_with_one_person_in_a_day(
    house: House, sanne: Person, ben: Person
) -> None:
    for _ in range(MOST):
        await sanne.shares(1)
        await sanne.takes_back()

    await sanne.shares(1)
    assert (await sanne.last()).startswith("Je deelde vandaag al vaak iets")
    assert NOTICE not in await ben.said()

    house.clock.time += DAY
    await sanne.shares(1)
    assert NOTICE in await ben.said()


async def test_a_yes_that_comes_twice_shares_once(house: House, sanne: Person, ben: Person) -> None:
    await sanne.sees_the_list()
    await sanne.picks("-give")
    await sanne.taps("-give_item.1", "-give_show")
    yes = Tapped((await sanne.voice()).conversation.turn, "-give_yes")
    came = Incoming(sanne.chat, 77, yes)

    await house.conversations.receive([came], house.clock.now())
    await house.conversations.receive([came], house.clock.now())
    await sanne.does(yes)

    assert await count(house, "share") == 1
    assert (await ben.said()).count(NOTICE) == 1


@pytest.mark.parametrize("point", ["write.before_commit", "write.after_commit"])
async def test_a_stop_at_the_worst_moment_shares_it_once_or_not_yet(
    house: House,
    sanne: Person,
    ben: Person,
    monkeypatch: pytest.MonkeyPatch,
    point: str,
) -> None:
    """The channel brings the same tap again, as after any stop."""
    await sanne.sees_the_list()
    await sanne.picks("-give")
    await sanne.taps("-give_item.1", "-give_show")
    yes = Tapped((await sanne.voice()).conversation.turn, "-give_yes")
    came = [Incoming(sanne.chat, 77, yes)]

    def stops(name: str) -> None:
        if name == point:
            raise StoppedError

    monkeypatch.setattr(the_store, "fail_point", stops)
    with pytest.raises(StoppedError):
        await house.conversations.receive(came, house.clock.now())
    monkeypatch.undo()
    assert await count(house, "share") == (point == "write.after_commit")
    await house.conversations.receive(came, house.clock.now())

    assert await count(house, "share") == 1
    assert (await ben.said()).count(NOTICE) == 1


async def test_what_was_shared_is_in_the_file_of_both_once_it_was_looked_at(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    assert TOLD in await sanne.file()
    assert "Gedeeld met de andere ouder" in await sanne.file()
    unseen = await ben.file()
    assert "Met jou gedeeld door wie jou uitnodigde" in unseen
    assert "Je hebt hier nog niet naar gekeken." in unseen
    assert TOLD not in unseen

    await ben.looks()

    assert TOLD in await ben.file()
    assert HOPE not in await ben.file()


async def test_buttons_are_read_in_the_readers_language_and_words_as_they_were_typed(
    tmp_path: Path,
) -> None:
    async with World(tmp_path, limits=CANARIES_TALK).on() as house:
        sanne, ben = Person(house, "sanne"), Person(house, "ben")
        await sanne.starts()
        await answers_everything(house, "web", "sanne", Canaries())
        await ben.opens(await sanne.invites("parent"))
        await ben.asks("language")
        await ben.taps("-lang.en")
        conversation = (await sanne.voice()).conversation
        dialogue = house.library.dialogues[conversation.dialogue]
        names = [item.question for item in shareable(dialogue, conversation)]

        await sanne.shares(names.index("over_wie") + 1, names.index("vertel") + 1)
        await ben.looks()

        read = await ben.said()
        assert "Someone shared something with you." in read
        assert "Shared by whoever invited you." in read
        assert "My child" in read
        assert "kanarie" in read
        assert "Mijn kind" not in read


async def test_who_left_their_chat_is_asked_first(sanne: Person, ben: Person) -> None:
    await ben.asks("leave")
    await sanne.shares(1)

    await ben.taps(await ben.offered("-shared"))

    assert "-look" not in await ben.offers()
    await ben.taps("-on")
    await ben.looks()
    assert TOLD in await ben.said()


async def test_what_is_shared_with_who_went_on_elsewhere_waits(
    house: House, sanne: Person, ben: Person
) -> None:
    eva = Person(house, "eva")
    await eva.starts()
    await ben.opens(await eva.invites("parent"))
    await ben.taps(*[code for code in await ben.offers() if code == "-join"])

    await sanne.shares(1)

    assert NOTICE not in await ben.said()
    await ben.sees_the_list()
    assert "Met jou gedeeld" not in await ben.last()


async def goes_on_elsewhere(person: Person) -> None:
    """To the case of somebody else, by their invitation."""
    eva = Person(person.house, "eva")
    await eva.starts()
    await person.opens(await eva.invites("parent"))
    await person.taps("-join")


async def test_who_went_on_elsewhere_can_take_back_what_they_shared_before(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    before = (await sanne.voice()).case
    await goes_on_elsewhere(sanne)
    assert (await sanne.voice()).case != before

    await sanne.sees_the_list()
    shown = await sanne.last()
    await sanne.takes_back()

    assert "In een eerder gesprek hier deelde je iets, op " in shown
    assert "Nog niet bekeken." in shown
    assert not any(words in shown for words in ("de andere ouder", "Waar ik mee zit", TOLD))
    assert (await sanne.last()).startswith("Het is terug.")
    assert "In een eerder gesprek" not in await sanne.last()
    assert NOTICE not in await ben.said()
    (row,) = await house.store.read(lambda tx: tx.rows("select own, body, taken_back from share"))
    assert tuple(row) == (None, None, 1)


async def test_who_went_on_elsewhere_is_told_what_was_looked_at_and_cannot_be_taken_back(
    sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await goes_on_elsewhere(sanne)
    await sanne.sees_the_list()
    await sanne.picks("-unshare")

    await ben.looks()
    await sanne.taps("-unshare_yes")

    assert (await sanne.last()).startswith("De ander keek net al.")
    assert "Bekeken op " in await sanne.last()
    assert not any(code.startswith("-unshare") for code in await sanne.offers())
    assert TOLD in await ben.said()


async def test_what_waited_for_someone_new_is_taken_back_from_elsewhere_too(
    house: House, sanne: Person
) -> None:
    token = await sanne.invites("young")
    await sanne.shares(1)
    await goes_on_elsewhere(sanne)

    await sanne.takes_back()

    mila = Person(house, "mila")
    await mila.opens(token)
    assert NOTICE not in await mila.said()


async def test_another_voice_of_the_new_case_and_of_the_old_takes_nothing_back(
    house: House, sanne: Person, ben: Person
) -> None:
    await sanne.shares(1)
    await goes_on_elsewhere(sanne)
    (share,) = await house.store.read(lambda tx: tx.rows("select id from share"))

    for address in ("eva", "ben"):
        other = await Person(house, address).voice()
        assert await house.store.read(partial(shares.earlier, voice=other.id)) == ()
        back = partial(shares.take_back, sharer=other.id, share=share["id"], now=1)
        assert not await house.store.write(back)
    await ben.looks()
    assert TOLD in await ben.said()


async def test_words_of_a_dialogue_that_went_are_read_as_the_sharer_read_them(
    tmp_path: Path,
) -> None:
    world = World(tmp_path, library(tmp_path / "before"))
    async with world.on() as house:
        mila = Person(house, "mila")
        await mila.starts("j_linde")
        await mila.tells("Ik wil rust.")
        await mila.sends()
        await Person(house, "sanne").opens(await mila.invites("parent"))
        await mila.shares(1, 2)
    world.books = library(tmp_path / "after", "ouder")
    async with world.on() as house:
        sanne = Person(house, "sanne")
        await sanne.looks()

        assert "Leeftijd" in await sanne.said()
        assert "Ik wil rust." in await sanne.said()


async def test_the_desk_shows_nothing_of_it(house: House, sanne: Person, ben: Person) -> None:
    await sanne.shares(1)
    await ben.looks()

    rows = await house.store.read(
        lambda tx: tx.rows("select count(*) as n from message where professional is not null")
    )
    audited = await house.store.read(lambda tx: tx.rows("select distinct what from audit"))
    assert rows[0]["n"] == 0
    assert {row["what"] for row in audited} == {"page listed"}


# --- On Telegram --------------------------------------------------------------------------------


async def test_on_telegram_it_is_one_neutral_message_and_goes_when_the_sharer_erases(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        books = replace(library(tmp_path / "books"), site=HERE, bot="samen_bot")
        async with World(tmp_path, books, server).on() as house:
            sanne, ben = Person(house, "sanne"), Family(server, 5552)
            await sanne.starts()
            await sanne.tells(TOLD, hope=HOPE)
            await sanne.sends()
            ben.starts(f"i_{await sanne.invites('parent')}")
            await house.settle()
            ben.taps("Begin")
            await house.settle()

            await sanne.shares(1)
            await house.settle()
            (notice,) = [shown for shown in ben.screen() if NOTICE in shown.text]
            assert notice.text == "Iemand heeft iets met je gedeeld. Kijken hoeft niet."

            ben.writes("Ik vertel verder.")  # going on does not take the button away
            await house.settle()
            ben.taps("Klaar")
            await house.settle()
            ben.taps("Bekijken")
            await house.settle()
            ben.taps("Ja, laat het zien")
            await house.settle()
            assert TOLD in reads(ben)

            await sanne.asks("erase")
            await sanne.taps("-erase.yes")
            await house.settle()

            assert TOLD not in reads(ben)
            assert NOTICE not in reads(ben)
            assert "Wie zou willen meedenken?" in reads(ben)


async def test_long_words_are_taken_out_of_the_chat_in_all_their_parts(tmp_path: Path) -> None:
    long = " ".join(f"kraai{number}" for number in range(900))
    async with telegram_server() as server:
        books = replace(library(tmp_path / "books"), site=HERE, bot="samen_bot")
        async with World(tmp_path, books, server).on() as house:
            sanne, ben = Person(house, "sanne"), Family(server, 5552)
            await sanne.starts()
            await sanne.tells(long)
            await sanne.sends()
            ben.starts(f"i_{await sanne.invites('parent')}")
            await house.settle()
            await sanne.shares(1)
            await house.settle()
            for label in ("Bekijken", "Ja, laat het zien"):
                ben.taps(label)
                await house.settle()
            assert "kraai1 " in reads(ben)
            assert "kraai899" in reads(ben)

            await sanne.asks("erase")
            await sanne.taps("-erase.yes")
            await house.settle()

            assert "kraai" not in reads(ben)


def reads(family: Family) -> str:
    return "\n".join(shown.text for shown in family.screen())


async def count(house: House, table: str) -> int:
    (row,) = await house.store.read(lambda tx: tx.rows(f'select count(*) as n from "{table}"'))  # noqa: S608 - a table of our own
    return int(row["n"])
