"""Says which translations may be shown: holds the catalogues of a language against the Dutch.

A language with a problem is not offered to families; whoever reads it already sees the texts
that are right, and Dutch for the rest.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping

from msgspec import Struct

from bot.dialogue.problems import Problem
from bot.dialogue.vocabulary import ENGINE
from bot.wording.avoided import Tone, WordChoice
from bot.wording.catalogues import Catalogue, Entry
from bot.wording.languages import Language
from bot.wording.rules import RULES, Held, asked, needs_translation
from bot.wording.words import Forms

ENGINE_FILE = "vaste_woorden"


class Passed(Struct, frozen=True):
    """The translations that kept every rule, by key, and what is wrong with the others."""

    words: dict[str, Forms]
    problems: tuple[Problem, ...]


def catalogue_of(key: str) -> str:
    """The name of the .po file in which the translation of ``key`` stands."""
    room = key.partition("/")[0]
    return f"{ENGINE_FILE if room == ENGINE else room}.po"


class Gate:
    """Holds one language after another against the ``dutch`` words and the ``word_choice``."""

    def __init__(self, dutch: Mapping[str, Forms], word_choice: WordChoice) -> None:
        self._word_choice = word_choice
        self._same = {key: forms for key, forms in dutch.items() if not needs_translation(forms)}
        self._asked = {
            key: asked(key, forms) for key, forms in dutch.items() if key not in self._same
        }

    def check(self, language: Language, folder: str, catalogues: Iterable[Catalogue]) -> Passed:
        """What of the catalogues of ``language``, which lie in ``folder``, may be shown."""
        words = dict(self._same)
        problems: list[Problem] = []
        seen: set[str] = set()
        for catalogue in catalogues:
            problems += _header(language, catalogue)
            for entry in catalogue.entries:
                found = self._broken(language, entry, seen)
                seen.add(entry.context)
                if not found:
                    texts = entry.translated
                    words[entry.context] = texts if len(entry.dutch) > 1 else texts[0]
                for code, message in found:
                    problems.append(Problem(catalogue.file, entry.line, code, message))
            problems += _same_labels(catalogue, words)
            problems += _avoided(catalogue, self._word_choice.get(language.code, Tone()))
        problems += [
            Problem(
                f"{folder}/{catalogue_of(key)}",
                0,
                "untranslated",
                f"‘{key}’ staat er nog niet in. Draai: samenspraak translate {language.code}",
            )
            for key in self._asked
            if key not in seen
        ]
        return Passed(words, tuple(problems))

    def _broken(
        self, language: Language, entry: Entry, seen: Container[str]
    ) -> list[tuple[str, str]]:
        """What is wrong with ``entry``: of the first rule it breaks, as others would repeat it."""
        dutch = self._asked.get(entry.context)
        if dutch is None:
            message = f"‘{entry.context}’ bestaat niet (meer). Haal dit blokje weg."
            return [("unknown-context", message)]
        if entry.context in seen:
            return [("twice", f"‘{entry.context}’ staat er al. Haal een van de twee weg.")]
        held = Held(language, entry, dutch)
        for rule in RULES:
            if found := list(rule(held)):
                return found
        return []


def _header(language: Language, catalogue: Catalogue) -> Iterator[Problem]:
    """A catalogue with plural forms has those of its language."""
    counts = any(len(entry.dutch) > 1 for entry in catalogue.entries)
    if counts and _plain(catalogue.plural_forms or "") != _plain(language.plural_forms):
        yield Problem(
            catalogue.file,
            1,
            "plural-forms",
            f"In de kop hoort ‘Plural-Forms: {language.plural_forms}’."
            f" Dit zet het goed: samenspraak translate {language.code}",
        )


def _same_labels(catalogue: Catalogue, words: Mapping[str, Forms]) -> Iterator[Problem]:
    """No two choices of one question say the same."""
    labels: set[tuple[str, Forms]] = set()
    for entry in catalogue.entries:
        question, is_choice, _ = entry.context.partition("/choices/")
        label = (question, words.get(entry.context, ""))
        if is_choice and label[1] and label in labels:
            message = "Op twee knoppen van deze vraag staat hetzelfde. Geef elke een eigen tekst."
            yield Problem(catalogue.file, entry.line, "same-label", message)
        labels.add(label)


def _avoided(catalogue: Catalogue, tone: Tone) -> Iterator[Problem]:
    """No translation says what is better left unsaid. It is still shown: Dutch would say less."""
    for entry in catalogue.entries:
        for found in tone.found(entry.context, "\n".join(entry.translated)):
            yield Problem(catalogue.file, entry.line, "avoided-word", found.message)


def _plain(plural_forms: str) -> str:
    return re.sub(r"[\s();]", "", plural_forms)
