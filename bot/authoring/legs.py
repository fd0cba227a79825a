"""What someone can answer at a node, one of each kind that makes a difference, and what it takes.

Own words are given as short as can be: how much someone tells is theirs. How many people someone
names is set by ``PEOPLE``, so that the questions about them are asked, and how many choices someone
ticks by ``MANY``.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, combinations
from typing import TypeAlias, assert_never

from msgspec import Struct

from bot.dialogue.answers import (
    NO,
    YES,
    Answer,
    Answered,
    Chosen,
    Counted,
    Named,
    Person,
    Reached,
    Said,
    Skipped,
    Worded,
)
from bot.dialogue.fitting import FEWEST_TO_CHOOSE, offered
from bot.dialogue.tree import (
    All,
    Any,
    AtLeast,
    AtMost,
    Choice,
    Choices,
    Condition,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    IsAnswered,
    Naming,
    Not,
    Number,
    OneOf,
    Onward,
    People,
    Pictures,
    Question,
    Review,
    Signals,
    TeamChoice,
    Waiting,
    Words,
)
from bot.dialogue.walk import AGREED, KEEP, SEND

Leaf: TypeAlias = OneOf | AtLeast | AtMost | IsAnswered | Signals
"""A condition that looks at one answer."""

PEOPLE = ("Oma", "Juf, Buurman", "Trainer, Tante")
"""Who is named on the longest way, message by message: five people, which is many."""

MANY = 4
"""Choices ticked by someone for whom much holds; nobody ticks all of twelve."""

MOST_SETS = 4
"""Choices that conditions look at together: of more than these, not every set is tried."""

SHORT = "Ja"
"""Own words, as few as can be."""

_MENU_AND_SKIP = 2
_CONTACT = {"name": "Jo", "phone": "0600000000", "email": "a@b.nl"}


class Leg(Struct, frozen=True):
    """One answer: what is kept of it, and the taps and letters it takes.

    Sending what was typed is a tap. ``sends`` marks the yes to a hand-over; ``messages`` are what
    was typed before the button that closes it.
    """

    answers: tuple[Answered, ...]
    taps: int
    letters: int = 0
    sends: bool = False
    messages: tuple[str, ...] = ()


def leaves(condition: Condition | None) -> Iterator[Leaf]:
    """The conditions that ``condition`` is made of."""
    match condition:
        case None:
            return
        case Not(inner):
            yield from leaves(inner)
        case All(conditions) | Any(conditions):
            for one in conditions:
                yield from leaves(one)
        case OneOf() | AtLeast() | AtMost() | IsAnswered() | Signals():
            yield condition
        case _:
            assert_never(condition)


def readers(dialogue: Dialogue) -> dict[str, tuple[Leaf, ...]]:
    """The conditions in ``dialogue`` that look at the answer to each question."""
    found: dict[str, dict[Leaf, None]] = {}
    for node in dialogue.nodes.values():
        for route in node.routes if isinstance(node, Onward) else ():
            for leaf in leaves(route.when):
                found.setdefault(leaf.question, {})[leaf] = None
    return {question: tuple(conditions) for question, conditions in found.items()}


def legs(
    node: Waiting, live: Mapping[str, Answer], read: tuple[Leaf, ...], language: str
) -> Iterator[Leg]:
    """Every answer that makes a difference at ``node``, after the ``live`` ones. None at an end.

    ``read`` are the conditions that look at it.
    """
    match node:
        case Choice():
            yield from (_one(node, Chosen((code,)), 1) for code in node.codes)
        case Choices():
            for chosen in _sets(offered(node, live), read):
                yield _one(node, Chosen(chosen), len(chosen) + 1)
        case Words() | Number() | Contact() | Naming():
            yield from _typed(node, read, language)
        case People():
            yield from _about(node, live, read)
        case Review():
            yield _one(node, Chosen((AGREED,)), 1)
        case HandOver():
            yield Leg((Answered(node.id, Chosen((SEND,))),), 1, sends=True)
            yield _one(node, Chosen((KEEP,)), 1)
        case TeamChoice() | Ending() | Elsewhere():
            return
        case _:
            assert_never(node)
    if isinstance(node, Question) and node.skip:
        yield _skipped(node, live)


def _typed(
    node: Words | Number | Contact | Naming, read: tuple[Leaf, ...], language: str
) -> Iterator[Leg]:
    match node:
        case Words():
            signals = {leaf.signal for leaf in read if isinstance(leaf, Signals)}
            for carried in ((), *((signal,) for signal in sorted(signals))):
                given = Answered(node.id, Worded((Said(SHORT, 1),), language, carried))
                yield Leg((given,), 2, len(SHORT), messages=(SHORT,))
        case Number():
            for number in sorted(_numbers(node, read)):
                yield _one(node, Counted(number), 1, len(str(number)))
        case Contact():
            yield _one(node, Reached(_CONTACT[node.of]), 1, len(_CONTACT[node.of]))
        case Naming():
            for messages in (PEOPLE[:1], PEOPLE):
                yield _named(node, messages)


def _skipped(node: Question, live: Mapping[str, Answer]) -> Leg:
    """Passed over: by its own button, or where there is none by the one in the menu."""
    in_menu = isinstance(node, Choice | Choices) and not isinstance(node, Pictures)
    taps = _MENU_AND_SKIP if in_menu else 1
    people = live.get(node.of) if isinstance(node, People) else None
    if isinstance(people, Named):
        return Leg(tuple(Answered(node.id, Skipped(), who.id) for who in people.people), taps)
    return Leg((Answered(node.id, Skipped()),), taps)


def _one(node: Waiting, answer: Answer, taps: int, letters: int = 0) -> Leg:
    return Leg((Answered(node.id, answer),), taps, letters)


def _named(node: Naming, messages: tuple[str, ...]) -> Leg:
    names = enumerate(", ".join(messages).split(", "), 1)
    people = tuple(Person(f"p{number}", name, number) for number, name in names)
    given = Answered(node.id, Named(people, len(messages)))
    letters = sum(map(len, messages))
    return Leg((given,), len(messages) + 1, letters, messages=messages)


def _about(node: People, live: Mapping[str, Answer], read: Iterable[Leaf]) -> Iterator[Leg]:
    """The first of the people is ticked, or nobody is; or as many as makes a difference."""
    people = live.get(node.of)
    if not isinstance(people, Named):
        return
    sizes = {0, 1} | {size for size in _around(read) if 0 <= size <= len(people.people)}
    for ticked in sorted(sizes):
        answers = [
            Answered(node.id, Chosen((YES if number < ticked else NO,)), person.id)
            for number, person in enumerate(people.people)
        ]
        yield Leg(tuple(answers), ticked + 1)


def _sets(codes: tuple[str, ...], read: tuple[Leaf, ...]) -> Iterator[tuple[str, ...]]:
    """Sets of ``codes`` that conditions tell apart, with and without another; and a large one."""
    looked_at = {code for leaf in read if isinstance(leaf, OneOf) for code in leaf.codes}
    told = [code for code in codes if code in looked_at]
    other = [code for code in codes if code not in looked_at][:1]
    sizes = range(len(told) + 1) if len(told) <= MOST_SETS else (0, 1, len(told))
    found = dict.fromkeys(
        tuple(code for code in codes if code in {*some, *more})
        for some in chain.from_iterable(combinations(told, size) for size in sizes)
        for more in ((), tuple(other))
    )
    # Two to choose among later, with nothing said that a condition looks at.
    unread = tuple(code for code in codes if code not in looked_at)[:FEWEST_TO_CHOOSE]
    yield from (chosen for chosen in dict.fromkeys((*found, unread, codes[:MANY])) if chosen)


def _numbers(node: Number, read: Iterable[Leaf]) -> set[int]:
    """The lowest, the highest, and numbers on both sides of everything that is looked at."""
    found = {node.least, node.most} | _around(read)
    return {number for number in found if node.least <= number <= node.most}


def _around(read: Iterable[Leaf]) -> set[int]:
    """Numbers on both sides of everything that is looked at."""
    looked_at = [leaf.number for leaf in read if isinstance(leaf, AtLeast | AtMost)]
    return {near for number in looked_at for near in (number - 1, number, number + 1)}
