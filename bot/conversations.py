"""What people did, one transaction: start reading here.

Something a person did reaches us as an ``Incoming`` (``bot.channels``, ``bot.web.chat``). Here we
look up whose it is, the pure core says what happens (``bot.dialogue.engine.advance``), a ``Scribe``
(``bot.talk``) puts that into words, and all of it is written in the same transaction: where each
conversation stands now, the messages to go out (the outbox, emptied by ``bot.delivery``), alarms,
and the page when consent was given (``bot.professionals``). When ``receive`` returns, that is on
the disk; only then may a channel confirm. So an update counts once, however often it comes.

A mistake of our own costs one answer: that update is set aside, sealed, and the family hears so.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot import mishaps
from bot.dialogue.conversation import Conversation, Event, Rang, Started, Wrote
from bot.dialogue.engine import advance
from bot.dialogue.summary import Summary, summarise
from bot.dialogue.tree import Dialogue
from bot.library import Library, read_revision
from bot.storage import alarms, messages, revisions, seen, voices
from bot.storage.records import Chat, Voice
from bot.storage.store import Store, Transaction
from bot.talk import Scribe, Talk

AT_ONCE = 100  # alarms in one transaction


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something that happened in one chat. ``update`` counts once for its channel.

    ``link`` is what came with the deep link someone followed (``t_linde``), ``ref`` the channel's
    number of their message, for clearing the chat later, ``raw`` what to set aside when we fail.
    """

    chat: Chat
    update: int
    event: Event = field(repr=False)
    language: str | None = None
    link: str | None = None
    ref: int | None = None
    raw: bytes = field(default=b"", repr=False)


class Readers(Protocol):
    """Who pages are for, as far as a conversation knows them."""

    async def took(self, tx: Transaction, incoming: Incoming, now: int) -> bool:
        """Whether this came from a professional, and not from a family."""

    async def list_page(
        self, tx: Transaction, voice: Voice, summary: Summary, team: str, now: int
    ) -> None:
        """Consent was given: from this transaction on, the page is on the desk of ``team``."""


class Conversations:
    """Everybody's conversations, over one store and one library."""

    def __init__(self, store: Store, library: Library, readers: Readers) -> None:
        self._store = store
        self._library = library
        self._readers = readers
        self._newest: dict[str, int] = {}
        self._stored: dict[int, tuple[Dialogue, Mapping[str, Mapping[str, str]]]] = {}

    async def open(self) -> None:
        """Keep today's revision of every dialogue. Once, before anything is received."""

        async def keep(tx: Transaction) -> None:
            for name, dialogue in self._library.dialogues.items():
                body = self._library.revision_body(dialogue)
                row = await revisions.keep(tx, name, dialogue.revision, body)
                self._newest[name] = row
                self._stored[row] = (dialogue, {})
            await revisions.forget_unused(tx, self._newest.values())

        await self._store.write(keep)

    async def receive(self, batch: Sequence[Incoming], now: int) -> None:
        """Let all of ``batch`` happen, in order; it is on the disk when this returns.

        What was seen before is passed over. Raises ``StorageError`` when nothing could be kept:
        then the channel must not confirm, and the same updates come again.
        """

        async def work(tx: Transaction) -> None:
            fresh = await _never_seen(tx, batch, now)
            of_families = [each for each in fresh if not await self._readers.took(tx, each, now)]
            await self._let_happen(tx, of_families, now, contact=now)

        if batch:
            await self._store.write(work)

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

    async def _let_happen(
        self, tx: Transaction, batch: Sequence[Incoming], now: int, contact: int | None
    ) -> None:
        scribe = Scribe(self._library.texts, self._library.values, now)
        talks = await self._talks(tx, batch, now)
        for incoming in batch:
            talk = talks[incoming.chat]
            try:
                talks[incoming.chat] = self._after(scribe, talk, incoming)
            except Exception as mistake:
                await mishaps.keep(tx, incoming, mistake, now)
                talks[incoming.chat] = mishaps.sorry(scribe, talk)
        await self._write_down(tx, talks.values(), now, contact)

    def _after(self, scribe: Scribe, talk: Talk, incoming: Incoming) -> Talk:
        if talk.erased:
            return talk
        event = incoming.event
        if isinstance(event, Started):
            event = Started(self._library.team_of(incoming.link))
        words = event.words if isinstance(event, Wrote) else None
        step = advance(talk.dialogue, talk.voice.conversation, event)
        return scribe.after(scribe.received(talk, words, incoming.ref), step)

    async def _talks(
        self, tx: Transaction, batch: Sequence[Incoming], now: int
    ) -> dict[Chat, Talk]:
        first = {incoming.chat: incoming for incoming in reversed(batch)}
        found = await voices.of_chats(tx, first)
        new = [each for chat, each in first.items() if chat not in found or found[chat].damaged]
        if new:
            found |= await voices.begin(tx, [self._newcomer(each) for each in new], now)
        return {chat: await self._talk(tx, voice) for chat, voice in found.items()}

    def _newcomer(self, incoming: Incoming) -> tuple[Chat, Conversation, int]:
        dialogue = self._library.dialogue_of(incoming.link)
        language = self._library.texts.offered(incoming.language)
        reachable = incoming.chat.channel != "web"
        begun = Conversation(dialogue.name, dialogue.revision, language, reachable=reachable)
        return incoming.chat, begun, self._newest[dialogue.name]

    async def _talk(self, tx: Transaction, voice: Voice) -> Talk:
        newest = self._newest.get(voice.conversation.dialogue)
        if newest is not None and not voice.conversation.answers:
            voice = replace(voice, revision=newest)
        if voice.revision not in self._stored:
            dialogue, words = read_revision(await revisions.body(tx, voice.revision))
            self._stored[voice.revision] = (dialogue.furnished(self._library.around), words)
        return Talk(voice, *self._stored[voice.revision])

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
        for talk in kept:
            if talk.handed_over is not None:
                summary = summarise(talk.dialogue, talk.voice.conversation)
                await self._readers.list_page(tx, talk.voice, summary, talk.handed_over, now)
        for talk in (talk for talk in talks if talk.erased):
            await _erase(tx, talk, now)


async def _never_seen(tx: Transaction, batch: Iterable[Incoming], now: int) -> list[Incoming]:
    by_channel: dict[str, dict[int, Incoming]] = {}
    for each in batch:
        by_channel.setdefault(each.chat.channel, {}).setdefault(each.update, each)
    fresh: list[Incoming] = []
    for channel, updates in by_channel.items():
        new = await seen.first_sight_of(tx, channel, list(updates), now)
        fresh += [each for update, each in updates.items() if update in new]
    return fresh


async def _erase(tx: Transaction, talk: Talk, now: int) -> None:
    """The key and every row of a voice; what it takes to clear the chat outlives it a moment."""
    refs = await messages.refs_since(tx, talk.voice.id, now - messages.CLEARABLE)
    refs += [row.ref for row in talk.out if row.ref is not None]
    await voices.erase(tx, [talk.voice.id])
    said = [row.message for row in talk.out if row.kind == "say"]
    if not talk.keeps_log:
        await messages.farewell(tx, talk.voice.chat, refs, said[-1] if said else None, now)
