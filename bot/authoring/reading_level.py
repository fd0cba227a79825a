"""How hard a whole dialogue is to read, message by message, and what in it is too hard.

Measured is what a family reads as a message: what the bot says, asks and explains (``why``).
Buttons are looked at elsewhere, and so is what is filled in between braces.
"""

from collections.abc import Iterator

from msgspec import Struct

from bot.authoring.readability import EASY, Measured, faults, measured
from bot.authoring.syllables import counter
from bot.dialogue.message import Text
from bot.dialogue.problems import Problem
from bot.dialogue.tree import Dialogue, Elsewhere, Ending, Question, Statement
from bot.dialogue.vocabulary import ENGINE, PLACEHOLDERS
from bot.library import Library
from bot.wording.languages import DUTCH

CODE = "hard-to-read"

_BLOCKS = "bouwstenen"
_FILES = {ENGINE: "vaste_woorden", "hulplijnen": "hulplijnen"}
_NOTHING_FILLED = dict.fromkeys(PLACEHOLDERS, "")


class Spoken(Struct, frozen=True):
    """One message: its key and text, and how many questions someone can answer there."""

    key: str
    text: str
    questions: int


def spoken(library: Library, dialogue: Dialogue, language: str) -> Iterator[Spoken]:
    """Every message of ``dialogue``, once, in the order of its files."""

    def said(key: str, questions: int) -> Spoken:
        return Spoken(key, library.texts.text(Text(key), language, _NOTHING_FILLED), questions)

    for context, node in {node.context: node for node in dialogue.nodes.values()}.items():
        if isinstance(node, Elsewhere):
            continue
        yield said(f"{context}/text", 0 if isinstance(node, Statement | Ending) else 1)
        if isinstance(node, Question) and node.why:
            yield said(f"{context}/why", 0)


def level(library: Library, dialogue: Dialogue, language: str) -> Measured:
    """All messages of ``dialogue`` together."""
    texts = [each.text for each in spoken(library, dialogue, language)]
    return measured(texts, counter(language))


def hard_to_read(library: Library, dialogue: Dialogue, language: str) -> Iterator[Problem]:
    """Every message of ``dialogue`` that is too hard, and the dialogue when it is as a whole."""
    count = counter(language)
    for each in spoken(library, dialogue, language):
        for message in faults(each.text, language, count, each.questions):
            file, step = place_of(each.key, language)
            yield Problem(file, 0, CODE, f"Bij ‘{step}’: {message}")
    ease = level(library, dialogue, language).ease(language)
    if ease is not None and ease < EASY:
        file, _ = place_of(f"{dialogue.name}/", language)
        message = f"Alles samen leest niet makkelijk: {ease:.0f}, en minstens {EASY} is goed."
        yield Problem(file, 0, CODE, message)


def place_of(key: str, language: str) -> tuple[str, str]:
    """The file in which the text with ``key`` stands in ``language``, and its place in there."""
    room, _, rest = key.partition("/")
    room = _FILES.get(room, room)
    if language != DUTCH.code:
        return f"locales/{language}/LC_MESSAGES/{room}.po", key
    if room == _BLOCKS:
        block, _, step = rest.partition("/")
        return f"dialogen/{_BLOCKS}/{block}.yaml", step
    if room in _FILES.values():
        return f"dialogen/{room}.yaml", rest
    return f"dialogen/{room}/dialoog.yaml", rest
