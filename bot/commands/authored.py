"""Reads all that people author, for a command that cannot do with less than all of it."""

from pathlib import Path

from bot.commands.installation import TEAMS
from bot.commands.terminal import OperatorError
from bot.library import Library, authored_folders

FIRST_PROBLEMS = 10
"""So many are told; ``samenspraak check`` tells the rest."""


def read_library(teams: Path | None = None) -> Library:
    """The library, with the profiles in ``teams``; with the examples when that is None.

    Raises ``OperatorError`` when something is wrong in it: nothing starts on half a dialogue.
    """
    folders = authored_folders()
    found = Library.read(*folders, teams or folders.dialogues / TEAMS)
    if isinstance(found, Library):
        return found
    wrong = [str(problem) for problem in found[:FIRST_PROBLEMS]]
    raise OperatorError(
        "\n".join((*wrong, "Dit moet eerst goed zijn. Alles bij elkaar: samenspraak check"))
    )
