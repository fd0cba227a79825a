from functools import partial

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


# --- Recalled -----------------------------------------------------------------------------------


async def test_a_revision_stays_recalled_when_it_is_kept_again(store: Store) -> None:
    row = await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"1"))
    await store.write(lambda tx: revisions.mark(tx, row, recalled=True))

    await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"2"))

    assert await store.read(revisions.recalled) == {row}
    await store.write(lambda tx: revisions.mark(tx, row, recalled=False))
    assert await store.read(revisions.recalled) == frozenset()


async def test_the_one_to_go_back_to_is_the_newest_that_was_not_recalled(store: Store) -> None:
    first, second, third, other = [
        await store.write(partial(revisions.keep, dialogue=dialogue, revision=name, body=b"1"))
        for dialogue, name in (("ouder", "1"), ("ouder", "2"), ("ouder", "3"), ("kind", "1"))
    ]

    assert await store.read(lambda tx: revisions.latest(tx, "ouder", third)) == second
    await store.write(lambda tx: revisions.mark(tx, second, recalled=True))
    assert await store.read(lambda tx: revisions.latest(tx, "ouder", third)) == first
    assert await store.read(lambda tx: revisions.latest(tx, "kind", other)) is None


async def test_of_a_recalled_revision_that_nobody_is_in_the_mark_stays(store: Store) -> None:
    used = await store.write(lambda tx: revisions.keep(tx, "ouder", "r1", b"1"))
    unused = await store.write(lambda tx: revisions.keep(tx, "ouder", "r2", b"2"))
    for row in (used, unused):
        await store.write(partial(revisions.mark, row=row, recalled=True))
    await store.write(lambda tx: voices.begin(tx, [(PARENT, conversation(), used)], NOW))

    assert await store.write(lambda tx: revisions.forget_unused(tx, [])) == 1
    assert await store.write(lambda tx: revisions.forget_unused(tx, [])) == 0

    kept = {one.row: one for one in await store.read(revisions.all_)}
    assert (kept[used].voices, kept[used].empty) == (1, False)
    assert (kept[unused].voices, kept[unused].empty) == (0, True)
    assert await store.read(lambda tx: voices.following(tx, used)) == [1]
