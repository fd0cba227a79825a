"""One writer, one reader, and nothing half: the door every statement goes through.

* Everything a ``write`` does is committed and on the disk, or nothing of it is.
* Writers wait for each other; a cancelled one is finished first, then cancelled.
* No transaction is open while anything else than the store is waited for: that is the caller's
  part of the promise.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeAlias, TypeVar

import aiosqlite

from bot.failpoints import fail_point
from bot.storage.keys import DATABASE
from bot.storage.schema import PATIENCE, PRAGMAS, clear_errors, prepare
from bot.storage.transaction import Row, Transaction
from bot.storage.vault import Vault

__all__ = ["Row", "Store", "Transaction", "Work"]

T = TypeVar("T")

Work: TypeAlias = Callable[[Transaction], Awaitable[T]]


class Store:
    """The database of one installation, open."""

    def __init__(
        self, writer: aiosqlite.Connection, reader: aiosqlite.Connection, vault: Vault
    ) -> None:
        self.vault = vault
        self.commits = 0
        self._writer = writer
        self._reader = reader
        self._writing = asyncio.Lock()
        self._reading = asyncio.Lock()
        self._committed = asyncio.Event()
        self._at_work: asyncio.Task[Any] | None = None

    @classmethod
    async def open(cls, folder: Path, vault: Vault, patience: float = PATIENCE) -> "Store":
        """Open the database in ``folder``; make it when there is none.

        ``patience`` is how many seconds a statement waits for another process that is writing.
        Raises ``StorageError`` when it is damaged, belongs to other keys or is newer than the code.
        """
        path = folder / DATABASE
        await asyncio.to_thread(prepare, path, vault, patience)
        writer = await _connect(path, patience)
        try:
            reader = await _connect(path, patience, "pragma query_only = on")
        except BaseException:
            await writer.close()
            raise
        return cls(writer, reader, vault)

    async def __aenter__(self) -> "Store":
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Wait for who is writing or reading, then close. Closing twice is nothing."""
        async with self._writing, self._reading:
            try:
                await self._reader.close()
            finally:
                await self._writer.close()

    async def write(self, work: Work[T]) -> T:
        """Do ``work`` in one transaction; what it returns when that is on the disk.

        Any exception undoes all of it and passes. A caller that is cancelled hears it only after
        the transaction has ended; by then it may be committed. Raises ``StorageError`` when disk or
        file fail, and ``RuntimeError`` inside ``work``, which would wait for itself for ever.
        """
        if self._at_work is not None and self._at_work is asyncio.current_task():
            raise RuntimeError("writing inside a write: use the transaction that is open")
        return await _to_the_end(self._write(work))

    async def read(self, work: Work[T]) -> T:
        """Do ``work`` on one moment of the database, as it was committed; it can change nothing."""
        return await _to_the_end(self._read(work))

    async def committed_after(self, seen: int) -> int:
        """Wait until there were more than ``seen`` commits; how many there were by then."""
        while self.commits <= seen:
            await self._committed.wait()
        return self.commits

    async def checkpoint(self) -> bool:
        """Empty the write-ahead log, so that what was erased is gone from it too.

        False when another process was reading an older moment: ask again later.
        """
        async with self._writing, self._reading:
            with clear_errors():
                (row,) = await self._writer.execute_fetchall("pragma wal_checkpoint(truncate)")
        return bool(row["busy"] == 0)

    async def _write(self, work: Work[T]) -> T:
        async def with_fail_point(tx: Transaction) -> T:
            result = await work(tx)
            fail_point("write.before_commit")
            return result

        async with self._writing:
            self._at_work = asyncio.current_task()
            try:
                result = await _in_transaction(
                    self._writer, "begin immediate", self.vault, with_fail_point
                )
            finally:
                self._at_work = None
        fail_point("write.after_commit")
        self.commits += 1
        waiting, self._committed = self._committed, asyncio.Event()
        waiting.set()
        return result

    async def _read(self, work: Work[T]) -> T:
        async with self._reading:
            return await _in_transaction(self._reader, "begin", self.vault, work)


async def _connect(path: Path, patience: float, *more: str) -> aiosqlite.Connection:
    with clear_errors():
        connection = await aiosqlite.connect(path, timeout=patience, isolation_level=None)
        try:
            connection.row_factory = sqlite3.Row
            for pragma in (*PRAGMAS, *more):
                await connection.execute(pragma)
        except BaseException:
            await connection.close()
            raise
    return connection


async def _in_transaction(
    connection: aiosqlite.Connection, begin: str, vault: Vault, work: Work[T]
) -> T:
    tx = Transaction(connection, vault)
    with clear_errors():
        try:
            await connection.execute(begin)
            result = await work(tx)
            tx.end()
            tx.refuse_when_lost()
            await connection.commit()
        except BaseException:
            tx.end()
            # Always: after a cancellation ``begin`` may still be under way in its thread.
            await connection.rollback()
            raise
    return result


async def _to_the_end(doing: Coroutine[Any, Any, T]) -> T:
    """What ``doing`` returns; a cancellation passes only after it has ended."""
    task = asyncio.create_task(doing)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        while not task.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait({task})
        raise
