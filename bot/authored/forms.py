"""The values of a small authored file (a team, a helpline), each of its own kind.

What does not fit is told to the ``Sheet``, so that whoever wrote the file hears everything at
once; what is asked then comes back empty.
"""

import re
from datetime import date
from pathlib import Path

from bot.dialogue.meant import quoted
from bot.dialogue.outline import Listing, Scalar, Tree
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Field, Sheet, Source


def read_source(path: Path, file: str, problems: list[Problem]) -> Source | None:
    """The text of ``path``, which problems call ``file``; None, and a problem, when it is none."""
    try:
        return Source(file, path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        problems.append(Problem(file, 0, "no-text", "Dit bestand is er niet, of is geen tekst."))
        return None


class Form:
    """The keys of one thing in a file; ``known`` are all it can have, ``needed`` all it must."""

    def __init__(
        self, sheet: Sheet, tree: Tree, what: str, known: tuple[str, ...], needed: tuple[str, ...]
    ) -> None:
        self.sheet = sheet
        self._line = tree.line
        self._fields: dict[str, Field] = sheet.fields(tree, what) or {}
        if self._fields:
            sheet.expect(self._fields, known, needed, tree.line)

    def line_of(self, key: str) -> int:
        """Where ``key`` stands; where the form begins when it does not."""
        return self._fields[key].line if key in self._fields else self._line

    def tree_of(self, key: str) -> Tree | None:
        """What stands behind ``key``, as it was written; None when it does not stand there."""
        return self._fields[key].tree if key in self._fields else None

    def text(self, key: str, longest: int = 300) -> str:
        """A text, "" when there is none."""
        field = self._fields.get(key)
        word = None if field is None else self.sheet.words(field, key)
        if word is None:
            return ""
        if not word.text:
            self._wrong(key, "missing-key", f"Achter {quoted(key)} staat niets. Vul het in.")
        elif len(word.text) > longest:
            self._wrong(key, "too-long", f"{quoted(key)} heeft hoogstens {longest} tekens.")
        return word.text

    def shaped(self, key: str, shape: str, example: str) -> str:
        """A text that looks like the regular expression ``shape``; ``example`` shows how."""
        text = self.text(key)
        if text and re.fullmatch(shape, text) is None:
            self._wrong(key, "wrong-value", f"Schrijf {quoted(key)} zo: {example}.")
            return ""
        return text

    def texts(self, key: str, shape: str, example: str) -> tuple[str, ...]:
        """A list of texts that all differ and look like ``shape``; empty when there is none."""
        field = self._fields.get(key)
        if field is None:
            return ()
        if not isinstance(field.tree, Listing):
            self._wrong(key, "wrong-shape", f"Achter {quoted(key)} hoort een lijst: [een, twee].")
            return ()
        found: dict[str, str] = {}
        for item in field.tree.items:
            text = item.text.strip() if isinstance(item, Scalar) else ""
            if re.fullmatch(shape, text) is None:
                self.sheet.wrong(item.line, "wrong-value", f"In {quoted(key)} hoort {example}.")
            elif text.casefold() in found:
                message = f"{quoted(text)} staat er al. Haal een van de twee weg."
                self.sheet.wrong(item.line, "duplicate-key", message)
            else:
                found[text.casefold()] = text
        return tuple(found.values())

    def number(self, key: str, least: int, most: int, default: int) -> int:
        """A whole number from ``least`` to ``most``; ``default`` when there is none."""
        number = self.sheet.number(self._fields.get(key), key)
        if number is None or least <= number <= most:
            return default if number is None else number
        message = f"Achter {quoted(key)} hoort een getal van {least} tot en met {most}."
        self._wrong(key, "wrong-value", message)
        return default

    def yes(self, key: str) -> bool:
        """Whether ``yes`` stands there; ``no`` says the same as nothing."""
        return self.sheet.one_of(self._fields.get(key), key, ("yes", "no")) == "yes"

    def day(self, key: str) -> date:
        """A date; the first of all days when there is none."""
        text = self.shaped(key, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "2026-03-31")
        try:
            return date.fromisoformat(text) if text else date.min
        except ValueError:
            self._wrong(key, "wrong-value", f"{quoted(text)} is geen dag. Schrijf zo: 2026-03-31.")
            return date.min

    def _wrong(self, key: str, code: str, message: str) -> None:
        self.sheet.wrong(self.line_of(key), code, message)
