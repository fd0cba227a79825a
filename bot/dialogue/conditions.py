"""Reads the condition of a route, keeping what it asks and where."""

from bot.dialogue.draft import Read, Word
from bot.dialogue.outline import Listing, Scalar, Table, Tree
from bot.dialogue.sheet import Field, Sheet
from bot.dialogue.tree import (
    All,
    Any,
    AtLeast,
    AtMost,
    Condition,
    IsAnswered,
    Not,
    OneOf,
    Signals,
)

JOINTS = ("not", "all", "any")
"""Keys of a condition that are not the name of a question."""

TESTS = ("at_least", "at_most", "answered", "signals")
"""What can be asked of an answer besides its codes."""


MOST_READS = 50
"""Answers that one condition looks at; many more than anyone can oversee."""


class ConditionReader:
    """Reads one condition. ``reads`` are the answers it looks at; ``torn``: not all was read."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.reads: list[Read] = []
        self.torn = False

    def read(self, tree: Tree) -> Condition | None:
        """The condition in ``tree``, or None; several questions in one table must all hold."""
        fields = self.sheet.fields(tree, "‘when’", "when: {vraag: code}")
        if fields is None:
            self.torn = True
            return None
        if not fields:
            self._unread(tree.line, "Achter ‘when’ hoort een vraag, als {vraag: code}.")
        if len(self.reads) + len(fields) > MOST_READS:
            self._unread(tree.line, "Deze voorwaarde is te lang. Maak er meer regels van.")
            return None
        # Sorted: the order in which someone wrote the keys makes no other condition.
        parts = [self._part(key, fields[key]) for key in sorted(fields)]
        return _all([part for part in parts if part is not None])

    def _unread(self, line: int, message: str) -> None:
        self.torn = True
        self.sheet.wrong(line, "wrong-shape", message)

    def _part(self, key: str, field: Field) -> Condition | None:
        if key not in JOINTS:
            return self._question(Word(key, field.line), field.tree)
        if key == "not":
            inner = self.read(field.tree)
            return None if inner is None else Not(inner)
        if not isinstance(field.tree, Listing) or not field.tree.items:
            message = f"Onder ‘{key}’ hoort een lijst van voorwaarden, elk na een streepje."
            self._unread(field.line, message)
            return None
        read = [self.read(item) for item in field.tree.items]
        conditions = tuple(condition for condition in read if condition is not None)
        return All(conditions) if key == "all" else Any(conditions)

    def _question(self, question: Word, tree: Tree) -> Condition | None:
        if isinstance(tree, Table):
            return self._tests(question, tree)
        return self._codes(question, tree.items if isinstance(tree, Listing) else (tree,))

    def _codes(self, question: Word, trees: tuple[Tree, ...]) -> Condition | None:
        codes = [Word(tree.text, tree.line) for tree in trees if isinstance(tree, Scalar)]
        if not all(code.text for code in codes) or len(codes) < len(trees) or not codes:
            message = f"Achter ‘{question.text}’ hoort een code, of codes tussen [ en ]."
            self._unread(question.line, message)
            return None
        self.reads.append(Read(question, "codes", codes=tuple(codes)))
        return OneOf(question.text, tuple(sorted({code.text for code in codes})))

    def _tests(self, question: Word, tree: Table) -> Condition | None:
        fields = self.sheet.fields(tree, "de vraag") or {}
        known = [test for test in TESTS if test in fields]
        self.sheet.expect(fields, TESTS, (), tree.line)
        if not fields:
            message = "Achter de vraag hoort een code, of at_least, at_most, answered of signals."
            self._unread(tree.line, message)
        self.torn = self.torn or len(known) < len(fields)
        parts = [self._test(question, test, fields[test]) for test in known]
        return _all([part for part in parts if part is not None])

    def _test(self, question: Word, test: str, field: Field) -> Condition | None:
        if test == "answered":
            if not isinstance(field.tree, Scalar) or field.tree.text != "yes":
                self.torn = True
                message = (
                    "Achter ‘answered’ kan alleen ‘yes’. Bedoel je het omgekeerde? Gebruik ‘not’."
                )
                self.sheet.wrong(field.line, "wrong-value", message)
                return None
            self.reads.append(Read(question, "answered"))
            return IsAnswered(question.text)
        if test == "signals":
            signal = self.sheet.name(field, test)
            if signal is None:
                self.torn = True
                return None
            self.reads.append(Read(question, "signals", signal=signal))
            return Signals(question.text, signal.text)
        number = self.sheet.number(field, test)
        if number is None:
            self.torn = True
            return None
        self.reads.append(Read(question, "number", numbers=(number,)))
        if test == "at_least":
            return AtLeast(question.text, number)
        return AtMost(question.text, number)


def _all(parts: list[Condition]) -> Condition | None:
    if len(parts) > 1:
        return All(tuple(parts))
    return parts[0] if parts else None
