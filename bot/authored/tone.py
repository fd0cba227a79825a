"""Holds what families read in an authored file against the words that are better left unsaid."""

import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from bot.dialogue.draft import Word
from bot.dialogue.outline import Listing, Scalar, Table, Tree, outline
from bot.dialogue.problems import Problem
from bot.dialogue.reading import read
from bot.dialogue.sheet import Source
from bot.dialogue.vocabulary import ENGINE
from bot.wording.avoided import Found, Tone, plain

CODE = "avoided-word"

Kind: TypeAlias = Literal["dialogue", "block", "words", "helplines", "team"]
"""What kind of file it is: each has its words elsewhere."""

_UNSPOKEN = {
    "words": {"translator"},
    # The name of a helpline or a team is its own.
    "helplines": {"name", "number", "chat", "checked"},
    "team": {
        *("name", "towns", "postcodes", "phone", "languages"),
        # Of what is near; translations are held against the words of their own language.
        *("address", "site", "free", "topics", "checked", "translated"),
    },
}
"""Keys in small files behind which stands nothing that we say to a family."""

_ROOMS = {"words": ENGINE, "helplines": "hulplijnen", "team": "teams", "block": "bouwstenen"}
"""What the keys of texts begin with, when it is not the name of the dialogue."""

_BLOCK_SCALAR = re.compile(r"[|>][+-]?[0-9]?\s*(?:#.*)?$")


def avoided_in(source: Source, kind: Kind, tone: Tone) -> Iterator[Problem]:
    """A problem for each word that is avoided in what ``source`` says, at the line of that word.

    Nearly every file has none, which one search through the whole of it shows; only then it is
    taken apart. What cannot be read is passed over: whoever reads the file tells about that.
    """
    if not tone.may_speak_in(source.text):
        return
    lines = re.split("\r\n|\r|\n", plain(source.text))
    for key, word in _spoken(source, kind):
        for found in tone.found(key, word.text):
            line = _line_of(found, word, lines)
            yield Problem(source.file, line, CODE, found.message)


def _spoken(source: Source, kind: Kind) -> Iterator[tuple[str, Word]]:
    """Every text that a family reads in ``source``, and its key."""
    match kind:
        case "dialogue" | "block":
            draft, _ = read(source, kind)
            room = f"{_ROOMS[kind]}/{draft.called}" if kind == "block" else draft.called
            for node in draft.nodes.values():
                for end, word in node.words.items():
                    yield f"{room}/{node.id.text}/{end}", word
        case "words" | "helplines" | "team":
            tree, _ = outline(source.file, source.text)
            for path, word in _scalars(tree, ()):
                if _UNSPOKEN[kind].isdisjoint(path):
                    yield "/".join((_ROOMS[kind], *path)), word


def _scalars(tree: Tree | None, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Word]]:
    """Every text in ``tree``, below the keys that lead to it."""
    match tree:
        case Scalar(text, line):
            yield path, Word(text.strip(), line)
        case Table(_, entries):
            for key, value in entries:
                yield from _scalars(value, (*path, key.text if isinstance(key, Scalar) else ""))
        case Listing(_, items):
            for item in items:
                yield from _scalars(item, path)
        case None:
            pass


def _line_of(found: Found, word: Word, lines: list[str]) -> int:
    """The line of the file where ``found`` stands; where ``word`` begins when it is not seen.

    A text below ``|`` begins one line lower and has the lines of the file. In another text a line
    break is where its author went on, so the word is looked for from where it begins.
    """
    begins = word.line - 1
    if begins < len(lines) and _BLOCK_SCALAR.search(lines[begins]):
        begins += 1 + word.text.count("\n", 0, found.start)
    first = plain(found.words).split()[0]
    for number in range(begins, len(lines)):
        if first in lines[number]:
            return number + 1
    return word.line
