"""A bot in a process of its own, to be stopped dead: kill -9, and started again on its database."""

import asyncio
import multiprocessing
import os
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

from bot.channels.telegram import connected
from bot.conversations import Conversations
from bot.delivery import Delivery, Limits
from bot.failpoints import VARIABLE
from bot.families import allowance
from bot.professionals.reception import Reception
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.world import DESK, Clock

EVERYTHING = allowance.Limits(burst=1_000_000, an_hour=1_000_000)
"""These families type faster than a person can, on a clock that stands still."""

LONGEST_LIFE = 120
"""Seconds in which a bot that is to die has died, on a slow machine too."""

IN_A_HURRY = Limits(overall=100_000, burst=100_000, refill=100_000)


def spawning() -> ForkServerContext:
    """Starts bots quickly: one process has read everything already, and each bot forks from it."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "tests.stopping_books"])
    return context


def run(folder: Path, api: str, token: str, fail_point: str) -> None:
    """Be the bot until someone kills us, or ``fail_point`` does (``name:n``; empty: none)."""
    if fail_point:
        os.environ[VARIABLE] = fail_point
    asyncio.run(_run(folder, api, token))


async def _run(folder: Path, api: str, token: str) -> None:
    # Read before this process was forked: what it imports there is here already.
    from tests.stopping_books import BOOKS

    clock = Clock()
    async with await Store.open(folder, Vault.open(folder)) as store:
        conversations = Conversations(store, BOOKS, Reception(BOOKS, DESK), EVERYTHING)
        await conversations.open()
        async with connected(token, api, conversations.receive, store, clock, BOOKS.texts) as there:
            delivery = Delivery(store, {"telegram": there.out}, clock, IN_A_HURRY)
            async with asyncio.TaskGroup() as group:
                group.create_task(there.came_in.run())
                group.create_task(delivery.run())


async def ended(process: ForkServerProcess) -> int:
    """Wait until ``process`` is dead; its exit code (-9: SIGKILL).

    Raises ``TimeoutError`` for one that lives on: it never came to its fail-point.
    """
    loop, dead = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, dead.set)
    try:
        async with asyncio.timeout(LONGEST_LIFE):
            await dead.wait()
    finally:
        loop.remove_reader(process.sentinel)
    process.join()
    code = process.exitcode
    assert code is not None
    return code
