"""What people did, one transaction: start reading here.

Something a person did reaches us as an ``Incoming`` (``bot.channels``, ``bot.web.chat``). Here we
look up whose it is, the pure core says what happens (``bot.dialogue.engine.advance``), a ``Scribe``
(``bot.families.talk``) puts that into words, and all of it is written in the same transaction:
where each conversation stands now, the messages to go out (the outbox, emptied by
``bot.delivery``), alarms, and the page when consent was given (``bot.professionals``). When
``receive`` returns, that is on the disk; only then may a channel confirm. So an update counts once,
however often it comes.

A mistake of our own costs one answer: that update is set aside, sealed, and the family hears so.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Protocol

from bot.dialogue.conversation import Conversation
from bot.dialogue.engine import advance
from bot.dialogue.events import Event, Rang, Started
from bot.families import mishaps, spoken, sweeping
from bot.families.allowance import Allowance, Counting, Limits
from bot.families.answering import World, answered, handed_over
from bot.families.crowding import Crowd
from bot.families.elsewhere import begun, led
from bot.families.erasing import erase
from bot.families.following import Following
from bot.families.incoming import Incoming as Incoming
from bot.families.incoming import never_seen
from bot.families.invitations import Invitations, parted, token_of
from bot.families.talk import Scribe, Talk
from bot.library import Library
from bot.storage import alarms, messages, voices
from bot.storage.records import Chat
from bot.storage.store import Store, Transaction

AT_ONCE = 100  # alarms in one transaction


class Readers(World, Protocol):
    """Who pages are for, as far as a conversation knows them."""

    async def took(self, tx: Transaction, incoming: Incoming, now: int) -> bool:
        """Whether this came from a professional, and not from a family."""


class Conversations:
    """Everybody's conversations, over one store and one library."""

    def __init__(
        self, store: Store, library: Library, readers: Readers, limits: Limits | None = None
    ) -> None:
        self._store = store
        self._readers = readers
        self._allowance = Allowance(limits or Limits())
        self._following = Following(library)

    async def open(self) -> None:
        """Keep today's revision of every dialogue. Once, before anything is received."""
        await self._store.write(self._following.open)

    @property
    def _library(self) -> Library:
        return self._following.library

    @property
    def _invitations(self) -> Invitations:
        newest = self._following.newest
        return Invitations(self._library, lambda dialogue: newest[dialogue.name])

    async def receive(self, batch: Sequence[Incoming], now: int) -> None:
        """Let all of ``batch`` happen, in order; it is on the disk when this returns.

        What was seen before is passed over. Raises ``StorageError`` when nothing could be kept:
        then the channel must not confirm, and the same updates come again.
        """

        async def work(tx: Transaction) -> None:
            fresh = await never_seen(tx, batch, now)
            of_families = [each for each in fresh if not await self._readers.took(tx, each, now)]
            for part in parted(crowd.taken(of_families)):
                await self._let_happen(tx, part, now, contact=now, crowd=crowd)

        crowd = Crowd(self._library, Counting(self._allowance, now))
        if batch:
            await self._store.write(work)
            self._allowance.keep(crowd.counting, now)

    async def ring(self, now: int) -> None:
        """Let the alarms that are due go off, each in its conversation."""

        async def work(tx: Transaction) -> None:
            due = await alarms.due(tx, now, AT_ONCE)
            await alarms.done(tx, due)
            found = await voices.by_id(tx, {voice for voice, _, _ in due})
            rung = [
                Incoming(found[voice].chat, 0, Rang(kind, turn))
                for voice, kind, turn in due
                if voice in found and not found[voice].damaged
            ]
            await self._let_happen(tx, rung, now, contact=None)

        await self._store.write(work)

    async def tell(self, voice: int, event: Event, now: int) -> None:
        """Let something happen that nobody did, to the voice of this number while it is there."""

        async def work(tx: Transaction) -> None:
            found = (await voices.by_id(tx, [voice])).values()
            told = [Incoming(each.chat, 0, event) for each in found if not each.damaged]
            await self._let_happen(tx, told, now, contact=None)

        await self._store.write(work)

    async def _let_happen(
        self,
        tx: Transaction,
        batch: Sequence[Incoming],
        now: int,
        contact: int | None,
        crowd: Crowd | None = None,
    ) -> None:
        """Let it happen. With a ``crowd``, new chats are taken in as far as there is room."""
        await self._following.look(tx)
        scribe = Scribe.of(self._library, now, crowd.counting.may_draw if crowd else None)
        batch = [each for came in batch for each in await self._let_in(tx, came, now)]
        talks = await self._talks(tx, batch, now, crowd)
        for incoming in (each for each in batch if each.chat in talks):
            talk, incoming = await spoken.noted(tx, talks[incoming.chat], incoming, now)
            try:
                after = self._after(scribe, talk, incoming)
                talks[incoming.chat] = await answered(tx, self._readers, scribe, after, now)
            except Exception as mistake:
                await mishaps.keep(tx, incoming, mistake, now)
                talks[incoming.chat] = mishaps.sorry(scribe, talk)
        await self._write_down(tx, talks.values(), now, contact)

    async def _let_in(self, tx: Transaction, came: Incoming, now: int) -> list[Incoming]:
        if token_of(came.link) is None:
            return [came]
        event = await self._invitations.opened(tx, came, now)
        return [] if event is None else [replace(came, event=event, link=None)]

    def _after(self, scribe: Scribe, talk: Talk, incoming: Incoming) -> Talk:
        if talk.erased:
            return talk
        event = incoming.event
        if isinstance(event, Started):
            event = Started(self._library.team_of(incoming.link))
            talk = led(self._library, self._following.newest, talk, incoming.link)
        step = advance(talk.dialogue, talk.voice.conversation, event)
        talk = spoken.received(scribe, talk, replace(incoming, event=event), step)
        after = scribe.after(talk, step)
        return begun(scribe, self._library, self._following.newest, after)

    async def _talks(
        self, tx: Transaction, batch: Sequence[Incoming], now: int, crowd: Crowd | None
    ) -> dict[Chat, Talk]:
        first: dict[Chat, Incoming] = {}
        for incoming in batch:
            first.setdefault(incoming.chat, incoming)
        found = await voices.of_chats(tx, first)
        new = [each for chat, each in first.items() if chat not in found or found[chat].damaged]
        if new and crowd is not None:
            new = await crowd.welcome(tx, new, now)
        if new:
            found |= await voices.begin(tx, [self._newcomer(each) for each in new], now)
        return {chat: await self._following.talk(tx, voice, now) for chat, voice in found.items()}

    def _newcomer(self, incoming: Incoming) -> tuple[Chat, Conversation, int]:
        dialogue = self._library.dialogue_of(incoming.link)
        language = self._library.texts.offered(incoming.language)
        reachable = incoming.chat.channel != "web"
        begun = Conversation(dialogue.name, dialogue.revision, language, reachable=reachable)
        return incoming.chat, begun, self._following.newest[dialogue.name]

    async def _write_down(
        self, tx: Transaction, talks: Collection[Talk], now: int, contact: int | None
    ) -> None:
        kept = [talk for talk in talks if not talk.erased]
        await messages.unsend(tx, [talk.voice.id for talk in kept if talk.cleared])
        for talk in (talk for talk in kept if talk.cleared and talk.keeps_log):
            await messages.forget(tx, talk.voice.id)
        await voices.save(tx, [talk.voice for talk in kept], contact)
        await messages.enqueue(tx, [row for talk in kept for row in talk.out], now)
        await alarms.set_(tx, [alarm for talk in kept for alarm in talk.alarms])
        if contact is not None:
            await sweeping.remember(tx, kept, now)
        for talk in kept:
            await sweeping.tidied(tx, talk, now)
        for talk in kept:
            await handed_over(tx, self._readers, talk, now)
            await spoken.tidied(tx, talk)
        for talk in (talk for talk in talks if talk.erased):
            await erase(tx, talk, now)
        for talk in kept:
            await self._invitations.make(tx, talk, now)
            if talk.joins is not None:
                event = await self._invitations.join(tx, talk.voice, talk.joins, now)
                joining = Incoming(talk.voice.chat, 0, event)
                await self._let_happen(tx, [joining], now, contact)
