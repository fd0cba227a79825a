"""The translations in a folder: which may be shown, and which languages are complete."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from bot.dialogue.problems import Problem
from bot.wording.avoided import WordChoice
from bot.wording.catalogues import Catalogue
from bot.wording.gate import Gate
from bot.wording.languages import DUTCH, LANGUAGES, Language
from bot.wording.po_reader import read_catalogue
from bot.wording.words import Forms


class Translations(Struct, frozen=True):
    """What ``locales`` holds. ``words`` are those that may be shown, by language and key;
    ``complete`` the languages of which nothing is missing or wrong."""

    words: dict[str, dict[str, Forms]]
    complete: tuple[str, ...]
    problems: tuple[Problem, ...]


def catalogue_folder(locales: Path, language: Language) -> Path:
    """Where the .po files of ``language`` are."""
    return locales / language.code / "LC_MESSAGES"


def read_catalogues(
    locales: Path, language: Language
) -> tuple[tuple[Catalogue, ...], tuple[Problem, ...]]:
    """The catalogues of one language, and every line of them that could not be read."""
    catalogues: list[Catalogue] = []
    problems: list[Problem] = []
    for path in sorted(catalogue_folder(locales, language).glob("*.po")):
        file = f"{locales.name}/{path.relative_to(locales).as_posix()}"
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            message = "Dit bestand is geen tekst. Sla het op als UTF-8."
            problems.append(Problem(file, 0, "no-text", message))
            continue
        catalogue, wrong = read_catalogue(file, text)
        catalogues.append(catalogue)
        problems += wrong
    return tuple(catalogues), tuple(problems)


_NOTHING_AVOIDED: WordChoice = {}


def read_translations(
    locales: Path, dutch: Mapping[str, Forms], word_choice: WordChoice = _NOTHING_AVOIDED
) -> Translations:
    """Every language with a folder in ``locales``, held against ``dutch`` and ``word_choice``."""
    words: dict[str, dict[str, Forms]] = {}
    complete: list[str] = []
    problems: list[Problem] = []
    gate = Gate(dutch, word_choice)
    for folder in sorted(path for path in locales.glob("[a-z]*") if path.is_dir()):
        language = LANGUAGES.get(folder.name)
        if language is None or language is DUTCH:
            message = (
                "Het Nederlands staat in dialogen, niet hier. Haal deze map weg."
                if language is DUTCH
                else "Deze taal ken ik niet. Zet haar eerst in bot/wording/languages.py."
            )
            problems.append(Problem(f"{locales.name}/{folder.name}", 0, "language", message))
            continue
        catalogues, unreadable = read_catalogues(locales, language)
        here = catalogue_folder(locales, language).relative_to(locales.parent).as_posix()
        checked = gate.check(language, here, catalogues)
        words[language.code] = checked.words
        problems += (*unreadable, *checked.problems)
        if not unreadable and not checked.problems:
            complete.append(language.code)
    return Translations(words, tuple(complete), tuple(problems))
