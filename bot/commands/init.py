"""``samenspraak init``: everything that must be there before the service can run, made once."""

import argparse
import asyncio
from collections.abc import Mapping
from functools import partial

from bot.app import harden_process
from bot.commands.installation import settings_of, teams_of
from bot.commands.professionals import invite
from bot.commands.teams import Profile, add_team, profile_options
from bot.commands.terminal import OperatorError, Subparsers, ask
from bot.settings import Settings
from bot.storage import professionals
from bot.storage.keys import DATABASE, FOLDER
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.teams import Team


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "init",
        help="een nieuwe installatie maken: sleutels, database, eerste team",
        description="Maakt wat er nog niet is, en laat wat er is zoals het is.",
    )
    parser.add_argument("--team", metavar="ID", help="korte naam van het eerste team: linde")
    profile_options(parser)
    parser.add_argument(
        "--professional", metavar="E-MAIL", help="wie als eerste de pagina's mag lezen"
    )


def run(args: argparse.Namespace) -> int:
    """Make what is not there yet, and say what was made and what comes next."""
    harden_process()
    settings = settings_of(args)
    _make_keys(settings)
    teams = _make_team(settings, args.team, Profile.of(args))
    asyncio.run(_open(settings, args.team, teams, args.professional))
    print("Klaar. De dienst draait met: samenspraak run")
    return 0


def _make_keys(settings: Settings) -> None:
    place = settings.data / FOLDER
    if place.exists():
        print(f"De sleutels in {place} waren er al, en blijven.")
        return
    Vault.create(settings.data)
    print(f"De sleutels staan in {place}.")
    print(
        "  Leg een kopie in een kluis, nooit bij de back-ups. Zonder sleutels is alles onleesbaar."
    )


def _make_team(settings: Settings, team: str | None, profile: Profile) -> Mapping[str, Team]:
    """Make the team that was asked for, and return all there are."""
    teams = teams_of(settings)
    if team is None and not teams:
        team = ask("Welke korte naam krijgt het eerste team (zoals linde; leeg: nog geen)?")
    if team in teams:
        print(f"Het team {team} was er al, en blijft.")
    elif team is not None:
        print(f"Het team staat in {add_team(settings.data, team, profile)}. Kijk het na.")
        teams = teams_of(settings)
    return teams


async def _open(
    settings: Settings, team: str | None, teams: Mapping[str, Team], email: str | None
) -> None:
    """Make the database, and invite the first professional."""
    there = (settings.data / DATABASE).exists()
    async with await Store.open(settings.data, Vault.open(settings.data)) as store:
        print("De database was er al, en blijft." if there else "De database is gemaakt.")
        if email is None and teams and not await store.read(professionals.everyone):
            email = ask("Wie mag als eerste de pagina's lezen (e-mailadres; leeg: nog niemand)?")
        if email is None:
            return
        if await store.read(partial(professionals.by_email, email=email)) is not None:
            print(f"{email} was er al, en blijft.")
            return
        for_team = team or next(iter(teams), None)
        if for_team is None:
            raise OperatorError("Zeg met --team bij welk team deze professional hoort.")
        link = await invite(settings, store, email, [for_team])
        print(f"Geef deze link aan {email}. Hij werkt één keer, drie dagen lang:\n  {link}")
