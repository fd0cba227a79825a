"""What is shown of what was spoken: buttons to hear it again, and what a computer made of it."""

from bot.dialogue.answers import Answer, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Button, Part, Quote
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import length
from bot.dialogue.tree import Waiting, Words
from bot.dialogue.walk import Walk

YES = "-heard.yes"
NO = "-heard.no"
"""The codes of the two answers to "is this what you said"."""


def notes_in(answer: Answer | None) -> tuple[Said, ...]:
    """The recordings in an answer, in their order."""
    if not isinstance(answer, Worded):
        return ()
    return tuple(one for one in answer.said if one.note is not None)


def players(answer: Answer) -> Rows:
    """A button for each recording that reached us."""
    numbered = enumerate(notes_in(answer), 1)
    return tuple((_player(number, one),) for number, one in numbered if not one.lost)


def may_speak(conversation: Conversation, way: Walk, node: Waiting) -> list[Part]:
    """That own words may be spoken: at the first question for them, until something is told there.

    A page that someone has to be looking at shows a button for it; a chat says so.
    """
    is_first = isinstance(node, Words) and not any(isinstance(each, Words) for each in way.path)
    if not is_first or conversation.draft or not conversation.reachable:
        return []
    return [Part((word("speak_too"),), "small")]


def asked(conversation: Conversation) -> tuple[list[Part], Rows]:
    """What a computer made of a recording, for its speaker to say yes or no to."""
    parts = [line("heard"), Part((Quote(conversation.heard[0].words),), "quote"), line("heard_so")]
    return parts, ((button("heard_yes", YES),), (button("heard_no", NO),))


def agreed_to(conversation: Conversation, code: str) -> str:
    """The words that someone says yes to by tapping ``code``; nothing when it is another button."""
    is_yes = code == YES and conversation.screen == "heard" and conversation.heard
    return conversation.heard[0].words if is_yes else ""


def _player(number: int, one: Said) -> Button:
    code = f"-play.{number}"
    if not one.seconds:
        return button("play_untimed", code)
    return Button(word("play", duur=length(one.seconds)), code)
