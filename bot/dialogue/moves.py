"""How a conversation moves: an answer is put in its place, and the next screen is shown."""

from msgspec.structs import replace

from bot.dialogue.conversation import (
    Answer,
    Answered,
    Chosen,
    Close,
    Conversation,
    Effect,
    Part,
    Piece,
    Say,
    Screen,
    Step,
    Text,
    Worded,
)
from bot.dialogue.screens import draw, line
from bot.dialogue.tree import (
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    Review,
    Statement,
    Waiting,
    Words,
)
from bot.dialogue.walk import walk


def waiting(dialogue: Dialogue, conversation: Conversation) -> Waiting:
    """The node this conversation waits at."""
    node = dialogue.nodes[conversation.at]
    assert isinstance(node, Waiting)  # noqa: S101 - a conversation stops at nodes that wait only
    return node


def begin(dialogue: Dialogue, conversation: Conversation) -> Step:
    """Show the first question, and what is said before it."""
    way = walk(dialogue, conversation)
    after = go_to(conversation, way.open)
    after = replace(after, turn=conversation.turn + 1)
    said = statements(way.said, after.turn)
    return Step(after, (*_closing(dialogue, conversation), *said, draw(dialogue, after)))


def repeat(dialogue: Dialogue, conversation: Conversation, *lines: Part) -> Step:
    """Nothing changed: the same screen again, after ``lines`` that say why."""
    say = draw(dialogue, conversation)
    return Step(conversation, (replace(say, parts=(*lines, *say.parts)),))


def told(step: Step, *lines: Part) -> Step:
    """The same step; its last message says ``lines`` first."""
    *others, say = step.effects
    assert isinstance(say, Say)  # noqa: S101 - a shown screen ends with the message that asks
    return replace(step, effects=(*others, replace(say, parts=(*lines, *say.parts))))


def paused(conversation: Conversation) -> Conversation:
    """Put by until someone comes back."""
    return replace(conversation, status="paused", screen="pause")


def over(dialogue: Dialogue, conversation: Conversation, screen: Screen) -> Step:
    """One of the engine's own screens comes on top; the question stays where it is."""
    return show(dialogue, conversation, replace(conversation, screen=screen))


def show(
    dialogue: Dialogue,
    before: Conversation,
    after: Conversation,
    *first: Effect,
    shown: tuple[Piece, ...] = (),
) -> Step:
    """The screen of ``after`` takes the place of that of ``before``, in a new turn."""
    after = replace(after, turn=before.turn + 1)
    closing = _closing(dialogue, before, shown)
    return Step(after, (*closing, *first, draw(dialogue, after)))


def answer(
    dialogue: Dialogue,
    conversation: Conversation,
    node: Waiting,
    given: Answer,
    shown: tuple[Piece, ...],
    *first: Effect,
) -> Step:
    """``node`` is answered: on to the first question that is open now."""
    after = put(dialogue, conversation, node.id, given)
    way = walk(dialogue, after)
    after = go_to(after, way.open)
    turn = conversation.turn + 1
    effects = list(first)
    if isinstance(node, Contact) and node.of == "phone":
        effects.append(Say((line("noted"),), turn, phone="done"))
    if way.follows(node.id):
        effects += statements(way.said, turn)
    return show(dialogue, conversation, after, *effects, shown=shown)


def put(
    dialogue: Dialogue, conversation: Conversation, question: str, given: Answer
) -> Conversation:
    """``given`` becomes the answer to ``question``; what was agreed on after it is open again."""
    fresh = Answered(question, given)
    kept = without_agreement(dialogue, conversation, question).answers
    if any(old.question == question for old in kept):
        answers = tuple(fresh if old.question == question else old for old in kept)
    else:
        answers = (*kept, fresh)
    return replace(conversation, answers=answers)


def without_agreement(dialogue: Dialogue, conversation: Conversation, changed: str) -> Conversation:
    """Every review and consent that was not sent yet is asked again, as ``changed`` changed."""
    way = walk(dialogue, conversation)
    place = way.place_of(changed)
    agreed = {
        node.id
        for number, node in enumerate(way.path)
        if isinstance(node, Review | HandOver)
        and number >= way.sent
        and (place is None or number > place)
    }
    answers = tuple(old for old in conversation.answers if old.question not in agreed)
    return replace(conversation, answers=answers)


def put_by(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """What was written or ticked here so far becomes the answer, so that leaving loses nothing."""
    node = dialogue.nodes[conversation.at]
    if isinstance(node, Words) and conversation.draft:
        given: Answer = Worded(conversation.draft, conversation.language)
        conversation = put(dialogue, conversation, node.id, given)
    elif isinstance(node, Choices) and conversation.ticked:
        given = Chosen(tuple(code for code in node.codes if code in conversation.ticked))
        conversation = put(dialogue, conversation, node.id, given)
    return replace(conversation, draft=(), ticked=())


def go_to(conversation: Conversation, node: Waiting) -> Conversation:
    """``node`` is the question on top, with what was ticked there before."""
    earlier = conversation.answer_to(node.id)
    ticked = earlier.codes if isinstance(node, Choices) and isinstance(earlier, Chosen) else ()
    return replace(
        conversation,
        at=node.id,
        status="done" if isinstance(node, Ending) else "open",
        screen="question",
        item=None,
        invited=None,
        draft=(),
        ticked=ticked,
    )


def left_out(conversation: Conversation, question: str) -> Conversation:
    """The answer to ``question`` leaves the page, or comes back on it."""
    answers = tuple(
        replace(old, left_out=not old.left_out) if old.question == question else old
        for old in conversation.answers
    )
    return replace(conversation, answers=answers)


def statements(said: tuple[Statement, ...], turn: int) -> list[Say]:
    """What is said on the way to the next question, a message each."""
    return [Say((Part((Text(f"{node.context}/text"),)),), turn) for node in said]


def _closing(
    dialogue: Dialogue, before: Conversation, shown: tuple[Piece, ...] = ()
) -> tuple[Close, ...]:
    if before.turn == 0:
        return ()
    node = dialogue.nodes[before.at]
    if before.screen != "question" or isinstance(node, Review | Ending):
        return (Close(before.turn, (), shown),)
    return (Close(before.turn, (Part((Text(f"{node.context}/text"),), "question"),), shown),)
