from dataclasses import replace

import pytest

from bot.storage import messages, pages, voices
from bot.storage.envelopes import Envelope
from bot.storage.errors import Damaged
from bot.storage.records import Chat, Voice
from bot.storage.store import Store, Transaction
from tests.storage.families import (
    NEIGHBOUR,
    NOW,
    ON_THE_PAGE,
    PARENT,
    begin,
    conversation,
    count,
    message,
    say,
)


async def of_chat(store: Store, chat: Chat) -> Voice | None:
    found = await store.read(lambda tx: voices.of_chats(tx, [chat]))
    return found.get(chat)


async def add_page(store: Store, voice: Voice) -> int:
    return await store.write(
        lambda tx: pages.add(
            tx, case=voice.case, voice=voice.id, team="linde", body=b"pagina", now=NOW
        )
    )


async def test_a_conversation_is_found_by_its_chat(store: Store) -> None:
    begun = await begin(store, PARENT, ON_THE_PAGE)

    found = await store.read(lambda tx: voices.of_chats(tx, [ON_THE_PAGE, NEIGHBOUR, PARENT]))

    assert found == {PARENT: begun[0], ON_THE_PAGE: begun[1]}
    assert begun[0].conversation == conversation()
    assert begun[0].key != begun[1].key
    assert begun[0].case != begun[1].case


async def test_the_same_address_on_another_channel_is_another_chat(store: Store) -> None:
    await begin(store, Chat("telegram", "1"))

    assert await of_chat(store, Chat("web", "1")) is None


async def test_nobody_is_found_when_nobody_is_asked(store: Store) -> None:
    assert await store.read(lambda tx: voices.of_chats(tx, [])) == {}
    assert await store.write(lambda tx: voices.begin(tx, [], NOW)) == {}


async def test_a_voice_knows_its_chat_when_found_by_number(store: Store) -> None:
    (voice,) = await begin(store, PARENT)

    assert await store.read(lambda tx: voices.by_id(tx, [voice.id, 99])) == {voice.id: voice}


async def test_what_was_saved_is_what_is_found(store: Store) -> None:
    one, two = await begin(store, PARENT, NEIGHBOUR)
    told = replace(one, conversation=conversation("en hij eet niet", turn=2))

    await store.write(lambda tx: voices.save(tx, [told], NOW + 5))

    assert await of_chat(store, PARENT) == replace(told, touched=NOW + 5)
    assert await of_chat(store, NEIGHBOUR) == two


async def test_a_reminder_does_not_lengthen_the_term_of_a_draft(store: Store) -> None:
    (voice,) = await begin(store, PARENT)

    await store.write(lambda tx: voices.save(tx, [voice], None))

    (found,) = (await store.read(lambda tx: voices.by_id(tx, [voice.id]))).values()
    assert found.touched == NOW


async def test_a_new_talk_takes_over_the_chat_and_leaves_the_old_voice_its_answer(
    store: Store,
) -> None:
    (old,) = await begin(store, PARENT)
    (new,) = await begin(store, PARENT, now=NOW + 1)

    assert await of_chat(store, PARENT) == new
    assert await store.read(lambda tx: voices.by_id(tx, [old.id])) == {old.id: old}
    assert old.case != new.case

    await store.write(lambda tx: voices.erase(tx, [new.id]))
    assert await of_chat(store, PARENT) is None


async def test_one_voice_erases_itself_and_spares_the_others(store: Store) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)
    await store.write(lambda tx: messages.enqueue(tx, [say(parent), say(neighbour)], NOW))
    await add_page(store, parent)
    await add_page(store, neighbour)

    await store.write(lambda tx: voices.erase(tx, [parent.id]))

    assert await of_chat(store, PARENT) is None
    assert await of_chat(store, NEIGHBOUR) == neighbour
    for table in ("voice", "case", "message", "page"):
        assert await count(store, table) == 1, table


async def test_a_case_stays_while_another_voice_is_in_it(store: Store) -> None:
    one, two = await begin(store, PARENT, NEIGHBOUR)
    await store.write(
        lambda tx: tx.run('update voice set "case" = ? where id = ?', (one.case, two.id))
    )

    await store.write(lambda tx: voices.erase(tx, [one.id]))

    assert await of_chat(store, NEIGHBOUR) == replace(two, case=one.case)


async def test_erasing_what_is_not_there_is_nothing(store: Store) -> None:
    (voice,) = await begin(store, PARENT)

    await store.write(lambda tx: voices.erase(tx, [99]))

    assert await of_chat(store, PARENT) == voice


@pytest.mark.parametrize("column", ["conversation", "address", "key"])
async def test_a_flipped_byte_costs_one_voice_and_no_other(
    store: Store, column: str, caplog: pytest.LogCaptureFixture
) -> None:
    parent, neighbour = await begin(store, PARENT, NEIGHBOUR)

    async def flip(tx: Transaction) -> None:
        (row,) = await tx.rows("select * from voice where id = ?", (parent.id,))
        sealed = bytearray(row[column])
        sealed[60] ^= 1
        await tx.run(f"update voice set {column} = ? where id = ?", (bytes(sealed), parent.id))  # noqa: S608 - a column of our own

    await store.write(flip)
    found = await store.read(lambda tx: voices.by_id(tx, [parent.id, neighbour.id]))

    assert found[parent.id].damaged
    assert found[neighbour.id] == neighbour
    assert f"voice {parent.id} cannot be opened" in caplog.text
    assert "slaapt" not in caplog.text


async def test_words_put_in_another_row_do_not_open_there(store: Store) -> None:
    """Not even with the key that goes with them: they are bound to their row."""
    parent, neighbour, other = await begin(store, PARENT, NEIGHBOUR, ON_THE_PAGE)
    await store.write(
        lambda tx: tx.run(
            "update voice set (key, conversation) = "
            "(select key, conversation from voice where id = ?) where id = ?",
            (parent.id, neighbour.id),
        )
    )

    found = await store.read(lambda tx: voices.of_chats(tx, [PARENT, NEIGHBOUR, ON_THE_PAGE]))

    assert [found[chat].damaged for chat in (PARENT, NEIGHBOUR, ON_THE_PAGE)] == [
        False,
        True,
        False,
    ]
    assert found[ON_THE_PAGE] == other


async def test_a_damaged_voice_is_never_overwritten_and_can_be_erased(store: Store) -> None:
    (voice,) = await begin(store, PARENT)
    await store.write(lambda tx: tx.run("update voice set conversation = x'00'"))
    damaged = await of_chat(store, PARENT)
    assert damaged is not None

    with pytest.raises(Damaged):
        await store.write(lambda tx: voices.save(tx, [damaged], NOW))
    (row,) = await store.read(lambda tx: tx.rows("select conversation from voice"))
    assert row["conversation"] == b"\0"

    await store.write(lambda tx: voices.erase(tx, [voice.id]))
    assert await of_chat(store, PARENT) is None


async def test_nobodys_words_or_keys_show_in_a_log(store: Store) -> None:
    (voice,) = await begin(store, PARENT)

    shown = repr(voice) + repr(say(voice)) + repr(message()) + repr(voice.chat)
    shown += repr(Envelope(PARENT.address, (), message()))

    assert "slaapt" not in shown
    assert "5551234" not in shown
    assert repr(voice.key) not in shown
