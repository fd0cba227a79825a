from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage import messages, voices
from bot.storage.records import DONE, Chat, MessageKind, NewMessage, Pending, Voice
from bot.storage.store import Store
from bot.storage.vault import Vault
from tests.storage.families import (
    NEIGHBOUR,
    NOW,
    ON_THE_PAGE,
    PARENT,
    begin,
    count,
    message,
    say,
)

DESK = Chat("mail", "sanne@linde.example")


async def enqueue(store: Store, *new: NewMessage) -> None:
    await store.write(lambda tx: messages.enqueue(tx, new, NOW))


async def due(store: Store, now: int = NOW) -> list[Pending]:
    return await store.read(lambda tx: messages.due(tx, now, 100))


async def delivered(
    store: Store, arrived: Sequence[tuple[int, int | None]], now: int = NOW
) -> list[int]:
    return await store.write(lambda tx: messages.delivered(tx, arrived, now))


async def deliver_all(store: Store) -> list[int]:
    """Deliver until nothing is pending; the ids in the order in which they went."""
    went = []
    while pending := await due(store, NOW + 10**6):
        await delivered(store, [(one.id, 1000 + one.id) for one in pending])
        went += [one.id for one in pending]
    return went


async def test_a_message_waits_with_all_that_delivery_needs(store: Store) -> None:
    (voice,) = await begin(store, PARENT)

    await enqueue(store, say(voice, "Vertel maar.", turn=4, asks=True))

    assert await due(store) == [
        Pending(1, voice.id, None, PARENT, "say", 4, message("Vertel maar."), (), 0)
    ]


async def test_one_chat_reads_in_order_and_holds_up_no_other(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent, "1"), say(parent, "2"), say(neighbour, "3"))

    first = await due(store)
    assert [one.message for one in first] == [message("1"), message("3")]

    await store.write(lambda tx: messages.postpone(tx, first[0].id, NOW + 30))
    await delivered(store, [(first[1].id, 7)])
    assert await due(store) == []
    assert await store.read(messages.next_due) == NOW + 30

    (again,) = await due(store, NOW + 30)
    assert (again.message, again.attempts) == (message("1"), 1)
    await delivered(store, [(again.id, 8)])
    assert [one.message for one in await due(store)] == [message("2")]


async def test_two_voices_of_one_chat_share_its_order(store: Store) -> None:
    (old,) = await begin(store, PARENT)
    (new,) = await begin(store, PARENT)

    await enqueue(store, say(old, "antwoord op je pagina"), say(new, "volgende vraag"))

    assert [one.voice for one in await due(store)] == [old.id]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), min_size=1, max_size=12))
async def test_whatever_is_postponed_the_order_within_a_chat_holds(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("data")
    async with await Store.open(folder, Vault.create(folder)) as store:
        chats = await begin(store, PARENT, NEIGHBOUR, ON_THE_PAGE)
        await enqueue(store, *(replace(say(chats[who]), due=NOW + wait) for who, wait in plan))

        went = await deliver_all(store)

    for who in range(3):
        mine = [id_ for id_, (of, _) in enumerate(plan, 1) if of == who]
        assert [id_ for id_ in went if id_ in mine] == mine
    assert sorted(went) == list(range(1, len(plan) + 1))


async def test_words_go_when_they_have_arrived_and_their_number_stays(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await enqueue(store, say(voice, turn=1, asks=True), say(voice, turn=1), say(voice, turn=2))
    await enqueue(store, NewMessage(voice, PARENT, "in", NOW, turn=1, ref=50, state=DONE))

    await deliver_all(store)

    rows = await store.read(lambda tx: tx.rows("select body from message"))
    assert [row["body"] for row in rows] == [None] * 4
    assert await store.read(lambda tx: messages.refs_of_turn(tx, voice.id, 1)) == [
        (1001, True),
        (1002, False),
    ]


async def test_everything_since_a_moment_can_be_taken_out_of_the_chat(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await enqueue(store, say(voice), say(voice))
    await delivered(store, [(1, 11)], NOW - 100)
    await delivered(store, [(2, 12)], NOW)
    heard = NewMessage(voice, PARENT, "in", NOW, ref=13, state=DONE)
    await enqueue(store, heard, NewMessage(voice, PARENT, "clear", NOW), replace(heard, ref=14))

    assert await store.read(lambda tx: messages.refs_since(tx, voice.id, NOW)) == [12, 13, 14]
    assert await store.read(lambda tx: messages.refs_since(tx, voice.id, 0)) == [11, 12, 13, 14]
    assert await store.read(lambda tx: messages.refs_since(tx, voice.id, 0, before=4)) == [
        11,
        12,
        13,
    ]


@pytest.mark.parametrize("kind", ["close", "clear", "redraw"])
async def test_what_only_had_to_be_done_is_gone_when_done(store: Store, kind: MessageKind) -> None:
    (voice,) = await begin(store, PARENT)
    await enqueue(store, replace(say(voice), kind=kind))

    await deliver_all(store)

    assert await count(store, "message") == 0


async def test_a_screen_that_is_redrawn_twice_is_drawn_once_as_it_was_last(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    ticked = replace(say(parent, "☑ school", turn=3), kind="redraw")
    await enqueue(store, ticked, replace(ticked, turn=4), say(neighbour, turn=3))

    await enqueue(store, replace(ticked, message=message("☑ school ☑ thuis")))

    went = [one.message for one in await due(store)]
    assert went == [message("☑ school"), message()]
    rows = await store.read(lambda tx: tx.rows("select turn, kind from message order by id"))
    assert [tuple(row) for row in rows] == [(4, "redraw"), (3, "say"), (3, "redraw")]


async def test_a_notice_carries_its_own_address_and_goes_with_its_professional(
    store: Store,
) -> None:
    await store.write(
        lambda tx: tx.run(
            "insert into professional (id, email_hash, active, began, email, name)"
            " values (7, x'01', 1, 0, x'', x''), (8, x'02', 1, 0, x'', x'')"
        )
    )
    for who in (7, 8):
        await enqueue(
            store, NewMessage(None, DESK, "notice", NOW, message("Er is een pagina."), who)
        )

    (notice,) = await due(store)
    assert (notice.chat, notice.professional, notice.message) == (
        DESK,
        7,
        message("Er is een pagina."),
    )

    await store.write(lambda tx: messages.forget_notices(tx, 7))
    assert [one.professional for one in await due(store)] == [8]
    await store.write(lambda tx: tx.run("delete from professional"))
    assert await count(store, "message") == 0


async def test_a_farewell_outlives_its_voice_and_nothing_of_it_stays(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await store.write(lambda tx: voices.erase(tx, [voice.id]))
    await store.write(
        lambda tx: messages.farewell(tx, PARENT, [11, 12], message("Alles is weg."), NOW)
    )

    (last,) = await due(store)
    assert (last.chat, last.kind, last.voice) == (PARENT, "clear", None)
    assert (last.refs, last.message) == ((11, 12), message("Alles is weg."))

    assert await delivered(store, [(last.id, None)]) == []
    assert await count(store, "message") == 0


async def test_a_line_to_someone_without_a_voice_leaves_nothing_behind(store: Store) -> None:
    await enqueue(store, NewMessage(None, PARENT, "say", NOW, message("Even geduld.")))

    assert [(one.chat, one.message) for one in await due(store)] == [
        (PARENT, message("Even geduld."))
    ]
    await deliver_all(store)
    assert await count(store, "message") == 0


async def test_what_was_erased_while_under_way_is_told_to_who_sent_it(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent), say(neighbour))
    under_way = await due(store)

    await store.write(lambda tx: voices.erase(tx, [parent.id]))
    await begin(store, PARENT)

    assert await delivered(store, [(one.id, 70 + one.id) for one in under_way]) == [1]


async def test_the_number_of_an_erased_message_is_never_given_to_another(store: Store) -> None:
    """Else a late mark of delivery would strike out a message that was never sent."""
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent))
    (under_way,) = await due(store)
    await store.write(lambda tx: voices.erase(tx, [parent.id]))
    await enqueue(store, say(neighbour))

    assert await delivered(store, [(under_way.id, 70)]) == [under_way.id]
    assert [one.voice for one in await due(store)] == [neighbour.id]


async def test_giving_up_lets_the_next_message_go_and_keeps_no_words(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await enqueue(store, say(voice, "1"), say(voice, "2"))
    await store.write(lambda tx: messages.farewell(tx, NEIGHBOUR, [], None, NOW))

    await store.write(lambda tx: messages.give_up(tx, 1))
    await store.write(lambda tx: messages.give_up(tx, 3))

    assert [one.message for one in await due(store)] == [message("2")]
    rows = await store.read(
        lambda tx: tx.rows("select id, state, body is null as empty from message")
    )
    assert [tuple(row) for row in rows] == [(1, 2, 1), (2, 0, 0)]


async def test_nothing_is_due_when_nothing_is_pending(store: Store) -> None:
    assert await due(store) == []
    assert await store.read(messages.next_due) is None
    await enqueue(store)
    assert await count(store, "message") == 0


async def test_a_chat_can_be_forgotten_up_to_where_it_was_cleared(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent), say(neighbour), say(parent), say(parent))

    await store.write(lambda tx: messages.forget(tx, parent.id, before=4))
    assert await deliver_all(store) == [2, 4]
    await store.write(lambda tx: messages.forget(tx, parent.id))

    assert await count(store, "message") == 1


async def test_what_is_unsent_waits_no_more_and_what_arrived_can_still_be_taken_away(
    store: Store,
) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent), say(parent), say(neighbour))
    await delivered(store, [(1, 11)])

    await store.write(lambda tx: messages.unsend(tx, [parent.id]))
    await enqueue(store, NewMessage(parent, PARENT, "clear", NOW))

    assert [one.kind for one in await due(store)] == ["say", "clear"]
    assert await store.read(lambda tx: messages.refs_since(tx, parent.id, 0)) == [11]
    assert await delivered(store, [(2, 12)]) == [2]


async def log_of(store: Store, voice: Voice, after: int = 0) -> list[tuple[int, str]]:
    said = await store.read(lambda tx: messages.log_of(tx, voice, after))
    return [(id_, what.lines[0].text) for id_, _, _, what in said]


async def test_the_chat_page_shows_what_was_said_by_either_side(store: Store) -> None:
    voice, other = await begin(store, ON_THE_PAGE, PARENT)
    question = replace(say(voice, "Over wie gaat je vraag?", turn=1), state=DONE)
    await enqueue(store, question, replace(question, kind="in", message=message("mijn kind")))
    await enqueue(store, say(other, "iets anders"))

    assert await log_of(store, voice) == [(1, "Over wie gaat je vraag?"), (2, "mijn kind")]
    assert await log_of(store, voice, after=1) == [(2, "mijn kind")]
    assert [one.voice for one in await due(store)] == [other.id]


async def test_one_damaged_message_hides_no_other(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    voice, other = await begin(store, ON_THE_PAGE, PARENT)
    await enqueue(store, *(replace(say(voice, word), state=DONE) for word in "ab"))
    await enqueue(store, say(other))
    await store.write(lambda tx: tx.run("update message set body = x'0102' where id in (1, 3)"))

    assert await log_of(store, voice) == [(2, "b")]
    (broken,) = await due(store)
    assert (broken.damaged, broken.chat.address, broken.message) == (True, "", None)
    assert "message 1" in caplog.text
    assert "message 3" in caplog.text


async def test_a_message_moved_to_another_voice_does_not_open(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await enqueue(store, say(parent), say(neighbour))
    await store.write(
        lambda tx: tx.run("update message set voice = ? where id = 1", (neighbour.id,))
    )

    assert [one.damaged for one in await due(store)] == [True, False]


async def test_a_sweep_leaves_what_still_waits_unless_it_may_not_be_shown_any_more(
    store: Store,
) -> None:
    (voice,) = await begin(store, PARENT)
    await enqueue(store, say(voice, "Vertel maar."))

    async def sweep(*, waiting: bool) -> list[int]:
        return await store.write(lambda tx: messages.swept(tx, voice.id, NOW, NOW, waiting=waiting))

    assert await sweep(waiting=False) == []
    assert len(await due(store)) == 1
    assert await sweep(waiting=True) == []

    assert await due(store) == []
