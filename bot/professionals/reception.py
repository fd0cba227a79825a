"""Where the conversations of families meet the desk: pages come in, professionals are told apart.

What ``bot.conversations`` needs from the desk, inside its own transactions.
"""

import logging
import secrets
from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec.structs import replace

from bot.dialogue.effects import MeetingRequest, PageRequest
from bot.dialogue.events import MeetingTold, PageTold
from bot.families.mine import file_of
from bot.families.talk import HandedOver
from bot.handover.codes import code_name
from bot.handover.making import make_page
from bot.handover.page import DUTCH, as_json, decode, recordings_on
from bot.library import Library, read_revision
from bot.professionals import meetings, notices
from bot.professionals.requests import Requests
from bot.storage import audit, family_pages, notes, pages, professionals, revisions, voices
from bot.storage.errors import Damaged
from bot.storage.records import Chat, PageRow, Voice
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

    async def list_page(self, tx: Transaction, voice: Voice, given: HandedOver, now: int) -> None:
        """Consent was given: the page is on the desk of its team when the transaction ends.

        A fuller one takes the place of the one that is there, under the same name, unless that is
        closed, asked back or gone. Everyone of the team is told, without a word of what is in it;
        of a part that comes to a case that someone has in hand, only they are.
        """
        holder: int | None = None
        before = await self._before(tx, voice, given)
        beside = await pages.beside(tx, voice.case, given.team)
        page = make_page(
            given.summary,
            self._library.texts,
            self._team(given.team),
            before.came if before else now,
            code=decode(beside[0].body).code if beside else code_name(secrets.token_bytes(8)),
            values=self._library.values(given.team, DUTCH),
            stored=await self._stored_words(tx, voice),
        )
        if before is None:
            id_ = await pages.add(
                tx, case=voice.case, voice=voice.id, team=given.team, body=as_json(page), now=now
            )
            await audit.note(tx, "page listed", now, page=id_)
            holder = await _handed_on(tx, id_, beside)
        else:
            id_ = before.id
            await pages.renew(tx, before, as_json(replace(page, renewed=now)), now)
            await audit.note(tx, "page renewed", now, page=id_)
        await notes.hand_over(tx, id_, recordings_on(page), now)
        line = notices.RENEWED_PAGE if before else notices.NEW_PAGE
        if holder and await notices.announce(
            tx, given.team, self._desk_url, now, line=notices.NEW_PART, only=holder
        ):
            return
        if await notices.announce(tx, given.team, self._desk_url, now, line=line) == 0:
            log.error("page %d came in for a team without professionals", id_)

    async def _before(self, tx: Transaction, voice: Voice, given: HandedOver) -> PageRow | None:
        """The page that the one handed over now takes the place of, when there is one."""
        if not given.fuller:
            return None
        try:
            newest = await family_pages.newest(tx, voice.id)
        except Damaged:
            return None  # what they told now has to arrive, whatever became of what they told then
        if newest is None or newest.state == "closed" or newest.asked_back_at is not None:
            return None
        return newest if decode(newest.body).team == given.team else None

    async def answer(
        self, tx: Transaction, voice: Voice, request: PageRequest | MeetingRequest, now: int
    ) -> PageTold | MeetingTold:
        """What came of what a family asked about its page or a meeting, and how that is then."""
        if isinstance(request, MeetingRequest):
            return await meetings.answered(tx, voice, request, self._desk_url, now)
        return await Requests(self._library, self._desk_url).answer(tx, voice, request, now)

    async def mine(self, tx: Transaction, voice: Voice, now: int) -> str:
        """Everything that is this voice's own, as a file."""
        return await file_of(tx, self._library, voice, now)

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


async def _handed_on(tx: Transaction, page: int, beside: Sequence[PageRow]) -> int | None:
    """Who has the case in hand that ``page`` is a new part of, and so this part too."""
    for part in beside:
        held = part.professional if part.state in ("reading", "answered") else None
        if held is not None and await pages.hand_to(tx, page, held):
            return held
    return None
