"""The live way through a dialogue: which answers count, and which question is open.

Where someone is, is not remembered as a position: it follows from the answers. The way goes from
the start along the routes that the answers open, up to the first question without a fitting
answer. So an answer on a branch that was closed again does not count and is not lost either, and
after any change of the dialogue every conversation has a place.
"""

from typing import assert_never

from msgspec import Struct

from bot.dialogue.conversation import (
    NO,
    YES,
    Answer,
    Chosen,
    Conversation,
    Counted,
    Named,
    Reached,
    Skipped,
    Worded,
)
from bot.dialogue.tree import (
    All,
    Any,
    Asking,
    AtLeast,
    AtMost,
    Choice,
    Choices,
    Condition,
    Contact,
    Dialogue,
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
    Review,
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


class Walk(Struct, frozen=True):
    """The way from the start to the first open node.

    ``path`` are the nodes with an answer that counts, in order; ``said`` the statements between
    the last of them (a known team apart) and ``open``; ``sent`` is how many of ``path`` were
    handed over already and can no longer be changed.
    """

    path: tuple[Waiting, ...]
    said: tuple[Statement, ...]
    open: Waiting
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


def walk(dialogue: Dialogue, conversation: Conversation) -> Walk:
    """Follow the answers from the start to the first node that has none that fits."""
    live: dict[str, Answer] = {}
    path: list[Waiting] = []
    said: list[Statement] = []
    sent = 0
    node: Node = dialogue.nodes[dialogue.start]
    while True:
        if isinstance(node, Statement):
            said.append(node)
            node = dialogue.nodes[_way_out(node, live)]
            continue
        if isinstance(node, People) and not isinstance(live.get(node.of), Named):
            node = dialogue.nodes[_way_out(node, live)]
            continue
        answer = answer_of(conversation, node)
        if not _settles(dialogue, conversation, node, answer):
            return Walk(tuple(path), tuple(said), node, sent)
        path.append(node)
        if not isinstance(node, TeamChoice):  # passed in silence by who came by a team's link
            said = []
        if answer is not None:
            live[node.id] = answer
        if isinstance(node, HandOver) and answer == Chosen((SEND,)):
            sent = len(path)
        node = dialogue.nodes[_next(node, answer, live)]


def answer_of(conversation: Conversation, node: Waiting) -> Answer | None:
    """What was answered at ``node``; about several people, who were ticked, as one answer.

    None when nothing was, or when someone is there about whom it was not asked yet.
    """
    if not isinstance(node, People):
        return conversation.answer_to(node.id)
    people = conversation.people_of(node.of)
    given = {person.id: conversation.answer_to(node.id, person.id) for person in people}
    if not all(answer is not None and fits(node, answer) for answer in given.values()):
        return None
    ticked = tuple(person for person, answer in given.items() if answer == Chosen((YES,)))
    return Chosen(ticked) if Chosen((NO,)) in given.values() or ticked else Skipped()


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


def holds(condition: Condition, live: dict[str, Answer]) -> bool:
    """Whether ``condition`` holds for the answers that count."""
    match condition:
        case OneOf(question, codes):
            answer = live.get(question)
            return isinstance(answer, Chosen) and any(code in codes for code in answer.codes)
        case AtLeast(question, number):
            answer = live.get(question)
            return isinstance(answer, Counted) and answer.number >= number
        case AtMost(question, number):
            answer = live.get(question)
            return isinstance(answer, Counted) and answer.number <= number
        case IsAnswered(question):
            return not isinstance(live.get(question), Skipped | None)
        case Not(inner):
            return not holds(inner, live)
        case All(conditions):
            return all(holds(inner, live) for inner in conditions)
        case Any(conditions):
            return any(holds(inner, live) for inner in conditions)
        case _:
            assert_never(condition)


def _settles(
    dialogue: Dialogue, conversation: Conversation, node: Waiting, answer: Answer | None
) -> bool:
    match node:
        case TeamChoice():
            sent = any(given.answer == Chosen((SEND,)) for given in conversation.answers)
            return sent or any(place.team == conversation.team for place in dialogue.around.teams)
        case Choice() | Choices() | Words() | Number() | Contact() | Naming():
            return answer is not None and fits(node, answer)
        case People():
            return answer is not None
        case Review():
            return answer == Chosen((AGREED,))
        case HandOver():
            return answer in (Chosen((SEND,)), Chosen((KEEP,)))
        case Ending():
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
