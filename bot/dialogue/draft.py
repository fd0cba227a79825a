"""What an author wrote, with types and lines, before it is known whether it holds together."""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from bot.dialogue.tree import Condition
from bot.dialogue.vocabulary import Mark, Theme, VoiceKind

Asked: TypeAlias = Literal[
    "choice", "pictures", "choices", "words", "number", "contact", "team", "circle", "people"
]
"""What can stand behind ``ask:``."""

Told: TypeAlias = Literal["say", "use", "review", "hand_over", "begin", "end"]
"""The key that says what a node is, when it is no question."""

ReachedBy: TypeAlias = Literal["name", "phone", "email"]
"""What can stand behind ``of:`` of a contact."""

Kind: TypeAlias = Asked | Told

QUESTIONS: tuple[Asked, ...] = get_args(Asked)
OTHERS: tuple[Told, ...] = get_args(Told)

RETURN = "return"
"""Where a node of a building block goes to leave the block."""

WITH_CODES: tuple[Kind | None, ...] = ("choice", "pictures", "choices")
"""The kinds of question where one chooses."""


class Word(Struct, frozen=True):
    """Something an author wrote, and the line where it stands."""

    text: str
    line: int


class Read(Struct, frozen=True):
    """A condition reads the answer to ``question``.

    It looks at its codes, its number, a signal in its words, or whether there is one. With
    ``nearby`` it is no condition: for those codes there may be something near.
    """

    question: Word
    tests: Literal["codes", "number", "answered", "signals", "nearby"]
    codes: tuple[Word, ...] = ()
    signal: Word | None = None
    numbers: tuple[int, ...] = ()


class Row(Struct, frozen=True):
    """A way out: to node ``to``, when ``when`` holds. ``torn``: the condition is unreadable."""

    line: int
    to: Word
    when: Condition | None = None
    reads: tuple[Read, ...] = ()
    torn: bool = False

    @property
    def always(self) -> bool:
        """Whether this way is taken whatever was answered."""
        return self.when is None and not self.torn


class Near(Struct, frozen=True):
    """For whoever chose ``code`` at ``question`` there may be something near, of ``topics``."""

    question: Word
    code: Word
    topics: tuple[Word, ...]

    @property
    def read(self) -> Read:
        """The answer that is looked at."""
        return Read(self.question, "nearby", codes=(self.code,))


class DraftNode(Struct, frozen=True, kw_only=True):
    """One node. What its kind has no use for, and what was not written, keeps its default.

    ``words`` has what is read aloud, by the end of its key (``text``, ``choices/kind``).
    ``torn`` marks a node whose kind or ways out could not all be read.
    """

    id: Word
    kind: Kind | None
    words: dict[str, Word] = {}
    note: str = ""
    page: Word | None = None
    skip: bool = True
    codes: tuple[Word, ...] = ()
    least: int | None = None
    most: int | None = None
    of: ReachedBy = "name"
    circle: Word | None = None
    among: Word | None = None
    mark: Mark | None = None
    block: Word | None = None
    begins: Word | None = None
    shows: bool = False
    danger: Word | None = None
    near: tuple[Near, ...] = ()
    adult: Word | None = None
    tells: Theme | None = None
    rows: tuple[Row, ...] = ()
    otherwise: Word | None = None
    torn: bool = False

    def ways(self) -> tuple[Word, ...]:
        """Every id the node names as a next one."""
        ways = tuple(row.to for row in self.rows)
        return ways if self.otherwise is None else (*ways, self.otherwise)


class Draft(Struct, frozen=True, kw_only=True):
    """One file: a dialogue, or a building block. ``nodes`` in the order of the file."""

    file: str
    kind: Literal["dialogue", "block"]
    name: Word | None
    start: Word | None
    links: tuple[str, ...] = ()
    voice: VoiceKind | None = None
    nodes: dict[str, DraftNode] = {}

    @property
    def called(self) -> str:
        """Its name; empty when it was not read."""
        return "" if self.name is None else self.name.text

    def uses(self) -> tuple[Word, ...]:
        """Every building block this file names."""
        return tuple(node.block for node in self.nodes.values() if node.block is not None)
