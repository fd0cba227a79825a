"""A talk goes on in another dialogue, for the same voice (``bot.families.elsewhere``)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversations import Incoming
from bot.dialogue.events import Started, Tapped, Wrote
from bot.library import Library
from bot.rehearsal import Rehearsal
from bot.storage import messages
from bot.storage.records import Chat
from tests.forms_tree import authored_with_forms, library_with_forms
from tests.world import NOW, House, World

SANNE = Chat("web", "het-geheim-van-sanne")


@pytest.fixture
def books(tmp_path: Path) -> Library:
    return library_with_forms(tmp_path / "boeken")


@pytest.fixture
async def house(tmp_path: Path, books: Library) -> AsyncIterator[House]:
    async with World(tmp_path / "huis", books).on() as house:
        yield house


async def begins_in(house: House, address: str, link: str = "") -> str:
    await house.happens("web", address, Started(), link=link)
    return (await house.voice("web", address)).conversation.dialogue


async def said(house: House) -> list[str]:
    voice = await house.voice("web", SANNE.address)
    log = await house.store.read(lambda tx: messages.log_of(tx, voice))
    return [line.text for _, _, _, message in log for line in message.lines]


async def sanne(house: House, *codes: str, link: str = "") -> None:
    """Sanne taps buttons, one batch each."""
    for code in codes:
        turn = (await house.voice("web", SANNE.address)).conversation.turn
        await house.happens("web", SANNE.address, Tapped(turn, code), link=link)


async def test_who_comes_without_a_link_is_asked_who_they_are(house: House) -> None:
    assert await begins_in(house, "a") == "wie"
    assert await begins_in(house, "b", "x_linde") == "wie"
    assert await begins_in(house, "c", "s_linde") == "wie"
    assert await begins_in(house, "d", "t_linde") == "ouder"
    assert await begins_in(house, "e", "j_linde") == "jongere"


async def test_without_a_dialogue_that_asks_it_the_usual_one_begins(tmp_path: Path) -> None:
    folders = authored_with_forms(tmp_path / "boeken")
    (folders.authored / "wie" / "dialoog.yaml").unlink()
    books = folders.read()

    assert books.dialogue_of(None).name == "ouder"
    assert books.first_link == "t"


async def test_choosing_shows_the_first_screen_of_the_other_in_one_step(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="s_linde")

    await sanne(house, "jong")

    conversation = (await house.voice("web", SANNE.address)).conversation
    log = await said(house)
    assert (conversation.dialogue, conversation.team) == ("jongere", "linde")
    assert log[log.index("Fijn dat je er bent.") - 1] == "✓ Een jongere"
    assert log[-2].startswith("Hoe gaat het?")
    assert (conversation.at, conversation.answers) == ("hoe", ())


async def test_it_goes_on_there_when_the_bot_was_off_in_between(
    tmp_path: Path, books: Library
) -> None:
    world = World(tmp_path / "huis", books)
    async with world.on() as house:
        await house.happens("web", SANNE.address, Started(), link="s_linde")
        await sanne(house, "jong", "fijn")

    async with world.on() as house:
        await sanne(house, "geld", "slapen", "-done")

        assert (await house.voice("web", SANNE.address)).conversation.at == "samen"


async def test_starting_again_resumes_the_dialogue_that_was_chosen(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="s_linde")
    await sanne(house, "jong", "fijn")

    await house.happens("web", SANNE.address, Started())
    await sanne(house, "-on")

    conversation = (await house.voice("web", SANNE.address)).conversation
    assert (conversation.dialogue, conversation.at) == ("jongere", "zwaar")


async def test_choosing_and_answering_can_come_in_one_batch(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="s_linde")

    await house.happens("web", SANNE.address, Tapped(1, "jong"), Tapped(2, "fijn"))

    assert (await house.voice("web", SANNE.address)).conversation.at == "zwaar"
    await sanne(house, "slapen", "geld", "-done")
    assert (await house.voice("web", SANNE.address)).conversation.at == "samen"


async def test_a_link_of_another_dialogue_counts_while_nothing_was_told(house: House) -> None:
    await house.happens("web", SANNE.address, Started())
    assert await begins_in(house, SANNE.address, "j_linde") == "jongere"
    assert await begins_in(house, SANNE.address, "t_linde") == "ouder"
    assert any(line.startswith("Is dit goed voor jou?") for line in await said(house))


async def test_a_link_of_another_dialogue_takes_nobody_out_of_their_story(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="j_linde")
    await sanne(house, "fijn")

    assert await begins_in(house, SANNE.address, "t_linde") == "jongere"
    assert (await house.voice("web", SANNE.address)).conversation.screen == "resume"


async def test_a_link_of_the_same_dialogue_goes_on_as_ever(house: House) -> None:
    await house.happens("web", SANNE.address, Started(), link="j_linde")

    assert await begins_in(house, SANNE.address, "j_linde") == "jongere"


async def test_when_the_other_dialogue_is_gone_the_usual_one_begins(
    tmp_path: Path, books: Library
) -> None:
    world = World(tmp_path / "huis", books)
    async with world.on() as house:
        await house.happens("web", SANNE.address, Started(), link="s_linde")
    less = {name: each for name, each in books.dialogues.items() if name != "jongere"}
    world.books = replace(books, dialogues=less)

    async with world.on() as house:
        await sanne(house, "jong")

        assert (await house.voice("web", SANNE.address)).conversation.dialogue == "ouder"


async def test_on_telegram_the_new_question_has_buttons_that_work(
    tmp_path: Path, books: Library
) -> None:
    async with World(tmp_path / "huis", books).on() as house:
        await house.happens("telegram", "4001", Started(), link="s_linde")
        await house.happens("telegram", "4001", Tapped(1, "jong"))

        rows = await house.store.read(
            lambda tx: tx.rows("select kind, turn, asks from message where kind <> 'in'")
        )
        assert [(row["kind"], row["turn"], row["asks"]) for row in rows][-4:] == [
            ("close", 1, 0),
            ("say", 2, 0),
            ("say", 2, 0),
            ("say", 2, 1),
        ]


async def test_the_address_of_the_chat_page_leads_to_the_same_question(books: Library) -> None:
    there = replace(books, site="https://praat.example")

    assert there.values("linde")["chatpagina"] == "https://praat.example/s/linde"
    assert there.values(None)["chatpagina"] == "https://praat.example/"


def test_a_rehearsal_goes_on_there_too(books: Library) -> None:
    rehearsal = Rehearsal(books, books.dialogues["wie"], team="linde")
    rehearsal.does("/start", NOW)

    said = rehearsal.does("[Een jongere]", NOW)

    assert rehearsal.dialogue.name == "jongere"
    assert [message.lines[0].text.splitlines()[0] for message in said] == [
        "Fijn dat je er bent.",
        "Ik ben een computer. Is er gevaar? Bel 112.",
        "Hoe gaat het?",
    ]
    assert len(rehearsal.says) == len(said)
    rehearsal.does("[😀 fijn]", NOW)
    assert rehearsal.conversation.at == "zwaar"


def test_dialogues_that_begin_each_other_are_told_about(tmp_path: Path) -> None:
    folders = authored_with_forms(tmp_path)
    path = folders.authored / "wie" / "dialoog.yaml"
    chooser = path.read_text(encoding="utf-8")
    again = chooser.replace("dialogue: wie\nlinks: s", "dialogue: nogeens")
    again = again.replace("begin: ouder", "begin: wie")
    (folders.authored / "nogeens").mkdir()
    (folders.authored / "nogeens" / "dialoog.yaml").write_text(again, encoding="utf-8")
    path.write_text(chooser.replace("begin: ouder", "begin: nogeens"), encoding="utf-8")

    found = Library.read(*folders)

    assert isinstance(found, tuple)
    told = [str(problem) for problem in found if "[loop]" in str(problem)]
    assert told == [
        "dialogen/nogeens/dialoog.yaml: Hier begint ‘wie’, en dat leidt weer naar ‘nogeens’."
        " Laat ‘begin’ naar een gesprek gaan dat niet terugleidt. [loop]",
        "dialogen/wie/dialoog.yaml: Hier begint ‘nogeens’, en dat leidt weer naar ‘wie’."
        " Laat ‘begin’ naar een gesprek gaan dat niet terugleidt. [loop]",
    ]


async def test_words_typed_at_the_choice_stay_there(house: House) -> None:
    await house.happens("web", SANNE.address, Started())
    await house.conversations.receive([Incoming(SANNE, 1, Wrote("Hoi"))], NOW)

    assert (await house.voice("web", SANNE.address)).conversation.dialogue == "wie"
