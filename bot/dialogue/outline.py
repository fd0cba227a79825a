"""Reads YAML as scalars, listings and tables that know their line, whatever the text is.

Every scalar is text: ``nee``, ``no`` and ``12:30`` stay words. Read as events, never as nodes:
PyYAML's C composer crashes the whole process on a text with thousands of nested brackets.
"""

import re
from typing import TypeAlias

import yaml
from msgspec import Struct

from bot.dialogue.meant import quoted
from bot.dialogue.problems import Problem
from bot.dialogue.yaml_errors import explain, line_of

DEEPEST = 30
"""Levels of tables and listings in each other: many more than a dialogue has use for."""

# Fifteen times faster where PyYAML was built with libyaml.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

_UNSEEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f"
    "\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\u3164\ufeff\uffa0\ufff0-\uffff"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_PICTURE = "\u2600-\u27bf\U0001f000-\U0001faff"
# A zero-width joiner between two pictures makes one picture of them, such as a family.
_JOINED = re.compile(f"(?<=[{_PICTURE}\ufe0f])\u200d(?=[{_PICTURE}])")

_Named: TypeAlias = yaml.ScalarEvent | yaml.CollectionStartEvent | yaml.AliasEvent


class Scalar(Struct, frozen=True):
    """One piece of text. ``lost`` is what stands behind it and is not read: ``#112 nu``."""

    text: str
    line: int
    lost: str = ""


class Listing(Struct, frozen=True):
    """Things below each other, each after a dash."""

    line: int
    items: "tuple[Tree, ...]"


class Table(Struct, frozen=True):
    """Keys with something behind each. Not yet looked at: a key may stand in it twice."""

    line: int
    entries: "tuple[tuple[Tree, Tree], ...]"


Tree: TypeAlias = Scalar | Listing | Table


def outline(file: str, text: str) -> tuple[Tree | None, list[Problem]]:
    """The tree in ``text``, or None when there is none to be read; and what is wrong with it.

    Never raises. Signs that nobody can see are told about and then taken out, so that they cause
    no second problem.
    """
    grower = _Grower(file, text)
    return grower.tree(), grower.problems


class _Branch:
    """A listing or table while its parts are still coming in."""

    def __init__(self, line: int, *, table: bool) -> None:
        self.line = line
        self.table = table
        self.parts: list[Tree] = []

    def grown(self) -> Tree:
        if self.table:
            return Table(self.line, tuple(zip(self.parts[::2], self.parts[1::2], strict=True)))
        return Listing(self.line, tuple(self.parts))


class _Grower:
    """Makes one tree of the events in a text."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.problems: list[Problem] = []
        # A file saved on Windows may begin with a byte order mark; no author put it there.
        text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        self.lines = text.split("\n")
        if _UNSEEN.search(text):
            self.lines = [self.visible(line, at) for at, line in enumerate(self.lines, start=1)]
        self.branches = [_Branch(1, table=False)]

    def wrong(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(self.file, line, code, message))

    def tree(self) -> Tree | None:
        try:
            for event in yaml.parse("\n".join(self.lines), Loader=_LOADER):
                self.take(event)
                if len(self.branches) > DEEPEST:
                    message = "Hier zit te veel in elkaar. Maak het eenvoudiger."
                    self.wrong(line_of(event.start_mark), "yaml-error", message)
                    return None
        except yaml.MarkedYAMLError as error:
            line, message = explain(error)
            # A sign that made something fall away was told about, and is the cause.
            if not any(problem.line == line for problem in self.problems):
                self.wrong(line, "yaml-error", message)
            return None
        return self.only()

    def only(self) -> Tree | None:
        roots = self.branches[0].parts
        if not roots:
            self.wrong(0, "wrong-shape", "Dit bestand is leeg.")
            return None
        if len(roots) > 1:
            message = "Met ‘---’ begint een tweede bestand. Haal die regel weg."
            self.wrong(roots[1].line, "yaml-error", message)
        return roots[0]

    def take(self, event: yaml.Event) -> None:
        """Let ``event`` grow the tree."""
        line = line_of(event.start_mark)
        match event:
            case yaml.ScalarEvent():
                self.branches[-1].parts.append(self.scalar(event, line))
            case yaml.CollectionStartEvent():
                self.dropped(event, line)
                self.branches.append(_Branch(line, table=isinstance(event, yaml.MappingStartEvent)))
            case yaml.CollectionEndEvent():
                branch = self.branches.pop()
                self.branches[-1].parts.append(branch.grown())
            case yaml.AliasEvent():
                self.branches[-1].parts.append(Scalar(self.dropped(event, line), line))
            case _:  # where the text or a document in it begins or ends
                pass

    def scalar(self, event: yaml.ScalarEvent, line: int) -> Scalar:
        text = event.value
        if event.anchor or event.tag:
            text = self.dropped(event, line) + text
        if event.style:
            return Scalar(self.visible(text, line) if event.style == '"' else text, line)
        return Scalar(text, line, self.lost(event, line))

    def lost(self, event: yaml.ScalarEvent, line: int) -> str:
        """What looks like more of a text without quotes, and is no more than a remark to YAML."""
        ends, column = line_of(event.end_mark), event.end_mark.column if event.end_mark else 0
        # libyaml ends the last, empty scalar of a text on a line that the text does not have.
        behind, below = (*self.lines[ends - 1 : ends + 1], "", "")[:2]
        if (rest := behind[column:].lstrip()).startswith("#"):
            return rest
        if (rest := below.lstrip()).startswith("#"):
            begins = self.lines[line - 1]
            deeper = len(below) - len(rest) > len(begins) - len(begins.lstrip())
            return rest if deeper else ""
        return ""

    def dropped(self, event: _Named, line: int) -> str:
        """What YAML takes from the front of a text, as a name or a kind, after telling about it."""
        words = [f"&{event.anchor}"] if event.anchor else []
        if isinstance(event, yaml.AliasEvent):
            words = [f"*{event.anchor}"]
        elif event.tag:
            words.append(event.tag)
        for word in words:
            self.wrong(
                line,
                "text-lost",
                f"{quoted(word)} valt weg: met &, * of ! mag een tekst niet beginnen. "
                "Zet de tekst op een nieuwe regel onder ‘|’.",
            )
        return "".join(f"{word} " for word in words)

    def visible(self, text: str, line: int) -> str:
        """``text`` without the signs nobody can see, after telling about the first of them."""
        bare = _JOINED.sub("", text)
        unseen = _UNSEEN.search(bare.replace("\n", ""))
        if unseen is None:
            return text
        self.wrong(line, "invisible-character", _about(unseen[0]))
        return _UNSEEN.sub("", _SPACES.sub(" ", bare))


def _about(sign: str) -> str:
    if sign == "\t":
        return "Hier staat een tab. Zet er spaties voor in de plaats."
    if sign == "\ufffd":
        return "Hier is een letter verloren gegaan (�). Typ het woord opnieuw."
    return f"Hier staat een teken dat je niet ziet (U+{ord(sign):04X}). Typ de regel opnieuw."
