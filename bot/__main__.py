"""Starts the command line."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from bot import logs
from bot.commands import (
    check,
    compare,
    demo,
    draw,
    explore,
    init,
    measure,
    play,
    professionals,
    recall,
    retention,
    run,
    script,
    teams,
    transcripts,
    translate,
    waiting,
)
from bot.commands.terminal import OperatorError, Parser, Subparsers
from bot.settings import SettingsError
from bot.storage.errors import StorageError

OUR_MISTAKE = 1
OPERATOR = 2
INTERRUPTED = 130
NOBODY_READS = 141
"""As a shell says it of a program that SIGPIPE stopped."""


class Command(Protocol):
    """What each module of ``bot.commands`` that is a command has."""

    def add(self, subparsers: Subparsers) -> None:
        """Describe it."""
        ...

    def run(self, args: argparse.Namespace) -> int:
        """Do it, and give the exit code."""
        ...


COMMANDS: Mapping[str, Command] = {
    "demo": demo,
    "init": init,
    "run": run,
    "check": check,
    "play": play,
    "measure": measure,
    "script": script,
    "transcripts": transcripts,
    "draw": draw,
    "explore": explore,
    "compare": compare,
    "translate": translate,
    "team": teams,
    "professional": professionals,
    "retention": retention,
    "recall": recall,
    "waiting": waiting,
}


def main(typed: Sequence[str] | None = None) -> int:
    """Do what was typed (the arguments of this process when None); the exit code.

    What someone must set or do first is said in a clear line, without a traceback. A mistake of our
    own is told without anyone's words. When nobody reads on (``| head -1``) it stops in silence.
    """
    try:
        try:
            return _done(parser().parse_args(typed))
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # Python writes what is left when it ends, and would complain of the same again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS


def _done(args: argparse.Namespace) -> int:
    try:
        return COMMANDS[args.command].run(args)
    except (SettingsError, StorageError, OperatorError) as error:
        print(error, file=sys.stderr)
        return OPERATOR
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        raise  # no mistake of ours
    except Exception as error:
        print(f"Dit is een fout van ons.\n{logs.describe(error)}", file=sys.stderr)
        return OUR_MISTAKE


def parser() -> argparse.ArgumentParser:
    """Everything that can be typed."""
    parser: argparse.ArgumentParser = Parser(
        "samenspraak",
        description="Gezinnen stellen hun vraag in hun eigen woorden; hun wijkteam krijgt één\n"
        "heldere pagina. Nieuw hier? Probeer: samenspraak demo",
        epilog="Meer over een commando: samenspraak COMMANDO --help",
    )
    parser.add_argument(
        "--settings",
        metavar="BESTAND",
        type=Path,
        help="bestand met instellingen (SAMENSPRAAK_…); wat in de omgeving staat gaat voor",
    )
    subparsers = parser.add_subparsers(
        title="commando's", metavar="COMMANDO", dest="command", required=True
    )
    for command in COMMANDS.values():
        command.add(subparsers)
    return parser


if __name__ == "__main__":
    sys.exit(main())
