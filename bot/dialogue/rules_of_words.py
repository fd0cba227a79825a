"""Rules about words: what a family reads is there, fits, and asks one thing at a time."""

import re
from collections.abc import Iterator

from bot.dialogue.draft import QUESTIONS, Draft, Word
from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.problems import Problem
from bot.dialogue.vocabulary import PLACEHOLDERS
from bot.dialogue.weaving import Woven

LONGEST_TEXT = 3_500
"""Characters of a text. Telegram takes 4,096, and buttons, notes and other languages need room."""

LONGEST_WITH_MORE = 1_000
"""Characters of a text below which people and places nearby are named."""

LONGEST_LABEL = 40
"""Characters on a button that most telephones show."""

MOST_CHOICES = 12
"""Choices under one question that someone can still oversee."""

MOST_PICTURES = 8
"""Pictures under one question: two rows of four, as wide as a telephone shows."""

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|\"[^\"]*\"")
_QUESTION_MARKS = re.compile(r"\?[?!]*")


def empty_text(woven: Woven) -> Iterator[Problem]:
    """No text is empty."""
    for draft, key, word in _spoken(woven):
        if not word.text:
            message = f"Achter {quoted(key.split('/')[-1])} staat geen tekst. Schrijf die erbij."
            yield Problem(draft.file, word.line, "empty-text", message)


def unbalanced_brace(woven: Woven) -> Iterator[Problem]:
    """Every ``{`` has its ``}``."""
    for draft, _, word in _spoken(woven):
        yield from lone_braces(draft.file, word)


def lone_braces(file: str, word: Word) -> Iterator[Problem]:
    """A problem when a brace in ``word`` stands alone."""
    rest = PLACEHOLDER.sub("", word.text)
    if "{" in rest or "}" in rest:
        message = (
            "Een accolade { of } staat hier alleen. Zet de andere erbij: {team}. "
            "Gebruik in een tekst geen losse accolades."
        )
        yield Problem(file, word.line, "unbalanced-brace", message)


def unknown_placeholder(woven: Woven) -> Iterator[Problem]:
    """Between braces stands only what can be filled in."""
    for draft, _, word in _spoken(woven):
        for name in PLACEHOLDER.findall(word.text):
            if name not in PLACEHOLDERS:
                message = (
                    f"{quoted(name)} kan niet worden ingevuld.{meant(name, PLACEHOLDERS)} "
                    f"Tussen {{ en }} kan: {listed(PLACEHOLDERS)}."
                )
                yield Problem(draft.file, word.line, "unknown-placeholder", message)


def text_too_long(woven: Woven) -> Iterator[Problem]:
    """A text fits in one message."""
    for draft, node in woven.nodes():
        for word in node.words.values():
            yield from long_text(draft.file, word, LONGEST_WITH_MORE if node.near else LONGEST_TEXT)


def long_text(file: str, word: Word, longest: int = LONGEST_TEXT) -> Iterator[Problem]:
    """A problem when ``word`` does not fit in one message."""
    if len(word.text) > longest:
        message = (
            f"Deze tekst heeft {len(word.text)} tekens; in een bericht passen er {longest}. "
            "Maak hem korter of maak er twee stappen van."
        )
        yield Problem(file, word.line, "text-too-long", message)


def label_too_long(woven: Woven) -> Iterator[Problem]:
    """What stands on a button fits there, and the name of an answer stands on one line."""
    for draft, key, word in _spoken(woven):
        if not _is_label(key):
            continue
        if "\n" in word.text:
            message = f"{quoted(word.text)} staat op meer dan één regel. Maak er één regel van."
            yield Problem(draft.file, word.line, "label-too-long", message)
        elif key != "short" and len(word.text) > LONGEST_LABEL:
            message = (
                f"{quoted(word.text)} heeft {len(word.text)} tekens; op een knop passen er "
                f"{LONGEST_LABEL}. Zeg het korter, of leg het uit in ‘text’."
            )
            yield Problem(draft.file, word.line, "label-too-long", message)


def same_label(woven: Woven) -> Iterator[Problem]:
    """No two buttons of a node say the same."""
    for draft, node in woven.nodes():
        first: dict[str, Word] = {}
        for key, word in node.words.items():
            if not _is_label(key) or key == "short":
                continue
            other = first.setdefault(word.text, word)
            if other is not word and word.text:
                message = (
                    f"Op twee knoppen staat {quoted(word.text)}, ook op regel {other.line}. "
                    "Geef elke knop een eigen tekst."
                )
                yield Problem(draft.file, word.line, "same-label", message)


def too_many_choices(woven: Woven) -> Iterator[Problem]:
    """A question has at most twelve choices, and at most eight pictures."""
    for draft, node in woven.nodes():
        most = MOST_PICTURES if node.kind == "pictures" else MOST_CHOICES
        if len(node.codes) > most:
            message = (
                f"Deze vraag heeft {len(node.codes)} keuzes; hoogstens {most} is te "
                "overzien. Neem keuzes samen of maak er twee vragen van."
            )
            yield Problem(draft.file, node.codes[most].line, "too-many-choices", message)


def two_questions(woven: Woven) -> Iterator[Problem]:
    """A question asks one thing. What stands between quotes is an example, and asks nothing."""
    for draft, node in woven.nodes():
        text = node.words.get("text")
        if text is None or node.kind not in QUESTIONS:
            continue
        asked = len(_QUESTION_MARKS.findall(_QUOTED.sub("", text.text)))
        if asked > 1:
            message = (
                f"Hier staan {asked} vragen in één bericht. Stel er één, en maak van de andere een "
                "eigen stap. Is het een voorbeeld? Zet het tussen ‘ en ’."
            )
            yield Problem(draft.file, text.line, "two-questions", message)


def _is_label(key: str) -> bool:
    return key in ("send", "keep", "short") or key.startswith("choices/")


def _spoken(woven: Woven) -> Iterator[tuple[Draft, str, Word]]:
    for draft, node in woven.nodes():
        for key, word in node.words.items():
            yield draft, key, word
