"""The picture of a circle in the family's chat: there once, and never twice by itself."""

import asyncio
import math
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.channels.telegram_text import LONGEST_CAPTION, units
from bot.dialogue.circle import Circle
from bot.dialogue.events import Asked, Event, Tapped
from bot.dialogue.summary import circle_of
from bot.families.allowance import Limits
from bot.handover import drawing
from bot.handover.circle_page import circle_words
from bot.handover.picture import picture
from bot.storage import messages
from bot.storage.errors import Busy
from bot.texts import Message, Picture
from tests.circle_talk import question_after, to_the_picture
from tests.telegram_family import Family
from tests.telegram_server import Call, Shown, TelegramServer, telegram_server
from tests.world import House, World, library

BOOKS = library()
DEEDS = to_the_picture(BOOKS.dialogues["ouder"])
ASKED, NEXT = question_after(BOOKS, DEEDS[:-1]), question_after(BOOKS, DEEDS)

HERE = "Dit is je tekening. Deze mensen staan erop:"
LATER = "Ik tekende net al een paar keer voor je. Hier staat hetzelfde in woorden."
LOST = "Heb je de tekening gezien? Vraag hem anders nog eens."
AGAIN = "De tekening bekijken"


@asynccontextmanager
async def chat(folder: Path, language: str = "nl") -> AsyncIterator[tuple[World, Family]]:
    """A family with Telegram, and the house, switched off."""
    async with telegram_server() as server:
        world = World(folder, BOOKS, server)
        yield world, Family(server, language=language)


async def tells(house: House, family: Family, deeds: list[Event] = DEEDS) -> None:
    """Do all that leads to the picture; it is in the outbox then, and all before it delivered."""
    family.starts("t_linde")
    await house.settle()
    *before, last = deeds
    await house.happens("telegram", str(family.number), *before)
    await house.settle()
    await house.happens("telegram", str(family.number), last)


async def with_patience(house: House) -> None:
    """Deliver until nothing waits, however long that takes."""
    while (rest := await house.delivery.settle()) is not None:
        house.clock.passes(rest)
        house.clock.time += math.ceil(rest)


def pictures(family: Family) -> list[Shown]:
    """The pictures that the chat shows."""
    return [shown for shown in family.screen() if shown.mine and "photo" in shown.body]


def sent(family: Family) -> list[Call]:
    return [c for c in family.server.calls_of("sendPhoto") if c.chat == family.number]


def server_of(world: World) -> TelegramServer:
    assert world.server is not None
    return world.server


# --- So often, and no oftener ------------------------------------------------------------------


async def test_after_so_many_pictures_the_same_is_said_in_words_and_later_drawn_again(
    tmp_path: Path,
) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await with_patience(house)
        most = Limits().drawings
        for _ in range(most):
            await house.happens("telegram", str(family.number), Asked("circle"))
            await with_patience(house)
        assert len(sent(family)) == most

        assert any(LATER in shown.text for shown in family.screen())
        words = next(shown.text for shown in family.screen() if LATER in shown.text)
        assert all(name in words for name in ("Oma", "juf Els", "Yusuf"))
        house.clock.time += Limits().drawn_within
        await house.happens("telegram", str(family.number), Asked("circle"))
        await with_patience(house)

        assert len(sent(family)) == most + 1


async def test_one_who_is_drawn_often_takes_nothing_from_another(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        for _ in range(Limits().drawings):
            await house.happens("telegram", str(family.number), Asked("circle"))
        other = Family(server_of(world), 7_002)

        await tells(house, other)
        await with_patience(house)

        assert len(sent(other)) == 1


# --- On most days -------------------------------------------------------------------------------


async def test_the_picture_stands_between_the_last_answer_and_the_next_question(
    tmp_path: Path,
) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        (shown,) = pictures(family)
        *_, before, here, after = [each for each in family.screen() if each.mine]
        assert here is shown
        assert ASKED in before.text
        assert NEXT in after.text
        assert shown.rows == [["🚪"]]
        assert shown.body["photo"][-1]["width"] == shown.body["photo"][-1]["height"] == 1080
        first, *people = shown.caption.split("\n\n")
        assert first == HERE
        assert [line.partition(":")[0] for line in people] == ["Oma", "juf Els", "Yusuf"]
        assert all("heel dichtbij, geeft kracht" in line for line in people)


@pytest.mark.parametrize("language", [each.code for each in BOOKS.texts.languages])
async def test_the_picture_is_drawn_in_the_language_of_who_reads_it(
    language: str, tmp_path: Path
) -> None:
    async with chat(tmp_path, language) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        voice = await house.voice("telegram", str(family.number))
        words = circle_words(BOOKS.texts, voice.conversation.language)
        (shown,) = pictures(family)
        circle = circle_of(BOOKS.dialogues["ouder"], voice.conversation)
        assert voice.conversation.language == language
        assert shown.picture == picture(circle, words, right_to_left=False)


async def test_it_comes_again_when_someone_asks_for_it(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        family.writes("/tekening")
        await house.settle()
        family.taps("⋯")
        await house.settle()
        family.taps(AGAIN)
        await house.settle()

        assert len(pictures(family)) == 3
        assert NEXT in family.last.text


async def test_long_names_keep_the_caption_within_what_telegram_takes(tmp_path: Path) -> None:
    names = [f"👩🏽 {'é' * 34} {number}" for number in range(20)]
    deeds = to_the_picture(BOOKS.dialogues["ouder"], ", ".join(names))
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family, deeds)
        await house.settle()

        (shown,) = pictures(family)
        assert LONGEST_CAPTION / 2 < units(shown.caption) <= LONGEST_CAPTION
        assert all(name in shown.caption for name in names)
        assert "geeft kracht" not in shown.caption


async def test_words_that_fit_in_no_caption_are_cut_visibly(tmp_path: Path) -> None:
    names = [f"{'👩🏽' * 9} x{number}" for number in range(20)]
    names = [name + "🌻" * (40 - len(name)) for name in names]
    deeds = to_the_picture(BOOKS.dialogues["ouder"], ", ".join(names))
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family, deeds)
        await house.settle()

        (shown,) = pictures(family)
        assert shown.caption.startswith(HERE)
        assert shown.caption.endswith("…")
        assert units(shown.caption) <= LONGEST_CAPTION


async def test_the_words_of_a_picture_are_gone_once_it_arrived(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        (row,) = await house.store.read(
            lambda tx: tx.rows("select body, ref, state from message where kind = 'picture'")
        )
        assert (row["body"], row["ref"], row["state"]) == (None, pictures(family)[0].id, 1)


# --- Never twice by itself ----------------------------------------------------------------------


async def test_what_may_have_arrived_is_not_sent_again_but_asked_about(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        server_of(world).swallows_answer("sendPhoto")
        await tells(house, family)
        await house.settle()

        assert len(sent(family)) == 1
        *_, asked, after = [each for each in family.screen() if each.mine]
        assert asked.text == LOST
        assert asked.rows == [[AGAIN]]
        assert NEXT in after.text

        family.taps(AGAIN)
        await house.settle()
        assert len(sent(family)) == 2
        assert pictures(family)[-1].caption.startswith(HERE)


@pytest.mark.parametrize("status", [500, 502])
async def test_an_error_of_theirs_leaves_open_whether_it_arrived(
    status: int, tmp_path: Path
) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        server_of(world).refuses("sendPhoto", status)
        await tells(house, family)
        await house.settle()

        assert len(sent(family)) == 1
        assert LOST in server_of(world).said_to(family.number)


async def test_a_connection_that_breaks_off_leaves_it_open_too(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        server_of(world).hangs_up("sendPhoto")
        await tells(house, family)
        await house.settle()

        assert len(sent(family)) == 1
        assert LOST in server_of(world).said_to(family.number)


async def test_a_stop_while_it_is_under_way_sends_it_no_second_time(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family):
        async with world.on() as house:
            await tells(house, family)
            found = await house.store.read(
                lambda tx: tx.rows("select id from message where kind = 'picture'")
            )
            begun = await house.store.write(lambda tx: messages.begin(tx, found[0]["id"], 1))
            assert begun

        async with world.on() as house:
            await house.settle()

        assert sent(family) == []
        assert LOST in server_of(world).said_to(family.number)
        assert NEXT in family.last.text


async def test_what_never_left_this_machine_is_sent_later_and_once(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await server_of(world).stop()
        for _ in range(3):
            rest = await house.delivery.settle()
            assert rest is not None
            house.clock.time += 60
            house.clock.passes(60)
        await server_of(world).start()
        await with_patience(house)

        assert len(sent(family)) == 1
        assert len(pictures(family)) == 1
        assert LOST not in server_of(world).said_to(family.number)


async def test_too_many_requests_only_make_it_later(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        server_of(world).refuses("sendPhoto", 429, retry_after=7)
        await tells(house, family)
        await with_patience(house)

        assert [call.status for call in sent(family)] == [429, 200]
        assert LOST not in server_of(world).said_to(family.number)


async def test_a_picture_that_telegram_refuses_is_said_in_words(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        server_of(world).refuses("sendPhoto", 400, description="Bad Request: IMAGE_PROCESS_FAILED")
        await tells(house, family)
        await house.settle()

        assert pictures(family) == []
        (told,) = [text for text in server_of(world).said_to(family.number) if HERE in text]
        assert "juf Els: heel dichtbij, geeft kracht" in told


class PanicException(BaseException):
    """As typst breaks down."""


@pytest.mark.parametrize("mistake", [RuntimeError("Oma"), PanicException("Oma")])
async def test_a_picture_that_we_cannot_draw_is_said_in_words(
    mistake: BaseException,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def breaks_down(*_: object, **__: object) -> bytes:
        raise mistake

    monkeypatch.setattr(drawing, "picture", breaks_down)
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        assert any(HERE in text for text in server_of(world).said_to(family.number))
        assert "Oma" not in caplog.text


async def test_a_full_disk_only_makes_it_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> bool:
        raise Busy("vol")

    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        with monkeypatch.context() as patch:
            patch.setattr(messages, "begin", full)
            assert await house.delivery.settle() is not None
            assert sent(family) == []
        await with_patience(house)

        assert len(sent(family)) == 1


async def test_who_blocked_the_bot_costs_nobody_else_anything(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        family.blocks()
        await house.settle()

        assert pictures(family) == []
        (row,) = await house.store.read(
            lambda tx: tx.rows("select count(*) as n from message where state = 0")
        )
        assert row["n"] == 0


# --- Gone when someone wants it gone ------------------------------------------------------------


@pytest.mark.parametrize("deed", [Asked("leave"), Tapped(99, "-leave")])
async def test_the_way_out_takes_the_picture_along(deed: Event, tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        await house.happens("telegram", str(family.number), deed)
        await house.settle()

        assert pictures(family) == []


async def test_erasing_takes_the_picture_along(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.settle()

        family.writes("/wis")
        await house.settle()
        family.taps("Ja, wis alles")
        await house.settle()

        assert [shown.text for shown in family.screen()] == ["Alles is gewist."]


async def test_a_picture_that_still_waits_is_not_sent_after_the_way_out(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        await house.happens("telegram", str(family.number), Asked("leave"))
        await house.settle()

        assert sent(family) == []


async def test_a_picture_that_is_being_drawn_at_the_way_out_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*_: object, **__: object) -> bytes:
        begun.set()
        go_on.wait(60)
        return b""

    monkeypatch.setattr(drawing, "picture", slowly)
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)
        running = asyncio.create_task(with_patience(house))
        await asyncio.to_thread(begun.wait, 60)
        await house.happens("telegram", str(family.number), Asked("leave"))
        go_on.set()
        await running

        assert sent(family) == []
        assert pictures(family) == []


async def test_drawing_can_be_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*_: object, **__: object) -> bytes:
        begun.set()
        go_on.wait(60)
        return b""

    monkeypatch.setattr(drawing, "picture", slowly)
    lost = Message((), "nl")
    going = asyncio.create_task(
        drawing.drawn(Picture(Circle(), {}, right_to_left=False, short=(), lost=lost))
    )
    await asyncio.to_thread(begun.wait, 60)
    going.cancel()
    go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await going


async def test_a_picture_that_arrives_after_the_way_out_is_taken_out_again(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        arrives = server_of(world).holds("sendPhoto")
        await tells(house, family)
        running = asyncio.create_task(with_patience(house))
        await server_of(world).until(lambda: bool(pictures(family)))
        await house.happens("telegram", str(family.number), Asked("leave"))
        arrives.set()
        await running

        assert pictures(family) == []
        assert len(sent(family)) == 1


async def test_no_name_stands_on_the_disk(tmp_path: Path) -> None:
    async with chat(tmp_path) as (world, family), world.on() as house:
        await tells(house, family)

        rows = await house.store.read(lambda tx: tx.rows("select body from message"))
        bodies = b"".join(row["body"] or b"" for row in rows)
        assert bodies
        assert not any(name.encode() in bodies for name in ("Oma", "juf Els", "Yusuf"))
