"""What is done with an item before it is sent: it is kept, changed, left out, or talked about."""

from msgspec.structs import replace

from bot.dialogue import keeping, moves
from bot.dialogue.answers import Chosen
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.phrases import line, word
from bot.dialogue.summary import asked_of, items
from bot.dialogue.tree import (
    Dialogue,
    Question,
    Review,
    shows_items,
)
from bot.dialogue.walk import AGREED, waiting


def tapped(dialogue: Dialogue, conversation: Conversation, name: str, value: str) -> Step:
    """A button of a screen that lists all items, or of one of them, was tapped."""
    node = waiting(dialogue, conversation)
    numbered = enumerate(items(dialogue, conversation), 1)
    unsent = {str(n): item for n, item in numbered if not item.sent}
    listed = {number: item.question for number, item in unsent.items()}
    out = {item.question for item in unsent.values() if item.left_out}
    item = conversation.item
    if not shows_items(node):
        return moves.repeat(dialogue, conversation, line("old_button"))
    if name == "-agree" and isinstance(node, Review):
        label = (word("all_right"),)
        return moves.answer(dialogue, conversation, node, Chosen((AGREED,)), label)
    if name == "-item" and value in listed:
        opened = replace(conversation, screen="item", item=listed[value])
        return moves.show(dialogue, conversation, opened)
    if item is None or item not in listed.values() or (name == "-talk" and item in out):
        return moves.repeat(dialogue, conversation, line("old_button"))
    if name == "-change":
        asked = dialogue.nodes[item]
        assert isinstance(asked, Question)  # noqa: S101 - only questions are items
        marks = asked_of(dialogue, conversation, item)
        if value in {str(n) for n in range(1, len(marks) + 1)}:
            asked = marks[int(value) - 1]
        return moves.show(dialogue, conversation, moves.go_to(conversation, asked))
    after = replace(conversation, screen="question", item=None)
    if name == "-omit":
        after = keeping.left_out(after, item)
    if name == "-talk":
        after = keeping.talked_about(after, item)
    return moves.show(dialogue, conversation, after)
