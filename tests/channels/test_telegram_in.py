"""What people do on Telegram reaches us once, and is confirmed only when it is on the disk."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.error import NetworkError, TelegramError

from bot.channels.telegram_bot import connection
from bot.channels.telegram_commands import COMMANDS, DUTCH, ENGLISH, announce
from bot.channels.telegram_courtesies import Courtesies
from bot.channels.telegram_in import TelegramIn
from bot.channels.telegram_update import THINGS, GroupUpdate, has_number, read_update, tap_of
from bot.conversations import Incoming
from bot.dialogue.events import Asked, Edited, Event, Sent, Shared, Spoke, Started, Tapped, Wrote
from bot.storage import set_aside
from bot.storage.errors import Busy, StorageError
from bot.storage.records import Chat
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.texts import Texts
from tests.telegram_family import THINGS as SENDABLE
from tests.telegram_family import Family
from tests.telegram_server import MIDDAY, TelegramServer, telegram_server

NOOR = Chat("telegram", "4001")

Json = dict[str, Any]

# --- One update -----------------------------------------------------------------------------------

UPDATES: dict[str, Json] = json.loads(
    (Path(__file__).parent / "updates.json").read_text(encoding="utf-8")
)
"""An update of every kind, as Telegram sends them."""


def read(update: Json) -> Event | GroupUpdate | None:
    found = read_update(update)
    return found.event if isinstance(found, Incoming) else found


@pytest.mark.parametrize(
    ("name", "meaning"),
    [
        ("start", Started()),
        ("start by a link", Started()),
        ("start in a group's way", Started()),
        ("text", Wrote("Hij slaapt slecht 😔", 102)),
        ("forwarded text", Wrote("Van oma", 103)),
        ("edited text", Edited("Hij slaapt goed", 102)),
        ("edited caption", None),
        ("own contact", Shared("+31612345678", 105)),
        ("someone else's contact", Sent("contact")),
        ("own contact, forwarded", Sent("contact")),
        ("contact who is not on Telegram", Sent("contact")),
        ("photo with words", Sent("photo")),
        ("voice", Spoke(0, 7, 30_123, 110)),
        ("sticker", Sent("sticker")),
        ("animation", Sent("animation")),
        ("venue", Sent("venue")),
        ("live location that moved", None),
        ("pinned message", None),
        ("tap", Tapped(12, "kind")),
        ("tap under a message that is gone", Tapped(3, "-leave")),
        ("tap without a turn", Tapped(-1, "")),
        ("tap in a group", GroupUpdate(-100123)),
        ("tap from inline mode", None),
        ("tap from someone else's chat", None),
        ("blocked", None),
        ("unblocked", None),
        ("added to a group", GroupUpdate(-100123)),
        ("added to a channel", GroupUpdate(-100124)),
        ("removed from a group", None),
        ("text in a group", GroupUpdate(-100123)),
        ("edited text in a group", GroupUpdate(-100123)),
        ("text from a bot", None),
        ("reaction", None),
    ],
)
def test_every_kind_of_update_has_its_meaning(
    name: str, meaning: Event | GroupUpdate | None
) -> None:
    assert read(UPDATES[name]) == meaning


def test_every_captured_update_is_in_the_test_above() -> None:
    marks = test_every_kind_of_update_has_its_meaning.pytestmark  # type: ignore[attr-defined]

    assert [name for name, _ in marks[0].args[1]] == list(UPDATES)


def test_what_comes_with_an_update_is_kept_with_it() -> None:
    start = read_update(UPDATES["start by a link"])
    tap = read_update(UPDATES["tap"])
    edit = read_update(UPDATES["edited text"])

    assert isinstance(start, Incoming)
    assert isinstance(tap, Incoming)
    assert start.at == UPDATES["start by a link"]["message"]["date"]
    assert replace(start, at=None) == Incoming(NOOR, 5000002, Started(), "pt", "t_linde", 101)
    assert replace(tap, at=None) == Incoming(NOOR, 5000019, Tapped(12, "kind"), "nl", None, None)
    assert isinstance(edit, Incoming)
    assert edit.ref is None


def said(text: str) -> Incoming:
    update = json.loads(json.dumps(UPDATES["text"]))
    update["message"]["text"] = text
    found = read_update(update)
    assert isinstance(found, Incoming)
    return found


@pytest.mark.parametrize("text", ["/start t_linde-2", "/START t_linde-2", "/start@bot t_linde-2"])
def test_a_link_is_what_stands_behind_start(text: str) -> None:
    assert said(text).event == Started()
    assert said(text).link == "t_linde-2"


@pytest.mark.parametrize("payload", ["", "é", "een twee", "x" * 65, "a\nb", "../.."])
def test_a_link_that_no_link_can_carry_is_none(payload: str) -> None:
    assert said(f"/start {payload}").event == Started()
    assert said(f"/start {payload}").link is None


def test_the_commands_of_all_languages_work_in_every_language() -> None:
    assert {name: said(f"/{name}").event for name in COMMANDS} == {
        name: Asked(control) for name, control in COMMANDS.items()
    }
    assert set(DUTCH.values()) == set(ENGLISH.values())
    assert said("/Weg").event == Asked("leave")
    assert said("/weg nu meteen\nalsjeblieft").event == Asked("leave")
    assert said("/weg@samen_bot").event == Asked("leave")


@pytest.mark.parametrize("text", ["/anders", "weg", "Ga /weg", "/ weg", "//weg", "/weg!", "/1 2"])
def test_what_is_no_command_of_ours_is_just_words(text: str) -> None:
    assert said(text).event == Wrote(text, 102)


def test_control_signs_and_half_signs_never_get_in() -> None:
    assert said("a\x00b\x1b\x7f\tc\nd").event == Wrote("ab\tc\nd", 102)
    assert said("half \ud83d, heel \ud83d\ude00").event == Wrote("half �, heel 😀", 102)
    assert said("أهلا 👨‍👩‍👧 \u200f").event == Wrote("أهلا 👨‍👩‍👧 \u200f", 102)


@pytest.mark.parametrize(
    "data", ["", "12", "12:", ":ja", "-1:ja", "1:a b", "x:ja", "1" * 10 + ":j"]
)
def test_a_tap_that_we_never_drew_is_a_tap_on_nothing(data: str) -> None:
    update = json.loads(json.dumps(UPDATES["tap"]))
    update["callback_query"]["data"] = data

    assert read(update) == Tapped(-1, "")


def test_an_update_of_another_shape_cannot_be_read() -> None:
    for path, wrong in [
        (("message", "chat"), None),
        (("message", "chat", "id"), "4001"),
        (("message", "message_id"), 2**70),
        (("message", "text"), {"x": 1}),
        (("message",), "hallo"),
    ]:
        update: Json = json.loads(json.dumps(UPDATES["text"]))
        place = update
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = wrong
        if wrong is None:
            del place[path[-1]]

        with pytest.raises(msgspec.ValidationError):
            read_update(update)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@given(st.data())
def test_whatever_stands_in_an_update_it_is_read_or_set_aside(data: st.DataObject) -> None:
    """Any part of any update replaced by anything."""
    update = json.loads(json.dumps(UPDATES[data.draw(st.sampled_from(list(UPDATES)))]))
    place: Any = update
    while True:
        key = data.draw(st.sampled_from(sorted(place)))
        if not isinstance(place[key], dict) or not place[key] or data.draw(st.booleans()):
            break
        place = place[key]
    place[key] = data.draw(JSON_VALUES)

    try:
        found = read_update(update)
    except msgspec.ValidationError:
        return
    assert found is None or isinstance(found, Incoming | GroupUpdate)
    assert tap_of(update) is None or "callback_query" in update


@pytest.mark.parametrize("update", [None, [], {}, {"update_id": "5"}, {"update_id": -1}])
def test_what_has_no_number_is_no_update(update: object) -> None:
    assert not has_number(update)
    assert has_number({"update_id": 5})


def test_everything_that_can_be_sent_has_a_name() -> None:
    assert set(SENDABLE) <= set(THINGS)


# --- The loop -------------------------------------------------------------------------------------


@dataclass
class World:
    server: TelegramServer
    bot: Bot
    store: Store
    noor: Family
    received: list[Incoming] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    """What goes wrong at the next batches."""
    pauses: list[float] = field(default_factory=list)

    def now(self) -> int:
        return MIDDAY

    async def receive(self, batch: Sequence[Incoming], now: int) -> None:
        assert now == MIDDAY
        if self.broken:
            raise self.broken.pop(0)
        self.received += batch

    async def pause(self, seconds: float) -> None:
        """Nothing waits here; after three times Telegram is well again."""
        self.pauses.append(seconds)
        if len(self.pauses) >= 3:
            await self.server.start()
            self.server.forgets_faults()

    def reader(self, bot: Bot | None = None) -> TelegramIn:
        courtesies = Courtesies(bot or self.bot, "Alleen in een eigen gesprek.")
        return TelegramIn(bot or self.bot, self.receive, self.store, self, courtesies, self.pause)

    @property
    def events(self) -> list[Event]:
        return [incoming.event for incoming in self.received]


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with (
        telegram_server() as server,
        connection(server.token, server.api) as bot,
        await Store.open(tmp_path, Vault.create(tmp_path)) as store,
    ):
        yield World(server, bot, store, Family(server))


async def test_an_update_is_confirmed_only_when_it_is_on_the_disk(world: World) -> None:
    reader = world.reader()
    world.noor.starts()
    world.broken = [Busy("vol")]

    with pytest.raises(Busy):
        await reader.fetch(0)
    assert len(world.server.updates.unconfirmed) == 1
    assert await reader.fetch(0) == 1
    assert len(world.server.updates.unconfirmed) == 1
    assert await reader.fetch(0) == 0
    assert world.server.updates.unconfirmed == []
    assert world.events == [Started()]


async def test_what_was_not_confirmed_when_we_stopped_comes_again(world: World) -> None:
    world.noor.starts()
    await world.reader().fetch(0)

    await world.reader().fetch(0)

    assert world.events == [Started(), Started()]
    assert len({incoming.update for incoming in world.received}) == 1


async def test_a_batch_is_received_as_one_and_in_order(world: World) -> None:
    world.noor.starts()
    for number in range(120):
        world.noor.writes(str(number))

    reader = world.reader()

    assert [await reader.fetch(0) for _ in range(3)] == [100, 21, 0]
    assert world.events[1:] == [Wrote(str(number), number + 2) for number in range(120)]


async def test_numbers_that_start_anew_after_a_quiet_week_are_followed(world: World) -> None:
    reader = world.reader()
    world.noor.starts()
    await reader.fetch(0)
    await reader.fetch(0)
    world.server.updates.next_id = 17
    world.noor.writes("hallo")
    # Telegram forgets what lies before an offset; the bot was restarted in that week.
    reader = world.reader()

    await reader.fetch(0)

    assert world.events[-1] == Wrote("hallo", 2)


async def test_only_what_we_use_is_asked_for(world: World) -> None:
    await world.reader().fetch(0)

    (call,) = world.server.calls
    assert json.loads(call.params["allowed_updates"]) == [
        "message",
        "edited_message",
        "callback_query",
        "my_chat_member",
    ]


async def test_the_update_itself_comes_along_for_when_we_fail(world: World) -> None:
    world.noor.writes("half \ud83d")
    await world.reader().fetch(0)

    (incoming,) = world.received
    assert json.loads(incoming.raw)["message"]["chat"]["id"] == world.noor.number


async def test_an_update_that_cannot_be_read_is_set_aside_and_stops_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.noor.writes("een")
    world.server.updates.put("message", {"chat": "geheim"})
    world.noor.writes("twee")
    reader = world.reader()
    world.broken = [Busy("vol")]

    with pytest.raises(Busy):
        await reader.fetch(0)
    await reader.fetch(0)
    await reader.fetch(0)

    assert world.events == [Wrote("een", 1), Wrote("twee", 2)]
    assert world.server.updates.unconfirmed == []
    (kept,) = await world.store.read(set_aside.all_)
    assert json.loads(kept.body)["message"] == {"chat": "geheim"}
    assert "geheim" not in caplog.text
    assert f"update {kept.update} of telegram" in caplog.text


async def test_an_answer_without_numbers_is_waited_out(world: World) -> None:
    world.server.updates.again({"message": {}})

    with pytest.raises(TelegramError):
        await world.reader().fetch(0)


async def test_every_tap_is_answered_at_once_whatever_it_was_on(world: World) -> None:
    reader = world.reader()
    world.noor.starts()
    await world.bot.send_message(world.noor.number, "Vraag")
    for data in ("1:ja", "onzin", "1:ja"):
        world.noor.forges(data, world.noor.last)
    world.broken = [Busy("vol")]

    with pytest.raises(Busy):
        await reader.fetch(0)
    await world.server.until(lambda: len(world.noor.toasts) == 3)

    assert world.received == []


async def test_a_tap_that_cannot_be_answered_any_more_still_counts(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    world.noor.starts()
    await world.bot.send_message(world.noor.number, "Vraag")
    world.noor.forges("1:ja", world.noor.last)
    world.server.refuses("answerCallbackQuery", 400, description="Bad Request: query is too old")
    courtesies = Courtesies(world.bot, "")
    reader = TelegramIn(world.bot, world.receive, world.store, world, courtesies)

    await reader.fetch(0)
    await courtesies.settle()

    assert world.events == [Started(), Tapped(1, "ja")]
    assert "a courtesy was refused: BadRequest" in caplog.text


async def test_a_group_hears_one_line_and_is_left(world: World) -> None:
    write = world.noor.adds_bot_to_group(-1001)
    write("wat is dit?")
    courtesies = Courtesies(world.bot, "Alleen in een eigen gesprek.")
    reader = TelegramIn(world.bot, world.receive, world.store, world, courtesies)

    await reader.fetch(0)
    await courtesies.settle()
    await reader.fetch(0)
    await courtesies.settle()

    assert world.server.said_to(-1001) == ["Alleen in een eigen gesprek."]
    assert world.server.chats[-1001].left
    assert world.received == []
    assert len(world.server.calls_of("leaveChat")) == 1


async def test_a_channel_where_it_may_not_speak_is_left_too(world: World) -> None:
    world.noor.adds_bot_to_group(-1002, "channel")
    world.server.refuses("sendMessage", 403, description="Forbidden: not enough rights")
    courtesies = Courtesies(world.bot, "Alleen in een eigen gesprek.")
    reader = TelegramIn(world.bot, world.receive, world.store, world, courtesies)

    await reader.fetch(0)
    await courtesies.settle()

    assert world.server.chats[-1002].left


# --- Running --------------------------------------------------------------------------------------


async def test_it_fetches_confirms_and_waits_for_more(world: World) -> None:
    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()
    world.noor.starts()
    await world.server.updates.idle()
    world.noor.writes("hallo")
    await world.server.updates.idle()

    assert world.events == [Started(), Wrote("hallo", 2)]
    await stopped(running)


async def stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_while_telegram_is_out_of_reach_the_pauses_grow_and_nothing_is_lost(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "bot")
    world.noor.starts()
    await world.server.stop()

    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()

    assert world.pauses == [1, 2, 4]
    assert world.events == [Started()]
    assert caplog.messages == [
        "no updates from Telegram: NetworkError",
        "updates from Telegram come again",
    ]
    await stopped(running)


async def test_a_disk_that_is_full_for_a_moment_is_waited_out(world: World) -> None:
    world.broken = [Busy("vol"), Busy("vol")]
    world.noor.starts()

    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()

    assert world.pauses == [1, 2]
    assert world.events == [Started()]
    await stopped(running)


async def test_what_the_operator_must_mend_stops_the_loop_unconfirmed(world: World) -> None:
    world.broken = [StorageError("De database is beschadigd.")]
    world.noor.starts()

    with pytest.raises(StorageError):
        await world.reader().run()
    assert len(world.server.updates.unconfirmed) == 1


@pytest.mark.parametrize(
    ("status", "description", "pauses", "told"),
    [
        (401, "Unauthorized", [60, 60, 60], "it refuses the token of the bot"),
        (
            409,
            "Conflict: terminated by other getUpdates request",
            [1, 2, 4],
            "another bot asks for them with this token, or a webhook is set",
        ),
        (502, "Bad Gateway", [1, 2, 4], "NetworkError"),
    ],
)
async def test_each_trouble_is_told_in_one_clear_line(
    world: World,
    caplog: pytest.LogCaptureFixture,
    status: int,
    description: str,
    pauses: list[float],
    told: str,
) -> None:
    world.server.refuses("getUpdates", status, description=description, times=3)

    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()

    assert world.pauses == pauses
    assert caplog.messages == [f"no updates from Telegram: {told}"]
    assert world.server.token not in caplog.text
    await stopped(running)


async def test_the_pause_that_telegram_asks_for_is_kept(world: World) -> None:
    world.server.refuses("getUpdates", 429, retry_after=7)

    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()

    assert world.pauses == [7]
    await stopped(running)


async def test_a_webhook_that_stands_in_the_way_is_taken_back_and_nothing_dropped(
    world: World,
) -> None:
    world.noor.starts()
    world.server.webhook = "https://voorbeeld.nl"

    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()

    assert world.events == [Started()]
    await stopped(running)


async def test_stopping_breaks_courtesies_off(world: World) -> None:
    world.server.stalls("answerCallbackQuery")
    running = asyncio.create_task(world.reader().run())
    await world.server.updates.idle()
    world.noor.starts()
    world.noor.forges("1:ja")
    await world.server.until(lambda: world.server.calls_of("answerCallbackQuery") != [])

    async with asyncio.timeout(5):
        await stopped(running)


# --- What it says about itself --------------------------------------------------------------------

NAMES = ("bot_name", "bot_short", "bot_about", "command_start")
WORDS = {name: name for name in (*NAMES, *(f"command_{each}" for each in DUTCH.values()))}


def texts() -> Texts:
    dutch = {f"vast/{name}": word for name, word in WORDS.items()}
    english = {f"vast/{name}": f"{word} en" for name, word in WORDS.items()}
    return Texts(dutch, {"en": english}, ["en"])


async def test_the_bot_is_announced_in_dutch_and_every_other_language(world: World) -> None:
    await announce(world.bot, texts())

    profile = world.server.profile
    assert profile["name", ""] == "bot_name"
    assert profile["short_description", "en"] == "bot_short en"
    assert profile["description", "en"] == "bot_about en"
    dutch, english = profile["commands", ""], profile["commands", "en"]
    assert {"command": "weg", "description": "command_leave"} in dutch
    assert {"command": "leave", "description": "command_leave en"} in english
    assert len(dutch) == len(english) == 1 + len(DUTCH)


async def test_an_announcement_that_telegram_refuses_stops_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.server.refuses("setMyName", 429, retry_after=60_000)

    await announce(world.bot, texts())

    assert ("name", "") not in world.server.profile
    assert ("name", "en") in world.server.profile
    assert ("description", "") in world.server.profile
    assert caplog.messages == ["not announced in nl: RetryAfter"]


async def test_a_connection_is_made_without_telegram(world: World) -> None:
    await world.server.stop()

    async with connection(world.server.token, world.server.api) as bot:
        with pytest.raises(NetworkError):
            await bot.get_me()
