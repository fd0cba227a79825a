"""The message that shows a family the picture of its circle, in its own language."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.dialogue import showing
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Say
from bot.dialogue.summary import circle_of
from bot.dialogue.tree import Dialogue
from bot.handover.circle_page import circle_words
from bot.texts import Message, Picture, Texts


def circle_message(
    dialogue: Dialogue, conversation: Conversation, texts: Texts, said: Callable[[Say], Message]
) -> Message:
    """Everybody in the circle of ``conversation``: in words, and all it takes to draw them.

    ``said`` puts what is said in words. Nothing is drawn yet: that takes too long for here.
    """
    circle, turn = circle_of(dialogue, conversation), conversation.turn
    message = said(Say(showing.told(circle), turn))
    picture = Picture(
        circle,
        dict(circle_words(texts, message.language)),
        any(known.right_to_left for known in texts.languages if known.code == message.language),
        short=said(Say(showing.short(circle), turn)).lines,
        lost=said(showing.lost(turn)),
    )
    return replace(message, picture=picture)
