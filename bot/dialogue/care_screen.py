"""The warm message for words that call for a person now, as it is drawn."""

from collections.abc import Iterable

from bot.dialogue.conversation import Conversation, Part, Text
from bot.dialogue.phrases import Rows, button, line
from bot.dialogue.tree import Dialogue


def care_screen(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """What is said, whom to call for the first signal and then for the others, and the ways on.

    Follows the rules of 113 for safe messaging: no means, no cause, no judgement, and its own
    sentence unchanged. It never says what was read, so that it fits who writes about another.
    """
    ordered = [
        helpline
        for signal in conversation.care
        for helpline in dialogue.around.called_for.get(signal, ())
    ]
    parts = [line(f"care_{signal}") for signal in conversation.care[:1]]
    parts += helpline_parts(dict.fromkeys(ordered))
    parts.append(line("care_more"))
    rows: Rows = ((button("go_on", "-on"),), (button("care_not_meant", "-not_meant"),))
    return parts, rows


def helpline_parts(helplines: Iterable[str]) -> list[Part]:
    """The name and number of each of ``helplines``, and whom it is for."""
    return [
        part
        for helpline in helplines
        for part in (
            Part((Text(f"hulplijnen/{helpline}/name"),), "heading"),
            Part((Text(f"hulplijnen/{helpline}/about"),)),
        )
    ]
