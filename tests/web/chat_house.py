"""One whole house with the chat page on it: real store, real conversations, a small dialogue."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.authored.dutch import read_authored
from bot.authored.helplines import with_numbers
from bot.conversations import Conversations, Incoming
from bot.dialogue.around import Around
from bot.dialogue.events import Event
from bot.dialogue.tree import (
    Choice,
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    Node,
    Review,
    Statement,
    Words,
)
from bot.library import Library, authored_folders
from bot.professionals.reception import Reception
from bot.storage import voices
from bot.storage.records import Chat, Voice
from bot.storage.store import Store
from bot.storage.vault import Vault
from bot.teams import Team
from bot.texts import Texts
from bot.web.chat import ChatPage, chat_routes
from bot.web.chat_recordings import LARGEST_UPLOAD, SPEAK
from bot.web.common import BodyLimit, error_pages, security_headers, static_files
from bot.wording.languages import DUTCH
from bot.wording.words import folded
from tests.dialogue.trees import to
from tests.web.chat_reading import Button, Seen, read

HERE = "http://127.0.0.1"

FIXED = authored_folders().dialogues

LINDE = Team("linde", "Wijkteam Linde", "030 123 45 67", 3, ("Lindedorp",), ("0013",))

ARABIC: dict[str, str | tuple[str, ...]] = {
    "proef/welkom/text": "أهلاً بك.",
    "proef/over_wie/text": "عمّن تريد أن تحكي؟",
    "proef/over_wie/choices/kind": "عن طفلي",
    "proef/over_wie/choices/mezelf": "عن نفسي",
    "vast/ahead": ("بقي حوالي {aantal} أسئلة.",) * 6,
    "vast/back": "←",
    "vast/help": "🆘",
    "vast/leave": "🚪",
    "vast/menu": "⋯",
    "vast/chat_leave": "خروج",
    "vast/chat_back": "رجوع",
    "vast/chat_help": "مساعدة الآن",
    "vast/chat_menu": "المزيد",
    "vast/chat_write": "اكتب هنا",
    "vast/chat_send": "إرسال",
    "vast/chat_heading": "احكِ لنا ما يشغلك",
    "vast/chat_begin": "ابدأ",
    "vast/chat_emergency": "هل هناك خطر الآن؟ اتصل بالرقم 112.",
}
"""Enough for the first page and the first question; the rest is said in Dutch."""

WORDS = {
    "proef/welkom/text": "Fijn dat je er bent.",
    "proef/over_wie/text": "Over wie gaat het?",
    "proef/over_wie/short": "Over wie het gaat",
    "proef/over_wie/why": "Dan weet het team om wie het gaat.",
    "proef/over_wie/choices/kind": "Over mijn kind",
    "proef/over_wie/choices/mezelf": "Over mezelf",
    "proef/vertel/text": "Waar zit je mee?",
    "proef/vertel/short": "Waar je mee zit",
    "proef/zwaar/text": "Wat is nu zwaar? Kies alles wat past.",
    "proef/zwaar/short": "Wat nu zwaar is",
    "proef/zwaar/choices/slapen": "Slapen",
    "proef/zwaar/choices/geld": "Geld of werk",
    "proef/zwaar/choices/school": "School",
    "proef/nummer/text": "Op welk nummer kan het team je bellen?",
    "proef/nummer/short": "Telefoon",
    "proef/nakijken/text": "Dit heb je verteld.",
    "proef/sturen/text": "Mag ik dit naar {team} sturen?",
    "proef/sturen/send": "Ja, stuur het",
    "proef/sturen/keep": "Nee, nu niet",
    "proef/dank/text": "Dank je wel. Bel {team} gerust: {telefoon_team}.",
    "proef/bewaard/text": "Dat is goed. Ik stuur niets.",
}


NODES: tuple[Node, ...] = (
    Statement(id="welkom", context="proef/welkom", routes=to("over_wie")),
    Choice(
        id="over_wie",
        context="proef/over_wie",
        codes=("kind", "mezelf"),
        why=True,
        section="vraag",
        routes=to("vertel"),
    ),
    Words(id="vertel", context="proef/vertel", section="eigen_woorden", routes=to("zwaar")),
    Choices(
        id="zwaar",
        context="proef/zwaar",
        codes=("slapen", "geld", "school"),
        section="wat_speelt",
        routes=to("nummer"),
    ),
    Contact(
        id="nummer", context="proef/nummer", of="phone", section="praktisch", routes=to("nakijken")
    ),
    Review(id="nakijken", context="proef/nakijken", routes=to("sturen")),
    HandOver(id="sturen", context="proef/sturen", routes=to("dank"), otherwise="bewaard"),
    Ending(id="dank", context="proef/dank"),
    Ending(id="bewaard", context="proef/bewaard"),
)


@dataclass
class Clock:
    """A clock that stands still."""

    time: int = 1_800_000_000

    def now(self) -> int:
        return self.time


@dataclass
class Visitor:
    """Someone with a browser that runs no scripts: reads a page, presses a button, types."""

    client: httpx.AsyncClient
    answer: httpx.Response = field(init=False)

    async def opens(self, address: str) -> Seen:
        self.answer = await self.client.get(address)
        return self.page

    async def presses(self, label: str) -> Seen:
        return await self.sends(self.page.button(label))

    async def types(self, words: str) -> Seen:
        return await self.sends(self.page.button("Zet in het gesprek"), words=words)

    async def begins(self, address: str = "/t/linde") -> Seen:
        await self.opens(address)
        return await self.presses("Beginnen")

    async def sends(self, button: Button, **more: str) -> Seen:
        """Press ``button``; its form takes along what it holds, and ``more``."""
        fields = {**button.form.hidden, **more}
        if button.name:
            fields[button.name] = button.value
        self.answer = await self.client.post(button.form.action, data=fields)
        return self.page

    @property
    def page(self) -> Seen:
        return read(self.answer.text)

    @property
    def secret(self) -> str:
        """What the cookie holds."""
        return self.client.cookies.get("gesprek") or ""


@dataclass
class House:
    """Everything the chat page stands on, and ways to look behind it."""

    store: Store
    conversations: Conversations
    app: Starlette
    clock: Clock

    def visitor(self, **headers: str) -> Visitor:
        return Visitor(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app),
                base_url=HERE,
                headers={"accept-language": "nl-NL,nl;q=0.9", **headers},
                follow_redirects=True,
            )
        )

    async def voice(self, secret: str) -> Voice | None:
        chat = Chat("web", secret)
        return (await self.store.read(lambda tx: voices.of_chats(tx, [chat]))).get(chat)

    async def voices(self) -> int:
        rows = await self.store.read(lambda tx: tx.rows("select count(*) as n from voice"))
        return int(rows[0]["n"])

    async def pages(self) -> int:
        """How many pages lie on the desk."""
        rows = await self.store.read(lambda tx: tx.rows("select count(*) as n from page"))
        return int(rows[0]["n"])

    async def happens(self, secret: str, event: Event) -> None:
        """Something that did not come by the page."""
        incoming = Incoming(chat=Chat("web", secret), update=secrets.randbits(62), event=event)
        await self.conversations.receive([incoming], self.clock.now())


def library() -> Library:
    """A small dialogue in Dutch and, as far as the first question, in Arabic; with one team.

    The fixed words and the helplines are those of the project.
    """
    written, _ = read_authored(FIXED)
    dutch = with_numbers({**folded(written.words), **WORDS}, written.helplines, DUTCH)
    around = Around(
        (LINDE.place,),
        tuple(helpline.id for helpline in written.helplines),
        (("nl", "Nederlands"), ("ar", "العربية")),
    )
    dialogue = Dialogue("proef", "welkom", {node.id: node for node in NODES}, ("t",), "r1")
    return Library(
        {"proef": dialogue.furnished(around)},
        Texts(dutch, {"ar": ARABIC}, ["ar"]),
        {LINDE.id: LINDE},
        written.helplines,
        around,
    )


@asynccontextmanager
async def house(
    folder: Path,
    *,
    public_url: str = HERE,
    leave_to: str | None = None,
    longest_wait: float = 25,
    conversations: type[Conversations] = Conversations,
    books: Library | None = None,
) -> AsyncIterator[House]:
    """A house that keeps its things in ``folder``; ``books`` is what was authored."""
    clock, books = Clock(), books or library()
    async with await Store.open(folder, Vault.create(folder)) as store:
        talks = conversations(store, books, Reception(books, HERE))
        await talks.open()
        page = ChatPage(store, talks, books, clock, public_url, leave_to, longest_wait)
        app = Starlette(
            routes=[static_files(), *chat_routes(page)],
            middleware=[
                Middleware(security_headers, public_url=public_url),
                Middleware(BodyLimit, larger={SPEAK: LARGEST_UPLOAD}),
            ],
            exception_handlers=error_pages(),
        )
        yield House(store, talks, app, clock)
