"""How a conversation moves: an answer is put in its place, and the next screen is shown."""

from msgspec.structs import replace

from bot.dialogue.conversation import (
    NO,
    YES,
    Answer,
    Answered,
    Chosen,
    Close,
    Conversation,
    Effect,
    Named,
    Part,
    Piece,
    Say,
    Screen,
    Step,
    Text,
    Worded,
)
from bot.dialogue.phrases import line
from bot.dialogue.screens import draw
from bot.dialogue.tree import (
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    People,
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
    return onward(dialogue, conversation, after, node, shown, *first)


def onward(
    dialogue: Dialogue,
    conversation: Conversation,
    after: Conversation,
    node: Waiting,
    shown: tuple[Piece, ...],
    *first: Effect,
) -> Step:
    """From ``node``, answered in ``after``, on to the first question that is open now."""
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
    dialogue: Dialogue,
    conversation: Conversation,
    question: str,
    given: Answer,
    person: str | None = None,
) -> Conversation:
    """``given`` becomes the answer to ``question`` about ``person``.

    What was agreed on after it is open again.
    """
    fresh = Answered(question, given, person)
    kept = without_agreement(dialogue, conversation, question).answers
    key = (question, person)
    if any((old.question, old.person) == key for old in kept):
        answers = tuple(fresh if (old.question, old.person) == key else old for old in kept)
    else:
        answers = (*kept, fresh)
    return replace(conversation, answers=answers)


def put_people(
    dialogue: Dialogue, conversation: Conversation, question: str, named: Named
) -> Conversation:
    """``named`` are the people of ``question`` now; what was said of others of them is gone.

    Whether they are on the page stays as it was. With nobody left the question is open again.
    """
    gone = {person.id for person in conversation.people_of(question)}
    gone -= {person.id for person in named.people}
    left_out = any(old.left_out for old in conversation.answers if old.question == question)
    after = put(dialogue, conversation, question, named)
    answers = tuple(
        replace(old, left_out=left_out) if old.question == question else old
        for old in after.answers
        if old.person not in gone and (named.people or old.question != question)
    )
    numbers = [int(person.id.removeprefix("p")) for person in named.people]
    return replace(after, answers=answers, named=max((conversation.named, *numbers)))


def put_ticks(dialogue: Dialogue, conversation: Conversation, node: People) -> Conversation:
    """Who was ticked has what ``node`` asks about, and everybody else of the circle has not."""
    after = conversation
    for person in conversation.people_of(node.of):
        given = Chosen((YES if person.id in conversation.ticked else NO,))
        after = put(dialogue, after, node.id, given, person.id)
    return after


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
    elif isinstance(node, People) and conversation.ticked:
        conversation = _put_by_ticks(dialogue, conversation, node)
    return replace(conversation, draft=(), ticked=())


def _put_by_ticks(dialogue: Dialogue, conversation: Conversation, node: People) -> Conversation:
    """Like ``put_ticks``, but whoever was neither ticked nor answered for is asked about again."""
    settled = put_ticks(dialogue, conversation, node)
    unasked = {
        person.id
        for person in conversation.people_of(node.of)
        if person.id not in conversation.ticked
        and conversation.answer_to(node.id, person.id) is None
    }
    kept = tuple(
        old for old in settled.answers if old.question != node.id or old.person not in unasked
    )
    return replace(settled, answers=kept)


def go_to(conversation: Conversation, node: Waiting) -> Conversation:
    """``node`` is the question on top, with what was ticked there before."""
    return replace(
        conversation,
        at=node.id,
        status="done" if isinstance(node, Ending) else "open",
        screen="question",
        item=None,
        invited=None,
        draft=(),
        ticked=_ticked_before(conversation, node),
    )


def _ticked_before(conversation: Conversation, node: Waiting) -> tuple[str, ...]:
    if isinstance(node, People):
        people = conversation.people_of(node.of)
        yes = Chosen((YES,))
        return tuple(one.id for one in people if conversation.answer_to(node.id, one.id) == yes)
    earlier = conversation.answer_to(node.id)
    return earlier.codes if isinstance(node, Choices) and isinstance(earlier, Chosen) else ()


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
