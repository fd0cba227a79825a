"""Two parents at once: neither overwrites what the other tells, whatever comes together."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.conversations import Incoming
from bot.dialogue.answers import Worded
from bot.dialogue.events import Event, Tapped, Wrote
from bot.professionals import cases
from bot.storage import voices
from bot.storage.records import Chat
from tests.gathering import Person, library
from tests.world import House, World

ROUNDS = 15


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with World(tmp_path, library(tmp_path)).on() as built:
        yield built


@pytest.fixture
async def parents(house: House) -> tuple[Person, Person]:
    """In one case, both at the first open question."""
    sanne, ben = Person(house, "sanne"), Person(house, "ben")
    await sanne.starts()
    await sanne.taps("begin")
    await ben.opens(await sanne.invites("parent"))
    await ben.taps("begin")
    return sanne, ben


async def told(person: Person) -> list[str]:
    """What they told at the first open question, message by message."""
    conversation = (await person.voice()).conversation
    answer = conversation.answer_to("vertel")
    said = answer.said if isinstance(answer, Worded) else conversation.draft
    return [each.words for each in said]


def came(person: Person, number: int, event: Event) -> Incoming:
    return Incoming(person.chat, number, event)


async def test_messages_in_one_batch_reach_each_their_own_answer(
    house: House, parents: tuple[Person, Person]
) -> None:
    batch = [
        came(person, 1_000 + 2 * number + place, Wrote(f"{person.address} {number}"))
        for number in range(ROUNDS)
        for place, person in enumerate(parents)
    ]

    await house.conversations.receive(batch, house.clock.now())

    for person in parents:
        assert await told(person) == [f"{person.address} {number}" for number in range(ROUNDS)]


async def test_batches_that_come_at_once_lose_nothing_of_either(
    house: House, parents: tuple[Person, Person]
) -> None:
    async def tells(person: Person, place: int) -> None:
        for number in range(ROUNDS):
            event = Wrote(f"{person.address} {number}")
            await house.conversations.receive(
                [came(person, 2_000 + 2 * number + place, event)], house.clock.now()
            )

    await asyncio.gather(*(tells(person, place) for place, person in enumerate(parents)))

    for person in parents:
        assert await told(person) == [f"{person.address} {number}" for number in range(ROUNDS)]


async def test_both_hand_over_at_once_and_each_part_is_whole(
    house: House, parents: tuple[Person, Person]
) -> None:
    for person in parents:
        await person.writes(f"Dit vertelt {person.address}.")
        await person.taps("-done", "-skip")
        await person.writes("Rust.")
        await person.taps("-done", "-agree")
    batch = [
        came(person, 3_000 + place, Tapped((await person.voice()).conversation.turn, "send"))
        for place, person in enumerate(parents)
    ]

    await asyncio.gather(
        *(house.conversations.receive([each], house.clock.now()) for each in batch)
    )

    me = await house.professional()
    ((case,),) = [found for found in (await cases.listed(house.store, me)).values() if found]
    assert [voice.label for voice in case.page.voices] == ["ouder", "andere ouder"]
    (own,) = (each for each in case.page.sections if each.name == "eigen_woorden")
    assert {item.original for item in own.items} == {"Dit vertelt sanne.", "Dit vertelt ben."}
    for part in case.parts:
        (mine,) = (each for each in part.page.sections if each.name == "eigen_woorden")
        assert len(mine.items) == 1


async def test_one_erases_while_the_other_tells(
    house: House, parents: tuple[Person, Person]
) -> None:
    sanne, ben = parents
    await sanne.asks("erase")
    turn = (await sanne.voice()).conversation.turn

    await house.conversations.receive(
        [
            came(ben, 4_000, Wrote("Ik blijf.")),
            came(sanne, 4_001, Tapped(turn, "-erase.yes")),
            came(ben, 4_002, Wrote("Echt.")),
        ],
        house.clock.now(),
    )

    assert not await sanne.is_known()
    assert await told(ben) == ["Ik blijf.", "Echt."]


async def test_the_key_of_one_opens_nothing_of_the_other(
    house: House, parents: tuple[Person, Person]
) -> None:
    sanne, ben = parents
    found = await house.store.read(
        lambda tx: voices.of_chats(tx, [Chat("web", sanne.address), Chat("web", ben.address)])
    )

    one, other = found.values()
    assert one.case == other.case
    assert one.key != other.key
