"""``samenspraak recall``: calls a revision of a dialogue back, so that nobody goes on in it."""

import argparse
import asyncio
from collections.abc import Iterable, Iterator

from bot.commands.authored import read_library
from bot.commands.installation import open_store, settings_of
from bot.commands.terminal import OperatorError, Subparsers
from bot.library import Library
from bot.settings import Settings
from bot.storage import revisions
from bot.storage.revisions import Kept
from bot.storage.transaction import Transaction

_EXPLAINED = """\
Van elke dialoog blijft de vorige versie bewaard, en elke versie waar nog een gesprek in staat.
Zonder nummer zegt dit commando welke dat zijn. Met een nummer roept het die versie terug: wie er
nog in staat, gaat bij het volgende bericht verder in de goede versie en houdt alle antwoorden die
daar passen. Niemand begint er nog in. De dienst hoeft er niet voor te stoppen."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "recall", help="een versie van een dialoog terugroepen", description=_EXPLAINED
    )
    parser.add_argument("number", nargs="?", type=int, help="het nummer van de versie")
    parser.add_argument("--undo", action="store_true", help="toch niet: deze versie is goed")


def run(args: argparse.Namespace) -> int:
    """List what is kept, or do what was asked."""
    settings = settings_of(args)
    if args.number is None:
        library = read_library(settings.data / "teams")
        kept = asyncio.run(_kept(settings))
        print("\n".join(listed(kept, library)))
        return 0
    lines = asyncio.run(_mark(settings, args.number, recalled=not args.undo))
    print("\n".join(lines))
    return 0


def listed(kept: Iterable[Kept], library: Library) -> Iterator[str]:
    """The revisions that are kept, a line each."""
    yield "nummer  dialoog            gesprekken"
    for one in kept:
        today = library.dialogues.get(one.dialogue)
        is_today = today is not None and today.revision == one.revision
        notes = (["van nu"] if is_today else []) + (["teruggeroepen"] if one.recalled else [])
        yield f"{one.row:>6}  {one.dialogue:<17}  {one.voices:>10}  {', '.join(notes)}".rstrip()


async def mark(tx: Transaction, row: int, *, recalled: bool) -> list[str]:
    """Recall the revision in ``row``, or make that undone; what there is to say about it.

    Twice is the same as once. Raises ``OperatorError`` when there is no such revision, and when
    there would be none left to go on in.
    """
    kept = {one.row: one for one in await revisions.all_(tx)}
    one = kept.get(row)
    if one is None:
        known = ", ".join(str(each) for each in sorted(kept))
        raise OperatorError(f"Versie {row} is er niet. Wel: {known or 'nog geen'}.")
    if not recalled:
        await revisions.mark(tx, row, recalled=False)
        return [f"Versie {row} van ‘{one.dialogue}’ telt weer mee. Wie er al uit is, blijft eruit."]
    into = await revisions.latest(tx, one.dialogue, row)
    if into is None:
        raise OperatorError(
            f"Er is geen andere versie van ‘{one.dialogue}’ om in verder te gaan. Zet eerst de"
            " goede dialoog terug en start de dienst opnieuw. Roep daarna deze versie terug."
        )
    await revisions.mark(tx, row, recalled=True)
    return [
        f"Versie {row} van ‘{one.dialogue}’ is teruggeroepen. Niemand begint er nog in.",
        _moved(one.voices),
        "Is dit de versie van nu? Zet dan ook de goede dialoog terug. Tot die tijd loopt alles in"
        f" versie {into}.",
    ]


def _moved(voices: int) -> str:
    if voices == 0:
        return "Er staat geen gesprek meer in."
    who = "1 gesprek gaat" if voices == 1 else f"{voices} gesprekken gaan"
    return f"{who} bij het volgende bericht verder in de goede versie."


async def _kept(settings: Settings) -> list[Kept]:
    async with open_store(settings) as store:
        return await store.read(revisions.all_)


async def _mark(settings: Settings, row: int, *, recalled: bool) -> list[str]:
    async with open_store(settings) as store:
        return await store.write(lambda tx: mark(tx, row, recalled=recalled))
