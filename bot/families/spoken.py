"""What someone says aloud or writes is noted; a recording is kept as long as it is spoken of."""

from dataclasses import replace

import msgspec.structs

from bot.dialogue.effects import Step, Unsay
from bot.dialogue.events import Spoke, Wrote
from bot.dialogue.speaking import notes_of
from bot.families.incoming import Incoming
from bot.families.talk import Scribe, Talk
from bot.storage import notes
from bot.storage.transaction import Transaction


async def noted(tx: Transaction, talk: Talk, incoming: Incoming, now: int) -> tuple[Talk, Incoming]:
    """``incoming`` with the number under which its recording is kept, if it brings one.

    It is kept before the core has its say; what that refuses goes again (``tidied``).
    """
    event, recorded = incoming.event, incoming.recorded
    if recorded is None or not isinstance(event, Spoke) or talk.erased:
        return talk, incoming
    number = await notes.add(tx, talk.voice, recorded.about, recorded.content, now)
    noticed = replace(talk, notes=talk.notes | {number})
    return noticed, replace(incoming, event=msgspec.structs.replace(event, note=number))


def received(scribe: Scribe, talk: Talk, incoming: Incoming, step: Step) -> Talk:
    """``talk`` with what came in noted: words, a recording that ``step`` kept or not, or a tap.

    Of what is to be unsaid nothing is noted but the channel's number of it.
    """
    if any(isinstance(effect, Unsay) for effect in step.effects):
        return scribe.received(talk, None, incoming.ref)
    match incoming.event:
        case Spoke() as event:
            kept = event.note in notes_of(step.conversation)
            return scribe.spoken(talk, event, incoming.ref, kept=kept)
        case Wrote(words):
            return scribe.received(talk, words, incoming.ref)
        case _:
            return scribe.received(talk, None, incoming.ref)


async def tidied(tx: Transaction, talk: Talk) -> None:
    """Recordings that were spoken of in this batch, and are not any more, go.

    What was handed over stays with its page, which has a copy of its own.
    """
    spoken_of = notes_of(talk.voice.conversation)
    if talk.notes - spoken_of:
        await notes.keep_only(tx, talk.voice.id, spoken_of)
