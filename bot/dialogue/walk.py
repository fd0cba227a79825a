"""The live way through a dialogue: which answers count, and which question is open.

Where someone is, is not remembered as a position: it follows from the answers. The way goes from
the start along the routes that the answers open, up to the first question without a fitting
answer. So an answer on a branch that was closed again does not count and is not lost either, and
after any change of the dialogue every conversation has a place.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import assert_never

from msgspec import Struct

from bot.dialogue.answers import (
    Answer,
    Answered,
    Chosen,
    Counted,
    Skipped,
    Worded,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.fitting import Given, asks_nothing, fits, fitting, given_in
from bot.dialogue.nearby import Remark, remark
from bot.dialogue.tree import (
    All,
    Among,
    Any,
    AtLeast,
    AtMost,
    Condition,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    IsAnswered,
    Node,
    Not,
    OneOf,
    Onward,
    Question,
    Review,
    Signals,
    Statement,
    TeamChoice,
    Waiting,
)

AGREED = "ok"
"""The answer to a review: everything on it is right."""

SEND = "send"
KEEP = "keep"
"""The answers to a hand-over."""

KEPT = 4
"""Ways that are remembered: one step asks for that before it and after it several times over."""


class Walk(Struct, frozen=True):
    """The way from the start to the first open node.

    ``path`` are the nodes with an answer that counts, in order, and ``live`` those answers by node;
    ``said`` what is said between the last of them (a known team apart) and ``open``, silent remarks
    too; ``sent`` is how many of ``path`` were handed over already and can no longer be changed.
    """

    path: tuple[Waiting, ...]
    said: tuple[Remark, ...]
    open: Waiting
    live: Mapping[str, Answer]
    sent: int = 0

    def place_of(self, node: str) -> int | None:
        """How many answered nodes lie before ``node``; None when it is not on the way."""
        for place, passed in enumerate((*self.path, self.open)):
            if passed.id == node:
                return place
        return None

    def follows(self, node: str) -> bool:
        """Whether ``open`` is what comes right after ``node``."""
        answered = [passed.id for passed in self.path if not isinstance(passed, TeamChoice)]
        return bool(answered) and answered[-1] == node

    def is_sent(self, node: str) -> bool:
        """Whether the answer to ``node`` was handed over already."""
        place = self.place_of(node)
        return place is not None and place < self.sent


def waiting(dialogue: Dialogue, conversation: Conversation) -> Waiting:
    """The node this conversation waits at."""
    node = dialogue.nodes[conversation.at]
    assert isinstance(node, Waiting)  # noqa: S101 - a conversation stops at nodes that wait only
    return node


def walk(dialogue: Dialogue, conversation: Conversation) -> Walk:
    """Follow the answers from the start to the first node that has none that fits.

    A question that an author put before a hand-over that was agreed to already is not asked any
    more: no page would have its answer.
    """
    return _walked(dialogue, conversation.answers, conversation.team)


@lru_cache(maxsize=KEPT)
def _walked(dialogue: Dialogue, answers: tuple[Answered, ...], team: str | None) -> Walk:
    given = given_in(answers)
    way = _follow(dialogue, given, team)
    sent = _sent_last(dialogue, answers)
    if sent is None or way.place_of(sent) is not None:
        return way
    passing = _follow(dialogue, given, team, past=sent)
    return way if passing.place_of(sent) is None else passing


def _sent_last(dialogue: Dialogue, answers: tuple[Answered, ...]) -> str | None:
    for old in reversed(answers):
        if old.answer == Chosen((SEND,)) and isinstance(dialogue.nodes.get(old.question), HandOver):
            return old.question
    return None


def _follow(dialogue: Dialogue, given: Given, team: str | None, past: str | None = None) -> Walk:
    """The way on which nothing before the node ``past`` holds anyone up, answered or not."""
    live: dict[str, Answer] = {}
    path: list[Waiting] = []
    said: list[Remark] = []
    sent = 0
    node: Node = dialogue.nodes[dialogue.start]
    while True:
        if isinstance(node, Statement):
            said.append(remark(dialogue, team, node, live))
            node = dialogue.nodes[_way_out(node, live)]
            continue
        if asks_nothing(node, live):
            node = dialogue.nodes[_way_out(node, live)]
            continue
        answer = fitting(given, node, live)
        if not _settles(dialogue, given, team, node, answer):
            if past is None or not isinstance(node, Onward):
                return Walk(tuple(path), tuple(said), node, live, sent)
            node = dialogue.nodes[_way_out(node, live)]
            continue
        path.append(node)
        past = None if node.id == past else past
        if not isinstance(node, TeamChoice):  # passed in silence by who came by a team's link
            said = []
        if answer is not None:
            live[node.id] = answer
        if isinstance(node, HandOver) and answer == Chosen((SEND,)):
            sent = len(path)
        node = dialogue.nodes[_next(node, answer, live)]


def holds(condition: Condition, live: Mapping[str, Answer]) -> bool:
    """Whether ``condition`` holds for the answers that count."""
    match condition:
        case OneOf(question, codes):
            answer = live.get(question)
            return isinstance(answer, Chosen) and any(code in codes for code in answer.codes)
        case AtLeast(question, number):
            count = _count(live.get(question))
            return count is not None and count >= number
        case AtMost(question, number):
            count = _count(live.get(question))
            return count is not None and count <= number
        case IsAnswered(question):
            return not isinstance(live.get(question), Skipped | None)
        case Signals(question, signal):
            answer = live.get(question)
            return isinstance(answer, Worded) and signal in answer.signals
        case Not(inner):
            return not holds(inner, live)
        case All(conditions):
            return all(holds(inner, live) for inner in conditions)
        case Any(conditions):
            return any(holds(inner, live) for inner in conditions)
        case _:
            assert_never(condition)


def _count(answer: Answer | None) -> int | None:
    """The number that was given, or how many were ticked; None when it was skipped."""
    match answer:
        case Counted(number):
            return number
        case Chosen(ticked):
            return len(ticked)
        case _:
            return None


def _settles(
    dialogue: Dialogue, given: Given, team: str | None, node: Waiting, answer: Answer | None
) -> bool:
    match node:
        case TeamChoice():
            sent = Chosen((SEND,)) in given.values()
            return sent or any(place.team == team for place in dialogue.around.teams)
        case Among():
            return answer is not None and fits(node, answer)
        case Question():
            return answer is not None
        case Review():
            return answer == Chosen((AGREED,))
        case HandOver():
            return answer in (Chosen((SEND,)), Chosen((KEEP,)))
        case Ending() | Elsewhere():
            return False
        case _:
            assert_never(node)


def _next(node: Waiting, answer: Answer | None, live: dict[str, Answer]) -> str:
    if isinstance(node, HandOver) and answer == Chosen((KEEP,)):
        return node.otherwise
    assert isinstance(node, Onward)  # noqa: S101 - an ending is never settled
    return _way_out(node, live)


def _way_out(node: Onward, live: dict[str, Answer]) -> str:
    for route in node.routes:
        if route.when is None or holds(route.when, live):
            return route.to
    raise LookupError(node.id)  # the compiler refuses a node whose last route has a condition
