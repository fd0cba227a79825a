from bot.storage import set_aside
from bot.storage.records import Chat
from bot.storage.store import Store, Transaction
from tests.storage.families import NOW


async def test_what_was_set_aside_can_be_looked_at(store: Store) -> None:
    await store.write(
        lambda tx: set_aside.put(tx, "telegram", 41, b'{"text": "hij"}', "KeyError in engine", NOW)
    )

    (aside,) = await store.read(set_aside.all_)

    assert (aside.channel, aside.update, aside.at) == ("telegram", 41, NOW)
    assert (aside.body, aside.error) == (b'{"text": "hij"}', "KeyError in engine")
    assert "hij" not in repr(aside)


async def test_one_that_is_damaged_hides_no_other(store: Store) -> None:
    async def two(tx: Transaction) -> None:
        for update in (1, 2):
            await set_aside.put(tx, "web", update, b"x", "KeyError", NOW)

    await store.write(two)
    await store.write(lambda tx: tx.run("update set_aside set body = x'01' where update_id = 1"))

    assert [aside.update for aside in await store.read(set_aside.all_)] == [2]


async def test_it_is_forgotten_after_its_term(store: Store) -> None:
    async def two(tx: Transaction) -> None:
        for at in (NOW - 1, NOW):
            await set_aside.put(tx, "web", at, b"x", "KeyError", at)

    await store.write(two)

    assert await store.write(lambda tx: set_aside.forget_before(tx, NOW)) == 1
    assert [aside.at for aside in await store.read(set_aside.all_)] == [NOW]


async def test_what_is_of_one_chat_is_forgotten_with_it_and_of_another_is_not(
    store: Store,
) -> None:
    async def some(tx: Transaction) -> None:
        for update, body in ((1, b'{"chat": {"id": 4711}}'), (2, b'{"chat": {"id": 47110}}')):
            await set_aside.put(tx, "telegram", update, body, "KeyError", NOW)
        await set_aside.put(tx, "web", 3, b'{"id": 4711}', "KeyError", NOW)

    await store.write(some)

    forgot = await store.write(lambda tx: set_aside.forget_of(tx, Chat("telegram", "4711")))

    assert forgot == 1
    assert [aside.update for aside in await store.read(set_aside.all_)] == [2, 3]
