"""A talk in the terminal, with the answers or the page beside it where there is room."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TextIO

WIDE = 110
"""From so many columns a talk and what comes of it stand beside each other."""

TALK = 60
"""Columns of the talk then, at most."""

CLEAR = "\x1b[2J\x1b[3J\x1b[H"
"""Empties a terminal and goes to its first line (ECMA-48)."""


@dataclass
class Beside:
    """Shows a talk in ``terminal``, of ``columns`` by ``rows``.

    A wide one is drawn again after each deed, with on the right what is asked for. In any other,
    and in a file or a pipe, the talk just goes on, and what is asked for comes in between.
    """

    terminal: TextIO
    columns: int
    rows: int
    _talk: list[str] = field(default_factory=list)
    _before: Sequence[str] = ()

    @property
    def is_wide(self) -> bool:
        """Whether both fit beside each other."""
        return self.terminal.isatty() and self.columns >= WIDE

    def says(self, *lines: str) -> None:
        """The talk goes on with ``lines``."""
        self._talk += lines
        if not self.is_wide:
            print("\n".join(lines), file=self.terminal, flush=True)

    def shows(self, title: str, lines: Sequence[str]) -> None:
        """Show ``lines``: on the right, or in between."""
        if not self.is_wide:
            told = ["", f"  {title}", *(f"  | {line}" for line in lines), ""]
            print("\n".join(told), file=self.terminal, flush=True)
            return
        left = min(TALK, self.columns // 2 - 3)
        right = self.columns - left - 4
        height = max(self.rows - 3, 8)
        talk = [piece for line in self._talk for piece in wrapped(line, left)][-height:]
        talk += [""] * (height - len(talk))
        beside = [title, "", *self._window(lines, right, height - 2)]
        beside += [""] * (height - len(beside))
        drawn = [f"{padded(one, left)}  │ {other}" for one, other in zip(talk, beside, strict=True)]
        print(f"{CLEAR}{chr(10).join(drawn)}\n> ", end="", file=self.terminal, flush=True)

    def _window(self, lines: Sequence[str], width: int, height: int) -> list[str]:
        """As much of ``lines`` as fits, around what is new in it; ``▸`` stands before that."""
        new = set(lines) - set(self._before) if self._before else set()
        self._before = list(lines)
        pieces: list[str] = []
        first = 0
        for line in lines:
            marked = line in new and bool(line.strip())
            if marked and not first:
                first = len(pieces)
            for piece in wrapped(line, width - 2):
                pieces.append(f"{'▸' if marked else ' '} {piece}")
        start = max(0, min(first - height // 3, len(pieces) - height))
        shown = pieces[start : start + height]
        if start > 0:
            shown[0] = "  …"
        if start + height < len(pieces):
            shown[-1] = "  …"
        return shown


def wrapped(line: str, width: int) -> list[str]:
    """``line`` in pieces of at most ``width`` columns; what it begins with in spaces stays so."""
    indent = " " * (len(line) - len(line.lstrip()))
    room = width - sum(1 for sign in line if columns_of(sign) > 1)
    return textwrap.wrap(line, max(room, 20), subsequent_indent=indent) or [""]


def padded(text: str, width: int) -> str:
    """``text`` with spaces behind it, so that it takes ``width`` columns."""
    return text + " " * (width - columns_of(text))


def columns_of(text: str) -> int:
    """How many columns of a terminal ``text`` takes: an emoji takes two, a joiner none."""
    return sum(
        0 if unicodedata.combining(sign) or sign in "\u200d\ufe0f\u2068\u2069" else
        2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )  # fmt: skip
