"""A transaction that is open: the only place where SQL meets the database."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias, TypeVar

import aiosqlite

from bot.storage.vault import Vault

T = TypeVar("T")

Value: TypeAlias = int | str | bytes | None
Row: TypeAlias = sqlite3.Row


class Transaction:
    """A transaction that is open now, with the vault for what goes in and comes out.

    Used up when its ``write`` or ``read`` ends: a later use raises ``ValueError``. After a
    statement that failed it is lost: every later one fails the same way, and so does the whole
    ``write``, because SQLite may have undone what came before (it does when the disk is full).
    """

    def __init__(self, connection: aiosqlite.Connection, vault: Vault) -> None:
        self.vault = vault
        self._connection: aiosqlite.Connection | None = connection
        self._error: sqlite3.Error | None = None

    async def rows(self, sql: str, params: Sequence[Value] = ()) -> list[Row]:
        """All rows that ``sql`` gives."""
        return list(await self._first_failing(self._open.execute_fetchall(sql, params)))

    async def run(self, sql: str, params: Sequence[Value] = ()) -> int:
        """Let ``sql`` change something; the number of rows it changed."""
        return (await self._first_failing(self._open.execute(sql, params))).rowcount

    async def run_many(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Let ``sql`` change something for each of ``rows``, in one go."""
        await self._first_failing(self._open.executemany(sql, list(rows)))

    async def next_id(self, table: str) -> int:
        """The first id no row of ``table`` ever had, erased ones included.

        Because there is one writer, this id and those after it are free until the end of the
        transaction. An id is needed before the insert: what is sealed is bound to it.
        """
        found = await self.rows("select seq from sqlite_sequence where name = ?", (table,))
        return int(found[0]["seq"]) + 1 if found else 1

    @asynccontextmanager
    async def part(self) -> AsyncIterator[None]:
        """What is done inside is done whole, or undone when it raises; the rest of it stays."""
        await self.run("savepoint part")
        try:
            yield
        except BaseException:
            await self.run("rollback to part")
            await self.run("release part")
            raise
        await self.run("release part")

    def end(self) -> None:
        """Nothing can be done with it any more."""
        self._connection = None

    def refuse_when_lost(self) -> None:
        """Raise what a statement failed with, if one did."""
        if self._error is not None:
            raise self._error

    @property
    def _open(self) -> aiosqlite.Connection:
        self.refuse_when_lost()
        if self._connection is None:
            raise ValueError("this transaction is over")
        return self._connection

    async def _first_failing(self, statement: Awaitable[T]) -> T:
        try:
            return await statement
        except sqlite3.Error as error:
            self._error = error
            raise
