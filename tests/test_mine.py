"""All that is someone's own: every kind of it is in their file, or that says why not; erasing takes
each of them away."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec import structs

from bot.conversations import Incoming
from bot.dialogue.answers import Answered, Heard, Named
from bot.dialogue.answers import Person as Somebody
from bot.dialogue.conversation import Conversation, Lock
from bot.dialogue.events import Spoke
from bot.dialogue.message import Text
from bot.dialogue.tree import Choices, People
from bot.families.incoming import Recorded
from bot.professionals.meetings import Meetings
from bot.storage import alarms, set_aside, shares, voices
from bot.storage.notes import About
from bot.storage.records import Professional
from bot.storage.transaction import Transaction
from tests.gathering import HERE, Person, library
from tests.storage.test_canaries import Unsealed, forms
from tests.world import NOW, House, World

TOLD, HOPE, WHO = "Hij slaapt al weken niet.", "Een nacht doorslapen.", "oma Riet"
ANSWER, ADDED, HALF = "Zullen we dinsdag bellen?", "Dinsdag kan ik niet.", "Wat ik nog wil zeggen"
SOUND = b"het geluid van een stem" * 40
THEIRS, UNSEEN = "Ik zie het anders.", "Dit las zij nog niet."
ASIDE, CODE = "Dit begreep de bot niet.", "8164"

IN = "in the file"

CONVERSATION = {
    "answers": IN,
    "draft": IN,
    "ticked": IN,
    "heard": IN,
    "reply": IN,
    "views": IN,
    "language": IN,
    "lock": "told: mine_out_code; what the team said while it was shut stands with the page",
    "page": "what the world told last of the page, which is in it",
    "meeting": "what the world told last of the talk, which is in it",
    "sharing": "what the world told last of what is shared, which is in it",
    "invited": "the team of a link somebody followed, until they chose",
    "invitation": "what came with a link, until they chose",
    "team": "the team of the page, which is in it; before that a choice among the answers",
    "care": "which help is on the screen: the words are in it, and nothing is concluded from them",
    "heeded": "the same",
    "given": "whether there is a page",
    "with_others": "whether there is an invitation",
    **dict.fromkeys(
        ("dialogue", "revision", "status", "turn", "at", "screen", "item", "named", "reachable"),
        "where they are in the talk",
    ),
    "beneath": "where they are in the talk",
    "schema": "the form in which it is kept",
}
"""Of everything in a conversation: that it is in the file, or why not."""

TABLES = {
    "voice": f"{IN}: the conversation; its address is the chat itself",
    "page": IN,
    "reply": IN,
    "meeting": IN,
    "share": IN,
    "tie": IN,
    "invite": "of an invitation, which is in it: whether its link was used",
    "note": "told: mine_out_sound; how long it is, is in it",
    "note_piece": "told: mine_out_sound",
    "message": "told: mine_out_talk",
    "audit": "told: mine_out_readers",
    "alarm": "when the next reminder or sweep is",
    "case": "what belongs together, and since when",
    "part_gone": "that a page became less; not whose",
    "taken_back": "that a page was taken back; not whose",
    "set_aside": "told: mine_out_talk; an update that met a mistake of ours, for a few days",
    "seen": "numbers of updates, for eight days",
    **dict.fromkeys(
        ("professional", "membership", "login", "invitation", "linked_chat"), "of professionals"
    ),
    "attempt": "of whoever guesses",
    "revision": "of dialogues",
    "key_check": "of the keys",
}
"""Of every table: that it is in the file, or why not."""

OF_A_VOICE = (
    "voice where id = ?",
    "page where voice = ?",
    "reply join page on page.id = page where voice = ?",
    "meeting join page on page.id = page where voice = ?",
    "share where sharer = ?",
    "share where reader = ?",
    "tie where inviter = ?",
    "invite where voice = ?",
    "note where voice = ?",
    "note join page on page.id = page where page.voice = ?",
    "note_piece join note on note.id = note where voice = ?",
    "message where voice = ?",
    "alarm where voice = ?",
)
"""Everything that is bound to a voice."""


@dataclass
class Life:
    """Someone who did everything there is to do, in a case with one other."""

    house: House = field(repr=False)
    world: World = field(repr=False)
    sanne: Person = field(repr=False)
    ben: Person = field(repr=False)

    async def counts(self, voice: int) -> dict[str, int]:
        """How many rows of each kind are bound to this voice."""

        async def look(tx: Transaction) -> dict[str, int]:
            found = {}
            for which in OF_A_VOICE:
                (row,) = await tx.rows(f"select count(*) as n from {which}", (voice,))  # noqa: S608
                found[which] = int(row["n"])
            return found

        return await self.house.store.read(look)


async def changes(person: Person, **fields: object) -> None:
    """Let this stand in their conversation."""
    voice = await person.voice()
    changed = replace(voice, conversation=structs.replace(voice.conversation, **fields))
    await person.house.store.write(lambda tx: voices.save(tx, [changed], NOW))


async def speaks(person: Person) -> None:
    spoke, recorded = Spoke(0, 12, len(SOUND)), Recorded(About(12, "audio/ogg"), SOUND)
    came = Incoming(person.chat, 41, spoke, recorded=recorded)
    await person.house.conversations.receive([came], person.house.clock.now())


async def lives(house: House, anna: Professional, sanne: Person, ben: Person) -> None:
    """Sanne tells, speaks, sends, is answered, writes back, meets Anna, and shares both ways."""
    await sanne.starts()
    await sanne.taps("begin")
    await speaks(sanne)
    await sanne.writes(TOLD)
    await sanne.taps("-done")
    await sanne.writes(WHO)
    await sanne.taps("-done")
    await sanne.writes(HOPE)
    await sanne.taps("-done")
    await sanne.sends()
    await house.work.claim(anna, 1, NOW)
    await house.work.answer(anna, 1, ANSWER, NOW)
    await sanne.writes(ADDED)
    await sanne.taps("-write.yes")
    meetings, now = Meetings(house.store, house.library), house.clock.now()
    await meetings.note(anna, 1, date(2025, 11, 21), now)
    await sanne.taps("-meeting", "-meeting.yes", *["-meeting.partly"] * 3, "-meeting.give")
    await meetings.say(anna, 1, 1, ("unsure", "unsure", "unsure"), now)
    await ben.opens(await sanne.invites("parent"))
    await ben.tells(THEIRS, hope=UNSEEN)
    await ben.sends()
    await sanne.shares(2)
    await ben.shares(1)
    await sanne.looks()
    await ben.shares(2)
    await sanne.invites("young")
    voice = await sanne.voice()
    await house.store.write(lambda tx: alarms.set_(tx, [(voice.id, "remind", 0, now + 60)]))
    await changes(sanne, lock=Lock(CODE))


@pytest.fixture
async def life(tmp_path: Path) -> AsyncIterator[Life]:
    books = replace(library(tmp_path), site=HERE, bot="samen_bot")
    world = World(tmp_path, books, vault=Unsealed)
    async with world.on() as house:
        anna = await house.professional()
        sanne, ben = Person(house, "sanne"), Person(house, "ben")
        await lives(house, anna, sanne, ben)
        yield Life(house, world, sanne, ben)


# --- Nothing is forgotten -----------------------------------------------------------------------


def test_of_everything_in_a_conversation_it_is_known_whether_it_is_in_the_file() -> None:
    assert set(CONVERSATION) == set(Conversation.__struct_fields__)


async def test_of_every_table_it_is_known_whether_it_is_in_the_file(life: Life) -> None:
    rows = await life.house.store.read(
        lambda tx: tx.rows(
            "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%'"
        )
    )

    assert {row["name"] for row in rows} == set(TABLES)


async def test_everything_that_is_bound_to_a_voice_is_looked_for(life: Life) -> None:
    """A table that is bound to a voice, or to what is bound to one, is in the list above."""
    bound, names = {"voice"}, list(TABLES)
    for _ in names:
        for name in names:
            if bound & await life.house.store.read(partial(leans_on, table=name)):
                bound.add(name)

    assert bound == {which.split()[0] for which in OF_A_VOICE}


async def leans_on(tx: Transaction, table: str) -> set[str]:
    """The tables that rows of this one go with."""
    rows = await tx.rows("select * from pragma_foreign_key_list(?)", (table,))
    return {row["table"] for row in rows}


# --- The file -----------------------------------------------------------------------------------


async def test_all_that_was_told_sent_answered_and_shared_is_in_the_file(life: Life) -> None:
    kept = await life.sanne.file()

    for words in (TOLD, WHO, HOPE, ANSWER, ADDED, THEIRS):
        assert words in kept, words
    assert "Jij: Een beetje" in kept
    assert "Anna: Weet ik niet" in kept
    assert "Gedeeld met de andere ouder op " in kept
    assert kept.count("Met jou gedeeld door de andere ouder op ") == 2
    assert "Je hebt hier nog niet naar gekeken." in kept
    assert UNSEEN not in kept
    assert "Je nodigde de andere ouder uit, op 21 november" in kept
    assert "Je nodigde je kind uit, op 21 november" in kept
    assert "Je kwam hier met een uitnodiging." in await life.ben.file()


async def test_what_is_not_in_the_file_is_told_with_the_reason(life: Life) -> None:
    kept = await life.sanne.file()

    (_, told) = kept.split("<h2>Wat hier niet in staat</h2>")
    for begin in ("Mijn vragen, en", "Het geluid van je", "Je code. Wie dit", "Wie van het team"):
        assert f"<p>{begin}" in told
    assert "eerder gesprek" not in told
    assert CODE not in kept
    assert SOUND.decode() not in kept
    assert "Mijn vragen, en" in await life.ben.file()
    assert "Je code." not in await life.ben.file()
    assert "Het geluid" not in await life.ben.file()


async def test_what_was_begun_and_not_given_yet_is_in_the_file(life: Life) -> None:
    eva = Person(life.house, "eva")
    await eva.starts()
    await eva.taps("begin")
    assert "Waar je nog mee bezig bent" not in await eva.file()

    await eva.writes(HALF)
    await changes(eva, heard=(Heard(1, "wat de computer hoorde"),))

    kept = await eva.file()
    assert "Waar je nog mee bezig bent" in kept
    assert HALF in kept
    assert "wat de computer hoorde" in kept
    assert "Uitnodigingen" not in kept
    assert "Wie van het team" not in kept


async def test_what_is_ticked_and_not_given_yet_is_in_the_file(tmp_path: Path) -> None:
    async with World(tmp_path).on() as house:
        person = Person(house, "sanne")
        await person.starts()
        nodes = house.library.dialogues["ouder"].nodes.values()
        ticks = next(node for node in nodes if type(node) is Choices)
        people = next(node for node in nodes if isinstance(node, People))
        named = Answered(people.of, Named((Somebody("p1", WHO), Somebody("p2", "buurman"))))

        await changes(person, at=ticks.id, ticked=ticks.codes[:1])
        of_choices = await person.file()
        await changes(person, at=people.id, ticked=("p1",), answers=(named,))
        of_people = await person.file()

    label = f"{ticks.context}/choices/{ticks.codes[0]}"
    begun = unfinished(of_choices)
    assert house.library.texts.text(Text(label), "nl", {}) in begun
    assert WHO in unfinished(of_people)
    assert "buurman" not in unfinished(of_people)


def unfinished(file: str) -> str:
    """What stands in the file of what was begun."""
    (_, rest) = file.split("<h2>Waar je nog mee bezig bent</h2>")
    return rest.partition("<h2>")[0]


async def test_what_was_told_in_an_earlier_talk_is_not_in_the_file_of_the_next(life: Life) -> None:
    """The phone may have changed hands; the file says so, and that erasing takes it along."""
    eva = Person(life.house, "eva")
    await eva.starts()
    await life.ben.opens(await eva.invites("parent"))
    await life.ben.taps("-join")

    kept = await life.ben.file()

    assert "Wat je in een eerder gesprek hier vertelde. Misschien heeft nu iemand" in kept
    assert THEIRS not in kept


# --- Erasing ------------------------------------------------------------------------------------


def is_on(world: World, words: str) -> bool:
    """Whether these words can be read in any file that is kept."""
    disk = b"".join(path.read_bytes() for path in world.folder.rglob("*") if path.is_file())
    return any(form in disk for form in forms(words))


async def test_erasing_takes_away_everything_that_a_voice_can_have(life: Life) -> None:
    voice = (await life.sanne.voice()).id
    before = await life.counts(voice)
    assert all(before.values()), before
    aside = f'{{"id": "{life.sanne.address}", "text": "{ASIDE}"}}'.encode()
    await life.house.store.write(lambda tx: set_aside.put(tx, "web", 1, aside, "KeyError", NOW))
    hers = {ASIDE, TOLD, WHO, HOPE, ANSWER, ADDED, f'"code":"{CODE}"', SOUND.decode()}
    assert {words for words in hers if is_on(life.world, words)} == hers

    await life.sanne.asks("erase")
    await life.sanne.taps("-erase.yes")
    assert await life.house.store.checkpoint()

    assert set((await life.counts(voice)).values()) == {0}
    assert {words for words in hers if is_on(life.world, words)} == set()
    assert is_on(life.world, THEIRS), "what the other told is the other's"
    assert await life.house.store.read(lambda tx: shares.got(tx, voice)) == ()
