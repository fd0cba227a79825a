"""What every translation keeps: each rule is one generator, and its docstring is the rule."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from msgspec import Struct

from bot.dialogue.pictures import parted
from bot.dialogue.rules_of_words import LONGEST_LABEL, LONGEST_TEXT
from bot.dialogue.vocabulary import ENGINE
from bot.wording.catalogues import Entry
from bot.wording.languages import Language
from bot.wording.words import COUNT, Forms, placeholders

_LABELS = re.compile(r"/choices/[^/]+$|/(send|keep)$")
_SENTENCE_ENDS = (".", "?", "!", ":", "…")
_SIGN = re.compile(r"\d[\d-]*\d{2}|\b[\w-]+\.nl\b|🆘|🚪|⋯|←")
_PLACEHOLDER = re.compile(r"\{[^{}]*\}")


def forms_of(forms: Forms) -> tuple[str, ...]:
    """The text or texts, always as a tuple."""
    return (forms,) if isinstance(forms, str) else forms


def needs_translation(forms: Forms) -> bool:
    """Whether there is a letter in the words; a sign is the same in every language."""
    return any(letter.isalpha() for form in forms_of(forms) for letter in _bare(form))


def is_label(key: str, dutch: Forms) -> bool:
    """Whether ``key`` is a button; an own word of the engine is one when it is no sentence."""
    if not key.startswith(f"{ENGINE}/"):
        return _LABELS.search(key) is not None
    if key.startswith(f"{ENGINE}/menu_"):
        return True
    return isinstance(dutch, str) and "\n" not in dutch and not dutch.endswith(_SENTENCE_ENDS)


class Asked(Struct, frozen=True):
    """A Dutch text, and what of it a translation must keep: the same for every language."""

    texts: tuple[str, ...]
    names: frozenset[str]
    signs: frozenset[str]
    is_label: bool


def asked(key: str, dutch: Forms) -> Asked:
    """What is asked of a translation of ``dutch``."""
    texts = forms_of(dutch)
    return Asked(
        texts,
        frozenset[str]().union(*(placeholders(text) for text in texts)),
        frozenset(_SIGN.findall(_bare(texts[-1]))),
        is_label(key, dutch),
    )


class Held(Struct, frozen=True):
    """A translation and the Dutch it is held against."""

    language: Language
    entry: Entry
    asked: Asked


Found: TypeAlias = Iterator[tuple[str, str]]
"""The code of a problem and what to do about it."""


def untranslated(held: Held) -> Found:
    """Every text has a translation."""
    if not "".join(held.entry.translated).strip():
        yield "untranslated", f"‘{held.entry.context}’ is nog niet vertaald."


def outdated(held: Held) -> Found:
    """A translation is of the Dutch text as it is now."""
    if held.entry.dutch != held.asked.texts:
        yield (
            "outdated",
            "Het Nederlands is veranderd sinds deze vertaling."
            f" Draai eerst: samenspraak translate {held.language.code}",
        )
    elif held.entry.fuzzy:
        yield (
            "outdated",
            "Het Nederlands is veranderd. Kijk deze vertaling na en haal dan ‘fuzzy’ weg.",
        )


def plural_count(held: Held) -> Found:
    """There is a text for each plural form of the language."""
    needed = 1 if len(held.asked.texts) == 1 else held.language.plurals
    filled = sum([bool(text.strip()) for text in held.entry.translated])
    if len(held.entry.translated) != needed or filled != needed:
        last = f" tot en met msgstr[{needed - 1}]" if needed > 1 else ""
        yield (
            "plural-count",
            f"Er horen {needed} vormen te zijn: msgstr[0]{last}. Er zijn er {filled} ingevuld.",
        )


def same_placeholders(held: Held) -> Found:
    """The placeholders are those of the Dutch; a form for few may leave out the number."""
    names = held.asked.names
    for number, text in enumerate(held.entry.translated, 1):
        if not names and "{" not in text and "}" not in text:
            continue
        may_lack = {COUNT} if number < len(held.entry.translated) else set()
        used = placeholders(text)
        if lost := names - used - may_lack:
            yield "placeholders", f"Hier ontbreekt {_listed(lost)}. Zet het er precies zo in."
        if added := used - names:
            meant = f"Bedoel je {_listed(names)}?" if names else "Haal het weg."
            yield "placeholders", f"{_listed(added)} staat niet in het Nederlands. {meant}"
        if "{" in _bare(text) or "}" in _bare(text):
            yield "placeholders", "Hier staat een losse { of }. Haal dat teken weg."


def same_signs(held: Held) -> Found:
    """Telephone numbers, web addresses and signs of buttons are those of the Dutch."""
    lost = {
        sign for sign in held.asked.signs if any(sign not in text for text in held.entry.translated)
    }
    if lost:
        yield "signs", f"Hier ontbreekt {_listed(lost, '‘{}’')}. Neem het precies zo over."


def same_picture(held: Held) -> Found:
    """A choice that begins with an emoji does so in every language, with words behind it."""
    is_choice = "/choices/" in held.entry.context
    picture = parted(held.asked.texts[-1])[0] if is_choice else ""
    if picture and any(parted(text)[0] != picture for text in held.entry.translated):
        yield "signs", f"Begin met {picture} en een spatie, en zet er het woord achter."


def label_fits(held: Held) -> Found:
    """A button has one line, and fits on its button."""
    if not held.asked.is_label:
        return
    longest = max(map(len, held.entry.translated))
    if longest > LONGEST_LABEL or any("\n" in text for text in held.entry.translated):
        yield (
            "label-too-long",
            f"Een knop heeft één regel van hoogstens {LONGEST_LABEL} tekens; dit zijn er {longest}."
            " Zeg het korter.",
        )


def text_fits(held: Held) -> Found:
    """A text fits in one message."""
    longest = max(map(len, held.entry.translated))
    if longest > LONGEST_TEXT:
        yield (
            "text-too-long",
            f"Een tekst heeft hoogstens {LONGEST_TEXT} tekens; dit zijn er {longest}. Kort hem in.",
        )


RULES: tuple[Callable[[Held], Found], ...] = (
    untranslated,
    outdated,
    plural_count,
    same_placeholders,
    same_signs,
    same_picture,
    label_fits,
    text_fits,
)
"""In this order: when one is broken, those after it are not asked."""


def _bare(text: str) -> str:
    """``text`` without its placeholders."""
    return _PLACEHOLDER.sub("", text)


def _listed(names: Iterable[str], form: str = "{{{}}}") -> str:
    return ", ".join(form.format(name) for name in sorted(names))
