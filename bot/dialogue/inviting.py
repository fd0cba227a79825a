"""Inviting someone to the same case, and what the link of an invitation does when it is opened.

Nobody learns here what another told, nor whether: an invitation carries no name and no word.
"""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.conversation import Conversation, Status
from bot.dialogue.effects import Invite, Join, Meet, Step
from bot.dialogue.events import Door
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue, Ending

JOIN = "-join"
"""The code of the button with which someone leaves their own talk for that of an invitation."""

TOLD: dict[Door, str] = {
    "in": "invitation_in",
    "own": "invitation_own",
    "already": "invitation_already",
    "gone": "invitation_gone",
}


def tapped(dialogue: Dialogue, conversation: Conversation, name: str, value: str) -> Step:
    """``-invite``, ``-invite.<whom>`` or ``-join`` was tapped."""
    if name == JOIN and conversation.screen == "invited" and conversation.invitation:
        return _join(dialogue, conversation, conversation.invitation)
    if name == "-invite" and dialogue.around.voices and conversation.status != "left":
        if not value:
            return moves.over(dialogue, conversation, "invite")
        for kind in dialogue.around.voices:
            if kind == value and conversation.screen == "invite":
                back = replace(_back(dialogue, conversation), with_others=True)
                return moves.show(dialogue, conversation, back, Invite(kind))
    return moves.repeat(dialogue, conversation, line("old_button"))


def opened(dialogue: Dialogue, conversation: Conversation, door: Door, invitation: str) -> Step:
    """Someone who is in this conversation opened the link of an invitation."""
    if door == "asked":
        if not conversation.answers:
            return _join(dialogue, conversation, invitation)
        asked = replace(conversation, invitation=invitation)
        return moves.over(dialogue, asked, "invited")
    return moves.repeat(dialogue, conversation, line(TOLD[door]))


def welcomed(step: Step, door: Door) -> Step:
    """The first step of whoever came with an invitation: after the truth, how they came here."""
    if door not in TOLD:
        return step
    step = moves.told(step, line(TOLD[door]))
    if door != "in":
        return step
    return replace(
        step,
        conversation=replace(step.conversation, with_others=True),
        effects=(Meet(), *step.effects),
    )


def _back(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """At the question again, where it was."""
    is_done = isinstance(dialogue.nodes[conversation.at], Ending)
    status: Status = "done" if is_done else "open"
    return replace(conversation, status=status, screen="question", invitation=None)


def _join(dialogue: Dialogue, conversation: Conversation, invitation: str) -> Step:
    """This talk is put by where it is; what is said next is said by the one that begins, or here
    when the invitation turns out to be gone."""
    shown = moves.show(dialogue, conversation, _back(dialogue, conversation), Join(invitation))
    *effects, _ = shown.effects
    return replace(shown, effects=tuple(effects))
