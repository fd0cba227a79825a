"""What happens next: lets one event happen to one conversation.

``advance`` is the whole promise of this room. It has no clock, no chance and no memory: the same
conversation and event give the same step, always.
"""

from typing import assert_never

from msgspec.structs import replace

from bot.dialogue import (
    buttons,
    care,
    controls,
    corrections,
    handed_over,
    inviting,
    locking,
    meeting,
    moves,
    moving,
    patience,
    sharing,
    speaking,
    writing,
)
from bot.dialogue.between import SharesTold
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step, Sweep
from bot.dialogue.events import (
    RESTED,
    SWEEPING,
    Asked,
    Edited,
    Event,
    Invited,
    MeetingTold,
    Missed,
    NoteLost,
    PageTold,
    Rang,
    Sent,
    Shared,
    Spoke,
    Started,
    Tapped,
    TooFast,
    WrittenOut,
    Wrote,
)
from bot.dialogue.lock import away, door
from bot.dialogue.message import Say
from bot.dialogue.phrases import line
from bot.dialogue.tree import (
    Dialogue,
)


def advance(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    """Let ``event`` happen to ``conversation``.

    Never raises for anything a person can do, and always answers; only an alarm of an earlier
    turn, word of a recording that is not there any more, the sweep of a chat where nobody has been
    for a day, and the end of a while in which no code was tried pass in silence. An answer that
    does not fit and a button of an older screen leave the conversation where it is and ask again.
    ``conversation`` may have been led by another revision of ``dialogue``: it goes on at the first
    question that is open in this one.
    """
    if conversation.turn == 0 or not conversation.at:
        team = event.team if isinstance(event, Started) else None
        begun = moves.begin(dialogue, replace(conversation, team=team or conversation.team))
        begun = care.shown_when_needed(dialogue, conversation, event, begun)
        return inviting.welcomed(begun, event.door) if isinstance(event, Invited) else begun
    if isinstance(event, Rang) and event.kind == RESTED:
        return locking.rested(conversation)  # nothing else changes by it, in any revision
    placed = moving.placed(dialogue, conversation)
    if placed == conversation:
        return _happened(dialogue, conversation, event)
    shown = moving.shown_instead(dialogue, conversation, placed, event)
    if shown is not None:
        return care.shown_when_needed(dialogue, conversation, event, shown)
    step = _happened(dialogue, *moving.renewed(conversation, placed, event))
    return moving.closing(conversation, step)


def _happened(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    step = _answered(dialogue, conversation, event)
    step = care.shown_when_needed(dialogue, conversation, event, step)
    return speaking.let_go(locking.offered(dialogue, conversation, step))


def _answered(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    if locking.keeps_shut(conversation, event):
        return locking.answered(dialogue, conversation, event)
    if conversation.status == "left" and isinstance(event, Wrote | Edited | Shared | Sent | Spoke):
        step = moves.over(dialogue, conversation, "resume")
        return moves.told(step, line("left_wrote"))
    match event:
        case Started(team):
            return _started(dialogue, conversation, team)
        case Invited(door, invitation):
            return inviting.opened(dialogue, conversation, door, invitation)
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
        case Spoke():
            return speaking.spoke(dialogue, conversation, event)
        case (
            Rang()
            | PageTold()
            | MeetingTold()
            | SharesTold()
            | TooFast()
            | Missed()
            | NoteLost()
            | WrittenOut()
        ):
            return _by_itself(dialogue, conversation, event)
        case _:
            assert_never(event)


def _by_itself(
    dialogue: Dialogue,
    conversation: Conversation,
    event: Rang | PageTold | MeetingTold | SharesTold | TooFast | Missed | NoteLost | WrittenOut,
) -> Step:
    """Nobody did this: it is the world that tells something."""
    match event:
        case Rang(kind, turn):
            return _rang(dialogue, conversation, kind, turn)
        case PageTold():
            return handed_over.told(dialogue, conversation, event)
        case MeetingTold():
            return meeting.told(dialogue, conversation, event)
        case SharesTold():
            return sharing.told(dialogue, conversation, event)
        case TooFast() | Missed():
            return patience.asked_for(dialogue, conversation, event)
        case NoteLost(note):
            return _unasked(speaking.lost(dialogue, conversation, note))
        case WrittenOut(note, words):
            return _unasked(speaking.written_out(dialogue, conversation, note, words))
        case _:
            assert_never(event)


def _unasked(step: Step) -> Step:
    """``step``, of which nothing is shown where messages are announced: nobody may be waiting."""
    effects = tuple(
        replace(effect, unasked=True) if isinstance(effect, Say) else effect
        for effect in step.effects
    )
    return replace(step, effects=effects)


def _started(dialogue: Dialogue, conversation: Conversation, team: str | None) -> Step:
    if team is not None and not conversation.answers:
        return moves.begin(dialogue, replace(conversation, team=team))
    invited = replace(conversation, invited=team)
    return moves.over(dialogue, invited, "resume")


def _rang(dialogue: Dialogue, conversation: Conversation, kind: str, turn: int) -> Step:
    if kind == SWEEPING:
        # Whoever comes back finds no question there any more: first they are asked to go on.
        # With a code it is shut; the turn stays, for a reminder that was asked for in it.
        return Step(away(conversation, conversation.turn + 1), (Sweep(),))
    if turn != conversation.turn or conversation.status not in ("paused", "left"):
        return Step(conversation)
    return moves.over(dialogue, conversation, door(conversation))
