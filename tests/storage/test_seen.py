import pytest

from bot.storage import seen
from bot.storage.store import Store, Transaction
from tests.storage.families import NOW


async def test_an_update_is_new_once(store: Store) -> None:
    first = await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [3, 4, 4], NOW))
    again = await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [4, 5], NOW))

    assert (first, again) == ({3, 4}, {5})


async def test_the_same_number_on_another_channel_is_another_update(store: Store) -> None:
    await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [3], NOW))

    assert await store.write(lambda tx: seen.first_sight_of(tx, "web", [3], NOW)) == {3}


async def test_an_update_whose_transaction_failed_is_still_new(store: Store) -> None:
    async def fails(tx: Transaction) -> None:
        await seen.first_sight_of(tx, "telegram", [3], NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await store.write(fails)

    assert await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [3], NOW)) == {3}


async def test_updates_are_forgotten_after_their_term_and_not_a_second_before(
    store: Store,
) -> None:
    await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [1], NOW - 1))
    await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [2], NOW))

    assert await store.write(lambda tx: seen.forget_before(tx, NOW)) == 1
    assert await store.write(lambda tx: seen.first_sight_of(tx, "telegram", [1, 2], NOW)) == {1}
