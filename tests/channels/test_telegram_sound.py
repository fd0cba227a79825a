"""Voice messages on Telegram: what comes in, how it is fetched, and how it is played back."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.channels.telegram_bot import connection
from bot.channels.telegram_files import TelegramFiles, telegram_files
from bot.channels.telegram_out import TelegramOut
from bot.channels.telegram_update import read_update
from bot.conversations import Incoming
from bot.delivery import TryLater, Unclear, Undeliverable
from bot.dialogue.events import Spoke
from bot.families.incoming import Recorded
from bot.storage.notes import About, Recording
from bot.texts import Line, Message
from tests.telegram_family import Family
from tests.telegram_server import DOWNLOAD, TelegramServer, telegram_server

SONG = b"OggS" + bytes(range(256)) * 10

HERE = Message((Line("Dit is je opname."),), "nl", 4)


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with telegram_server() as running:
        yield running


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    async with connection(server.token, server.api) as connected:
        yield connected


@pytest.fixture
async def files(bot: Bot) -> AsyncIterator[TelegramFiles]:
    async with telegram_files(bot) as found:
        yield found


@pytest.fixture
def noor(server: TelegramServer) -> Family:
    family = Family(server)
    family.starts()
    return family


def message(**body: object) -> dict[str, object]:
    who = {"id": 4001, "is_bot": False, "first_name": "Noor"}
    chat = {"id": 4001, "type": "private"}
    return {"update_id": 9, "message": {"message_id": 5, "from": who, "chat": chat, **body}}


def test_a_voice_message_is_what_it_takes_to_fetch_it() -> None:
    voice = {"file_id": "AwAC", "duration": 42, "mime_type": "audio/ogg", "file_size": 9_000}
    found = read_update(message(voice=voice))

    assert isinstance(found, Incoming)
    assert found.event == Spoke(0, 42, 9_000, 5)
    assert found.recorded == Recorded(About(42, "audio/ogg", "AwAC"))
    assert found.ref == 5


def test_music_counts_as_a_recording_and_needs_no_more_than_its_name() -> None:
    found = read_update(message(audio={"file_id": "CQAC"}))

    assert isinstance(found, Incoming)
    assert found.event == Spoke(0, 0, 0, 5)
    assert found.recorded == Recorded(About(0, "", "CQAC"))


async def test_a_file_is_fetched_whole(server: TelegramServer, files: TelegramFiles) -> None:
    server.files["f"] = SONG

    assert await files.fetch("f", len(SONG)) == SONG


async def test_what_is_too_big_by_its_own_number_is_not_downloaded(
    server: TelegramServer, files: TelegramFiles
) -> None:
    server.files["f"] = SONG
    with pytest.raises(Undeliverable):
        await files.fetch("f", len(SONG) - 1)

    assert server.calls_of(DOWNLOAD) == []


async def test_one_that_is_bigger_than_it_was_said_to_be_is_never_taken(
    server: TelegramServer, files: TelegramFiles
) -> None:
    server.files["f"] = SONG
    server.told_sizes["f"] = 10
    with pytest.raises(Undeliverable):
        await files.fetch("f", len(SONG) - 1)

    assert len(server.calls_of(DOWNLOAD)) == 1


async def test_one_that_nobody_has_will_never_come(files: TelegramFiles) -> None:
    with pytest.raises(Undeliverable):
        await files.fetch("nergens", 100)


@pytest.mark.parametrize("status", [400, 403, 404, 410])
async def test_a_file_that_is_gone_will_never_come(
    server: TelegramServer, files: TelegramFiles, status: int
) -> None:
    server.files["f"] = SONG
    server.refuses(DOWNLOAD, status)
    with pytest.raises(Undeliverable):
        await files.fetch("f", 9_000)


@pytest.mark.parametrize("method", ["getFile", DOWNLOAD])
@pytest.mark.parametrize("trouble", ["refused", "hung up"])
async def test_trouble_on_the_way_means_later_and_says_no_address(
    server: TelegramServer, files: TelegramFiles, method: str, trouble: str
) -> None:
    server.files["f"] = SONG
    if trouble == "refused":
        server.refuses(method, 502)
    else:
        server.hangs_up(method)
    with pytest.raises(TryLater) as caught:
        await files.fetch("f", 9_000)

    if method == DOWNLOAD:
        assert server.token not in f"{caught.value!r} {caught.value.__cause__!r}"
    assert await files.fetch("f", 9_000) == SONG


@pytest.mark.parametrize(
    ("mime", "method", "kind"),
    [
        ("audio/ogg", "sendVoice", "voice"),
        ("audio/mpeg", "sendAudio", "audio"),
        ("audio/mp4", "sendAudio", "audio"),
        ("audio/webm", "sendDocument", "document"),
        ("audio/wav", "sendDocument", "document"),
    ],
)
async def test_a_recording_is_played_back_as_telegram_can_show_it(
    server: TelegramServer, bot: Bot, noor: Family, mime: str, method: str, kind: str
) -> None:
    recording = Recording(SONG, mime, 42)
    (ref,) = await TelegramOut(bot).sound(str(noor.number), recording, HERE)

    assert noor.last.id == ref
    assert kind in noor.last.body
    assert noor.last.caption == "Dit is je opname."
    assert noor.last.rows == [["🚪"]]
    assert SONG in (noor.last.sound, noor.last.document)
    assert len(server.calls_of(method)) == 1


async def test_one_without_words_or_length_is_played_back_too(bot: Bot, noor: Family) -> None:
    silent = Message((), "nl", 4)
    for mime in ("audio/ogg", "audio/mp4", "audio/wav"):
        await TelegramOut(bot).sound(str(noor.number), Recording(SONG, mime, 0), silent)

        assert noor.last.caption == ""


async def test_an_answer_that_was_lost_leaves_it_unclear(
    server: TelegramServer, bot: Bot, noor: Family
) -> None:
    server.swallows_answer("sendVoice")
    with pytest.raises(Unclear):
        await TelegramOut(bot).sound(str(noor.number), Recording(SONG, "audio/ogg", 1), HERE)
