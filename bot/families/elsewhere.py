"""A talk goes on in another dialogue: the same voice, from the beginning of that one.

So it does when someone chose there who they are, and when the link that was followed is of another
dialogue than the one in which nothing was told yet.
"""

from collections.abc import Mapping
from dataclasses import replace

from bot.dialogue import moves
from bot.dialogue.engine import advance
from bot.dialogue.events import Started
from bot.dialogue.lock import is_shut
from bot.dialogue.tree import Dialogue, HandOver
from bot.families.talk import Scribe, Talk
from bot.library import Library


def begun(scribe: Scribe, library: Library, newest: Mapping[str, int], talk: Talk) -> Talk:
    """``talk`` with the first screen of the dialogue it begins; as it is when it begins none.

    A dialogue that is gone since is replaced by the usual one, so that nobody is left in silence.
    ``newest`` is where today's revision of each dialogue is kept.
    """
    if talk.begins is None:
        return talk
    dialogue = library.named(talk.begins)
    there = _at(talk, dialogue, newest)
    step = advance(dialogue, there.voice.conversation, Started(there.voice.conversation.team))
    return scribe.after(there, step)


def led(library: Library, newest: Mapping[str, int], talk: Talk, link: str | None) -> Talk:
    """``talk`` at the door of the dialogue that ``link`` is of, unless something was told here, or
    it is shut: then its code comes first."""
    dialogue = library.dialogue_for((link or "").partition("_")[0])
    conversation = talk.voice.conversation
    if is_shut(conversation):
        return talk
    if dialogue is None or dialogue.name == conversation.dialogue or not conversation.at:
        return talk
    if conversation.answers and not _only_chooses(talk.dialogue):
        return talk
    return _at(talk, dialogue, newest)


def _only_chooses(dialogue: Dialogue) -> bool:
    """Whether it only finds out in which dialogue to go on: nothing is handed over in it."""
    return not any(isinstance(node, HandOver) for node in dialogue.nodes.values())


def _at(talk: Talk, dialogue: Dialogue, newest: Mapping[str, int]) -> Talk:
    conversation = moves.elsewhere(talk.voice.conversation, dialogue)
    voice = replace(talk.voice, conversation=conversation, revision=newest[dialogue.name])
    return replace(talk, voice=voice, dialogue=dialogue, words={}, begins=None)
