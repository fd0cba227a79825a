"""The bot is killed at the worst moments: nothing is lost, and nothing counts twice.

``SAMENSPRAAK_KILLS=50 pytest tests/test_stopping.py -s`` is the long run; without it a short one.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random  # noqa: TID251 - seeded, so that a failure comes again

import pytest

from bot.dialogue.answers import Worded
from bot.dialogue.events import Event, Tapped, Wrote
from bot.failpoints import POINTS
from bot.library import Library
from bot.storage import voices
from bot.storage.records import Chat, Voice
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.circle_talk import question_after, to_the_picture
from tests.stopping import ended, run, spawning
from tests.telegram_family import Family
from tests.telegram_server import TelegramServer, telegram_server
from tests.world import World, library

KILLS = int(os.environ.get("SAMENSPRAAK_KILLS", "8"))
FAMILIES, MESSAGES = (12, 25) if KILLS > 8 else (6, 12)
SEED = int(os.environ.get("SAMENSPRAAK_SEED", "1"))

KILLS_AT_A_POINT = 2
"""The one at the fail-point, and the one that ends every run."""

ONLY_PICTURES = "delivery.under_way"
"""Only pictures and files pass here, and a crowd that types gets none: see the onlookers below."""

AT_ONCE = 10
"""So many updates wait for the bot at a time, so that there are many batches to be stopped in."""


@dataclass
class Crowd:
    """Families who all tell their story at the same time, each in its own order."""

    server: TelegramServer
    families: list[Family] = field(default_factory=list)
    deeds: list[Callable[[], object]] = field(default_factory=list)

    def __post_init__(self) -> None:
        chance = Random(SEED)
        queues: list[list[Callable[[], object]]] = []
        for number in range(FAMILIES):
            family = Family(self.server, 4_000 + number)
            self.families.append(family)
            queues.append(
                [
                    partial(family.starts, "t_linde"),
                    partial(taps, family, "1:begin"),
                    partial(taps, family, "2:gezin"),
                    *(partial(family.writes, f"bericht {n}") for n in range(MESSAGES)),
                    partial(taps, family, "3:-done"),
                ]
            )
        last = Family(self.server, 4_999)
        queues.append(
            [
                partial(last.starts, "t_linde"),
                partial(last.writes, "/wis"),
                partial(taps, last, "2:-erase.yes"),
            ]
        )
        while queues := [queue for queue in queues if queue]:
            self.deeds.append(chance.choice(queues).pop(0))

    async def feeds(self) -> None:
        """Let everybody do everything, a few at a time, as fast as the bot keeps up."""
        for deed in self.deeds:
            await self.server.until(lambda: len(self.server.updates.unconfirmed) < AT_ONCE)
            deed()
        await self.server.until(lambda: not self.server.updates.unconfirmed)


def taps(family: Family, data: str) -> None:
    """Tap a button whose data is known, so that a story can be told faster than it is answered."""
    family.forges(data, family.screen()[0])


async def told(folder: Path, crowd: Crowd) -> dict[int, Voice]:
    """What is kept of each family."""
    async with await Store.open(folder, Vault.open(folder)) as store:
        chats = {Chat("telegram", str(each.number)): each.number for each in crowd.families}
        found = await store.read(lambda tx: voices.of_chats(tx, list(chats)))
        (row,) = await store.read(lambda tx: tx.rows("select count(*) as n from voice"))
        assert row["n"] == FAMILIES
        (row,) = await store.read(
            lambda tx: tx.rows("select count(*) as n from message where state = 0")
        )
        assert row["n"] == 0
    return {chats[chat]: voice for chat, voice in found.items()}


def nothing_is_lost_or_counted_twice(kept: dict[int, Voice]) -> None:
    for voice in kept.values():
        answer = voice.conversation.answer_to("gaat_goed")
        assert isinstance(answer, Worded)
        assert answer.words.splitlines() == [f"bericht {n}" for n in range(MESSAGES)]
        assert voice.conversation.at == "vertel"


def repeats_in(server: TelegramServer, number: int) -> int:
    """How many messages the bot said more often in this chat than it should have."""
    once = Counter(
        call.params["text"] for call in server.calls_of("sendMessage") if call.chat == number
    )
    acknowledged = "Ik heb het. Typ gerust verder"
    extra = 0
    for text, times in once.items():
        meant = MESSAGES if str(text).startswith(acknowledged) else 1
        extra += max(0, times - meant)
    return extra


async def lives_through(folder: Path, stops: "list[str | int]") -> tuple[Crowd, TelegramServer]:
    """Let a crowd talk while the bot is killed: at a fail-point, or after so many more calls."""
    context = spawning()
    async with telegram_server() as server:
        crowd = Crowd(server)
        async with asyncio.TaskGroup() as group:
            feeding = group.create_task(crowd.feeds())
            for stop in [*stops, None]:
                point = stop if isinstance(stop, str) else ""
                process = context.Process(
                    target=run, args=(folder, server.api, server.token, point), daemon=True
                )
                process.start()
                if isinstance(stop, str):
                    assert await ended(process) == -9, stop
                    continue
                if isinstance(stop, int):
                    await server.until(partial(has_come_to, server, len(server.calls) + stop))
                else:
                    await feeding
                    await server.until(lambda: all_is_said(crowd))
                process.kill()
                assert await ended(process) == -9
        async with World(folder, server=server).on() as house:
            await house.settle()
        return crowd, server


def has_come_to(server: TelegramServer, calls: int) -> bool:
    """Whether the server answered so many calls."""
    return len(server.calls) >= calls


def all_is_said(crowd: Crowd) -> bool:
    """Whether every family sees the question after its story, and the last an empty chat."""
    return all(
        any("Waar zit je mee" in text for text in crowd.server.said_to(family.number))
        for family in crowd.families
    )


@pytest.mark.parametrize("point", [point for point in POINTS if point != ONLY_PICTURES])
async def test_nothing_is_lost_when_the_bot_is_killed_at_a_fail_point(
    point: str, tmp_path: Path
) -> None:
    Vault.create(tmp_path)
    times = 1 if point == "erase.before_rows" else MESSAGES // 2

    crowd, server = await lives_through(tmp_path, [f"{point}:{times}"])

    nothing_is_lost_or_counted_twice(await told(tmp_path, crowd))
    repeats = [repeats_in(server, family.number) for family in crowd.families]
    print(f"{point}: {repeats}")
    assert max(repeats) <= KILLS_AT_A_POINT


async def test_nothing_is_lost_when_the_bot_is_killed_at_random_moments(tmp_path: Path) -> None:
    Vault.create(tmp_path)
    chance = Random(SEED)
    stops: list[str | int] = [chance.randint(1, 30) for _ in range(KILLS)]

    crowd, server = await lives_through(tmp_path, stops)

    nothing_is_lost_or_counted_twice(await told(tmp_path, crowd))
    repeats = [repeats_in(server, family.number) for family in crowd.families]
    print(f"{KILLS} kills, {len(crowd.deeds)} updates: 0 lost, 0 twice, {sum(repeats)} repeated")
    assert max(repeats) <= KILLS + 1


# --- What is never sent twice -------------------------------------------------------------------

ONLOOKERS = 6
LOST = "Heb je de tekening gezien?"

STOPS: dict[str, tuple[int, ...]] = {
    "fetch.before_commit": (1, 1),
    "fetch.after_commit": (1,),
    "write.before_commit": (1, 2, 3),
    "write.after_commit": (1, 2, 3),
    "delivery.before_send": (1, 8, 9),
    "delivery.under_way": (1, 2, 1),
    "delivery.after_send": (8, 7, 4),
    "delivery.before_mark": (4, 3, 2),
}
"""At which passes of each fail-point the bot is killed, one kill after the other.

Everybody's question is closed first, six of them; then come the pictures.
"""


@dataclass
class Onlookers:
    """Families who are one tap away from the picture of their circle, and then all tap at once."""

    server: TelegramServer
    families: list[Family] = field(default_factory=list)
    books: Library = field(default_factory=library)

    def __post_init__(self) -> None:
        self.deeds = to_the_picture(self.books.dialogues["ouder"])

    def come(self) -> None:
        """Everybody tells everything but the last answer."""
        before = [written(deed) for deed in self.deeds[:-1]]
        for number in range(ONLOOKERS):
            family = Family(self.server, 5_000 + number)
            self.families.append(family)
            family.starts("t_linde")
            for deed in before:
                if ":" in deed:
                    taps(family, deed)
                else:
                    family.writes(deed)

    def tap(self) -> None:
        """Give the last answer, all at once."""
        for family in self.families:
            taps(family, written(self.deeds[-1]))

    def have_seen(self) -> bool:
        """Whether everybody sees the question that comes after the picture."""
        after = question_after(self.books, self.deeds)
        return all(self.server.said_to(each.number)[-1].startswith(after) for each in self.families)


def written(deed: Event) -> str:
    if isinstance(deed, Tapped):
        return f"{deed.turn}:{deed.code}"
    assert isinstance(deed, Wrote)
    return deed.words


async def lives(folder: Path, server: TelegramServer, point: str = "") -> int:
    """Let the bot live until it dies at a fail-point, by a kill when there is none."""
    process = spawning().Process(
        target=run, args=(folder, server.api, server.token, point), daemon=True
    )
    process.start()
    try:
        return await ended(process)
    except BaseException:
        process.kill()
        process.join()
        raise


async def lives_until(folder: Path, server: TelegramServer, done: Callable[[], bool]) -> None:
    living = asyncio.create_task(lives(folder, server))
    await server.until(done)
    living.cancel()
    await asyncio.gather(living, return_exceptions=True)


def test_every_fail_point_is_one_a_picture_is_tried_at() -> None:
    assert set(STOPS) == set(POINTS) - {"erase.before_rows"}


@pytest.mark.parametrize("point", STOPS)
async def test_no_picture_is_sent_twice_when_the_bot_is_killed_at_a_fail_point(
    point: str, tmp_path: Path
) -> None:
    Vault.create(tmp_path)
    async with telegram_server() as server:
        onlookers = Onlookers(server)
        onlookers.come()
        async with World(tmp_path, server=server).on() as house:
            await house.settle()
        onlookers.tap()
        for number in STOPS[point]:
            assert await lives(tmp_path, server, f"{point}:{number}") == -9
        await lives_until(tmp_path, server, onlookers.have_seen)

        sent = Counter(call.chat for call in server.calls_of("sendPhoto"))
        asked = [
            each.number
            for each in onlookers.families
            if any(LOST in text for text in server.said_to(each.number))
        ]
        print(
            f"{point}: {len(STOPS[point])} kills, {sum(sent.values())} pictures sent,"
            f" {sum(times - 1 for times in sent.values())} of them twice,"
            f" {len(asked)} families asked whether they saw it"
        )
        assert max(sent.values()) == 1
        assert set(sent) | set(asked) == {each.number for each in onlookers.families}
