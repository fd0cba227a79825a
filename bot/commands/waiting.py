"""``samenspraak waiting``: which pages wait, and whether there is anyone to read them."""

import argparse
import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.app import SystemClock
from bot.commands.installation import open_store, settings_of, teams_of
from bot.commands.terminal import Subparsers
from bot.handover.moments import span
from bot.storage import family_pages, professionals
from bot.storage.transaction import Transaction
from bot.teams import Team


@dataclass(frozen=True, slots=True)
class Queue:
    """What waits for one team: how many pages, since when, and for how many professionals."""

    team: str
    pages: int
    since: int | None
    people: int


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    subparsers.add_parser(
        "waiting",
        help="welke pagina's wachten",
        description="Zegt per team hoeveel pagina's nog niemand heeft opgepakt. Kan niemand een"
        " pagina lezen, dan eindigt het commando met 1.",
    )


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    settings, now = settings_of(args), SystemClock().now()
    teams = teams_of(settings)

    async def look() -> tuple[list[Queue], list[tuple[int, int]]]:
        async with open_store(settings) as store:
            return await store.read(lambda tx: _look(tx, teams))

    queues, nobody = asyncio.run(look())
    for line in told(queues, nobody, now):
        print(line)
    return 1 if nobody else 0


def told(queues: list[Queue], nobody: list[tuple[int, int]], now: int) -> Iterator[str]:
    """What the operator reads, line by line."""
    for queue in queues:
        people = f"{queue.people} {'professional' if queue.people == 1 else 'professionals'}"
        if queue.since is None:
            yield f"{queue.team}: er wacht niets ({people})."
        else:
            pages = "pagina" if queue.pages == 1 else "pagina's"
            oldest = span(now - queue.since)
            yield f"{queue.team}: {queue.pages} {pages}, de oudste {oldest} ({people})."
    if nobody:
        pages = "pagina" if len(nobody) == 1 else "pagina's"
        yield f"LET OP: {len(nobody)} {pages} kan niemand lezen. Nodig iemand uit met:"
        yield "  samenspraak professional invite E-MAIL --team ID"


async def _look(
    tx: Transaction, teams: Mapping[str, Team]
) -> tuple[list[Queue], list[tuple[int, int]]]:
    queues = []
    for id_, team in teams.items():
        pages, since = await family_pages.waiting(tx, id_)
        people = await professionals.of_team(tx, id_)
        queues.append(Queue(team.name, pages, since, len(people)))
    return queues, await family_pages.of_nobody(tx)
