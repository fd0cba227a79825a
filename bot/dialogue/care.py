"""Words that call for a person now: one warm message, the right number first, over the question.

The words themselves are kept or not as any others. When the message comes:

* when words someone just typed carry a signal, whatever was asked, on whatever screen; so do words
  that were written out of what someone said, once they agree to them;
* once for each signal as long as someone stays at one question: who tells more about it, or tapped
  "that is not what I mean", is not interrupted again;
* again at the next question, and when someone comes back to the talk, because silence towards
  somebody who says it once more would be the worse mistake.

Nothing about it is kept but which signals were answered at this question.
"""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.answers import Named, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Step
from bot.dialogue.events import Edited, Event, Invited, Started, Tapped, Wrote
from bot.dialogue.hearing import LONGEST_ANSWER
from bot.dialogue.message import Part, Say
from bot.dialogue.phrases import line
from bot.dialogue.safety import spotted
from bot.dialogue.screens import draw
from bot.dialogue.speaking_screens import agreed_to
from bot.dialogue.tree import Dialogue
from bot.dialogue.vocabulary import CARE_SIGNALS

EARLIER = 2
"""Messages before this one that are read along with it: people send half a sentence."""


def shown_when_needed(dialogue: Dialogue, before: Conversation, event: Event, step: Step) -> Step:
    """``step``, with the message over its last screen when the words of ``event`` call for it."""
    heeded = () if _begins_anew(before, event, step.conversation) else before.heeded
    found = _called_for(dialogue, before, event)
    if set(found) <= set(heeded):
        if step.conversation.heeded == heeded:
            return step
        return replace(step, conversation=replace(step.conversation, heeded=heeded))
    now = step.conversation
    after = replace(
        now,
        screen="care",
        beneath=now.screen if now.screen != "care" else now.beneath,
        care=tuple(name for name in found if name not in heeded),
        heeded=tuple(dict.fromkeys((*heeded, *found))),
    )
    if now.turn == before.turn:
        return moves.told(moves.show(dialogue, before, after), *_still_to_say(step))
    return Step(after, (*step.effects[:-1], draw(dialogue, after)))


def not_meant(dialogue: Dialogue, conversation: Conversation) -> Step:
    """It was read wrongly: a kind line, and the talk goes on where it was."""
    return moves.told(closed(dialogue, conversation), line("care_not_meant_then"))


def closed(dialogue: Dialogue, conversation: Conversation) -> Step:
    """From the message back to the screen beneath it."""
    after = replace(conversation, screen=conversation.beneath, beneath="question", care=())
    return moves.show(dialogue, conversation, after)


def _begins_anew(before: Conversation, event: Event, now: Conversation) -> bool:
    """Whether this is another question than before, or somebody who comes back to it."""
    came_back = before.status in ("paused", "left") and now.status not in ("paused", "left")
    was_sent = bool(before.reply) and not now.reply
    return isinstance(event, Started | Invited) or before.at != now.at or came_back or was_sent


def _called_for(dialogue: Dialogue, before: Conversation, event: Event) -> tuple[str, ...]:
    """The signals that call for a person in what was typed now, and were not there before."""
    match event:
        case Wrote(words):
            found = _signals(dialogue, before, words)
            earlier = [said.words for said in (before.draft or before.reply)[-EARLIER:]]
            if not earlier:
                return found
            together = _signals(dialogue, before, "\n".join((*earlier, words)))
            old = _signals(dialogue, before, "\n".join(earlier)) if together else ()
            return tuple(
                name
                for name in CARE_SIGNALS
                if name in found or (name in together and name not in old)
            )
        case Tapped(turn, code) if turn == before.turn and (so := agreed_to(before, code)):
            return _signals(dialogue, before, so)
        case Edited(words, origin):
            found = _signals(dialogue, before, words)
            old = _signals(dialogue, before, _said_before(before, origin)) if found else ()
            return tuple(name for name in found if name not in old)
        case _:
            return ()


def _signals(dialogue: Dialogue, conversation: Conversation, words: str) -> tuple[str, ...]:
    found = spotted(dialogue.around.signals, words, conversation.language)
    return tuple(name for name in CARE_SIGNALS if name in found)


def _said_before(conversation: Conversation, origin: int) -> str:
    """The message ``origin`` as it was, as far as it was kept."""
    said = [*conversation.draft, *conversation.reply]
    names = []
    for answered in conversation.answers:
        if isinstance(answered.answer, Worded):
            said += answered.answer.said
        elif isinstance(answered.answer, Named):
            names += [one.name for one in answered.answer.people if one.origin == origin]
    return "\n".join((*(one.words for one in said if one.origin == origin), *names))


def _still_to_say(step: Step) -> tuple[Part, ...]:
    """What someone would not know otherwise: that not all they wrote was kept."""
    lost = line("too_long", aantal=LONGEST_ANSWER)
    return tuple(
        part for say in step.effects if isinstance(say, Say) for part in say.parts if part == lost
    )
