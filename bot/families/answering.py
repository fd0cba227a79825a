"""Lets the world answer what a conversation asks of it, or wants done.

What is asked is a ``Request`` of the core; the answer is an event of its own, in the same
transaction, so that what someone reads is how it is.
"""

from dataclasses import replace
from typing import Protocol

from bot.dialogue.between import ShareRequest
from bot.dialogue.effects import MeetingRequest, PageRequest
from bot.dialogue.engine import advance
from bot.dialogue.events import MeetingTold, PageTold
from bot.families import sharing
from bot.families.talk import HandedOver, Scribe, Talk
from bot.handover.mine import NAME
from bot.storage.records import Voice
from bot.storage.transaction import Transaction


class World(Protocol):
    """Where pages go, as far as a conversation knows."""

    async def list_page(self, tx: Transaction, voice: Voice, given: HandedOver, now: int) -> None:
        """Consent was given: from this transaction on, the page is on the desk of its team."""

    async def answer(
        self, tx: Transaction, voice: Voice, request: PageRequest | MeetingRequest, now: int
    ) -> PageTold | MeetingTold:
        """Do what ``request`` asks, and tell what came of it and how the page, or the meeting, is
        now."""
        ...

    async def mine(self, tx: Transaction, voice: Voice, now: int) -> str:
        """Everything that is this voice's own, as a file (``bot.families.mine``)."""
        ...


async def answered(tx: Transaction, world: World, scribe: Scribe, talk: Talk, now: int) -> Talk:
    """``talk`` with what it asked answered; as it is when it asked nothing.

    When our own mistake stops it half way, nothing of it was done.
    """
    if talk.asks is None and not talk.gives_mine:
        return talk
    async with tx.part():
        # A page that was handed over a moment ago is there to be asked about.
        talk = await handed_over(tx, world, talk, now)
        if talk.gives_mine:
            content = await world.mine(tx, talk.voice, now)
            return scribe.given(replace(talk, gives_mine=False), NAME, content)
        asked = talk.asks
        if isinstance(asked, ShareRequest):
            talk, told = await sharing.answered(tx, scribe, talk, asked, now)
            step = advance(talk.dialogue, talk.voice.conversation, told)
            talk = scribe.after(replace(talk, asks=None), step)
        elif asked is not None:
            event = await world.answer(tx, talk.voice, asked, now)
            step = advance(talk.dialogue, talk.voice.conversation, event)
            talk = scribe.after(replace(talk, asks=None), step)
        return talk


async def handed_over(tx: Transaction, world: World, talk: Talk, now: int) -> Talk:
    """``talk`` with its page, each time consent was given for one, on the desk."""
    for given in talk.handed_over:
        await world.list_page(tx, talk.voice, given, now)
    return replace(talk, handed_over=())
