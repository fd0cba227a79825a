"""The engine's own controls: back, skip, pause, help, leave, and the rest of the row."""

from typing import assert_never

from msgspec.structs import replace

from bot.dialogue import handed_over, keeping, meeting, moves
from bot.dialogue.answers import Chosen, Named, Skipped, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import ClearChat, Show, Step
from bot.dialogue.events import Control
from bot.dialogue.fitting import can_skip
from bot.dialogue.lock import away
from bot.dialogue.message import Say
from bot.dialogue.phrases import line, word
from bot.dialogue.screens import earlier
from bot.dialogue.summary import circle_of, names, shown
from bot.dialogue.tree import (
    Choices,
    Dialogue,
    Naming,
    People,
    Question,
    Words,
    labels_of,
    shows_items,
)
from bot.dialogue.walk import waiting, walk

ALWAYS: dict[str, Control] = {
    "-help": "help",
    "-leave": "leave",
    "-write": "write",
    "-circle": "circle",
    "-meeting": "meeting",
}
"""Codes that work under every message, however old."""

WHEN_LEFT: tuple[Control, ...] = ("help", "leave", "language", "erase")
"""What works in a chat that was left; all else asks first whether to go on."""


def use(dialogue: Dialogue, conversation: Conversation, control: Control) -> Step:
    """One of the controls is used.

    In a chat that was left, only those of ``WHEN_LEFT`` work, and what can be said of a meeting:
    nothing of what someone told stands there.
    """
    if conversation.status == "left" and control not in (*WHEN_LEFT, "meeting"):
        return moves.over(dialogue, conversation, "resume")
    match control:
        case "leave":
            return _leave(conversation)
        case "back":
            return _back(dialogue, conversation)
        case "skip":
            return skip(dialogue, conversation)
        case "pause":
            return moves.show(dialogue, conversation, moves.paused(conversation))
        case "why":
            node = waiting(dialogue, conversation)
            if not isinstance(node, Question) or not node.why:
                return moves.repeat(dialogue, conversation, line("why_nothing"))
            return moves.over(dialogue, conversation, "why")
        case "circle":
            return _circle(dialogue, conversation)
        case "page" | "write":
            return handed_over.look(dialogue, conversation, control)
        case "meeting":
            return meeting.look(dialogue, conversation)
        case "help" | "language" | "erase" | "menu" | "mine":
            return moves.over(dialogue, conversation, control)
        case _:
            assert_never(control)


def _circle(dialogue: Dialogue, conversation: Conversation) -> Step:
    if not circle_of(dialogue, conversation).people:
        return moves.repeat(dialogue, conversation, line("picture_none"))
    after = conversation
    if conversation.screen == "menu":
        status = "open" if conversation.status == "paused" else conversation.status
        after = replace(conversation, screen="question", status=status)
    return moves.show(dialogue, conversation, after, Show("circle"))


def _leave(conversation: Conversation) -> Step:
    turn = conversation.turn + 1
    after = away(replace(conversation, turn=turn), turn)
    return Step(after, (ClearChat(), Say((line("left"),), turn)))


def _back(dialogue: Dialogue, conversation: Conversation) -> Step:
    before = earlier(walk(dialogue, conversation), conversation)
    if before is None:
        return moves.repeat(dialogue, conversation, line("no_way_back"))
    after = keeping.put_by(dialogue, conversation)
    if shows_items(before):
        after = keeping.without_agreement(dialogue, after, before.id)
    return moves.show(dialogue, conversation, moves.go_to(after, before))


def skip(dialogue: Dialogue, conversation: Conversation) -> Step:
    """Pass over this question; what was written or ticked already counts as its answer."""
    node = waiting(dialogue, conversation)
    if not can_skip(node):
        return moves.repeat(dialogue, conversation, line("no_skip"))
    if (
        (isinstance(node, Words) and conversation.draft)
        or (isinstance(node, Choices) and keeping.ticked(dialogue, conversation, node))
        or (isinstance(node, People) and conversation.ticked)
    ):
        return done(dialogue, conversation)
    label = shown(node.context, Skipped())
    if isinstance(node, People):
        after = _skipped(dialogue, conversation, node)
        return moves.onward(dialogue, conversation, after, node, label)
    if isinstance(node, Naming) and conversation.people_of(node.id):
        return done(dialogue, conversation)
    return moves.answer(dialogue, conversation, node, Skipped(), label)


def _skipped(dialogue: Dialogue, conversation: Conversation, node: People) -> Conversation:
    """Seen and passed over, for everybody about whom nothing was said yet."""
    after = conversation
    for person in conversation.people_of(node.of):
        if conversation.answer_to(node.id, person.id) is None:
            after = keeping.put(dialogue, after, node.id, Skipped(), person.id)
    return after


def done(dialogue: Dialogue, conversation: Conversation) -> Step:
    """What was written or ticked here is the answer."""
    node = waiting(dialogue, conversation)
    if isinstance(node, Words) and conversation.draft:
        given = Worded(conversation.draft, conversation.language)
        return moves.answer(dialogue, conversation, node, given, ())
    if isinstance(node, Choices):
        codes = keeping.ticked(dialogue, conversation, node)
        if codes:
            chosen = Chosen(codes)
            label = shown(labels_of(node), chosen)
            return moves.answer(dialogue, conversation, node, chosen, label)
        if node.skip:
            return skip(dialogue, conversation)
        return moves.repeat(dialogue, conversation, line("tick_one"))
    if isinstance(node, People):
        after = keeping.put_ticks(dialogue, conversation, node)
        people = conversation.people_of(node.of)
        ticked = names(tuple(one for one in people if one.id in conversation.ticked))
        label = ticked or (word("circle_nobody"),)
        return moves.onward(dialogue, conversation, after, node, label)
    if isinstance(node, Naming):
        return _named(dialogue, conversation, node)
    return moves.repeat(dialogue, conversation, line("old_button"))


def _named(dialogue: Dialogue, conversation: Conversation, node: Naming) -> Step:
    answer = conversation.answer_to(node.id)
    if isinstance(answer, Named):
        label = shown(node.context, answer)
        return moves.onward(dialogue, conversation, conversation, node, label)
    return skip(dialogue, conversation)
