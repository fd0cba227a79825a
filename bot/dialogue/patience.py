"""What someone hears when more comes in than can be taken: that it is not kept, whom to call."""

from typing import assert_never

from bot.dialogue import moves
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.events import Missed, TooFast
from bot.dialogue.message import Part, Say, Text
from bot.dialogue.own_screens import help_parts
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import ENGINE


def asked_for(dialogue: Dialogue, conversation: Conversation, event: TooFast | Missed) -> Step:
    """Messages are not taken, which is said once and then not for a while; or they are again.

    Then it is said how many were not, before the answer to the next one.
    """
    match event:
        case TooFast(told):
            lines = (line("too_fast"),)
            return moves.repeat(dialogue, conversation, *lines) if told else Step(conversation)
        case Missed(number):
            text = Text(f"{ENGINE}/missed", count=number)
            return Step(conversation, (Say((Part((text,)),), conversation.turn),))
        case _:
            assert_never(event)


def too_many(dialogue: Dialogue) -> Say:
    """What a newcomer reads for whom there is no room now: come back later, and whom to call."""
    return Say((line("too_many"), *help_parts(dialogue)), turn=0)
