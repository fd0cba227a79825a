from bot.storage import alarms, voices
from bot.storage.store import Store
from tests.storage.families import NEIGHBOUR, NOW, PARENT, begin


async def test_alarms_ring_when_due_oldest_first(store: Store) -> None:
    one, two = await begin(store, PARENT, NEIGHBOUR)
    set_now = [
        (one.id, "remind", 3, NOW),
        (two.id, "remind", 5, NOW - 9),
        (two.id, "sweep", 5, NOW + 1),
    ]
    await store.write(lambda tx: alarms.set_(tx, set_now))

    ringing = await store.read(lambda tx: alarms.due(tx, NOW, 10))

    assert ringing == [(two.id, "remind", 5), (one.id, "remind", 3)]
    assert await store.read(lambda tx: alarms.due(tx, NOW, 1)) == ringing[:1]
    assert await store.read(alarms.next_due) == NOW - 9


async def test_nothing_is_due_when_nothing_is_set(store: Store) -> None:
    assert await store.read(lambda tx: alarms.due(tx, NOW, 10)) == []
    assert await store.read(alarms.next_due) is None


async def test_a_voice_has_one_alarm_of_a_kind_the_last_one_set(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await store.write(lambda tx: alarms.set_(tx, [(voice.id, "remind", 3, NOW)]))
    await store.write(lambda tx: alarms.set_(tx, [(voice.id, "remind", 4, NOW + 5)]))

    assert await store.read(lambda tx: alarms.due(tx, NOW + 9, 10)) == [(voice.id, "remind", 4)]


async def test_an_alarm_that_is_done_is_gone_and_one_set_again_meanwhile_stays(
    store: Store,
) -> None:
    one, two = await begin(store, PARENT, NEIGHBOUR)
    rung = [(one.id, "remind", 3), (two.id, "remind", 3)]
    await store.write(lambda tx: alarms.set_(tx, [(*alarm, NOW) for alarm in rung]))
    await store.write(lambda tx: alarms.set_(tx, [(two.id, "remind", 4, NOW)]))

    await store.write(lambda tx: alarms.done(tx, rung))

    assert await store.read(lambda tx: alarms.due(tx, NOW, 10)) == [(two.id, "remind", 4)]


async def test_alarms_go_with_their_voice(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await store.write(lambda tx: alarms.set_(tx, [(voice.id, "remind", 3, NOW)]))

    await store.write(lambda tx: voices.erase(tx, [voice.id]))

    assert await store.read(lambda tx: alarms.due(tx, NOW, 10)) == []
