"""What is in the outbox reaches Telegram, in order and with patience."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.telegram_bot import connection
from bot.channels.telegram_out import TelegramOut
from bot.delivery import Channel, Delivery, Limits
from bot.delivery.channel import Ref
from bot.delivery.sending import LONGEST_PAUSE, TRIES
from bot.dialogue.conversation import Conversation
from bot.storage import messages, revisions, voices
from bot.storage.errors import Busy
from bot.storage.keys import DATABASE
from bot.storage.notes import Recording
from bot.storage.records import DONE, Chat, MessageKind, NewMessage, Voice
from bot.storage.store import Store, Transaction
from bot.storage.vault import Vault
from bot.texts import Key, Line, Message
from tests.telegram_family import Family
from tests.telegram_server import MIDDAY, TelegramServer, telegram_server


class Time:
    """A clock that stands still until it is told how long to go on."""

    def __init__(self) -> None:
        self.passed = 0.0

    def now(self) -> int:
        return MIDDAY + int(self.passed)

    def steady(self) -> float:
        return self.passed

    def exact(self) -> float:
        return MIDDAY + self.passed


@dataclass
class World:
    folder: Path
    time: Time
    server: TelegramServer
    store: Store
    out: TelegramOut
    delivery: Delivery

    def deliverer(self, limits: Limits | None = None, channel: Channel | None = None) -> Delivery:
        """Another one on the same store, as after a restart."""
        channels = {"telegram": channel or self.out}
        return Delivery(self.store, channels, self.time, limits, self.time.steady)

    async def family(self, number: int = 4001) -> tuple[Family, Voice]:
        """Someone who pressed START, and their voice."""
        person = Family(self.server, number)
        person.starts()
        chat = Chat("telegram", str(number))

        async def begin(tx: Transaction) -> Voice:
            row = await revisions.keep(tx, "ouder", "r1", b"{}")
            new = [(chat, Conversation("ouder", "r1", "nl"), row)]
            return (await voices.begin(tx, new, self.time.now()))[chat]

        return person, await self.store.write(begin)

    async def enqueue(self, *rows: NewMessage) -> None:
        await self.store.write(lambda tx: messages.enqueue(tx, rows, self.time.now()))

    def row(
        self, voice: Voice, kind: MessageKind, message: Message | None, *, asks: bool = False
    ) -> NewMessage:
        turn = message.turn if message else 0
        return NewMessage(voice, voice.chat, kind, self.time.now(), message, turn=turn, asks=asks)

    async def say(self, voice: Voice, *texts: str) -> None:
        await self.enqueue(*(self.row(voice, "say", words(text)) for text in texts))

    async def heard(self, voice: Voice, *refs: int) -> None:
        """The family sent these messages."""
        now = self.time.now()
        rows = [NewMessage(voice, voice.chat, "in", now, ref=ref, state=DONE) for ref in refs]
        await self.enqueue(*rows)

    async def pending(self) -> int:
        (found,) = await self.store.read(
            lambda tx: tx.rows("select count(*) as n from message where state = 0")
        )
        return int(found["n"])

    async def until_nothing_waits(self, delivery: Delivery | None = None) -> float:
        """Deliver, passing the time there is to wait; how long that took."""
        began = self.time.passed
        while (rest := await (delivery or self.delivery).settle()) is not None:
            self.time.passed += rest
        return self.time.passed - began


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    time = Time()
    async with (
        telegram_server(time.exact) as server,
        connection(server.token, server.api) as bot,
        await Store.open(tmp_path, Vault.create(tmp_path)) as store,
    ):
        out = TelegramOut(bot)
        delivery = Delivery(store, {"telegram": out}, time, steady=time.steady)
        yield World(tmp_path, time, server, store, out, delivery)


def words(text: str, turn: int = 1) -> Message:
    return Message((Line(text),), "nl", turn)


def question(text: str, *labels: str, turn: int = 1) -> Message:
    rows = tuple((Key(label, label.lower()),) for label in labels)
    return Message((Line(text, "question"),), "nl", turn, rows, asks=True)


NO_LIMITS = Limits(overall=1e6, burst=1e6, refill=1e6)


# --- Order ----------------------------------------------------------------------------------------


async def test_messages_to_one_chat_arrive_in_the_order_in_which_they_were_committed(
    world: World,
) -> None:
    noor, hers = await world.family(4001)
    amir, his = await world.family(4002)
    for number in range(4):
        await world.say(hers, f"Noor {number}")
        await world.say(his, f"Amir {number}")

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == [f"Noor {number}" for number in range(4)]
    assert world.server.said_to(amir.number) == [f"Amir {number}" for number in range(4)]
    assert await world.pending() == 0


async def test_what_is_delivered_is_delivered_once(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "een", "twee")

    await world.until_nothing_waits()
    await world.until_nothing_waits()
    await world.until_nothing_waits(world.deliverer())

    assert world.server.said_to(noor.number) == ["een", "twee"]


async def test_a_chat_that_has_to_wait_keeps_its_order_and_holds_up_nobody(world: World) -> None:
    noor, hers = await world.family(4001)
    amir, his = await world.family(4002)
    world.server.refuses("sendMessage", 429, retry_after=30, chat=noor.number)
    await world.say(hers, "een", "twee")
    await world.say(his, "een", "twee")

    rest = await world.delivery.settle()

    assert rest == 30
    assert world.server.said_to(noor.number) == []
    assert world.server.said_to(amir.number) == ["een", "twee"]
    world.time.passed += 29
    assert await world.delivery.settle() == 1
    assert world.server.said_to(noor.number) == []
    world.time.passed += 1
    await world.delivery.settle()
    assert world.server.said_to(noor.number) == ["een", "twee"]


async def test_a_chat_whose_message_hangs_holds_up_nobody(world: World) -> None:
    noor, hers = await world.family(4001)
    amir, his = await world.family(4002)
    held = world.server.holds("sendMessage", chat=noor.number)
    await world.say(hers, "een", "twee")
    await world.say(his, *"abcdef")

    running = asyncio.create_task(world.deliverer(NO_LIMITS).run())
    await world.server.until(lambda: len(world.server.said_to(amir.number)) == 6)

    assert world.server.said_to(noor.number) == ["een"]
    held.set()
    await world.server.until(lambda: world.server.said_to(noor.number) == ["een", "twee"])
    await stopped(running)


async def stopped(running: asyncio.Task[None]) -> None:
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_nothing_overtakes_what_is_under_way_even_when_that_is_taken_back(
    world: World,
) -> None:
    noor, hers = await world.family(4001)
    amir, his = await world.family(4002)
    held = world.server.holds("sendMessage", chat=noor.number)
    await world.say(hers, "een")
    running = asyncio.create_task(world.deliverer().run())
    await world.server.until(lambda: world.server.said_to(noor.number) == ["een"])

    await world.store.write(lambda tx: messages.unsend(tx, [hers.id]))
    await world.say(hers, "twee")
    await world.say(his, "een")
    await world.server.until(lambda: world.server.said_to(amir.number) == ["een"])

    assert world.server.said_to(noor.number) == ["een"]
    held.set()
    await world.server.until(lambda: world.server.said_to(noor.number) == ["twee"])
    await stopped(running)


# --- Pace -----------------------------------------------------------------------------------------


async def test_no_more_than_telegram_takes_goes_out_in_any_second(world: World) -> None:
    for number in range(4001, 4081):
        _, voice = await world.family(number)
        await world.say(voice, "Dag")

    took = await world.until_nothing_waits()

    moments = [call.at for call in world.server.calls_of("sendMessage")]
    assert len(moments) == 80
    busiest = max(sum(start <= at < start + 1 for at in moments) for start in moments)
    assert busiest <= 30
    assert 80 / 30 - 0.5 <= took <= 80 / 25


async def test_one_chat_gets_four_messages_at_once_and_then_one_a_second(world: World) -> None:
    _, voice = await world.family()
    await world.say(voice, *"abcdefg")

    await world.until_nothing_waits()

    moments = [call.at - MIDDAY for call in world.server.calls_of("sendMessage")]
    assert moments == pytest.approx([0, 0, 0, 0, 1, 2, 3])


async def test_a_chat_that_rests_gets_its_four_back(world: World) -> None:
    _, voice = await world.family()
    await world.say(voice, *"abcd")
    await world.until_nothing_waits()

    world.time.passed += 4
    await world.say(voice, *"efgh")

    assert await world.delivery.settle() is None
    assert len(world.server.calls_of("sendMessage")) == 8


async def test_chats_that_have_to_wait_do_not_stand_in_front_of_others(world: World) -> None:
    limits = Limits(overall=1000, burst=1, refill=0.001, parallel=2)
    delivery = world.deliverer(limits)
    for number in range(4001, 4007):
        _, voice = await world.family(number)
        await world.say(voice, "een", "twee")

    await delivery.settle()
    world.time.passed += 1
    await delivery.settle()

    assert all(world.server.said_to(number) == ["een"] for number in range(4001, 4007))


async def test_changing_what_stands_there_does_not_use_up_what_a_chat_may_hear(
    world: World,
) -> None:
    noor, voice = await world.family()
    for turn in range(1, 5):
        await world.enqueue(world.row(voice, "say", question("Vraag", turn=turn), asks=True))
        await world.enqueue(world.row(voice, "close", words(f"✓ {turn}", turn)))

    assert await world.until_nothing_waits() < 0.2
    assert world.server.said_to(noor.number) == ["✓ 1", "✓ 2", "✓ 3", "✓ 4"]


# --- Trouble --------------------------------------------------------------------------------------


async def test_the_pause_that_telegram_asks_for_never_counts_as_a_failure(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag")
    world.server.refuses("sendMessage", 429, retry_after=2, times=50)

    took = await world.until_nothing_waits()

    assert took == 100
    assert world.server.said_to(noor.number) == ["Dag"]


async def test_while_telegram_is_out_of_reach_the_pauses_grow_to_a_minute(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag")
    await world.server.stop()

    rests = []
    for _ in range(9):
        rest = await world.delivery.settle()
        assert rest is not None
        rests.append(rest)
        world.time.passed += rest
    await world.server.start()

    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert await world.delivery.settle() is None
    assert world.server.said_to(noor.number) == ["Dag"]


async def test_after_about_a_day_of_trying_a_message_is_given_up(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag", "Ben je daar?")
    almost = "update message set attempts = 1435 where id = 1"
    await world.store.write(lambda tx: tx.run(almost))
    world.server.refuses("sendMessage", 502, times=6)

    took = await world.until_nothing_waits()

    assert TRIES * LONGEST_PAUSE == 24 * 3600
    assert took == 5 * LONGEST_PAUSE
    assert world.server.said_to(noor.number) == ["Ben je daar?"]


async def test_errors_of_telegrams_own_are_waited_out_without_a_double(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag")
    world.server.refuses("sendMessage", 500, times=3)
    world.server.refuses("sendMessage", 504, times=3)

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Dag"]


async def test_a_message_of_which_nobody_knows_whether_it_arrived_is_sent_once_more(
    world: World,
) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag", "Hoe gaat het?")
    world.server.hangs_up("sendMessage")

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Dag", "Hoe gaat het?"]


async def test_and_never_more_than_once_more(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag", "Hoe gaat het?")
    world.server.swallows_answer("sendMessage", times=2)

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Dag", "Dag", "Hoe gaat het?"]


async def test_an_edit_of_which_nobody_knows_is_made_until_it_is_known(world: World) -> None:
    noor, voice = await world.family()
    await world.enqueue(world.row(voice, "say", question("Vraag"), asks=True))
    await world.enqueue(world.row(voice, "close", words("✓ Ja")))
    world.server.hangs_up("editMessageText", times=4)

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["✓ Ja"]


async def test_who_blocked_the_bot_is_left_in_peace_and_heard_again_later(world: World) -> None:
    noor, hers = await world.family(4001)
    amir, his = await world.family(4002)
    noor.blocks()
    await world.say(hers, "een", "twee", "drie")
    await world.say(his, "een")

    await world.until_nothing_waits()

    calls = world.server.calls_of("sendMessage")
    assert [call.status for call in calls if call.chat == noor.number] == [403]
    assert world.server.said_to(amir.number) == ["een"]
    assert await world.pending() == 0
    noor.unblocks()
    await world.say(hers, "Welkom terug")
    await world.until_nothing_waits()
    assert world.server.said_to(noor.number) == ["Welkom terug"]


async def test_a_message_that_telegram_refuses_is_given_up_alone(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "een", "twee")
    world.server.refuses("sendMessage", 400, description="Bad Request: can't parse entities")

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["twee"]
    assert await world.pending() == 0


class Faulty:
    """A channel with a mistake in it: it cannot say one word."""

    def __init__(self) -> None:
        self.said: list[str] = []

    async def say(self, address: str, message: Message) -> tuple[int, ...]:  # noqa: ARG002
        if message.lines[0].text == "fout":
            raise KeyError(message.lines[0].text)
        self.said.append(message.lines[0].text)
        return (len(self.said),)

    async def show(self, address: str, picture: bytes, message: Message) -> tuple[int, ...]:
        raise NotImplementedError

    async def hand(
        self, address: str, name: str, content: bytes, message: Message
    ) -> tuple[int, ...]:
        raise NotImplementedError

    async def sound(self, address: str, recording: Recording, message: Message) -> tuple[int, ...]:
        raise NotImplementedError

    async def redraw(self, address: str, refs: Sequence[Ref], message: Message) -> None: ...

    async def close(self, address: str, refs: Sequence[Ref], message: Message) -> None: ...

    async def clear(self, address: str, refs: Sequence[int]) -> None: ...


async def test_a_mistake_of_ours_costs_one_message(world: World) -> None:
    _, voice = await world.family()
    faulty = Faulty()
    await world.say(voice, "een", "fout", "twee")

    await world.until_nothing_waits(world.deliverer(channel=faulty))

    assert faulty.said == ["een", "twee"]
    assert await world.pending() == 0


async def test_a_message_that_cannot_be_opened_any_more_costs_no_other(world: World) -> None:
    noor, hers = await world.family(4001)
    _, his = await world.family(4002)
    await world.say(hers, "een", "twee")
    await world.heard(his, 7)
    await world.enqueue(world.row(his, "clear", None), world.row(his, "say", words("een")))
    damage = "update message set body = zeroblob(60) where id = 1"
    await world.store.write(lambda tx: tx.run(damage))
    await world.store.write(
        lambda tx: tx.run("update voice set address = zeroblob(60) where id = ?", (his.id,))
    )

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["twee"]
    assert [call.chat for call in world.server.calls] == [noor.number]
    assert await world.pending() == 0


async def test_a_message_for_a_channel_that_is_not_there_waits_for_it(world: World) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag")

    without = Delivery(world.store, {}, world.time, steady=world.time.steady)
    assert await without.settle() == 1
    world.time.passed += 1

    await world.until_nothing_waits()
    assert world.server.said_to(noor.number) == ["Dag"]


# --- Close and redraw -----------------------------------------------------------------------------


async def test_a_screen_closes_with_everything_that_was_said_in_its_turn(world: World) -> None:
    noor, voice = await world.family()
    await world.enqueue(
        world.row(voice, "say", words("Eerst dit.")),
        world.row(voice, "say", question("Over wie?", "Kind"), asks=True),
        world.row(voice, "close", words("Over wie?\n✓ Kind")),
        world.row(voice, "say", question("Hoe oud?", turn=2), asks=True),
    )

    await world.until_nothing_waits()

    assert [str(shown) for shown in noor.screen()[1:]] == [
        "< Eerst dit.\n  [🚪]",
        "< Over wie?\n✓ Kind\n  [🚪]",
        "< Hoe oud?",
    ]


async def test_a_question_that_is_redrawn_often_is_edited_once(world: World) -> None:
    noor, voice = await world.family()
    await world.enqueue(world.row(voice, "say", question("Kies", "☐ A"), asks=True))
    await world.until_nothing_waits()
    for label in ("☑ A", "☐ A", "☑ A"):
        await world.enqueue(world.row(voice, "redraw", question("Kies", label), asks=True))

    await world.until_nothing_waits()

    assert str(noor.last) == "< Kies\n  [☑ A]"
    assert len(world.server.calls_of("editMessageText")) == 1


# --- Clearing -------------------------------------------------------------------------------------


async def test_clearing_takes_both_sides_messages_and_leaves_what_is_said_after_it(
    world: World,
) -> None:
    noor, voice = await world.family()
    start = noor.screen()[0].id
    await world.heard(voice, start, *(noor.writes(str(number)) for number in range(150)))
    await world.say(voice, *(f"{number}?" for number in range(48)))
    await world.until_nothing_waits(world.deliverer(NO_LIMITS))
    calls = len(world.server.calls)

    await world.enqueue(world.row(voice, "clear", None), world.row(voice, "say", words("Dag.")))
    took = await world.until_nothing_waits()

    assert [str(shown) for shown in noor.screen()] == ["< Dag."]
    assert len(world.server.calls) == calls + 3
    assert took == 0
    await world.enqueue(world.row(voice, "clear", None))
    await world.until_nothing_waits()
    assert noor.screen() == []
    assert json.loads(world.server.calls[-1].params["message_ids"]) == [200]


async def test_what_telegram_does_not_delete_any_more_is_not_asked_for(world: World) -> None:
    noor, voice = await world.family()
    await world.heard(voice, noor.screen()[0].id)
    world.time.passed += 3600
    await world.heard(voice, noor.writes("47 uur geleden"))

    world.time.passed += 47 * 3600 + 1
    await world.enqueue(world.row(voice, "clear", None))
    await world.until_nothing_waits()

    assert [shown.text for shown in noor.screen()] == ["/start"]
    assert len(world.server.calls) == 1


async def test_a_message_shown_as_several_is_cleared_whole(world: World) -> None:
    noor, voice = await world.family()
    lines = (Line("a" * 4000), Line("b" * 4000), Line("c"))
    long = Message(lines, "nl", 1, phone="ask", phone_label="Deel")
    await world.enqueue(world.row(voice, "say", long))
    await world.until_nothing_waits()
    assert len(noor.screen()) == 4

    await world.enqueue(world.row(voice, "clear", None))
    await world.until_nothing_waits()

    assert [shown.text for shown in noor.screen()] == ["/start"]


async def test_what_was_under_way_when_the_chat_was_cleared_is_taken_back(world: World) -> None:
    noor, voice = await world.family()
    held = world.server.holds("sendMessage")
    await world.say(voice, "Over wie gaat je vraag?", "Nog iets?")
    settling = asyncio.create_task(world.delivery.settle())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])

    async def clear(tx: Transaction) -> None:
        await messages.unsend(tx, [voice.id])
        row = world.row(voice, "clear", None)
        await messages.enqueue(tx, [row, world.row(voice, "say", words("Dag."))], world.time.now())

    await world.store.write(clear)
    held.set()
    await settling
    await world.until_nothing_waits()

    assert [str(shown) for shown in noor.screen()] == ["> /start", "< Dag."]


async def test_what_was_under_way_when_a_voice_was_erased_is_taken_back(world: World) -> None:
    noor, voice = await world.family()
    held = world.server.holds("sendMessage")
    await world.say(voice, "Over wie gaat je vraag?")
    settling = asyncio.create_task(world.delivery.settle())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])

    async def erase(tx: Transaction) -> None:
        await voices.erase(tx, [voice.id])
        start = noor.screen()[0].id
        await messages.farewell(tx, voice.chat, [start], words("Gewist."), world.time.now())

    await world.store.write(erase)
    held.set()
    await settling
    await world.until_nothing_waits()

    assert [str(shown) for shown in noor.screen()] == ["< Gewist."]
    assert await world.pending() == 0


async def test_a_farewell_of_which_nobody_knows_is_said_twice_at_most(world: World) -> None:
    noor, voice = await world.family()
    start = noor.screen()[0].id
    world.server.swallows_answer("sendMessage", times=5)

    await world.store.write(
        lambda tx: messages.farewell(tx, voice.chat, [start], words("Dag."), world.time.now())
    )
    await world.until_nothing_waits()

    assert [str(shown) for shown in noor.screen()] == ["< Dag.", "< Dag."]


async def test_a_notice_without_a_voice_is_said_and_not_kept(world: World) -> None:
    noor, _ = await world.family()
    chat = Chat("telegram", str(noor.number))
    now = world.time.now()
    await world.enqueue(NewMessage(None, chat, "notice", now, words("Er is een pagina.")))

    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Er is een pagina."]
    assert not await world.store.read(lambda tx: tx.rows("select id from message"))


# --- Running --------------------------------------------------------------------------------------


async def test_what_is_committed_while_it_runs_goes_out_at_once(world: World) -> None:
    noor, voice = await world.family()
    running = asyncio.create_task(world.deliverer().run())

    await world.say(voice, "een")
    await world.server.until(lambda: world.server.said_to(noor.number) == ["een"])
    await world.say(voice, "twee")
    await world.server.until(lambda: world.server.said_to(noor.number) == ["een", "twee"])

    await stopped(running)


async def test_stopping_waits_for_what_is_under_way_and_marks_it(world: World) -> None:
    noor, voice = await world.family()
    held = world.server.holds("sendMessage")
    await world.say(voice, "Dag")
    running = asyncio.create_task(world.deliverer().run())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])

    running.cancel()
    held.set()
    await stopped(running)
    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Dag"]
    assert await world.pending() == 0


async def test_stopping_does_not_wait_for_ever(world: World) -> None:
    noor, voice = await world.family()
    world.server.holds("sendMessage")
    await world.say(voice, "Dag")
    running = asyncio.create_task(world.deliverer(Limits(farewell=0)).run())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])

    await stopped(running)

    assert await world.pending() == 1


@contextmanager
def disk_busy(world: World) -> Iterator[None]:
    """Another process holds the database."""
    with closing(sqlite3.connect(world.folder / DATABASE, isolation_level=None)) as other:
        other.execute("begin immediate")
        yield
        other.execute("rollback")


async def test_what_was_sent_while_the_disk_is_busy_is_marked_later_and_not_sent_again(
    world: World,
) -> None:
    noor, voice = await world.family()
    await world.say(voice, "Dag")
    await world.store.write(lambda tx: tx.rows("pragma busy_timeout = 1"))

    with disk_busy(world), pytest.raises(Busy):
        await world.delivery.settle()
    await world.until_nothing_waits()

    assert world.server.said_to(noor.number) == ["Dag"]
    assert await world.pending() == 0


async def test_a_busy_disk_stops_neither_the_loop_nor_its_end(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    noor, voice = await world.family()
    held = world.server.holds("sendMessage")
    await world.say(voice, "Dag")
    await world.store.write(lambda tx: tx.rows("pragma busy_timeout = 1"))
    running = asyncio.create_task(world.deliverer().run())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])
    warned = asyncio.Event()

    def hear(_: logging.LogRecord) -> bool:
        warned.set()
        return True

    caplog.handler.addFilter(hear)

    with disk_busy(world):
        held.set()
        await warned.wait()
        _, still_running = await asyncio.wait({running}, timeout=0.1)
        assert still_running
        await stopped(running)

    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "the outbox has to wait",
        "what was sent last could not be marked",
    ]


async def test_no_transaction_is_open_while_something_is_sent(world: World) -> None:
    noor, voice = await world.family()
    held = world.server.holds("sendMessage")
    await world.say(voice, "Dag")
    settling = asyncio.create_task(world.delivery.settle())
    await world.server.until(lambda: world.server.said_to(noor.number) != [])

    async with asyncio.timeout(5):
        await world.say(voice, "Hoe gaat het?")
        assert await world.pending() == 2

    held.set()
    await settling
    assert world.server.said_to(noor.number) == ["Dag", "Hoe gaat het?"]
