"""Where the conversations of families meet the desk: pages come in, professionals are told apart.

What ``bot.conversations`` needs from the desk, inside its own transactions.
"""

import logging
import secrets
from collections.abc import Mapping
from typing import Protocol

from bot.dialogue.summary import Summary
from bot.handover.codes import code_name
from bot.handover.page import DUTCH, as_json, make_page
from bot.library import Library, read_revision
from bot.professionals import notices
from bot.storage import audit, pages, professionals, revisions, voices
from bot.storage.records import Chat, Voice
from bot.storage.transaction import Transaction
from bot.teams import Team

log = logging.getLogger(__name__)


class Knock(Protocol):
    """Something that came in a chat, perhaps with the payload of the link someone followed."""

    @property
    def chat(self) -> Chat:
        """Where it came in."""
        ...

    @property
    def link(self) -> str | None:
        """Such as ``t_linde`` of a family, ``p_…`` of a professional."""
        ...


class Reception:
    """Takes in pages for the teams in ``library``; ``desk_url`` is where they are read."""

    def __init__(self, library: Library, desk_url: str) -> None:
        self._library = library
        self._desk_url = desk_url
        self._linked: set[bytes] | None = None

    async def took(self, tx: Transaction, incoming: Knock, now: int) -> bool:
        """Whether this is a professional's, and was dealt with here.

        It is when it came with a link from the desk, and when the chat is linked to a professional
        and no family's conversation is there. Who follows a team's link starts one.
        """
        chat, link = incoming.chat, incoming.link
        if link is not None and link.startswith(notices.LINK):
            await notices.link(tx, link, chat, self._library.texts, now)
            self._linked = None
            return True
        if link is not None or not await self._may_be_linked(tx, chat):
            return False
        person = await professionals.linked_to(tx, chat)
        if person is None or await voices.of_chats(tx, [chat]):
            return False
        await notices.point_to_desk(tx, chat, person, self._desk_url, now)
        return True

    async def list_page(
        self, tx: Transaction, voice: Voice, summary: Summary, team: str, now: int
    ) -> None:
        """Consent was given: the page is on the desk of ``team`` when the transaction ends.

        Everyone of the team is told, without a word of what is in it.
        """
        page = make_page(
            summary,
            self._library.texts,
            self._team(team),
            now,
            code=code_name(secrets.token_bytes(8)),
            values=self._library.values(team, DUTCH),
            stored=await self._stored_words(tx, voice),
        )
        id_ = await pages.add(
            tx, case=voice.case, voice=voice.id, team=team, body=as_json(page), now=now
        )
        await audit.note(tx, "page listed", now, page=id_)
        if await notices.announce(tx, team, self._desk_url, now) == 0:
            log.error("page %d came in for a team without professionals", id_)

    def _team(self, team: str) -> Team:
        """The team's profile; a bare one when it is gone since the family chose it.

        Their page is kept either way, for the operator to give to someone.
        """
        known = self._library.teams.get(team)
        if known is None:
            log.error("a page came in for a team that has no profile any more")
        return known or Team(id=team, name=team, phone="", reply_days=0)

    async def _may_be_linked(self, tx: Transaction, chat: Chat) -> bool:
        """False for every chat that is not linked: asked for each update, so kept in memory.

        Links are made in this process only (``took``); one that was taken away elsewhere is found
        out when it is looked up.
        """
        if self._linked is None:
            self._linked = await professionals.linked_chats(tx)
        return bool(self._linked) and voices.chat_hash(tx.vault, chat) in self._linked

    async def _stored_words(self, tx: Transaction, voice: Voice) -> Mapping[str, Mapping[str, str]]:
        """The words of the revision this voice is in, when it is not today's."""
        conversation = voice.conversation
        today = self._library.dialogues.get(conversation.dialogue)
        if today is not None and today.revision == conversation.revision:
            return {}
        _, words = read_revision(await revisions.body(tx, voice.revision))
        return words
