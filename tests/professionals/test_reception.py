"""A page that comes in: on the desk at once, and told to the right people without a word of it."""

from dataclasses import dataclass, replace

import msgspec
import pytest

from bot.dialogue.answers import Chosen
from bot.dialogue.conversation import Conversation
from bot.dialogue.summary import Summary
from bot.dialogue.tree import Dialogue
from bot.families.talk import HandedOver
from bot.handover.page import PageItem
from bot.library import Revision
from bot.professionals import joining, notices
from bot.professionals.reception import Reception
from bot.storage import messages, revisions, voices
from bot.storage.records import Chat, Pending, Professional
from bot.storage.transaction import Transaction
from bot.web.desk import DESK
from tests.web.desk_house import HERE, House, item, told

PHONE = Chat("telegram", "4711")


@dataclass(frozen=True)
class Knocked:
    """Something that came in a chat."""

    chat: Chat
    link: str | None = None


@pytest.fixture
def reception(desk: House) -> Reception:
    return Reception(desk.library, HERE + DESK)


@pytest.fixture
async def anna(desk: House) -> Professional:
    return await desk.professional("Anna", "noord")


async def outbox(desk: House) -> list[Pending]:
    """Every notice there is, delivering each so that the next of its chat comes."""

    async def empty(tx: Transaction) -> list[Pending]:
        found: list[Pending] = []
        while due := await messages.due(tx, desk.clock.now(), 100):
            await messages.delivered(tx, [(each.id, None) for each in due], desk.clock.now())
            found += due
        return found

    return await desk.store.write(empty)


def words(pending: Pending) -> str:
    return " ".join(line.text for line in pending.message.lines) if pending.message else ""


async def took(desk: House, reception: Reception, chat: Chat, link: str | None = None) -> bool:
    knocked = Knocked(chat, link)
    return await desk.store.write(lambda tx: reception.took(tx, knocked, desk.clock.now()))


async def links(desk: House, reception: Reception, me: Professional, chat: Chat = PHONE) -> str:
    payload = await notices.new_link(desk.store, me, desk.clock.now())
    assert await took(desk, reception, chat, payload)
    (answer,) = await outbox(desk)
    return words(answer)


async def test_everyone_of_the_team_gets_one_mail_without_content(
    desk: House, anna: Professional
) -> None:
    await desk.professional("Bram", "noord", "zuid")
    await desk.professional("Zita", "zuid")
    await desk.professional("Weg", "noord")
    await desk.removes("Weg")

    await desk.hands_over([told("iets heel geheims")])

    found = await outbox(desk)
    assert [(each.chat, each.kind) for each in found] == [
        (Chat("mail", anna.email), "notice"),
        (Chat("mail", "bram@team.example"), "notice"),
    ]
    assert {words(each) for each in found} == {
        f"Er staat een nieuwe pagina voor je klaar. {HERE}{DESK}"
    }


async def test_whoever_linked_a_chat_hears_it_there_too(
    desk: House, reception: Reception, anna: Professional
) -> None:
    assert await links(desk, reception, anna) == "Gelukt. Je krijgt hier bericht."

    await desk.hands_over()

    assert [each.chat for each in await outbox(desk)] == [Chat("mail", anna.email), PHONE]
    assert await notices.is_linked(desk.store, anna)


async def test_a_link_to_telegram_works_once_and_for_an_hour(
    desk: House, reception: Reception, anna: Professional
) -> None:
    payload = await notices.new_link(desk.store, anna, desk.clock.now())
    assert len(payload) <= 64, "a deep link of Telegram takes 64 characters"
    await took(desk, reception, PHONE, payload)
    again = await took(desk, reception, Chat("telegram", "666"), payload)
    late = await notices.new_link(desk.store, anna, desk.clock.now())
    desk.clock.time += notices.LINK_LASTS
    await took(desk, reception, Chat("telegram", "667"), late)

    assert again
    assert [words(each) for each in await outbox(desk)] == [
        "Gelukt. Je krijgt hier bericht.",
        "Deze link werkt niet meer.",
        "Deze link werkt niet meer.",
    ]


@pytest.mark.parametrize("forged", ["p_", "p_a", "p_" + "x" * 62])
async def test_a_forged_link_links_nothing(
    desk: House, reception: Reception, anna: Professional, forged: str
) -> None:
    assert await took(desk, reception, PHONE, forged)

    assert not await notices.is_linked(desk.store, anna)


async def test_a_link_for_the_desk_links_no_chat(
    desk: House, reception: Reception, anna: Professional
) -> None:
    """An invitation opens the door only; a link to Telegram opens no door."""
    token = await joining.invite(desk.store, "nieuw@team.example", ["noord"], desk.clock.now())
    payload = await notices.new_link(desk.store, anna, desk.clock.now())

    await took(desk, reception, PHONE, f"p_{token}")

    assert [words(each) for each in await outbox(desk)] == ["Deze link werkt niet meer."]
    assert await joining.invited(desk.store, token, desk.clock.now()) is not None
    assert await joining.invited(desk.store, payload.removeprefix("p_"), desk.clock.now()) is None


async def test_a_chat_belongs_to_who_linked_it_last(
    desk: House, reception: Reception, anna: Professional
) -> None:
    bram = await desk.professional("Bram", "noord")
    await links(desk, reception, anna)
    await links(desk, reception, bram)

    assert not await notices.is_linked(desk.store, anna)
    assert await notices.is_linked(desk.store, bram)


async def test_what_a_professional_writes_in_a_linked_chat_is_no_familys(
    desk: House, reception: Reception, anna: Professional
) -> None:
    assert not await took(desk, reception, PHONE)
    await links(desk, reception, anna)

    assert await took(desk, reception, PHONE)

    (answer,) = await outbox(desk)
    assert words(answer) == f"{notices.ONLY_NOTICES} {HERE}{DESK}"
    assert not await took(desk, reception, Chat("telegram", "someone else"))


async def test_a_professional_can_be_a_family_too(
    desk: House, reception: Reception, anna: Professional
) -> None:
    """Who follows a team's link in a linked chat starts a conversation, and goes on with it."""
    await links(desk, reception, anna)
    assert not await took(desk, reception, PHONE, "t_noord")

    async def begin(tx: Transaction) -> None:
        row = await revisions.keep(tx, "ouder", "r1", b"")
        await voices.begin(tx, [(PHONE, Conversation("ouder", "r1", "nl"), row)], 0)

    await desk.store.write(begin)

    assert not await took(desk, reception, PHONE)


async def test_a_chat_that_is_unlinked_is_anyones_again(
    desk: House, reception: Reception, anna: Professional
) -> None:
    await links(desk, reception, anna)

    await notices.unlink(desk.store, anna, desk.clock.now())

    assert not await took(desk, reception, PHONE)
    await desk.hands_over()
    assert [each.chat.channel for each in await outbox(desk)] == ["mail"]
    await notices.unlink(desk.store, anna, desk.clock.now())
    assert [what for what, _, _ in await desk.audited()].count("telegram unlinked") == 1


async def test_a_page_for_a_team_without_anyone_waits_and_the_operator_hears_it(
    desk: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = await desk.hands_over()

    assert f"page {page} came in for a team without professionals" in caplog.text
    anna = await desk.professional("Anna", "noord")
    assert (await desk.page(page, anna)).page.team == "noord"


async def test_a_page_for_a_team_whose_profile_is_gone_is_kept(
    desk: House, caplog: pytest.LogCaptureFixture
) -> None:
    page = await desk.hands_over(team="opgeheven")

    zita = await desk.professional("Zita", "opgeheven")
    assert (await desk.page(page, zita)).page.team_name == "opgeheven"
    assert "has no profile any more" in caplog.text


async def hands_over_in(desk: House, reception: Reception, body: bytes, chosen: str) -> PageItem:
    """What is on the page of someone whose dialogue was kept as ``body``."""
    conversation = Conversation("ouder", "r1", "nl", team="noord")
    summary = Summary("ouder", "nl", (item("over_wie", "vraag", Chosen((chosen,))),))

    async def work(tx: Transaction) -> int:
        row = await revisions.keep(tx, "ouder", "r1", body)
        begun = await voices.begin(tx, [(PHONE, conversation, row)], desk.clock.now())
        given = HandedOver("noord", summary)
        await reception.list_page(tx, begun[PHONE], given, desk.clock.now())
        return int((await tx.rows("select max(id) as id from page"))[0]["id"])

    page = await desk.store.write(work)
    opened = await desk.page(page, await desk.professional("Lezer", "noord"))
    return opened.page.sections[2].items[0]


async def test_a_choice_that_is_no_more_has_the_words_it_was_chosen_by(
    desk: House, reception: Reception
) -> None:
    old = Revision(
        Dialogue("ouder", "over_wie", {}, revision="r1"),
        {"nl": {"ouder/over_wie/choices/buren": "Over de buren"}},
    )

    found = await hands_over_in(desk, reception, msgspec.json.encode(old), "buren")

    assert (found.heading, found.dutch) == ("Over wie het gaat", "Over de buren")


async def test_a_conversation_in_todays_dialogue_needs_no_stored_words(desk: House) -> None:
    today = {"ouder": Dialogue("ouder", "over_wie", {}, revision="r1")}
    reception = Reception(replace(desk.library, dialogues=today), HERE)

    found = await hands_over_in(desk, reception, b"nobody reads this", "kind")

    assert found.dutch == "Over mijn kind"


async def test_each_page_has_a_name_of_its_own(desk: House, anna: Professional) -> None:
    codes = {(await desk.page(await desk.hands_over(), anna)).page.code for _ in range(20)}

    assert len(codes) == 20
