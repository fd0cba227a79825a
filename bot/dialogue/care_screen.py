"""The warm message for words that call for a person now, as it is drawn."""

from collections.abc import Iterable

from bot.dialogue.answers import Chosen
from bot.dialogue.around import Around
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Part, Text
from bot.dialogue.phrases import Rows, button, line
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import VoiceKind
from bot.dialogue.walk import walk


def care_screen(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """What is said, whom to call for the first signal and then for the others, and the ways on.

    Follows the rules of 113 for safe messaging: no means, no cause, no judgement, and its own
    sentence unchanged. It never says what was read, so that it fits who writes about another.
    """
    parts = [line(f"care_{signal}") for signal in conversation.care[:1]]
    parts += helpline_parts(to_call(dialogue, conversation))
    parts.append(line("care_more"))
    rows: Rows = ((button("go_on", "-on"),), (button("care_not_meant", "-not_meant"),))
    return parts, rows


def to_call(dialogue: Dialogue, conversation: Conversation) -> tuple[str, ...]:
    """The helplines for who wrote this, the first to call first; those that are closed now last."""
    around = dialogue.around
    told = {
        code
        for answer in walk(dialogue, conversation).live.values()
        if isinstance(answer, Chosen)
        for code in answer.codes
    }
    ordered = dict.fromkeys(
        helpline
        for signal in conversation.care
        for helpline in around.called_for.get(signal, ())
        if _is_for(around, helpline, dialogue.voice, told)
    )
    return tuple(sorted(ordered, key=lambda helpline: helpline in around.closed))


def _is_for(around: Around, helpline: str, voice: VoiceKind, told: set[str]) -> bool:
    """Whether ``helpline`` is for such a voice, at the age that was ``told``.

    As long as no age was told, every one of that voice is: each says whom it is for.
    """
    if helpline not in around.meant_for:
        return True
    ages = _ages(around.meant_for[helpline], voice)
    every = {age for each in around.meant_for.values() for age in _ages(each, voice)}
    return bool(ages & told) if every & told else bool(ages)


def _ages(meant_for: Iterable[str], voice: VoiceKind) -> set[str]:
    """The choices of ``voice`` that a helpline is for; "" when it is for that voice at any age."""
    parts = (each.partition("/") for each in meant_for)
    return {age for kind, _, age in parts if kind == voice}


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
