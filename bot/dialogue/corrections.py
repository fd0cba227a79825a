"""What an edited message changes: its own answer, as long as that was not sent."""

from msgspec.structs import replace

from bot.dialogue import handed_over, keeping, moves, naming
from bot.dialogue.answers import Answer, Answered, Counted, Named, Reached, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.hearing import fitting, heard
from bot.dialogue.message import Part
from bot.dialogue.phrases import line
from bot.dialogue.tree import Contact, Dialogue, HandOver, Number, Review
from bot.dialogue.walk import walk


def edited(dialogue: Dialogue, conversation: Conversation, words: str, origin: int) -> Step:
    """The message ``origin`` now says ``words``."""
    if any(_typed_as(said, origin) for said in conversation.draft):
        draft = _replaced(conversation.draft, words, origin)
        return moves.repeat(dialogue, replace(conversation, draft=draft), line("edited"))
    if any(said.origin == origin for said in conversation.reply):
        after = handed_over.corrected(conversation, words, origin)
        return moves.repeat(dialogue, after, line("edited"))
    for answered in conversation.answers:
        if _comes_from(answered.answer, origin):
            return _corrected(dialogue, conversation, answered, words, origin)
    return moves.repeat(dialogue, conversation, line("edited_nothing"))


def _corrected(
    dialogue: Dialogue, conversation: Conversation, old: Answered, words: str, origin: int
) -> Step:
    if walk(dialogue, conversation).is_sent(old.question):
        return moves.repeat(dialogue, conversation, line("edited_sent"))
    after = _after(dialogue, conversation, old, words, origin)
    if not isinstance(after, Conversation):
        return moves.repeat(dialogue, conversation, line("edited_not"), *after)
    way = walk(dialogue, after)
    at_end = isinstance(dialogue.nodes[conversation.at], Review | HandOver)
    stays = not at_end and way.place_of(conversation.at) is not None
    if stays or conversation.screen != "question":
        return moves.repeat(dialogue, after, line("edited"))
    after = moves.go_to(after, way.open)
    return moves.show(dialogue, conversation, after)


def _after(
    dialogue: Dialogue, conversation: Conversation, old: Answered, words: str, origin: int
) -> Conversation | tuple[Part, ...]:
    """With the new answer in the place of the old, or the lines that say what does not fit."""
    if isinstance(old.answer, Named):
        named = naming.corrected(conversation, old.question, words, origin)
        if isinstance(named, Named):
            return keeping.put_people(dialogue, conversation, old.question, named)
        return named
    given = _again(dialogue, old, words, origin)
    if isinstance(given, Part):
        return (given,)
    after = keeping.put(dialogue, conversation, old.question, given)
    answers = tuple(
        replace(new, left_out=old.left_out) if new.question == old.question else new
        for new in after.answers
    )
    return replace(after, answers=answers)


def _again(dialogue: Dialogue, old: Answered, words: str, origin: int) -> Answer | Part:
    node = dialogue.nodes.get(old.question)
    if isinstance(old.answer, Worded):
        said = _replaced(old.answer.said, words, origin)
        return replace(old.answer, said=said) if said else line("words_please")
    if isinstance(node, Number | Contact):
        return heard(node, words, origin)
    return line("old_button")


def _comes_from(answer: Answer, origin: int) -> bool:
    match answer:
        case Worded(said):
            return any(_typed_as(message, origin) for message in said)
        case Named(people):
            return any(person.origin == origin for person in people)
        case Reached() | Counted():
            return answer.origin == origin
        case _:
            return False


def _replaced(said: tuple[Said, ...], words: str, origin: int) -> tuple[Said, ...]:
    others = tuple(message for message in said if not _typed_as(message, origin))
    new = Said(fitting(others, words), origin)
    return tuple(new if _typed_as(message, origin) else message for message in said)


def _typed_as(said: Said, origin: int) -> bool:
    """Whether it is that message; what was spoken cannot be typed over."""
    return said.origin == origin and said.note is None
