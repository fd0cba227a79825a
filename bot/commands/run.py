"""``samenspraak run``: the service."""

import argparse
import asyncio
import logging
import signal
from collections.abc import Iterator

from bot.app import App, SystemClock, harden_process
from bot.commands.authored import read_library
from bot.commands.installation import TEAMS, open_store, settings_of
from bot.commands.terminal import Subparsers
from bot.library import Library
from bot.logs import start_logging
from bot.settings import Settings
from bot.web.desk import DESK
from bot.web.server import listen

FAILED = 1


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("run", help="de dienst draaien, tot je hem stopt")
    parser.add_argument(
        "--debug",
        action="store_true",
        help="meer in het logboek; ook dan nooit wat iemand zei",
    )


def run(args: argparse.Namespace) -> int:
    """Run the service until SIGTERM or SIGINT."""
    harden_process()
    start_logging(logging.DEBUG if args.debug else logging.INFO)
    settings = settings_of(args)
    library = read_library(settings.data / TEAMS)
    return asyncio.run(_run(settings, library))


async def _run(settings: Settings, library: Library) -> int:
    stop = stop_on_signals()
    with listen(settings.host, settings.port) as listener:
        async with (
            open_store(settings) as store,
            App.build(settings, store, library, listener) as app,
        ):
            for line in opening(settings, library, app):
                print(line, flush=True)
            went_well = await app.run(stop)
    print("Samenspraak is gestopt.", flush=True)
    return 0 if went_well else FAILED


def stop_on_signals() -> asyncio.Event:
    """Set when this process is asked to stop, by systemd or with Ctrl-C."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return stop


def opening(settings: Settings, library: Library, app: App) -> Iterator[str]:
    """What runs where, for whoever started it."""
    url = settings.public_url
    yield "Samenspraak draait."
    for team in library.teams.values():
        yield f"  {team.name}:"
        yield from (f"    {link}" for link in _links(settings, library, app, team.id))
    if not library.teams:
        yield "  Er is nog geen team. Voeg er een toe: samenspraak team add"
    yield f"  Voor professionals: {url}{DESK}"
    yield f"  De webpagina's luisteren op {settings.web}."
    if settings.telegram_token is None:
        yield "  Telegram: uit, want SAMENSPRAAK_TELEGRAM_TOKEN is er niet."
    elif app.bot:
        yield f"  Telegram: aan, als @{app.bot}."
    else:
        yield "  Telegram: aan, maar nu niet te bereiken. We blijven het proberen."
    mail = "aan" if settings.smtp else "uit, want SAMENSPRAAK_SMTP is er niet"
    yield f"  Mail aan professionals: {mail}."
    yield f"  Talen: {', '.join(language.name for language in library.texts.languages)}."
    for problem in library.warnings(SystemClock().now()):
        yield f"  Let op: {problem}"


def _links(settings: Settings, library: Library, app: App, team: str) -> Iterator[str]:
    """Where families of a team begin: each dialogue, on the chat page and on Telegram."""
    for dialogue in library.dialogues.values():
        for letter in dialogue.links:
            yield f"{settings.public_url}/{letter}/{team}"
            if app.bot:
                yield f"https://t.me/{app.bot}?start={letter}_{team}"
