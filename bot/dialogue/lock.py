"""Whether a talk is locked with a code of someone's own, and how it comes to be.

The code is kept as it is and not as a hash: of 10,000 codes a hash is guessed in a moment, the core
has no chance in it to salt one with, and whoever can open the sealed conversation has the draft
already. For the same reason it says to choose other digits than those of a bank.
"""

import unicodedata

from msgspec.structs import replace

from bot.dialogue.conversation import Conversation, Held, Lock, Screen
from bot.dialogue.message import Part
from bot.dialogue.tree import Dialogue


def has_code(conversation: Conversation) -> bool:
    """Whether someone chose a code for this talk."""
    return conversation.lock is not None and bool(conversation.lock.code)


def is_asked(dialogue: Dialogue, conversation: Conversation) -> bool:
    """Whether the team of this talk wants its families to be able to have a code."""
    return any(place.pin and place.team == conversation.team for place in dialogue.around.teams)


def is_offered(conversation: Conversation) -> bool:
    """Whether a code is offered with the question that is open."""
    lock = conversation.lock
    return lock is not None and not lock.code and lock.offered == conversation.at


def is_shut(conversation: Conversation) -> bool:
    """Whether nothing of this talk may be shown until the code was typed."""
    return conversation.lock is not None and conversation.lock.closed


def shut_since(conversation: Conversation) -> int:
    """The first turn of which something may be shown; 0 when everything may."""
    lock = conversation.lock
    return lock.since if lock is not None and lock.closed else 0


def door(conversation: Conversation) -> Screen:
    """What someone sees first who comes back after they left."""
    return "locked" if is_shut(conversation) else "resume"


def away(conversation: Conversation, since: int) -> Conversation:
    """They left, and nothing of theirs is in sight: with a code it is shut as of turn ``since``."""
    gone = replace(conversation, status="left", screen="resume")
    lock = conversation.lock
    if lock is None or not lock.code:
        return gone
    closed = replace(lock, closed=True, since=since, chosen="")
    return replace(gone, screen="locked", lock=closed)


def holding(
    conversation: Conversation, parts: tuple[Part, ...], *, answerable: bool, met: bool = False
) -> Conversation:
    """A talk that is shut with ``parts`` to be said as soon as it is opened."""
    lock = conversation.lock or Lock()
    held = (*lock.held, Held(parts, answerable, met))
    return replace(conversation, lock=replace(lock, held=held))


def digits_in(words: str) -> str:
    """The digits in ``words`` as 0 to 9, in whatever script; "" when there is anything else."""
    signs = [
        sign for sign in words if not sign.isspace() and unicodedata.category(sign) not in ("Cf",)
    ]
    if not all(sign.isdecimal() for sign in signs):
        return ""
    return "".join(str(unicodedata.decimal(sign)) for sign in signs)
