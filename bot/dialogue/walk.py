"""The live way through a dialogue: which answers count, and which question is open.

Where someone is, is not remembered as a position: it follows from the answers. The way goes from
the start along the routes that the answers open, up to the first question without a fitting
answer. So an answer on a branch that was closed again does not count and is not lost either, and
after any change of the dialogue every conversation has a place.
"""

from collections.abc import Mapping
from typing import TypeGuard, assert_never

from msgspec import Struct

from bot.dialogue.answers import NO, YES, Answer, Chosen, Counted, Named, Reached, Skipped, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.nearby import Remark, remark
from bot.dialogue.tree import (
    All,
    Among,
    Any,
    Asking,
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
    Node,
    Not,
    Number,
    OneOf,
    Onward,
    People,
    Question,
    Review,
    Signals,
    Statement,
    TeamChoice,
    Waiting,
    Words,
)

AGREED = "ok"
"""The answer to a review: everything on it is right."""

SEND = "send"
KEEP = "keep"
"""The answers to a hand-over."""

FEWEST_TO_CHOOSE = 2
"""With fewer earlier choices than this there is nothing to choose among them."""


class Walk(Struct, frozen=True):
    """The way from the start to the first open node.

    ``path`` are the nodes with an answer that counts, in order, and ``live`` those answers by node;
    ``said`` what is said between the last of them (a known team apart) and ``open``, silent remarks
    too; ``sent`` is how many of ``path`` were handed over already and can no longer be changed.
    """

    path: tuple[Waiting, ...]
    said: tuple[Remark, ...]
    open: Waiting
    live: dict[str, Answer]
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
    way = _follow(dialogue, conversation)
    sent = _sent_last(dialogue, conversation)
    if sent is None or way.place_of(sent) is not None:
        return way
    passing = _follow(dialogue, conversation, past=sent)
    return way if passing.place_of(sent) is None else passing


def _sent_last(dialogue: Dialogue, conversation: Conversation) -> str | None:
    for old in reversed(conversation.answers):
        if old.answer == Chosen((SEND,)) and isinstance(dialogue.nodes.get(old.question), HandOver):
            return old.question
    return None


def _follow(dialogue: Dialogue, conversation: Conversation, past: str | None = None) -> Walk:
    """The way on which nothing before the node ``past`` holds anyone up, answered or not."""
    given = {old.question: old.answer for old in conversation.answers if old.person is None}
    live: dict[str, Answer] = {}
    path: list[Waiting] = []
    said: list[Remark] = []
    sent = 0
    node: Node = dialogue.nodes[dialogue.start]
    while True:
        if isinstance(node, Statement):
            said.append(remark(dialogue, conversation.team, node, live))
            node = dialogue.nodes[_way_out(node, live)]
            continue
        if asks_nothing(node, live):
            node = dialogue.nodes[_way_out(node, live)]
            continue
        answer = _answer_of(conversation, node, live, given.get(node.id))
        if not _settles(dialogue, conversation, node, answer):
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


def offered(node: Choice | Choices, live: Mapping[str, Answer]) -> tuple[str, ...]:
    """The codes that can be chosen at ``node``, given the answers that count."""
    if not isinstance(node, Among):
        return node.codes
    ticked = live.get(node.of)
    return tuple(code for code in node.codes if isinstance(ticked, Chosen) and code in ticked.codes)


def answer_of(
    conversation: Conversation, node: Waiting, live: Mapping[str, Answer]
) -> Answer | None:
    """What was answered at ``node``, given the ``live`` answers to what was asked before it.

    About several people, who were ticked, as one answer. None when nothing was, or when someone is
    there about whom it was not asked yet; among earlier choices, what is still one of them.
    """
    return _answer_of(conversation, node, live, conversation.answer_to(node.id))


def _answer_of(
    conversation: Conversation, node: Waiting, live: Mapping[str, Answer], told: Answer | None
) -> Answer | None:
    if isinstance(node, Among):
        if not isinstance(told, Chosen):
            return told
        codes = offered(node, live)
        return Chosen(tuple(code for code in told.codes if code in codes))
    if not isinstance(node, People):
        return _as_it_fits(node, told)
    people = conversation.people_of(node.of)
    given = {person.id: conversation.answer_to(node.id, person.id) for person in people}
    if not all(answer is not None and fits(node, answer) for answer in given.values()):
        return None
    ticked = tuple(person for person, answer in given.items() if answer == Chosen((YES,)))
    return Chosen(ticked) if Chosen((NO,)) in given.values() or ticked else Skipped()


def _as_it_fits(node: Waiting, answer: Answer | None) -> Answer | None:
    """As much of ``answer`` as ``node`` can be given now; what was chosen may be gone since."""
    if answer is None or not isinstance(node, Question):
        return answer
    if isinstance(node, Choices) and isinstance(answer, Chosen):
        codes = tuple(code for code in answer.codes if code in node.codes)
        return (answer if codes == answer.codes else Chosen(codes)) if codes else None
    return answer if fits(node, answer) else None


def fits(node: Asking, answer: Answer) -> bool:
    """Whether ``answer`` is one that ``node`` could have been given, as it is now."""
    if isinstance(answer, Skipped):
        return node.skip
    match node:
        case Choice():
            return isinstance(answer, Chosen) and answer.codes[0] in node.codes
        case Choices():
            return isinstance(answer, Chosen) and any(code in node.codes for code in answer.codes)
        case Words():
            return isinstance(answer, Worded)
        case Number():
            return isinstance(answer, Counted) and node.least <= answer.number <= node.most
        case Contact():
            return isinstance(answer, Reached)
        case Naming():
            return isinstance(answer, Named) and bool(answer.people)
        case People():
            return answer in (Chosen((YES,)), Chosen((NO,)))
        case TeamChoice():
            return False
        case _:
            assert_never(node)


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


def asks_nothing(node: Waiting, live: Mapping[str, Answer]) -> TypeGuard[People | Among]:
    """Whether there is nobody, or not enough, to ask about."""
    if isinstance(node, Among):
        return len(offered(node, live)) < FEWEST_TO_CHOOSE
    return isinstance(node, People) and not isinstance(live.get(node.of), Named)


def _settles(
    dialogue: Dialogue, conversation: Conversation, node: Waiting, answer: Answer | None
) -> bool:
    match node:
        case TeamChoice():
            sent = any(given.answer == Chosen((SEND,)) for given in conversation.answers)
            return sent or any(place.team == conversation.team for place in dialogue.around.teams)
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
