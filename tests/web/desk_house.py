"""A desk on a real store, two teams, and families that hand something over."""

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.dialogue.answers import Answer, Chosen, Counted, Reached, Said, Worded
from bot.dialogue.around import Around
from bot.dialogue.conversation import Conversation, Status
from bot.dialogue.summary import Item, Summary
from bot.dialogue.vocabulary import VoiceKind
from bot.families.talk import HandedOver
from bot.library import Library
from bot.professionals import door, joining, reading
from bot.professionals.reception import Reception
from bot.storage import notes, professionals, revisions, voices
from bot.storage.notes import About
from bot.storage.records import Chat, Professional, Voice
from bot.storage.store import Store
from bot.storage.transaction import Transaction
from bot.storage.vault import Vault
from bot.teams import Team
from bot.texts import Texts
from bot.web.common import BodyLimit, error_pages, security_headers, static_files
from bot.web.desk import DESK, Demo, Desk, desk_routes

HERE = "http://127.0.0.1"
NOON = 1_763_724_600
"""Friday 21 November 2025, 12:30 in the Netherlands."""

PASSWORD = "vier losse kamelen drijven"

WORDS: dict[str, str] = {
    "vast/leave": "🚪",
    "vast/linked": "Gelukt. Je krijgt hier bericht.",
    "vast/link_gone": "Deze link werkt niet meer.",
    "vast/page_read": "{wie} van {team} heeft je verhaal gelezen.",
    "vast/page_answered": "{wie} van {team} schrijft:",
    "vast/write_back": "Schrijf terug",
    "vast/page_given_back": "{team} heeft je pagina gewist, zoals je vroeg.",
    "vast/page_waits_unread": "Nog niet gelezen: {moment}. Een collega weet het. {telefoon_team}",
    "vast/page_waits_seen": "Wel geopend: {moment}. Een collega weet het. {telefoon_team}",
    "vast/page_waits_nobody": "Niemand leest hier: {moment}. {telefoon_team}",
    "ouder/over_wie/short": "Over wie het gaat",
    "ouder/over_wie/choices/kind": "Over mijn kind",
    "ouder/over_wie/choices/gezin": "Over ons hele gezin",
    "ouder/vertel/short": "Waar je mee zit",
    "ouder/wens/short": "Waar je om vraagt",
    "ouder/goed/short": "Wat goed gaat",
    "ouder/zwaar/short": "Hier wil ik over praten",
    "ouder/zwaar/choices/slapen": "Slapen",
    "ouder/zwaar/choices/geld": "Geld of werk",
    "ouder/zwaar/choices/school": "School",
    "ouder/hoop/short": "Wat je hoopt",
    "ouder/kring/short": "Wie er meedenken",
    "ouder/zeker/short": "Hoe zeker je bent (0 tot 10)",
    "ouder/bellen/short": "Telefoon",
    "vast/circle_person": "{naam}: {wat}",
    "vast/circle_list": "{eerst}, {dan}",
    "vast/circle_near": "heel dichtbij",
    "vast/circle_gives": "geeft kracht",
    "vast/circle_costs": "kost kracht",
    "vast/circle_important": "vindt het belangrijk",
    "vast/circle_thinks_along": "wil meedenken",
    "vast/circle_not_asked": "nog niet gevraagd",
    "vast/picture_title": "De kring",
    "vast/picture_middle": "In het midden",
    "vast/picture_centre": "Wij",
    "vast/picture_near": "Heel dichtbij",
    "vast/picture_far": "Verder weg",
    "vast/picture_waiting": "Nog geen plek",
    "vast/picture_nobody": "niemand",
    "vast/picture_gives": "geeft kracht",
    "vast/picture_costs": "kost kracht",
    "vast/picture_important": "vindt het belangrijk dat het goed gaat",
    "vast/picture_thinks_along": "zou willen meedenken",
    "vast/picture_not_asked": "nog niet gevraagd",
}

TURKISH: dict[str, str] = {
    "vast/leave": "🚪",
    "vast/page_read": "{team} ekibinden {wie} anlattıklarını okudu.",
    "vast/page_answered": "{team} ekibinden {wie} yazıyor:",
    "vast/write_back": "Yanıtla",
    "ouder/over_wie/choices/kind": "Çocuğum hakkında",
    "ouder/over_wie/choices/gezin": "Bütün ailemiz hakkında",
    "ouder/zwaar/choices/slapen": "Uyku",
    "ouder/zwaar/choices/geld": "Para veya iş",
    "ouder/zwaar/choices/school": "Okul",
}

TEAMS = {
    "noord": Team("noord", "Wijkteam Noord", "088-000 00 01", 3, page_days=30),
    "zuid": Team("zuid", "Wijkteam Zuid", "088-000 00 02", 5, page_days=14),
}


def a_library() -> Library:
    """The words of one dialogue and of the house, in Dutch and Turkish, and two teams."""
    return Library({}, Texts(WORDS, {"tr": TURKISH}, ["tr"]), TEAMS, (), Around())


def told(words: str, language: str = "nl", question: str = "vertel") -> Item:
    """Something in own words."""
    section = {"vertel": "eigen_woorden", "wens": "vraag", "goed": "gaat_goed", "hoop": "hoop"}
    answer = Worded((Said(words),), language)
    return item(question, section.get(question, "kring"), answer)


def item(question: str, section: str, answer: Answer) -> Item:
    """One answer with its place on the page."""
    return Item(question, f"ouder/{question}", section, answer)


A_STORY = (
    item("over_wie", "vraag", Chosen(("kind",))),
    told("Uyuyamıyor. Okula gitmek istemiyor.\nBen de çok yoruldum.", "tr"),
    told("Birinin bizi dinlemesini istiyorum.", "tr", "wens"),
    told("Kardeşiyle iyi anlaşıyor.", "tr", "goed"),
    item("zwaar", "wat_speelt", Chosen(("slapen", "school"))),
    item("zeker", "samen_kiezen", Counted(4)),
    item("bellen", "praktisch", Reached("06 12 34 56 78")),
)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    time: int = NOON

    def now(self) -> int:
        return self.time


class Visitor:
    """Someone with a browser that keeps cookies and fills in forms, and runs no scripts."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.answer = httpx.Response(204)

    @property
    def html(self) -> str:
        return self.answer.text

    @property
    def status(self) -> int:
        return self.answer.status_code

    async def opens(self, path: str = "") -> str:
        self.answer = await self.client.get(DESK + path)
        return self.html

    async def posts(self, path: str, **fields: str) -> str:
        """Send a form of the page that is open now; its proof goes along."""
        proof = re.search(r'name="csrf" value="([0-9a-f]+)"', self.html)
        if proof and "csrf" not in fields:
            fields["csrf"] = proof[1]
        self.answer = await self.client.post(DESK + path, data=fields)
        return self.html


@dataclass
class House:
    """Everything the desk stands on, and ways to look behind it."""

    store: Store
    library: Library
    clock: Clock
    desk: Desk
    app: Starlette
    families: int = 0
    notes: dict[int, int] = field(default_factory=dict)

    def visitor(self, address: str = "192.0.2.1", **headers: str) -> Visitor:
        """Someone who is not logged in."""
        return Visitor(
            httpx.AsyncClient(
                transport=httpx.ASGITransport(self.app, client=(address, 50_000)),
                base_url=self.desk.public_url,
                headers=headers,
                follow_redirects=True,
            )
        )

    async def professional(self, name: str, *teams: str) -> Professional:
        """Someone who works here, without the minutes it takes to choose a password."""
        email = f"{name.casefold()}@team.example"

        async def work(tx: Transaction) -> Professional:
            id_ = await professionals.add(tx, email, self.clock.now())
            await professionals.set_name(tx, id_, name)
            await professionals.set_teams(tx, id_, teams)
            await professionals.activate(tx, id_)
            return (await professionals.by_id(tx, [id_]))[id_]

        return await self.store.write(work)

    async def member(self, name: str, *teams: str) -> Visitor:
        """Someone new who is logged in."""
        return await self.browser_of(await self.professional(name, *(teams or ("noord",))))

    async def browser_of(self, me: Professional) -> Visitor:
        """A browser in which ``me`` is logged in."""
        visitor = self.visitor()
        token = (
            await self.store.write(lambda tx: door.open_door(tx, me.id, self.clock.now()))
        ).token
        visitor.client.cookies.set(self.desk.cookies.named("bureau"), token)
        return visitor

    async def removes(self, name: str) -> None:
        """The operator takes someone's access away."""
        await joining.remove(self.store, f"{name.casefold()}@team.example", self.clock.now())

    async def hands_over(
        self,
        items: Sequence[Item] = A_STORY,
        *,
        team: str = "noord",
        language: str = "tr",
        channel: str = "telegram",
        status: Status = "done",
        beside: int = 0,
        who: VoiceKind = "parent",
        spoken: bytes | None = None,
        mime: str = "audio/ogg",
        fetched: bool = True,
    ) -> int:
        """A family tells something and gives it to ``team``; the page's number.

        With the page of another voice in ``beside`` it is told in the same case. What was
        ``spoken`` comes with it (its number is in ``notes``), ``fetched`` or not yet.
        """
        self.families += 1
        chat = Chat(channel, f"family {self.families}")
        conversation = Conversation(
            "ouder", "r1", language, team=team, status=status, turn=12, at="dank"
        )

        async def work(tx: Transaction) -> int:
            row = await revisions.keep(tx, "ouder", "r1", NO_WORDS)
            now = self.clock.now()
            if beside:
                (other,) = await tx.rows('select "case" from page where id = ?', (beside,))
                voice = await voices.join(tx, other["case"], chat, conversation, row, now)
            else:
                voice = (await voices.begin(tx, [(chat, conversation, row)], now))[chat]
            said, note = list(items), 0
            if spoken is not None:
                about = About(42, mime, "" if fetched else "een bestand")
                note = await notes.add(tx, voice, about, spoken if fetched else None, now)
                aloud = Worded((Said("Eerst dit."), Said("", 1, note, 42)), language)
                said.append(item("goed", "gaat_goed", aloud))
            summary = Summary("ouder", language, tuple(said), who)
            desk = Reception(self.library, f"{self.desk.public_url}{DESK}")
            await desk.list_page(tx, voice, HandedOver(team, summary), now)
            page = int((await tx.rows("select max(id) as id from page"))[0]["id"])
            if spoken is not None:
                self.notes[page] = note
            return page

        return await self.store.write(work)

    async def voice_of(self, page: int) -> Voice:
        """The family behind a page."""

        async def look(tx: Transaction) -> Voice:
            (row,) = await tx.rows("select voice from page where id = ?", (page,))
            return (await voices.by_id(tx, [row["voice"]]))[row["voice"]]

        return await self.store.read(look)

    async def page(self, page: int, me: Professional) -> reading.Opened:
        """A page as ``me`` sees it."""
        return await reading.opened(self.store, me, page, self.clock.now())

    async def audited(self) -> list[tuple[str, int | None, int | None]]:
        """What was noted: what, by whom, of which page."""
        rows = await self.store.read(
            lambda tx: tx.rows("select what, professional, page from audit order by id")
        )
        return [(row["what"], row["professional"], row["page"]) for row in rows]


NO_WORDS = b'{"dialogue":{"name":"ouder","start":"x","nodes":{}},"words":{}}'
"""A stored revision without words, as ``Library.revision_body`` would write it."""


@asynccontextmanager
async def house(
    folder: Path,
    *,
    public_url: str = HERE,
    telegram: str = "",
    demo: Demo | None = None,
) -> AsyncIterator[House]:
    """A desk that keeps its things in ``folder``."""
    clock, library = Clock(), a_library()
    async with await Store.open(folder, Vault.create(folder)) as store:
        desk = Desk(store, library, clock, public_url, telegram, demo=demo)
        app = Starlette(
            routes=[static_files(), *desk_routes(desk)],
            middleware=[
                Middleware(security_headers, public_url=public_url),
                Middleware(BodyLimit),
            ],
            exception_handlers=error_pages(),
        )
        yield House(store, library, clock, desk, app)
