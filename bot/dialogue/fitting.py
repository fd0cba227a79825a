"""Which answers a node can take: what it offers, and what still fits of what was given."""

from collections.abc import Mapping
from typing import TypeAlias, TypeGuard, assert_never

from bot.dialogue.answers import (
    NO,
    YES,
    Answer,
    Answered,
    Chosen,
    Counted,
    Named,
    Reached,
    Skipped,
    Worded,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.tree import (
    Among,
    Asking,
    Choice,
    Choices,
    Contact,
    Naming,
    Number,
    People,
    Question,
    TeamChoice,
    Waiting,
    Words,
)

FEWEST_TO_CHOOSE = 2
"""With fewer earlier choices than this there is nothing to choose among them."""

Given: TypeAlias = Mapping[tuple[str, str | None], Answer]
"""What was answered to a question, about a person or about nobody."""


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
    return fitting(given_in(conversation.answers), node, live)


def given_in(answers: tuple[Answered, ...]) -> Given:
    """All of ``answers``, to be looked up."""
    return {(old.question, old.person): old.answer for old in answers}


def fitting(given: Given, node: Waiting, live: Mapping[str, Answer]) -> Answer | None:
    """Like ``answer_of``, of what was ``given`` to all questions."""
    told = given.get((node.id, None))
    if isinstance(node, Among):
        if not isinstance(told, Chosen):
            return told
        codes = offered(node, live)
        return Chosen(tuple(code for code in told.codes if code in codes))
    if not isinstance(node, People):
        return _as_it_fits(node, told)
    named = given.get((node.of, None))
    people = named.people if isinstance(named, Named) else ()
    about = {person.id: given.get((node.id, person.id)) for person in people}
    if not all(answer is not None and fits(node, answer) for answer in about.values()):
        return None
    ticked = tuple(person for person, answer in about.items() if answer == Chosen((YES,)))
    return Chosen(ticked) if Chosen((NO,)) in about.values() or ticked else Skipped()


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


def asks_nothing(node: Waiting, live: Mapping[str, Answer]) -> TypeGuard[People | Among]:
    """Whether there is nobody, or not enough, to ask about."""
    if isinstance(node, Among):
        return len(offered(node, live)) < FEWEST_TO_CHOOSE
    return isinstance(node, People) and not isinstance(live.get(node.of), Named)


def can_skip(node: Waiting) -> bool:
    """Whether ``node`` may be passed over."""
    return isinstance(node, Question) and not isinstance(node, TeamChoice) and node.skip
