"""A bad revision can be recalled: whoever is in it goes on in the good one, and keeps what fits."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace as changed
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.__main__ import main
from bot.commands import recall
from bot.commands.terminal import OperatorError
from bot.conversations import Incoming
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Asked, Started, Tapped, Wrote
from bot.dialogue.message import Text
from bot.dialogue.tree import Choice, Dialogue, Ending, Onward, Words
from bot.exploring.samples import Sample, samples
from bot.library import Library
from bot.storage import messages, revisions, voices
from bot.storage.records import Chat
from tests.exploring.changes import Change, changes
from tests.world import NOW, House, World, library

SANNE = Chat("web", "het-geheim-van-sanne")
BEN = Chat("web", "het-geheim-van-ben")

BOOKS = library()
GOOD = BOOKS.dialogues["ouder"]
GOOD_FOR_CHILDREN = BOOKS.dialogues["kind"]

LANGUAGES = ("nl", "en")


def bad(dialogue: Dialogue = GOOD) -> Dialogue:
    """The dialogue, with a question in it that should never have been asked."""
    wie = dialogue.nodes["over_wie"]
    assert isinstance(wie, Choice)
    strange = Words(id="fout", context="ouder/over_wie", section="vraag", routes=wie.routes)
    asked = replace(wie, routes=tuple(replace(one, to="fout") for one in wie.routes))
    nodes = {**dialogue.nodes, "over_wie": asked, "fout": strange}
    return replace(dialogue, nodes=nodes, revision="slecht").furnished(dialogue.around)


def with_dialogue(dialogue: Dialogue) -> Library:
    return changed(BOOKS, dialogues={**BOOKS.dialogues, "ouder": dialogue})


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path, BOOKS)


async def told(house: House, row: int, *, recalled: bool = True) -> list[str]:
    """What the operator reads who recalls the revision in that row."""
    return await house.store.write(lambda tx: recall.mark(tx, row, recalled=recalled))


async def row_of(house: House, revision: str) -> int:
    kept = await house.store.read(revisions.all_)
    return next(one.row for one in kept if one.revision == revision)


async def conversation(house: House, chat: Chat = SANNE) -> Conversation:
    return (await house.voice(chat.channel, chat.address)).conversation


async def said(house: House, chat: Chat = SANNE) -> list[str]:
    voice = await house.voice(chat.channel, chat.address)
    log = await house.store.read(lambda tx: messages.log_of(tx, voice))
    return [line.text for _, _, _, message in log for line in message.lines]


async def to_the_bad_question(house: House, chat: Chat = SANNE, language: str = "nl") -> None:
    """Someone who answered one question, and stands at the one that should not be there."""
    await house.happens("web", chat.address, Started(), link="t_linde")
    if language != "nl":
        await house.happens("web", chat.address, Asked("language"))
        turn = (await conversation(house, chat)).turn
        await house.happens("web", chat.address, Tapped(turn, f"-lang.{language}"))
    for code in ("begin", "gezin"):
        turn = (await conversation(house, chat)).turn
        await house.happens("web", chat.address, Tapped(turn, code))
    assert (await conversation(house, chat)).at == "fout"


# --- The good one is there again ----------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_a_recall_people_go_on_in_the_good_one_at_their_next_event(
    world: World, language: str
) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house, language=language)

    world.books = BOOKS
    async with world.on() as house:
        await house.happens("web", SANNE.address, Asked("help"))
        assert (await conversation(house)).at == "fout"
        await told(house, await row_of(house, "slecht"))
        await house.happens("web", SANNE.address, Wrote("Nou ja."))
        there = await conversation(house)

    assert there.at == "gaat_goed"
    assert (there.revision, there.language) == (GOOD.revision, language)
    assert there.answer_to("over_wie") is not None
    assert there.answer_to("fout") is None


async def test_the_recalled_revision_is_forgotten_when_nobody_is_in_it(world: World) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
    world.books = BOOKS
    async with world.on() as house:
        row = await row_of(house, "slecht")
        await told(house, row)
        assert await house.store.read(lambda tx: revisions.body(tx, row)) != b""
        await house.happens("web", SANNE.address, Asked("help"))

    async with world.on() as house:
        assert await house.store.read(lambda tx: revisions.body(tx, row)) == b""
        assert row in await house.store.read(revisions.recalled)


async def test_recalling_twice_is_the_same_as_once(world: World) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
    world.books = BOOKS
    async with world.on() as house:
        row = await row_of(house, "slecht")

        assert await told(house, row) == await told(house, row)


async def test_who_is_away_is_led_over_when_they_come_back(world: World) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
        await house.happens("web", SANNE.address, Asked("pause"))
        turn = (await conversation(house)).turn
        await house.happens("web", SANNE.address, Tapped(turn, "-remind.1"))

    world.books = BOOKS
    async with world.on() as house:
        await told(house, await row_of(house, "slecht"))
        await house.conversations.ring(NOW + 86_400)
        assert any("Wil je verder waar je was?" in line for line in await said(house))
        turn = (await conversation(house)).turn
        await house.happens("web", SANNE.address, Tapped(turn, "-on"))

        assert (await conversation(house)).at == "gaat_goed"


# --- It is today's that is bad ------------------------------------------------------------------


async def test_while_the_service_runs_nobody_begins_in_a_recalled_revision(world: World) -> None:
    async with world.on():
        pass  # the good one was there before
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
        await told(house, await row_of(house, "slecht"))

        await house.happens("web", SANNE.address, Asked("help"))
        await house.happens("web", BEN.address, Started(), link="t_linde")
        sanne, ben = await conversation(house), await conversation(house, BEN)

    assert sanne.revision == ben.revision == GOOD.revision
    assert sanne.at == "gaat_goed"


async def test_the_older_revision_is_said_in_its_own_words(world: World) -> None:
    """What today's dialogue says may be just what was wrong with it."""
    async with world.on():
        pass
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await told(house, await row_of(house, "slecht"))
        await house.happens("web", SANNE.address, Started(), link="t_linde")
        for code in ("begin", "gezin"):
            turn = (await conversation(house)).turn
            await house.happens("web", SANNE.address, Tapped(turn, code))

        followed = house.conversations._library.dialogues["ouder"].nodes["gaat_goed"]
        assert followed.context == "ouder/gaat_goed~"
        text = BOOKS.texts.text(Text("ouder/gaat_goed/text"), "nl", BOOKS.values("linde"))
        assert text in await said(house)


async def test_a_restart_with_the_bad_dialogue_still_there_changes_nothing(world: World) -> None:
    async with world.on():
        pass
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await told(house, await row_of(house, "slecht"))

    async with world.on() as house:
        await house.happens("web", SANNE.address, Started(), link="t_linde")
        assert (await conversation(house)).revision == GOOD.revision


async def test_a_page_that_was_led_over_to_an_older_revision_can_be_handed_over(
    world: World,
) -> None:
    async with world.on():
        pass
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
        await told(house, await row_of(house, "slecht"))
        await house.happens("web", SANNE.address, Asked("help"))
        await to_the_end(house)

        rows = await house.store.read(lambda tx: tx.rows("select id from page"))
        assert len(rows) == 1


async def to_the_end(house: House) -> None:
    """Skip what can be skipped, agree and send."""
    for _ in range(120):
        there = await conversation(house)
        node = house.conversations._library.dialogues["ouder"].nodes[there.at]
        if isinstance(node, Ending) and there.screen == "question":
            return
        if there.screen != "question":
            await house.happens("web", SANNE.address, Tapped(there.turn, "-on"))
            continue
        for event in (Asked("skip"), Tapped(there.turn, "-agree"), Tapped(there.turn, "send")):
            await house.happens("web", SANNE.address, event)
            if (await conversation(house)).at != there.at:
                break
        else:
            codes = node.codes if isinstance(node, Choice) else ()
            await house.happens("web", SANNE.address, *(Tapped(there.turn, one) for one in codes))


async def test_without_another_revision_a_recall_is_refused_with_what_to_do(world: World) -> None:
    async with world.on() as house:
        with pytest.raises(OperatorError, match="Zet eerst de goede dialoog terug"):
            await told(house, await row_of(house, GOOD.revision))
        assert await house.store.read(revisions.recalled) == frozenset()


async def test_a_number_that_is_not_there_is_a_clear_line(world: World) -> None:
    async with world.on() as house:
        with pytest.raises(OperatorError, match=r"Versie 99 is er niet\. Wel: 1"):
            await told(house, 99)


async def test_a_recall_can_be_undone(world: World) -> None:
    async with world.on():
        pass
    world.books = with_dialogue(bad())
    async with world.on() as house:
        row = await row_of(house, "slecht")
        await told(house, row)
        await told(house, row, recalled=False)

        await house.happens("web", SANNE.address, Started(), link="t_linde")
        assert (await conversation(house)).revision == "slecht"


# --- What an operator reads ---------------------------------------------------------------------


async def test_the_operator_hears_how_many_talks_it_is_about_and_nothing_else(
    world: World,
) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
        await to_the_bad_question(house, BEN)
    world.books = BOOKS
    async with world.on() as house:
        row = await row_of(house, "slecht")

        lines = await told(house, row)
        assert "2 gesprekken gaan bij het volgende bericht verder in de goede versie." in lines
        await house.happens("web", BEN.address, Asked("help"))
        assert "1 gesprek gaat" in " ".join(await told(house, row))
        await house.happens("web", SANNE.address, Asked("help"))
        assert "Er staat geen gesprek meer in." in await told(house, row)


async def test_the_list_says_which_is_todays_and_which_was_recalled(world: World) -> None:
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
    world.books = BOOKS
    async with world.on() as house:
        await told(house, await row_of(house, "slecht"))
        kept = await house.store.read(revisions.all_)

    lines = [line.split()[1:] for line in recall.listed(kept, BOOKS)]
    assert ["ouder", "0", "van", "nu"] in lines
    assert ["ouder", "1", "teruggeroepen"] in lines


def test_the_command_lists_recalls_and_undoes(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def under_way() -> int:
        world.books = with_dialogue(bad())
        async with world.on() as house:
            await to_the_bad_question(house)
        world.books = BOOKS
        async with world.on() as house:
            return await row_of(house, "slecht")

    row = asyncio.run(under_way())
    (world.folder / "teams").mkdir()
    monkeypatch.setenv("SAMENSPRAAK_DATA", str(world.folder))
    monkeypatch.setenv("SAMENSPRAAK_PUBLIC_URL", "https://samen.example")

    assert main(["recall", str(row)]) == 0
    assert main(["recall"]) == 0
    printed = capsys.readouterr().out
    assert f"Versie {row} van ‘ouder’ is teruggeroepen." in printed
    assert "teruggeroepen" in printed.splitlines()[-1] or "1  teruggeroepen" in printed

    assert main(["recall", str(row), "--undo"]) == 0
    assert main(["recall", "99"]) == 2
    out, err = capsys.readouterr()
    assert "telt weer mee" in out
    assert "Versie 99 is er niet." in err


# --- What cannot be read ------------------------------------------------------------------------


async def test_a_revision_that_cannot_be_read_costs_nobody_their_talk(world: World) -> None:
    """So it is after going back to an older program, that does not know a newer kind of node."""
    world.books = with_dialogue(bad())
    async with world.on() as house:
        await to_the_bad_question(house)
    world.books = BOOKS
    async with world.on() as house:
        row = await row_of(house, "slecht")
        broken = b'{"dialogue": {"name": "ouder", "nodes": {"x": {"type": "nieuw"}}}, "words": {}}'
        await house.store.write(
            lambda tx: tx.run("update revision set body = ? where id = ?", (broken, row))
        )

        await house.happens("web", SANNE.address, Asked("help"))
        await house.happens("web", BEN.address, Started(), link="t_linde")

        assert (await conversation(house)).at == "gaat_goed"
        assert (await conversation(house, BEN)).turn == 1


# --- At every node ------------------------------------------------------------------------------


def _standing() -> Iterator[Sample]:
    yield from (one for one in samples(bad()) if one.way in ("fresh", "half", "left"))


@pytest.fixture
async def house(world: World) -> AsyncIterator[House]:
    async with world.on() as house:
        yield house


@pytest.mark.no_cover
async def test_a_recall_strands_nobody_at_any_question_in_either_language(house: House) -> None:
    """Through the real store: everyone is put in the bad revision, which is then recalled."""
    body = with_dialogue(bad()).revision_body(bad())
    row = await house.store.write(lambda tx: revisions.keep(tx, "ouder", "slecht", body))
    people = {
        Chat("web", f"{language} {number}"): replace(sample.conversation, language=language)
        for language in LANGUAGES
        for number, sample in enumerate(_standing())
    }
    chats = [(chat, there, row) for chat, there in people.items()]
    await house.store.write(lambda tx: voices.begin(tx, chats, NOW))
    await told(house, row)

    batch = [Incoming(chat, number, Wrote("Nou ja.")) for number, chat in enumerate(people)]
    await house.conversations.receive(batch, NOW)

    set_aside = await house.store.read(lambda tx: tx.rows("select id from set_aside"))
    assert set_aside == []
    moved = await house.store.read(lambda tx: voices.of_chats(tx, list(people)))
    for chat, before in people.items():
        after = moved[chat].conversation
        assert after.revision == GOOD.revision or not before.answers
        assert after.language == before.language
        assert after.at in GOOD.nodes
        lost = {old.question for old in before.answers} - {old.question for old in after.answers}
        assert lost <= {"nakijken", "sturen"}
        assert await said(house, chat) != []
    print(f"\nrecalled under {len(people)} people, stranded 0")


@pytest.mark.no_cover
async def test_every_kind_of_change_can_be_recalled_through_the_real_store(house: House) -> None:
    """One change of each kind; everyone who stands where it was made goes back."""
    of_each: dict[str, Change] = {}
    for change in changes(GOOD_FOR_CHILDREN):
        if any(isinstance(node, Onward) for node in change.dialogue.nodes.values()):
            of_each.setdefault(change.what, change)
    touched = 0
    for number, change in enumerate(of_each.values()):
        revision = f"slecht-{number}"
        dialogue = replace(change.dialogue, revision=revision)
        body = BOOKS.revision_body(dialogue)
        row = await house.store.write(
            partial(revisions.keep, dialogue="kind", revision=revision, body=body)
        )
        standing = [one for one in samples(dialogue) if one.way in ("fresh", "review")][:6]
        chats = [
            (Chat("web", f"{revision} {place}"), one.conversation, row)
            for place, one in enumerate(standing)
        ]
        await house.store.write(partial(voices.begin, chats=chats, now=NOW))
        await told(house, row)
        touched += len(chats)
        deeds = [
            Incoming(chat, 1_000 * number + place, Tapped(before.turn, "-menu"))
            for place, (chat, before, _) in enumerate(chats)
        ]
        await house.conversations.receive(deeds, NOW)
        moved = await house.store.read(
            partial(voices.of_chats, chats=[chat for chat, _, _ in chats])
        )
        assert {voice.conversation.at for voice in moved.values()} <= GOOD_FOR_CHILDREN.nodes.keys()

    set_aside = await house.store.read(lambda tx: tx.rows("select id from set_aside"))
    assert set_aside == []
    print(f"\n{len(of_each)} kinds of change recalled under {touched} people, stranded 0")
