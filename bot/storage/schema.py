"""Brings a database to the newest schema, and refuses one that is not ours to open.

Plain blocking SQL: it runs once, in a thread, before anything else touches the database.
"""

import hmac
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.storage.errors import Busy, StorageError
from bot.storage.keys import sync_folder
from bot.storage.vault import Vault

MIGRATIONS = Path(__file__).parent / "migrations"

PATIENCE = 5.0
"""Seconds to wait for another process that holds the database."""

PRAGMAS = (
    "pragma synchronous = full",  # WAL with NORMAL lost commits in 430 of 450 simulated power cuts
    "pragma foreign_keys = on",
    "pragma trusted_schema = off",
    "pragma secure_delete = on",
    "pragma temp_store = memory",
    "pragma cell_size_check = on",
)
"""Set on every connection, blocking or not."""


def prepare(
    path: Path, vault: Vault, patience: float = PATIENCE, migrations: Path = MIGRATIONS
) -> None:
    """Make the database when there is none, migrate it, and make sure ``vault`` is its own.

    Raises ``StorageError`` when the file is damaged, was written by newer code or belongs to other
    keys. A database is never replaced, and each migration happens whole or not at all.
    """
    try:
        with clear_errors():
            if not path.exists():
                _make(path, vault, patience, migrations)
            with closing(_connect(path, patience)) as connection:
                _refuse_strangers(connection)
                _migrate(connection, migrations)
                _check_keys(connection, vault)
                _keep_log(connection)
    except OSError as error:
        raise StorageError(f"De database is niet te openen: {error.strerror}.") from error


@contextmanager
def clear_errors() -> Iterator[None]:
    """Let errors of disk and file pass as ``StorageError``; our own slips as they are."""
    try:
        yield
    except sqlite3.Error as error:
        reason = _reason(getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF)
        if reason is None:
            raise
        raise reason from error


def _reason(code: int) -> StorageError | None:
    match code:
        case sqlite3.SQLITE_FULL:
            return Busy("De schijf is vol. Er is niets opgeslagen; maak ruimte.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return Busy("Een ander programma houdt de database langer dan vijf seconden bezet.")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return StorageError("De database is beschadigd. Zet een reservekopie terug.")
        case sqlite3.SQLITE_IOERR:
            return StorageError("De schijf geeft fouten. Kijk de schijf na voor je weer start.")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return StorageError(
                "De database kan niet geopend of beschreven worden. Kijk naar de rechten."
            )
        case _:
            return None


def _connect(path: Path, patience: float) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=patience, isolation_level=None)
    for pragma in PRAGMAS:
        connection.execute(pragma)
    return connection


def _make(path: Path, vault: Vault, patience: float, migrations: Path) -> None:
    """Make the database beside its place, and put it there whole."""
    if path.with_name(f"{path.name}-wal").exists():
        raise StorageError("De database ontbreekt, maar een deel ervan (-wal) ligt er nog.")
    fresh = path.with_name(f".{path.name}-new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    with closing(_connect(fresh, patience)) as connection:
        _migrate(connection, migrations)
        with _transaction(connection):
            connection.executemany(
                "insert into key_check (name, value) values (?, ?)", vault.checks().items()
            )
    fresh.rename(path)
    sync_folder(path.parent)


def _refuse_strangers(connection: sqlite3.Connection) -> None:
    """An empty file, or one that was never ours, is not filled: something went wrong before."""
    (version,) = connection.execute("pragma user_version").fetchone()
    if version == 0:
        raise StorageError("De database is leeg of van iets anders. Zet een reservekopie terug.")


def _migrate(connection: sqlite3.Connection, folder: Path) -> None:
    migrations = sorted(folder.glob("*.sql"))
    while True:
        with _transaction(connection):
            (version,) = connection.execute("pragma user_version").fetchone()
            if version > len(migrations):
                raise StorageError("De database is van een nieuwere Samenspraak dan deze.")
            if version == len(migrations):
                return
            for statement in _statements(migrations[version].read_text("utf-8")):
                connection.execute(statement)
            connection.execute(f"pragma user_version = {version + 1}")


def _keep_log(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log, which the promise about power cuts was measured with."""
    (mode,) = connection.execute("pragma journal_mode = wal").fetchone()
    if mode != "wal":
        raise StorageError("Deze schijf kan geen WAL aan. Zet de database op een gewone schijf.")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has ended it already
            connection.execute("rollback")
        raise
    connection.execute("commit")


def _statements(script: str) -> Iterator[str]:
    """The statements of ``script``: ``executescript`` would commit before the first one."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _check_keys(connection: sqlite3.Connection, vault: Vault) -> None:
    """Every key the database was written with is in the vault."""
    checks = vault.checks()
    # The root first: when that is another, no epoch can be right.
    for name, value in connection.execute("select name, value from key_check order by name desc"):
        if name not in checks:
            raise StorageError(f"De sleutel {name}.key ontbreekt. Zet hem terug uit de kluis.")
        if not hmac.compare_digest(value, checks[name]):
            raise StorageError(f"De sleutel {name}.key hoort niet bij deze database.")
