"""How a command talks in the terminal: in plain Dutch, and only asking when someone is there."""

import argparse
import re
import sys
from typing import Any, NoReturn, TextIO, TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command adds itself to."""

# argparse speaks through gettext, for which there is no Dutch catalogue on most machines.
_DUTCH = (
    (r"the following arguments are required: (.*)", r"dit ontbreekt nog: \1"),
    (r"one of the arguments (.*) is required", r"geef een van deze: \1"),
    (r"unrecognized arguments: (.*)", r"dit kent het commando niet: \1"),
    (r"argument (.*): expected .*", r"achter \1 hoort nog iets"),
    (r"argument (.*): invalid choice: (.*) \(choose from (.*)\)", r"\2 kan niet; kies uit \3"),
    (r"argument (.*): invalid \w+ value: (.*)", r"\2 kan niet bij \1"),
    (r"argument (.*): not allowed with argument (.*)", r"\1 en \2 kunnen niet samen"),
)


class OperatorError(Exception):
    """Whoever typed the command must do something else first: one clear Dutch line says what."""


class Parser(argparse.ArgumentParser):
    """argparse in Dutch; the parsers of subcommands are of this kind too."""

    def __init__(self, prog: str | None = None, **options: Any) -> None:
        options.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(prog, **options, add_help=False, allow_abbrev=False)
        self._positionals.title = "erachter"
        self._optionals.title = "opties"
        self.add_argument("-h", "--help", action="help", help="deze uitleg")

    def format_help(self) -> str:
        """The whole explanation, its one English word in Dutch."""
        return super().format_help().replace("usage: ", "gebruik: ", 1)

    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong with what was typed, and stop with 2."""
        for english, dutch in _DUTCH:
            message = re.sub(f"^{english}$", dutch, message)
        self.exit(2, f"{self.prog}: {message}. Meer uitleg: {self.prog} --help\n")


def ask(question: str, source: TextIO | None = None) -> str | None:
    """What someone types after ``question``; None when they type nothing, or nobody is there."""
    source = source or sys.stdin
    if not source.isatty():
        return None
    print(question, end=" ", flush=True)
    return source.readline().strip() or None
