"""What the screens of a talk with a code look like: to choose one, and to be asked for it."""

from bot.dialogue.conversation import Conversation, Lock
from bot.dialogue.lock import has_code
from bot.dialogue.message import Part
from bot.dialogue.phrases import Rows, button, line
from bot.dialogue.tree import Dialogue

LONGEST_REST = 3
"""The rest after which all others are as long; each of them is said in words of its own."""


def drawn(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """The lines and buttons of the screen on top."""
    match conversation.screen:
        case "locked":
            return _locked(dialogue, conversation.lock or Lock())
        case "code_again":
            return [line("code_again"), line("code_unseen")], ((button("code_not_now", "-on"),),)
        case _ if has_code(conversation):
            rows: Rows = ((button("code_off", "-code.off"),), (button("go_on", "-on"),))
            return [line("code_change")], rows
        case _:
            return [line("code_choose")], ((button("code_not_now", "-on"),),)


def _locked(dialogue: Dialogue, lock: Lock) -> tuple[list[Part], Rows]:
    """Nothing of what was told, so that it can stand there for whoever looks."""
    rows: Rows = ((button("code_erase", "-erase"),),)
    if len(dialogue.around.languages) > 1:
        rows = (*rows, (button("menu_language", "-language"),))
    asked = f"code_rest_{min(lock.rests, LONGEST_REST)}" if lock.resting else "code_locked"
    return [line(asked), line("code_forgotten")], rows
