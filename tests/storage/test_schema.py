"""The form of the database: what may stand in it unsealed, and which file may be opened."""

import hashlib
import shutil
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from bot.storage.errors import Busy, StorageError
from bot.storage.keys import DATABASE
from bot.storage.schema import MIGRATIONS, clear_errors, prepare
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.storage.families import PARENT, begin

SEALED = {
    "voice.address",
    "voice.conversation",
    "message.body",
    "set_aside.error",
    "set_aside.body",
    "page.body",
    "reply.body",
    "professional.email",
    "professional.name",
    "membership.name",
    "linked_chat.address",
    "note.about",
    "note_piece.body",
    "meeting.body",
    "share.own",
    "share.body",
}
"""Sealed by the vault, or null."""

NOT_SEALED = {
    "voice.key": "a key, wrapped by the vault",
    "page.key": "a key, wrapped by the vault",
    "voice.chat": "keyed hash, to find the voice of a chat",
    "message.chat": "keyed hash, to keep the order of one chat",
    "page.team": "keyed hash, to list the pages of a team",
    "membership.team": "keyed hash, same",
    "taken_back.team": "keyed hash, same",
    "part_gone.team": "keyed hash, same",
    "invite.token_hash": "keyed hash, to recognise who was invited",
    "invite.who": "one of a closed list",
    "tie.invite": "keyed hash, to recognise who was invited",
    "tie.who": "one of a closed list",
    "professional.email_hash": "keyed hash, to log in",
    "linked_chat.chat_hash": "keyed hash, to recognise the chat of a professional",
    "login.token_hash": "keyed hash, to recognise a log-in",
    "invitation.token_hash": "keyed hash, to recognise an invitation",
    "attempt.key": "keyed hash of what is guessed at, to count the guesses",
    "key_check.value": "keyed hash of a constant, to recognise the key",
    "key_check.name": "the name of a key file",
    "professional.password": "argon2id string, made to be kept like this",
    "revision.dialogue": "name of a dialogue that everyone can start",
    "revision.revision": "fingerprint of a dialogue's structure",
    "revision.body": "words of our authors, that everyone can read in the bot",
    "voice.channel": "telegram, web",
    "message.channel": "telegram, web, mail",
    "message.kind": "one of a closed list",
    "seen.channel": "telegram, web",
    "set_aside.channel": "telegram, web",
    "alarm.kind": "one of a closed list",
    "page.state": "one of a closed list",
    "note.state": "one of a closed list",
    "invitation.purpose": "one of a closed list",
    "audit.what": "one of a closed list",
}
"""Reviewed: what a stolen database shows as it is, and why it may."""

RELEASED = [
    "2640976cd7c48bdbeeacd3776d6dc8c9e50ec04c511bdfc2161245bd22c6ce63",
    "e46a3f8edb4ff2f7f7f86367b80a11a50376b37e5b9f10b386e2027868ff80f3",
    "786c1b81077d440e17f435fda41fca076d171a99a33bd80f273a788f0522a840",
    "e26c85a9001675ea35df55b35947995194e8355e11040ad4e7bcfb70ec77481b",
    "e60eab9a1851dd005ef62d6a07cfc2cb29b6f0d5cb1ea8c8833209987a46e0fb",
    "f995bd1e69e00f39031d17b4d158d17f13996ddf500a22f56a7d509264779500",
    "f265213685728abcf1fc7fef5b5aeb16291bac4472a21bc30a3c060914a451f4",
    "0dda9b5f2a0a5e30b19274472c5d0efe7734a5a6ab07f1b4c7223927e8befb19",
]
"""SHA-256 of every migration that was released, oldest first. Never edit one: write the next."""


def test_every_text_and_blob_is_sealed_or_on_the_reviewed_list(store_file: Path) -> None:
    columns = set()
    with closing(sqlite3.connect(store_file)) as connection:
        tables = connection.execute(
            "select name from sqlite_master where type = 'table' and name <> 'sqlite_sequence'"
        ).fetchall()
        for (table,) in tables:
            for _, name, kind, *_ in connection.execute(f'pragma table_info("{table}")'):
                assert kind in {"INTEGER", "TEXT", "BLOB"}, f"{table}.{name} is {kind}"
                if kind != "INTEGER":
                    columns.add(f"{table}.{name}")

    assert columns == SEALED | set(NOT_SEALED)
    assert not SEALED & set(NOT_SEALED)


def test_every_table_holds_its_columns_to_their_type(store_file: Path) -> None:
    with closing(sqlite3.connect(store_file)) as connection:
        lax = connection.execute(
            "select name from pragma_table_list where type = 'table' and strict = 0"
            " and name not like 'sqlite_%'"
        ).fetchall()

    assert lax == []


def test_a_released_migration_is_never_edited() -> None:
    files = sorted(MIGRATIONS.glob("*.sql"))

    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in files] == RELEASED
    assert [int(file.name[:4]) for file in files] == list(range(1, len(files) + 1))


@pytest.fixture
async def store_file(tmp_path: Path, vault: Vault) -> Path:
    """A database with one voice in it, closed."""
    async with await Store.open(tmp_path, vault) as store:
        await begin(store, PARENT)
    return tmp_path / DATABASE


def test_opening_again_changes_nothing(store_file: Path, vault: Vault) -> None:
    before = store_file.read_bytes()

    prepare(store_file, vault)

    assert store_file.read_bytes() == before


def test_a_database_is_for_its_owner_alone(store_file: Path) -> None:
    assert stat.S_IMODE(store_file.stat().st_mode) == 0o600


def test_a_database_of_newer_code_is_refused_and_left_alone(store_file: Path, vault: Vault) -> None:
    with closing(sqlite3.connect(store_file)) as connection:
        connection.execute("pragma user_version = 999")
    before = store_file.read_bytes()

    with pytest.raises(StorageError, match="nieuwere Samenspraak"):
        prepare(store_file, vault)
    assert store_file.read_bytes() == before


@pytest.mark.parametrize("damage", [b"", b"geen database " * 400])
def test_a_damaged_file_is_refused_and_left_alone(
    store_file: Path, vault: Vault, damage: bytes
) -> None:
    store_file.write_bytes(damage)

    with pytest.raises(StorageError, match="Zet een reservekopie terug"):
        prepare(store_file, vault)
    assert store_file.read_bytes() == damage


def test_a_broken_header_is_refused_and_left_alone(store_file: Path, vault: Vault) -> None:
    damaged = b"\0" * 100 + store_file.read_bytes()[100:]
    store_file.write_bytes(damaged)

    with pytest.raises(StorageError, match="beschadigd"):
        prepare(store_file, vault)
    assert store_file.read_bytes() == damaged


def test_a_log_without_its_database_is_not_started_anew(store_file: Path, vault: Vault) -> None:
    store_file.rename(store_file.with_name(f"{DATABASE}-wal"))

    with pytest.raises(StorageError, match="-wal"):
        prepare(store_file, vault)
    assert not store_file.exists()


def test_a_database_that_was_half_made_is_made_again(tmp_path: Path, vault: Vault) -> None:
    """A power cut while it was made leaves it beside its place, with nothing of anyone in it."""
    (tmp_path / f".{DATABASE}-new").write_bytes(b"half")

    prepare(tmp_path / DATABASE, vault)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["keys", DATABASE]


def test_a_missing_folder_is_a_clear_line(tmp_path: Path, vault: Vault) -> None:
    with pytest.raises(StorageError, match="niet te openen"):
        prepare(tmp_path / "nergens" / DATABASE, vault)


def test_a_folder_in_the_way_is_a_clear_line(tmp_path: Path, vault: Vault) -> None:
    (tmp_path / DATABASE).mkdir()

    with pytest.raises(StorageError, match="rechten"):
        prepare(tmp_path / DATABASE, vault)


@pytest.mark.parametrize("wrong", ["root", "epoch-1"])
def test_a_wrong_key_is_refused_before_anything_is_written(store_file: Path, wrong: str) -> None:
    folder = store_file.parent
    Vault.create(folder / "other")
    shutil.move(folder / "other" / "keys" / f"{wrong}.key", folder / "keys" / f"{wrong}.key")
    before = store_file.read_bytes()

    with pytest.raises(StorageError, match=rf"{wrong}\.key hoort niet bij deze database"):
        prepare(store_file, Vault.open(folder))
    assert store_file.read_bytes() == before


def test_an_epoch_that_the_database_still_needs_is_named(store_file: Path) -> None:
    keys = store_file.parent / "keys"
    (keys / "epoch-1.key").rename(keys / "epoch-2.key")

    with pytest.raises(StorageError, match=r"epoch-1\.key ontbreekt"):
        prepare(store_file, Vault.open(store_file.parent))


def test_a_migration_happens_whole_or_not_at_all(
    store_file: Path, vault: Vault, tmp_path: Path
) -> None:
    """The second statement of the next migration fails: the first is undone, the version stays."""
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    following = migrations / "9999_next.sql"
    following.write_text("create table fresh (id integer);\ninsert into nowhere values (1);\n")
    before = store_file.read_bytes()
    with pytest.raises(sqlite3.OperationalError):
        prepare(store_file, vault, migrations=migrations)
    assert store_file.read_bytes() == before

    following.write_text("-- One; two.\ncreate table fresh (\n  id integer\n);\n")
    prepare(store_file, vault, migrations=migrations)

    with closing(sqlite3.connect(store_file)) as connection:
        assert connection.execute("select * from fresh").fetchall() == []
        (version,) = connection.execute("pragma user_version").fetchone()
    assert version == len(list(migrations.glob("*.sql")))


def test_a_new_database_that_cannot_be_made_is_not_there(tmp_path: Path, vault: Vault) -> None:
    migrations = tmp_path / "migrations"
    migrations.mkdir()
    (migrations / "0001_wrong.sql").write_text("create table nonsense;\n")

    with pytest.raises(sqlite3.OperationalError):
        prepare(tmp_path / DATABASE, vault, migrations=migrations)
    assert not (tmp_path / DATABASE).exists()


def test_a_disk_that_fills_up_during_a_migration_leaves_the_old_database(
    store_file: Path, vault: Vault, tmp_path: Path
) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    (migrations / "9999_next.sql").write_text(
        "pragma max_page_count = 1;\ninsert into attempt (key, at) values (zeroblob(1000000), 1);\n"
    )
    before = store_file.read_bytes()

    with pytest.raises(Busy, match="schijf is vol"):
        prepare(store_file, vault, migrations=migrations)
    assert store_file.read_bytes() == before


@pytest.mark.parametrize(
    ("code", "kind", "line"),
    [
        (sqlite3.SQLITE_FULL, Busy, "schijf is vol"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Busy, "bezet"),
        (sqlite3.SQLITE_LOCKED, Busy, "bezet"),
        (sqlite3.SQLITE_CORRUPT_INDEX, StorageError, "beschadigd"),
        (sqlite3.SQLITE_NOTADB, StorageError, "beschadigd"),
        (sqlite3.SQLITE_IOERR_FSYNC, StorageError, "schijf geeft fouten"),
        (sqlite3.SQLITE_READONLY_DBMOVED, StorageError, "rechten"),
        (sqlite3.SQLITE_CANTOPEN, StorageError, "rechten"),
    ],
)
def test_what_goes_wrong_with_disk_and_file_is_one_clear_line(
    code: int, kind: type[StorageError], line: str
) -> None:
    error = sqlite3.OperationalError("disk")
    error.sqlite_errorcode = code

    with pytest.raises(StorageError, match=line) as caught, clear_errors():
        raise error
    assert type(caught.value) is kind
    assert caught.value.__cause__ is error


def test_a_slip_of_our_own_is_no_trouble_with_the_disk() -> None:
    with pytest.raises(sqlite3.ProgrammingError), clear_errors():
        raise sqlite3.ProgrammingError("a binding too few")
