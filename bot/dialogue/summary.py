"""What someone told, in order: the items of the page before it is laid out.

Adds nothing, leaves nothing out that counts, interprets nothing.
"""

from msgspec import Struct

from bot.dialogue.conversation import (
    Answer,
    Chosen,
    Conversation,
    Counted,
    Piece,
    Quote,
    Reached,
    Skipped,
    Text,
    Worded,
)
from bot.dialogue.tree import ENGINE, Dialogue, Question
from bot.dialogue.walk import walk


class Item(Struct, frozen=True):
    """One answered question with a place on the page."""

    question: str
    context: str
    section: str
    answer: Answer
    left_out: bool = False


class Summary(Struct, frozen=True):
    """The items someone agreed to send, in the order of the conversation."""

    dialogue: str
    language: str
    items: tuple[Item, ...]


def items(dialogue: Dialogue, conversation: Conversation) -> tuple[Item, ...]:
    """Every live answer that has a place on the page, left-out ones included and marked."""
    out = {answered.question for answered in conversation.answers if answered.left_out}
    found = []
    for node in walk(dialogue, conversation).path:
        if not isinstance(node, Question) or node.section is None:
            continue
        answer = conversation.answer_to(node.id)
        if answer is not None and not isinstance(answer, Skipped):
            found.append(Item(node.id, node.context, node.section, answer, node.id in out))
    return tuple(found)


def summarise(dialogue: Dialogue, conversation: Conversation) -> Summary:
    """What goes on the page: every item that was not left out."""
    kept = tuple(item for item in items(dialogue, conversation) if not item.left_out)
    return Summary(dialogue.name, conversation.language, kept)


def shown(context: str, answer: Answer) -> tuple[Piece, ...]:
    """The answer as a reader sees it: labels as references, own words as they are."""
    match answer:
        case Chosen(codes):
            return tuple(Text(f"{context}/choices/{code}") for code in codes)
        case Worded():
            return (Quote(answer.words),)
        case Counted(number):
            return (Quote(str(number)),)
        case Reached(line):
            return (Quote(line),)
        case Skipped():
            return (Text(f"{ENGINE}/skipped"),)
