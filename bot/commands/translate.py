"""``samenspraak translate``: brings the catalogues of a language up to date with the Dutch."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from bot.authored.dutch import Authored, read_authored
from bot.commands.terminal import OperatorError, Subparsers
from bot.library import Folders, authored_folders
from bot.wording.catalogues import written
from bot.wording.hints import hints
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.merge import merge
from bot.wording.translations import catalogue_folder, read_catalogues
from bot.wording.words import folded

_EXPLAINED = """\
Schrijft de .po-bestanden van een taal in locales/<taal>/LC_MESSAGES: een voor elke dialoog, een
voor de bouwstenen, de vaste woorden en de hulplijnen. Wat vertaald is, blijft. Is het Nederlands
veranderd, dan staat bij de vertaling ‘fuzzy’ en het oude Nederlands: kijk haar na. Een taal wordt
pas aangeboden als ze af is; dat zegt: samenspraak check"""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "translate", help="de vertalingen bijwerken naar het Nederlands", description=_EXPLAINED
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("language", nargs="?", metavar="TAAL", help="een code, zoals tr")
    which.add_argument("--all", action="store_true", help="alle talen die al een map hebben")


def run(args: argparse.Namespace) -> int:
    """Bring one language, or all that have begun, up to date."""
    folders = authored_folders()
    return update(folders, languages_of(args.language, folders.locales))


def languages_of(code: str | None, locales: Path) -> tuple[Language, ...]:
    """The language with this code; without one, all that have a folder in ``locales``.

    Raises ``OperatorError`` for a language that cannot be translated to.
    """
    others = tuple(language for language in LANGUAGES.values() if language is not DUTCH)
    if code is None:
        return tuple(language for language in others if (locales / language.code).is_dir())
    if code == DUTCH.code:
        raise OperatorError("Het Nederlands staat in dialogen: daar verander je het.")
    if code not in LANGUAGES:
        known = ", ".join(language.code for language in others)
        raise OperatorError(f"De taal {code} ken ik niet. Dit kan: {known}.")
    return (LANGUAGES[code],)


def update(folders: Folders, languages: Sequence[Language]) -> int:
    """Bring each of ``languages`` up to date; 1 when one of them could not be.

    Raises ``OperatorError``, and writes nothing, while something is wrong in the Dutch.
    """
    authored, problems = read_authored(folders.dialogues)
    if problems:
        raise OperatorError(
            "Eerst moet het Nederlands kloppen. Wat er niet klopt, zegt: samenspraak check"
        )
    if not languages:
        print("Er is nog geen vertaling. Begin er een met de code van een taal, zoals tr.")
    done = [bring_up_to_date(folders.locales, language, authored) for language in languages]
    return 0 if all(done) else 1


def bring_up_to_date(locales: Path, language: Language, authored: Authored) -> bool:
    """Write the catalogues of ``language`` and say what is left to do.

    Writes nothing, and is False, when a line in them cannot be read: it would be lost.
    """
    catalogues, problems = read_catalogues(locales, language)
    if problems:
        print(f"{language.name} ({language.code}) is niet bijgewerkt:")
        for problem in problems:
            print(f"  {problem}")
        return False
    dutch = folded(authored.words)
    told = hints(dutch, authored.notes, authored.files)
    merged = merge(language, dutch, told, catalogues)
    folder = catalogue_folder(locales, language)
    folder.mkdir(parents=True, exist_ok=True)
    remarks = {Path(catalogue.file).name: catalogue.remarks for catalogue in catalogues}
    for name, entries in merged.entries.items():
        text = written(language, remarks.pop(name, ()), entries)
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    for name in remarks:  # everything it translated is gone
        (folder / name).unlink()
    print(
        f"{language.name} ({language.code}): {merged.done} klaar, {merged.new} te vertalen,"
        f" {merged.outdated} na te kijken, {merged.gone} weggehaald"
    )
    return True
