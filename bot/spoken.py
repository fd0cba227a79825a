"""Keeps what someone says aloud with their voice, and lets go of what is not spoken of any more."""

from dataclasses import replace

import msgspec.structs

from bot.dialogue.conversation import Spoke
from bot.dialogue.speaking import notes_of
from bot.incoming import Incoming
from bot.storage import notes
from bot.storage.transaction import Transaction
from bot.talk import Talk


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


async def tidied(tx: Transaction, talk: Talk) -> None:
    """Recordings that were spoken of in this batch, and are not any more, go.

    What was handed over stays with its page, which has a copy of its own.
    """
    spoken_of = notes_of(talk.voice.conversation)
    if talk.notes - spoken_of:
        await notes.keep_only(tx, talk.voice.id, spoken_of)
