"""``samenspraak measure``: how long a dialogue is, and how hard to read."""

import argparse
from collections.abc import Iterator

from bot.authoring.pace import SECONDS_A_TAP, WORDS_A_MINUTE, Pace, paces
from bot.authoring.readability import (
    AVERAGE_SENTENCE,
    EASY,
    LONGEST_MESSAGE,
)
from bot.authoring.reading_level import hard_to_read, level, spoken
from bot.authoring.syllables import is_installed
from bot.commands.authored import read_library
from bot.commands.terminal import OperatorError, Subparsers
from bot.dialogue.tree import Dialogue
from bot.library import Library
from bot.wording.languages import LANGUAGES
from bot.wording.sentences import LONGEST_SENTENCE

MOST_QUESTIONS = 25
MOST_MINUTES = 10
"""What a parent's whole story may ask. Source: promise S10."""

_EXPLAINED = f"""\
Meet hoe lang een gesprek is en hoe makkelijk het leest. Alle wegen door het gesprek zijn
bekeken, vanaf de link van een team.

De langste weg is de weg waarop het meeste te lezen valt, knoppen en het nakijken erbij. De
minuten zijn lezen ({WORDS_A_MINUTE} woorden per minuut) en drukken ({SECONDS_A_TAP} tellen
per knop). Nadenken en typen tellen niet mee: dat is van het gezin zelf. De kortste weg is de weg
met de minste letters en dan de minste knoppen, van het openen tot en met het sturen.

Het leesgemak is dat van Flesch-Douma, of van Flesch in het Engels: 60 is gewoon, 80 is makkelijk.
Het zegt niet hoe een tekst beter kan. Vraag daarom ook altijd iemand of het duidelijk is."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "measure",
        help="meten hoe lang een gesprek is, en hoe makkelijk het leest",
        description=_EXPLAINED,
    )
    parser.add_argument("dialogue", nargs="?", help="welk gesprek (zonder: allemaal)")
    parser.add_argument("--language", default="nl", help="in welke taal (nl)")


def run(args: argparse.Namespace) -> int:
    """Print what was measured, and what is too hard to read."""
    library = read_library()
    if args.dialogue is not None and args.dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"Het gesprek ‘{args.dialogue}’ is er niet. Wel: {known}.")
    if args.language not in {language.code for language in library.texts.languages}:
        raise OperatorError(f"De taal ‘{args.language}’ wordt nog niet aangeboden.")
    for name, dialogue in library.dialogues.items():
        if args.dialogue in (None, name):
            print("\n".join(told(library, dialogue, args.language)))
            print()
    if not is_installed():
        print("Het leesgemak is niet gemeten. Daarvoor is pyphen nodig: pip install pyphen")
    return 0


def told(library: Library, dialogue: Dialogue, language: str) -> Iterator[str]:
    """What was measured of one dialogue."""
    team = next(iter(library.teams), None)
    found = paces(library, dialogue, language, team)
    read = level(library, dialogue, language)
    ease = read.ease(language)
    longest = read.longest
    long = sum(len(each.text) > LONGEST_MESSAGE for each in spoken(library, dialogue, language))
    yield f"{dialogue.name} ({LANGUAGES[language].name})"
    yield _line("Vragen, hoogstens", found.most_questions)
    yield _line("De langste weg", _way(found.longest))
    yield _line(
        "De kortste weg", "er wordt niets gestuurd" if not found.shortest else _sent(found.shortest)
    )
    if found.near:
        about = "woorden in één bericht, om op te zoeken (tellen hierboven niet mee)"
        yield _line("In de buurt", f"hoogstens {found.near} {about}")
    if ease is not None:
        yield _line("Leesgemak", f"{ease:.0f} ({EASY} of meer is makkelijk)")
    yield _line(
        "Zinnen",
        f"gemiddeld {_decimal(read.average)} woorden ({AVERAGE_SENTENCE} of minder is goed)",
    )
    if longest is not None:
        yield _line(
            "De langste zin",
            f"{len(longest.words)} woorden ({LONGEST_SENTENCE} of minder is goed): {longest.text}",
        )
    yield _line("Lange berichten", f"{long} van meer dan {LONGEST_MESSAGE} tekens")
    for problem in hard_to_read(library, dialogue, language):
        yield f"  Let op: {problem}"


def _line(what: str, value: object) -> str:
    return f"  {what + ':':20} {value}"


def _way(pace: Pace) -> str:
    return (
        f"{_decimal(pace.minutes)} minuten: {pace.questions} vragen, {pace.words} woorden lezen,"
        f" {pace.taps} keer drukken"
    )


def _sent(pace: Pace) -> str:
    return (
        f"{pace.taps} keer drukken en {pace.letters} letters typen tot het gestuurd is,"
        f" {_decimal(pace.minutes)} minuten"
    )


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
