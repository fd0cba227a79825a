"""``samenspraak explore``: visits every state of a dialogue, and tells what does not work there."""

import argparse
from collections.abc import Iterator
from itertools import groupby

from bot.commands.authored import read_library
from bot.commands.places import place_of
from bot.commands.terminal import OperatorError, Subparsers
from bot.exploring.explorer import Report, explore
from bot.exploring.findings import Finding
from bot.exploring.rendering import LONGEST_MESSAGE, Renderer
from bot.library import Library, authored_folders

WAY_SHOWN = 12
"""Deeds shown of the way to a finding, at most: the last ones."""

_EXPLAINED = """\
Loopt elk gesprek af dat met een dialoog mogelijk is: elke knop, elke vraag overgeslagen, terug,
hulp, stoppen, met niemand, één of twee mensen in de kring. Kijkt of iedereen bij een einde kan
komen, of de bot altijd iets zegt, en of elk bericht in elke taal past."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "explore", help="elk gesprek aflopen dat met een dialoog kan", description=_EXPLAINED
    )
    parser.add_argument("dialogue", nargs="?", help="welk gesprek (anders allemaal)")
    parser.add_argument(
        "--wide",
        action="store_true",
        help="ook elk scherm van de bot zelf na elk antwoord; dat duurt een paar minuten",
    )


def run(args: argparse.Namespace) -> int:
    """Explore, tell, and give 1 when something does not work."""
    library = read_library()
    names = [args.dialogue] if args.dialogue else sorted(library.dialogues)
    reports = [explored(library, name, wide=args.wide) for name in names]
    for report in reports:
        print("\n".join((*told(library, report), "")))
    return 1 if any(report.findings for report in reports) else 0


def explored(library: Library, name: str, *, wide: bool = False) -> Report:
    """What exploring the dialogue ``name`` comes to; ``OperatorError`` when there is none."""
    if name not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"Het gesprek ‘{name}’ is er niet. Wel: {known}.")
    renderer = Renderer(library.texts, library.values)
    return explore(library.dialogues[name], renderer, wide=wide)


def told(library: Library, report: Report) -> Iterator[str]:
    """The lines that say what was tried in one dialogue, and what does not work."""
    yield (
        f"{report.dialogue}: {_thousands(report.states)} standen bekeken,"
        f" {_thousands(report.events)} keer iets gedaan."
    )
    yield f"  {len(report.followed)} vragen gevolgd tot in het nakijken."
    for language in library.texts.languages:
        if language.code in report.rendered:
            longest = report.longest[language.code]
            where = place_of(authored_folders().dialogues, longest.context)
            yield (
                f"  {language.name}: {_thousands(report.rendered[language.code])} verschillende"
                f" berichten. Het langste heeft {_thousands(longest.units)} van de"
                f" {_thousands(LONGEST_MESSAGE)} tekens: {where}"
            )
    if not report.findings:
        yield "  Alles klopt: iedereen kan verder, en elk bericht past."
        return
    number = len(report.findings)
    yield f"  {number} {'ding klopt' if number == 1 else 'dingen kloppen'} niet:"
    for place, found in groupby(sorted(report.findings, key=_place), key=_place):
        yield f"  {place}"
        for one in found:
            yield f"    {one.message} [{one.code}]"
            if one.way:
                yield f"    Zo kom je er: {_way(one.way)}"


def _place(found: Finding) -> str:
    return place_of(authored_folders().dialogues, found.context)


def _way(deeds: tuple[str, ...]) -> str:
    shown = deeds[-WAY_SHOWN:]
    return ("… " if len(deeds) > len(shown) else "") + " ".join(shown)


def _thousands(number: int) -> str:
    """A number as it is written in Dutch: 12.345."""
    return f"{number:,}".replace(",", ".")
