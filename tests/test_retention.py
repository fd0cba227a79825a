"""What we promised to delete is deleted, nothing else is, and a wrong clock deletes nothing."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TypeVar, cast

import aiosqlite
import pytest
import pytest_asyncio

from bot.dialogue.conversation import Conversation
from bot.retention import DAY, LARGEST_JUMP, ClockGuard, Retention
from bot.storage import access, audit, pages, professionals, revisions, seen, set_aside, voices
from bot.storage.errors import Busy
from bot.storage.records import Chat
from bot.storage.store import Store, Transaction, Work
from bot.storage.vault import Vault

T = TypeVar("T")

NOW = 1_800_000_000


class House:
    """A database with drafts and pages of known age, and what is left of them."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self.retention = Retention(store, {"linde": 10, "beuk": 20})

    async def draft(self, days_ago: float, team: str | None = None) -> int:
        """A voice whose last contact was so many days ago."""
        at = NOW - round(days_ago * DAY)

        async def begin(tx: Transaction) -> int:
            revision = await revisions.keep(tx, "ouder", "r", b"{}")
            conversation = Conversation("ouder", "r", "nl", team=team)
            chat = Chat("telegram", str(await tx.next_id("voice")))
            return (await voices.begin(tx, [(chat, conversation, revision)], at))[chat].id

        return await self.store.write(begin)

    async def page(self, voice: int, delete_after: int | None) -> int:
        """A page of this voice; answered, when it is to be deleted some day."""

        async def add(tx: Transaction) -> int:
            case = (await voices.by_id(tx, [voice]))[voice].case
            page = await pages.add(
                tx, case=case, voice=voice, team="linde", body=b"woorden", now=NOW - 90 * DAY
            )
            await tx.run("update page set delete_after = ? where id = ?", (delete_after, page))
            return page

        return await self.store.write(add)

    async def visit(self, now: int = NOW) -> None:
        await self.retention.visit(ClockGuard(now, 0.0), now, 0.0)

    async def left(self, table: str) -> int:
        """How many rows of ``table`` there are."""
        (row,) = await self.store.read(
            lambda tx: tx.rows(f'select count(*) as number from "{table}"')  # noqa: S608 - our own tables
        )
        return int(row["number"])

    async def drafts(self) -> set[int]:
        return {
            row["id"] for row in await self.store.read(lambda tx: tx.rows("select id from voice"))
        }


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with await Store.open(tmp_path, Vault.create(tmp_path)) as store:
        yield House(store, tmp_path)


# --- Terms --------------------------------------------------------------------------------------


async def test_a_draft_goes_thirty_days_after_the_last_contact(house: House) -> None:
    await house.draft(30.1)
    young = await house.draft(29.9)

    await house.visit()

    assert await house.drafts() == {young}
    assert await house.left("case") == 1


async def test_a_team_may_shorten_the_term_of_its_drafts(house: House) -> None:
    await house.draft(10.1, team="linde")
    still = await house.draft(9.9, team="linde")
    await house.draft(20.1, team="beuk")
    elsewhere = await house.draft(19.9, team="beuk")
    nowhere = await house.draft(29.9)

    await house.visit()

    assert await house.drafts() == {still, elsewhere, nowhere}


async def test_a_draft_stays_while_its_page_does(house: House) -> None:
    """The answer must still be able to reach the family."""
    unanswered, answered = await house.draft(200), await house.draft(200)
    await house.page(unanswered, None)
    await house.page(answered, NOW + 1)

    await house.visit()

    assert await house.drafts() == {unanswered, answered}
    assert await house.left("page") == 2


async def test_a_page_goes_when_its_term_is_over_and_then_its_draft(house: House) -> None:
    voice = await house.draft(200)
    page = await house.page(voice, NOW)

    await house.visit()
    assert await house.left("page") == 0
    assert await house.drafts() == {voice}
    noted = await house.store.read(lambda tx: tx.rows("select what, page from audit"))
    assert [tuple(row) for row in noted] == [("page deleted", page)]

    await house.visit()
    assert await house.drafts() == set()
    assert await house.left("case") == 0


async def test_many_drafts_go_however_many_stay_before_them(house: House) -> None:
    """Drafts of a team with a longer term stand first and must not hide those behind them."""
    stay = {await house.draft(19, team="beuk") for _ in range(300)}
    for _ in range(50):
        await house.draft(15, team="linde")

    await house.visit()

    assert await house.drafts() == stay


async def test_what_no_family_told_goes_at_its_own_time(house: House) -> None:
    async def fill(tx: Transaction) -> None:
        for days in (7, 9):
            at = NOW - days * DAY
            await seen.first_sight_of(tx, "telegram", [days], at)
            await set_aside.put(tx, "telegram", days, b"", "ValueError", at)
        for years in (4, 6):
            await audit.note(tx, "logged in", NOW - years * 365 * DAY)
        who = await professionals.add(tx, "anna@voorbeeld.nl", NOW)
        await access.log_in(tx, "oud", who, NOW - 2 * DAY)
        await access.log_in(tx, "nieuw", who, NOW - 60)
        await access.invite(tx, "verlopen", who, "join", NOW - 1)
        await access.invite(tx, "geldig", who, "reset", NOW + 60)
        await access.attempted(tx, "anna", NOW - 2 * DAY)

    await house.store.write(fill)

    await house.visit()

    assert [await house.left(table) for table in ("seen", "set_aside", "audit")] == [1, 1, 1]
    assert [await house.left(table) for table in ("login", "invitation", "attempt")] == [1, 1, 0]


async def test_a_draft_whose_family_comes_back_meanwhile_stays(house: House) -> None:
    voice = await house.draft(40)
    due = await house.retention.due(NOW)

    async def come_back(tx: Transaction) -> None:
        await voices.save(tx, list((await voices.by_id(tx, [voice])).values()), NOW)

    await house.store.write(come_back)
    await house.retention.delete(due, NOW)

    assert due.drafts == (voice,)
    assert await house.drafts() == {voice}


async def test_what_was_deleted_is_not_in_the_write_ahead_log_either(house: House) -> None:
    await house.draft(40)

    await house.visit()

    assert (house.folder / "samenspraak.db-wal").stat().st_size == 0


# --- A clock that is wrong ----------------------------------------------------------------------


@pytest.mark.parametrize(("there", "due"), [(20, 6), (100, 21), (7, 7)])
async def test_nothing_is_deleted_when_too_much_is_due_at_once(
    house: House, caplog: pytest.LogCaptureFixture, there: int, due: int
) -> None:
    for number in range(there):
        await house.draft(40 if number < due else 1)

    await house.visit()

    assert len(await house.drafts()) == there
    assert f"{due} of {there} drafts" in caplog.text


@pytest.mark.parametrize(("there", "due"), [(5, 5), (20, 5), (100, 20)])
async def test_a_share_that_is_to_be_expected_is_deleted(
    house: House, there: int, due: int
) -> None:
    for number in range(there):
        await house.draft(40 if number < due else 1)

    await house.visit()

    assert len(await house.drafts()) == there - due


async def test_too_many_pages_at_once_stop_everything(house: House) -> None:
    for _ in range(6):
        await house.page(await house.draft(1), NOW - 1)
    old = await house.draft(40)

    await house.visit()

    assert await house.left("page") == 6
    assert old in await house.drafts()


async def test_the_operator_can_say_that_it_is_right(house: House) -> None:
    for _ in range(9):
        await house.draft(40)

    await house.retention.delete(await house.retention.due(NOW), NOW)

    assert await house.drafts() == set()


@pytest.mark.parametrize("jump", [LARGEST_JUMP, -LARGEST_JUMP, 315_360_000])
async def test_nothing_is_deleted_after_the_clock_jumped(
    house: House, caplog: pytest.LogCaptureFixture, jump: int
) -> None:
    voice = await house.draft(40)
    guard = ClockGuard(NOW - 3600, 1000.0)

    await house.retention.visit(guard, NOW + jump, 4600.0)

    assert await house.drafts() == {voice}
    assert f"jumped {jump} seconds" in caplog.text


async def test_a_clock_that_was_put_right_is_believed_again(house: House) -> None:
    await house.draft(40)
    guard = ClockGuard(NOW - 3600, 1000.0)
    await house.retention.visit(guard, NOW + DAY, 4600.0)

    await house.retention.visit(guard, NOW + 3600, 8200.0)

    assert await house.drafts() == set()


def test_a_clock_that_drifts_slowly_is_believed() -> None:
    guard = ClockGuard(NOW, 0.0)

    jumps = [guard.jump(NOW + hour * 3900, hour * 3600.0) for hour in range(1, 10)]

    assert jumps == [0] * 9


class HeldStore(Store):
    """A store whose database is held by another process."""

    async def read(self, work: Work[T]) -> T:
        _ = work
        raise Busy("De schijf is vol.")


async def test_a_database_that_is_held_is_left_for_later(caplog: pytest.LogCaptureFixture) -> None:
    connection = cast("aiosqlite.Connection", None)
    store = HeldStore(connection, connection, Vault(bytes(32), {1: bytes(32)}))

    await Retention(store, {}).visit(ClockGuard(NOW, 0.0), NOW, 0.0)

    assert "nothing is deleted for now: De schijf is vol." in caplog.text
