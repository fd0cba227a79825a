"""Brings the catalogues of a language up to date with the Dutch words.

By context, never by likeness: a translation follows the key it was made for. Of a Dutch text that
changed it is kept and marked, with the Dutch it was made of beside it.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from bot.wording.catalogues import Catalogue, Entry
from bot.wording.gate import catalogue_of
from bot.wording.languages import Language
from bot.wording.rules import forms_of, needs_translation
from bot.wording.words import Forms


class Hint(Struct, frozen=True):
    """What a translator is told about a text: notes, and the file it is written in."""

    notes: tuple[str, ...] = ()
    file: str = ""


class Merged(Struct, frozen=True):
    """The entries of each catalogue by its name, and the counts of what a translator must do."""

    entries: dict[str, tuple[Entry, ...]]
    new: int = 0
    outdated: int = 0
    gone: int = 0
    done: int = 0


def merge(
    language: Language,
    dutch: Mapping[str, Forms],
    hints: Mapping[str, Hint],
    catalogues: Iterable[Catalogue],
) -> Merged:
    """Every Dutch text that needs a translation, in its order, with the one it had."""
    old = {entry.context: entry for each in catalogues for entry in each.entries}
    entries: dict[str, list[Entry]] = {}
    for key, forms in dutch.items():
        if not needs_translation(forms):
            continue
        hint = hints.get(key, Hint())
        fresh = Entry(
            key,
            forms_of(forms),
            ("",) * (1 if isinstance(forms, str) else language.plurals),
            notes=hint.notes,
            files=(hint.file,) if hint.file else (),
        )
        earlier = old.pop(key, None)
        kept = fresh if earlier is None else _kept(fresh, earlier)
        entries.setdefault(catalogue_of(key), []).append(kept)
    every = [entry for catalogue in entries.values() for entry in catalogue]
    outdated = sum(entry.fuzzy for entry in every)
    new = sum(not all(entry.translated) for entry in every if not entry.fuzzy)
    return Merged(
        {name: tuple(catalogue) for name, catalogue in entries.items()},
        new,
        outdated,
        gone=len(old),
        done=len(every) - new - outdated,
    )


def _kept(fresh: Entry, earlier: Entry) -> Entry:
    """``fresh`` with the translation that its context had."""
    fresh = replace(fresh, remarks=earlier.remarks)
    if not any(earlier.translated):
        return fresh
    made_of = earlier.previous if earlier.fuzzy and earlier.previous else earlier.dutch
    translated = _shaped(earlier.translated, len(fresh.translated))
    if earlier.dutch == fresh.dutch:
        previous = earlier.previous if earlier.fuzzy else ()
        return replace(fresh, translated=translated, fuzzy=earlier.fuzzy, previous=previous)
    if earlier.fuzzy and made_of == fresh.dutch:  # the Dutch went back to what was translated
        return replace(fresh, translated=translated)
    return replace(fresh, translated=translated, fuzzy=True, previous=made_of)


def _shaped(translated: tuple[str, ...], forms: int) -> tuple[str, ...]:
    """As many forms as are needed; the last form says most, and is the one that stays."""
    if len(translated) >= forms:
        return (*translated[: forms - 1], translated[-1])
    return (*translated, *[""] * (forms - len(translated)))
