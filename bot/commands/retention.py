"""``samenspraak retention``: what is past its term; with the operator's word, gone."""

import argparse
import asyncio

from bot.app import SystemClock
from bot.commands.installation import open_store, settings_of, teams_of
from bot.commands.terminal import Subparsers
from bot.retention import Due, Retention
from bot.settings import Settings


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "retention",
        help="wat er gewist hoort te worden",
        description="Zegt hoeveel er langer bewaard is dan beloofd. De dienst wist dat zelf, "
        "behalve als het in één keer veel is: dan klopt de klok misschien niet.",
    )
    parser.add_argument("--confirm", action="store_true", help="de klok klopt: wis het nu")


def run(args: argparse.Namespace) -> int:
    """Do what was asked."""
    due = asyncio.run(_sweep(settings_of(args), confirm=args.confirm))
    what = (
        f"{len(due.drafts)} van {due.all_drafts} gesprekken en"
        f" {len(due.pages)} van {due.all_pages} pagina's"
    )
    if args.confirm:
        print(f"Gewist: {what}.")
    else:
        print(f"Langer bewaard dan beloofd: {what}.")
        print("Klopt dat, en klopt de klok? Wis het met: samenspraak retention --confirm")
    return 0


async def _sweep(settings: Settings, *, confirm: bool) -> Due:
    terms = {team.id: team.draft_days for team in teams_of(settings).values()}
    now = SystemClock().now()
    async with open_store(settings) as store:
        retention = Retention(store, terms)
        due = await retention.due(now)
        if confirm:
            await retention.delete(due, now)
        return due
