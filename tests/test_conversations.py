"""What people do is kept, once, whatever happens: the promises of ``bot.conversations``."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace as changed
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.conversations import Incoming
from bot.dialogue import engine
from bot.dialogue.answers import Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.events import Asked, Event, Started, Tapped, Wrote
from bot.dialogue.tree import Choice, Dialogue
from bot.families.talk import DAY
from bot.storage import messages, set_aside
from bot.storage.records import Chat
from tests.world import NOW, House, World, library

SANNE = Chat("web", "het-geheim-van-sanne")
BEN = Chat("web", "het-geheim-van-ben")
PHONE = Chat("telegram", "4001")


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    async with world.on() as house:
        yield house


def came(chat: Chat, update: int, event: Event, **more: object) -> Incoming:
    return Incoming(chat, update, event, **more)  # type: ignore[arg-type]


async def said(house: House, chat: Chat) -> list[str]:
    """The log of a chat page, line by line."""
    voice = await house.voice(chat.channel, chat.address)
    log = await house.store.read(lambda tx: messages.log_of(tx, voice))
    return [line.text for _, _, _, message in log for line in message.lines]


async def waiting(house: House) -> list[str]:
    """The kinds of the messages in the outbox, in order."""
    rows = await house.store.read(
        lambda tx: tx.rows("select kind from message where state = 0 order by id")
    )
    return [row["kind"] for row in rows]


async def test_an_update_counts_once_however_often_it_comes(house: House) -> None:
    start = came(SANNE, 1, Started(), link="t_linde")
    await house.conversations.receive([start], NOW)
    turn = (await house.voice("web", SANNE.address)).conversation.turn
    begin = came(SANNE, 2, Tapped(turn, "begin"))

    await house.conversations.receive([begin, begin], NOW)
    once = await house.voice("web", SANNE.address)
    await house.conversations.receive([begin], NOW)

    assert await house.voice("web", SANNE.address) == once
    assert once.conversation.at == "over_wie"


async def test_the_same_number_on_two_channels_is_two_updates(house: House) -> None:
    await house.conversations.receive([came(SANNE, 1, Started()), came(PHONE, 1, Started())], NOW)

    assert (await house.voice("web", SANNE.address)).conversation.turn == 1
    assert (await house.voice("telegram", PHONE.address)).conversation.turn == 1


async def test_a_link_brings_its_team_and_an_unknown_one_none(house: House) -> None:
    await house.conversations.receive(
        [
            came(SANNE, 1, Started(), link="t_linde"),
            came(BEN, 2, Started(), link="t_bestaatniet"),
        ],
        NOW,
    )

    assert (await house.voice("web", SANNE.address)).conversation.team == "linde"
    assert (await house.voice("web", BEN.address)).conversation.team is None


async def test_someone_is_spoken_to_in_their_own_language_when_we_have_it(house: House) -> None:
    await house.conversations.receive(
        [
            came(SANNE, 1, Started(), language="en-GB"),
            came(BEN, 2, Started(), language="xx"),
        ],
        NOW,
    )

    assert (await house.voice("web", SANNE.address)).conversation.language == "en"
    assert (await house.voice("web", BEN.address)).conversation.language == "nl"


async def test_the_chat_page_shows_what_someone_said_and_chose(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", SANNE.address, Tapped(1, "begin"), Tapped(2, "gezin"))
    await house.happens("web", SANNE.address, Wrote("Hij lacht veel."))

    log = await said(house, SANNE)
    assert "Hij lacht veel." in log
    assert "✓ Ons hele gezin" in log
    assert await waiting(house) == []


async def test_what_telegram_shows_itself_is_not_kept_by_us(house: House) -> None:
    await house.happens("telegram", "4001", Started(), link="t_linde")
    await house.conversations.receive([came(PHONE, 9, Wrote("geheim", 7), ref=7)], NOW)

    voice = await house.voice("telegram", "4001")
    assert await house.store.read(lambda tx: messages.log_of(tx, voice)) == []
    assert 7 in await house.store.read(lambda tx: messages.refs_since(tx, voice.id, 0))


async def test_leaving_takes_back_what_was_not_sent_yet(house: House) -> None:
    await house.happens("telegram", "4001", Started(), link="t_linde")
    assert "say" in await waiting(house)

    await house.happens("telegram", "4001", Asked("leave"))

    assert await waiting(house) == ["clear", "say"]


async def test_leaving_the_chat_page_empties_its_log_and_keeps_the_draft(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", SANNE.address, Tapped(1, "begin"), Tapped(2, "gezin"))
    await house.happens("web", SANNE.address, Wrote("Hij lacht veel."))

    await house.happens("web", SANNE.address, Asked("leave"))

    assert await said(house, SANNE) == ["Tot later."]
    draft = (await house.voice("web", SANNE.address)).conversation.draft
    assert [each.words for each in draft] == ["Hij lacht veel."]


# --- Our own mistakes ---------------------------------------------------------------------------


@pytest.fixture
def stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our code breaks on messages with ‘oeps’ in them."""

    def advance(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
        if isinstance(event, Wrote) and "oeps" in event.words:
            raise RuntimeError(event.words)
        return engine.advance(dialogue, conversation, event)

    monkeypatch.setattr("bot.conversations.advance", advance)


@pytest.mark.usefixtures("stumbling")
async def test_a_mistake_of_ours_costs_one_answer_and_not_the_bot(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", SANNE.address, Tapped(1, "begin"), Tapped(2, "gezin"))
    await house.happens("web", BEN.address, Started(), link="t_linde")
    before = (await house.voice("web", SANNE.address)).conversation
    caplog.set_level(logging.DEBUG, "bot")

    await house.conversations.receive(
        [
            came(SANNE, 21, Wrote("oeps geheim"), raw=b"het bericht zelf"),
            came(SANNE, 22, Wrote("wel goed")),
            came(BEN, 23, Tapped(1, "begin")),
        ],
        NOW,
    )

    after = (await house.voice("web", SANNE.address)).conversation
    assert after == replace(before, draft=after.draft)
    assert [each.words for each in after.draft] == ["wel goed"]
    assert any("Er ging iets mis bij mij" in line for line in await said(house, SANNE))
    assert (await house.voice("web", BEN.address)).conversation.turn == 2
    (kept,) = await house.store.read(set_aside.all_)
    assert (kept.update, kept.body) == (21, b"het bericht zelf")
    assert "RuntimeError at test_conversations.py" in caplog.text
    assert "geheim" not in caplog.text


async def test_a_conversation_that_cannot_be_read_makes_place_for_a_new_one(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", BEN.address, Started(), link="t_linde")
    await house.store.write(
        lambda tx: tx.run(
            "update voice set conversation = zeroblob(length(conversation)) where id = 1"
        )
    )

    await house.happens("web", SANNE.address, Wrote("ben je daar?"))
    await house.happens("web", BEN.address, Tapped(1, "begin"))

    assert (await house.voice("web", SANNE.address)).conversation.turn == 1
    assert (await house.voice("web", BEN.address)).conversation.turn == 2


# --- Time ---------------------------------------------------------------------------------------


async def test_a_reminder_comes_when_it_was_asked_for(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", SANNE.address, Asked("pause"), Tapped(2, "-remind.1"))

    await house.conversations.ring(NOW + DAY - 1)
    assert not any("Wil je verder waar je was?" in line for line in await said(house, SANNE))
    await house.conversations.ring(NOW + DAY)

    assert any("Wil je verder waar je was?" in line for line in await said(house, SANNE))
    assert (await house.voice("web", SANNE.address)).touched == NOW


async def test_who_went_on_is_not_reminded(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="t_linde")
    await house.happens("web", SANNE.address, Asked("pause"), Tapped(2, "-remind.1"))
    await house.happens("web", SANNE.address, Tapped(3, "-on"))
    before = await said(house, SANNE)

    await house.conversations.ring(NOW + DAY)

    assert await said(house, SANNE) == before


# --- Dialogues that change ----------------------------------------------------------------------


def without_the_choice(dialogue: Dialogue, question: str, code: str) -> Dialogue:
    """The same dialogue in which an author took a choice away."""
    node = dialogue.nodes[question]
    assert isinstance(node, Choice)
    fewer = replace(node, codes=tuple(each for each in node.codes if each != code))
    nodes = {**dialogue.nodes, question: fewer}
    return replace(dialogue, nodes=nodes, revision="anders")


async def test_who_is_under_way_goes_on_in_the_revision_they_began_in(tmp_path: Path) -> None:
    books = library()
    world = World(tmp_path, books)
    async with world.on() as house:
        await house.happens("web", SANNE.address, Started(), link="t_linde")
        await house.happens("web", SANNE.address, Tapped(1, "begin"), Tapped(2, "gezin"))

    newer = without_the_choice(books.dialogues["ouder"], "over_wie", "gezin")
    world.books = changed(books, dialogues={"ouder": newer})
    async with world.on() as house:
        await house.happens("web", SANNE.address, Wrote("Hij lacht veel."), Tapped(3, "-done"))
        await house.happens("web", BEN.address, Started(), link="t_linde")
        old = await house.voice("web", SANNE.address)
        new = await house.voice("web", BEN.address)

    assert old.conversation.at == "vertel"
    assert isinstance(old.conversation.answer_to("gaat_goed"), Worded)
    assert old.revision != new.revision


async def test_a_revision_nobody_is_in_any_more_is_forgotten_but_for_the_one_before(
    tmp_path: Path,
) -> None:
    """The one before is kept, so that an operator can go back to it."""
    books = library()
    world = World(tmp_path, books)
    async with world.on() as house:
        await house.happens("web", SANNE.address, Started(), link="t_linde")
    for revision in ("tweede", "derde"):
        newer = without_the_choice(books.dialogues["ouder"], "over_wie", "gezin")
        world.books = changed(books, dialogues={"ouder": replace(newer, revision=revision)})
        async with world.on() as house:
            await house.happens("web", SANNE.address, Asked("help"))  # nothing told: the newest one

    async with world.on() as house:
        rows = await house.store.read(lambda tx: tx.rows("select dialogue, revision from revision"))

    kept = {row["revision"] for row in rows if row["dialogue"] == "ouder"}
    assert kept == {"tweede", "derde"}


# --- How much it costs --------------------------------------------------------------------------


async def test_a_batch_takes_as_many_statements_whatever_its_size(house: House) -> None:
    async def statements(many: int, first: int) -> int:
        batch = [
            came(Chat("web", f"geheim {each}"), each, Wrote("hoi"))
            for each in range(first, first + many)
        ]
        asked: list[str] = []
        connection = house.store._writer
        await connection.set_trace_callback(asked.append)
        await house.conversations.receive(batch, NOW)
        await connection.set_trace_callback(lambda _: None)
        return len({sql.split("(")[0].split("'")[0][:60] for sql in asked})

    few, many = await statements(2, 1_000), await statements(60, 2_000)
    assert many <= few <= 16
