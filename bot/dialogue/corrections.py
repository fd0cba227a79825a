"""What an edited message changes: its own answer, as long as that was not sent."""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.conversation import (
    Answer,
    Answered,
    Conversation,
    Counted,
    Part,
    Reached,
    Said,
    Step,
    Worded,
)
from bot.dialogue.hearing import fitting, heard
from bot.dialogue.screens import line
from bot.dialogue.tree import Contact, Dialogue, HandOver, Number, Review
from bot.dialogue.walk import walk


def edited(dialogue: Dialogue, conversation: Conversation, words: str, origin: int) -> Step:
    """The message ``origin`` now says ``words``."""
    if any(said.origin == origin for said in conversation.draft):
        draft = _replaced(conversation.draft, words, origin)
        return moves.repeat(dialogue, replace(conversation, draft=draft), line("edited"))
    for answered in conversation.answers:
        if _comes_from(answered.answer, origin):
            return _corrected(dialogue, conversation, answered, words, origin)
    return moves.repeat(dialogue, conversation, line("edited_nothing"))


def _corrected(
    dialogue: Dialogue, conversation: Conversation, old: Answered, words: str, origin: int
) -> Step:
    if walk(dialogue, conversation).is_sent(old.question):
        return moves.repeat(dialogue, conversation, line("edited_sent"))
    given = _again(dialogue, old, words, origin)
    if isinstance(given, Part):
        return moves.repeat(dialogue, conversation, line("edited_not"), given)
    after = moves.put(dialogue, conversation, old.question, given)
    after = replace(
        after,
        answers=tuple(
            replace(new, left_out=old.left_out) if new.question == old.question else new
            for new in after.answers
        ),
    )
    at_end = isinstance(dialogue.nodes[conversation.at], Review | HandOver)
    if not at_end or conversation.screen != "question":
        return moves.repeat(dialogue, after, line("edited"))
    after = moves.go_to(after, walk(dialogue, after).open)
    return moves.show(dialogue, conversation, after)


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
            return any(message.origin == origin for message in said)
        case Reached() | Counted():
            return answer.origin == origin
        case _:
            return False


def _replaced(said: tuple[Said, ...], words: str, origin: int) -> tuple[Said, ...]:
    others = tuple(message for message in said if message.origin != origin)
    new = Said(fitting(others, words), origin)
    return tuple(new if message.origin == origin else message for message in said)
