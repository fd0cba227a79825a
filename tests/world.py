"""The whole house on one database that is switched off and on: Telegram, the outbox and the desk.

Everything is the real thing but Telegram itself (``tests/telegram_server.py``) and the clock.
"""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bot.channels.telegram import Telegram, connected
from bot.conversations import Conversations, Incoming
from bot.delivery import Delivery
from bot.dialogue.events import Event
from bot.families.allowance import Limits
from bot.fetching import Fetching
from bot.library import Library, authored_folders
from bot.professionals import door, joining
from bot.professionals.door import LoggedIn
from bot.professionals.reception import Reception
from bot.professionals.work import Work
from bot.storage import voices
from bot.storage.records import Chat, Professional, Voice
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.transcription import Transcription
from tests.telegram_server import MIDDAY, TelegramServer

NOW = int(MIDDAY)

DESK = "https://samen.example/bureau"

PASSWORD = "een lang wachtwoord van mij"


@dataclass
class Clock:
    """A clock that stands still until someone moves it; ``steady`` counts seconds beside it."""

    time: int = NOW
    steady_time: float = 0.0

    def now(self) -> int:
        return self.time

    def steady(self) -> float:
        return self.steady_time

    def passes(self, seconds: float) -> None:
        self.steady_time += seconds


@dataclass
class House:
    """The bot while it is switched on."""

    store: Store
    library: Library
    conversations: Conversations
    delivery: Delivery
    clock: Clock
    telegram: Telegram | None = None
    fetching: Fetching | None = None

    async def settle(self) -> None:
        """Let everything happen that can: fetch until nothing comes, send until nothing waits."""
        if self.telegram is not None:
            while await self.telegram.came_in.fetch(0):
                pass
        if self.fetching is not None:
            await self.fetching.settle()
        while (rest := await self.delivery.settle()) is not None:
            self.clock.passes(rest)

    async def voice(self, channel: str, address: str) -> Voice:
        """Whoever is in that chat."""
        chat = Chat(channel, address)
        return (await self.store.read(lambda tx: voices.of_chats(tx, [chat])))[chat]

    async def happens(self, channel: str, address: str, *events: Event, link: str = "") -> None:
        """Events that come in one batch, each with a number of its own."""
        batch = [
            Incoming(Chat(channel, address), secrets.randbits(62), event, link=link or None)
            for event in events
        ]
        await self.conversations.receive(batch, self.clock.now())

    async def professional(self, email: str = "anna@example.org") -> Professional:
        """A professional of De Linde, invited and inside."""
        token = await joining.invite(self.store, email, ["linde"], self.clock.now())
        inside = await joining.accept(self.store, token, "Anna", PASSWORD, self.clock.now())
        assert isinstance(inside, LoggedIn), inside
        person = await door.visitor(self.store, inside.token, self.clock.now())
        assert person is not None
        return person

    @property
    def work(self) -> Work:
        """What professionals do."""
        return Work(self.store, self.library)


@cache
def library() -> Library:
    """All that is authored, with the example teams; read once, as nobody can change it."""
    folders = authored_folders()
    read = Library.read(folders.dialogues, folders.locales, folders.dialogues / "teams")
    assert isinstance(read, Library), "\n".join(map(str, read))
    return read


@dataclass
class World:
    """A folder with keys and a database, a clock, and perhaps Telegram.

    ``books`` is what was authored; it may change while the bot is off.
    """

    folder: Path
    books: Library = field(default_factory=library)
    server: TelegramServer | None = None
    clock: Clock = field(default_factory=Clock)
    vault: type[Vault] = Vault
    writer: Transcription | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if not (self.folder / "keys").exists():
            self.vault.create(self.folder)

    @asynccontextmanager
    async def on(self) -> AsyncIterator[House]:
        """Switch the bot on, and off at the end."""
        vault = self.vault.open(self.folder)
        async with await Store.open(self.folder, vault) as store:
            conversations = Conversations(
                store, self.books, Reception(self.books, DESK), self.limits
            )
            await conversations.open()
            if self.server is None:
                delivery = Delivery(store, {}, self.clock, steady=self.clock.steady)
                yield House(store, self.books, conversations, delivery, self.clock)
                return
            async with connected(
                self.server.token,
                self.server.api,
                conversations.receive,
                store,
                self.clock,
                self.books.texts,
            ) as there:
                delivery = Delivery(
                    store, {"telegram": there.out}, self.clock, steady=self.clock.steady
                )
                sources = {"telegram": there.files}
                fetching = Fetching(store, conversations.tell, sources, self.clock, self.writer)
                yield House(store, self.books, conversations, delivery, self.clock, there, fetching)
