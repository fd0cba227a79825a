"""One authored file while it is read: what it says, and what is wrong in it so far."""

from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from bot.dialogue.draft import Word
from bot.dialogue.meant import listed, meant, quoted
from bot.dialogue.outline import Scalar, Table, Tree, outline
from bot.dialogue.problems import Problem

LARGEST = 1_000_000
"""Bytes of one authored file."""

MOST_PROBLEMS = 500
"""Problems told about one file; the next run tells the rest."""

_DIGITS = 9
_Value = TypeVar("_Value", bound=str)


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one authored file. ``file`` is its name as its author knows it."""

    file: str
    text: str


class Field(NamedTuple):
    """What stands behind a key, and the line of that key."""

    line: int
    tree: Tree


class Sheet:
    """Takes a source apart. What does not fit is told in ``problems``; reading goes on."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.problems: list[Problem] = []

    def wrong(self, line: int, code: str, message: str) -> None:
        """Tell about a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(Problem(self.source.file, line, code, message))

    def tree(self) -> Tree | None:
        """All that stands in the source, or None when it cannot be read."""
        if len(self.source.text.encode(errors="replace")) > LARGEST:
            message = f"Dit bestand is groter dan {LARGEST // 1_000_000} MB. Deel het in stukken."
            self.wrong(0, "file-too-large", message)
            return None
        tree, problems = outline(self.source.file, self.source.text)
        self.problems += problems[:MOST_PROBLEMS]
        return tree

    def fields(
        self, tree: Tree, what: str, example: str = "naam: waarde"
    ) -> dict[str, Field] | None:
        """The keys of ``tree`` and what stands behind them; None when it is no table.

        ``what`` it is that should have been one is told with an ``example`` of a line.
        """
        if not isinstance(tree, Table):
            message = f"Bij {what} horen regels als ‘{example}’. Schrijf het zo."
            self.wrong(tree.line, "wrong-shape", message)
            return None
        fields: dict[str, Field] = {}
        for key, value in tree.entries:
            if not isinstance(key, Scalar):
                self.wrong(key.line, "wrong-shape", "Voor de dubbele punt hoort één woord.")
            elif key.text in fields:
                self.wrong(
                    key.line,
                    "duplicate-key",
                    f"{quoted(key.text)} staat er al, op regel {fields[key.text].line}. "
                    "Haal een van de twee weg, of geef hem een andere naam.",
                )
            else:
                fields[key.text] = Field(key.line, value)
        return fields

    def expect(
        self, fields: dict[str, Field], known: tuple[str, ...], needed: tuple[str, ...], line: int
    ) -> None:
        """Tell about keys that are not ``known``, and about ``needed`` ones that are missing."""
        for key in fields.keys() - set(known):
            hint = meant(key, known) or f" Hier kan: {listed(known)}."
            message = f"De sleutel {quoted(key)} past hier niet.{hint}"
            self.wrong(fields[key].line, "unknown-key", message)
        for key in needed:
            if key not in fields:
                self.wrong(line, "missing-key", f"Hier mist {quoted(key)}. Zet die sleutel erbij.")

    def name(self, field: Field | None, key: str) -> Word | None:
        """The one word behind ``key``: an id or a code. None when there is none to be read."""
        if field is None:
            return None
        if not isinstance(field.tree, Scalar):
            self.wrong(field.line, "wrong-shape", f"Achter {quoted(key)} hoort één woord.")
            return None
        if not field.tree.text:
            self.wrong(field.line, "missing-key", f"Achter {quoted(key)} staat niets. Vul het in.")
            return None
        return Word(field.tree.text, field.tree.line)

    def one_of(
        self,
        field: Field | None,
        key: str,
        values: tuple[_Value, ...],
        code: str = "wrong-value",
    ) -> _Value | None:
        """The word behind ``key``, when it is one of ``values``."""
        word = self.name(field, key)
        if word is None:
            return None
        for value in values:
            if word.text == value:
                return value
        message = f"{quoted(word.text)} kan hier niet.{meant(word.text, values)}"
        self.wrong(word.line, code, f"{message} Achter {quoted(key)} kan: {listed(values)}.")
        return None

    def number(self, field: Field | None, key: str) -> int | None:
        """The whole number behind ``key``."""
        word = self.name(field, key)
        if word is None:
            return None
        digits = word.text.removeprefix("-")
        if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS:
            return int(word.text)
        message = f"Achter {quoted(key)} hoort een getal in cijfers, zoals 12."
        self.wrong(word.line, "wrong-value", message)
        return None

    def words(self, field: Field, key: str) -> Word | None:
        """The text behind ``key``, without the white space around it."""
        if not isinstance(field.tree, Scalar):
            message = (
                f"Achter {quoted(key)} hoort een tekst. Staat er een dubbele punt, een streepje of "
                "een accolade in? Zet de tekst dan op een nieuwe regel onder ‘|’."
            )
            self.wrong(field.line, "wrong-shape", message)
            return None
        if field.tree.lost:
            message = (
                f"{quoted(field.tree.lost)} valt weg: wat na # komt, wordt niet gelezen. Hoort het "
                "bij de tekst? Zet de tekst op een nieuwe regel onder ‘|’. Zo niet, haal het weg."
            )
            self.wrong(field.tree.line, "text-lost", message)
            return Word(f"{field.tree.text} {field.tree.lost}", field.tree.line)
        return Word(field.tree.text.strip(), field.tree.line)
