"""Invitations in the world: made, opened, and used once.

An invitation is the only way into a case that is there already. What opening one comes to is found
out here, inside the transaction in which it happens; what is said of it is said by the pure core
(``bot.dialogue.inviting``). The one who comes learns which team it is for, and no more.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Door, Event, Invited, Tapped
from bot.dialogue.inviting import JOIN
from bot.dialogue.message import Say
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue
from bot.families import sharing
from bot.families.talk import Talk
from bot.library import INVITATION, Library
from bot.storage import invites, messages, ties, voices
from bot.storage.invites import Invite
from bot.storage.records import Chat, NewMessage, Voice
from bot.storage.transaction import Transaction


class Came(Protocol):
    """Something that happened in a chat (``bot.conversations.Incoming``)."""

    @property
    def chat(self) -> Chat:
        """Where."""

    @property
    def event(self) -> Event:
        """What."""

    @property
    def language(self) -> str | None:
        """The language of whoever did it, as far as the channel tells."""

    @property
    def link(self) -> str | None:
        """What came with the link someone followed."""


CameT = TypeVar("CameT", bound=Came)


def token_of(link: str | None) -> str | None:
    """What stands in the link of an invitation; None for any other link, and for none."""
    return link.removeprefix(INVITATION) if link and link.startswith(INVITATION) else None


def parted(batch: Iterable[CameT]) -> Iterator[list[CameT]]:
    """The batch in order, cut where an invitation may change whose talk a chat goes on with."""
    part: list[CameT] = []
    for came in batch:
        event = came.event
        if token_of(came.link) or (isinstance(event, Tapped) and event.code == JOIN):
            yield from (each for each in (part, [came]) if each)
            part = []
        else:
            part.append(came)
    if part:
        yield part


@dataclass(frozen=True, slots=True)
class Invitations:
    """Those of one library. ``row_of`` gives the row of today's revision of a dialogue."""

    library: Library
    row_of: Callable[[Dialogue], int]

    async def make(self, tx: Transaction, talk: Talk, now: int) -> None:
        """Let what was given out in this talk be used; whoever came by one gets what waited."""
        for token, kind in talk.invitations:
            await invites.add(tx, token, talk.voice, kind, now)
            await ties.add(tx, token, talk.voice, kind, now)
        if talk.meets:
            await sharing.arrived(tx, self.library, talk.voice, now)

    async def opened(self, tx: Transaction, came: Came, now: int) -> Invited | None:
        """What the link that ``came`` does in its chat; None when it was answered here.

        Who has no talk yet is in a new one from now on, when the invitation can be used.
        """
        token = token_of(came.link) or ""
        invite = await invites.found(tx, token, now)
        here = (await voices.of_chats(tx, [came.chat])).get(came.chat)
        if here is not None and not here.damaged:
            return Invited(_door(here, invite), token)
        language = self.library.texts.offered(came.language)
        if await self._begins(tx, invite, token, came.chat, language, 0, now):
            return Invited("in")
        await self._say_gone(tx, came.chat, language, now)
        return None

    async def join(self, tx: Transaction, here: Voice, token: str, now: int) -> Invited:
        """Who talks in a case of their own goes on in that of the invitation, when it can be used.

        The voice they had keeps what it sent, until its own term is over.
        """
        invite = await invites.found(tx, token, now)
        conversation = here.conversation
        if await self._begins(
            tx, invite, token, here.chat, conversation.language, conversation.turn, now
        ):
            return Invited("in")
        return Invited("gone")

    async def _begins(
        self,
        tx: Transaction,
        invite: Invite | None,
        token: str,
        chat: Chat,
        language: str,
        turn: int,
        now: int,
    ) -> bool:
        """Whether a new voice began in ``chat`` by using the invitation up."""
        dialogue = invite and self.library.dialogue_of_voice(invite.who)
        if invite is None or dialogue is None or not await invites.use(tx, token, now):
            return False
        inviter = (await voices.by_id(tx, [invite.voice]))[invite.voice]
        begun = Conversation(
            dialogue.name,
            dialogue.revision,
            language,
            team=inviter.conversation.team,
            turn=turn,
            reachable=chat.channel != "web",
        )
        joined = await voices.join(tx, invite.case, chat, begun, self.row_of(dialogue), now)
        await ties.met(tx, token, joined)
        return True

    async def _say_gone(self, tx: Transaction, chat: Chat, language: str, now: int) -> None:
        """To someone who is in no talk, and whom no page can tell."""
        if chat.channel == "web":
            return
        say = Say((line("invitation_gone"), line("invitation_start")), turn=0)
        message = self.library.texts.say(say, language, self.library.values(None))
        await messages.enqueue(tx, [NewMessage(None, chat, "notice", now, message)], now)


async def door_of(tx: Transaction, here: Voice | None, token: str, now: int) -> Door:
    """What an invitation is to ``here``, or to someone new; ``asked`` when it can be used."""
    return _door(here, await invites.found(tx, token, now))


def _door(here: Voice | None, invite: Invite | None) -> Door:
    if invite is None:
        return "gone"
    if here is not None and invite.case == here.case:
        return "own" if invite.voice == here.id else "already"
    return "asked"
