import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.errors import Busy, StorageError
from bot.storage.keys import DATABASE
from bot.storage.store import Store, Transaction
from bot.storage.vault import Vault
from tests.storage.families import NOW, count


async def one_case(tx: Transaction) -> int:
    id_ = await tx.next_id("case")
    await tx.run('insert into "case" (id, began) values (?, ?)', (id_, NOW))
    return id_


async def one_turn() -> None:
    """Every other task that can go on does so once.

    Nothing can be waited for instead: that a task began to wait, or was told to stop, is no event.
    """
    await asyncio.sleep(0)


async def two_cases(tx: Transaction) -> None:
    """Two statements with room for others in between."""
    await one_case(tx)
    await one_turn()
    await one_case(tx)


async def test_what_was_written_is_there_when_the_store_opens_again(
    tmp_path: Path, vault: Vault
) -> None:
    async with await Store.open(tmp_path, vault) as store:
        id_ = await store.write(one_case)

    async with await Store.open(tmp_path, Vault.open(tmp_path)) as store:
        rows = await store.read(lambda tx: tx.rows('select id from "case"'))

    assert [row["id"] for row in rows] == [id_]


async def test_twenty_at_once_lose_nothing(store: Store) -> None:
    await asyncio.gather(*(store.write(two_cases) for _ in range(20)))

    assert await count(store, "case") == 40
    assert store.commits == 20


async def test_whoever_fails_leaves_nothing_and_takes_nobody_along(store: Store) -> None:
    async def fails(tx: Transaction) -> None:
        await two_cases(tx)
        raise ZeroDivisionError

    outcomes = await asyncio.gather(
        *(store.write(fails if number % 2 else two_cases) for number in range(20)),
        return_exceptions=True,
    )

    assert [type(outcome) for outcome in outcomes] == [type(None), ZeroDivisionError] * 10
    assert await count(store, "case") == 20
    assert store.commits == 10


async def test_a_cancelled_writer_is_finished_first(store: Store) -> None:
    """Cancelled at once, and again while it waits: it never ends half way."""
    halfway, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction) -> None:
        await one_case(tx)
        halfway.set()
        await go_on.wait()
        await one_case(tx)

    writer = asyncio.create_task(store.write(slow))
    await halfway.wait()
    for _ in range(3):
        writer.cancel()
        await one_turn()
    assert not writer.done()
    go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await writer
    assert await count(store, "case") == 2


async def test_writers_that_are_cancelled_at_any_moment_leave_nothing_half(store: Store) -> None:
    async def cancelled_after(steps: int) -> None:
        writer = asyncio.create_task(store.write(two_cases))
        for _ in range(steps):
            await one_turn()
        writer.cancel()
        await asyncio.gather(writer, return_exceptions=True)

    await asyncio.gather(*(cancelled_after(steps) for steps in range(20)))

    assert await count(store, "case") == 2 * store.commits


async def test_a_cancelled_writer_that_fails_is_still_cancelled(store: Store) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def fails(tx: Transaction) -> None:
        await one_case(tx)
        begun.set()
        await go_on.wait()
        raise ZeroDivisionError

    writer = asyncio.create_task(store.write(fails))
    await begun.wait()
    writer.cancel()
    await one_turn()
    go_on.set()

    with pytest.raises(asyncio.CancelledError):
        await writer
    assert await count(store, "case") == 0


def test_stopping_the_loop_itself_in_the_middle_leaves_nothing_half(
    tmp_path: Path, vault: Vault
) -> None:
    """``asyncio.run`` ends by cancelling every task, the shielded one too."""

    async def stops_in_the_middle() -> None:
        store = await Store.open(tmp_path, vault)
        halfway = asyncio.Event()

        async def never_ends(tx: Transaction) -> None:
            await one_case(tx)
            halfway.set()
            await asyncio.Event().wait()

        writers = [asyncio.create_task(store.write(never_ends)) for _ in range(2)]
        await halfway.wait()
        inner = asyncio.all_tasks() - {asyncio.current_task()}
        for task in inner:
            task.cancel()
        await asyncio.gather(*writers, return_exceptions=True)
        await store.write(one_case)
        await store.close()

    async def look() -> int:
        async with await Store.open(tmp_path, vault) as store:
            return await count(store, "case")

    asyncio.run(stops_in_the_middle())

    assert asyncio.run(look()) == 1


async def test_writing_inside_a_write_is_refused_instead_of_waiting_for_ever(store: Store) -> None:
    async def nested(_: Transaction) -> int:
        return await store.write(one_case)

    with pytest.raises(RuntimeError, match="inside a write"):
        await store.write(nested)
    assert await store.write(one_case) == 1


async def test_a_transaction_cannot_be_used_after_its_end(store: Store) -> None:
    async def keep(tx: Transaction) -> Transaction:
        return tx

    async def lose(tx: Transaction) -> None:
        leaked.append(tx)
        raise ZeroDivisionError

    leaked = [await store.write(keep)]
    with pytest.raises(ZeroDivisionError):
        await store.write(lose)

    for tx in leaked:
        with pytest.raises(ValueError, match="over"):
            await one_case(tx)


async def test_a_statement_that_failed_loses_the_whole_transaction(store: Store) -> None:
    """Also when the caller catches the error and goes on: something before it may be undone."""

    async def goes_on(tx: Transaction) -> None:
        await one_case(tx)
        with pytest.raises(sqlite3.IntegrityError):
            await tx.run('insert into "case" (id, began) values (1, null)')
        with pytest.raises(sqlite3.IntegrityError):
            await one_case(tx)

    with pytest.raises(sqlite3.IntegrityError):
        await store.write(goes_on)
    assert await count(store, "case") == 0


async def test_a_full_disk_undoes_everything_and_says_so(store: Store) -> None:
    """SQLite itself ends the transaction then; what comes after must not slip in on its own."""

    async def too_much(tx: Transaction) -> None:
        await one_case(tx)
        await tx.run("pragma max_page_count = 1")
        with pytest.raises(sqlite3.OperationalError):
            await tx.run("insert into attempt (key, at) values (zeroblob(100000), 1)")
        with pytest.raises(sqlite3.OperationalError):
            await one_case(tx)

    with pytest.raises(Busy, match="schijf is vol"):
        await store.write(too_much)
    assert await count(store, "case") == 0

    await store.write(lambda tx: tx.rows("pragma max_page_count = 1000000"))
    assert await store.write(one_case) == 1


async def test_a_database_held_by_another_process_asks_for_patience(
    tmp_path: Path, vault: Vault
) -> None:
    async with await Store.open(tmp_path, vault, patience=0.01) as store:
        with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as other:
            other.execute("begin immediate")
            with pytest.raises(Busy, match="bezet"):
                await store.write(one_case)
            with pytest.raises(Busy, match="bezet"):
                await Store.open(tmp_path, vault, patience=0.01)
            assert await count(store, "case") == 0

        assert await store.write(one_case) == 1


async def test_a_page_of_the_file_that_is_damaged_stops_with_a_clear_line(
    tmp_path: Path, vault: Vault
) -> None:
    async with await Store.open(tmp_path, vault) as store:
        await store.write(one_case)
        (root,) = await store.read(
            lambda tx: tx.rows("select rootpage from sqlite_master where name = 'case'")
        )
    with (tmp_path / DATABASE).open("r+b") as file:
        file.seek((root["rootpage"] - 1) * 4096)
        file.write(b"\xff" * 4096)

    async with await Store.open(tmp_path, vault) as store:
        with pytest.raises(StorageError, match="beschadigd"):
            await store.write(one_case)


async def test_reading_changes_nothing(store: Store) -> None:
    with pytest.raises(StorageError):
        await store.read(one_case)
    assert await count(store, "case") == 0


async def test_a_reader_sees_one_moment_while_others_write(store: Store) -> None:
    async def looks_twice(tx: Transaction) -> tuple[int, int]:
        (before,) = await tx.rows('select count(*) as n from "case"')
        await store.write(one_case)
        (after,) = await tx.rows('select count(*) as n from "case"')
        return before["n"], after["n"]

    assert await store.read(looks_twice) == (0, 0)
    assert await count(store, "case") == 1


async def test_who_waits_for_news_wakes_at_the_next_commit(store: Store) -> None:
    waiters = [asyncio.create_task(store.committed_after(store.commits)) for _ in range(3)]
    await one_turn()
    waiters[0].cancel()

    await store.write(one_case)

    async with asyncio.timeout(10):
        assert await asyncio.gather(*waiters[1:]) == [1, 1]
        assert await store.committed_after(0) == 1


async def test_a_write_that_fails_is_no_news(store: Store) -> None:
    waiter = asyncio.create_task(store.committed_after(0))

    async def fails(tx: Transaction) -> None:
        await one_case(tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fails)

    assert not waiter.done()
    await store.write(one_case)
    assert await waiter == 1


async def test_ids_never_come_back(store: Store) -> None:
    first = await store.write(one_case)
    await store.write(lambda tx: tx.run('delete from "case"'))

    assert await store.write(one_case) == first + 1


async def test_a_checkpoint_empties_the_log_unless_someone_reads_an_older_moment(
    tmp_path: Path, vault: Vault
) -> None:
    log = tmp_path / f"{DATABASE}-wal"
    async with await Store.open(tmp_path, vault, patience=0.01) as store:
        await store.write(one_case)
        assert log.stat().st_size > 0

        assert await store.checkpoint()
        assert log.stat().st_size == 0

        with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None)) as other:
            other.execute("begin")
            other.execute('select count(*) from "case"').fetchone()
            await store.write(one_case)
            assert not await store.checkpoint()
        assert await store.checkpoint()


async def test_closing_waits_for_who_is_writing_and_may_be_done_twice(
    tmp_path: Path, vault: Vault
) -> None:
    store = await Store.open(tmp_path, vault)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(tx: Transaction) -> int:
        begun.set()
        await go_on.wait()
        return await one_case(tx)

    writer = asyncio.create_task(store.write(slow))
    await begun.wait()
    closing_ = asyncio.create_task(store.close())
    await one_turn()
    go_on.set()

    assert await writer == 1
    await closing_
    await store.close()


async def test_opening_that_is_cancelled_at_any_moment_leaves_no_connection_behind(
    tmp_path: Path, vault: Vault
) -> None:
    for moment in range(20):
        opening = asyncio.create_task(Store.open(tmp_path, vault))
        done, _ = await asyncio.wait({opening}, timeout=moment / 2000)
        if not done:
            opening.cancel()
        (store,) = await asyncio.gather(opening, return_exceptions=True)
        if isinstance(store, Store):
            await store.close()

    for thread in threading.enumerate():
        if "_connection_worker_thread" in thread.name:
            thread.join(timeout=10)
            assert not thread.is_alive()


async def test_every_connection_keeps_the_promises_about_disk_and_erasing(store: Store) -> None:
    async def pragmas(tx: Transaction) -> dict[str, object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "trusted_schema")
        more = ("temp_store", "busy_timeout")
        return {name: (await tx.rows(f"pragma {name}"))[0][0] for name in names + more}

    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "secure_delete": 1,
        "trusted_schema": 0,
        "temp_store": 2,
        "busy_timeout": 5000,
    }
    assert await store.write(pragmas) == expected
    assert await store.read(pragmas) == expected
