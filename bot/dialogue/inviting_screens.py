"""What is seen of an invitation: whom to invite, what to give them, and whether to join."""

from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Part, Quote
from bot.dialogue.phrases import Rows, button, line
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import VoiceKind
from bot.dialogue.walk import Walk

LABELS: dict[VoiceKind, str] = {
    "parent": "invite_parent",
    "young": "invite_young",
    "child": "invite_child",
    "other": "invite_other",
}
"""What the buttons read, in ``dialogen/vaste_woorden.yaml``."""

FOR_A_PARENT: dict[VoiceKind, str] = LABELS | {
    "parent": "invite_other_parent",
    "young": "invite_my_young",
    "child": "invite_my_child",
}
"""What they read for a parent: it is most often their own child, and the other parent."""


def screen(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """What is asked on the screen on top: whom to invite, or whether to take an invitation."""
    if conversation.screen == "invited":
        rows: Rows = ((button("invitation_join", "-join"),), (button("invitation_stay", "-on"),))
        return [line("invitation_asked")], rows
    labels = FOR_A_PARENT if dialogue.voice == "parent" else LABELS
    offered = [(button(labels[kind], f"-invite.{kind}"),) for kind in dialogue.around.voices]
    return [line("invite_whom")], (*offered, (button("go_on", "-on"),))


def at_the_end(dialogue: Dialogue, way: Walk) -> Rows:
    """What a parent who sent a page is offered when the conversation is done."""
    if dialogue.voice != "parent" or not dialogue.around.voices or not way.sent:
        return ()
    return ((button("menu_invite", "-invite"),),)


def given(page: str, telegram: str) -> tuple[Part, ...]:
    """A fresh invitation, for who made it: its addresses, and what the other will see and not.

    ``telegram`` is "" where there is no bot.
    """
    links = [line("invite_on_the_page"), Part((Quote(page),), "link")]
    if telegram:
        links += [line("invite_on_telegram"), Part((Quote(telegram),), "link")]
    rest = ("invite_once", "invite_seen", "invite_unseen", "invite_together")
    return (line("invite_ready"), *links, *(line(key) for key in rest))
