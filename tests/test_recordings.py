"""A voice message from the phone to the desk, and back out of everything that is stored.

Through the real Telegram client, the stand-in server, the real storage and the real desk.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from bot.dialogue.events import Asked, NoteLost, Started, Tapped, Wrote
from bot.dialogue.hearing import LARGEST_NOTE, LONGEST_NOTE, MOST_NOTES
from bot.dialogue.tree import Choice, Contact, Review
from bot.fetching import Fetching
from bot.handover.page import recordings_on
from bot.handover.plain import as_text
from bot.professionals import reading
from bot.storage import notes
from bot.storage.notes import PIECE, About, Recording
from bot.storage.store import Transaction
from bot.storage.vault import Vault
from tests.storage.test_canaries import Unsealed
from tests.telegram_family import Family
from tests.telegram_server import DOWNLOAD, TelegramServer, telegram_server
from tests.world import NOW, House, World

CANARY = b"een kanarie die nergens anders zingt"

DAY = 86_400


def song(pieces: int = 1) -> bytes:
    """A voice message that is nowhere else: a canary at the beginning of each piece of it."""
    filler = secrets.token_bytes(PIECE - len(CANARY) - 4)
    return (b"OggS" + CANARY + filler) * pieces


async def come_to_words(house: House, family: Family) -> None:
    """Tap on until own words are asked."""
    family.starts("t_linde")
    await house.settle()
    family.taps("Begin")
    await house.settle()
    await on_to(house, family, "Words")


@asynccontextmanager
async def asked_for_words(
    folder: Path,
) -> AsyncIterator[tuple[House, Family, TelegramServer, World]]:
    """A family that is asked for its own words, in a house that is on, and what is around both."""
    async with telegram_server() as server:
        world, family = World(folder, server=server), Family(server)
        async with world.on() as house:
            await come_to_words(house, family)
            yield house, family, server, world


async def on_to(house: House, family: Family, *kinds: str) -> None:
    """Answer as shortly as possible until a question of one of these kinds is open."""
    for _ in range(60):
        conversation = (await house.voice("telegram", str(family.number))).conversation
        node = house.library.dialogues[conversation.dialogue].nodes[conversation.at]
        turn, name = conversation.turn, type(node).__name__
        if name in kinds:
            await house.settle()
            return
        match node:
            case Review():
                event: Tapped | Asked | Wrote = Tapped(turn, "-agree")
            case Choice() if not node.skip:
                event = Tapped(turn, node.codes[0])
            case Contact() if not node.skip:
                event = Wrote("Noor")
            case _:
                event = Asked("skip")
        await house.happens("telegram", str(family.number), event)
    raise AssertionError(f"no {kinds}")


async def send(house: House, family: Family) -> int:
    """Hand over what was told; the number of the page."""
    await on_to(house, family, "HandOver")
    turn = (await house.voice("telegram", str(family.number))).conversation.turn
    await house.happens("telegram", str(family.number), Tapped(turn, "send"))
    await house.settle()
    rows = await house.store.read(lambda tx: tx.rows("select id from page order by id desc"))
    return int(rows[0]["id"])


async def count(house: House, table: str = "note") -> int:
    rows = await house.store.read(lambda tx: tx.rows(f"select count(*) as n from {table}"))  # noqa: S608
    return int(rows[0]["n"])


def stored(world: World) -> bytes:
    files = [path for path in world.folder.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files if path.parent.name != "keys")


async def heard_on(house: House, page: int) -> list[Recording | None]:
    """What a professional of the team hears on that page."""
    anna = await house.professional()
    opened = await reading.opened(house.store, anna, page, NOW)
    return [
        await reading.recording(house.store, anna, page, number, NOW, begins=True)
        for number in recordings_on(opened.page)
    ]


@pytest.mark.parametrize("vault", [Vault, Unsealed], ids=["sealed", "not sealed"])
async def test_a_voice_note_goes_from_phone_to_desk_and_out_of_all_storage_when_erased(
    tmp_path: Path, vault: type[Vault]
) -> None:
    """Without sealing the scan finds it while it is there, so it would find what stayed."""
    said = song(3)
    Vault.create(tmp_path)
    async with telegram_server() as server:
        world = World(tmp_path, server=server, vault=vault)
        async with world.on() as house:
            family = Family(server)
            await come_to_words(house, family)
            family.speaks(said)
            await house.settle()
            page = await send(house, family)

            (heard,) = await heard_on(house, page)
            assert heard == Recording(said, "audio/ogg", 42)
            assert (CANARY in stored(world)) is (vault is Unsealed)

            family.writes("/wis")
            await house.settle()
            family.taps("Ja, wis alles")
            await house.settle()
            assert await house.store.checkpoint()

            assert await count(house) == 0
            assert await count(house, "note_piece") == 0
            assert CANARY not in stored(world)
            assert [one for one in family.screen() if "voice" in one.body] == []


async def test_the_update_is_kept_before_anything_is_fetched_and_fetched_after_a_restart(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        world, family = World(tmp_path, server=server), Family(server)
        async with world.on() as house:
            await come_to_words(house, family)
            family.speaks(song())
            assert house.telegram is not None
            await house.telegram.came_in.fetch(0)
            assert server.calls_of("getFile") == []
        async with world.on() as house:
            await house.settle()

            voice = await house.voice("telegram", str(family.number))
            (said,) = voice.conversation.draft
            assert said.note is not None
            assert await house.store.read(lambda tx: notes.of_voice(tx, voice.id, said.note or 0))


@pytest.mark.parametrize(
    ("seconds", "size"), [(LONGEST_NOTE + 1, 1_000), (60, LARGEST_NOTE + 1)], ids=["long", "big"]
)
async def test_what_is_too_long_or_too_big_is_told_before_anything_is_downloaded(
    tmp_path: Path, seconds: int, size: int
) -> None:
    async with asked_for_words(tmp_path) as (house, family, server, _):
        family.speaks(song(), seconds, size=size)
        await house.settle()

        assert "te lang voor mij" in family.last.text
        assert server.calls_of("getFile", DOWNLOAD) == []
        assert await count(house) == 0


async def test_one_that_is_bigger_than_telegram_said_is_never_read_whole(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(b"OggS" + b"x" * (LARGEST_NOTE + 5), size=1_000)
        await house.settle()

        assert "niet bij mij aangekomen" in family.last.text
        assert await count(house, "note_piece") == 0


async def test_one_that_does_not_come_is_tried_for_a_day_and_then_told_once(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, server, _):
        family.speaks(song())
        server.refuses("getFile", 502, times=10_000)
        await house.settle()
        before = family.last.text
        for _ in range(5):
            house.clock.time += DAY // 4
            await house.settle()

        assert "Ik heb je opname" in before
        told = [one for one in server.said_to(family.number) if "niet bij mij" in one]
        assert len(told) == 1
        assert await count(house) == 1
        (said,) = (await house.voice("telegram", str(family.number))).conversation.draft
        assert said.lost
        tried = len(server.calls_of("getFile"))
        await house.settle()
        assert len(server.calls_of("getFile")) == tried


async def test_a_hitch_of_telegram_costs_no_recording(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, server, _):
        server.refuses("getFile", 500)
        server.hangs_up(DOWNLOAD)
        server.refuses(DOWNLOAD, 503)
        family.speaks(song())
        for _ in range(6):
            await house.settle()
            house.clock.time += 10

        assert await count(house, "note_piece") == 1


async def test_a_page_that_was_sent_before_the_recording_came_gets_it_when_it_comes(
    tmp_path: Path,
) -> None:
    said = song()
    async with asked_for_words(tmp_path) as (house, family, server, _):
        server.refuses("getFile", 502, times=1)
        family.speaks(said)
        await house.settle()
        page = await send(house, family)
        assert await heard_on(house, page) == [None]
        house.clock.time += 60
        await house.settle()

        anna = (await house.store.read(lambda tx: tx.rows("select id from professional")))[0]
        assert anna["id"] == 1
        found = await house.store.read(lambda tx: _of_page(tx, page))
        assert [one.content for one in found] == [said]


async def _of_page(tx: Transaction, page: int) -> list[Recording]:
    states = await notes.states_on(tx, page)
    found = [await notes.of_page(tx, page, number) for number in states]
    return [one for one in found if isinstance(one, Recording)]


async def test_it_can_be_heard_again_at_the_review_and_is_never_sent_twice(tmp_path: Path) -> None:
    said = song()
    async with asked_for_words(tmp_path) as (house, family, server, _):
        family.speaks(said)
        await house.settle()
        family.taps("Klaar")
        await house.settle()
        await on_to(house, family, "Review", "HandOver")
        shown = "\n".join(server.said_to(family.number))
        place = shown[: shown.index("🎤 opname, 0:42")].rindex(". ")
        family.taps(f"✏️ {shown[place - 1]}")
        await house.settle()
        family.taps("▶ Luister, 0:42")
        await house.settle()
        played = [one for one in family.screen() if one.mine and one.sound]
        assert [one.sound for one in played] == [said]
        assert played[0].rows == [["🚪"]]

        server.swallows_answer("sendVoice")
        family.taps("▶ Luister, 0:42")
        await house.settle()

        assert "niet zeker of de opname" in "\n".join(server.said_to(family.number))
        assert len(server.calls_of("sendVoice")) == 2


async def test_a_stop_while_it_is_played_back_never_plays_it_twice(tmp_path: Path) -> None:
    async with telegram_server() as server:
        world, family = World(tmp_path, server=server), Family(server)
        async with world.on() as house:
            await come_to_words(house, family)
            family.speaks(song())
            await house.settle()
            await at_the_item(house, family)
            server.stalls("sendVoice")
            family.taps("▶ Luister, 0:42")
            assert house.telegram is not None
            await house.telegram.came_in.fetch(0)
            playing = asyncio.create_task(house.settle())
            await server.until(lambda: bool(server.calls_of("sendVoice")))
            playing.cancel()
            with suppress(asyncio.CancelledError):
                await playing
        async with world.on() as house:
            await house.settle()

            assert len(server.calls_of("sendVoice")) == 1
            assert "niet zeker of de opname" in "\n".join(server.said_to(family.number))


async def test_what_is_changed_is_kept_no_longer_but_the_page_that_was_sent_keeps_its_own(
    tmp_path: Path,
) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(song())
        await house.settle()
        page = await send(house, family)
        assert await count(house) == 2
        family.taps("Opnieuw beginnen")
        await house.settle()

        assert await count(house) == 1
        assert [one is not None for one in await heard_on(house, page)] == [True]


async def test_a_page_that_is_taken_back_takes_its_recording_along(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(song())
        await house.settle()
        await send(house, family)
        family.writes("/pagina")
        await house.settle()
        family.taps("Mijn pagina terugnemen")
        await house.settle()
        family.taps("Ja, neem hem terug")
        await house.settle()

        rows = await house.store.read(lambda tx: tx.rows("select page from note"))
        assert [row["page"] for row in rows] == [None]


async def test_the_page_says_in_words_what_was_spoken_and_json_names_it(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.writes("Eerst dit.")
        family.speaks(song())
        family.writes("En dan dat.")
        await house.settle()
        page = await send(house, family)
        anna = await house.professional()
        told = (await reading.opened(house.store, anna, page, NOW)).page

        (item,) = [item for section in told.sections for item in section.items if item.pieces]
        assert [piece.words for piece in item.pieces] == ["Eerst dit.", "", "En dan dat."]
        assert item.original == "Eerst dit.\nEn dan dat."
        text = as_text(told)
        assert "  | Eerst dit.\n  (gesproken, 0:42 — te beluisteren op het bureau)\n" in text
        assert told.mode == "knoppen en eigen woorden, ook gesproken"


async def test_somewhere_else_than_at_own_words_it_is_refused_kindly_and_not_kept(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        world, family = World(tmp_path, server=server), Family(server)
        async with world.on() as house:
            family.starts("t_linde")
            await house.settle()
            family.speaks(song())
            await house.settle()

            assert "Hier kan ik geen opname bewaren" in family.last.text
            assert await count(house) == 0
            assert server.calls_of("getFile") == []


async def test_the_house_never_says_a_word_of_a_recording_that_belongs_to_someone_else(
    tmp_path: Path,
) -> None:
    world = World(tmp_path)
    async with world.on() as house:
        await house.happens("web", "een", Started(), link="t_linde")
        await house.happens("web", "twee", Started(), link="t_linde")
        one, other = await house.voice("web", "een"), await house.voice("web", "twee")
        number = await house.store.write(
            lambda tx: notes.add(tx, one, About(3, "audio/ogg"), song(), NOW)
        )

        assert await house.store.read(lambda tx: notes.of_voice(tx, other.id, number)) is None
        assert await house.store.read(lambda tx: notes.of_voice(tx, one.id, number))


async def test_word_of_a_recording_that_is_gone_passes_in_silence(tmp_path: Path) -> None:
    world = World(tmp_path)
    async with world.on() as house:
        await house.happens("web", "een", Started(), link="t_linde")
        before = await house.voice("web", "een")

        await house.conversations.tell(before.id, NoteLost(99), NOW)

        assert (await house.voice("web", "een")).conversation == before.conversation


async def test_an_answer_takes_only_so_many_recordings(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        for _ in range(MOST_NOTES + 1):
            family.speaks(song())
        await house.settle()

        assert f"passen {MOST_NOTES} opnamen" in family.last.text
        assert await count(house) == MOST_NOTES


async def at_the_item(house: House, family: Family) -> None:
    """From own words with a recording to the screen of that item."""
    await on_to(house, family, "Review", "HandOver")
    shown = "\n".join(family.server.said_to(family.number))
    place = shown[: shown.index("🎤 opname, 0:42")].rindex(". ")
    family.taps(f"✏️ {shown[place - 1]}")
    await house.settle()


@pytest.mark.parametrize("trouble", ["not here yet", "refused"])
async def test_one_that_cannot_be_played_is_said_to_be_not_there(
    tmp_path: Path, trouble: str
) -> None:
    async with asked_for_words(tmp_path) as (house, family, server, _):
        if trouble == "refused":
            server.refuses("sendVoice", 400)
        else:
            server.refuses("getFile", 502, times=100)
        family.speaks(song())
        await house.settle()
        await at_the_item(house, family)
        family.taps("▶ Luister, 0:42")
        await house.settle()

        assert "Deze opname heb ik nu nog niet." in "\n".join(server.said_to(family.number))


async def test_a_chat_that_is_blocked_gets_no_recording(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(song())
        await house.settle()
        await at_the_item(house, family)
        family.blocks()
        family.taps("▶ Luister, 0:42")
        await house.settle()

        rows = await house.store.read(
            lambda tx: tx.rows("select kind from message where kind = 'sound' or state = 0")
        )
        assert rows == []
        assert [one for one in family.screen() if one.sound] == []


async def test_what_is_no_sound_is_told_like_one_that_never_came(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(b"<html>geen geluid</html>")
        await house.settle()

        assert "niet bij mij aangekomen" in family.last.text
        assert await count(house, "note_piece") == 0


async def test_while_its_channel_is_out_of_reach_a_recording_waits(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(song())
        assert house.telegram is not None
        await house.telegram.came_in.fetch(0)
        alone = Fetching(house.store, house.conversations.tell, {}, house.clock)
        assert await alone.visit() == 1.0
        assert await count(house, "note_piece") == 0
        house.clock.time += 60
        await house.settle()

        assert await count(house, "note_piece") == 1


async def test_what_is_damaged_is_given_up_and_holds_up_no_other(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, _, _):
        family.speaks(song())
        family.speaks(song())
        assert house.telegram is not None
        await house.telegram.came_in.fetch(0)
        await house.store.write(
            lambda tx: tx.run("update note set about = zeroblob(300) where id = 1")
        )
        await house.settle()

        rows = await house.store.read(lambda tx: tx.rows("select state from note order by id"))
        assert [row["state"] for row in rows] == ["lost", "here"]
        voice = await house.voice("telegram", str(family.number))
        await house.store.write(lambda tx: tx.run("update note_piece set body = zeroblob(300)"))
        assert await house.store.read(lambda tx: notes.of_voice(tx, voice.id, 2)) is None


async def test_what_was_let_go_of_while_it_was_under_way_is_not_kept(tmp_path: Path) -> None:
    """The page that was sent still gets its copy; the draft that begins anew keeps nothing."""
    async with asked_for_words(tmp_path) as (house, family, server, _):
        server.refuses("getFile", 502)
        family.speaks(song())
        await house.settle()
        await send(house, family)
        family.taps("Opnieuw beginnen")
        await house.settle()
        assert await count(house) == 2
        house.clock.time += 60
        await house.settle()

        rows = await house.store.read(lambda tx: tx.rows("select voice, state from note"))
        assert [(row["voice"], row["state"]) for row in rows] == [(None, "here")]


async def test_what_was_erased_while_it_was_under_way_is_thrown_away(tmp_path: Path) -> None:
    async with asked_for_words(tmp_path) as (house, family, server, _):
        family.speaks(song())
        assert house.telegram is not None
        assert house.fetching is not None
        await house.telegram.came_in.fetch(0)
        arrives = server.holds(DOWNLOAD)
        fetching = asyncio.create_task(house.fetching.visit())
        await server.until(lambda: _asked(server))
        number = str(family.number)
        turn = (await house.voice("telegram", number)).conversation.turn
        await house.happens("telegram", number, Asked("erase"), Tapped(turn + 1, "-erase.yes"))
        arrives.set()
        await fetching

        assert await count(house) == 0
        assert await count(house, "note_piece") == 0


def _asked(server: TelegramServer) -> bool:
    """Whether the address of the file was given, so that the download is under way."""
    return bool(server.calls_of("getFile"))


async def test_the_loop_wakes_up_for_what_comes_in_and_stops_when_it_is_told(
    tmp_path: Path,
) -> None:
    async with telegram_server() as server:
        world, family = World(tmp_path, server=server), Family(server)
        async with world.on() as house:
            assert house.telegram is not None
            assert house.fetching is not None
            await come_to_words(house, family)
            loop = asyncio.create_task(house.fetching.run())
            family.speaks(song())
            await house.telegram.came_in.fetch(0)
            async with asyncio.timeout(30):
                while await count(house, "note_piece") == 0:
                    await house.store.committed_after(house.store.commits)
            loop.cancel()
            with pytest.raises(asyncio.CancelledError):
                await loop
