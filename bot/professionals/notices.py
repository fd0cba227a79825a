"""Word to professionals that there is something to read: never what, nor of whom.

By e-mail to everyone of the team, and in Telegram to those who linked a chat to their account.
"""

import secrets

from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.storage import access, audit, professionals
from bot.storage.messages import enqueue
from bot.storage.records import Chat, NewMessage, Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction
from bot.texts import Line, Message, Texts

NEW_PAGE = "Er staat een nieuwe pagina voor je klaar."
NEW_PART = "Bij een pagina van jou is een nieuw deel gekomen."
RENEWED_PAGE = "Een gezin heeft een pagina aangevuld."
FAMILY_WROTE = "Een gezin heeft je team iets geschreven."
ASKED_BACK = "Een gezin vraagt een pagina terug."
MEETING = "Bij een gesprek dat je team had, staat iets nieuws."
PASSED_ON = "Een pagina wacht al een werkdag. Wil jij kijken?"
ONLY_NOTICES = "Hier krijg je alleen bericht als er iets te lezen is. Lezen doe je hier:"

LINK_LASTS = 3600
"""Seconds in which the link that was made at the desk has to be opened in Telegram."""

LINK = "p_"
"""What the payload of such a link begins with; no dialogue's links do (``Dialogue.links``)."""


async def announce(
    tx: Transaction,
    team: str,
    desk_url: str,
    now: int,
    *,
    line: str = NEW_PAGE,
    only: int | None = None,
    but: int | None = None,
) -> int:
    """Tell every active professional of ``team``; to how many that is.

    With ``only`` that one alone, if they are of the team; with ``but`` everyone else, and that one
    too when there is nobody else.
    """
    people = await professionals.of_team(tx, team)
    if only is not None:
        people = [person for person in people if person.id == only]
    people = [person for person in people if person.id != but] or people
    for person in people:
        chats = [Chat("mail", person.email)]
        if linked := await professionals.linked_chat(tx, person.id):
            chats.append(linked)
        await enqueue(tx, [_notice(chat, now, line, desk_url, to=person.id) for chat in chats], now)
    return len(people)


async def new_link(store: Store, me: Professional, now: int) -> str:
    """The payload of a Telegram link that, opened within the hour, links that chat to me."""
    token = secrets.token_urlsafe(32)
    await store.write(lambda tx: access.invite(tx, token, me.id, "telegram", now + LINK_LASTS))
    return LINK + token


async def link(tx: Transaction, payload: str, chat: Chat, texts: Texts, now: int) -> None:
    """Someone opened a link in ``chat``: they hear there whether the chat is linked now."""
    token = payload.removeprefix(LINK)
    found = await access.invited(tx, token, now)
    person = None
    if found and found[1] == "telegram" and await access.use_invitation(tx, token, now):
        person = found[0]
        await professionals.link_chat(tx, person, chat)
        await audit.note(tx, "telegram linked", now, professional=person)
    line = texts.text(Text(f"{ENGINE}/{'link_gone' if person is None else 'linked'}"), "nl", {})
    await enqueue(tx, [_notice(chat, now, line, to=person)], now)


async def point_to_desk(tx: Transaction, chat: Chat, person: int, desk_url: str, now: int) -> None:
    """Someone wrote in a chat that is for notices: say where the reading is done."""
    await enqueue(tx, [_notice(chat, now, ONLY_NOTICES, desk_url, to=person)], now)


async def unlink(store: Store, me: Professional, now: int) -> None:
    """No notices in Telegram any more."""

    async def work(tx: Transaction) -> None:
        await access.revoke(tx, me.id, "telegram")
        if await professionals.unlink_chat(tx, me.id):
            await audit.note(tx, "telegram unlinked", now, professional=me.id)

    await store.write(work)


async def is_linked(store: Store, me: Professional) -> bool:
    """Whether notices go to a Telegram chat too."""
    return await store.read(lambda tx: professionals.linked_chat(tx, me.id)) is not None


def _notice(chat: Chat, now: int, *lines: str, to: int | None) -> NewMessage:
    message = Message(tuple(Line(line) for line in lines), language="nl")
    return NewMessage(None, chat, "notice", now, message, professional=to)
