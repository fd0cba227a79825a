"""Opens what is installed already, for a command that works on it."""

import argparse
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from bot.commands.terminal import OperatorError
from bot.settings import Settings, read_settings
from bot.storage.keys import DATABASE
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.teams import Team, read_teams

TEAMS = "teams"
"""The folder of team profiles: the real ones in the data, the examples among the dialogues."""


def settings_of(args: argparse.Namespace) -> Settings:
    """The settings of this installation, also from the file given with ``--settings``."""
    return read_settings(args.settings)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """The database that ``init`` made; never a new one in the place of one that is gone."""
    vault = Vault.open(settings.data)
    if not (settings.data / DATABASE).exists():
        raise OperatorError(
            f"De database {DATABASE} is er niet. Zet een back-up terug in {settings.data}, of maak"
            " een lege met: samenspraak init"
        )
    async with await Store.open(settings.data, vault) as store:
        yield store


def teams_of(settings: Settings) -> Mapping[str, Team]:
    """The teams by id. Raises ``OperatorError`` with everything that is wrong in their files."""
    teams, problems = read_teams(settings.data / TEAMS)
    if problems:
        raise OperatorError("\n".join(str(problem) for problem in problems))
    return teams
