"""What happens next: lets one event happen to one conversation.

``advance`` is the whole promise of this room. It has no clock, no chance and no memory: the same
conversation and event give the same step, always.
"""

from typing import assert_never

from msgspec.structs import replace

from bot.dialogue import buttons, controls, corrections, moves, writing
from bot.dialogue.buttons import ALWAYS
from bot.dialogue.conversation import (
    Asked,
    Conversation,
    Edited,
    Event,
    Rang,
    Sent,
    Shared,
    Started,
    Step,
    Tapped,
    Wrote,
)
from bot.dialogue.phrases import line
from bot.dialogue.tree import (
    Dialogue,
)
from bot.dialogue.walk import walk


def advance(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    """Let ``event`` happen to ``conversation``.

    Never raises for anything a person can do, and always answers; only an alarm of an earlier
    turn passes in silence. An answer that does not fit and a button of an older screen leave the
    conversation where it is and ask again. ``conversation`` may have been led by another revision
    of ``dialogue``: it goes on at the first question that is open in this one.
    """
    if conversation.turn == 0 or not conversation.at:
        team = event.team if isinstance(event, Started) else None
        return moves.begin(dialogue, replace(conversation, team=team or conversation.team))
    placed = _placed(dialogue, conversation)
    if placed.at != conversation.at and isinstance(event, Tapped) and event.code not in ALWAYS:
        # Drawn for a question that went, it is no answer to the one that is open now.
        return moves.told(moves.show(dialogue, placed, placed), line("old_button"))
    return _happened(dialogue, placed, event)


def _happened(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    if conversation.status == "left" and isinstance(event, Wrote | Edited | Shared | Sent):
        step = moves.over(dialogue, conversation, "resume")
        return moves.told(step, line("left_wrote"))
    match event:
        case Started(team):
            return _started(dialogue, conversation, team)
        case Tapped(turn, code):
            return buttons.tapped(dialogue, conversation, turn, code)
        case Asked(control):
            return controls.use(dialogue, conversation, control)
        case Wrote(words, origin):
            return writing.wrote(dialogue, conversation, words, origin)
        case Edited(words, origin):
            return corrections.edited(dialogue, conversation, words, origin)
        case Shared(phone, origin):
            return writing.shared(dialogue, conversation, phone, origin)
        case Sent():
            return moves.repeat(dialogue, conversation, line("cannot_read"))
        case Rang(_, turn):
            return _rang(dialogue, conversation, turn)
        case _:
            assert_never(event)


def _placed(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """The same conversation at a place that this dialogue has."""
    way = walk(dialogue, conversation)
    if way.place_of(conversation.at) is not None:
        return conversation
    moved = moves.go_to(conversation, way.open)
    if conversation.status in ("paused", "left"):
        return replace(moved, status=conversation.status, screen="resume")
    return moved


def _started(dialogue: Dialogue, conversation: Conversation, team: str | None) -> Step:
    if team is not None and not conversation.answers:
        return moves.begin(dialogue, replace(conversation, team=team))
    invited = replace(conversation, invited=team)
    return moves.over(dialogue, invited, "resume")


def _rang(dialogue: Dialogue, conversation: Conversation, turn: int) -> Step:
    if turn != conversation.turn or conversation.status != "paused":
        return Step(conversation)
    return moves.over(dialogue, conversation, "resume")
