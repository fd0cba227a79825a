"""``samenspraak professional``: who reads the pages."""

import argparse
import asyncio
from collections.abc import Callable, Sequence

from bot.app import SystemClock
from bot.commands.installation import open_store, settings_of, teams_of
from bot.commands.terminal import OperatorError, Subparsers
from bot.professionals import joining
from bot.settings import Settings
from bot.storage import professionals
from bot.storage.records import Professional
from bot.storage.store import Store


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("professional", help="wie de pagina's leest")
    deeds = parser.add_subparsers(title="wat je kunt doen", metavar="doe", required=True)
    shown = deeds.add_parser("list", help="alle professionals en hun teams")
    shown.set_defaults(deed=_list)
    invite = deeds.add_parser("invite", help="iemand uitnodigen, met een link voor één keer")
    invite.add_argument("email", metavar="E-MAIL")
    invite.add_argument(
        "--team", metavar="ID", action="append", default=[], help="het team; vaker mag"
    )
    invite.set_defaults(deed=_invite)
    reset = deeds.add_parser("reset", help="een link om een nieuw wachtwoord te kiezen")
    reset.add_argument("email", metavar="E-MAIL")
    reset.set_defaults(deed=_reset)
    remove = deeds.add_parser("remove", help="iemand de toegang afnemen, meteen")
    remove.add_argument("email", metavar="E-MAIL")
    remove.set_defaults(deed=_remove)


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    deed: Callable[[argparse.Namespace], int] = args.deed
    return deed(args)


async def invite(settings: Settings, store: Store, email: str, teams: Sequence[str]) -> str:
    """Invite ``email`` for ``teams``; the link that lets them choose a password.

    Raises ``OperatorError`` for what is no e-mail address.
    """
    name, _, host = email.strip().partition("@")
    if not name or "." not in host or any(sign.isspace() for sign in email.strip()):
        raise OperatorError(f"{email} is geen e-mailadres.")
    token = await joining.invite(store, email, teams, SystemClock().now())
    return f"{settings.public_url}/bureau/uitnodiging/{token}"


def _invite(args: argparse.Namespace) -> int:
    settings = settings_of(args)
    known = teams_of(settings)
    teams = args.team or (list(known) if len(known) == 1 else [])
    if not teams:
        raise OperatorError("Zeg met --team bij welk team. Deze zijn er: " + ", ".join(known))
    for team in teams:
        if team not in known:
            raise OperatorError(f"Het team {team} is er niet. Deze zijn er: {', '.join(known)}")

    async def work() -> str:
        async with open_store(settings) as store:
            return await invite(settings, store, args.email, teams)

    link = asyncio.run(work())
    print(f"Geef deze link aan {args.email}. Hij werkt één keer, drie dagen lang:\n{link}")
    return 0


def _reset(args: argparse.Namespace) -> int:
    settings = settings_of(args)

    async def work() -> str:
        async with open_store(settings) as store:
            known = await store.read(lambda tx: professionals.by_email(tx, args.email))
            if known is None or not known.teams:
                raise OperatorError(f"{args.email} is hier niet. Kijk met: professional list")
            return await invite(settings, store, args.email, known.teams)

    link = asyncio.run(work())
    print(f"Het oude wachtwoord werkt niet meer. Geef deze link aan {args.email}:\n{link}")
    return 0


def _remove(args: argparse.Namespace) -> int:
    settings = settings_of(args)

    async def work() -> bool:
        async with open_store(settings) as store:
            return await joining.remove(store, args.email, SystemClock().now())

    if not asyncio.run(work()):
        raise OperatorError(f"{args.email} is hier niet. Kijk met: professional list")
    print(f"{args.email} kan er niet meer in. Open pagina's staan weer bij de collega's.")
    return 0


def _list(args: argparse.Namespace) -> int:
    settings = settings_of(args)

    async def work() -> list[Professional]:
        async with open_store(settings) as store:
            return await store.read(professionals.everyone)

    everyone = asyncio.run(work())
    for person in everyone:
        state = "" if person.active else " (nog niet binnen)" if person.teams else " (verwijderd)"
        name = f", {person.name}" if person.name else ""
        print(f"{person.email}{name}: {', '.join(person.teams) or 'geen team'}{state}")
    if not everyone:
        print("Er is nog niemand. Nodig iemand uit: samenspraak professional invite")
    return 0
