"""What a translator should know of each text: where it is used, how long, what fills it."""

from collections.abc import Mapping

from bot.dialogue.rules_of_words import LONGEST_LABEL
from bot.dialogue.vocabulary import ENGINE
from bot.wording.merge import Hint
from bot.wording.rules import forms_of, is_label
from bot.wording.words import ONE, OTHER, Forms, placeholders

_USED = {
    "text": "Een bericht of een vraag.",
    "why": "Uitleg bij de vraag, voor wie vraagt waarom we dit willen weten.",
    "short": "De naam van dit antwoord op de pagina: een paar woorden.",
    "send": "Knop waarmee iemand toestemming geeft.",
    "keep": "Knop waarmee iemand geen toestemming geeft.",
}

_FILLED = {
    "team": "de naam van het team",
    "antwoordtijd": "een tijd, zoals ‘3 werkdagen’",
    "telefoon_team": "het telefoonnummer van het team",
    "bewaard_concept": "een tijd, zoals ‘30 dagen’",
    "bewaard_pagina": "een tijd, zoals ‘30 dagen’",
    "chatpagina": "een webadres",
    "aantal": "een getal",
    "van": "een getal",
    "tot": "een getal",
    "keuze": "de tekst van een knop",
    "nummer": "een nummer",
    "chat": "een webadres",
    "wie": "de naam van iemand van het team",
}

_LONGEST_QUOTE = 80


def hints(
    words: Mapping[str, Forms], notes: Mapping[str, str], files: Mapping[str, str]
) -> dict[str, Hint]:
    """A hint for each of ``words``; ``notes`` are what the author wrote to translators."""
    return {key: Hint(_notes(key, words, notes), _of(files, key)) for key in words}


def _notes(key: str, words: Mapping[str, Forms], notes: Mapping[str, str]) -> tuple[str, ...]:
    forms = words[key]
    found = _of(notes, key).splitlines()
    name = key.rpartition("/")[2]
    context, is_choice, _ = key.partition("/choices/")
    if is_choice:
        found.append(f"Knop onder: {_quoted(words.get(f'{context}/text', ''))}")
    elif not key.startswith(f"{ENGINE}/") and name in _USED:
        found.append(_USED[name])
    if is_label(key, forms):
        found.append(f"Hoogstens {LONGEST_LABEL} tekens.")
    if not isinstance(forms, str):
        found.append("Eerst voor 1, dan voor andere aantallen.")
    names = frozenset[str]().union(*(placeholders(form) for form in forms_of(forms)))
    found += [f"{{{name}}} is {_FILLED[name]}." for name in sorted(names) if name in _FILLED]
    return tuple(found)


def _of(by_key: Mapping[str, str], key: str) -> str:
    """What is known by ``key``, or by one of its two forms."""
    return by_key.get(key) or by_key.get(key + OTHER) or by_key.get(key + ONE) or ""


def _quoted(forms: Forms) -> str:
    text = " ".join(forms_of(forms)[0].split())
    return f"‘{text[:_LONGEST_QUOTE]}…’" if len(text) > _LONGEST_QUOTE else f"‘{text}’"
