import pytest

from bot.storage import revisions, voices
from bot.storage.errors import StorageError
from bot.storage.store import Store
from tests.storage.families import NOW, PARENT, conversation


async def test_a_revision_keeps_its_row_and_takes_the_newest_words(store: Store) -> None:
    row = await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"oude woorden"))
    same = await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"nieuwe woorden"))
    other = await store.write(lambda tx: revisions.keep(tx, "ouder", "r2", b"anders"))

    assert same == row != other
    assert await store.read(lambda tx: revisions.body(tx, row)) == b"nieuwe woorden"


async def test_a_revision_that_is_gone_is_a_clear_line(store: Store) -> None:
    with pytest.raises(StorageError, match="mist revisie 7"):
        await store.read(lambda tx: revisions.body(tx, 7))


async def test_a_revision_someone_is_in_is_never_forgotten(store: Store) -> None:
    used = await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"1"))
    await store.write(lambda tx: revisions.keep(tx, "ouder", "r2", b"2"))
    kept = await store.write(lambda tx: revisions.keep(tx, "ouder", "r3", b"3"))
    begun = await store.write(lambda tx: voices.begin(tx, [(PARENT, conversation(), used)], NOW))

    assert await store.write(lambda tx: revisions.forget_unused(tx, [kept])) == 1
    assert await store.read(lambda tx: revisions.body(tx, used)) == b"1"
    assert await store.read(lambda tx: revisions.body(tx, kept)) == b"3"

    await store.write(lambda tx: voices.erase(tx, [begun[PARENT].id]))
    assert await store.write(lambda tx: revisions.forget_unused(tx, [kept])) == 1
