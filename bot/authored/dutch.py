"""Everything people wrote in ``dialogen``, in Dutch: dialogues, engine words and helplines."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from bot.authored.forms import read_source
from bot.authored.helplines import Helpline, read_helplines
from bot.authored.signals import read_signals
from bot.authored.tone import Kind, avoided_in
from bot.authored.word_choice import read_word_choice
from bot.dialogue.compiler import check_block, compile_dialogue, compile_words
from bot.dialogue.lexicon import Lexicon
from bot.dialogue.problems import Problem
from bot.dialogue.recognising import ready
from bot.dialogue.sheet import Source
from bot.dialogue.tree import Compiled, Dialogue, Elsewhere
from bot.dialogue.vocabulary import ENGINE
from bot.wording.avoided import Tone, WordChoice
from bot.wording.languages import DUTCH
from bot.wording.words import OTHER, SHARE_PHONE, STAND_INS, UNITS

DIALOGUE_FILE = "dialoog.yaml"
BLOCKS = "bouwstenen"
ENGINE_FILE = "vaste_woorden.yaml"
HELPLINES_FILE = "hulplijnen.yaml"
SIGNALS_FILE = "signaalwoorden.yaml"
WORD_CHOICE_FILE = "woordkeuze.yaml"

_NEEDED = sorted({*UNITS.values(), *STAND_INS.values(), SHARE_PHONE})


class Authored(Struct, frozen=True):
    """What the authors wrote.

    ``words``, ``notes`` (to translators) and ``files`` (where it is written) are by key; a text
    with forms for one and for several has the keys ``key#one`` and ``key#other``. ``spoken`` are
    the keys of each dialogue, those of its building blocks included. ``word_choice`` are the words
    to leave unsaid, ``signals`` the signal words, in each language.
    """

    dialogues: dict[str, Dialogue]
    words: dict[str, str]
    notes: dict[str, str]
    files: dict[str, str]
    spoken: dict[str, tuple[str, ...]]
    helplines: tuple[Helpline, ...]
    word_choice: WordChoice
    signals: dict[str, Lexicon]


def read_authored(folder: Path) -> tuple[Authored, tuple[Problem, ...]]:
    """All of ``folder``, and everything that is wrong in it. What is wrong is left out."""
    reader = _Reader(folder)
    reader.word_choice()
    reader.engine_words()
    reader.dialogues()
    reader.helplines()
    reader.signals()
    return reader.authored(), tuple(sorted(set(reader.problems)))


class _Reader:
    """Everything read so far.

    A block is checked on its own, as perhaps nothing uses it, and again in each dialogue that
    does: the same problem is told once.
    """

    def __init__(self, folder: Path) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._dialogues: dict[str, Dialogue] = {}
        self._spoken: dict[str, tuple[str, ...]] = {}
        self._words: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._files: dict[str, str] = {}
        self._helplines: tuple[Helpline, ...] = ()
        self._word_choice: WordChoice = {}
        self._signals: dict[str, Lexicon] = {}

    def authored(self) -> Authored:
        return Authored(
            self._dialogues,
            self._words,
            self._notes,
            self._files,
            self._spoken,
            self._helplines,
            self._word_choice,
            self._signals,
        )

    def word_choice(self) -> None:
        source = self._source(self._folder / WORD_CHOICE_FILE)
        if source is None:
            return
        self._word_choice, problems = read_word_choice(source)
        self.problems += problems

    def engine_words(self) -> None:
        source = self._source(self._folder / ENGINE_FILE, "words")
        if source is None:
            return
        words, notes, problems = compile_words(source, ENGINE)
        self.problems += problems
        for key in _NEEDED:
            if key not in words and f"{key}{OTHER}" not in words:
                name = key.removeprefix(f"{ENGINE}/")
                message = f"Hier mist ‘{name}’. Zet die sleutel erbij."
                self.problems.append(Problem(source.file, 0, "missing-key", message))
        self._add(words, notes, source.file)

    def dialogues(self) -> None:
        paths = sorted(self._folder.glob(f"*/{DIALOGUE_FILE}"))
        if not paths:
            message = f"Er is nog geen dialoog. Maak een map met een {DIALOGUE_FILE} erin."
            self.problems.append(Problem(self._folder.name, 0, "no-dialogue", message))
        blocks = {
            path.stem: block
            for path in sorted((self._folder / BLOCKS).glob("*.yaml"))
            if (block := self._source(path, "block")) is not None
        }
        names = frozenset(path.parent.name for path in paths)
        for block in blocks.values():
            self.problems += check_block(block, blocks, names)
        for path in paths:
            source = self._source(path, "dialogue")
            compiled = () if source is None else compile_dialogue(source, blocks, names)
            if isinstance(compiled, Compiled):
                self._dialogue(compiled, path.parent.name, source.file if source else "")
            else:
                self.problems += compiled
        self._no_circle_of_dialogues()

    def _no_circle_of_dialogues(self) -> None:
        """What one dialogue begins does not lead back to it: nobody goes round."""
        begun = {name: set(_begun_by(dialogue)) for name, dialogue in self._dialogues.items()}
        for name, others in begun.items():
            for other in sorted(others):
                if name in _led_to(other, begun):
                    message = (
                        f"Hier begint ‘{other}’, en dat leidt weer naar ‘{name}’. "
                        "Laat ‘begin’ naar een gesprek gaan dat niet terugleidt."
                    )
                    file = f"{self._folder.name}/{name}/{DIALOGUE_FILE}"
                    self.problems.append(Problem(file, 0, "loop", message))

    def helplines(self) -> None:
        source = self._source(self._folder / HELPLINES_FILE, "helplines")
        if source is None:
            return
        read, problems = read_helplines(source)
        self.problems += problems
        self._helplines = read.helplines
        self._add(read.words, read.notes, source.file)

    def signals(self) -> None:
        source = self._source(self._folder / SIGNALS_FILE)
        if source is None:
            return
        lists, problems = read_signals(source)
        self.problems += problems
        if not problems:
            self._signals = {each.language: ready(each) for each in lists}

    def _dialogue(self, compiled: Compiled, folder: str, file: str) -> None:
        dialogue = compiled.dialogue
        if dialogue.name != folder:
            message = f"Deze dialoog heet ‘{dialogue.name}’. Geef de map dezelfde naam."
            self.problems.append(Problem(file, 0, "wrong-value", message))
            return
        for other in self._dialogues.values():
            for letter in set(other.links) & set(dialogue.links):
                message = f"De link ‘{letter}’ is al van ‘{other.name}’. Kies een andere letter."
                self.problems.append(Problem(file, 0, "duplicate-key", message))
        self._dialogues[dialogue.name] = dialogue
        self._spoken[dialogue.name] = tuple(compiled.words)
        self._add(compiled.words, compiled.notes, file)

    def _source(self, path: Path, kind: Kind | None = None) -> Source | None:
        """The text of ``path``; its problems call it as its author does: ``dialogen/…``.

        What a family reads in a file of some ``kind`` is held against the word choice at once.
        """
        file = f"{self._folder.name}/{path.relative_to(self._folder).as_posix()}"
        source = read_source(path, file, self.problems)
        if source is not None and kind is not None:
            tone = self._word_choice.get(DUTCH.code, Tone())
            self.problems += avoided_in(source, kind, tone)
        return source

    def _add(self, words: Mapping[str, str], notes: Mapping[str, str], file: str) -> None:
        self._words.update(words)
        self._notes.update(notes)
        for key in words:
            room, _, rest = key.partition("/")
            block = f"{self._folder.name}/{BLOCKS}/{rest.partition('/')[0]}.yaml"
            self._files[key] = block if room == BLOCKS else file


def _led_to(name: str, begun: dict[str, set[str]]) -> set[str]:
    """Every dialogue that the one named can begin, it included, however far on."""
    found: set[str] = set()
    todo = [name]
    while todo:
        if (next_one := todo.pop()) not in found:
            found.add(next_one)
            todo += begun.get(next_one, ())
    return found


def _begun_by(dialogue: Dialogue) -> Iterator[str]:
    for node in dialogue.nodes.values():
        if isinstance(node, Elsewhere):
            yield node.dialogue
