"""What stands on the engine's own screens, which come over a question and leave it in its place."""

from collections.abc import Sequence

from bot.dialogue import (
    handed_over_screens,
    inviting_screens,
    locking_screens,
    meeting_screens,
    sharing_screens,
    speaking_screens,
)
from bot.dialogue.care_screen import care_screen, helpline_parts
from bot.dialogue.conversation import Conversation
from bot.dialogue.fitting import can_skip
from bot.dialogue.lock import has_code, is_asked
from bot.dialogue.message import Button, Part, Quote, Text
from bot.dialogue.phrases import Rows, button, line
from bot.dialogue.summary import circle_of
from bot.dialogue.table import parts as table_parts
from bot.dialogue.table import table
from bot.dialogue.tree import Dialogue, Ending, Question, Waiting


def drawn(
    dialogue: Dialogue, conversation: Conversation, node: Waiting
) -> tuple[tuple[Part, ...], Rows]:
    """The engine's screen that is on top of ``node``."""
    go_on: Rows = ((button("go_on", "-on"),),)
    parts: Sequence[Part]
    rows: Rows
    match conversation.screen:
        case "menu":
            parts, rows = [line("menu_title")], (*_menu(dialogue, conversation, node), *go_on)
        case "help":
            parts, rows = help_parts(dialogue), go_on
        case "why":
            parts, rows = [Part((Text(f"{node.context}/why"),))], go_on
        case "language":
            parts = [line("language_which")]
            offered = dialogue.around.languages
            rows = tuple((Button(Quote(name), f"-lang.{code}"),) for code, name in offered)
            rows += go_on
        case "pause":
            parts, rows = _pause(conversation), go_on
            if conversation.reachable:
                days = (button("remind_tomorrow", "-remind.1"), button("remind_week", "-remind.7"))
                rows = (days, *go_on)
        case "reminded":
            parts, rows = [line("remind_set")], go_on
        case "erase":
            parts = [line("erase_sure")]
            rows = ((button("erase_yes", "-erase.yes"),), (button("erase_no", "-on"),))
        case "again":
            parts = [line("again_sure")]
            rows = ((button("again_yes", "-again.yes"),), (button("again_no", "-on"),))
        case "resume":
            parts = [line("resume_done" if conversation.status == "done" else "resume")]
            rows = (*go_on, (button("again", "-again"),))
        case _:
            parts, rows = _elsewhere(dialogue, conversation)
    return tuple(parts), rows


def _elsewhere(dialogue: Dialogue, conversation: Conversation) -> tuple[Sequence[Part], Rows]:
    """The screens that have a module of their own; any other is that of something that went."""
    match conversation.screen:
        case "table" if found := table(dialogue, conversation):
            return table_parts(found), ((button("go_on", "-on"),),)
        case "invite" | "invited":
            return inviting_screens.screen(dialogue, conversation)
        case "care":
            return care_screen(dialogue, conversation)
        case "heard" if conversation.heard:
            return speaking_screens.asked(conversation)
        case "page" | "sent" | "withdraw" | "write" | "mine":
            return handed_over_screens.drawn(dialogue, conversation)
        case "code" | "code_again" | "locked":
            return locking_screens.drawn(dialogue, conversation)
        case "meeting":
            return meeting_screens.drawn(dialogue, conversation)
        case "shares" | "share" | "share_sure" | "share_back" | "share_look":
            return sharing_screens.drawn(dialogue, conversation)
        case _:
            return [line("item_gone")], ((button("go_on", "-on"),),)


def _menu(dialogue: Dialogue, conversation: Conversation, node: Waiting) -> Rows:
    offered = [
        ("skip", can_skip(node)),
        ("why", isinstance(node, Question) and node.why),
        ("pause", not isinstance(node, Ending)),
        ("circle", bool(circle_of(dialogue, conversation).people)),
        ("page", conversation.given),
        ("write", conversation.given),
        ("table", table(dialogue, conversation) is not None),
        ("invite", bool(dialogue.around.voices)),
        ("shares", conversation.with_others),
        ("language", len(dialogue.around.languages) > 1),
        ("mine", True),
        ("erase", True),
    ]
    rows = [(button(f"menu_{key}", f"-{key}"),) for key, is_offered in offered if is_offered]
    if has_code(conversation) or is_asked(dialogue, conversation):
        name = "menu_code_change" if has_code(conversation) else "menu_code"
        rows.insert(-1, (button(name, "-code"),))
    return tuple(rows)


def _pause(conversation: Conversation) -> list[Part]:
    return [line("paused"), *([line("remind_which")] if conversation.reachable else [])]


def help_parts(dialogue: Dialogue) -> list[Part]:
    """Whom someone can call now."""
    return [line("help_intro"), *helpline_parts(dialogue.around.helplines)]
