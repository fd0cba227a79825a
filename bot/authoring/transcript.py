"""An example conversation as a file: what someone does, what is said, what the page reads.

How such a file is written is told, in Dutch, in ``dialogen/README.md``.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from bot.wording.languages import DUTCH, LANGUAGES

Where: TypeAlias = Literal["telegram", "chatpagina"]
"""The channels a conversation can be had on, as an author names them."""

CHANNELS: tuple[Where, ...] = get_args(Where)

LARGEST_ROW = 43
"""The table of features that the conversations are counted by has so many rows."""

_ROWS = re.compile(r"#\s*rij\b(.*)")
_ONLY = re.compile(r"#\s*alleen\b(.*)")
_SIGN = re.compile(r"(?P<sign>[<>=])(?P<language>[a-z]{2,3})?(?:\s+(?P<text>.*))?")
_BEHIND = re.compile(r"\s{2,}\[")
"""Between what is said and the first button: two spaces, so that a text may have brackets."""


class TranscriptError(ValueError):
    """A line of a transcript cannot be read. Says which, and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with a sign: ``>`` done, ``<`` said, ``=`` on the page; and what follows it."""

    number: int
    sign: str
    text: str = field(repr=False)

    @property
    def words(self) -> str:
        """What is said, without the buttons behind it."""
        return _BEHIND.split(self.text, maxsplit=1)[0].strip()

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons behind it read."""
        _, *behind = _BEHIND.split(self.text, maxsplit=1)
        return tuple(label for each in behind for label in re.split(r"\]\s+\[", each[:-1]))


@dataclass(frozen=True, slots=True)
class Beat:
    """One deed and what comes of it.

    ``instead`` is what someone types in another language, by its code. ``said`` and ``page`` are
    the lines an author wants to come true; what else is said is not told.
    """

    deed: Line
    instead: Mapping[str, str]
    said: tuple[Line, ...]
    page: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Transcript:
    """An example conversation, in ``language``, with the dialogue called ``dialogue``.

    ``rows`` are the features it shows; ``channels`` those it can be had on.
    """

    path: Path
    dialogue: str
    language: str
    rows: tuple[int, ...]
    channels: tuple[Where, ...]
    beats: tuple[Beat, ...]

    @property
    def name(self) -> str:
        """What the conversation is called: its file, without what stands behind the point."""
        return self.path.name.removesuffix(".txt")

    @classmethod
    def read(cls, path: Path) -> "Transcript":
        """The transcript at ``path``, in a folder of its dialogue. Raises ``TranscriptError``."""
        text = path.read_text(encoding="utf-8")
        try:
            return cls(
                path,
                path.parent.parent.name,
                language_of(path),
                _rows(text),
                _channels(text),
                tuple(_beats(text)),
            )
        except TranscriptError as error:
            raise TranscriptError(f"{path.name}: {error}") from error


def transcripts(dialogues: Path, dialogue: str = "*") -> list[Path]:
    """Every transcript beside the dialogue with this name, or beside all of them, in order."""
    return sorted(dialogues.glob(f"{dialogue}/gesprekken/*.txt"))


def language_of(path: Path) -> str:
    """The language a transcript is in: that between two points (``x.en.txt``), else Dutch."""
    ending = path.name.removesuffix(".txt").rpartition(".")[2]
    return ending if "." in path.name.removesuffix(".txt") and ending in LANGUAGES else DUTCH.code


def lines_of(text: str) -> Iterator[tuple[Line, str]]:
    """Every line with a sign, and the language right behind the sign (``>en``), if any.

    Empty lines and lines with ``#`` are for readers. Raises ``TranscriptError`` for any other line.
    """
    for number, whole in enumerate(text.splitlines(), 1):
        line = whole.strip()
        if not line or line.startswith("#"):
            continue
        found = _SIGN.fullmatch(line)
        language = found["language"] or "" if found else ""
        if found is None or (language and (language not in LANGUAGES or found["sign"] != ">")):
            raise TranscriptError(
                f"regel {number}: begin met >, < of = en een spatie, of met # als opmerking."
            )
        yield Line(number, found["sign"], (found["text"] or "").strip()), language


def _beats(text: str) -> Iterator[Beat]:
    deed: Line | None = None
    instead: dict[str, str] = {}
    followed: list[Line] = []
    for line, language in lines_of(text):
        if line.sign == ">" and not language:
            if deed is not None:
                yield _beat(deed, instead, followed)
            deed, instead, followed = line, {}, []
        elif deed is None:
            raise TranscriptError(f"regel {line.number}: een gesprek begint met > /start")
        elif language:
            instead[language] = line.text
        else:
            followed.append(line)
    if deed is not None:
        yield _beat(deed, instead, followed)


def _beat(deed: Line, instead: Mapping[str, str], followed: list[Line]) -> Beat:
    said = tuple(line for line in followed if line.sign == "<")
    return Beat(deed, instead, said, tuple(line for line in followed if line.sign == "="))


def _rows(text: str) -> tuple[int, ...]:
    """The features named in the first line, ``# rij 13, 14``; none when there is no such line."""
    first = text.partition("\n")[0]
    found = _ROWS.fullmatch(first.strip())
    if found is None:
        return ()
    named = [row.strip() for row in found[1].split(",")]
    if not all(row.isdecimal() and 0 < int(row) <= LARGEST_ROW for row in named):
        raise TranscriptError(f"regel 1: zet achter ‘rij’ nummers van 1 tot {LARGEST_ROW}: 13, 14")
    return tuple(int(row) for row in named)


def _channels(text: str) -> tuple[Where, ...]:
    """The channel of a line ``# alleen telegram`` before the first deed; both without it."""
    before = re.split(r"^\s*>", text, maxsplit=1, flags=re.MULTILINE)[0]
    for found in filter(None, (_ONLY.fullmatch(line.strip()) for line in before.splitlines())):
        for channel in CHANNELS:
            if found[1].strip() == channel:
                return (channel,)
    return CHANNELS
