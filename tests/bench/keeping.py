"""What happens is kept and answered: updates a second, beside what the disk can do at all."""

import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from bot.conversations import Incoming
from bot.dialogue.events import Asked, Started
from bot.families.allowance import Limits
from bot.storage.keys import DATABASE
from bot.storage.records import Chat
from bot.storage.schema import PRAGMAS
from tests.bench.timing import Spread, spread, timed
from tests.world import House, World

BATCH = 100
"""Updates that Telegram gives at once, at most."""


EVERYONE = Limits(newcomers=sys.maxsize)
"""Nobody is asked to wait."""


class Kept(NamedTuple):
    """Updates a second, each committed by itself and ``BATCH`` at a time; ``bare`` is how often a
    second this disk commits one short row. ``one`` is how long one of them takes."""

    alone: float
    together: float
    bare: float
    one: Spread


async def kept(rounds: int) -> Kept:
    """``rounds`` batches, of people who begin a talk and then ask for help."""
    with tempfile.TemporaryDirectory() as folder:
        async with World(Path(folder), limits=EVERYONE).on() as house:
            times = [await _received(house, [number]) for number in range(rounds)]
            batches = [
                await _received(house, list(range(number * BATCH, (number + 1) * BATCH)))
                for number in range(1, rounds + 1)
            ]
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as connection:
            for pragma in PRAGMAS:
                connection.execute(pragma)
            connection.execute("create table bench (words text)")
            bare = [timed(lambda: _commit(connection)) for _ in range(rounds * 2)]
    updates = 2 * BATCH * rounds
    alone = spread(time / 2 for time in times)
    return Kept(2 * rounds / sum(times), updates / sum(batches), len(bare) / sum(bare), alone)


async def _received(house: House, people: list[int]) -> float:
    """How long it takes until what ``people`` did is kept, with the answers they get."""
    begins = [Incoming(_chat(one), 2 * one, Started("linde"), link="t_linde") for one in people]
    asks = [Incoming(_chat(one), 2 * one + 1, Asked("help")) for one in people]
    return await _timed_wait(house, begins) + await _timed_wait(house, asks)


async def _timed_wait(house: House, batch: list[Incoming]) -> float:
    began = perf_counter()
    await house.conversations.receive(batch, house.clock.now())
    return perf_counter() - began


def _chat(number: int) -> Chat:
    return Chat("telegram", str(number + 1))


def _commit(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("insert into bench values ('een regel')")
