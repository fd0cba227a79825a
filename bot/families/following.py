"""Which revision of a dialogue each conversation follows, and which one newcomers get.

Whoever is under way stays in the revision they began in, with today's words where the node is the
same; whoever told nothing yet is in today's. A revision that was recalled is followed by nobody:
at their next event people go on in today's, or in the newest that is kept when it is today's that
was recalled. So is one that cannot be read any more.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

import msgspec
import msgspec.structs

from bot.dialogue.tree import Dialogue
from bot.families.talk import Talk
from bot.library import Library, as_it_was, read_revision
from bot.storage import revisions
from bot.storage.errors import StorageError
from bot.storage.records import Voice
from bot.storage.transaction import Transaction

log = logging.getLogger(__name__)

Words: TypeAlias = Mapping[str, Mapping[str, str]]


class Following:
    """The revisions in one database, next to what was authored today.

    ``library`` is what newcomers get: today's, but for dialogues that were recalled. ``newest`` is
    the row of what they follow in each dialogue.
    """

    def __init__(self, today: Library) -> None:
        self.library = today
        self.newest: dict[str, int] = {}
        self._today = today
        self._rows: dict[str, int] = {}
        self._recalled: frozenset[int] | None = None
        self._read: dict[int, tuple[Dialogue, Words]] = {}

    async def open(self, tx: Transaction) -> None:
        """Keep today's revision of every dialogue, and the one before, to be able to go back."""
        for name, dialogue in self._today.dialogues.items():
            body = self._today.revision_body(dialogue)
            self._rows[name] = await revisions.keep(tx, name, dialogue.revision, body)
        before = [await revisions.latest(tx, name, row) for name, row in self._rows.items()]
        keep = {*self._rows.values(), *(row for row in before if row is not None)}
        await revisions.forget_unused(tx, keep)
        await self.look(tx)

    async def look(self, tx: Transaction) -> None:
        """See what was recalled since the last time, also by another process."""
        recalled = await revisions.recalled(tx)
        if recalled == self._recalled:
            return
        self._recalled = recalled
        self.library, self.newest = self._today, dict(self._rows)
        self._read = {row: (self._today.dialogues[name], {}) for name, row in self._rows.items()}
        for name, row in self._rows.items():
            if row in recalled:
                await self._go_back(tx, name, row)

    async def talk(self, tx: Transaction, voice: Voice, now: int) -> Talk:
        """``voice`` with the dialogue it follows at ``now``, and the words that go with it."""
        name = voice.conversation.dialogue
        newest = self.newest.get(name)
        row = voice.revision
        if row in self._gone:
            row = newest or await revisions.latest(tx, name, row) or row
        elif newest is not None and not voice.conversation.answers:
            row = newest
        if row not in self._read:
            found = await self._stored(tx, row)
            if found is None:  # nobody can be left without a dialogue
                row = self.newest[self.library.named(name).name]
            else:
                self._read[row] = found
        dialogue, words = self._read[row]
        dialogue = self.library.at(dialogue, now)
        if row == voice.revision:
            return Talk(voice, dialogue, words)
        led = msgspec.structs.replace(
            voice.conversation, dialogue=dialogue.name, revision=dialogue.revision
        )
        return Talk(replace(voice, revision=row, conversation=led), dialogue, words)

    @property
    def _gone(self) -> frozenset[int]:
        return self._recalled or frozenset()

    async def _go_back(self, tx: Transaction, name: str, row: int) -> None:
        """Today's revision was recalled: the newest other one takes its place, if there is one."""
        before = await revisions.latest(tx, name, row)
        found = None if before is None else await self._stored(tx, before, in_own_words=True)
        if before is None or found is None:
            log.error("the dialogue %s was recalled, and there is no other to follow", name)
            return
        self.library = self.library.with_revision(*found)
        self.newest[name] = before
        self._read[before] = (self.library.dialogues[name], {})

    async def _stored(
        self, tx: Transaction, row: int, *, in_own_words: bool = False
    ) -> tuple[Dialogue, Words] | None:
        """What is kept in ``row``; None when it cannot be read."""
        try:
            bare, words = read_revision(await revisions.body(tx, row))
        except (StorageError, msgspec.DecodeError) as error:
            problem = type(error).__name__
        else:
            today = None if in_own_words else self.library.dialogues.get(bare.name)
            return as_it_was(bare, today).furnished(self.library.around), words
        log.error("revision %d cannot be read: %s", row, problem)
        return None
