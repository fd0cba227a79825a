"""The words of one language, with their placeholders filled."""

import re
from collections.abc import Collection, Mapping
from typing import TypeAlias, assert_never

from bot.dialogue.message import Moment, Piece, Text
from bot.dialogue.vocabulary import ENGINE
from bot.wording.languages import Language
from bot.wording.moments import said_moment

Forms: TypeAlias = str | tuple[str, ...]
"""One text, or one for each plural form; in Dutch those are: for one, for any other number."""

Values: TypeAlias = Mapping[str, str | int]
"""What fills the placeholders that every text may use: those of ``vocabulary.PLACEHOLDERS``."""

_NO_WORDS: Mapping[str, str] = {}

COUNT = "aantal"
"""The placeholder that every text with plural forms may use for its number."""

UNITS = {
    "antwoordtijd": f"{ENGINE}/reply_days",
    "bewaard_concept": f"{ENGINE}/days",
    "bewaard_pagina": f"{ENGINE}/days",
}
"""Placeholders whose number is worded: 3 becomes "3 werkdagen", in the language of the message."""

STAND_INS = {
    "team": f"{ENGINE}/no_team",
    "antwoordtijd": f"{ENGINE}/no_reply_days",
    "telefoon_team": f"{ENGINE}/no_phone",
    "chatpagina": f"{ENGINE}/no_chat_page",
}
"""What is said where a team's own value stands, when there is no team, or no longer."""

SHARE_PHONE = f"{ENGINE}/share_phone"
"""The label of the button with which someone shares their own phone number."""

ONE, OTHER = "#one", "#other"
"""What stands behind the key of a Dutch text for one, and of the same text for any other number."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BIDI_CONTROLS = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_TURNS = re.compile(
    r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
    r"\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""A letter that is read from right to left, or a sign that turns the direction."""

_ISOLATE, _ISOLATE_ENDS = "\u2068", "\u2069"


class MissingTextError(LookupError):
    """No words under a key, or no value for a placeholder in them. Holds no one's own words."""


def placeholders(text: str) -> frozenset[str]:
    """The names that stand between braces in ``text``."""
    return frozenset(_PLACEHOLDER.findall(text))


def folded(words: Mapping[str, str]) -> dict[str, Forms]:
    """Words by key, the two forms of a text (``key#one``, ``key#other``) under the one ``key``."""
    found: dict[str, Forms] = {}
    for key, text in words.items():
        if key.endswith(ONE):
            name = key.removesuffix(ONE)
            found[name] = (text, words.get(name + OTHER, text))
        elif not key.endswith(OTHER):
            found[key] = text
    return found


def isolated(words: str) -> str:
    """``words`` so that their direction neither follows nor changes that of the line around them.

    Direction signs inside are dropped: one of them could end the isolation.
    """
    lines = _BIDI_CONTROLS.sub("", words).split("\n")
    return "\n".join(f"{_ISOLATE}{line}{_ISOLATE_ENDS}" for line in lines)


class Wording:
    """The words of one language.

    A text is cut at its placeholders once, here: words, name, words, name, words. Only names are
    ever replaced; a value is put in as it is and never read as a text.
    """

    __slots__ = ("_known", "_plurals", "_texts", "language")

    def __init__(
        self, language: Language, words: Mapping[str, Forms], known: Collection[str]
    ) -> None:
        """``known`` are the keys that exist now, whether this language has them or not."""
        self.language = language
        self._known = known
        self._texts: dict[str, list[str]] = {}
        self._plurals: dict[str, tuple[list[str], ...]] = {}
        for key, forms in words.items():
            if isinstance(forms, str):
                self._texts[key] = _PLACEHOLDER.split(forms)
            else:
                self._plurals[key] = tuple(_PLACEHOLDER.split(form) for form in forms)

    def with_words(self, words: Mapping[str, str], known: Collection[str]) -> "Wording":
        """The same and ``words``; ``known`` are the keys that exist besides those of now."""
        more = Wording(self.language, words, frozenset((*self._known, *known)))
        more._texts = {**self._texts, **more._texts}
        more._plurals = self._plurals
        return more

    def text(self, text: Text, values: Values, extra: Mapping[str, str] = _NO_WORDS) -> str:
        """The words of ``text``; from ``extra`` when its key does not exist any more.

        A placeholder is filled from the values of the text itself, then from ``values``. Raises
        ``MissingTextError``.
        """
        cut = self._texts.get(text.key) or self._seldom(text, extra)
        if len(cut) == 1:
            return cut[0]
        filled = cut.copy()
        for place in range(1, len(cut), 2):
            filled[place] = self._value(cut[place], text, values, extra)
        return "".join(filled)

    def pieces(
        self, pieces: tuple[Piece, ...], values: Values, extra: Mapping[str, str] = _NO_WORDS
    ) -> list[str]:
        """The words of each piece; own words are isolated when they do not stand alone."""
        alone = len(pieces) == 1
        found = []
        for piece in pieces:
            if isinstance(piece, Text):
                found.append(self.text(piece, values, extra))
            else:
                found.append(piece.words if alone else isolated(piece.words))
        return found

    def _seldom(self, text: Text, extra: Mapping[str, str]) -> list[str]:
        forms = self._plurals.get(text.key)
        if forms is not None:
            return forms[-1 if text.count is None else self.language.form_for(text.count)]
        if text.key in self._known or text.key not in extra:
            raise MissingTextError(text.key)
        return _PLACEHOLDER.split(extra[text.key])

    def _value(self, name: str, text: Text, values: Values, extra: Mapping[str, str]) -> str:
        value = text.values.get(name)
        if value is None:
            value = text.count if name == COUNT and text.count is not None else values.get(name)
        match value:
            case str():
                return self._name(value)
            case int():
                unit = UNITS.get(name)
                return str(value) if unit is None else self.text(Text(unit, count=value), values)
            case Text():
                return self.text(value, values, extra)
            case Moment(at, clock, year):
                return self._name(said_moment(at, self.language.code, clock=clock, year=year))
            case None:
                if name not in STAND_INS:
                    raise MissingTextError(f"{text.key}: no value for {name}")
                return self.text(Text(STAND_INS[name]), {})
            case _:
                assert_never(value)

    def _name(self, name: str) -> str:
        """A name in a line; isolated only where directions meet, so that plain lines stay plain."""
        turns = not name.isascii() and _TURNS.search(name) is not None
        return isolated(name) if turns or self.language.right_to_left else name
