"""Every page that consent was given for is on the desk, or an alarm says why not (promises, O1).

People come and go, pages are claimed, read, answered, closed, asked back and erased in any order,
and the power fails before or after any commit. After each thing the promise is tried.
"""

import random  # noqa: TID251 - the same days every time
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.dialogue.effects import PageRequest, TakeBack, WriteTeam
from bot.professionals import joining, reading
from bot.professionals.reading import NotYoursError
from bot.professionals.reception import Reception
from bot.professionals.waiting import Waiting
from bot.professionals.work import Work
from bot.storage import professionals, voices
from bot.storage import store as the_store
from bot.storage.records import Professional
from tests.web.desk_house import House, house

HAND_OVERS = 1_000
WALKS = 10


class PowerCutError(Exception):
    """The power failed here."""


@dataclass
class Office:
    """A team, and what was handed over to it and not taken away since."""

    desk: House
    waiting: Waiting
    chance: random.Random
    pages: list[int] = field(default_factory=list)
    came: int = 0
    joined: int = 0

    # --- What happens -----------------------------------------------------------------------------

    async def somebody_hands_over(self) -> None:
        known = set(await self.kept())
        self.came += 1
        try:
            await self.desk.hands_over(language="nl")
        finally:
            self.pages += set(await self.kept()) - known

    async def somebody_joins(self) -> None:
        if len(await self.people()) < 3:
            self.joined += 1
            await self.desk.professional(f"Nummer{self.joined}", "noord")

    async def somebody_is_removed(self) -> None:
        if people := await self.people():
            await joining.remove(self.desk.store, self.chance.choice(people).email, self.now)

    async def somebody_works(self) -> None:
        people = await self.people()
        if not (people and self.pages):
            return
        me, page = self.chance.choice(people), self.chance.choice(self.pages)
        work, now = Work(self.desk.store, self.desk.library), self.now
        deeds: list[Callable[[], Awaitable[object]]] = [
            lambda: self.desk.page(page, me),
            lambda: work.claim(me, page, now),
            lambda: work.mark_read(me, page, now),
            lambda: work.answer(me, page, "Dank je wel.", now),
            lambda: work.close(me, page, now),
            lambda: work.give_back(me, page, now),
        ]
        try:
            await self.chance.choice(deeds)()
        finally:
            self.pages = [page for page in self.pages if page in await self.kept()]

    async def a_family_does_something(self) -> None:
        if not self.pages:
            return
        page = self.chance.choice(self.pages)
        voice = await self.desk.voice_of(page)
        reception = Reception(self.desk.library, "https://samen.example")
        wishes: list[PageRequest] = [WriteTeam("Nog iets."), TakeBack(though_read=True)]
        wishes.append(TakeBack(though_read=False))
        request = self.chance.choice(wishes)
        try:
            if self.chance.random() < 0.1:
                await self.desk.store.write(lambda tx: voices.erase(tx, [voice.id]))
            else:
                await self.desk.store.write(
                    lambda tx: reception.answer(tx, voice, request, self.now)
                )
        finally:
            self.pages = [page for page in self.pages if page in await self.kept()]

    async def time_passes(self) -> None:
        self.desk.clock.time += self.chance.choice([30, 3600, 26 * 3600, 4 * 86_400])

    # --- What must hold ---------------------------------------------------------------------------

    async def is_as_promised(self, caplog: pytest.LogCaptureFixture) -> None:
        """Within a minute each page is on the desk of someone, or there is an alarm; and no page
        is on that of anyone who was removed."""
        caplog.clear()
        self.waiting._alarmed.clear()
        await self.waiting.visit(self.now)
        alarmed = {int(page) for page in re.findall(r"page (\d+) waits", caplog.text)}
        open_pages = await self.of_state("new", "reading")
        seen = set[int]()
        for one in await self.people():
            listed = await reading.listed(self.desk.store, one)
            seen |= {line.id for lines in listed.values() for line in lines}
        assert set(open_pages) <= seen | alarmed
        assert not seen & alarmed
        assert set(self.pages) == set(await self.kept())
        for one in await self.people(active=0):
            assert not any((await reading.listed(self.desk.store, one)).values())
            for page in self.pages[:3]:
                with pytest.raises(NotYoursError):
                    await self.desk.page(page, one)
        for page in await self.unread_too_long():
            assert page in await self.passed_on(), "a second person heard of it"

    # --- Looking behind it ------------------------------------------------------------------------

    @property
    def now(self) -> int:
        return self.desk.clock.now()

    async def ids(self, sql: str, *params: int | str) -> list[int]:
        rows = await self.desk.store.read(lambda tx: tx.rows(sql, params))
        return [row["id"] for row in rows]

    async def kept(self) -> list[int]:
        return await self.ids("select id from page order by id")

    async def of_state(self, *states: str) -> list[int]:
        return await self.ids("select id from page where state in (?, ?) order by id", *states)

    async def people(self, active: int = 1) -> list[Professional]:
        """Everyone who works there; with 0 everyone who did."""
        ids = await self.ids("select id from professional where active = ?", active)
        return list((await self.desk.store.read(lambda tx: professionals.by_id(tx, ids))).values())

    async def unread_too_long(self) -> list[int]:
        """For five days, whatever is between: no two holidays and a weekend are longer."""
        return await self.ids(
            "select id from page where read_at is null and state in ('new', 'reading')"
            " and asked_back_at is null and coalesce(waits_since, came) < ?",
            self.now - 5 * 86_400,
        )

    async def passed_on(self) -> list[int]:
        return await self.ids("select id from page where passed_on_at is not null")


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with house(tmp_path) as desk:
        waiting = Waiting(desk.store, desk.library, "https://samen.example/bureau")
        yield Office(desk, waiting, random.Random(0))


@pytest.mark.parametrize("walk", range(WALKS))
async def test_every_page_is_on_the_desk_or_an_alarm_says_so(
    office: Office,
    walk: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    office.chance = random.Random(walk)
    power = {"left": -1}

    def may_fail(_point: str) -> None:
        power["left"] -= 1
        if power["left"] == 0:
            raise PowerCutError

    monkeypatch.setattr(the_store, "fail_point", may_fail)
    happenings = (
        office.somebody_joins,
        office.somebody_is_removed,
        office.somebody_works,
        office.somebody_works,
        office.somebody_works,
        office.a_family_does_something,
        office.time_passes,
    )

    while office.came < HAND_OVERS // WALKS:
        for happens in (office.somebody_hands_over, office.chance.choice(happenings)):
            power["left"] = office.chance.choice([-1, -1, 1, 2, 3])
            try:
                await happens()
            except PowerCutError:
                pass
            except NotYoursError:
                pass
            power["left"] = -1
        await office.is_as_promised(caplog)
