"""Access, whole: what everyone can see of everyone, in every cell.

One case with two parents, young people of 12, 15 and 16, and others; voices that only drafted,
took their part back, erased themselves or gave it to another team; and another family. What each
of them told has their own name in it, and that is looked for in whatever anyone is shown: in every
chat, at every address of the desk and of the chat page (both from the router), and behind every
invitation.
"""

import asyncio
import re
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from starlette.routing import Route

from bot.dialogue.events import Tapped
from bot.dialogue.facts import ASPECTS
from bot.dialogue.vocabulary import VoiceKind
from bot.professionals import cases, door, joining
from bot.professionals.door import LoggedIn
from bot.professionals.meetings import Meetings
from bot.professionals.work import Work
from bot.storage.records import Professional
from bot.web.chat import ChatPage, chat_routes
from bot.web.desk import DESK, Desk, desk_routes
from bot.web.site import site
from tests.gathering import Person, library
from tests.world import PASSWORD, House, World

HERE = "http://127.0.0.1"

TODAY = date(2025, 11, 21)

NEAR, FAR = "linde", "buitengebied"
"""The team of the case, and another one."""


class Told(NamedTuple):
    """Someone who told something: what kind of voice, how old, and what became of it."""

    kind: VoiceKind
    age: int = 0
    team: str | None = NEAR
    fate: str = "sent"


CASE = {
    "sanne": Told("parent"),
    "bouke": Told("parent"),
    "mila": Told("young", 12),
    "noor": Told("young", 15),
    "timo": Told("young", 16),
    "jippe": Told("child", 9),
    "trees": Told("other"),
    "wieke": Told("young", 14, None, "drafted"),
    "eefje": Told("other", 0, None, "took it back"),
    "kaya": Told("parent", 0, None, "erased"),
    "hanna": Told("other", 0, FAR),
}
"""One case. ``sanne`` begins it and invites everybody else."""

OTHERS = {"vreemd": Told("parent")}
"""Another family, with the same team."""

EVERYONE = CASE | OTHERS

ROLES: dict[str, str | None] = {"anna": NEAR, "zita": FAR, "rob": None, "nobody": None}
"""Professionals by the team whose pages they may see: rob was removed, nobody never logged in."""


def secret(name: str) -> str:
    """What only this voice told."""
    return f"geheim van {name}"


def told_in(text: str) -> set[str]:
    """Whose secrets stand in ``text``, in whatever place."""
    return {name for name in EVERYONE if re.search(rf"\b{name}\b", text, re.IGNORECASE)}


FIELDS: dict[str, str] = {
    "antwoord": "hoi",
    "dag": TODAY.isoformat(),
    "gesprek": "1",
    **dict.fromkeys(ASPECTS, "not"),
}
"""What each form of the desk is filled in with."""


def may_see(role: str, owner: str) -> bool:
    """The rule: an active professional of the team that someone gave it to, as long as it is."""
    return ROLES[role] is not None and ROLES[role] == EVERYONE[owner].team


@dataclass
class Street:
    """Everybody, and a browser for each who works at the desk."""

    house: House
    app: httpx.ASGITransport
    people: dict[str, Person]
    desk: Desk
    chat: ChatPage
    pages: dict[str, int] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)

    def browser(self, role: str = "nobody", *, of_voice: str = "") -> httpx.AsyncClient:
        client = httpx.AsyncClient(transport=self.app, base_url=HERE, follow_redirects=False)
        if role in self.cookies:
            client.cookies.set(self.desk.cookies.named("bureau"), self.cookies[role])
        if of_voice:
            client.cookies.set("gesprek", self.people[of_voice].address)
        return client


@dataclass
class Facts:
    """What happened, as far as a test has to know it again."""

    pages: dict[str, int] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)


async def _told(street: Street, name: str) -> None:
    """From the first question to what became of it."""
    person, told = street.people[name], EVERYONE[name]
    await person.tells(secret(name), f"vriend van {name}", age=told.age, hope=f"hoop van {name}")
    if told.fate == "drafted":
        return
    await person.sends()
    (row,) = await street.house.store.read(lambda tx: tx.rows("select max(id) as id from page"))
    street.pages[name] = row["id"]
    if told.fate == "took it back":
        await person.asks("menu")
        await person.taps("-page", "-withdraw", "-withdraw.yes")
    elif told.fate == "erased":
        await person.asks("erase")
        await person.taps("-erase.yes")


def _at_home(house: House) -> Street:
    chat = ChatPage(house.store, house.conversations, house.library, house.clock, HERE, None, 0.01)
    desk = Desk(house.store, house.library, house.clock, HERE)
    people = {name: Person(house, name) for name in EVERYONE}
    return Street(house, httpx.ASGITransport(site(chat, desk)), people, desk, chat)


async def _live(world: World) -> Facts:
    """Let everything happen that is told above; what is good to know of it."""
    facts = Facts()
    async with world.on() as house:
        street = _at_home(house)
        street.pages = facts.pages
        for role in ("anna", "zita", "rob"):
            token = await joining.invite(
                house.store, f"{role}@team.example", [ROLES[role] or NEAR], house.clock.now()
            )
            name = f"Collega {role[:1].upper()}"
            inside = await joining.accept(house.store, token, name, PASSWORD, house.clock.now())
            assert isinstance(inside, LoggedIn)
            facts.cookies[role] = inside.token
            me = await door.visitor(house.store, inside.token, house.clock.now())
            assert me is not None
            facts.professionals[role] = me
        for name in ("vreemd", "sanne"):
            await street.people[name].starts()
            await _told(street, name)
        for name, told in CASE.items():
            if name == "sanne":
                continue
            await street.people[name].opens(await street.people["sanne"].invites(told.kind))
            if told.team == FAR:
                await street.people[name].starts(f"t_{FAR}")
            await _told(street, name)
        await joining.remove(house.store, "rob@team.example", house.clock.now())
    return facts


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Facts]:
    """All of it, once."""
    folder = tmp_path_factory.mktemp("street")
    world = World(folder, replace(library(folder), site=HERE, bot="samen_bot"))
    return world, asyncio.run(_live(world))


@pytest.fixture
async def street(lived: tuple[World, Facts], tmp_path: Path) -> AsyncIterator[Street]:
    """A copy of it for each test."""
    world, facts = lived
    shutil.copytree(world.folder, tmp_path / "copy")
    async with World(tmp_path / "copy", world.books).on() as house:
        built = _at_home(house)
        built.pages, built.cookies = facts.pages, facts.cookies
        built.professionals = facts.professionals
        yield built


def addresses(routes: list[Route], part: str) -> Iterator[tuple[str, str]]:
    """(method, path) of every route, ``part`` of them with a page."""
    for route in routes:
        for method in sorted((route.methods or set()) - {"HEAD"}):
            if part in route.path:
                yield method, route.path


async def read(answer: httpx.Response) -> str:
    """All that can be read in an answer, in a PDF too."""
    if answer.headers.get("content-type") != "application/pdf":
        return answer.text
    return await asyncio.to_thread(_on_paper, answer.content)


def _on_paper(made: bytes) -> str:
    program = shutil.which("pdftotext") or "pdftotext"
    found = subprocess.run([program, "-", "-"], input=made, capture_output=True, check=True)
    return found.stdout.decode()


async def test_every_page_route_of_the_desk_shows_each_role_what_its_team_was_given(
    street: Street,
) -> None:
    cells = 0
    for role in ROLES:
        browser = street.browser(role)
        for method, path in addresses(desk_routes(street.desk), "{page:int}"):
            if method != "GET":
                continue
            for owner, page in street.pages.items():
                asked = path.replace("{page:int}", str(page))
                of_a_note = "{note:int}" in asked  # nobody here spoke, so there is none
                answer = await browser.get(asked.replace("{note:int}", "1"))
                cells += 1
                where = f"{role} at {path} of {owner}"
                if of_a_note or not may_see(role, owner):
                    assert answer.status_code in (303, 404, 410), where
                    assert not told_in(await read(answer)), where
                    continue
                assert answer.status_code == 200, where
                if answer.headers["content-type"] == "image/png":
                    continue
                mates = CASE if owner in CASE else OTHERS
                expected = {name for name in mates if may_see(role, name)}
                assert told_in(await read(answer)) == expected, where
    assert cells >= 5 * len(ROLES) * len(street.pages)


async def test_the_list_shows_each_role_a_line_for_each_case_of_its_team(street: Street) -> None:
    for role, team in ROLES.items():
        answer = await street.browser(role).get(DESK)

        if team is None:
            assert answer.status_code == 303, role
            continue
        assert answer.status_code == 200
        shown = re.findall(rf"{DESK}/pagina/(\d+)", answer.text)
        assert len(shown) == {NEAR: 2, FAR: 1}[team]
        assert {owner for owner, page in street.pages.items() if str(page) in shown} <= {
            owner for owner in EVERYONE if may_see(role, owner)
        }


async def test_nobody_but_the_team_can_do_anything_with_a_part(street: Street) -> None:
    async def state() -> list[tuple[object, ...]]:
        pages = "select id, state, professional, read_at from page order by id"
        rows = await street.house.store.read(lambda tx: tx.rows(pages))
        met = await street.house.store.read(lambda tx: tx.rows("select * from meeting"))
        return [tuple(row) for row in (*rows, *met)]

    note = Meetings(street.house.store, street.house.library).note
    now = street.house.clock.now()
    for role, owner in (("anna", "sanne"), ("zita", "hanna")):
        me = street.professionals[role]
        await Work(street.house.store, street.house.library).claim(me, street.pages[owner], now)
        assert await note(me, street.pages[owner], TODAY, now) == "met"
    before = await state()
    for role in ROLES:
        browser = street.browser(role)
        proof = street.desk.proof("member", street.cookies.get(role, "none"))
        for method, path in addresses(desk_routes(street.desk), "{page:int}"):
            for owner, page in street.pages.items():
                if method != "POST" or may_see(role, owner):
                    continue
                asked = path.replace("{page:int}", str(page))
                answer = await browser.post(asked, data={"csrf": proof, **FIELDS})
                assert answer.status_code in (403, 404, 410), f"{role} {path} {owner}"

    assert await state() == before


async def test_in_the_chats_everyone_reads_what_is_their_own(street: Street) -> None:
    anna = street.professionals["anna"]
    work, now = Work(street.house.store, street.house.library), street.house.clock.now()
    await work.claim(anna, street.pages["sanne"], now)
    await work.mark_read(anna, street.pages["sanne"], now)
    for owner in CASE:
        if may_see("anna", owner):
            await work.answer(anna, street.pages[owner], f"Dag {owner}!", now)

    for name, person in street.people.items():
        if EVERYONE[name].fate == "erased":
            assert not await person.is_known()
            continue
        said = await person.said()
        assert told_in(said) == {name}, name
        if name in CASE and may_see("anna", name):
            assert f"Dag {name}!" in said
            assert said.count("heeft je verhaal gelezen") == 1
        else:
            assert "heeft je verhaal gelezen" not in said, name


async def test_what_is_said_of_a_talk_is_for_its_own_voice_and_its_own_team(
    street: Street,
) -> None:
    """Three voices of one case, and one of another team, each with another answer."""
    said = {"sanne": "fully", "bouke": "partly", "mila": "not", "hanna": "unsure"}
    words = {"fully": "Ja, helemaal", "partly": "Een beetje", "not": "Nee", "unsure": "Weet ik"}
    house, now = street.house, street.house.clock.now()
    work, deeds = Work(house.store, house.library), Meetings(house.store, house.library)
    for owner, view in said.items():
        me = street.professionals["anna" if EVERYONE[owner].team == NEAR else "zita"]
        page = street.pages[owner]
        await work.claim(me, page, now)
        await deeds.note(me, page, TODAY, now)
        opened = await cases.opened(house.store, me, page, now)
        (talk,) = (met for part in opened.parts if part.listed.id == page for met in part.met)
        await street.people[owner].taps("-meeting", "-meeting.yes", *[f"-meeting.{view}"] * 3)
        await street.people[owner].taps("-meeting.give")
        await deeds.leave(me, page, talk.id, now)

    for name, person in street.people.items():
        if EVERYONE[name].fate == "erased":
            continue
        heard = await person.said()
        theirs = {owner for owner, view in said.items() if f"Jij: {words[view]}" in heard}
        await person.taps("-meeting")
        heard = await person.said()
        theirs |= {owner for owner, view in said.items() if f"Jij: {words[view]}" in heard}
        assert theirs == ({name} & set(said)), name
        assert ("spraken elkaar" in heard) == (name in said), name
    for role in ROLES:
        for owner, page in street.pages.items():
            answer = await street.browser(role).get(f"{DESK}/pagina/{page}")
            cells = set(re.findall(r"<td>(\w[^<]*)</td>", answer.text))
            seen = {who for who, view in said.items() if any(words[view] in c for c in cells)}
            mates = CASE if owner in CASE else OTHERS
            may = {who for who in said if may_see(role, owner) and may_see(role, who)}
            assert seen == (may if mates is CASE else set()), f"{role} at the page of {owner}"


async def test_nobody_is_told_whether_another_told_anything(street: Street) -> None:
    """Who took part first and who came last heard the same about the others when they came."""
    welcomes = set()
    for name, told in CASE.items():
        if name != "sanne" and told.fate != "erased":
            welcomes |= {
                line.text
                for message in await street.people[name].heard()
                for line in message.lines
                if "Iemand uit je gezin" in line.text
            }

    assert len(welcomes) == 1


async def test_every_address_of_the_chat_page_shows_a_voice_its_own_only(street: Street) -> None:
    token = await street.people["sanne"].invites("other")
    cells = 0
    for name in (*EVERYONE, ""):
        browser = street.browser(of_voice=name)
        for method, path in addresses(chat_routes(street.chat), "/"):
            if method != "GET" or path.startswith("/verder"):
                continue
            path = path.replace("{invitation}", token).replace("{team}", NEAR)
            path = re.sub(r"\{\w+:int\}", "1", path)
            answer = await browser.get(f"{path}?na=0")
            cells += 1
            assert told_in(await read(answer)) <= {name}, f"{name} at {path}"
    assert cells >= 12 * (len(EVERYONE) + 1)


async def test_a_link_to_come_back_by_is_worth_what_its_own_voice_may_see(street: Street) -> None:
    for name in EVERYONE:
        browser = street.browser()
        browser.follow_redirects = True

        answer = await browser.get(f"/verder/{name}")

        assert answer.status_code == (404 if EVERYONE[name].fate == "erased" else 200), name
        assert told_in(answer.text) <= {name}


async def test_behind_an_invitation_is_nothing_of_anybody(street: Street) -> None:
    tokens = {
        kind: await street.people["sanne"].invites(kind)
        for kind in ("parent", "young", "child", "other")
    }
    for kind, token in tokens.items():
        guest = Person(street.house, f"gast {kind}")
        seen = await street.browser().get(f"/i/{token}")
        await guest.opens(token)

        assert not told_in(seen.text)
        assert not told_in(await guest.said())
        for name in CASE:
            if CASE[name].fate != "erased":
                await street.people[name].opens(token)
                assert told_in(await street.people[name].said()) == {name}


async def test_each_team_has_the_parts_it_was_given_and_no_trace_of_others(street: Street) -> None:
    for role in ("anna", "zita"):
        me = street.professionals[role]
        found = [
            case for some in (await cases.listed(street.house.store, me)).values() for case in some
        ]
        kinds = sorted(len(case.parts) for case in found)
        assert kinds == {"anna": [1, 7], "zita": [1]}[role]
        for case in found:
            opened = await cases.opened(street.house.store, me, case.id, street.house.clock.now())
            # Two parts were taken away, and both were of the big case of the near team.
            assert opened.is_less == (len(case.parts) == 7)


# --- Sharing ------------------------------------------------------------------------------------

SHARED = {"sanne": ("bouke", "mila"), "noor": ("sanne",), "timo": ("sanne",), "bouke": ("sanne",)}
"""Who shares with whom: two parents, and young people of 12, 15 and 16. ``noor`` takes it back,
``timo`` erases everything, and ``bouke`` takes his page back after he shared."""


def may_read(reader: str, sharer: str) -> bool:
    """The rule: who it was shared with, unless it was taken back or erased since."""
    return sharer == reader or (reader in SHARED.get(sharer, ()) and sharer not in ("noor", "timo"))


async def _share(street: Street, sharer: str, reader: str) -> None:
    """Share the first words over the tie that ``reader`` knows this sharer by."""
    person, order = street.people[sharer], [name for name in CASE if name != "sanne"]
    await person.sees_the_list()
    buttons = [key for row in (await person.heard())[-1].rows for key in row]
    give = [key.code for key in buttons if key.code.startswith("-give.")]
    if sharer == "sanne":  # the invitations were made in that order, and stand the newest first
        ties = await street.house.store.read(lambda tx: tx.rows("select id from tie order by id"))
        tie = ties[order.index(reader)]["id"]
        turn = (await person.voice()).conversation.turn
        sharing = (await person.voice()).conversation.sharing
        assert sharing is not None
        assert tie in {other.tie for other in sharing.shares.others}
        await person.does(Tapped(turn, f"-give.{tie}"))
    else:
        await person.taps(*give)
    screen = (await person.heard())[-1]
    boxes = [key for row in screen.rows for key in row if key.code.startswith("-give_item.")]
    words = next(key.code for key in boxes if "Waar ik mee zit" in key.label)
    await person.taps(words, "-give_show", "-give_yes")


async def _everyone_looks(street: Street) -> None:
    for person in street.people.values():
        if await person.is_known():
            codes = [key.code for each in await person.heard() for row in each.rows for key in row]
            for code in dict.fromkeys(code for code in codes if code.startswith("-shared.")):
                await person.taps(code)
                if "-look" in await person.offers():
                    await person.taps("-look")


async def test_before_anything_is_shared_everyone_reads_their_own_only(street: Street) -> None:
    for name, person in street.people.items():
        if await person.is_known():
            await person.sees_the_list()
            assert told_in(await person.said()) <= {name}


async def test_after_sharing_everyone_reads_what_was_shared_with_them_and_nothing_else(
    street: Street,
) -> None:
    people = street.people
    for sharer, readers in SHARED.items():
        for reader in readers:
            await _share(street, sharer, reader)
    await people["noor"].takes_back()
    await people["timo"].asks("erase")
    await people["timo"].taps("-erase.yes")
    await people["bouke"].asks("page")
    await people["bouke"].taps("-withdraw", "-withdraw.yes")

    await _everyone_looks(street)

    cells = 0
    for reader, person in people.items():
        if not await person.is_known():
            continue
        said = await person.said()
        whole = said + await person.file()
        for sharer in EVERYONE:
            cells += 1
            is_read = may_read(reader, sharer)
            assert (secret(sharer) in whole) is is_read, f"{reader} of {sharer}"
            if sharer != reader:  # the words that were chosen, and nobody and nothing else
                assert f"vriend van {sharer}" not in whole, f"{reader} of {sharer}"
                assert f"hoop van {sharer}" not in whole, f"{reader} of {sharer}"
    assert cells >= 9 * len(EVERYONE)


async def test_who_withdrew_their_page_can_share_nothing_new(street: Street) -> None:
    bouke = street.people["bouke"]
    await bouke.asks("page")
    await bouke.taps("-withdraw", "-withdraw.yes")

    await bouke.sees_the_list()

    assert not any(code.startswith("-give.") for code in await bouke.offers())
    for code in ("-give.1", "-give_item.1", "-give_show", "-give_yes"):
        await bouke.taps(code)
    await _everyone_looks(street)
    for name, person in street.people.items():
        if name != "bouke" and await person.is_known():
            assert "bouke" not in told_in(await person.said())


async def test_at_no_address_does_anyone_else_find_what_was_shared(street: Street) -> None:
    """On the chat page who it is for reads it; at the desk it is nowhere."""
    await _share(street, "noor", "sanne")
    await _everyone_looks(street)

    for name in (*EVERYONE, ""):
        answer = await street.browser(of_voice=name).get("/gesprek")
        assert ("noor" in told_in(answer.text)) is (name in ("noor", "sanne")), name
    for role in ROLES:
        for method, path in addresses(desk_routes(street.desk), "{page:int}"):
            if method == "GET" and "{note:int}" not in path and not path.endswith(".png"):
                asked = path.replace("{page:int}", str(street.pages["hanna"]))
                answer = await street.browser(role).get(asked)
                if answer.headers.get("content-type") != "image/png":
                    assert "noor" not in told_in(await read(answer)), f"{role} at {path}"
