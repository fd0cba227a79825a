"""``samenspraak check``: everything that people author, checked, with what to mend."""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from bot.app import SystemClock
from bot.commands.installation import TEAMS, settings_of
from bot.commands.terminal import Subparsers
from bot.dialogue.problems import Problem
from bot.library import Library, authored_folders
from bot.settings import SettingsError

SHOWN = 10
"""Problems of one kind shown for one file: a language that has just begun has hundreds."""

_EXPLAINED = """\
Kijkt alles na wat mensen schrijven: dialogen, bouwstenen, vaste woorden, hulplijnen, vertalingen
en teams. Een probleem moet weg: met een probleem in het Nederlands of in een team start de dienst
niet, en een taal met een probleem wordt niet aangeboden. Een waarschuwing houdt niets tegen."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "check", help="nakijken of alles klopt wat mensen schrijven", description=_EXPLAINED
    )
    parser.add_argument("--json", action="store_true", help="als JSON, voor een programma")


def run(args: argparse.Namespace) -> int:
    """Check, tell, and give 1 when there is a problem."""
    folders = authored_folders()
    library = Library.read(*folders, teams_folder(args))
    if isinstance(library, Library):
        problems, warnings = library.gaps, library.warnings(SystemClock().now())
    else:
        problems, warnings = library, ()
    if args.json:
        print(as_json(problems, warnings))
    else:
        print("\n".join(told(problems, warnings)))
        if isinstance(library, Library) and not problems:
            print(_summary(library))
    return 1 if problems else 0


def teams_folder(args: argparse.Namespace) -> Path:
    """The teams of this installation; the examples where nothing is installed."""
    try:
        return settings_of(args).data / TEAMS
    except SettingsError:
        if args.settings is not None:
            raise
        return authored_folders().dialogues / TEAMS


def as_json(problems: Iterable[Problem], warnings: Iterable[Problem]) -> str:
    """One object with two lists."""
    found = {"problems": problems, "warnings": warnings}
    listed = {
        kind: [
            {"file": one.file, "line": one.line, "code": one.code, "message": one.message}
            for one in each
        ]
        for kind, each in found.items()
    }
    return json.dumps(listed, ensure_ascii=False, indent=2)


def told(problems: Sequence[Problem], warnings: Sequence[Problem]) -> Iterator[str]:
    """The lines that say what to mend, file by file, and how much there is."""
    yield from _by_file(problems)
    if warnings:
        yield "Waarschuwingen: dit houdt niets tegen, en vraagt wel aandacht."
        yield ""
        yield from _by_file(warnings)
    if problems:
        files = len({problem.file for problem in problems})
        yield f"{_counted(len(problems), 'probleem', 'problemen')} in" + (
            f" {_counted(files, 'bestand', 'bestanden')}."
        )


def _by_file(problems: Iterable[Problem]) -> Iterator[str]:
    for file, in_file in groupby(sorted(problems), key=lambda problem: problem.file):
        yield file
        seen: dict[str, int] = {}
        for problem in in_file:
            seen[problem.code] = seen.get(problem.code, 0) + 1
            if seen[problem.code] <= SHOWN:
                place = f"regel {problem.line}: " if problem.line else ""
                yield f"  {place}{problem.message} [{problem.code}]"
        for code, number in seen.items():
            if number > SHOWN:
                yield f"  En nog {number - SHOWN} keer [{code}]."
        yield ""


def _summary(library: Library) -> str:
    languages = ", ".join(language.name for language in library.texts.languages)
    return (
        f"Alles klopt: {_counted(len(library.dialogues), 'dialoog', 'dialogen')},"
        f" {_counted(len(library.helplines), 'hulplijn', 'hulplijnen')},"
        f" {_counted(len(library.teams), 'team', 'teams')}. Talen: {languages}."
    )


def _counted(number: int, one: str, other: str) -> str:
    return f"{number} {one if number == 1 else other}"
