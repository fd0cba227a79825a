"""What someone answered is kept: in its place, with what follows from it for the rest."""

from msgspec.structs import replace

from bot.dialogue.answers import NO, YES, Answer, Answered, Chosen, Named, Skipped, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.fitting import answer_of, offered
from bot.dialogue.safety import spotted
from bot.dialogue.tree import (
    Choices,
    Dialogue,
    HandOver,
    People,
    Review,
    Words,
)
from bot.dialogue.vocabulary import SIGNALS
from bot.dialogue.walk import walk


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
