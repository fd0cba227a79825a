"""What every address of the chat page uses: the conversation behind a cookie, and its templates."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import Response

from bot.conversations import Conversations, Incoming
from bot.dialogue.events import Door, Event
from bot.dialogue.lock import is_shut, shut_since
from bot.families.incoming import Recorded
from bot.families.invitations import door_of
from bot.library import Library
from bot.storage import messages, voices
from bot.storage.records import Chat, Voice
from bot.storage.store import Store
from bot.storage.transaction import Transaction
from bot.web.chat_view import LogRow, new_update, page_values, talk_values
from bot.web.chat_visit import Pass, language_of
from bot.web.common import Clock, cookie_options, policy, render
from bot.web.headers import PERMISSIONS

Found: TypeAlias = tuple[Voice, list[LogRow]]
"""A conversation and its log."""

TALK = "/gesprek"
NEWS = "/gesprek/nieuw"


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What the chat page needs.

    ``leave_to`` is the https address where 🚪 leads; None: our own empty page. ``longest_wait`` is
    how many seconds a page waits for news before it asks again.
    """

    store: Store
    conversations: Conversations
    library: Library
    clock: Clock
    public_url: str
    leave_to: str | None = None
    longest_wait: float = 25


class Site:
    """Finds conversations, lets things happen in them, and fills templates."""

    def __init__(self, page: ChatPage) -> None:
        self.page = page
        self.library = page.library
        self.texts = page.library.texts
        self.languages = [known.code for known in self.texts.languages]
        self.visitors = Pass(cookie_options(page.public_url))

    async def found(self, secret: str) -> Found | None:
        """The conversation that ``secret`` finds; an unknown and an expired one are alike.

        Of one that is shut with a code the log begins where it was shut.
        """
        chat = Chat("web", secret)

        async def look(tx: Transaction) -> Found | None:
            voice = (await voices.of_chats(tx, [chat])).get(chat)
            if voice is None:
                return None
            since = shut_since(voice.conversation)
            log = await messages.log_of(tx, voice)
            return voice, [row for row in log if row[2] >= since]

        return await self.page.store.read(look) if secret else None

    async def opened(self, secret: str) -> Found | None:
        """The conversation that ``secret`` finds, unless it is shut with a code."""
        found = await self.found(secret)
        return None if found is None or is_shut(found[0].conversation) else found

    async def door_of(self, secret: str, invitation: str) -> Door | None:
        """What there is to say to who opens ``invitation`` here; None when they can use it.

        Looking uses nothing up. Who has another conversation in this browser can use it too.
        """
        chat, now = Chat("web", secret), self.page.clock.now()

        async def look(tx: Transaction) -> Door | None:
            here = (await voices.of_chats(tx, [chat])).get(chat) if secret else None
            door = await door_of(tx, here, invitation, now)
            return None if door == "asked" else door

        return await self.page.store.read(look)

    async def happens(
        self,
        secret: str,
        event: Event,
        *,
        update: int | None = None,
        language: str | None = None,
        link: str | None = None,
        recorded: Recorded | None = None,
    ) -> None:
        """Let ``event`` happen in the conversation of ``secret``; once for each ``update``."""
        incoming = Incoming(
            chat=Chat("web", secret),
            update=new_update() if update is None else update,
            event=event,
            language=language,
            link=link,
            recorded=recorded,
        )
        await self.page.conversations.receive([incoming], self.page.clock.now())

    def team(self, request: Request) -> str | None:
        """The team in the address, when there is one that we know."""
        team = request.path_params.get("team")
        return team if team in self.library.teams else None

    def talk(
        self, secret: str, found: Found, *, after: int = 0, typed: str = "", status: int = 200
    ) -> Response:
        """The conversation, its bubbles after ``after`` only; ``typed`` was too long to send."""
        link = f"{self.page.public_url.rstrip('/')}/verder/{secret}"
        page = str(self.library.values(found[0].conversation.team).get("chatpagina", ""))
        values = talk_values(self.texts, *found, after=after, typed=typed, link=link, page=page)
        response = self._shown("chat_talk.html", status, values)
        # Only here may someone be heard, and hear themselves before they send it.
        response.headers["content-security-policy"] = policy(connect=True, media="'self' blob:")
        response.headers["permissions-policy"] = PERMISSIONS.replace(
            "microphone=()", "microphone=(self)"
        )
        return response

    def gone(self, request: Request) -> Response:
        """There is no conversation here, said without a word about any conversation."""
        words = {"heading": "chat_gone", "line": "chat_gone_more"}
        return self.show(request, "chat_gone.html", status=404, **words)

    def show(
        self, request: Request, template: str, *, status: int = 200, **values: Any
    ) -> Response:
        """A page in the language of whoever asks for it."""
        language = language_of(request, self.languages)
        return self._shown(template, status, {**page_values(self.texts, language), **values})

    def _shown(self, template: str, status: int, values: dict[str, Any]) -> Response:
        values |= {"leave_to": self.page.leave_to or "", "site": self.page.public_url}
        response = render(template, status=status, **values)
        response.headers["content-security-policy"] = policy(connect=True)
        return response
