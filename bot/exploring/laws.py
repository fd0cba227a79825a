"""What holds in every state of every dialogue, whatever its author wrote."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.dialogue.answers import Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import (
    Begin,
    ClearChat,
    Effect,
    GiveMine,
    Invite,
    Join,
    Play,
    Redraw,
    Show,
    Step,
)
from bot.dialogue.events import RESTED, Asked, Event, NoteLost, Rang, WrittenOut
from bot.dialogue.fitting import answer_of
from bot.dialogue.message import Quote, Say, Text
from bot.dialogue.screens import earlier
from bot.dialogue.summary import items, shown, summarise
from bot.dialogue.tree import Choices, Dialogue, Naming, People, Question, labels_of, shows_items
from bot.dialogue.vocabulary import ENGINE
from bot.dialogue.walk import walk

WISHED = Text(f"{ENGINE}/talk_about_this")
"""Stands under an item that someone wants to talk about."""

SPOKEN = (Say, Redraw, Show, Play, Invite, GiveMine, Join, Begin)
"""Effects after which there is something new to see."""


def of_state(dialogue: Dialogue, conversation: Conversation, screen: Say) -> Iterator[str]:
    """The codes of the laws that this state breaks, with ``screen`` on top."""
    kept = msgspec.json.decode(msgspec.json.encode(conversation), type=Conversation)
    if kept != conversation:
        yield "not-kept"
    if "-help" not in {button.code for row in screen.rows for button in row}:
        yield "no-help"
    if conversation.screen == "question" and not _as_reviewed(dialogue, conversation, screen):
        yield "not-as-reviewed"


def of_step(
    dialogue: Dialogue, before: Conversation, event: Event, step: Step
) -> Iterator[tuple[str, str]]:
    """The codes of the laws that ``step`` breaks, each with what is to be named."""
    if not _speaks(before, event, step.effects):
        yield "silence", ""
    if isinstance(event, Asked):
        yield from _control(dialogue, before, event, step)


def _speaks(before: Conversation, event: Event, effects: Sequence[Effect]) -> bool:
    if any(isinstance(effect, SPOKEN) for effect in effects):
        return True
    if isinstance(event, NoteLost | WrittenOut):
        return True  # nobody waits for it; whoever is away is not disturbed
    if isinstance(event, Rang) and event.kind == RESTED:
        return True  # nobody is told: who waited for it tries again by themselves
    return isinstance(event, Rang) and (event.turn != before.turn or before.status != "paused")


def _control(
    dialogue: Dialogue, before: Conversation, asked: Asked, step: Step
) -> Iterator[tuple[str, str]]:
    after = step.conversation
    match asked.control:
        case "help" | "erase" | "language":
            works = after.screen == asked.control
        case "leave":
            cleared = any(isinstance(effect, ClearChat) for effect in step.effects)
            works = after.status == "left" and cleared
        case "pause":
            works = after.status in ("paused", "left")
        case "back":
            if not _shows_earlier(dialogue, before, step):
                yield "back-forgets", ""
            return
        case _:
            return
    if not works or after.answers != before.answers:
        yield "no-way-out", f"/{asked.control}"


def _shows_earlier(dialogue: Dialogue, before: Conversation, step: Step) -> bool:
    """Whether someone who went back sees what they answered there."""
    target = earlier(walk(dialogue, before), before)
    after = step.conversation
    if before.status == "left" or target is None:
        return True
    if after.at != target.id or not isinstance(target, Question):
        return after.at == target.id
    given = answer_of(after, target, walk(dialogue, after).live)
    says = [effect for effect in step.effects if isinstance(effect, Say)]
    if given is None or isinstance(given, Skipped) or not says:
        return bool(says)
    seen = says[-1]
    ticked = {button.code for row in seen.rows for button in row if button.ticked}
    if isinstance(target, People | Choices):
        return ticked >= set(getattr(given, "codes", ()))
    there = [piece for part in seen.parts for piece in part.pieces]
    if isinstance(target, Naming):
        there = [
            Quote(str(button.label.values["naam"]))
            for row in seen.rows
            for button in row
            if isinstance(button.label, Text) and "naam" in button.label.values
        ]
    return all(piece in there for piece in shown(labels_of(target), given))


def _as_reviewed(dialogue: Dialogue, conversation: Conversation, screen: Say) -> bool:
    """Whether a review shows what is sent, in that order, and nothing else as if it were."""
    if not shows_items(dialogue.nodes[conversation.at]):
        return True
    sent, listed = summarise(dialogue, conversation).items, items(dialogue, conversation)
    out = {old.question for old in conversation.answers if old.left_out}
    if any(item.question in out for item in sent):
        return False
    left = iter(screen.parts)
    for item in sent:
        heading = Text(f"{item.context}/short")
        if not any(heading in part.pieces for part in left):
            return False
        if item.circle is None:
            for piece in shown(item.labels or item.context, item.answer):
                if not any(piece in part.pieces for part in left):
                    return False
        if item.talk_about and not any(WISHED in part.pieces for part in left):
            return False
    wished = [part for part in screen.parts if WISHED in part.pieces]
    if len(wished) != sum(item.talk_about for item in sent):
        return False
    headings = [part for part in screen.parts if part.role == "heading"]
    return len(headings) == len(sent) + len(out & {old.question for old in listed})
