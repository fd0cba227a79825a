"""``samenspraak demo``: everything on this machine, with data that is thrown away."""

import argparse
import asyncio
import secrets
import socket
import tempfile
from pathlib import Path

from bot.app import App, SystemClock, harden_process
from bot.commands.authored import read_library
from bot.commands.run import FAILED, stop_on_signals
from bot.commands.terminal import Subparsers
from bot.logs import start_logging
from bot.professionals import joining
from bot.settings import Settings, SettingsError
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.web.desk import DESK, Demo
from bot.web.server import listen

HOST = "127.0.0.1"
PORT = 8080
TEAM = "linde"
EMAIL = "anna@voorbeeld.nl"
NAME = "Anna (voorbeeld)"


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "demo",
        help="uitproberen op deze computer, zonder iets in te stellen",
        description="Draait alles op deze computer, met een voorbeeldteam. Alleen deze computer\n"
        "kan erbij. Wat je invult, is weg als je stopt (Ctrl-C).",
    )
    parser.add_argument(
        "--port",
        metavar="POORT",
        type=int,
        help=f"op welke poort; anders {PORT}, of een die vrij is",
    )


def run(args: argparse.Namespace) -> int:
    """Run the demonstration until it is stopped; nothing of it stays."""
    harden_process()
    start_logging()
    with tempfile.TemporaryDirectory(prefix="samenspraak-") as folder:
        return asyncio.run(_run(Path(folder), args.port))


async def _run(data: Path, port: int | None) -> int:
    stop = stop_on_signals()
    library = read_library()
    with _listener(port) as listener:
        here = f"{HOST}:{listener.getsockname()[1]}"
        settings = Settings(
            data=data,
            public_url=f"http://{here}",
            web=here,
            # The environment of whoever tries this must not send anything anywhere.
            telegram_token=None,
            smtp=None,
            leave_to=None,
        )
        demo = Demo(secrets.token_urlsafe(16), EMAIL)
        async with await Store.open(data, Vault.create(data)) as store:
            await _professional(store)
            async with App.build(settings, store, library, listener, demo=demo) as app:
                print("Samenspraak draait op deze computer. Stop met Ctrl-C; dan is alles weg.\n")
                print(f"  Voor het gezin:        {settings.public_url}/t/{TEAM}")
                print(f"  Voor de professional:  {settings.public_url}{DESK}/demo/{demo.token}\n")
                print(
                    "Vertel iets als gezin, verstuur het, en lees het als professional.", flush=True
                )
                went_well = await app.run(stop)
    return 0 if went_well else FAILED


def _listener(port: int | None) -> socket.socket:
    if port is not None:
        return listen(HOST, port)
    try:
        return listen(HOST, PORT)
    except SettingsError:
        return listen(HOST, 0)


async def _professional(store: Store) -> None:
    """Someone who reads the pages of the example team, with a password nobody knows."""
    now = SystemClock().now()
    token = await joining.invite(store, EMAIL, [TEAM], now)
    await joining.accept(store, token, NAME, secrets.token_urlsafe(32), now)
