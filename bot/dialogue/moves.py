"""How a conversation moves: an answer is put in its place, and the next screen is shown."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.dialogue import showing
from bot.dialogue.answers import NO, YES, Answer, Answered, Chosen, Named, Skipped, Worded
from bot.dialogue.conversation import Conversation, Screen
from bot.dialogue.effects import Begin, Close, Effect, Step
from bot.dialogue.message import Part, Piece, Say, Text
from bot.dialogue.nearby import Remark, parts
from bot.dialogue.phrases import line
from bot.dialogue.safety import spotted
from bot.dialogue.screens import draw
from bot.dialogue.tree import (
    Choices,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    People,
    Review,
    Waiting,
    Words,
    shows_items,
)
from bot.dialogue.vocabulary import SIGNALS
from bot.dialogue.walk import answer_of, offered, walk


def begin(dialogue: Dialogue, conversation: Conversation) -> Step:
    """Show the first question, and what is said before it."""
    way = walk(dialogue, conversation)
    after = go_to(conversation, way.open)
    after = replace(after, turn=conversation.turn + 1)
    said = statements(way.said, after.turn)
    return Step(after, (*_closing(dialogue, conversation), *said, _screen(dialogue, after)))


def repeat(dialogue: Dialogue, conversation: Conversation, *lines: Part) -> Step:
    """Nothing changed: the same screen again, after ``lines`` that say why."""
    same = Step(conversation, (_screen(dialogue, conversation),))
    return told(same, *lines) if lines else same


def told(step: Step, *lines: Part) -> Step:
    """The same step; its last message says ``lines`` first."""
    *others, last = step.effects
    if isinstance(last, Begin):  # the message that asks is in the dialogue that begins
        effects = (*others, Say(lines, step.conversation.turn), last)
        return replace(step, effects=effects)
    assert isinstance(last, Say)  # noqa: S101 - a shown screen ends with the message that asks
    return replace(step, effects=(*others, replace(last, parts=(*lines, *last.parts))))


def elsewhere(conversation: Conversation, dialogue: Dialogue) -> Conversation:
    """The same voice about to begin ``dialogue``: the next event shows its first screen.

    Where it is, in which language and of which team it stays; the turn goes on.
    """
    return replace(
        conversation,
        dialogue=dialogue.name,
        revision=dialogue.revision,
        status="open",
        turn=conversation.turn - 1,  # what was said in this turn and that screen belong together
        at="",
        screen="question",
        item=None,
        answers=(),
        draft=(),
        ticked=(),
    )


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
    return Step(after, (*closing, *first, _screen(dialogue, after)))


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
    effects = [*showing.closing(dialogue, conversation, after, node), *first]
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

    What was agreed on after it is open again. Who wanted to talk about it still does, as that is
    about the subject and not about how it was put; and the review that comes again says so. What
    is passed over now is not on the page, and nothing to talk about either.
    """
    if isinstance(given, Worded):
        found = spotted(dialogue.around.signals, given.words, given.language)
        given = replace(given, signals=tuple(name for name in SIGNALS if name in found))
    kept = without_agreement(dialogue, conversation, question).answers
    key = (question, person)
    before = next((old for old in kept if (old.question, old.person) == key), None)
    if before is None:
        answers = (*kept, Answered(question, given, person))
    else:
        talk_about = before.talk_about and not isinstance(given, Skipped)
        fresh = Answered(question, given, person, talk_about=talk_about)
        answers = tuple(fresh if old is before else old for old in kept)
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
    elif isinstance(node, Choices):
        conversation = _put_by_codes(dialogue, conversation, node)
    elif isinstance(node, People) and conversation.ticked:
        conversation = _put_by_ticks(dialogue, conversation, node)
    return replace(conversation, draft=(), ticked=())


def ticked(dialogue: Dialogue, conversation: Conversation, node: Choices) -> tuple[str, ...]:
    """What was ticked of all that ``node`` offers now, in the order of the file."""
    codes = offered(node, walk(dialogue, conversation).live)
    return tuple(code for code in codes if code in conversation.ticked)


def _put_by_codes(dialogue: Dialogue, conversation: Conversation, node: Choices) -> Conversation:
    """What was ticked becomes the answer, unless it is; what is not offered now stays with it."""
    given = Chosen(ticked(dialogue, conversation, node))
    is_so = answer_of(conversation, node, walk(dialogue, conversation).live) == given
    return conversation if is_so or not given.codes else put(dialogue, conversation, node.id, given)


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
        invitation=None,
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
    """The answer to ``question`` leaves the page, or comes back on it.

    Nobody is asked to talk about what is not there, so it comes back without that.
    """
    answers = tuple(
        replace(old, left_out=not old.left_out, talk_about=False)
        if old.question == question
        else old
        for old in conversation.answers
    )
    return replace(conversation, answers=answers)


def talked_about(conversation: Conversation, question: str) -> Conversation:
    """The answer to ``question`` is what they want to talk about, or is not any more."""
    answers = tuple(
        replace(old, talk_about=not old.talk_about) if old.question == question else old
        for old in conversation.answers
    )
    return replace(conversation, answers=answers)


def statements(said: Iterable[Remark], turn: int) -> list[Say]:
    """What is said on the way to the next question, a message each."""
    return [Say(parts(each), turn) for each in said if not each.silent]


def _screen(dialogue: Dialogue, conversation: Conversation) -> Say | Begin:
    """What is on top; at the door of another dialogue, that dialogue."""
    node = dialogue.nodes[conversation.at]
    if isinstance(node, Elsewhere) and conversation.screen == "question":
        return Begin(node.dialogue)
    return draw(dialogue, conversation)


def _closing(
    dialogue: Dialogue, before: Conversation, shown: tuple[Piece, ...] = ()
) -> tuple[Close, ...]:
    if before.turn == 0 or not before.at:
        return ()
    node = dialogue.nodes[before.at]
    is_kept = shows_items(node) or isinstance(node, Ending | Elsewhere)
    if before.screen != "question" or is_kept:
        return (Close(before.turn, (), shown),)
    return (Close(before.turn, (Part((Text(f"{node.context}/text"),), "question"),), shown),)
