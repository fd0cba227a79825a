"""The signal words (``dialogen/signaalwoorden.yaml``): lists of words for each language."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from bot.dialogue.draft import Word
from bot.dialogue.lexicon import LEAST, REACHES, ROLES, Pattern, Reach, Wordlist
from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.outline import Listing, Scalar, Tree
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Field, Sheet, Source
from bot.dialogue.vocabulary import CARE_SIGNALS, SIGNALS
from bot.wording.languages import LANGUAGES

FORM: Final = {
    "unknown-language": "A list is in a language that Samenspraak knows.",
    "unknown-group": "A word in capitals is a group that stands higher up in the same language.",
    "unknown-signal": "A signal is one that Samenspraak does something with.",
    "missing-signal": "Every language has words for each signal that calls for a person now.",
    "too-many-words": "An item is one word, or two.",
    "empty-word": "An item has letters in it, three at least when more may come before or behind.",
    "duplicate-word": "Nothing stands twice in a list.",
}
"""Rules about signal words, by the code of the problem, besides those about the form of a file."""

KNOWN = (*SIGNALS, *CARE_SIGNALS)

MOST_WORDS = 2
"""Words of one item. Longer ones find that one sentence only, and look as if they find more."""

MOST_PARTS = 5
"""Parts of one pattern."""

_GROUP = re.compile(r"[A-Z][A-Z_]{1,30}")
_ENDING = re.compile(r"[^\W\d_]{1,6}")
_LISTS = ("endings", "beginnings", "same", "groups", "harmless", "over", "signals")


def read_signals(source: Source) -> tuple[tuple[Wordlist, ...], tuple[Problem, ...]]:
    """The word list of every language in ``source``, and what is wrong with it."""
    sheet = Sheet(source)
    tree = sheet.tree()
    languages = None if tree is None else sheet.fields(tree, "het begin van het bestand", "nl:")
    lists = []
    for code, field in (languages or {}).items():
        if code not in LANGUAGES:
            message = f"Taal {quoted(code)} ken ik niet. Hier kan: {listed(tuple(LANGUAGES))}."
            sheet.wrong(field.line, "unknown-language", message)
        else:
            lists.append(_Reader(sheet, code).wordlist(field))
    return tuple(lists), tuple(sheet.problems)


class _Reader:
    """Reads the lists of one language."""

    def __init__(self, sheet: Sheet, language: str) -> None:
        self.sheet = sheet
        self.language = language
        self.groups: dict[str, tuple[str, ...]] = {}

    def wordlist(self, field: Field) -> Wordlist:
        fields = self.sheet.fields(field.tree, quoted(self.language), "signals:") or {}
        self.sheet.expect(fields, _LISTS, ("signals",), field.line)
        for name, group in self._table(fields, "groups").items():
            if _GROUP.fullmatch(name) is None:
                message = (
                    f"Een groep heeft een naam in hoofdletters, en dat is {quoted(name)} niet."
                )
                self.sheet.wrong(group.line, "unknown-group", message)
            self.groups[name] = self._items(group.tree, name)
        same = {
            meant_: self._items(each.tree, meant_)
            for meant_, each in self._table(fields, "same").items()
            if self._item(Word(meant_, each.line))
        }
        return Wordlist(
            self.language,
            self._signals(fields.get("signals"), field.line),
            self._endings(fields.get("endings"), "endings"),
            self._endings(fields.get("beginnings"), "beginnings"),
            same,
            {role: self.groups[role] for role in ROLES if role in self.groups},
            tuple(self._patterns(fields.get("harmless"), "harmless")),
            tuple(self._patterns(fields.get("over"), "over")),
        )

    def _signals(self, field: Field | None, line: int) -> dict[str, tuple[Pattern, ...]]:
        named = {} if field is None else self.sheet.fields(field.tree, "‘signals’") or {}
        signals: dict[str, tuple[Pattern, ...]] = {}
        for name, each in named.items():
            if name not in KNOWN:
                message = f"Met {quoted(name)} gebeurt niets.{meant(name, KNOWN)}"
                message = f"{message} Hier kan: {listed(KNOWN)}."
                self.sheet.wrong(each.line, "unknown-signal", message)
                continue
            signals[name] = tuple(self._patterns(each, name))
        for name in CARE_SIGNALS:
            if field is not None and not signals.get(name) and name not in named:
                message = f"Hier mist {quoted(name)}. Zet er woorden voor bij."
                self.sheet.wrong(line, "missing-signal", message)
        return signals

    def _patterns(self, field: Field | None, key: str) -> Iterator[Pattern]:
        if field is None:
            return
        fields = self.sheet.fields(field.tree, quoted(key), "words: [woord, woord]") or {}
        self.sheet.expect(fields, ("words", *REACHES), (), field.line)
        if not fields:
            self.sheet.wrong(field.line, "empty-word", f"Onder {quoted(key)} staat niets.")
        if "words" in fields:
            words = self._items(fields["words"].tree, "words")
            yield Pattern((words,))
        for reach in REACHES:
            if reach in fields:
                yield from self._together(fields[reach], reach)

    def _together(self, field: Field, reach: Reach) -> Iterator[Pattern]:
        seen: dict[tuple[tuple[str, ...], ...], int] = {}
        for tree in self._listing(field.tree, reach):
            if not isinstance(tree, Listing) or not 1 < len(tree.items) <= MOST_PARTS:
                message = f"Onder {quoted(reach)} staat op elke regel een lijst: - [woord, woord]."
                self.sheet.wrong(tree.line, "wrong-shape", message)
                continue
            parts = tuple(self._part(part) for part in tree.items)
            order = parts if reach == "in_order" else tuple(sorted(parts))
            if order in seen:
                message = f"Dit staat er al, op regel {seen[order]}. Haal een van de twee weg."
                self.sheet.wrong(tree.line, "duplicate-word", message)
            elif all(parts):
                seen[order] = tree.line
                yield Pattern(parts, reach)

    def _part(self, tree: Tree) -> tuple[str, ...]:
        listing = tree if isinstance(tree, Listing) else Listing(tree.line, (tree,))
        return self._items(listing, "een lijst")

    def _items(self, tree: Tree, what: str) -> tuple[str, ...]:
        """The words in a list; those of a group in the place of its name."""
        found: dict[str, None] = {}
        for each in self._listing(tree, what):
            if not isinstance(each, Scalar):
                self.sheet.wrong(each.line, "wrong-shape", "Hier hoort een woord.")
                continue
            text = " ".join(each.text.split())
            for item in self._meant(Word(text, each.line)):
                if item in found and item == text:
                    message = f"{quoted(text)} staat er al. Haal een van de twee weg."
                    self.sheet.wrong(each.line, "duplicate-word", message)
                found[item] = None
        return tuple(found)

    def _meant(self, word: Word) -> tuple[str, ...]:
        if _GROUP.fullmatch(word.text) is None:
            return (word.text,) if self._item(word) else ()
        if word.text in self.groups:
            return self.groups[word.text]
        close = get_close_matches(word.text, self.groups, n=1)
        hint = f" Bedoelde je {quoted(close[0])}?" if close else ""
        message = f"Er is hierboven geen groep {quoted(word.text)}.{hint}"
        message = f"{message} Schrijf een gewoon woord met kleine letters."
        self.sheet.wrong(word.line, "unknown-group", message)
        return ()

    def _item(self, word: Word) -> bool:
        """Whether ``word`` can be an item; if not, that is told."""
        parts = word.text.split()
        letters = [part.strip("=*") for part in parts]
        if len(parts) > MOST_WORDS:
            message = (
                f"{quoted(word.text)} is te lang: neem één woord of twee. Zet de andere apart."
            )
            self.sheet.wrong(word.line, "too-many-words", f"{message} Dan vind je meer.")
        elif not all(letters) or any(
            "*" in part and len(part.strip("*")) < LEAST for part in parts
        ):
            message = "Hier staat geen woord, of te weinig letters bij een *. Schrijf er meer."
            self.sheet.wrong(word.line, "empty-word", message)
        else:
            return bool(parts)
        return False

    def _endings(self, field: Field | None, key: str) -> tuple[str, ...]:
        if field is None:
            return ()
        found: list[str] = []
        for each in self._listing(field.tree, key):
            text = each.text if isinstance(each, Scalar) else ""
            if _ENDING.fullmatch(text) is None:
                message = f"In {quoted(key)} hoort een stukje van een woord, als: en, tje."
                self.sheet.wrong(each.line, "empty-word", message)
            elif text in found:
                message = f"{quoted(text)} staat er al. Haal een van de twee weg."
                self.sheet.wrong(each.line, "duplicate-word", message)
            else:
                found.append(text)
        return tuple(found)

    def _table(self, fields: dict[str, Field], key: str) -> dict[str, Field]:
        if key not in fields:
            return {}
        return self.sheet.fields(fields[key].tree, quoted(key), "naam: [woord, woord]") or {}

    def _listing(self, tree: Tree, what: str) -> tuple[Tree, ...]:
        if isinstance(tree, Listing) and tree.items:
            return tree.items
        message = f"Bij {quoted(what)} hoort een lijst: [woord, woord]."
        self.sheet.wrong(tree.line, "wrong-shape", message)
        return ()
